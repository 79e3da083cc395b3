"""Dockerfiles: continuations with comments inside, heredocs, variables, images, and the shell in RUN and its kin.

`CMD` is read together with the `ENTRYPOINT` before it, or with the image where the target names no entry point.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.expand import value_site
from vcdd.detect.sites.json_values import parse
from vcdd.detect.sites.lines import line_sites
from vcdd.detect.sites.sheet import comment_site, finished, sheet_of
from vcdd.detect.sites.shell import script_sites, words_sites
from vcdd.detect.sites.tree import Scalar, Sequence, TreeError
from vcdd.detect.sites.words import Word, lex
from vcdd.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Frames, Sheet

_INSTRUCTION = re.compile(r"[ \t]*([A-Za-z]+)(?=[ \t\n\\]|$)[ \t]*")
_HEREDOC = re.compile(r"<<-?[ \t]*[\"']?([A-Za-z_]\w*)[\"']?")
_PAIR = re.compile(r"""(?<![\w.\-])([A-Za-z_][\w.\-]*)=("(?:[^"\\]|\\[\s\S])*+"|'[^']*+'|(?:[^\s"'\\]|\\[\s\S])*+)""")
_OLD_PAIR = re.compile(r"([A-Za-z_][\w.\-]*)[ \t]+([^\n]+)")
_OPTIONS = re.compile(r"(?:--[a-z][\w\-]*(?:=\S*)?[ \t]+)*")
_KNOWN = frozenset(
    (
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER",
        "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
    )
)  # fmt: skip
_SHELLS = frozenset(("RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"))


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction with its continued lines."""

    name: str
    start: int
    """Offset of the name."""
    body: str
    """What follows the name, comment lines and continuation marks replaced by spaces of the same length."""
    at: int
    """Offset of the body."""
    heredocs: tuple[tuple[int, str], ...] = ()
    """Offset and text of the heredoc bodies."""


def read(source: SourceFile) -> ReadFile:
    """Every image, variable, command word and comment of a Dockerfile; never raises."""
    sheet = sheet_of(source, "dockerfile")
    instructions, comments = instructions_of(source.text)
    sites = [site for offset, comment in comments if (site := comment_site(sheet, offset, comment))]
    entry: tuple[Word, ...] = ()
    image: Frames = ()
    for instruction in instructions:
        frame = Frame(FrameKind.INSTRUCTION, instruction.name, line=sheet.line(instruction.start))
        if instruction.name == "FROM":
            image, entry = _image(sheet, instruction), ()
        if instruction.name == "ENTRYPOINT":
            entry = _exec_words(instruction)
        if instruction.name == "CMD" and (words := _exec_words(instruction)):
            sites.extend(_command(sheet, words, entry, (*image, frame)))
        else:
            sites.extend(_sites(sheet, instruction, frame))
    return finished(sheet, sites)


def instructions_of(text: str) -> tuple[list[Instruction], list[tuple[int, str]]]:
    """The instructions of a Dockerfile in order, and its comments with their offsets."""
    instructions: list[Instruction] = []
    comments: list[tuple[int, str]] = []
    unclosed: set[str] = set()
    escape = "`" if re.match(r"#[ \t]*escape[ \t]*=[ \t]*`", text, re.IGNORECASE) else "\\"
    position = 0
    while position < len(text):
        end = _line_end(text, position)
        line = text[position:end]
        match = _INSTRUCTION.match(line)
        if line.lstrip().startswith("#"):
            comments.append((position + len(line) - len(line.lstrip()), line.strip()))
            position = end + 1
        elif match and match[1].upper() in _KNOWN:
            instruction, position = _instruction(text, position, match, escape, comments)
            heredocs, position = _heredocs(text, instruction.body, position, unclosed)
            instructions.append(replace(instruction, heredocs=heredocs))
        else:
            position = end + 1
    return instructions, comments


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _instruction(
    text: str, position: int, match: re.Match[str], escape: str, comments: list[tuple[int, str]]
) -> tuple[Instruction, int]:
    """The instruction that begins at `position`, and where the next line begins."""
    start, at = position + match.start(1), position + match.end()
    parts: list[str] = []
    cursor = at
    while cursor < len(text):
        end = _line_end(text, cursor)
        line = text[cursor:end]
        if parts and line.lstrip().startswith("#"):
            comments.append((cursor + len(line) - len(line.lstrip()), line.strip()))
            parts.append(" " * (len(line) + 1))
            cursor = end + 1
            continue
        goes_on = line.rstrip().endswith(escape)
        parts.append(_without_mark(line, escape) + " " if goes_on else line)
        cursor = end + 1
        if not goes_on and not (parts[:-1] and not line.strip()):  # an empty line within a continuation is passed over
            break
    body = "".join(parts)
    return Instruction(match[1].upper(), start, body, at), cursor


def _without_mark(line: str, escape: str) -> str:
    mark = line.rstrip().rfind(escape)
    return line[:mark] + " " * (len(line) - mark)


def _heredocs(text: str, body: str, cursor: int, unclosed: set[str]) -> tuple[tuple[tuple[int, str], ...], int]:
    """The heredocs that an instruction opens, and where the next line begins.

    A delimiter that was not found once is not looked for again: what is missing here is missing further down.
    """
    found: list[tuple[int, str]] = []
    for match in _HEREDOC.finditer(body):
        if match[1] in unclosed:
            break
        closing = re.compile(rf"^[ \t]*{match[1]}[ \t\r]*$", re.MULTILINE).search(text, cursor)
        if closing is None:
            unclosed.add(match[1])
            break
        found.append((cursor, text[cursor : closing.start()]))
        cursor = closing.end() + 1
    return tuple(found), cursor


def _image(sheet: Sheet, instruction: Instruction) -> Frames:
    words = [word for words in lex(instruction.body, instruction.at).commands for word in words]
    image = next((word.text for word in words if not word.text.startswith("--")), "")
    name = image.partition("@")[0]
    head, colon, tag = name.rpartition(":")
    name = head if colon and "/" not in tag else name
    return (Frame(FrameKind.COMMAND, f"image:{name}", line=sheet.line(instruction.start)),) if name else ()


def _exec_words(instruction: Instruction) -> tuple[Word, ...]:
    """The words of the exec form (`["a", "b"]`), empty for the shell form."""
    if not instruction.body.lstrip().startswith("["):
        return ()
    try:
        documents, _ = parse(instruction.body, instruction.at)
    except TreeError:
        return ()
    items = documents[0].items if documents and isinstance(documents[0], Sequence) else []
    return tuple(Word(item.text, item.start, item.start + 1, item.style) for item in items if isinstance(item, Scalar))


def _command(sheet: Sheet, words: tuple[Word, ...], entry: tuple[Word, ...], outer: Frames) -> list[Site]:
    if not entry and words[0].text.startswith("-") and outer[0].kind is FrameKind.COMMAND:
        entry = (Word(outer[0].name, words[0].start, words[0].start),)
        outer = outer[1:]
    first = sheet.site(words[0].start, "", ())
    sites = words_sites(sheet, (*entry, *words), outer)
    return [site for site in sites if (site.line, site.column) >= (first.line, first.column)]


def _sites(sheet: Sheet, instruction: Instruction, frame: Frame) -> Iterator[Site]:
    name = instruction.name
    if name in _SHELLS:
        yield from _shell(sheet, instruction, frame)
    elif name == "ONBUILD":
        yield from _onbuild(sheet, instruction, frame)
    elif name in {"ENV", "ARG", "LABEL"}:
        yield from _pairs(sheet, instruction, frame)
    else:
        for words in lex(instruction.body, instruction.at).commands:
            for word in words:
                yield value_site(sheet, word.start, word.text, (frame,))
    if name not in _SHELLS:
        for offset, body in instruction.heredocs:
            yield from line_sites(sheet, offset, offset + len(body), (frame,))


def _shell(sheet: Sheet, instruction: Instruction, frame: Frame) -> Iterator[Site]:
    body = instruction.body
    skip = _OPTIONS.match(body)
    lead = skip.end() if skip else 0
    if instruction.name == "HEALTHCHECK" and body[lead : lead + 3].upper() == "CMD":
        lead += 3
    inner = replace(instruction, body=body[lead:], at=instruction.at + lead)
    words = _exec_words(inner)
    if words:
        yield from words_sites(sheet, words, (frame,))
        return
    yield from script_sites(sheet, _HEREDOC.sub(lambda match: " " * len(match[0]), inner.body), inner.at, (frame,))
    for offset, script in instruction.heredocs:
        yield from script_sites(sheet, script, offset, (frame,))


def _onbuild(sheet: Sheet, instruction: Instruction, frame: Frame) -> Iterator[Site]:
    match = _INSTRUCTION.match(instruction.body)
    if match and match[1].upper() != "ONBUILD":
        at = instruction.at + match.end()
        inner = replace(instruction, name=match[1].upper(), body=instruction.body[match.end() :], at=at)
        yield from _sites(sheet, inner, Frame(FrameKind.INSTRUCTION, inner.name, line=frame.line))


def _pairs(sheet: Sheet, instruction: Instruction, frame: Frame) -> Iterator[Site]:
    """`ENV A=b C="d"`, `ENV A b`, `ARG A=b`: the value under KEY A."""
    body = instruction.body
    pairs = list(_PAIR.finditer(body))
    old = _OLD_PAIR.match(body) if instruction.name == "ENV" else None
    if old and not _PAIR.match(body):
        pairs = [old]
    for match in pairs:
        value = match[2].strip()
        quoted = value[:1] in {'"', "'"} and len(value) > 1
        offset = instruction.at + match.start(2)
        text = value[1:-1] if quoted else value
        if text:
            key = Frame(FrameKind.KEY, match[1], line=sheet.line(offset))
            yield value_site(sheet, offset, text, (key, frame))
