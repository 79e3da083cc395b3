"""`vcdd cost`: unit prices, and run-rate from stated volumes only."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from vcdd.cli import options
from vcdd.cli.options import INPUT, NETWORK
from vcdd.core.company import Usage
from vcdd.errors import ExitStatus, UsageError


def cost(
    target: options.TargetArgument,
    requests: Annotated[str, typer.Option(metavar="N", help="Requests a month.", rich_help_panel=INPUT)] = "",
    tokens: Annotated[str, typer.Option(metavar="N", help="Tokens a month.", rich_help_panel=INPUT)] = "",
    invoice: Annotated[str, typer.Option(metavar="USD", help="Last monthly invoice.", rich_help_panel=INPUT)] = "",
    input_tokens: Annotated[
        str, typer.Option("--in", metavar="N", help="Input tokens per request.", rich_help_panel=INPUT)
    ] = "",
    output_tokens: Annotated[
        str, typer.Option("--out", metavar="N", help="Output tokens per request.", rich_help_panel=INPUT)
    ] = "",
    revenue: Annotated[str, typer.Option(metavar="USD", help="Monthly revenue.", rich_help_panel=INPUT)] = "",
    burn: Annotated[str, typer.Option(metavar="USD", help="Monthly burn.", rich_help_panel=INPUT)] = "",
    cash: Annotated[str, typer.Option(metavar="USD", help="Cash at hand.", rich_help_panel=INPUT)] = "",
    usage: options.UsageFile = None,
    prices: options.PricesFile = None,
    policy: options.Policy = None,
    company: options.CompanyFile = None,
    format: Annotated[str, typer.Option("--format", "-f", help="terminal or json.")] = "terminal",
    config: options.Config = None,
    registry: options.RegistryFiles = None,
    update_prices: Annotated[
        bool,
        typer.Option(
            "--update-prices",
            help="Fetch newer token price lists first and keep them in the cache folder; nothing else is fetched.",
            rich_help_panel=NETWORK,
        ),
    ] = False,
    quiet: options.Quiet = False,
) -> None:
    """Price the stack: unit prices with source and date, run-rate from stated volumes, self-hosting, alternatives.

    \b
    Examples:
      vcdd cost ./pitch-repo
      vcdd cost ./pitch-repo --requests 200000 --in 6000 --out 800
      vcdd cost ./pitch-repo --update-prices
    """
    from vcdd.cli.costing import cost_report  # noqa: PLC0415 -- slow import
    from vcdd.cli.lookup import settings_from  # noqa: PLC0415
    from vcdd.cli.output import print_text  # noqa: PLC0415

    if format not in ("terminal", "json"):
        raise UsageError(f"unknown format {format!r}", help="Use terminal or json.")
    stated = Usage(
        source="command line",
        requests_per_month=_number(requests, "--requests"),
        tokens_per_month=_number(tokens, "--tokens"),
        invoice_usd=_number(invoice, "--invoice"),
        input_tokens=_number(input_tokens, "--in"),
        output_tokens=_number(output_tokens, "--out"),
        revenue_usd=_number(revenue, "--revenue"),
        burn_usd=_number(burn, "--burn"),
        cash_usd=_number(cash, "--cash"),
    )
    settings = settings_from(
        config,
        {"usage": usage, "prices": prices, "policy": policy, "company": company, "registry": registry, "offline": True},
    )
    is_fresh = _updated() if update_prices else True
    print_text(cost_report(target, settings, stated, as_json=format == "json", quiet=quiet))
    if not is_fresh:
        raise typer.Exit(int(ExitStatus.INCOMPLETE))


def _updated() -> bool:
    """Fetch newer lists; where that fails the older ones answer with their dates, and the status says so."""
    import os  # noqa: PLC0415 -- only where the network was asked for

    from vcdd.cli.console import say  # noqa: PLC0415 -- slow import
    from vcdd.cli.lookup import now_from  # noqa: PLC0415
    from vcdd.cli.price_update import update_prices  # noqa: PLC0415
    from vcdd.registry.load import cache_folder  # noqa: PLC0415

    try:
        say(update_prices(cache_folder() / "prices", now_from(os.environ).date(), os.environ))
    except UsageError as error:
        say(f"warning: {error.message}. {error.help}")
        return False
    return True


_LARGEST = Decimal(10) ** 15
"""Volumes above this are typing mistakes."""


def _number(text: str, flag: str) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text.replace("_", "").replace(",", ""))
    except InvalidOperation as error:
        raise UsageError(f"{flag} is not a number: {text!r}", help="Give digits, such as 200000.") from error
    if not value.is_finite() or not 0 <= value <= _LARGEST:
        raise UsageError(f"{flag} is out of range: {text}", help="Give a number from 0 to 10^15.")
    return value
