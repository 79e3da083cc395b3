"""`vcdd registry`: show records, lint them, and say how old they are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vcdd.cli.quick import App
from vcdd.errors import ExitStatus

registry_app = App(help="The curated registry.", rich_markup_mode=None, no_args_is_help=True)

Overlays = Annotated[
    list[Path] | None, typer.Option("--registry", metavar="FILE", help="Overlay on top of the registry. Repeatable.")
]


@registry_app.command()
def show(
    name: Annotated[str, typer.Argument(help="Id of a lab, family, licence, provider or list record.")],
    registry: Overlays = None,
) -> None:
    """Print every record of an id, with its source and date.

    \b
    Examples:
      vcdd registry show alibaba
      vcdd registry show ltx-2-community
    """
    from vcdd.cli.records import records_text  # noqa: PLC0415 -- slow import
    from vcdd.registry.load import load_registry  # noqa: PLC0415

    typer.echo(records_text(load_registry(registry or []), name), nl=False)


@registry_app.command()
def check(registry: Overlays = None) -> None:
    """Lint all records; exit 1 when one is wrong. Stale dates only warn.

    \b
    Examples:
      vcdd registry check
      vcdd registry check --registry our-models.toml
    """
    from vcdd.registry.check import lint  # noqa: PLC0415 -- slow import
    from vcdd.registry.load import load_registry  # noqa: PLC0415

    problems = lint(load_registry(registry or []))
    for problem in problems:
        typer.echo(str(problem))
    errors = [problem for problem in problems if not problem.is_warning]
    typer.echo(f"{len(errors)} errors, {len(problems) - len(errors)} warnings")
    if errors:
        raise typer.Exit(int(ExitStatus.GATE))


@registry_app.command()
def age(registry: Overlays = None) -> None:
    """Say how old the records are, by kind.

    \b
    Examples:
      vcdd registry age
      vcdd registry age --registry our-models.toml
    """
    from vcdd.cli.records import age_text  # noqa: PLC0415 -- slow import
    from vcdd.registry.load import load_registry  # noqa: PLC0415

    typer.echo(age_text(load_registry(registry or [])), nl=False)
