"""The pedantic lint behind `vcdd registry check`: everything that can be wrong with the data without asking anybody.

Problems come sorted. Warnings (a date that has grown old) never fail a check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from vcdd.registry.registry import Registry
from vcdd.registry.strict import Problem, problems_of_record
from vcdd.registry.tables import KINDS

STALE_DAYS = 180
"""Older checks are named; vendors change terms and retire models faster than that."""

MODALITIES = frozenset(("text", "code", "embedding", "rerank", "vision", "image", "video", "speech", "music", "3d", ""))
STATUSES = frozenset(("in-force", "proposed", "posted-then-withdrawn", "removed", "not-listed", "stayed", "unknown"))
_WORDS = re.compile(r"\b(?:violations?|illegal|prohibited|compliant|safe|secure|spyware)\b", re.IGNORECASE)
"""Words that no output may use; the registry's sentences are printed as they are."""

_SENTENCES = {"lists": ("effect", "instrument", "scope"), "checkpoints": ("note",), "providers": ("rewrites",)}


def lint(registry: Registry, *, today: date | None = None) -> tuple[Problem, ...]:
    """Every problem of the registry, sorted, without repeats; empty means clean. Ages are judged only with `today`.

    Records that do not fit their schema are reported alone: nothing else can be judged before they do.
    """
    checks: tuple[Callable[[Registry], Iterator[Problem]], ...] = (
        _provenance,
        _codes,
        _links,
        _order,
        _names,
        _globs,
        _samples,
        _wording,
        _owners,
    )
    if malformed := set(_form(registry)):
        return tuple(sorted(malformed))
    found = set(chain.from_iterable(check(registry) for check in checks))
    if today:
        found |= set(_stale(registry, today))
    return tuple(sorted(found))


def _each(registry: Registry) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for kind in KINDS:
        for key, raw in registry.compiled.tables[kind].items():
            yield kind, key, raw


def _form(registry: Registry) -> Iterator[Problem]:
    for kind, key, raw in _each(registry):
        yield from problems_of_record(kind, key, raw)


def _provenance(registry: Registry) -> Iterator[Problem]:
    for kind, key, raw in _each(registry):
        for field in ("source", "checked"):
            if not raw.get(field):
                yield Problem(where=f"{kind}.{key}.{field}", text="is missing: every record names where and when")


def _codes(registry: Registry) -> Iterator[Problem]:
    words = registry.compiled.tables["words"]["words"]
    for kind, key, raw in _each(registry):
        for field in ("country", "parent_country"):
            if raw.get(field, "") and raw[field] not in words["countries"]:
                yield Problem(where=f"{kind}.{key}.{field}", text=f"{raw[field]!r} is no ISO 3166-1 alpha-2 code")
        if raw.get("modality", "") not in MODALITIES:
            yield Problem(where=f"{kind}.{key}.modality", text=f"{raw['modality']!r} is no modality")
    for key, raw in registry.compiled.tables["licences"].items():
        if (
            raw["spdx"] not in words["spdx"]
            and not raw["spdx"].startswith("LicenseRef-")
            and raw["spdx"] != "NOASSERTION"
        ):
            yield Problem(where=f"licences.{key}.spdx", text=f"{raw['spdx']!r} is no SPDX id")
    for key, raw in registry.compiled.tables["lists"].items():
        if raw.get("status", "unknown") not in STATUSES:
            yield Problem(where=f"lists.{key}.status", text=f"{raw['status']!r} is no status")


_LINKS: tuple[tuple[str, str, str], ...] = (
    ("families", "lab", "labs"),
    ("families", "licence", "licences"),
    ("families", "base", "families"),
    ("checkpoints", "lab", "labs"),
    ("checkpoints", "family", "families"),
    ("checkpoints", "licence", "licences"),
    ("checkpoints", "points_to", "checkpoints"),
    ("providers", "serves_lab", "labs"),
    ("labs", "lists", "lists"),
    ("lists", "subjects", "labs"),
)


def _links(registry: Registry) -> Iterator[Problem]:
    tables = registry.compiled.tables
    for kind, field, target in _LINKS:
        for key, raw in tables[kind].items():
            values = raw.get(field) or ()
            for value in (values,) if isinstance(values, str) else values:
                if value not in tables[target]:
                    yield Problem(where=f"{kind}.{key}.{field}", text=f"{value!r} is not among the {target}")
    for key, raw in tables["lists"].items():
        for lab in raw.get("subjects", ()):
            named = key in tables["labs"].get(lab, {}).get("lists", ())
            if raw.get("status") != "not-listed" and not named:
                yield Problem(where=f"lists.{key}.subjects", text=f"lab {lab!r} does not name this entry")


