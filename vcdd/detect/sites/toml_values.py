"""TOML: tables as outer keys, arrays, inline tables, strings of all four kinds, comments; with true places.

An own scanner, because the parsers give no places. It takes a little more than the specification (duplicate keys,
strange bare values) and refuses the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vcdd.detect.sites.lines import read_instead
from vcdd.detect.sites.sheet import comment_site, finished, sheet_of
from vcdd.detect.sites.tree import MAX_DEPTH, MAX_NODES, Mapping, Scalar, Sequence, TreeError
from vcdd.detect.sites.tree_sites import tree_sites

if TYPE_CHECKING:
    from vcdd.core.site import ReadFile
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.tree import Node

_TOKEN = re.compile(
    r'''
      (?P<space>[ \t\r]+)
    | (?P<newline>\n)
    | (?P<comment>\#[^\n]*)
    | (?P<string>"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"{3,5} | \'\'\'(?:[^']++|'{1,2}(?!'))*+'{3,5}
        | "(?:[^"\\\n]++|\\[^\n])*+" | '[^'\n]*+')
    | (?P<bare>[\w\-+.:]+)
    | (?P<mark>[\[\]{}=,])
    ''',
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|[ \t]*\n\s*|([\s\S]))")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "e": "\x1b"}


def read(source: SourceFile) -> ReadFile:
    """Every string and boolean of a TOML file under its tables and keys; never raises."""
    sheet = sheet_of(source, "toml")
    try:
        document, comments = parse(source.text)
    except TreeError as refusal:
        return read_instead(source, "toml", str(refusal))
    sites = tree_sites(sheet, document)
    sites.extend(site for offset, comment in comments if (site := comment_site(sheet, offset, comment)))
    return finished(sheet, sites)


def parse(text: str) -> tuple[Mapping, list[tuple[int, str]]]:
    """The document and its comments with their offsets. Raises `TreeError` when the text is no TOML."""
    tokens, comments = _tokens(text)
    parser = _Parser(tokens)
    parser.document()
    return parser.root, comments


@dataclass(slots=True)
class _Token:
    kind: str
    text: str
    start: int


def _tokens(text: str) -> tuple[list[_Token], list[tuple[int, str]]]:
    tokens: list[_Token] = []
    comments: list[tuple[int, str]] = []
    position = 1 if text.startswith("\ufeff") else 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise TreeError(f"unexpected character in line {text.count(chr(10), 0, position) + 1}")
        kind = str(match.lastgroup)
        if kind == "comment":
            comments.append((position, match.group()))
        elif kind != "space":
            tokens.append(_Token(match.group() if kind == "mark" else kind, match.group(), position))
        position = match.end()
    if len(tokens) > MAX_NODES:
        raise TreeError(f"more than {MAX_NODES} tokens")
    tokens.append(_Token("end", "", len(text)))
    return tokens, comments


@dataclass(slots=True)
class _Parser:
    """One pass over the tokens of a document."""

    tokens: list[_Token]
    at: int = 0
    root: Mapping = field(default_factory=lambda: Mapping(0))

    def document(self) -> None:
        """Read all lines into `root`."""
        table = self.root
        while (kind := self._kind()) != "end":
            if kind == "newline":
                self.at += 1
                continue
            if kind == "[":
                table = self._header()
            else:
                self._entry(table, 0)
            if self._kind() not in {"newline", "end"}:
                raise self._unexpected()

    def _kind(self) -> str:
        return self.tokens[self.at].kind

    def _unexpected(self) -> TreeError:
        token = self.tokens[self.at]
        return TreeError(f"unexpected {token.kind} at offset {token.start}")

    def _expect(self, kind: str) -> None:
        if self._kind() != kind:
            raise self._unexpected()
        self.at += 1

    def _header(self) -> Mapping:
        start = self.tokens[self.at].start
        self.at += 1
        is_array = self._kind() == "["
        self.at += is_array
        path = self._key_path()
        self._expect("]")
        if is_array:
            self._expect("]")
        around = _descend(self.root, path[:-1], start)
        if is_array:
            return _append_table(around, path[-1], start)
        return _descend(around, path[-1:], start)

    def _key_path(self) -> list[Scalar]:
        path: list[Scalar] = []
        dotted = True
        while self._kind() in {"bare", "string"}:
            token = self.tokens[self.at]
            if not dotted and not (token.kind == "bare" and token.text[0] == "."):
                raise self._unexpected()
            dotted = token.kind == "bare" and token.text[-1] == "."
            self.at += 1
            if token.kind == "string":
                path.append(_string(token))
                continue
            offset = token.start
            for part in token.text.split("."):
                if part:
                    path.append(Scalar(part, offset, offset + len(part)))
                offset += len(part) + 1
        if not path or len(path) > MAX_DEPTH:
            raise self._unexpected()
        return path

    def _entry(self, table: Mapping, depth: int) -> None:
        path = self._key_path()
        self._expect("=")
        around = _descend(table, path[:-1], path[0].start)
        around.entries.append((path[-1], self._value(depth)))

    def _value(self, depth: int) -> Node:
        token = self.tokens[self.at]
        if depth > MAX_DEPTH:
            raise TreeError(f"nested deeper than {MAX_DEPTH}")
        self.at += 1
        if token.kind == "string":
            return _string(token)
        if token.kind == "[":
            return self._array(token.start, depth)
        if token.kind == "{":
            return self._inline_table(token.start, depth)
        if token.kind != "bare":
            self.at -= 1
            raise self._unexpected()
        while self._kind() == "bare":  # a date and a time with a space between
            self.at += 1
        return Scalar(token.text, token.start, token.start + len(token.text))

    def _array(self, start: int, depth: int) -> Sequence:
        node = Sequence(start)
        while True:
            self._newlines()
            if self._kind() == "]":
                self.at += 1
                return node
            node.items.append(self._value(depth + 1))
            self._newlines()
            if self._kind() != "]":
                self._expect(",")

    def _inline_table(self, start: int, depth: int) -> Mapping:
        node = Mapping(start)
        while True:
            self._newlines()
            if self._kind() == "}":
                self.at += 1
                return node
            self._entry(node, depth + 1)
            self._newlines()
            if self._kind() != "}":
                self._expect(",")

    def _newlines(self) -> None:
        while self._kind() == "newline":
            self.at += 1


def _descend(table: Mapping, path: list[Scalar], start: int) -> Mapping:
    """The table at `path`, made where it is missing; the last of an array of tables."""
    for name in path:
        known = next((value for entry, value in reversed(table.entries) if entry.text == name.text), None)
        if isinstance(known, Sequence) and known.items and isinstance(known.items[-1], Mapping):
            known = known.items[-1]
        if not isinstance(known, Mapping):
            known = Mapping(start)
            table.entries.append((name, known))
        table = known
    return table


def _append_table(around: Mapping, name: Scalar, start: int) -> Mapping:
    table = Mapping(start)
    known = next((value for entry, value in reversed(around.entries) if entry.text == name.text), None)
    if isinstance(known, Sequence):
        known.items.append(table)
    else:
        around.entries.append((name, Sequence(start, [table])))
    return table


def _string(token: _Token) -> Scalar:
    raw = token.text
    quote = raw[0]
    if raw.startswith(quote * 3):
        body = raw[3:-3]
        body = body.removeprefix("\n")
    else:
        body = raw[1:-1]
    if quote == '"' and "\\" in body:
        body = _ESCAPE.sub(_unescaped, body)
    return Scalar(body, token.start, token.start + len(raw), quote)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _ESCAPES.get(match[4], match[4]) if match[4] else ""
