"""The words of one command to sites: program and subcommand, positional words, flags, assignments.

`CUDA_VISIBLE_DEVICES=0 uv run vllm serve org/name --dtype=half` gives an ASSIGN, the positional word 0 of the COMMAND
`vllm serve`, and the FLAG `--dtype` in it. A flag that takes no value is a site of its own text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.command_lists import (
    DECLARING,
    KEYWORDS,
    RUNNER_VALUES,
    RUNNERS,
    SHELLS,
    SWITCH_PREFIXES,
    SWITCHES,
    WRAPPERS,
)
from vcdd.detect.sites.expand import value_site
from vcdd.detect.sites.installs import install_sites
from vcdd.detect.sites.sheet import same_length
from vcdd.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vcdd.core.site import Site
    from vcdd.detect.sites.sheet import Frames, Sheet
    from vcdd.detect.sites.words import Word

_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)\+?=")
_NAMED_VALUE = re.compile(r"([A-Za-z_][\w.\-]*)\+?=(?=.)")
_FLAG = re.compile(r"--?[A-Za-z]")
_SUBCOMMAND = re.compile(r"[a-z][a-z0-9_\-]*(?::[a-z0-9_\-]+)?")
_PYTHON = re.compile(r"(?:python|pypy|py)(?:\d(?:\.\d+)?)?(?:\.exe)?")


@dataclass(frozen=True, slots=True)
class _Program:
    name: str
    rest: int
    """Position of the first word after the name."""


def command_sites(sheet: Sheet, words: Sequence[Word], outer: Frames = ()) -> Iterator[Site]:
    """The sites of one command, `outer` being the frames around it; empty words are passed over."""
    words, declared = _strip(sheet, words, outer)
    yield from declared
    if not words:
        return
    program = _program(words)
    line = sheet.line(words[0].start)
    last = words[program.rest - 1] if program.rest else words[0]
    if program.rest > 1 and program.name.endswith(f" {last.text}") and not program.name.startswith("python -m"):
        alone = Frame(FrameKind.COMMAND, program.name.partition(" ")[0], 0, line=line)
        yield value_site(sheet, last.start, last.text, (alone, *last.outer, *outer))
    command = Frame(FrameKind.COMMAND, program.name, line=line)
    yield from _arguments(sheet, words[program.rest :], command, outer)
    yield from install_sites(sheet, program.name, words[program.rest :], (command, *outer))


def nested_script(words: Sequence[Word]) -> Word | None:
    """The script word of `sh -c 'script'` and its kin; None when the command is no such thing."""
    for position, word in enumerate(words[:-1]):
        if _base(word.text) in SHELLS:
            for flag, script in zip(words[position + 1 :], words[position + 2 :], strict=False):
                if re.fullmatch(r"-[a-z]*c", flag.text):
                    return script
                if not flag.text.startswith("-"):
                    return None
    return None


def raw_text(sheet: Sheet, word: Word) -> str:
    """The text inside the quotes of a word as it stands at `word.inner`, escapes replaced at the same length."""
    if not word.quote:
        return word.text
    end, limit = word.inner, min(len(sheet.text), word.inner + 2 * len(word.text) + 2)
    while end < limit and sheet.text[end] != word.quote:
        end += 2 if sheet.text[end] == "\\" and word.quote == '"' else 1
    raw = sheet.text[word.inner : min(end, limit)]
    return same_length(raw) if word.quote == '"' else raw


def is_flag(text: str) -> bool:
    """Whether a word is a flag, with or without `=value`."""
    return _FLAG.match(text) is not None


def _base(text: str) -> str:
    return text.replace("\\", "/").rpartition("/")[2]


def _strip(sheet: Sheet, words: Sequence[Word], outer: Frames) -> tuple[Sequence[Word], list[Site]]:
    """The words from the program on, and the assignments that stood before it."""
    sites: list[Site] = []
    position = 0
    while position < len(words):
        text = words[position].text
        assignment = _ASSIGNMENT.match(text)
        if assignment:
            sites.append(_assignment(sheet, words[position], assignment, outer))
            position += 1
        elif text in DECLARING and position + 1 < len(words):
            position += 1
            while position < len(words) and is_flag(words[position].text):
                position += 1
        else:
            step = _wrapper_length(words, position)
            if not step:
                break
            position += step
    return words[position:], sites


def _assignment(sheet: Sheet, word: Word, match: re.Match[str], outer: Frames) -> Site:
    frame = Frame(FrameKind.ASSIGN, match[1], line=sheet.line(word.start))
    offset = word.start if word.quote else word.start + match.end()
    return value_site(sheet, offset, word.text[match.end() :], (frame, *word.outer, *outer))


def _wrapper_length(words: Sequence[Word], position: int) -> int:
    """How many words to pass over because they only run what follows; 0 for a program of its own."""
    name = _base(words[position].text)
    if name in KEYWORDS:
        return 1
    if name in WRAPPERS:
        end = _past_flags(words, position + 1, WRAPPERS[name])
        if name == "timeout" and end < len(words) and words[end].text[:1].isdigit():
            end += 1
        return end - position
    following = words[position + 1].text if position + 1 < len(words) else ""
    if RUNNERS.get(name) == following and following:
        return _past_flags(words, position + 2, RUNNER_VALUES) - position
    return 0


def _past_flags(words: Sequence[Word], position: int, valued: frozenset[str]) -> int:
    while position < len(words) and words[position].text.startswith("-"):
        position += 2 if words[position].text in valued else 1
    return min(position, len(words))


def _program(words: Sequence[Word]) -> _Program:
    first = words[0].text
    if is_flag(first):
        return _Program("", 0)
    if first.startswith("image:"):  # a container whose entry point the target does not name
        return _Program(first, 1)
    name = _base(first) or first
    if _PYTHON.fullmatch(name):
        return _python(words)
    if name in SHELLS and len(words) > 1 and not is_flag(words[1].text):
        script = _program(words[1:])
        return _Program(script.name, script.rest + 1)
    if len(words) > 1 and (words[0].quote or not words[1].quote) and _SUBCOMMAND.fullmatch(words[1].text):
        return _Program(f"{name} {words[1].text}", 2)
    return _Program(name, 1)


def _python(words: Sequence[Word]) -> _Program:
    position = 1
    while position < len(words) and words[position].text.startswith("-"):
        if words[position].text == "-m" and position + 1 < len(words):
            return _Program(f"python -m {words[position + 1].text}", position + 2)
        if words[position].text == "-c":
            return _Program("python -c", position + 1)
        position += 1
    if position < len(words):
        return _Program(f"python {words[position].text}", position + 1)
    return _Program("python", position)


def _arguments(sheet: Sheet, words: Sequence[Word], command: Frame, outer: Frames) -> Iterator[Site]:
    index = 0
    position = 0
    while position < len(words):
        word = words[position]
        around = (*word.outer, *outer)
        if is_flag(word.text):
            value = words[position + 1] if position + 1 < len(words) else None
            taken = value if value and _takes(word.text, value) else None
            yield from _flag_sites(sheet, word, taken, (command, *around))
            position += 2 if taken else 1
            continue
        place = Frame(FrameKind.COMMAND, command.name, index, line=command.line)
        yield from _word_sites(sheet, word, (place, *around))
        index += 1
        position += 1


def _takes(flag: str, value: Word) -> bool:
    """Whether the word after a flag is its value: not when the flag has one already, or is a known switch."""
    if "=" in flag or flag in SWITCHES or flag.startswith(SWITCH_PREFIXES):
        return False
    return not is_flag(value.text)


def _flag_sites(sheet: Sheet, flag: Word, value: Word | None, around: Frames) -> Iterator[Site]:
    name, equals, joined = flag.text.partition("=")
    if " " in name:  # `args: ["--model org/name"]`: one word that a shell would have split
        name, equals, joined = flag.text.partition(" ")
    frames = (Frame(FrameKind.FLAG, name, line=sheet.line(flag.start)), *around)
    if value is not None:
        yield from _word_sites(sheet, value, frames)
    elif equals:
        lead = len(joined) - len(joined.lstrip())
        yield from _value_sites(sheet, flag.inner + len(name) + 1 + lead, joined.strip(), frames)
    else:
        yield sheet.site(flag.start, name, frames)


def _word_sites(sheet: Sheet, word: Word, frames: Frames) -> Iterator[Site]:
    yield from _value_sites(sheet, word.start, word.text, frames)
    if word.text[:1] in {"{", "["} and '"' in word.text:  # `curl -d '{"model": "…"}'`
        yield from _json_word(sheet, word, frames)


def _json_word(sheet: Sheet, word: Word, frames: Frames) -> list[Site]:
    from vcdd.detect.sites.json_values import json_sites  # noqa: PLC0415 -- JSON also reads shell inside itself
    from vcdd.detect.sites.tree import TreeError  # noqa: PLC0415

    try:
        return json_sites(sheet, raw_text(sheet, word), word.inner, frames)
    except TreeError:
        return []


def _value_sites(sheet: Sheet, offset: int, text: str, frames: Frames) -> Iterator[Site]:
    """A word; when it is `name=value`, also the value under KEY name."""
    yield value_site(sheet, offset, text, frames)
    for start, part in _pairs(text, frames):
        named = _NAMED_VALUE.match(part)
        if named:
            frame = Frame(FrameKind.KEY, named[1], line=sheet.line(offset))
            yield value_site(sheet, offset + start + named.end(), part[named.end() :], (frame, *frames))


def _pairs(text: str, frames: Frames) -> Iterator[tuple[int, str]]:
    """Parts of a flag's value that may be `name=value`, with their offsets: several in a list of variables, else the whole."""
    is_list = bool(frames) and frames[0].kind is FrameKind.FLAG and frames[0].name.lstrip("-") in _LISTS
    parts, start = text.split(",", _MOST_PAIRS) if is_list else [text], 0
    for part in parts:
        yield start, part
        start += len(part) + 1


_LISTS = frozenset(("set-env-vars", "update-env-vars", "env-vars", "set", "set-string", "build-arg", "parameters"))
"""Flags that take `name=value` several times, with commas between (gcloud, Helm, az)."""
_MOST_PAIRS = 64
