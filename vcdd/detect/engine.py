"""The engine: source files in, references out. It runs readers, builds the link index and asks the judge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from vcdd.core.reference import Reference
from vcdd.core.site import ReadFile, Site
from vcdd.core.source_file import Fallback, SourceFile
from vcdd.detect.judge.hidden import hidden_references
from vcdd.detect.judge.judge import Judge
from vcdd.detect.judge.link_index import LinkIndex
from vcdd.detect.observe.licences import MAX_TEXT, is_licence_file
from vcdd.detect.observe.wishes import DECLARED, OWN_FILE, wishes
from vcdd.detect.sites.queries import with_queries
from vcdd.detect.unresolved import open_references
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What was detected in all files."""

    references: tuple[Reference, ...]
    """In order of path, line and column."""
    fallbacks: tuple[Fallback, ...]


def read_source(source: SourceFile) -> ReadFile | None:
    """Sites of one file by the reader for its name, and the text of a licence; None when nothing knows the name."""
    from vcdd.detect.sites.choose import reader_for  # noqa: PLC0415 -- readers are imported one by one, when needed

    reader = reader_for(source.path)
    found = reader(source) if reader is not None else None
    found = replace(found, sites=with_queries(found.sites)) if found is not None else None
    if found is not None and source.path.rpartition("/")[2] == OWN_FILE:
        found = replace(found, sites=tuple(site for site in found.sites if not _is_declared(site)))
    asked = wishes(source)
    if asked:
        found = replace(found or ReadFile(path=source.path, reader="text"), wishes=asked)
    if source.text and is_licence_file(source.path):
        return replace(found or ReadFile(path=source.path, reader="licence"), licence_text=source.text[:MAX_TEXT])
    return found


def _is_declared(site: Site) -> bool:
    return any(frame.name in DECLARED for frame in site.frames)


def detect(files: Iterable[ReadFile], judge: Judge) -> Detection:
    """References of all files. Linking needs every file first; judging then goes file by file."""
    read: Sequence[ReadFile] = sorted(files, key=lambda file: file.path)
    index = LinkIndex(read)
    judged = judge.judge(read, index)
    said = {reference.location for reference in judged}
    references = [
        *judged,
        *hidden_references(read, judge.lexicon, judge.loaders),
        *(r for r in open_references(read, index, judge.loaders, judge.lexicon) if r.location not in said),
    ]
    references.sort(key=lambda r: (r.location.path, r.location.line, r.location.column, r.written))
    fallbacks = [
        Fallback(path=file.path, parser=file.reader, used=file.fallback_used, reason=file.fallback_reason)
        for file in read
        if file.fallback_reason
    ]
    return Detection(references=tuple(references), fallbacks=tuple(fallbacks))
