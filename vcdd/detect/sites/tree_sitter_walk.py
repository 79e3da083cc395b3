"""The walk over a tree-sitter tree, for any grammar: an explicit stack and a table of handlers by node type.

Every stacked entry is a node, the frames it stands in (innermost first) and its scope. Frames that are the scope's own
mean "a statement or a condition"; any others mean "a string could stand here", and only there a name is worth a site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vcdd.core.site import Frame, FrameKind, Import, Site
from vcdd.detect.sites.lexical_comments import comment_lines
from vcdd.detect.sites.multiline import line_items
from vcdd.detect.sites.sheet import MAX_SITES, clean
from vcdd.detect.sites.tree_sitter_text import nodes_at

if TYPE_CHECKING:
    from tree_sitter import Node

    from vcdd.detect.sites.tree_sitter_text import ParsedText

Chain = tuple[Frame, ...]

MAX_FRAMES = 32
"""Most frames kept around a string, innermost first: a hostile file nests thousands deep, a product does not."""
MAX_SCOPES = 64
"""Deepest nesting of scopes that gets name tables of its own."""
_MAX_SYMBOL = 400
"""Longest symbol kept, in characters."""
MAX_NAME = 120
"""Longest key or label kept, in code points, as `Frame.labels` says."""

_TELLING = re.compile(r"\$|[^.(\[]{3}")
_COMMENTS = frozenset({"comment", "html_comment"})
_COMMENT = (Frame(FrameKind.COMMENT),)


@dataclass(slots=True, eq=False)
class Scope:
    """The enclosing definitions of a piece of code and the imported names that are visible in it."""

    frames: Chain = ()
    """FUNCTION, CLASS and, where a statement is conditional, BRANCH and FALLBACK frames, innermost first."""
    outer: Scope | None = None
    names: dict[str, str] = field(default_factory=dict)
    """Local name to what it stands for; an empty value hides an import of that name."""
    depth: int = 0

    def inside(self, frame: Frame) -> Scope:
        """The scope of a definition that lies in this one, with a table of names of its own."""
        if self.depth >= MAX_SCOPES:
            return self.branch(frame)
        return Scope((frame, *self.frames[: MAX_FRAMES - 1]), self, depth=self.depth + 1)

    def branch(self, frame: Frame) -> Scope:
        """The scope of conditional statements: one frame more, the same names."""
        return Scope((frame, *self.frames[: MAX_FRAMES - 1]), self.outer, self.names, self.depth)

    def hide(self, name: str) -> None:
        """Say that a local definition takes the name of an import."""
        if self.source(name):
            self.names[name] = ""

    def source(self, name: str) -> str:
        """What an imported name stands for; empty for a local one."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        return ""


class Walk:
    """One walk over one file: what is still to be visited and what was seen."""

    __slots__ = ("_handlers", "_stack", "imports", "path", "reader", "sites", "text")

    def __init__(self, text: ParsedText, reader: str, handlers: Mapping[str, Handler]) -> None:
        self.text = text
        self.path = text.source.path
        self.reader = reader
        self.sites: list[Site] = []
        self.imports: list[Import] = []
        self._handlers = handlers
        self._stack: list[tuple[Node, Chain, Scope]] = []

    def run(self, root: Node, marks: tuple[bytes, ...]) -> None:
        """Visit everything, or until more than `MAX_SITES` sites were seen; then comments, which open with a mark."""
        self._stack.append((root, (), Scope()))
        pop, handlers = self._stack.pop, self._handlers
        is_silent = self.text.is_silent if self.text.is_dense else None
        while self._stack and len(self.sites) <= MAX_SITES:
            node, chain, scope = pop()
            # in minified text a piece without any telling string could only give names, and those were taken from it
            if is_silent is None or not is_silent(node):
                handlers.get(node.type, enter)(self, node, chain, scope)
        opened = sorted(match.start() for mark in marks for match in re.finditer(re.escape(mark), self.text.data))
        for node in nodes_at(root, opened) if opened else ():
            if node.type in _COMMENTS:
                _lines_of(self, node)

    def push(self, node: Node | None, chain: Chain, scope: Scope) -> None:
        """Visit a node later, in the given place."""
        if node is not None:
            self._stack.append((node, chain, scope))

    def push_value(self, node: Node | None, frame: Frame, chain: Chain, scope: Scope) -> None:
        """Visit a node later, one frame further in than `chain`."""
        if node is not None:
            self._stack.append((node, (frame, *chain[: MAX_FRAMES - 1]), scope))

    def push_all(self, nodes: Iterable[Node], chain: Chain, scope: Scope) -> None:
        """Visit several nodes later, in their order."""
        self._stack.extend([(node, chain, scope) for node in nodes][::-1])

    def line(self, node: Node) -> int:
        """The 1-based line on which a node starts."""
        return int(node.start_point[0]) + 1 + self.text.source.offset_lines

    def symbol(self, node: Node, name: str, chain: Chain) -> None:
        """A site for a name that stands where a string could.

        Names of one letter or two say nothing in minified text, where they are most of what there is.
        """
        if not name or (self.text.is_dense and not _TELLING.match(name)):
            return  # a name is empty where the grammar put in a missing one
        line, column = self.text.place(node)
        self.add_at(line, column, "", chain, name[:_MAX_SYMBOL])

    def add(self, node: Node, text: str, chain: Chain, *, composed: bool = False) -> None:
        """A site for a string; a string of several one-word lines also gives a site per line."""
        line, column = self.text.place(node)
        if "\n" in text and not composed:
            for row, start, word, item in line_items(text, line, column):
                self.add_at(row, start, word, (item, *chain[: MAX_FRAMES - 1]))
        self.add_at(line, column, clean(text), chain, composed=composed)

    def add_at(
        self, line: int, column: int, text: str, chain: Chain, symbol: str = "", *, composed: bool = False
    ) -> None:
        """A site at a line and column of the real file."""
        self.sites.append(
            Site(
                path=self.path,
                line=line,
                column=column,
                text=text,
                symbol=symbol,
                frames=chain,
                reader=self.reader,
                composed=composed,
            )
        )


Handler = Callable[[Walk, "Node", Chain, Scope], None]


def enter(walk: Walk, node: Node, _chain: Chain, scope: Scope) -> None:
    """Visit the children as statements: whatever the node is, no string below it stands where the node stands."""
    if node.named_child_count:
        walk.push_all(node.named_children, scope.frames, scope)


def pass_on(walk: Walk, node: Node, chain: Chain, scope: Scope) -> None:
    """Visit the children in the node's own place: parentheses, casts, `await`."""
    walk.push_all(node.named_children, chain, scope)


def _lines_of(walk: Walk, node: Node) -> None:
    """One site per line of a comment that says something."""
    line, column = walk.text.place(node)
    for row, start, text in comment_lines(walk.text.raw(node)):
        walk.add_at(line + row, start + (column if row == 0 else 1), clean(text), _COMMENT)
