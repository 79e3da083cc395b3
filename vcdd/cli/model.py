"""`vcdd model`: everything known about ids, without a repository."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from vcdd.cli import options
from vcdd.cli.options import NETWORK, OUTPUT
from vcdd.errors import UsageError

_MAX_IDS = 200_000
"""Lines read from a pipe; more is a mistake."""


def model(
    ids: Annotated[
        list[str],
        typer.Argument(metavar="ID…", help="Ids as code writes them, or - for one per line on stdin (id TAB route)."),
    ],
    via: Annotated[
        str,
        typer.Option(
            "--via",
            metavar="ROUTE",
            help="Where they were seen: a provider, a library or an address.",
            rich_help_panel=NETWORK,
        ),
    ] = "",
    format: Annotated[
        str, typer.Option("--format", "-f", help="terminal or json.", rich_help_panel=OUTPUT)
    ] = "terminal",
    offline: options.Offline = None,
    registry: options.RegistryFiles = None,
    config: options.Config = None,
    no_cache: options.NoCache = False,
) -> None:
    """Resolve model ids: lab, country, licence with its conditions, lineage, lifecycle, each with source and date.

    \b
    Examples:
      vcdd model moonshotai/Kimi-K2.5 --offline
      printf 'qwen3:8b\\tollama\\ngpt-5.4\\n' | vcdd model - --format json
    """
    from vcdd.cli.lookup import hub_from, now_from, settings_from  # noqa: PLC0415
    from vcdd.cli.output import print_text  # noqa: PLC0415
    from vcdd.registry.load import load_registry  # noqa: PLC0415
    from vcdd.resolve.describe import describe_all  # noqa: PLC0415

    if format not in ("terminal", "json"):
        raise UsageError(f"unknown format {format!r}", help="Use terminal or json.")
    import os  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    settings = settings_from(config, {"offline": offline, "registry": registry, "cache": False if no_cache else None})
    known = load_registry([Path(path) for path in settings.registry])
    hub = hub_from(settings, now_from(os.environ), offline=settings.offline)
    asked = _asked(ids, via)
    uses = describe_all(asked, registry=known, hub=hub)
    for warning in hub.warnings:
        sys.stderr.write(f"warning: {warning}\n")
    if format == "json":
        from vcdd.render.json_v1 import models_json  # noqa: PLC0415 -- slow import

        print_text(models_json(uses, [written for written, _ in asked]))
    else:
        from vcdd.cli.console import width_of  # noqa: PLC0415
        from vcdd.cli.describing import page_of  # noqa: PLC0415

        pages = (page_of(u, w, known, width=width_of(os.environ)) for u, (w, _) in zip(uses, asked, strict=True))
        print_text("\n".join(pages))


def _asked(ids: list[str], via: str) -> list[tuple[str, str]]:
    """(id, route) in input order; stdin lines may carry their own route after a tab."""
    if ids != ["-"]:
        return [(written, via) for written in ids]
    found = []
    for line in sys.stdin.read(1 << 26).splitlines()[:_MAX_IDS]:
        written, _, route = line.partition("\t")
        if written.strip() and not written.lstrip().startswith("#"):
            found.append((written.strip(), route.strip() or via))
    return found
