"""What differs between two runs, and whose doing it is: the company's, the registry's, the tool's, or nobody's here.

A cause is a candidate only if that thing differs between the two scans of the company: its content by digest, the
registry by version, the tool by version. With one candidate there is nothing to guess. With several, two more things
are known: what a model *is* (its lab, licence, country, lifecycle) is never the company's doing; and a string that
stood among the references before is not new in the code. What then still cannot be told apart keeps its candidates.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum

from vcdd.portfolio.extract import unpack
from vcdd.portfolio.statistics import worst_action
from vcdd.portfolio.store.reading import CompanyRow, SourceRow, read_companies, read_facts, read_report
from vcdd.portfolio.values import FindingRow, Status, UseRow
from vcdd.values import dataclass


class Cause(StrEnum):
    """What made the difference."""

    COMPANY = "company changed"
    REGISTRY = "registry changed"
    TOOL = "tool changed"
    OUTSIDE = "neither changed"
    """The Hub's answer, the day, or the files of the manifest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference of one company."""

    company: str
    kind: str
    """`company added`, `company removed`, `scan`, `use added`, `use removed`, `evidence`, `fact`, `finding added`,
    `finding removed`, `severity`, `outcome`."""
    subject: str
    """Model id and route, or the finding's rule and title; empty for the company as a whole."""
    before: str
    after: str
    causes: tuple[Cause, ...]
    """One, or all between which nothing decides."""


_FACTS: Mapping[str, Callable[[UseRow], str]] = {
    "lab": lambda use: use.lab_name,
    "country": lambda use: use.country,
    "licence": lambda use: use.licence,
    "weights": lambda use: use.weights,
    "lifecycle": lambda use: " ".join(filter(None, (use.lifecycle, use.lifecycle_date, use.lifecycle_kind))),
}


def compare(connection: sqlite3.Connection, before: int, after: int) -> tuple[Change, ...]:
    """All differences between two runs: companies in the order of the newer manifest, then those that left."""
    old = {row.name: row for row in read_companies(connection, before)}
    found: list[Change] = []
    for new in read_companies(connection, after):
        earlier = old.pop(new.name, None)
        if earlier is None:
            found.append(_whole(new.name, "company added", after=new.status))
            continue
        found.extend(_scan(earlier, new))
        if Status.FAILED not in (earlier.status, new.status):
            found.extend(_Pair(connection, (before, earlier), (after, new)).changes())
    return (*found, *(_whole(name, "company removed", before=row.status) for name, row in sorted(old.items())))


def _whole(name: str, kind: str, *, before: str = "", after: str = "") -> Change:
    return Change(company=name, kind=kind, subject="", before=before, after=after, causes=(Cause.OUTSIDE,))


def _scan(before: CompanyRow, after: CompanyRow) -> Iterator[Change]:
    """Another result of the scan itself: of one that failed only that is said, since it shows nothing."""
    if (before.status, before.error) != (after.status, after.error):
        yield _whole(after.name, "scan", before=before.error or before.status, after=after.error or after.status)


