"""Registers every command, in the order in which help shows them."""

from __future__ import annotations

import typer

from vcdd.cli.baseline import baseline_app
from vcdd.cli.cost import cost
from vcdd.cli.diff import diff
from vcdd.cli.explain import explain
from vcdd.cli.history import history
from vcdd.cli.market import market
from vcdd.cli.model import model
from vcdd.cli.policy import policy_app
from vcdd.cli.portfolio import portfolio_app
from vcdd.cli.questions import questions
from vcdd.cli.registry import registry_app
from vcdd.cli.scan import scan


def register(app: typer.Typer) -> None:
    """Add all commands to the application."""
    for command in (scan, model, explain, cost, diff, questions):
        app.command()(command)
    app.add_typer(policy_app, name="policy")
    app.add_typer(baseline_app, name="baseline")
    app.add_typer(registry_app, name="registry")
    app.add_typer(portfolio_app, name="portfolio")
    app.command()(history)
    app.command()(market)
