"""`vcdd policy`: list, show, start and test policies."""

from __future__ import annotations

from typing import Annotated

import typer

from vcdd.cli.quick import App
from vcdd.errors import ExitStatus

policy_app = App(help="The firm's own rules.", rich_markup_mode=None, no_args_is_help=True)

PolicyName = Annotated[str, typer.Argument(metavar="NAME|FILE", help="A built-in policy or a policy file.")]


@policy_app.command("list")
def list_() -> None:
    """List the built-in policies.

    \b
    Examples:
      vcdd policy list
      vcdd policy list | head -1
    """
    from vcdd.policy.load import list_policies  # noqa: PLC0415 -- slow import

    for policy in list_policies():
        base = f", extends {', '.join(policy.extends)}" if policy.extends else ""
        typer.echo(f"{policy.name} {policy.version} ({policy.rules} rules{base}): {policy.summary}")


@policy_app.command()
def show(name: PolicyName) -> None:
    """Print a policy as it is written.

    \b
    Examples:
      vcdd policy show default
      vcdd policy show ./our-fund.toml
    """
    from vcdd.policy.load import policy_text  # noqa: PLC0415 -- slow import

    typer.echo(policy_text(name)[0], nl=False)


@policy_app.command()
def init(name: Annotated[str, typer.Argument(metavar="BASE", help="The built-in policy to extend.")]) -> None:
    """Print the start of a policy of your own that extends a built-in one.

    \b
    Examples:
      vcdd policy init default > our-fund.toml
      vcdd policy init eu-consumer > our-fund.toml
    """
    from vcdd.policy.load import init_text  # noqa: PLC0415 -- slow import

    typer.echo(init_text(name), nl=False)


@policy_app.command()
def test(name: PolicyName) -> None:
    """Run the example cases stored in a policy; exit 1 when one fails.

    \b
    Examples:
      vcdd policy test us-gov-facing
      vcdd policy test ./our-fund.toml
    """
    from vcdd.policy.cases import run_cases  # noqa: PLC0415 -- slow import
    from vcdd.policy.load import load_policy  # noqa: PLC0415

    results = run_cases(load_policy(name))
    for result in results:
        typer.echo(
            f"{'ok    ' if result.passed else 'FAILED'} {result.name}{'' if result.passed else ': ' + result.message}"
        )
    typer.echo(f"{sum(r.passed for r in results)} passed, {sum(not r.passed for r in results)} failed")
    if not all(result.passed for result in results):
        raise typer.Exit(int(ExitStatus.GATE))
