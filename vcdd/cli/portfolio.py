"""`vcdd portfolio`: scan many companies, and say what the whole of them comes to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vcdd.cli import options
from vcdd.cli.options import ANALYSIS, INPUT, OUTPUT
from vcdd.cli.quick import App

portfolio_app = App(help="Many companies: scan, report, diff, export.", rich_markup_mode=None, no_args_is_help=True)

ManifestFile = Annotated[
    Path, typer.Argument(metavar="MANIFEST", help="portfolio.toml: the companies and their sources.")
]
StoreFile = Annotated[
    Path, typer.Option("--store", metavar="FILE", help="The store of all runs (SQLite).", rich_help_panel=INPUT)
]
STORE = Path("portfolio.db")
Run = Annotated[
    int, typer.Option("--run", metavar="N", help="A run of the store; 0 is the newest.", rich_help_panel=INPUT)
]
Country = Annotated[
    str, typer.Option("--country", metavar="CC", help="Whose share stands first.", rich_help_panel=ANALYSIS)
]


@portfolio_app.command()
def scan(
    manifest: ManifestFile = Path("portfolio.toml"),
    store: StoreFile = STORE,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", "-j", min=0, max=1024, help="Processes; 0 takes all processors.", rich_help_panel=ANALYSIS
        ),
    ] = 0,
    dask: Annotated[
        str,
        typer.Option(
            "--dask", metavar="ADDRESS", help="A Dask scheduler, such as tcp://host:8786.", rich_help_panel=ANALYSIS
        ),
    ] = "",
    timeout: Annotated[
        float, typer.Option("--timeout", min=1, metavar="SECONDS", help="For each company.", rich_help_panel=ANALYSIS)
    ] = 600.0,
    reuse: Annotated[
        bool,
        typer.Option(
            "--reuse/--no-reuse",
            help="Judge unchanged contents again without reading them again.",
            rich_help_panel=ANALYSIS,
        ),
    ] = True,
    again: Annotated[
        bool, typer.Option("--again", help="Begin a new run even where one was interrupted.", rich_help_panel=ANALYSIS)
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try the failed companies of the last run again.", rich_help_panel=ANALYSIS)
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 3 when a company could not be scanned.", rich_help_panel=ANALYSIS)
    ] = False,
    offline: options.Offline = None,
    registry: options.RegistryFiles = None,
    prices: options.PricesFile = None,
    deep: options.Deep = None,
    config: options.Config = None,
    no_cache: options.NoCache = False,
    quiet: options.Quiet = False,
) -> None:
    """Scan every company of a manifest; an interrupted run resumes where it stopped.

    \b
    Examples:
      vcdd portfolio scan portfolio.toml --offline
      vcdd portfolio scan portfolio.toml --dask tcp://10.0.0.5:8786
    """
    from vcdd.cli.lookup import settings_from  # noqa: PLC0415
    from vcdd.cli.portfolio_run import ScanRequest, run_scan  # noqa: PLC0415 -- slow import
    from vcdd.errors import ExitStatus  # noqa: PLC0415

    flags = {
        "offline": offline,
        "registry": registry,
        "prices": prices,
        "deep": deep,
        "cache": False if no_cache else None,
    }
    request = ScanRequest(
        manifest=manifest, store=store, settings=settings_from(config, flags), workers=workers, dask=dask,
        timeout_s=timeout, reuse=reuse, again=again, retry=retry, is_quiet=quiet,
    )  # fmt: skip
    failed, written = run_scan(request)
    if written and failed == written:
        raise typer.Exit(int(ExitStatus.NOTHING))
    if failed and strict:
        raise typer.Exit(int(ExitStatus.INCOMPLETE))


@portfolio_app.command()
def report(
    store: StoreFile = STORE,
    run: Run = 0,
    country: Country = "CN",
    tag: Annotated[
        str, typer.Option("--tag", metavar="TAG", help="Only companies with this tag.", rich_help_panel=ANALYSIS)
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The dashboard, an HTML file.", rich_help_panel=OUTPUT),
    ] = None,
    reports: Annotated[
        Path | None,
        typer.Option(
            "--reports", metavar="FOLDER", help="Also each company's full report, linked.", rich_help_panel=OUTPUT
        ),
    ] = None,
) -> None:
    """What a run comes to: shares with their denominators, bindings, concentration, retirements; or the dashboard.

    \b
    Examples:
      vcdd portfolio report
      vcdd portfolio report --output dashboard.html --reports reports
    """
    from vcdd.cli.output import print_text, write_atomically  # noqa: PLC0415
    from vcdd.cli.portfolio_views import dashboard_page, full_reports, summary  # noqa: PLC0415 -- slow import
    from vcdd.errors import UsageError  # noqa: PLC0415

    if output is None:
        if reports is not None:
            raise UsageError("--reports belongs to a dashboard", help="Name one with --output FILE.html.")
        print_text(summary(store, run, country.upper(), tag))
        return
    if output.suffix.lower() not in (".html", ".htm"):
        raise UsageError(
            f"cannot tell a format from {output}", help="Name a file that ends in .html; for tables use export."
        )
    links = full_reports(store, run, reports, output.parent) if reports is not None else {}
    write_atomically(output, dashboard_page(store, run, country.upper(), links, tag))


@portfolio_app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="COMPANY", help="A company as the manifest names it.")],
    store: StoreFile = STORE,
    run: Run = 0,
    format: Annotated[
        str, typer.Option("--format", "-f", help="Any format of vcdd scan.", rich_help_panel=OUTPUT)
    ] = "terminal",
    source: Annotated[int, typer.Option("--source", min=1, help="Which source, from 1.", rich_help_panel=INPUT)] = 1,
) -> None:
    """Print the stored report of one company, in any format of `vcdd scan`.

    \b
    Examples:
      vcdd portfolio show Acme
      vcdd portfolio show Acme --format memo
    """
    from vcdd.cli.output import print_text  # noqa: PLC0415
    from vcdd.cli.portfolio_views import company_report  # noqa: PLC0415 -- slow import

    print_text(company_report(store, run, name, source - 1, format))


@portfolio_app.command()
def diff(
    store: StoreFile = STORE,
    before: Annotated[
        int,
        typer.Option(
            "--before", metavar="N", help="The older run; -1 is the one before the newest.", rich_help_panel=INPUT
        ),
    ] = -1,
    after: Annotated[
        int, typer.Option("--after", metavar="N", help="The newer run; 0 is the newest.", rich_help_panel=INPUT)
    ] = 0,
) -> None:
    """What changed between two runs, and whose doing it is: the company's, the registry's or the tool's.

    \b
    Examples:
      vcdd portfolio diff
      vcdd portfolio diff --before 3 --after 7
    """
    from vcdd.cli.output import print_text  # noqa: PLC0415
    from vcdd.cli.portfolio_views import differences  # noqa: PLC0415 -- slow import

    print_text(differences(store, before, after))


@portfolio_app.command()
def export(
    table: Annotated[
        str, typer.Argument(metavar="TABLE", help="companies, sources, uses, facts, findings or outcomes.")
    ],
    store: StoreFile = STORE,
    run: Run = 0,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help=".csv or .parquet (needs pyarrow).", rich_help_panel=OUTPUT
        ),
    ] = None,
) -> None:
    """Print or write one table of a run.

    \b
    Examples:
      vcdd portfolio export uses > uses.csv
      vcdd portfolio export findings --output findings.parquet
    """
    from vcdd.cli.portfolio_views import export_table  # noqa: PLC0415 -- slow import

    export_table(store, run, table, output)


@portfolio_app.command()
def benchmark(
    store: StoreFile = STORE,
    run: Run = 0,
    k: Annotated[
        int,
        typer.Option(
            "--k", help="Leave out what fewer companies have in common; at least 5.", rich_help_panel=ANALYSIS
        ),
    ] = 5,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it after showing it.", rich_help_panel=OUTPUT),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before writing.", rich_help_panel=OUTPUT)] = False,
) -> None:
    """Show, byte for byte, an anonymised summary that you may share. It is never sent anywhere.

    \b
    Examples:
      vcdd portfolio benchmark
      vcdd portfolio benchmark --output benchmark.json
    """
    from vcdd.cli.output import print_text, write_atomically  # noqa: PLC0415
    from vcdd.cli.portfolio_views import anonymous_summary  # noqa: PLC0415 -- slow import

    text = anonymous_summary(store, run, k)
    print_text(text)
    if output is not None and (
        yes or typer.confirm(f"Write these {len(text.encode()):,} bytes to {output}?", err=True)
    ):
        write_atomically(output, text)
