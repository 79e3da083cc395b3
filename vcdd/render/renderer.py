"""The table of formats. A new format is one function and one row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


FORMATS: Mapping[str, Renderer] = MappingProxyType({"terminal": _terminal, "memo": _memo, "json": _json})
"""By the name users type."""

SUFFIXES: Mapping[str, str] = MappingProxyType({".txt": "terminal", ".md": "memo", ".json": "json"})
"""Format guessed from the end of an output file's name; longer endings are tried first."""
