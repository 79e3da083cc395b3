"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

INPUT, ANALYSIS, OUTPUT, NETWORK = "Input", "Analysis", "Output", "Network"

TargetArgument = Annotated[
    str,
    typer.Argument(
        metavar="TARGET",
        help="Folder, file, requirements file, archive, wheel, image tar, git URL, org/repo, saved report, or - for ids on stdin.",
    ),
]
Outputs = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file; the suffix chooses the format. Repeatable.",
        rich_help_panel=OUTPUT,
    ),
]
Offline = Annotated[
    bool | None,
    typer.Option(
        "--offline/--online", help="Ask nobody; the registry and cached facts answer.", rich_help_panel=NETWORK
    ),
]
Policy = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="NAME|FILE",
        help="The firm's policy; its deny sets the exit status.",
        rich_help_panel=ANALYSIS,
    ),
]
Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The analyst's settings file (TOML).", rich_help_panel=INPUT),
]
RegistryFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--registry", metavar="FILE", help="Overlay on top of the registry. Repeatable.", rich_help_panel=INPUT
    ),
]
CompanyFile = Annotated[
    Path | None,
    typer.Option("--company", metavar="FILE", help="What is known of the company (TOML).", rich_help_panel=INPUT),
]
UsageFile = Annotated[
    Path | None,
    typer.Option(
        "--usage", metavar="FILE", help="Stated volumes: usage.toml or a provider's CSV export.", rich_help_panel=INPUT
    ),
]
PricesFile = Annotated[
    Path | None,
    typer.Option(
        "--prices", metavar="FILE", help="Contract prices (TOML); they win and are named.", rich_help_panel=INPUT
    ),
]
Deep = Annotated[
    bool | None,
    typer.Option(
        "--deep/--no-deep", help="Parse vendored trees, locks and minified bundles too.", rich_help_panel=ANALYSIS
    ),
]
NoCache = Annotated[
    bool,
    typer.Option(
        "--no-cache", help="Keep nothing of targets and of the Hub, and use nothing kept.", rich_help_panel=NETWORK
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only the result.", rich_help_panel=OUTPUT)]
Verbose = Annotated[
    int,
    typer.Option(
        "--verbose", "-v", count=True, help="More on the terminal; -vv shows tracebacks.", rich_help_panel=OUTPUT
    ),
]
Staged = Annotated[
    bool, typer.Option("--staged", help="Of a clone, scan what would be committed now.", rich_help_panel=INPUT)
]
Suppressions = Annotated[
    Path | None,
    typer.Option(
        "--suppressions", metavar="FILE", help="The analyst's own suppressions (TOML).", rich_help_panel=INPUT
    ),
]
Attestation = Annotated[
    Path | None,
    typer.Option(
        "--attestation", metavar="FILE", help="The company's vcdd.toml with [[binding]] tables.", rich_help_panel=INPUT
    ),
]
