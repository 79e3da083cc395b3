"""Strings that a target could plant, and a report that holds one of them wherever foreign text can stand."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from tests.render.factory import RICH
from vcdd.core.report import Report

STRINGS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    "]]><!-- --><b>bold</b>",
    "</style></script></title></textarea><i>x</i>",
    "<!-- vcdd:keep notes -->gone<!-- /vcdd:keep -->",
    "<!-- vcdd:appendix -->",
    "[click](javascript:alert(1))",
    "![image](https://evil.example/x.png)",
    "[red]rich markup[/red] [link=https://evil.example]x[/link]",
    "https://evil.example/a www.evil.example a@evil.example @somebody #1",
    "<https://evil.example>",
    "| a | b |\n|---|---|\n| c | d |",
    "`code` ``two`` ```three",
    "# heading\n\n- item\n1. number\n> quote\n---\n===",
    "**bold** __bold__ *it* _it_ ~~gone~~ $x$ &lt;b&gt; &#60;i&#62;",
    "\\",
    "a\\|b",
    "\x1b[31mred\x1b[0m\x1b]8;;https://evil.example\x07link\x1b]8;;\x07",
    "\x9b31m C1 \x85 next line \u2028 line \u2029 paragraph",
    "\u202egnp.exe\u202c \u2066isolate\u2069 \u200bzero\u200d \ufeff bom",
    "tag\U000e0041\U000e0042",
    "lone \ud800 surrogate",
    "\x00null",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r\n=1+1",
    "{{ 7 * 7 }} {% raw %} {0} {name}",
    "x" * 10_000,
    "y " * 5_000,
    "مودل עברית 模型 🧑\u200d🚀",
    "",
)

BUNDLES = tuple("".join(STRINGS[start::5]) for start in range(5))
"""All of it in five strings, for formats that neither cut nor look at a string's start."""

_TRUSTED = {"fingerprint"}


SLIM = replace(RICH, uses=(*RICH.uses[:10], *RICH.uses[-3:]), references=RICH.references[:12])
"""The rich report without most of its catalogue."""


def poisoned(text: str, report: Report = SLIM) -> Report:
    """The report with `text` put before every string that could come from outside."""
    return _poison(report, text)


def _poison(value: Any, text: str) -> Any:
    if isinstance(value, Enum) or (not isinstance(value, str | tuple | dict) and not is_dataclass(value)):
        return value
    if isinstance(value, str):
        return f"{text}{value}" if value else value
    if isinstance(value, tuple):
        return tuple(_poison(item, text) for item in value)
    if isinstance(value, dict):
        return {_poison(key, text): _poison(item, text) for key, item in value.items()}
    changes = {f.name: _poison(getattr(value, f.name), text) for f in fields(value) if f.name not in _TRUSTED}
    return replace(value, **changes)
