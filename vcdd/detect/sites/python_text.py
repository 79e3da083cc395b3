"""Pure helpers over Python expressions: dotted names, composed strings, labels of a call."""

from __future__ import annotations

import ast
from collections.abc import Mapping

MAX_LABELS = 12
MAX_LABEL = 120
AFFIXES = ("startswith", "endswith")
"""String methods that take how a string begins or ends, one or several of them."""
_MAX_PARTS = 64
_MAX_DEPTH = 8
_HOLDERS = ("Annotated", "Optional", "Union")
_ENVIRON = ("os.environ", "environ")
_GETENV = ("os.getenv", "getenv", "os.environ.get", "environ.get")


def dotted(node: ast.AST | None, aliases: Mapping[str, str]) -> str:
    """`a.b.c` of a name or attribute chain with its first part expanded by the imports; empty for anything else.

    A call in the chain keeps its name and drops its arguments (`OpenAI().chat` gives `openai.OpenAI().chat`), and a
    subscript by a literal is kept (`MODELS[fast]`).
    """
    parts: list[str] = []
    while len(parts) < _MAX_PARTS:
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            parts.append("()")
            node = node.func
        elif isinstance(node, ast.Subscript):
            key = node.slice
            parts.append(f"[{key.value!s}]" if isinstance(key, ast.Constant) else "[*]")
            node = node.value
        elif isinstance(node, ast.Await):
            node = node.value
        else:
            break
    if not isinstance(node, ast.Name):
        return ""
    name = aliases.get(node.id, node.id)
    for part in reversed(parts):
        name += part if part[0] in "([" else f".{part}"
    return name


def env_name(node: ast.AST, aliases: Mapping[str, str]) -> str:
    """The environment variable that an expression reads without a default; empty if it reads none."""
    if isinstance(node, ast.Subscript) and dotted(node.value, aliases) in _ENVIRON:
        return _constant(node.slice)
    if (
        isinstance(node, ast.Call)
        and len(node.args) == 1
        and not node.keywords
        and dotted(node.func, aliases) in _GETENV
    ):
        return _constant(node.args[0])
    return ""


def symbol_of(node: ast.AST, aliases: Mapping[str, str]) -> str:
    """How a name that stands where a string could is written: `$VAR` for an environment variable, else dotted."""
    variable = env_name(node, aliases)
    return f"${variable}" if variable else dotted(node, aliases)


def class_in(annotation: ast.expr | None, aliases: Mapping[str, str]) -> str:
    """The class that an annotation names (`Settings`, `"Settings"`, `Settings | None`, `Optional[Settings]`), else empty."""
    for _ in range(_MAX_DEPTH):
        if isinstance(annotation, ast.BinOp):
            is_none = isinstance(annotation.left, ast.Constant) and annotation.left.value is None
            annotation = annotation.right if is_none else annotation.left
        elif isinstance(annotation, ast.Subscript) and dotted(annotation.value, {}).rpartition(".")[2] in _HOLDERS:
            annotation = annotation.slice.elts[0] if isinstance(annotation.slice, ast.Tuple) else annotation.slice
        else:
            break
    name = dotted(annotation, aliases) or (_constant(annotation) if annotation is not None else "")
    last = name.rpartition(".")[2]
    return name[:MAX_LABEL] if last[:1].isupper() and last.isidentifier() else ""


