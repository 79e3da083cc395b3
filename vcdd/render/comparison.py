"""A comparison as the comment of a pull request, as text, or as JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Protocol

from vcdd.render.cost_view import unit_words
from vcdd.render.markdown import code, escape
from vcdd.render.plain import ID_LIMIT, clean

MARKER = "<!-- vcdd:diff -->"
"""First line of the comment, by which a later run finds it."""


class ComparisonLike(Protocol):
    """The fields of `vcdd.diff.values.Comparison` that are shown."""

    @property
    def changes(self) -> tuple[Any, ...]: ...  # noqa: D102
    @property
    def outcome(self) -> tuple[str, str] | None: ...  # noqa: D102
    @property
    def findings_added(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def findings_removed(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def in_use(self) -> int: ...  # noqa: D102
    @property
    def unresolved(self) -> int: ...  # noqa: D102
    @property
    def priced(self) -> int: ...  # noqa: D102
    @property
    def is_silent(self) -> bool: ...  # noqa: D102


def comparison_markdown(comparison: ComparisonLike) -> str:
    """Markdown for a comment; one line when nothing that matters changed."""
    lines = [MARKER, *_lines(comparison, lambda text: code(clean(text, ID_LIMIT)), escape)]
    return "\n".join(lines) + "\n"


def comparison_text(comparison: ComparisonLike) -> str:
    """Plain text for a terminal."""
    return "\n".join(_lines(comparison, lambda text: clean(text, ID_LIMIT), lambda text: clean(text, 400))) + "\n"


def comparison_json(comparison: Any) -> str:
    """Every field, sorted keys."""
    return (
        json.dumps(dataclasses.asdict(comparison), indent=2, sort_keys=True, ensure_ascii=False, default=_text) + "\n"
    )


def _text(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _lines(comparison: ComparisonLike, name: Callable[[str], str], words: Callable[[str], str]) -> Iterator[str]:
    footer = f"{comparison.in_use} in use · {comparison.unresolved} unresolved · {comparison.priced} priced"
    if comparison.is_silent:
        yield f"No model change. {footer}"
        return
    yield "Model changes"
    yield ""
    for change in comparison.changes:
        yield _change(change, name, words)
        yield from (f"  - {words(_what(what))}: {words(old)} → {words(new)}" for what, old, new in change.deltas)
    if comparison.outcome:
        yield f"- policy outcome: {comparison.outcome[0]} → {comparison.outcome[1]}"
    yield from (f"- new finding: {words(text)}" for text in comparison.findings_added)
    yield from (f"- no longer found: {words(text)}" for text in comparison.findings_removed)
    yield ""
    yield footer


def _what(what: str) -> str:
    """`price per 1M input tokens` for `price per input-mtok`; else as it is."""
    lead, unit = what[:10], what[10:]
    return f"price {unit_words(unit)}" if lead == "price per " else what


def _change(change: Any, name: Callable[[str], str], words: Callable[[str], str]) -> str:
    """`- changed SMART_LLM: A → B (place)`, `- added M as SMART_LLM (who; licence; route; place)`."""
    side = change.after or change.before
    slot = f" {words(side.slots[0])}" if side.slots else ""
    if change.kind.value == "swapped":
        return (
            f"- changed{slot}: {name(change.before.model)} → {name(change.after.model)} ({words(change.after.place)})"
        )
    about = f"{words(side.lab)}; {words(side.licence)}; {words(side.route)}"
    return f"- {change.kind.value} {name(side.model)}{' as' + slot if slot else ''} ({about}; {words(side.place)})"
