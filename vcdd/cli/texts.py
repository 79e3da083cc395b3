"""Rule texts for the formats that carry help beside findings."""

from __future__ import annotations

from collections.abc import Mapping

from vcdd.render.options import RuleText
from vcdd.rules.records import load_records


def rule_texts() -> Mapping[str, RuleText]:
    """By rule id."""
    return {
        record.id: RuleText(
            name=record.name,
            title=record.title,
            what=record.what,
            why=record.why,
            remedy=record.remediation,
            reference=next((r for r in record.references if r.startswith("https://")), ""),
        )
        for record in load_records().values()
    }
