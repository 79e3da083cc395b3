"""One line per model and route, for a spreadsheet; every cell is quoted and no cell can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from vcdd.core.model import ModelUse
from vcdd.core.report import Report
from vcdd.render.options import RenderOptions
from vcdd.render.plain import clean, iso
from vcdd.render.rows import row
from vcdd.render.words import licence_class, licence_name, lifecycle_words

HEADER = (
    "model",
    "name",
    "originator",
    "originator_country",
    "bases",
    "route",
    "provider",
    "host",
    "open_symbol",
    "storage",
    "storage_country",
    "licence",
    "licence_class",
    "licence_conditions",
    "weights",
    "modality",
    "lifecycle",
    "lifecycle_date",
    "evidence",
    "slots",
    "path",
    "line",
    "references",
    "originator_confidence",
)
"""Columns are only ever added at the end."""


def render_csv(report: Report, options: RenderOptions) -> str:  # noqa: ARG001 -- one signature for all formats
    """A header and a line per use, in the report's order."""
    return table([HEADER, *(_line(use) for use in report.uses)])


def _line(use: ModelUse) -> tuple[str, ...]:
    shown, model, route = row(use), use.model, use.route
    at = use.references[0].location if use.references else None
    return (
        model.id,
        model.name,
        clean(model.lab.name, 60) if model.lab else "unknown",
        (model.lab.country.value or "unknown") if model.lab else "unknown",
        "; ".join(shown.bases),
        route.kind.value,
        route.provider.name if route.provider else "",
        route.host,
        route.open_symbol,
        route.storage.value or "",
        route.storage_country.value or "",
        licence_name(model.licence),
        licence_class(model).value,
        "; ".join(condition.kind.value for condition in (model.licence.conditions if model.licence else ())),
        model.weights.value,
        shown.modality,
        lifecycle_words(model.lifecycle),
        iso(model.lifecycle.date) if model.lifecycle else "",
        use.evidence.value,
        "; ".join(use.slots),
        at.path if at else "",
        str(at.line) if at else "",
        str(len(use.references)),
        "low" if shown.doubt else "",
    )


def table(lines: Iterable[Sequence[str]]) -> str:
    """RFC 4180 (with plain newlines, as pipes expect) with every cell quoted and guarded."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([[guard(cell) for cell in line] for line in lines])
    return out.getvalue()


def guard(cell: str) -> str:
    """The cell as one clean line; an apostrophe goes before what a spreadsheet would read as a formula (OWASP)."""
    shown = clean(cell, 1000)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@", "|", "%")) else shown
