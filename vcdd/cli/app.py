"""The command line's table of commands. Each command is one file; its work is imported when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from vcdd import __version__

EPILOG = "No telemetry. Nothing of a target is executed, imported, unpacked to disk or handed to a git process."

app = typer.Typer(
    name="vcdd",
    help="Which AI models a product really uses: lab, country, licence, route, price, and what that means for a deal.",
    epilog=EPILOG,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.")] = False,
) -> None:
    """Say what to do next when no command is given."""
    if version:
        typer.echo(f"vcdd {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(
            "vcdd scans a start-up's repository and says which AI models it really uses.\n\n"
            "  vcdd scan FOLDER                     a summary on the terminal\n"
            "  vcdd scan FOLDER --output memo.md    the memo for the deal\n"
            "  vcdd model Qwen/Qwen3-8B             what is known of one model\n\n"
            "vcdd --help lists every command."
        )


def _register() -> None:
    from vcdd.cli import commands  # noqa: PLC0415 -- the commands need `app` to exist

    commands.register(app)


_register()