def _order(registry: Registry) -> Iterator[Problem]:
    sorted_fields = ("hub_orgs", "namespaces", "hosts", "lists", "names", "hub_tags")
    for kind, key, raw in _each(registry):
        for field in sorted_fields if kind in ("labs", "checkpoints") else ():
            values = [value.lower() for value in raw.get(field, ())]
            if values != sorted(values) or len(values) != len(set(values)):
                yield Problem(where=f"{kind}.{key}.{field}", text="is not sorted and unique")


def _names(registry: Registry) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for key, raw in registry.compiled.tables["checkpoints"].items():
        for name in {key.lower(), *(name.lower() for name in raw.get("names", ()))}:
            if owner.setdefault(name, key) != key:
                yield Problem(where=f"checkpoints.{key}.names", text=f"{name!r} also names {owner[name]!r}")


def _globs(registry: Registry) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for key, raw in registry.compiled.tables["families"].items():
        for glob in raw.get("match", ()):
            if len(glob.partition("*")[0]) < 2:
                yield Problem(where=f"families.{key}.match", text=f"{glob!r} needs two literal characters in front")
            if owner.setdefault(glob.lower(), key) != key:
                yield Problem(where=f"families.{key}.match", text=f"{glob!r} also belongs to {owner[glob.lower()]!r}")


def _samples(registry: Registry) -> Iterator[Problem]:
    for key, raw in registry.compiled.tables["families"].items():
        for field, wanted in (("sample", True), ("neighbour", False)):
            written, _, scope = raw.get(field, "").partition(" @")
            if not written:
                yield Problem(where=f"families.{key}.{field}", text="is missing")
                continue
            found = registry.identify(written, provider=scope).family
            if (found is not None and found.id == key) is not wanted:
                got = found.id if found else "nothing"
                yield Problem(where=f"families.{key}.{field}", text=f"{written!r} resolves to {got}")


def _wording(registry: Registry) -> Iterator[Problem]:
    for kind, fields in _SENTENCES.items():
        for key, raw in registry.compiled.tables[kind].items():
            for field in fields:
                if hit := _WORDS.search(raw.get(field, "")):
                    yield Problem(where=f"{kind}.{key}.{field}", text=f"uses {hit[0]!r}; say what the text states")
    for key, raw in registry.compiled.tables["licences"].items():
        for condition in raw.get("condition", ()):
            if hit := _WORDS.search(condition["text"]):
                yield Problem(where=f"licences.{key}.condition", text=f"uses {hit[0]!r}; state what the text says")


def _owners(registry: Registry) -> Iterator[Problem]:
    """One owner per organisation, namespace, id prefix and variable; full-time re-uploaders own no models."""
    for field in ("hub_orgs", "namespaces"):
        yield from _unique(registry, "labs", field)
    for field in ("id_prefixes", "key_variables", "base_url_variables", "hosts"):
        yield from _unique(registry, "providers", field)
    yield from _unique(registry, "licences", "hub_tags")
    always = {
        org.lower()
        for raw in registry.compiled.tables["distributors"].values()
        if not raw.get("when")
        for org in raw["orgs"]
    }
    for key, raw in registry.compiled.tables["labs"].items():
        for org in raw.get("hub_orgs", ()):
            if org.lower() in always:
                yield Problem(where=f"labs.{key}.hub_orgs", text=f"{org!r} is a re-uploader in distributors.toml")


def _unique(registry: Registry, kind: str, field: str) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for key, raw in registry.compiled.tables[kind].items():
        for value in raw.get(field, ()):
            if owner.setdefault(value.lower(), key) != key:
                yield Problem(where=f"{kind}.{key}.{field}", text=f"{value!r} also belongs to {owner[value.lower()]!r}")


def _stale(registry: Registry, today: date) -> Iterator[Problem]:
    for kind, key, raw in _each(registry):
        checked = raw.get("checked")
        if not checked:
            continue
        day = date.fromisoformat(str(checked))
        if day > today:
            yield Problem(where=f"{kind}.{key}.checked", text=f"{day} lies in the future")
        elif (today - day).days > STALE_DAYS:
            text = f"was last checked {(today - day).days} days ago"
            yield Problem(where=f"{kind}.{key}.checked", text=text, is_warning=True)