class _Pair:
    """The same company in two runs."""

    def __init__(
        self, connection: sqlite3.Connection, before: tuple[int, CompanyRow], after: tuple[int, CompanyRow]
    ) -> None:
        self._connection = connection
        self._before, self._after = before, after
        self._candidates = candidates(before[1].sources, after[1].sources)
        self._explained: dict[str, tuple[Cause, ...]] = {}

    def changes(self) -> Iterator[Change]:
        """Uses, then facts, then findings; a finding about a model that changed has that change's cause."""
        old, new = _by_key(self._before[1].uses), _by_key(self._after[1].uses)
        for key in sorted(old.keys() | new.keys()):
            yield from self._use(key, old.get(key), new.get(key))
        models = {use.model: use for use in old.values()}
        for model, use in sorted({use.model: use for use in new.values()}.items()):
            if model in models:
                yield from self._facts(models[model], use)
        yield from self._findings()
        was, now = worst_action(self._before[1]), worst_action(self._after[1])
        if was != now:
            yield self._change("outcome", "", was, now, self._candidates)

    def _use(self, key: tuple[str, ...], old: UseRow | None, new: UseRow | None) -> Iterator[Change]:
        was, now = (old.evidence if old else ""), (new.evidence if new else "")
        if was == now:
            return
        kind = "evidence" if old and new else ("use added" if new else "use removed")
        causes = self._causes_of_use(key[0], old, new)
        self._explained.setdefault(key[0], causes)
        yield self._change(kind, f"{key[0]} via {key[2]}", was, now, causes)

    def _causes_of_use(self, model: str, old: UseRow | None, new: UseRow | None) -> tuple[Cause, ...]:
        """Of a string that both scans saw, the company changed at most the place; then another candidate named it."""
        if Cause.COMPANY in self._candidates and len(self._candidates) > 1 and (old is None or new is None):
            run, other = (self._after, self._before) if new else (self._before, self._after)
            if self._written(run, model) & self._written(other, ""):
                return tuple(cause for cause in self._candidates if cause is not Cause.COMPANY)
        return self._candidates

    def _facts(self, old: UseRow, new: UseRow) -> Iterator[Change]:
        for name, pick in _FACTS.items():
            if pick(old) != pick(new):
                causes = self._causes_of_fact(new.model, name)
                self._explained.setdefault(new.model, causes)
                yield self._change(
                    "fact", f"{new.model}: {name}", pick(old) or "unknown", pick(new) or "unknown", causes
                )

    def _causes_of_fact(self, model: str, name: str) -> tuple[Cause, ...]:
        causes = tuple(cause for cause in self._candidates if cause in (Cause.REGISTRY, Cause.TOOL))
        from_hub = any(
            fact.model == model and fact.name == name and "Hub" in fact.source
            for run, row in (self._before, self._after)
            for fact in read_facts(self._connection, run, row.position)
        )
        return (Cause.OUTSIDE,) if from_hub or not causes else causes

    def _findings(self) -> Iterator[Change]:
        old, new = _active(self._before[1].findings), _active(self._after[1].findings)
        for key in sorted(old.keys() | new.keys()):
            was, now = old.get(key), new.get(key)
            finding = now or was
            assert finding is not None  # noqa: S101 -- the key came from one of them
            before, after = (was.severity if was else ""), (now.severity if now else "")
            if before != after:
                kind = "severity" if was and now else ("finding added" if now else "finding removed")
                causes = self._explained.get(finding.model) or self._candidates
                yield self._change(kind, f"{finding.rule} {finding.title}", before, after, causes)

    def _change(self, kind: str, subject: str, before: str, after: str, causes: tuple[Cause, ...]) -> Change:
        return Change(
            company=self._after[1].name, kind=kind, subject=subject, before=before, after=after, causes=causes
        )

    def _written(self, at: tuple[int, CompanyRow], model: str) -> frozenset[str]:
        """The strings among a run's references of the company: those of one model, or all of them."""
        run, row = at
        documents = (read_report(self._connection, run, row.position, source.source) for source in row.sources)
        return frozenset(_strings((json.loads(unpack(document)) for document in documents if document), model))


def candidates(before: Iterable[SourceRow], after: Iterable[SourceRow]) -> tuple[Cause, ...]:
    """What differs between two scans of one company; OUTSIDE alone where nothing does."""
    old, new = {row.spec: row for row in before}, {row.spec: row for row in after}
    pairs = [(old[spec], new[spec]) for spec in old.keys() & new.keys()]
    found = []
    if old.keys() != new.keys() or any(a.digest != b.digest or not a.digest for a, b in pairs):
        found.append(Cause.COMPANY)
    if any(a.registry_version != b.registry_version for a, b in pairs):
        found.append(Cause.REGISTRY)
    if any(a.tool_version != b.tool_version for a, b in pairs):
        found.append(Cause.TOOL)
    return tuple(found) or (Cause.OUTSIDE,)


def _strings(documents: Iterable[dict[str, object]], model: str) -> Iterator[str]:
    for document in documents:
        parts = document.get("models", [])
        others = [] if model else document.get("other_references", [])
        lists = [part.get("references", []) for part in parts if model in ("", part.get("id"))]  # type: ignore[attr-defined]
        for reference in (reference for group in (*lists, others) for reference in group):
            yield str(reference.get("written", ""))


def _by_key(uses: Iterable[UseRow]) -> dict[tuple[str, ...], UseRow]:
    """The strongest row by model, route and provider; sources of one company are one company."""
    found: dict[tuple[str, ...], UseRow] = {}
    for use in uses:
        key = (use.model, use.route, use.provider)
        if key not in found or (use.is_use and not found[key].is_use):
            found[key] = use
    return found


def _active(findings: Iterable[FindingRow]) -> dict[str, FindingRow]:
    return {
        finding.fingerprint or f"{finding.rule} {finding.model}": finding for finding in findings if finding.is_active
    }
