"""The nesting of a file as the lexer sees it: where each string, call and bracket stands among its neighbours.

A spot remembers only offsets; what they mean is worked out later and only where a string asks for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vcdd.detect.sites.lexical_tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from vcdd.core.site import Frame
    from vcdd.detect.sites.lexical_languages import Language

MAX_DEPTH: Final = 200
"""Brackets inside each other that are read; what is nested deeper is no code that people or compilers write."""
_CLOSERS: Final = {")": "(", "]": "[", "}": "{"}
_MAX_CLIMB = 8
"""How many unclosed brackets a closing one may jump over: a typo, not a new structure."""
_MAX_CALLEE = 200
_MAX_CHILDREN = 12
_MAX_ELEMENT = 160
_NAME_END = re.compile(r"[\w$]+(?:(?:\.|::|->)[\w$]+)*\Z")
_GENERIC = re.compile(r"(?:::)?<[^<>]*>")


@dataclass(slots=True, eq=False)
class Spot:
    """A value in the text: a string, a name, or (as `Group`) whatever stands in brackets with its callee."""

    start: int
    end: int
    parent: Group | None
    index: int
    """Commas before it among its siblings."""
    floor: int
    """Where its element or statement begins."""
    statement: int
    """Where its statement begins, commas not counted."""
    left: Spot | None
    """The string or closed group before it in the same element."""
    symbol: str = ""
    """For a name that stands where a string could."""


@dataclass(slots=True, eq=False)
class Group(Spot):
    """Something in brackets."""

    mark: str = ""
    """`(`, `[` or `{`; empty for the file as a whole."""
    callee: str = ""
    opened: int = 0
    """Offset behind the opening bracket."""
    size: int = 0
    """Number of elements, known once it is closed."""
    receiver: Group | None = None
    """The call that this one continues (`builder()` of `builder().model("x")`)."""
    follower: Group | None = None
    """The call that goes on from this one."""
    strings: list[Spot] = field(default_factory=list)
    """The first strings directly inside."""
    groups: list[Group] = field(default_factory=list)
    """The first groups directly inside."""
    commas: int = 0
    element: int = 0
    """Where the element being read begins."""
    began: int = 0
    """Where the statement being read begins."""
    last: Spot | None = None
    """What was last read in that element."""
    reached: int = 0
    """Where it ended, comments behind it included."""
    role: str = ""
    """What it is (`lexical_places.ROLES`); empty until somebody asks."""
    outer: tuple[Frame, ...] = ()
    """Frames in which the group as a whole stands, once somebody asked."""
    scope: tuple[Frame, ...] = ()
    """FUNCTION, CLASS, BRANCH and FALLBACK frames inside the group, once somebody asked."""
    labels: tuple[str, ...] | None = None
    own_labels: tuple[str, ...] | None = None


@dataclass(slots=True, eq=False)
class Outline:
    """One file taken apart."""

    root: Group
    spots: list[Spot] = field(default_factory=list)
    """Strings and names, in the order of the text."""
    comments: list[tuple[int, int]] = field(default_factory=list)
    is_too_deep: bool = False
    """Whether brackets were nested deeper than `MAX_DEPTH`; what follows the first such one is not in the outline."""


def outline(language: Language, text: str) -> Outline:
    """The strings, names and comments of a text, each with the brackets around it."""
    builder = _Builder(language, text)
    for kind, start, end in tokens(language, text):
        builder.take(kind, start, end)
        if builder.outline.is_too_deep:
            break
    builder.finish()
    return builder.outline


class _Builder:
    """Reads tokens in order and keeps the innermost open bracket."""

    def __init__(self, language: Language, text: str) -> None:
        self.outline = Outline(Group(0, len(text), None, 0, 0, 0, None))
        self._text = text
        self._group = self.outline.root
        self._depth = 0
        self._plain_name = plain_names(language)
        self._element = element_pattern(language)
        self._assignments = assignment_pattern(language).finditer(text)
        self._assignment = next(self._assignments, None)

    def take(self, kind: str, start: int, end: int) -> None:
        """One token."""
        while self._assignment is not None and self._assignment.start() < start:
            self._take_assignment(start)
        if kind == "c":
            self.outline.comments.append((start, end))
            if not self._text[self._group.reached : start].strip():
                self._group.reached = end
        elif kind == "s":
            self._take_string(start, end)
        elif kind in "n([{":
            self._open(kind, start, end)
        else:
            self._end_element(start)
            if kind in _CLOSERS:
                self._close(_CLOSERS[kind], end)
            else:
                self._group.commas += kind == ","
                self._group.element, self._group.last = end, None
                if kind == ";":
                    self._group.began = end

    def finish(self) -> None:
        """The end of the text."""
        while self._assignment is not None:
            self._take_assignment(len(self._text))

    def _here(self, start: int, end: int) -> tuple[int, int, Group, int, int, int, Spot | None]:
        group = self._group
        return start, end, group, group.commas, group.element, group.began, group.last

    def _take_string(self, start: int, end: int) -> None:
        spot = Spot(*self._here(start, end))
        self.outline.spots.append(spot)
        if len(self._group.strings) < _MAX_CHILDREN:
            self._group.strings.append(spot)
        self._group.last, self._group.reached = spot, end

    def _open(self, kind: str, start: int, end: int) -> None:
        group = Group(*self._here(start, end), mark="(" if kind == "n" else kind, opened=end, element=end, began=end)
        if kind == "n":
            group.callee = self._plain_name(self._text[start : end - 1])
            if group.callee.startswith("."):
                self._join(group)
        if len(self._group.groups) < _MAX_CHILDREN:
            self._group.groups.append(group)
        self._group = group
        self._depth += 1
        self.outline.is_too_deep = self._depth > MAX_DEPTH

    def _join(self, group: Group) -> None:
        """A call that goes on from a call or a name on the line before."""
        last = self._group.last
        if isinstance(last, Group) and not self._text[self._group.reached : group.start].strip(" \t\n?!"):
            group.receiver, group.start, group.left = last, last.start, last.left
            last.follower = group
            joined = f"{last.callee}(){group.callee}" if last.callee else group.callee
            group.callee = joined if len(joined) <= _MAX_CALLEE else group.callee
            return
        before = self._text[max(group.floor, group.start - _MAX_ELEMENT) : group.start]
        name = _NAME_END.search(before.rstrip())
        if name is not None and "\n" in before[name.end() :]:
            group.start -= len(before) - name.start()
            group.callee = self._plain_name(name[0]) + group.callee

    def _close(self, mark: str, end: int) -> None:
        group: Group | None = self._group
        closed = 1
        for _ in range(_MAX_CLIMB):
            if group is None or group.mark == mark or group.parent is None:
                break
            group = group.parent
            closed += 1
        if group is None or group.parent is None or group.mark != mark:
            return
        filled = bool(self._text[group.element : end - 1].strip())
        group.end, group.size = end, group.commas + filled
        outside = group.parent
        outside.last, outside.reached = group, end
        after = self._text[end : end + 8].lstrip()
        if mark == "{" and outside.mark in ("", "{") and (after[:1] != "=" or after[:2] == "=="):
            outside.began = end  # a block ends a statement, but not `Name { get; set; } = "x"`
            outside.element = end if outside.commas == 0 else outside.element
        self._group = outside
        self._depth -= closed

    def _end_element(self, end: int) -> None:
        """A name that is all there is between two commas stands where a string could."""
        group = self._group
        if group.last is not None or not group.mark or not 2 < end - group.element < _MAX_ELEMENT:
            return
        match = self._element(self._text, group.element, end)
        if match is None or (group.mark == "{" and not match["key"]):
            return
        name = self._plain_name(match["name"])
        if match["key"] or "." in name or name.isupper() or _takes_settings(group):
            self._add_symbol(match.start("name"), match.end("name"), name)

    def _take_assignment(self, before: int) -> None:
        match = self._assignment
        if match is not None and match.end("name") <= before and self._group.element <= match.end("name"):
            self._add_symbol(match.start("name"), match.end("name"), self._plain_name(match["name"]))
        self._assignment = next(self._assignments, None)

    def _add_symbol(self, start: int, end: int, name: str) -> None:
        if name not in _CONSTANTS:
            spot = Spot(*self._here(start, end))
            spot.symbol = name
            self.outline.spots.append(spot)


_CONSTANTS: Final = frozenset(
    {"true", "false", "nil", "null", "None", "True", "False", "NULL", "this", "self", "undefined"}
    | {"break", "continue", "return"}
)


def _takes_settings(group: Group) -> bool:
    """Whether a plain name among the arguments is worth a site: a chained setter, a constructor, `WithX`, `setX`."""
    method = group.callee.rpartition(".")[2]
    return group.receiver is not None or method[:1].isupper() or method.startswith(("with", "set"))


def _separators(language: Language) -> str:
    return "|".join(re.escape(part) for part in sorted(language.separators.split(), key=len, reverse=True))


def plain_names(language: Language) -> Callable[[str], str]:
    """A function that writes a name of this language with dots, without type arguments, sigils and spaces."""
    separators = re.compile(_separators(language))

    def plain(raw: str) -> str:
        if "<" in raw:
            raw = _GENERIC.sub("", raw)
        return separators.sub(".", raw.strip().lstrip("$@:\\"))

    return plain


def _name(language: Language) -> str:
    return rf"[$@:.]?[^\W\d][\w$]*+(?:(?:{_separators(language)})[^\W\d][\w$]*+)*+"


def element_pattern(language: Language) -> Callable[[str, int, int], re.Match[str] | None]:
    """Matches an element that is nothing but a name, with or without a key before it."""
    name = _name(language)
    key = r"(?:(?P<key>[$@:]?[^\W\d][\w$]*+|\"[^\"\n]{1,80}+\")\s*+(?:=>|:=|:(?!:)|=(?![=>]))\s*+)?+"
    return re.compile(rf"\s*+{key}[&*]?+(?P<name>{name})\s*+").fullmatch


def assignment_pattern(language: Language) -> re.Pattern[str]:
    """Finds lines that give a variable the value of a name."""
    words = r"(?:[\w@$]++[ \t]++){0,4}?"
    typed = r"(?:[ \t]*+:(?![:=])[^=\n;{}()]{1,60}+)?+"
    name = _name(language)
    return re.compile(
        rf"^[ \t]*+{words}[$@]?[^\W\d][\w$.]*+{typed}[ \t]*+(?::=|=)[ \t]*+&?(?P<name>{name})[ \t]*+;?[ \t]*+$",
        re.MULTILINE,
    )
