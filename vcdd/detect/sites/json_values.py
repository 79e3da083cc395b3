"""JSON in all the ways it is written: strict, with comments, JSON5, trailing or missing commas, several documents.

An own tokenizer, because places matter and strictness does not. It refuses only what is too deep or too large, or
does not begin like JSON.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vcdd.detect.sites.lines import read_instead
from vcdd.detect.sites.sheet import comment_site, finished, sheet_of
from vcdd.detect.sites.tree import MAX_DEPTH, MAX_NODES, Mapping, Scalar, Sequence, TreeError
from vcdd.detect.sites.tree_sites import tree_sites

if TYPE_CHECKING:
    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Frames, Sheet
    from vcdd.detect.sites.tree import Node

# An unclosed string ends with its line and an unclosed comment with the text: no token is ever tried twice.
_TOKEN = re.compile(
    r"""
      [\s,:;]*+
      (?: (?P<scalar>
            (?P<token>"(?:[^"\\\n]++|\\[\s\S])*+"? | '(?:[^'\\\n]++|\\[\s\S])*+'? | [^\s{}\[\],:;"'/\#]++)
            (?P<colon>\s*+:)? )
        | (?P<open>[{\[])
        | (?P<close>[}\]])
        | (?P<comment>//[^\n]* | /\*(?:[^*]++|\*(?!/))*+(?:\*/)? | \#[^\n]*)
        | (?P<other>[\s\S]) )?
    """,
    re.VERBOSE,
)
_LITERALS = frozenset({"null", "undefined", "NaN", "Infinity"})
"""Values that are nothing."""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}


def read(source: SourceFile) -> ReadFile:
    """Every string and boolean of a JSON-like file under its keys; never raises."""
    sheet = sheet_of(source, "json")
    try:
        return finished(sheet, json_sites(sheet, sheet.text))
    except TreeError as refusal:
        return read_instead(source, "json", str(refusal))


def read_lines(source: SourceFile) -> ReadFile:
    """The same for JSON Lines: the first 200 lines, for such files are data."""
    sheet = sheet_of(source, "json")
    end = sheet.starts[200] if len(sheet.starts) > 200 else len(sheet.text)
    try:
        return finished(sheet, json_sites(sheet, sheet.text[:end]))
    except TreeError as refusal:
        return read_instead(source, "json", str(refusal))


def json_sites(sheet: Sheet, text: str, base: int = 0, outer: Frames = ()) -> list[Site]:
    """The sites of the JSON in `text`, which stands at offset `base`. Raises `TreeError` when it is too deep."""
    documents, comments = parse(text, base)
    sites = [site for offset, comment in comments if (site := comment_site(sheet, offset, comment, outer))]
    for document in documents:
        sites.extend(tree_sites(sheet, document, outer))
    return sites


def parse(
    text: str, base: int = 0, *, without: frozenset[str] = frozenset()
) -> tuple[list[Node], list[tuple[int, str]]]:
    """The documents of `text` and its comments with their offsets.

    Values under the keys `without` are passed over undecoded. Raises `TreeError` when the text is too deep, too large
    or does not begin like JSON.
    """
    builder = _Builder(without)
    comments: list[tuple[int, str]] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "scalar":
            builder.scalar(match["token"], match.start("token") + base, is_key=match["colon"] is not None)
        elif kind == "open":
            builder.open(match["open"], match.start("open") + base)
        elif kind == "close":
            builder.close()
        elif kind == "comment":
            comments.append((match.start("comment") + base, match["comment"]))
    return builder.documents, comments


def decode(token: str) -> str:
    """The value of a quoted token, closed or not; unknown escapes stand for their character."""
    body = token[1:-1] if len(token) > 1 and token[-1] == token[0] else token[1:]
    if "\\" not in body:
        return body
    text = _ESCAPE.sub(_unescaped, body)
    if _SURROGATE.search(text):  # JSON writes characters beyond the basic plane as two escapes
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPES.get(match[3], match[3])


class _Builder:
    """Documents from tokens, without recursion."""

    def __init__(self, without: frozenset[str]) -> None:
        self.documents: list[Node] = []
        self._without = without
        self._stack: list[Mapping | Sequence | None] = []
        """The open collections; None stands for one that is passed over."""
        self._keys: list[Scalar | None] = []
        """The key under which each of them stands."""
        self._key: Scalar | None = None
        self._nodes = 0

    def open(self, bracket: str, start: int) -> None:
        """Begin a mapping or a sequence."""
        if len(self._stack) >= MAX_DEPTH:
            raise TreeError(f"nested deeper than {MAX_DEPTH}")
        node: Mapping | Sequence | None = None
        if not self._skipping():
            node = Mapping(start) if bracket == "{" else Sequence(start)
            self._put(node)
        self._stack.append(node)
        self._keys.append(self._key)
        self._key = None

    def close(self) -> None:
        """End the innermost collection; a bracket too many is passed over."""
        if self._stack:
            self._stack.pop()
            self._keys.pop()
        self._key = None

    def scalar(self, token: str, start: int, *, is_key: bool) -> None:
        """A key or a value. A value without a key in a mapping is passed over."""
        if self._stack and self._stack[-1] is None:
            return
        if is_key and not (self._stack and isinstance(self._stack[-1], Sequence)):
            self._key = _scalar(token, start)
            return
        if not self._skipping() and token not in _LITERALS:
            self._put(_scalar(token, start))
        self._key = None

    def _skipping(self) -> bool:
        if self._stack and self._stack[-1] is None:
            return True
        return self._key is not None and self._key.text in self._without

    def _put(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise TreeError(f"more than {MAX_NODES} values")
        around = self._stack[-1] if self._stack else None
        if isinstance(around, Sequence):
            around.items.append(node)
        elif isinstance(around, Mapping):
            if self._key is not None:
                around.entries.append((self._key, node))
        elif self._key is not None:  # a window cut out of a larger document
            self.documents.append(Mapping(self._key.start, [(self._key, node)]))
        elif isinstance(node, Scalar) and not node.style and not self.documents:
            raise TreeError("does not begin like JSON")
        else:
            self.documents.append(node)


def _scalar(token: str, start: int) -> Scalar:
    quote = token[0] if token[0] in "\"'" else ""
    return Scalar(decode(token) if quote else token, start, start + len(token), quote)
