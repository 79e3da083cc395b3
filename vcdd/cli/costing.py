"""The cost page of a target as text or JSON."""

from __future__ import annotations

import json
import os
from dataclasses import fields, replace
from typing import Any

from vcdd.cli.console import plain, width_of
from vcdd.cli.scanning import report_of
from vcdd.core.company import Usage
from vcdd.core.report import Report
from vcdd.settings import Settings


def cost_report(target: str, settings: Settings, stated: Usage, *, as_json: bool, quiet: bool) -> str:
    """The page; volumes on the command line go over those of a usage file."""
    report = report_of(target, settings, quiet=quiet, stated=stated)
    return _json(report) if as_json else _text(report)


def merge_usage(base: Usage, over: Usage) -> Usage:
    """`base` with every value that `over` states."""
    said: dict[str, Any] = {
        f.name: getattr(over, f.name) for f in fields(Usage) if getattr(over, f.name) not in (None, "", ())
    }
    if base.source and said.get("source"):
        said["source"] = f"{base.source} and {said['source']}"
    return replace(base, **said)


def _text(report: Report) -> str:
    from vcdd.render.cost_page import cost_page  # noqa: PLC0415 -- slow import
    from vcdd.render.cost_view import cost_view  # noqa: PLC0415
    from vcdd.render.plain import clean  # noqa: PLC0415

    names = {p.id: p.name for use in report.uses if (p := use.route.provider)}
    view = cost_view(report.costs, names, {use.model.id for use in report.in_use})
    page = cost_page(view, clean(report.target.name, 120), width=width_of(os.environ))
    return "\n".join(plain(line) for line in page.split("\n"))


def _json(report: Report) -> str:
    from vcdd.render.json_v1 import to_json  # noqa: PLC0415 -- slow import

    return json.dumps(json.loads(to_json(report))["costs"], indent=2, ensure_ascii=False) + "\n"
