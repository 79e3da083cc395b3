"""Endpoint beats name: which of its own models a provider answers with when it is asked for somebody else's."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from vcdd.core.route import RouteKind
from vcdd.registry.registry import Registry
from vcdd.resolve.known import Answer


def answer_of(registry: Registry, written: str, *, provider: str, by_address: bool) -> Answer | None:
    """What answers `written` at this provider, or None where the name holds.

    A provider that documents rewriting answers foreign names with its own models, however it was recognised. One that
    merely serves a single lab does so only where its address stands in the target: an SDK may be pointed elsewhere.
    """
    record = registry.providers.get(provider)
    if record is None or not record.serves_lab:
        return None
    named = registry.identify(written).lab
    if named is None or named.id == record.serves_lab:
        return None
    why = record.rewrites
    if not why and by_address and record.kind is RouteKind.VENDOR_API:
        why = f"The address belongs to {record.name}, which serves its own models only."
    if not why:
        return None
    answer = Answer(
        model=f"{provider}:unknown",
        lab=record.serves_lab,
        named=named.name,
        why=why,
        source=record.source,
        checked=record.checked,
    )
    return _documented(written, provider, answer)


def _documented(written: str, provider: str, answer: Answer) -> Answer:
    """The answer with the model that the provider documents for this name, where it does."""
    name = written.lower().rpartition("/")[2]
    for row in _rows():
        if row["provider"] == provider and any(fnmatchcase(name, glob) for glob in row["asked"]):
            why = f"The provider documents that it answers this name with {row['answers']}."
            return replace(answer, model=row["answers"], why=why, source=row["source"], checked=row["checked"])
    return answer


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    import tomli  # noqa: PLC0415 -- slow import

    text = (Path(__file__).parent / "data" / "rewrites.toml").read_text(encoding="utf-8")
    return tuple(tomli.loads(text)["rewrite"])
