"""`vcdd market`: whose models are downloaded from the Hub, measured instead of quoted."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vcdd.cli import options
from vcdd.cli.options import ANALYSIS, INPUT, NETWORK, OUTPUT
from vcdd.errors import UsageError

if TYPE_CHECKING:
    from vcdd.portfolio.market.listing import Listing
    from vcdd.settings import Settings

_FORMATS = ("terminal", "json", "csv")
_YEAR = timedelta(days=365)


def market(
    since: Annotated[
        str,
        typer.Option("--since", metavar="DATE", help="Models made from then on; a year ago.", rich_help_panel=ANALYSIS),
    ] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DATE", help="Models made up to then; today.", rich_help_panel=ANALYSIS)
    ] = "",
    task: Annotated[
        str, typer.Option("--task", metavar="TASK", help="One task, such as text-to-video.", rich_help_panel=ANALYSIS)
    ] = "",
    metric: Annotated[
        str, typer.Option("--metric", metavar="NAME", help="30-days or all-time.", rich_help_panel=ANALYSIS)
    ] = "30-days",
    pages: Annotated[
        int, typer.Option("--pages", min=1, max=4000, help="Pages of 500 models to read.", rich_help_panel=NETWORK)
    ] = 40,
    saved: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="A saved listing instead of the Hub.", rich_help_panel=INPUT),
    ] = None,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help="Keep the listing.", rich_help_panel=OUTPUT)
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option("--compare", metavar="FILE", help="An earlier listing to compare with.", rich_help_panel=INPUT),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="terminal, json or csv.", rich_help_panel=OUTPUT)
    ] = "terminal",
    offline: options.Offline = None,
    registry: options.RegistryFiles = None,
    config: options.Config = None,
) -> None:
    """Measure the share of Hub downloads of new models by country of originator and by task.

    \b
    Examples:
      vcdd market --since 2025-12-01 --save listing.json
      vcdd market --from listing.json --task text-to-video --compare last-month.json
    """
    from vcdd.cli.lookup import settings_from  # noqa: PLC0415 -- slow import
    from vcdd.portfolio.market.shares import METRICS  # noqa: PLC0415

    if format not in _FORMATS or metric not in METRICS:
        raise UsageError(
            "unknown format or metric", help=f"Formats: {', '.join(_FORMATS)}. Metrics: {', '.join(METRICS)}."
        )
    if compare is not None and format != "terminal":
        raise UsageError("--compare prints text only", help="Leave --format out.")
    settings = settings_from(config, {"offline": offline, "registry": registry})
    listing = _listing(saved, settings, task, pages)
    if save is not None:
        from vcdd.cli.output import write_atomically  # noqa: PLC0415
        from vcdd.portfolio.market.snapshot import to_snapshot  # noqa: PLC0415

        write_atomically(save, to_snapshot(listing))
    _print(listing, (_day(since, "--since"), _day(until, "--until")), metric, format, compare, settings)


def _listing(saved: Path | None, settings: Settings, task: str, pages: int) -> Listing:
    from vcdd.cli.console import say  # noqa: PLC0415
    from vcdd.cli.lookup import now_from  # noqa: PLC0415
    from vcdd.hub.endpoint import ENDPOINT  # noqa: PLC0415
    from vcdd.portfolio.market.listing import of_task, read_listing  # noqa: PLC0415

    if saved is not None:
        return of_task(_read(saved), task)
    if settings.offline:
        raise UsageError("the Hub cannot be asked offline", help="Name a saved listing with --from.")
    token = os.environ.get("HF_TOKEN") if settings.use_token else None
    endpoint = os.environ.get("HF_ENDPOINT") or ENDPOINT
    found = read_listing(now=now_from(os.environ), endpoint=endpoint, task=task, most_pages=pages, token=token)
    if not found.models:
        raise UsageError(f"nothing was listed: {found.stopped or 'no model of this task'}", help="Try again later.")
    if found.stopped:
        say(f"warning: the listing is not whole: {found.stopped}")
    return found


def _read(path: Path) -> Listing:
    from vcdd.cli.inputs import read_text  # noqa: PLC0415
    from vcdd.portfolio.market.snapshot import from_snapshot  # noqa: PLC0415

    return from_snapshot(read_text(str(path), "listing"), path.name)


def _print(
    listing: Listing,
    days: tuple[date | None, date | None],
    metric: str,
    kind: str,
    compare: Path | None,
    settings: Settings,
) -> None:
    from vcdd.cli.output import print_text  # noqa: PLC0415
    from vcdd.portfolio.market.listing import of_task  # noqa: PLC0415
    from vcdd.portfolio.market.shares import Window, measure_market  # noqa: PLC0415
    from vcdd.portfolio.market.text import compare_text, market_csv, market_json, market_text  # noqa: PLC0415
    from vcdd.portfolio.views.claims import claims_text, load_claims  # noqa: PLC0415
    from vcdd.registry.load import load_registry  # noqa: PLC0415

    known = load_registry([Path(path) for path in settings.registry])

    def window(taken: datetime) -> Window:
        until = days[1] or taken.date()
        return Window(since=days[0] or until - _YEAR, until=until, metric=metric)

    found = measure_market(listing, window(listing.taken), known)
    if kind != "terminal":
        print_text(market_json(found) if kind == "json" else market_csv(found))
        return
    text = market_text(found)
    if compare is not None:
        earlier = of_task(_read(compare), listing.task)
        text += "\n" + compare_text(measure_market(earlier, window(earlier.taken), known), found)
    claims = tuple(claim for claim in load_claims() if "download" in claim.metric)
    print_text(text + "\n" + claims_text(claims))


def _day(text: str, flag: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{flag} is no date: {text!r}", help="Write it as 2025-12-01.") from error
