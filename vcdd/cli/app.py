"""The command line's table of commands. Each command is one file; its work is imported when it runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from vcdd import __version__
from vcdd.cli.commands import register, register_names
from vcdd.cli.quick import App

EPILOG = "No telemetry. Nothing of a target is executed, imported, unpacked to disk or handed to a git process."


def app_for(argv: Sequence[str]) -> typer.Typer:
    """The application with the command that these words call, or with all commands where they call none."""
    app = App(
        name="vcdd",
        help="Which AI models a product really uses: lab, country, licence, route, price, and what that means for a deal.",
        epilog=EPILOG,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_main)
    if list(argv) in (["--help"], ["-h"]):
        register_names(app)
    else:
        register(app, argv[0] if argv else "")
    return app


def _main(
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
