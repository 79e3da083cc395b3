"""The table of formats. A new format is one function and one row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from vcdd.core.report import Report
from vcdd.errors import UsageError
from vcdd.render.options import RenderOptions

Renderer = Callable[[Report, RenderOptions], str]


def render(report: Report, format: str, options: RenderOptions | None = None) -> str:  # noqa: A002 -- the flag's name
    """The report in one format, ending in a newline. Raises UsageError for a format that is not in `FORMATS`."""
    function = FORMATS.get(format)
    if function is None:
        raise UsageError(f"unknown format {format!r}", help=f"Use one of: {', '.join(FORMATS)}.")
    return function(report, options or RenderOptions())


def _terminal(report: Report, options: RenderOptions) -> str:
    from vcdd.render.terminal import render_terminal  # noqa: PLC0415 -- slow import: rich

    return render_terminal(report, options)


def _memo(report: Report, options: RenderOptions) -> str:
    from vcdd.render.memo import render_memo  # noqa: PLC0415 -- slow import: jinja2

    return render_memo(report, options)


def _json(report: Report, options: RenderOptions) -> str:  # noqa: ARG001 -- JSON has no layout
    from vcdd.render.json_v1 import to_json  # noqa: PLC0415 -- slow import: pydantic

    return to_json(report)


def _html(report: Report, options: RenderOptions) -> str:
    from vcdd.render.html_page import render_html  # noqa: PLC0415 -- slow import: jinja2

    return render_html(report, options)


def _cyclonedx(report: Report, options: RenderOptions) -> str:
    from vcdd.render.cyclonedx import render_cyclonedx  # noqa: PLC0415 -- only the format that is asked for is loaded

    return render_cyclonedx(report, options)


def _cyclonedx_1_7(report: Report, options: RenderOptions) -> str:
    return _cyclonedx(report, replace(options, cyclonedx_version="1.7"))


def _spdx(report: Report, options: RenderOptions) -> str:
    from vcdd.render.spdx import render_spdx  # noqa: PLC0415 -- as above

    return render_spdx(report, options)


def _sarif(report: Report, options: RenderOptions) -> str:
    from vcdd.render.sarif import render_sarif  # noqa: PLC0415 -- as above

    return render_sarif(report, options)


def _csv(report: Report, options: RenderOptions) -> str:
    from vcdd.render.csv_table import render_csv  # noqa: PLC0415 -- as above

    return render_csv(report, options)


def _gitlab(report: Report, options: RenderOptions) -> str:
    from vcdd.render.gitlab import render_gitlab  # noqa: PLC0415 -- as above

    return render_gitlab(report, options)


FORMATS: Mapping[str, Renderer] = MappingProxyType(
    {
        "terminal": _terminal,
        "memo": _memo,
        "json": _json,
        "html": _html,
        "sarif": _sarif,
        "cyclonedx": _cyclonedx,
        "cyclonedx-1.7": _cyclonedx_1_7,
        "spdx": _spdx,
        "csv": _csv,
        "gitlab": _gitlab,
    }
)
"""By the name users type."""

INVENTORIES = frozenset({"cyclonedx", "cyclonedx-1.7", "spdx", "csv"})
"""Formats that list models and nothing that is drawn from them: nothing needs to be priced for these."""

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".sarif.json": "sarif",
        ".cdx17.json": "cyclonedx-1.7",
        ".cdx.json": "cyclonedx",
        ".spdx.json": "spdx",
        ".spdx3.json": "spdx",
        ".gitlab.json": "gitlab",
        ".sarif": "sarif",
        ".jsonld": "spdx",
        ".md": "memo",
        ".markdown": "memo",
        ".json": "json",
        ".html": "html",
        ".htm": "html",
        ".csv": "csv",
        ".txt": "terminal",
    }
)
"""Format by the end of an output file's name; the first ending that fits counts, so longer ones stand first."""


def format_of(name: str) -> str:
    """The format that an output file's name asks for, or empty."""
    return next((format for suffix, format in SUFFIXES.items() if name.lower().endswith(suffix)), "")  # noqa: A001
