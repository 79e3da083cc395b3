"""One model as a page of plain text: every fact with its source and date."""

from __future__ import annotations

import textwrap

from vcdd.cli.console import plain
from vcdd.core.fact import Fact
from vcdd.core.model import Model, ModelUse
from vcdd.registry.registry import Registry
from vcdd.render.plain import fact_words

_WIDTH = 14


def page_of(use: ModelUse, asked: str, registry: Registry, *, width: int = 80) -> str:
    """The page of one id as asked, ending in a newline; lines of at most `width` unless one word is longer."""
    model = use.model
    lines = [plain(asked if asked == model.id else f"{asked}  →  {model.id}")]
    lines += _identity(model)
    lines += _licence(model)
    lines.append(_row("route", _route(use)))
    lines += [_row("built on", f"{a.id} ({a.relation}, {a.how})") for a in model.lineage]
    if model.lifecycle:
        kind = f", {model.lifecycle.date_kind.value}" if model.lifecycle.date_kind else ""
        day = f" {model.lifecycle.date.isoformat()}{kind}" if model.lifecycle.date else ""
        lines.append(_row("lifecycle", f"{model.lifecycle.status.value}{day}"))
    lines.append("  facts")
    lines += [f"    {plain(name):<{_WIDTH}} {_fact(fact)}" for name, fact in sorted(model.facts.items())]
    if model.match == "none":
        lines += _suggestions(asked, registry)
    return "\n".join(line for text in lines for line in _wrapped(text, width)) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    """A line that would not fit goes on below its own value; no word is cut."""
    if len(text) <= width:
        return [text]
    start = len(text) - len(text.lstrip())
    below = " " * ((start if start > _WIDTH else start + _WIDTH + 1) + 2)
    return textwrap.wrap(
        text, width, subsequent_indent=below, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )


def _identity(model: Model) -> list[str]:
    lab = model.lab
    country = lab.country.value if lab and lab.country.value else "country unknown"
    lines = [_row("lab", f"{lab.name} ({country})" if lab else "unknown")]
    lines += [
        _row(d.role.value, f"{d.lab.name} ({d.lab.country.value or 'country unknown'})")
        for d in model.developers
        if lab is None or d.lab.id != lab.id or d.role.value != "originator"
    ]
    return [*lines, _row("weights", model.weights.value), _row("modality", model.modality or "unknown")]


def _licence(model: Model) -> list[str]:
    if model.licence is None:
        return [_row("licence", "unknown")]
    lines = [_row("licence", f"{model.licence.name} [{model.licence.category.value}]")]
    return [*lines, *(_row("", f"- {c.kind.value}: {c.text}") for c in model.licence.conditions)]


def _route(use: ModelUse) -> str:
    provider = use.route.provider
    return f"{use.route.kind.value}, {provider.name}" if provider else use.route.kind.value


def _row(name: str, text: str) -> str:
    return plain(f"  {name:<{_WIDTH}} {text}")


def _fact(fact: Fact[object]) -> str:
    value = "unknown" if fact.value is None else fact_words(fact.value)
    checked = f", checked {fact.checked.isoformat()}" if fact.checked else ""
    note = f"; {fact.note}" if fact.note else ""
    source = f" [{fact.source}{checked}, {fact.confidence.value}]" if fact.source else f" [{fact.confidence.value}]"
    return plain(f"{value}{source}{note}")


def _suggestions(asked: str, registry: Registry) -> list[str]:
    from vcdd.registry.suggest import suggest  # noqa: PLC0415 -- only for ids nobody knows

    near = suggest(registry, asked)
    hint = (
        f"near names: {', '.join(near)}"
        if near
        else "no name comes near; add a record with an overlay (--registry FILE)"
    )
    return [_row("not known", hint)]
