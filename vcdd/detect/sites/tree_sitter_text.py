"""Text as tree-sitter sees it: parsing with a named grammar, and byte positions turned into lines and columns."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import lru_cache
from time import thread_time
from typing import TYPE_CHECKING, Final

from vcdd.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Language, Node, Tree

    from vcdd.core.source_file import SourceFile

_CONTINUATION = re.compile(rb"[\x80-\xbf]")
_TELLING = re.compile(rb"//|/\*|[\"'`](?![,:;)\]}+?=&|\"'`])(?![^\"'`\d\-/:_\\{ ]*+ [^\"'`\d\-/:_\\{]*+[\"'`])")
"""A comment, or the quote that opens a string of which something can be told: it is no sentence without a digit or a joint.
Minified text holds those by the ten thousand, the translations of a product. (A mark behind a quote says that it closes.)"""
_LONG_LINE = 1000
"""Lines longer than this, in bytes, are not written by people; where they are most of a text it is minified."""


@dataclass(frozen=True, slots=True)
class ParsedText:
    """One file as bytes, with what is needed to speak of it in lines and code points."""

    source: SourceFile
    data: bytes
    """UTF-8; a lone surrogate becomes one replacement byte, so that columns stay true."""
    continuations: array[int]
    """Offsets of UTF-8 continuation bytes, ascending; empty for ASCII."""

    telling: array[int]
    """Offsets of comments and of strings that may say something, ascending; empty unless the text is dense."""
    is_dense: bool
    """Whether the text looks minified."""

    def is_silent(self, node: Node) -> bool:
        """Whether the text is dense and nothing that may say something lies in a node of it."""
        return self.is_dense and _is_apart(node, self.telling)

    def place(self, node: Node) -> tuple[int, int]:
        """1-based line and column (in code points) of the first character of a node in the real file."""
        row, column = node.start_point
        if self.continuations:
            start = node.start_byte
            column -= bisect_left(self.continuations, start) - bisect_left(self.continuations, start - column)
        if row == 0:
            column += self.source.offset_columns
        return row + 1 + self.source.offset_lines, column + 1

    def raw(self, node: Node) -> str:
        """What stands in the file from the first to the last byte of a node."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")


def text_of(source: SourceFile) -> ParsedText:
    """The bytes of a source file and their continuation table."""
    data = source.text.encode("utf-8", "replace")
    is_dense = 2 * sum(len(line) for line in data.split(b"\n") if len(line) > _LONG_LINE) > len(data)
    continuations = array("L", () if source.text.isascii() else map(re.Match.start, _CONTINUATION.finditer(data)))
    telling = array("L", map(re.Match.start, _TELLING.finditer(data)) if is_dense else ())
    return ParsedText(source, data, continuations, telling, is_dense)


def nodes_at(root: Node, offsets: Sequence[int]) -> Iterator[Node]:
    """The nodes without named children in which, or in front of which, one of these ascending offsets lies."""
    stack = [root]
    while stack:
        node = stack.pop()
        if _is_apart(node, offsets):
            continue
        if node.named_child_count:
            stack.extend(node.named_children)
        else:
            yield node


def _is_apart(node: Node, offsets: Sequence[int]) -> bool:
    at = bisect_left(offsets, node.start_byte)
    return at == len(offsets) or offsets[at] >= node.end_byte


GRAMMARS: Final = ("javascript", "typescript", "tsx", "python")


@lru_cache(maxsize=len(GRAMMARS))
def _language(grammar: str) -> Language:
    # slow imports: each loads a shared library, and most targets need one or two of them
    from tree_sitter import Language  # noqa: PLC0415

    if grammar == "python":
        import tree_sitter_python  # noqa: PLC0415

        return Language(tree_sitter_python.language())
    if grammar == "javascript":
        import tree_sitter_javascript  # noqa: PLC0415

        return Language(tree_sitter_javascript.language())
    import tree_sitter_typescript  # noqa: PLC0415

    is_tsx = grammar == "tsx"
    return Language(tree_sitter_typescript.language_tsx() if is_tsx else tree_sitter_typescript.language_typescript())


class ParseTooLongError(Exception):
    """Parsing took many times longer than for any text that people or compilers write."""


TOO_LONG: Final = "parsing took too long"
_SECONDS_PER_BYTE = 3e-6
"""Of processor time. The slowest of 3,000 real files needed a fifth of this, broken ones included; recovering from error
after error needs up to five times as much."""
_SECONDS_AT_LEAST = 0.05
_PIECE = 512
"""Bytes given when the binding asks again, for the text of a node; the first answer is the whole text."""


def parse(grammar: str, data: bytes, *, seconds: float | None = None) -> Tree:
    """The syntax tree of `data`; broken text gives a tree with error nodes, hostile text may raise `ParseTooLongError`.

    `seconds` of processor time may be spent; by default more than any text needs that people or compilers write.
    """
    from tree_sitter import Parser  # noqa: PLC0415 -- slow import

    end = thread_time() + (_SECONDS_AT_LEAST + _SECONDS_PER_BYTE * len(data) if seconds is None else seconds)
    try:
        return Parser(_language(grammar)).parse(
            lambda start, _: data[start : start + _PIECE] if start else data,
            progress_callback=lambda _offset, _broken: thread_time() > end,
        )
    except ValueError as stopped:  # so the binding says that the callback asked it to stop
        raise ParseTooLongError from stopped


def broken_bytes(tree: Tree) -> int:
    """How many bytes of a tree lie in outermost error nodes, plus one for being broken; 0 for a clean tree.

    Only broken nodes are entered. (A query for error nodes takes quadratic time on deep nesting.)
    """
    if not tree.root_node.has_error:
        return 0
    total = 1
    stack = [tree.root_node]
    while stack:
        node = stack.pop()
        if node.is_error:
            total += node.end_byte - node.start_byte
        else:
            stack.extend(child for child in node.children if child.has_error)
    return total


def first_error_line(tree: Tree) -> int:
    """1-based line, in the parsed text, of the first error or missing token; 0 for a clean tree."""
    node = tree.root_node
    if not node.has_error:
        return 0
    while not (node.is_error or node.is_missing):
        broken = next((child for child in node.children if child.has_error or child.is_missing), None)
        if broken is None:
            break
        node = broken
    return int(node.start_point.row) + 1
