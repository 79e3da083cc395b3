"""All commands, in the order in which help shows them, each imported when it is wanted."""

from __future__ import annotations

from importlib import import_module

from vcdd.cli.quick import App

_COMMANDS = ("scan", "model", "explain", "cost", "diff", "questions", "history", "market")
"""`vcdd NAME` is the function NAME of the module of this name."""
_GROUPS = ("policy", "baseline", "registry", "portfolio")
"""`vcdd NAME …` is the application NAME_app of the module of this name."""


def register_names(app: App) -> None:
    """Add what the list of commands shows of each, its name and its first sentence: options take long to build."""
    for name in _COMMANDS:
        command = getattr(import_module(f"vcdd.cli.{name}"), name)
        app.command(name, help=command.__doc__)(_nothing)
    for name in _GROUPS:
        group = getattr(import_module(f"vcdd.cli.{name}"), f"{name}_app")
        app.add_typer(App(help=group.info.help), name=name)


def _nothing() -> None:
    """Never runs: only the list of commands is asked for."""


def register(app: App, wanted: str = "") -> None:
    """Add the wanted command to the application, or all of them where there is none of this name."""
    every = (*_COMMANDS, *_GROUPS)
    for name in (wanted,) if wanted in every else every:
        module = import_module(f"vcdd.cli.{name}")
        if name in _GROUPS:
            app.add_typer(getattr(module, f"{name}_app"), name=name)
        else:
            app.command()(getattr(module, name))
