"""Commands inside configuration: Compose and Kubernetes `command`, CI `run` and `script`, npm scripts, MCP servers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.sheet import same_length
from vcdd.detect.sites.shell import script_sites, words_sites
from vcdd.detect.sites.tree import Mapping, Scalar, Sequence
from vcdd.detect.sites.words import Word, lex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import Site
    from vcdd.detect.sites.sheet import Frames, Sheet
    from vcdd.detect.sites.tree import Node

_WORD_KEYS = ("entrypoint", "command", "cmd", "args")
"""Keys whose values are the words of one command, in the order in which a container puts them together."""
_SCRIPT_KEYS = frozenset(
    ("run", "script", "before_script", "after_script", "commands", "cmds", "startcommand", "buildcommand")
)
"""Keys whose values are scripts, or lists of them."""
_BREAKS = re.compile(r"\n|&&|\|\||;")


def mapping_commands(sheet: Sheet, node: Mapping, outer: Frames) -> Iterator[Site]:
    """The shell in the entries of one mapping."""
    line = sheet.line(node.start)
    found: dict[str, tuple[Scalar, Node]] = {}
    for entry, value in node.entries:
        name = entry.text.lower()
        if name in _WORD_KEYS and not (name == "args" and _is_build(outer)):
            found.setdefault(name, (entry, value))
        elif name in _SCRIPT_KEYS or (isinstance(value, Scalar) and value.text[:40].lstrip().startswith("#!")):
            yield from _scripts(sheet, value, (Frame(FrameKind.KEY, entry.text, line=line), *outer))
        elif name in ("scripts", "processes") and isinstance(value, Mapping):
            yield from _named_scripts(sheet, value, (Frame(FrameKind.KEY, entry.text, line=line), *outer))
    if found:
        yield from _container(sheet, node, found, outer)


def _is_build(outer: Frames) -> bool:
    return bool(outer) and outer[0].kind is FrameKind.KEY and outer[0].name == "build"


def _scripts(sheet: Sheet, value: Node, outer: Frames) -> Iterator[Site]:
    scalars = value.items if isinstance(value, Sequence) else [value]
    for scalar in scalars:
        if isinstance(scalar, Scalar) and not scalar.symbol:
            script, base = script_of(sheet, scalar)
            yield from script_sites(sheet, script, base, outer)


def _named_scripts(sheet: Sheet, value: Mapping, outer: Frames) -> Iterator[Site]:
    line = sheet.line(value.start)
    for entry, script in value.entries:
        yield from _scripts(sheet, script, (Frame(FrameKind.KEY, entry.text, line=line), *outer))


def _container(sheet: Sheet, node: Mapping, found: dict[str, tuple[Scalar, Node]], outer: Frames) -> Iterator[Site]:
    """Entry point, command and arguments as one command; a value that is a script of its own is read by itself."""
    around = (*_image_frame(sheet, node), *outer)
    line = sheet.line(node.start)
    words: list[Word] = []
    for name in _WORD_KEYS:
        if name not in found:
            continue
        entry, value = found[name]
        inside = (Frame(FrameKind.KEY, entry.text, line=line),)
        if isinstance(value, Scalar) and _BREAKS.search(value.text.strip()):
            yield from _scripts(sheet, value, (*inside, *around))
        else:
            words.extend(_words(sheet, value, inside))
    if words and words[0].text.startswith("-") and len(around) > len(outer):
        image = around[0].name
        words = [Word(image, words[0].start, words[0].inner), *words]
        around = outer
    yield from words_sites(sheet, words, around)


def _image_frame(sheet: Sheet, node: Mapping) -> Frames:
    """COMMAND `image:name` for the container image beside a command: its entry point is the program."""
    image = node.scalar("image")
    if image is None or not image.text:
        return ()
    name = image.text.partition("@")[0]
    head, colon, tag = name.rpartition(":")
    name = head if colon and "/" not in tag else name
    return (Frame(FrameKind.COMMAND, f"image:{name}", line=sheet.line(node.start)),)


def _words(sheet: Sheet, value: Node, inside: Frames) -> Iterator[Word]:
    if isinstance(value, Scalar):
        script, base = script_of(sheet, value)
        for command in lex(script, base).commands:
            for word in command:
                yield Word(word.text, word.start, word.inner, word.quote, inside)
    elif isinstance(value, Sequence):
        for item in value.items:
            if isinstance(item, Scalar) and item.text:
                quote = item.style if item.style in {'"', "'"} else ""
                yield Word(item.text, item.start, item.start + len(quote), quote, inside)


def script_of(sheet: Sheet, scalar: Scalar) -> tuple[str, int]:
    """The raw text of a scalar as shell of the same length, and its offset.

    Escapes are replaced by spaces and what they stand for; a folded text becomes one line.
    """
    raw = sheet.text[scalar.start : scalar.end]
    if scalar.style in {"|", ">"}:
        header = (raw.find("\n") + 1 or len(raw)) if raw[:1] == scalar.style else 0  # a heredoc has no header
        body = raw[header:]
        return (body if scalar.style == "|" else _folded(body)), scalar.start + header
    if scalar.style == '"':
        body = raw[1:-1] if raw.endswith('"') else raw[1:]
        return same_length(body), scalar.start + 1
    if scalar.style == "'":
        return _folded(raw[1:-1].replace("''", " '")), scalar.start + 1
    return _folded(raw), scalar.start


def _folded(text: str) -> str:
    return text.replace("\n", " ")
