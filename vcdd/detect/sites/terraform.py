"""Terraform and HCL: blocks and their labels as outer keys, attributes, maps, lists, heredocs, comments.

An own reader of the shape alone: `type "label" {`, `key = expression`. Of an expression the strings and, where it is
nothing else, the reference are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vcdd.detect.sites.json_values import decode
from vcdd.detect.sites.lines import read_instead
from vcdd.detect.sites.sheet import comment_site, finished, sheet_of
from vcdd.detect.sites.tree import MAX_DEPTH, MAX_NODES, Mapping, Scalar, Sequence, TreeError
from vcdd.detect.sites.tree_sites import tree_sites

if TYPE_CHECKING:
    from vcdd.core.site import ReadFile
    from vcdd.core.source_file import SourceFile

# An unclosed string ends with its line, an unclosed comment with the text.
_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r]+)
    | (?P<newline>\n)
    | (?P<comment>\#[^\n]*|//[^\n]*|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?)
    | (?P<string>"(?:[^"\\\n$]++|\\[^\n]|\$\{(?:[^{}"\n]++|"[^"\n]*+")*+\}|\$)*+"?)
    | (?P<heredoc><<[-~]?[ \t]*(?P<delimiter>[A-Za-z_]\w*))
    | (?P<name>[A-Za-z_][\w\-.\[\]*]*)
    | (?P<open>[{\[(])
    | (?P<close>[}\])])
    | (?P<mark>=(?!=)|:(?!:))
    | (?P<comma>,)
    | (?P<other>[\s\S])
    """,
    re.VERBOSE,
)


@dataclass(slots=True)
class _State:
    """The open collections, and the words of the entry that is being read."""

    stack: list[Mapping | Sequence] = field(default_factory=lambda: [Mapping(0)])
    words: list[Scalar] = field(default_factory=list)
    """Words since the last line break: a block's type and labels, or a key."""
    key: Scalar | None = None
    """The attribute whose expression is being read."""
    values: list[Scalar] = field(default_factory=list)
    parens: int = 0
    """Open parentheses of the expression; a comma or a line break inside them ends nothing."""
    outer_parens: list[int] = field(default_factory=list)
    pure: bool = True
    """Whether the expression is one value and nothing else."""
    comments: list[tuple[int, str]] = field(default_factory=list)
    nodes: int = 0


def read(source: SourceFile) -> ReadFile:
    """Every string under its attribute, block and labels; never raises."""
    sheet = sheet_of(source, "terraform")
    state = _State()
    try:
        _parse(source.text, state)
    except TreeError as refusal:
        return read_instead(source, "terraform", str(refusal))
    sites = tree_sites(sheet, state.stack[0])
    sites.extend(site for offset, comment in state.comments if (site := comment_site(sheet, offset, comment)))
    return finished(sheet, sites)


def _parse(text: str, state: _State) -> None:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:  # not reached: the last branch takes anything
            break
        kind = str(match.lastgroup)
        position = match.end()
        if kind == "comment":
            state.comments.append((match.start(), match.group()))
        elif kind == "heredoc":
            position = _heredoc(text, match, state)
        elif kind != "space":
            _token(state, kind, match)
    _end_entry(state)


def _token(state: _State, kind: str, match: re.Match[str]) -> None:
    token, start = match.group(), match.start()
    if kind == "string":
        _value(state, Scalar(decode(token), start, match.end(), '"'))
    elif kind == "name":
        literal = token in {"true", "false", "null"}
        _value(state, Scalar(token if literal else "", start, match.end(), "", "" if literal else token))
    elif kind == "open":
        _open(state, token, start)
    elif kind == "close":
        _close(state, token)
    elif kind == "mark":
        _mark(state)
    elif kind in {"newline", "comma"}:
        if not state.parens and (kind == "comma" or not isinstance(state.stack[-1], Sequence)):
            _end_entry(state)
    else:
        state.pure = False


def _value(state: _State, scalar: Scalar) -> None:
    state.nodes += 1
    if state.nodes > MAX_NODES:
        raise TreeError(f"more than {MAX_NODES} values")
    if state.key is not None or isinstance(state.stack[-1], Sequence):
        state.values.append(scalar)
    else:
        state.words.append(Scalar(scalar.text or scalar.symbol, scalar.start, scalar.end, scalar.style))


def _mark(state: _State) -> None:
    if state.key is None and state.words:
        state.key = state.words[-1]
        state.words, state.pure = [], True


def _end_entry(state: _State) -> None:
    around = state.stack[-1]
    single = state.pure and len(state.values) == 1
    kept = [value for value in state.values if not value.symbol or single]
    if isinstance(around, Sequence):
        around.items.extend(kept)
    elif state.key is not None:
        around.entries.extend((state.key, value) for value in kept)
    state.words, state.values, state.key, state.pure = [], [], None, True


def _open(state: _State, bracket: str, start: int) -> None:
    if bracket == "(":  # a function's arguments belong to the expression
        state.pure = False
        state.parens += 1
        return
    if len(state.stack) >= MAX_DEPTH:
        raise TreeError(f"nested deeper than {MAX_DEPTH}")
    node: Mapping | Sequence = Mapping(start) if bracket == "{" else Sequence(start)
    around = state.stack[-1]
    if isinstance(around, Sequence):
        around.items.append(node)
    else:
        _put(around, [state.key] if state.key is not None else state.words, node, start)
    state.stack.append(node)
    state.outer_parens.append(state.parens)
    state.words, state.values, state.key, state.pure, state.parens = [], [], None, True, 0


def _put(around: Mapping, names: list[Scalar], node: Mapping | Sequence, start: int) -> None:
    """Put a block under its type and labels, or a collection under its attribute."""
    for name in names[:-1][:10]:
        inner = Mapping(start)
        around.entries.append((name, inner))
        around = inner
    around.entries.append((names[-1] if names else Scalar("", start, start), node))


def _close(state: _State, bracket: str) -> None:
    if bracket == ")":
        state.parens = max(state.parens - 1, 0)
        return
    _end_entry(state)
    if len(state.stack) > 1:
        state.stack.pop()
        state.parens = state.outer_parens.pop()


def _heredoc(text: str, match: re.Match[str], state: _State) -> int:
    """A heredoc is one value; unclosed, it ends with the text."""
    begin = text.find("\n", match.end())
    begin = len(text) if begin < 0 else begin + 1
    closing = re.compile(rf"^[ \t]*{match['delimiter']}[ \t\r]*$", re.MULTILINE).search(text, begin)
    end = closing.start() if closing else len(text)
    _value(state, Scalar(text[begin:end], begin, end, "|"))
    return closing.end() if closing else len(text)
