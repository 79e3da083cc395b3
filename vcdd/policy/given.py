"""Facts written down in a policy's own `[[test]]` cases: the same facts as a scan's, stated by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcdd.core.evidence import Evidence
from vcdd.policy.facts import UseFacts
from vcdd.policy.schema import Wanted

_SETS = (
    "license_class",
    "license_has",
    "license_id",
    "license_excludes",
    "originator",
    "originator_country",
    "lineage",
    "modality",
    "severity",
)
_WORDS = ("lifecycle", "lifecycle_date_kind", "hosting", "storage", "storage_country", "evidence")
GIVEN_FLAGS = ("vendor_trains_by_default", "fine_tuned")
GIVEN_WHOLES = ("lifecycle_days_left",)
GIVEN_KEYS = (*_SETS, *_WORDS, *GIVEN_FLAGS, *GIVEN_WHOLES)
"""Every key of `given`. What is absent is a fact that does not apply; write "unknown" for one that is not known."""


def facts_given(given: Mapping[str, Wanted]) -> UseFacts:
    """The facts of one case; the subject is `case`."""
    values: dict[str, Any] = {"subject": "case"}
    for key, value in given.items():
        if key in _SETS:
            values[key] = frozenset(_texts(value))
        elif key in _WORDS:
            values[key] = next(iter(_texts(value)), "")
        else:
            values[key] = value
    values["evidence"] = Evidence(values.get("evidence", Evidence.BOUND.value))
    return UseFacts(**values)


def _texts(value: Wanted) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)
