"""YAML by parser events: several documents, tags ignored, anchors by name, nothing constructed or expanded.

`yaml.load` and `yaml.compose` crash the process on deep input; events do not (measured with libyaml 0.2.5). Templates
(`{{ … }}`) are covered by characters of the same width, so that most Helm charts parse; what still does not is read
by lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vcdd.detect.sites.lines import read_instead
from vcdd.detect.sites.sheet import comment_site, finished, sheet_of
from vcdd.detect.sites.templates import as_variable
from vcdd.detect.sites.tree import MAX_DEPTH, MAX_NODES, Mapping, Scalar, Sequence, TreeError
from vcdd.detect.sites.tree_sites import tree_sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Sheet
    from vcdd.detect.sites.tree import Node

_TEMPLATE = re.compile(r"(?<!\$)\{\{[^{}\n]{0,500}\}\}|\{%[^%\n]{0,500}%\}")
_TEMPLATE_LINE = re.compile(r"^[ \t]*(?:\{\{[^{}\n]{0,500}\}\}|\{%[^%\n]{0,500}%\})[ \t]*$", re.MULTILINE)
_BARE_TEMPLATE = re.compile(r"^[ \t]*\{[{%]|(?::|-)[ \t]+\{\{", re.MULTILINE)
_COVER = "\ue000"
"""A character of the private use area: plain YAML text, and in no real file."""
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[^\n]*", re.MULTILINE)
# libyaml needs quadratic time for thousands of open flow collections on one line.
_MAX_FLOW = 2_000


def read(source: SourceFile) -> ReadFile:
    """Every string of a YAML file under its keys, every key and comment; never raises."""
    sheet = sheet_of(source, "yaml")
    covered, reason = source.text, ""
    if _BARE_TEMPLATE.search(source.text):
        covered, reason = _covered(source.text), "template directives"
    try:
        documents = parse(covered)
    except TreeError as refusal:
        return read_instead(source, "yaml", reason or str(refusal))
    sites = [site for document in documents for site in tree_sites(sheet, _uncovered(document, source.text))]
    sites.extend(comment_sites(sheet, documents))
    return finished(sheet, sites, reason=reason, used="yaml without templates" if reason else "")


def parse(text: str) -> list[Node]:
    """The documents of a YAML text. Raises `TreeError` when it is none, too deep or too large."""
    import yaml  # noqa: PLC0415 -- slow import

    if (
        max((line.count("[") + line.count("{") for line in text.split("\n") if len(line) > _MAX_FLOW), default=0)
        > _MAX_FLOW
    ):
        raise TreeError("too many flow collections on one line")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(text)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.event(event)
    except (yaml.YAMLError, ValueError, RecursionError, MemoryError, IndexError, AttributeError) as refusal:
        raise TreeError(_reason(refusal)) from refusal
    return builder.documents


def comment_sites(sheet: Sheet, documents: list[Node]) -> Iterator[Site]:
    """The comments of a text: every `#` at the start of a word that stands in no scalar of its documents."""
    if "#" not in sheet.text:
        return
    done = 0
    for start, end in [*sorted(_spans(documents)), (len(sheet.text), len(sheet.text))]:
        for match in _COMMENT.finditer(sheet.text, done, max(start, done)):
            site = comment_site(sheet, match.start(), match.group())
            if site:
                yield site
        done = max(done, end)


def _spans(documents: list[Node]) -> Iterator[tuple[int, int]]:
    stack: list[Node] = list(documents)
    while stack:
        node = stack.pop()
        if isinstance(node, Scalar):
            yield node.start, node.end
        elif isinstance(node, Sequence):
            stack.extend(node.items)
        else:
            for entry, value in node.entries:
                stack.extend((entry, value))


def _reason(refusal: Exception) -> str:
    problem = getattr(refusal, "problem", None) or str(refusal) or type(refusal).__name__
    mark = getattr(refusal, "problem_mark", None)
    return f"{problem} in line {mark.line + 1}" if mark else str(problem).splitlines()[0][:200]


def _covered(text: str) -> str:
    text = _TEMPLATE_LINE.sub(lambda match: " " * len(match.group()), text)
    return _TEMPLATE.sub(lambda match: _COVER * len(match.group()), text)


def _uncovered(node: Node, original: str) -> Node:
    """The same document with the templates back in its scalars."""
    if isinstance(node, Mapping):
        node.entries = [(_restored(entry, original), _uncovered(value, original)) for entry, value in node.entries]
        return node
    if isinstance(node, Sequence):
        node.items = [_uncovered(item, original) for item in node.items]
        return node
    return _restored(node, original)


def _restored(scalar: Scalar, original: str) -> Scalar:
    if _COVER not in scalar.text:
        return scalar
    templates = _TEMPLATE.finditer(original, scalar.start, scalar.end)
    text = re.sub(f"{_COVER}+", lambda match: _fill(match.group(), templates), scalar.text)
    return Scalar(text, scalar.start, scalar.end, scalar.style or '"', scalar.symbol)


def _fill(run: str, templates: Iterator[re.Match[str]]) -> str:
    """The templates that a run of covering characters stands for, defaults written the shell's way."""
    parts, length = [], 0
    while length < len(run):
        match = next(templates, None)
        if match is None:
            break
        length += len(match.group())
        parts.append(as_variable(match.group()))
    return "".join(parts)


