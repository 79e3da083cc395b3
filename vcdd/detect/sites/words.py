"""Shell text to commands: words with their offsets, comments and heredoc bodies. Lexing only; nothing is expanded.

Bash is not followed to the letter: functions, `case` arms and arithmetic come out as odd commands, which does no harm.
Unclosed quotes are taken as plain characters, so that a broken line costs one line.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from vcdd.values import dataclass

if TYPE_CHECKING:
    from vcdd.core.site import Frame

_TOKEN = re.compile(
    r"""
      (?P<space>(?:[ \t\r\f\v]|\\\r?\n)+)
    | (?P<comment>\#)
    | (?P<newline>\n)
    | (?P<end>&&|\|\||;;|[;|&])
    | (?P<open>\$\(|\()
    | (?P<close>\))
    | (?P<tick>`)
    | (?P<here><<<)
    | (?P<heredoc><<-?[ \t]*(?:"\w+"|'\w+'|\\?\w+))
    | (?P<redirect>[<>]{1,2}&?)
    | (?P<single>'[^']*')
    | (?P<double>"(?:[^"\\]|\\[\s\S])*+")
    | (?P<brace>\$\{[^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*+\})
    | (?P<escape>\\[\s\S])
    | (?P<plain>[^\s'"\\$`|&;()<>\#]+)
    | (?P<other>[\s\S])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a command."""

    text: str
    """Quotes and escapes removed, variables as written."""
    start: int
    """Offset of its first character, the quote where there is one."""
    inner: int
    """Offset of the first character after an opening quote; `start` for a plain word."""
    quote: str = ""
    """The quote when the whole word is one quoted piece; empty otherwise."""
    outer: tuple[Frame, ...] = ()
    """Frames around this word alone, where a command is put together from several lists."""


@dataclass(frozen=True, slots=True)
class Script:
    """What stands in one piece of shell."""

    commands: tuple[tuple[Word, ...], ...]
    """The words of each command, in the order in which commands end; none is empty."""
    comments: tuple[tuple[int, str], ...]
    """Offset and text of each comment, `#` included."""
    heredocs: tuple[tuple[int, str, int], ...]
    """Offset and body of each heredoc, and the offset of the line that opened it."""


@dataclass(slots=True)
class _Lexer:
    """The state of one pass: the open word, the open commands, the heredocs that wait for their body."""

    base: int
    commands: list[tuple[Word, ...]] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    heredocs: list[tuple[int, str, int]] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    outer: list[list[Word]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    start: int = -1
    quote: str = ""
    skip: bool = False
    waiting: list[tuple[str, int]] = field(default_factory=list)


def lex(text: str, base: int = 0) -> Script:
    """The commands of `text`, offsets counted from `base`. Never raises; linear in the length of `text`."""
    state = _Lexer(base)
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:  # not reached: the last branch takes anything
            break
        position = _token(state, text, match)
    _end_command(state)
    while state.outer:
        state.words = state.outer.pop()
        _end_command(state)
    return Script(tuple(state.commands), tuple(state.comments), tuple(state.heredocs))


def _token(state: _Lexer, text: str, match: re.Match[str]) -> int:
    kind, token = str(match.lastgroup), match.group()
    if kind == "newline":
        _end_command(state)
        return _bodies(state, text, match.end())
    if kind == "comment":
        return _comment(state, text, match.start())
    if kind in {"space", "redirect", "here", "heredoc"}:
        if kind == "redirect" and "".join(state.pieces).isdigit():  # the `2` of `2>&1`
            _drop_word(state)
        _end_word(state)
        state.skip = state.skip or kind == "redirect"
        if kind == "heredoc":
            state.waiting.append((token.lstrip("<- \t").strip("'\"\\"), state.base + match.start()))
    elif kind == "end":
        _end_command(state)
    elif kind in {"open", "close", "tick"}:
        _nest(state, kind)
    else:
        _piece(state, kind, match)
    return match.end()


def _comment(state: _Lexer, text: str, start: int) -> int:
    if state.start >= 0:  # `#` within a word is a character like any other
        state.pieces.append("#")
        state.quote = ""
        return start + 1
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    state.comments.append((state.base + start, text[start:end]))
    return end


def _nest(state: _Lexer, kind: str) -> None:
    """A substitution is a command of its own; the one around it goes on afterwards."""
    if kind == "open" or (kind == "tick" and not state.outer):
        state.outer.append(state.words)
        state.words = []
        _drop_word(state)
        return
    _end_command(state)
    if state.outer:
        state.words = state.outer.pop()


def _unquoted(kind: str, token: str) -> str:
    if kind == "single":
        return token[1:-1]
    if kind == "double":
        return re.sub(r'\\([\\"$`\n])', lambda match: match[1].strip("\n"), token[1:-1])
    return token[1:] if kind == "escape" else token


def _piece(state: _Lexer, kind: str, match: re.Match[str]) -> None:
    token = match.group()
    if state.start < 0:
        state.start = match.start()
        state.quote = token[0] if kind in {"single", "double"} else ""
    else:
        state.quote = ""
    state.pieces.append(_unquoted(kind, token))


def _end_word(state: _Lexer) -> None:
    if state.start >= 0 and not state.skip:
        start = state.base + state.start
        state.words.append(Word("".join(state.pieces), start, start + len(state.quote), state.quote))
    if state.start >= 0:
        state.skip = False
    _drop_word(state)


def _drop_word(state: _Lexer) -> None:
    state.pieces, state.start, state.quote = [], -1, ""


def _end_command(state: _Lexer) -> None:
    _end_word(state)
    state.skip = False
    if state.words:
        state.commands.append(tuple(state.words))
    state.words = []


def _bodies(state: _Lexer, text: str, position: int) -> int:
    """Past the bodies of the heredocs that the line just ended has opened."""
    for delimiter, opened in state.waiting:
        closing = re.compile(rf"^[ \t]*{re.escape(delimiter)}[ \t\r]*$", re.MULTILINE).search(text, position)
        end = closing.start() if closing else len(text)
        state.heredocs.append((state.base + position, text[position:end], opened))
        position = min(closing.end() + 1, len(text)) if closing else len(text)
    state.waiting = []
    return position
