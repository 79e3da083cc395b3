"""Template expressions written the shell's way: Go templates, Jinja and ERB to `${name:-default}` and `${name}`."""

from __future__ import annotations

import re

_EXPRESSION = re.compile(r"(?<!\$)\{\{[^{}\n]{0,400}\}\}|<%=[^%\n]{0,400}%>")
# `.Values.m | default "x"`, `m | default('x')`, `env "M" | default "x"`, `default "x" .Values.m`,
# `env_var('M', 'x')`, `ENV.fetch("M", "x")`, `ENV["M"] || "x"`, `m or 'x'`.
_QUOTE = r"""["']([^"'{}]{1,200})["']"""
_NAME = r"""["']?([.\w$]{1,80})["']?"""
_NAME_FIRST = re.compile(rf"{_NAME}[\])]*\s*(?:\|\s*(?:default|d)\b[\s(]*|\|\|\s*|\bor\s+|,\s*){_QUOTE}")
_DEFAULT_FIRST = re.compile(rf"\bdefault\s+{_QUOTE}\s+{_NAME}")
_ANY_NAME = re.compile(r"[A-Za-z_][\w.]*")


def as_variables(text: str) -> str:
    """`text` with each template expression as a shell variable; an expression without a name stays as it is."""
    return _EXPRESSION.sub(lambda match: as_variable(match.group()), text) if "{{" in text or "<%=" in text else text


def as_variable(expression: str) -> str:
    """One template expression as `${name:-default}`, or as `${name}` where it gives no default."""
    named = _NAME_FIRST.search(expression)
    if named:
        return _variable(named[1], named[2])
    defaulted = _DEFAULT_FIRST.search(expression)
    if defaulted:
        return _variable(defaulted[2], defaulted[1])
    name = _ANY_NAME.search(expression)
    return "${" + name[0] + "}" if name else expression


def _variable(name: str, default: str) -> str:
    name = name.strip(".$")
    return "${" + name + ":-" + default + "}" if name and not name[0].isdigit() else default
