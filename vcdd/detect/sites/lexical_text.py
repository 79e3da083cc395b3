"""Small looks at the text beside a spot: the name or word it ends with, values, environment variables, labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vcdd.detect.sites import lexical_words as words
from vcdd.detect.sites.lexical_spots import Group, Spot, plain_names
from vcdd.detect.sites.lexical_strings import value_of
from vcdd.detect.sites.tree_sitter_walk import MAX_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from vcdd.detect.sites.lexical_definitions import Definitions
    from vcdd.detect.sites.lexical_languages import Language

_NEAR = 80
_MAX_LABELS = 12
_SIGILS: Final = frozenset("_$@.!?")
_JOINTS: Final = frozenset({"::", "->", "&."})
_KEY_END = re.compile(r"([\w$@.:]+|[\"'][^\"'\n]{0,100}[\"'])\s*(?:=>|=|:)\Z")
_QUOTES: Final = "\"'"
_TRANSPARENT: Final = frozenset({"ok", "tostring", "trim", "unwrap", "strip", "clone", "orempty"})
"""Methods after which a value is still the same setting."""


@dataclass(slots=True)
class Code:
    """One file while its spots get their frames."""

    text: str
    language: Language
    line: Callable[[int], int]
    definitions: Definitions
    plain: Callable[[str], str] = field(init=False)
    """Writes a name of the language with dots."""
    alternatives: frozenset[str] = field(init=False)
    joins: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.plain = plain_names(self.language)
        self.alternatives = frozenset(self.language.alternatives.split())
        self.joins = frozenset(self.language.joins.split())

    def value(self, spot: Spot) -> str:
        """The text of a string spot."""
        return value_of(self.text[spot.start : spot.end], self.language).text

    def before(self, spot: Spot, length: int = _NEAR) -> str:
        """What stands before a spot in its own element."""
        return self.text[max(spot.floor, spot.start - length) : spot.start]


def tail_name(stripped: str) -> str:
    """The name at the end of a text, as written."""
    at = len(stripped)
    while at and (stripped[at - 1].isalnum() or stripped[at - 1] in _SIGILS or _is_joint(stripped, at)):
        at -= 1
    return stripped[at:]


def _is_joint(text: str, at: int) -> bool:
    """Whether the character before `at` belongs to `::`, `->` or `&.` inside a name."""
    return text[max(0, at - 2) : at] in _JOINTS or text[at - 1 : at + 1] in _JOINTS


def last_word(text: str) -> str:
    """The word at the end of a text; empty when it ends with anything else."""
    stripped = text.rstrip()
    at = len(stripped)
    while at and (stripped[at - 1].isalnum() or stripped[at - 1] == "_"):
        at -= 1
    return stripped[at:]


def result_name(code: Code, group: Group) -> str:
    """How the result of a call is written: `$VAR` where it reads an environment variable, else `callee()`."""
    variable = environment_variable(code, group)
    receiver = group.receiver
    while not variable and receiver is not None and words.method_of(group.callee) in _TRANSPARENT:
        variable = environment_variable(code, receiver)
        group, receiver = receiver, receiver.receiver
    if variable:
        return f"${variable}"
    if group.mark == "[":
        return f"{code.plain(tail_name(code.before(group)))}[{code.value(group.strings[0]) if group.strings else '*'}]"
    return f"{group.callee}()" if group.callee else ""


def environment_variable(code: Code, group: Group) -> str:
    """The environment variable that a call or subscript reads; empty if it reads none."""
    if not group.strings or group.size > 2:
        return ""
    reads = (
        words.ENVIRONMENT_TABLES.search(code.plain(tail_name(code.before(group))))
        if group.mark == "["
        else words.ENVIRONMENTS.search(group.callee)
    )
    return code.value(group.strings[0]) if reads else ""


def labels_of(code: Code, group: Group) -> tuple[str, ...]:
    """The literal siblings among a call's arguments (see `Frame.labels`).

    A table that is an argument counts too, and so do the other calls of a builder's chain: they build one object.
    """
    if group.labels is None:
        tables = [table for table in group.groups if table.mark in "[{"] if group.mark == "(" else []
        found = [label for each in (group, *tables) for label in _own_labels(code, each)]
        found += [
            f"{words.last_part(call.callee)}={label}" for call in _chain(group) for label in _own_labels(code, call)[:1]
        ]
        group.labels = tuple(label[:MAX_NAME] for label in found[:_MAX_LABELS])
    return group.labels


def _chain(group: Group) -> list[Group]:
    """The other calls of a builder's chain, first to last."""
    before: list[Group] = []
    call = group.receiver
    while call is not None and len(before) < _MAX_LABELS:
        before.append(call)
        call = call.receiver
    after: list[Group] = []
    call = group.follower
    while call is not None and len(after) < _MAX_LABELS:
        after.append(call)
        call = call.follower
    return [*reversed(before), *after]


def _own_labels(code: Code, group: Group) -> tuple[str, ...]:
    """Strings directly inside, and environment variables that are read directly inside. Remembered: a chain asks often."""
    if group.own_labels is None:
        group.own_labels = _read_labels(code, group)
    return group.own_labels


def _read_labels(code: Code, group: Group) -> tuple[str, ...]:
    read = [(each, environment_variable(code, each)) for each in group.groups if each.callee or each.mark == "["]
    found = [(spot, code.value(spot)) for spot in group.strings] + [(each, f"${name}") for each, name in read if name]
    return tuple(_label(code, spot, value) for spot, value in sorted(found, key=lambda pair: pair[0].start))


def _label(code: Code, spot: Spot, value: str) -> str:
    key = _KEY_END.search(code.before(spot).rstrip())
    return f"{code.plain(key[1].strip(_QUOTES))}={value}" if key else value