def _constant(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def composed(node: ast.AST, aliases: Mapping[str, str]) -> str:
    """Text of an f-string, concatenation or `.format` call, unknown parts as `{name}`; empty if it holds no literal."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_part(value, aliases) for value in node.values[:_MAX_PARTS])
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _concatenated(node, aliases)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return _constant(node.left).replace("%s", "{}")
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return _constant(node.func.value)
    return ""


def _part(node: ast.AST, aliases: Mapping[str, str]) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.FormattedValue):
        return "{" + symbol_of(node.value, aliases) + "}"
    return composed(node, aliases) or "{" + symbol_of(node, aliases) + "}"


def alternatives(node: ast.expr, aliases: Mapping[str, str]) -> list[str]:
    """Texts that a composed string can be: one for each arm of a part `"a" if x else "b"`, else what `composed` gives."""
    text = composed(node, aliases)
    parts = _summands(node) if isinstance(node, ast.BinOp) else getattr(node, "values", [])
    chosen = (part.value if isinstance(part, ast.FormattedValue) else part for part in parts[:_MAX_PARTS])
    arms = [part for part in chosen if isinstance(part, ast.IfExp)]
    if len(arms) != 1 or text.count("{}") != 1:
        return [text]
    texts = [arm.value for arm in (arms[0].body, arms[0].orelse) if isinstance(arm, ast.Constant)]
    return [text.replace("{}", str(each)) for each in texts] if len(texts) == 2 else [text]


def _summands(node: ast.BinOp) -> list[ast.expr]:
    """The parts of a sum from right to left, unrolled by a loop, since a hostile file nests them thousands deep."""
    parts: list[ast.expr] = []
    current: ast.expr = node
    while isinstance(current, ast.BinOp) and isinstance(current.op, ast.Add) and len(parts) < _MAX_PARTS:
        parts.append(current.right)
        current = current.left
    parts.append(current)
    return parts


def _concatenated(node: ast.BinOp, aliases: Mapping[str, str]) -> str:
    parts = _summands(node)
    if not any(isinstance(part, ast.JoinedStr) or _constant(part) for part in parts):
        return ""
    return "".join(
        _constant(part)
        or (composed(part, aliases) if isinstance(part, ast.JoinedStr) else "{" + symbol_of(part, aliases) + "}")
        for part in reversed(parts)
    )


def labels_of(node: ast.Call, aliases: Mapping[str, str]) -> tuple[str, ...]:
    """The literal siblings among a call's arguments (see `Frame.labels`)."""
    labels = [_constant(argument)[:MAX_LABEL] for argument in node.args[:4] if _constant(argument)]
    for keyword in node.keywords:
        if keyword.arg and len(labels) < MAX_LABELS:
            labels.extend(_label(keyword.arg, keyword.value, aliases))
    return tuple(labels)


def _defaulted_variable(node: ast.expr, aliases: Mapping[str, str]) -> str:
    """The environment variable that an expression reads with a default; empty if it reads none."""
    if isinstance(node, ast.Call) and len(node.args) == 2 and dotted(node.func, aliases) in _GETENV:
        return _constant(node.args[0])
    return ""


def _label(name: str, value: ast.expr, aliases: Mapping[str, str]) -> list[str]:
    literal = _constant(value) or composed(value, aliases)
    if literal:
        return [f"{name}={literal[:MAX_LABEL]}"]
    if isinstance(value, ast.Constant):
        return [f"{name}={value.value!s}"]
    symbol = _defaulted_variable(value, aliases) or symbol_of(value, aliases)
    return [f"{name}=${symbol.lstrip('$')[:MAX_LABEL]}"] if symbol else []


PASSING = frozenset(
    ("functools.partial", "asyncio.to_thread", "anyio.to_thread.run_sync", "asgiref.sync.sync_to_async",
     "starlette.concurrency.run_in_threadpool", "fastapi.concurrency.run_in_threadpool")
)  # fmt: skip
"""Calls that call their first argument with the others, now or later."""


def passed_on(node: ast.Call, aliases: Mapping[str, str]) -> ast.Call | None:
    """The call that `partial(f, x, y=z)` makes, `f(x, y=z)`; None where what is called has no name."""
    if not node.args or not dotted(node.args[0], aliases):
        return None
    return ast.copy_location(ast.Call(func=node.args[0], args=node.args[1:], keywords=node.keywords), node)


def looks_into(test: ast.AST, name: str, *, contained: bool = False) -> bool:
    """Whether a test looks how another string begins or ends (`model.startswith(name)`), or `contained`, what it holds."""
    if isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute) and test.func.attr in AFFIXES:
        return any(dotted(argument, {}) == name for argument in test.args)
    if contained and isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.In):
        return dotted(test.left, {}) == name
    return False


def unset_name(test: ast.expr, aliases: Mapping[str, str]) -> str:
    """The name that a test asks to be unset (`not x`, `x is None`, `x == ""`), else empty."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return symbol_of(test.operand, aliases)
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Is | ast.Eq):
        other = test.comparators[0]
        if isinstance(other, ast.Constant) and not other.value:
            return symbol_of(test.left, aliases)
    return ""


def given_name(test: ast.expr, aliases: Mapping[str, str]) -> str:
    """The name that a test asks to be set (`x`, `x is not None`, `"model" in x`), else empty."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return given_name(test.values[-1], aliases)
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        other = test.comparators[0]
        if isinstance(test.ops[0], ast.IsNot) and isinstance(other, ast.Constant) and other.value is None:
            return symbol_of(test.left, aliases)
        if isinstance(test.ops[0], ast.In) and (key := _constant(test.left)):
            name = symbol_of(other, aliases)
            return f"${key}" if name in _ENVIRON else name
    return symbol_of(test, aliases) if isinstance(test, ast.Name | ast.Attribute) else ""