class _Builder:
    """Documents from parser events, without recursion."""

    def __init__(self, text: str) -> None:
        self.documents: list[Node] = []
        self._text = text
        self._stack: list[Mapping | Sequence] = []
        self._keys: list[Scalar | None] = []
        """The key that waits for its value, per open collection."""
        self._anchors: dict[str, Scalar] = {}
        self._nodes = 0

    def event(self, event: Any) -> None:
        """Take one event; stream and document events carry nothing."""
        name = type(event).__name__
        if name == "ScalarEvent":
            self._put(self._scalar(event))
        elif name == "AliasEvent":
            self._put(self._alias(event))
        elif name == "MappingStartEvent":
            self._open(Mapping(event.start_mark.index))
        elif name == "SequenceStartEvent":
            self._open(Sequence(event.start_mark.index))
        elif name in {"MappingEndEvent", "SequenceEndEvent"}:
            self._stack.pop()
            self._keys.pop()

    def _scalar(self, event: Any) -> Scalar:
        start = event.start_mark.index
        scalar = Scalar(event.value, start, event.end_mark.index, event.style or "")
        if event.anchor or event.tag:  # the mark stands before `&anchor` and `!tag`
            scalar.start = _past_properties(self._text, start, scalar.end)
        if event.anchor:
            self._anchors[event.anchor] = scalar
        return scalar

    def _alias(self, event: Any) -> Scalar:
        """A name that leads to a scalar has its text; to anything else, only the name."""
        known = self._anchors.get(event.anchor)
        start, end = event.start_mark.index, event.end_mark.index
        return Scalar(known.text if known else "", start, end, "", event.anchor)

    def _open(self, node: Mapping | Sequence) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise TreeError(f"nested deeper than {MAX_DEPTH}")
        self._put(node)
        self._stack.append(node)
        self._keys.append(None)

    def _put(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise TreeError(f"more than {MAX_NODES} values")
        if not self._stack:
            self.documents.append(node)
            return
        around, waiting = self._stack[-1], self._keys[-1]
        if isinstance(around, Sequence):
            around.items.append(node)
        elif waiting is None:
            self._keys[-1] = node if isinstance(node, Scalar) else Scalar("", node.start, node.start)
        else:
            around.entries.append((waiting, node))
            self._keys[-1] = None


_PROPERTIES = re.compile(r"(?:[&!][^\s]*\s+)*")


def _past_properties(text: str, start: int, end: int) -> int:
    match = _PROPERTIES.match(text, start, end)
    return match.end() if match else start
