"""Names in JavaScript and TypeScript: dotted, with import aliases expanded, whatever a compiler made of them.

`openai("x")`, `(0, openai_1.openai)("x")` and `require("@ai-sdk/openai").openai("x")` are the same callee,
`@ai-sdk/openai#openai`. A whole module is `pkg#*`, its default export `pkg#default`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from vcdd.detect.sites.javascript_strings import literal

if TYPE_CHECKING:
    from tree_sitter import Node

    from vcdd.detect.sites.tree_sitter_walk import Scope

_MAX_PARTS = 16
"""Longest chain that is followed from its end; a chain of thousands of calls keeps its last parts."""
_MAX_PLAIN = 200
"""Longest plain chain of names, in bytes."""
_PLAIN_CHAIN = re.compile(rb"[\w$\x80-\xff]+(?:\.[\w$#\x80-\xff]+)*\Z")
_PLAIN = re.compile(r"[A-Za-z_$][\w$]*\Z")
_ENVIRONMENTS: Final = ("process.env.", "import.meta.env.", "Bun.env.")
# What TypeScript, Babel and esbuild wrap around `require` (their documentation of ES module interoperability).
_WRAPPERS: Final = frozenset(
    {
        "__importDefault",
        "__importStar",
        "_interopRequireDefault",
        "_interopRequireWildcard",
        "__toESM",
        "__toModule",
        "_interop_require_default",
        "_interop_require_wildcard",
        "__reExport",
    }
)
_TRANSPARENT: Final = frozenset(
    {
        "parenthesized_expression",
        "await_expression",
        "non_null_expression",
        "as_expression",
        "satisfies_expression",
    }
)
_WORDS: Final = frozenset(
    {
        "identifier",
        "this",
        "super",
        "property_identifier",
        "type_identifier",
        "private_property_identifier",
        "shorthand_property_identifier",
    }
)


def text(node: Node) -> str:
    """What stands in the file for a node."""
    return (node.text or b"").decode("utf-8", "replace")


def inner(node: Node) -> Node:
    """The expression inside parentheses, casts and `await`; the last of a comma sequence."""
    for _ in range(_MAX_PARTS):
        kind = node.type
        if kind in _TRANSPARENT and node.named_child_count:
            node = node.named_children[0]
        elif kind == "sequence_expression" and node.named_child_count:
            node = node.named_children[-1]
        else:
            break
    return node


def dotted(node: Node | None, scope: Scope | None) -> str:
    """The dotted name of an expression; empty for one that has none. Without a scope names stay as written.

    A call keeps its name and drops its arguments (`new OpenAI().chat` is `openai#default().chat`); a subscript by a
    literal is kept (`MODELS[0]`), by a name it is `[*]`. A chain too long to follow begins with its dot.
    """
    tail: list[str] = []
    while node is not None and len(tail) < _MAX_PARTS:
        chain = plain_chain(node)
        if chain:
            return _expanded(chain, tail, scope)
        node = inner(node)
        kind = node.type
        if kind in _WORDS:
            return _expanded(text(node), tail, scope)
        if kind == "meta_property":
            return _joined("import.meta", tail)
        module = required(node) if kind == "call_expression" else ""
        if module:
            return _joined(f"{module}#*", tail)
        node = _step(node, kind, tail)
    return "".join(reversed(tail)) if node is not None else ""


def plain_chain(node: Node) -> str:
    """`a.b.c` as written where a node is nothing but that; empty otherwise. Most names are, and this is quick."""
    kind = node.type
    if kind != "identifier" and (kind != "member_expression" or node.end_byte - node.start_byte > _MAX_PLAIN):
        return ""
    raw = node.text or b""
    return raw.decode("utf-8", "replace") if _PLAIN_CHAIN.match(raw) else ""


def _expanded(chain: str, tail: list[str], scope: Scope | None) -> str:
    """A plain chain with its first name expanded, and what follows it."""
    first, dot, rest = chain.partition(".")
    source = scope.source(first) if scope else ""
    if source:
        return _joined(source, [*tail, dot + rest] if dot else tail)
    return chain + "".join(reversed(tail)) if tail else chain


def _step(node: Node, kind: str, tail: list[str]) -> Node | None:
    """The object of a member, subscript or call; what was taken off is put on the tail. None for anything else."""
    if kind == "member_expression":
        tail.append("." + text(node.child_by_field_name("property") or node))
        return node.child_by_field_name("object")
    if kind == "subscript_expression":
        tail.append(_key(node.child_by_field_name("index")))
        return node.child_by_field_name("object")
    if kind in {"call_expression", "new_expression"}:
        tail.append("()")
        return node.child_by_field_name("function") or node.child_by_field_name("constructor")
    return None


def _key(index: Node | None) -> str:
    key = literal(index) if index is not None else None
    if key is None:
        return f"[{text(index)}]" if index is not None and index.type == "number" else "[*]"
    return f".{key}" if _PLAIN.match(key) else f"[{key[:120]}]"


def _joined(base: str, tail: list[str]) -> str:
    """A base and what follows it; a member of a whole module is that export, and a call of it its default."""
    if base.endswith("#*") and tail:
        if tail[-1] == "()":
            return base[:-1] + "default" + "".join(reversed(tail))
        if tail[-1].startswith("."):
            return base[:-1] + "".join(reversed(tail))[1:]
    return base + "".join(reversed(tail))


def callee(node: Node | None, scope: Scope) -> str:
    """The dotted name of what is called; a whole module that is called stands for its default export.

    A method of something without a name (`["a"].includes`) is named by itself, after a dot.
    """
    name = dotted(node, scope)
    if not name and node is not None:
        method = inner(node).child_by_field_name("property")
        return f".{text(method)}" if method is not None else ""
    return name[:-1] + "default" if name.endswith("#*") else name


def is_rootless(name: str) -> bool:
    """Whether a name says only what is done with something that has no name (`.includes`)."""
    return name.startswith(".") and not name.startswith(("./", "../"))


def symbol_of(node: Node | None, scope: Scope) -> str:
    """How a name that stands where a string could is written: `$VAR` for an environment variable, else dotted."""
    name = dotted(node, scope)
    if name.startswith(_ENVIRONMENTS):
        variable = name.partition("env.")[2]
        return f"${variable}" if variable.isidentifier() else name
    if name == "Deno.env.get()" and node is not None:
        arguments = inner(node).child_by_field_name("arguments")
        asked = literal(arguments.named_children[0]) if arguments is not None and arguments.named_child_count else None
        return f"${asked}" if asked else name
    return name


def required(node: Node) -> str:
    """The module of `require("m")`, `import("m")` and a compiler's wrapping of them; empty for anything else."""
    for _ in range(4):
        node = inner(node)
        if node.type != "call_expression":
            return ""
        function = node.child_by_field_name("function")
        name = _loader_name(function) if function is not None else ""
        arguments = node.child_by_field_name("arguments") if name else None
        if arguments is None or not arguments.named_child_count:
            return ""
        first = arguments.named_children[0]
        if name in {"require", "import"}:
            return literal(first) or ""
        node = first
    return ""


def _loader_name(function: Node) -> str:
    """`require`, `import` or a compiler's wrapper, whatever object it hangs on; empty for any other function."""
    if function.type == "import":
        return "import"
    if function.type in {"call_expression", "subscript_expression"}:
        return ""
    name = plain_chain(inner(function)).rpartition(".")[2]
    return name if name in _WRAPPERS or name == "require" else ""


def root_module(node: Node) -> bool:
    """Whether an expression is a module or a member of one (`require("m").default.X`), without any call of its own."""
    for _ in range(_MAX_PARTS):
        node = inner(node)
        if required(node):
            return True
        below = node.child_by_field_name("object") if node.type == "member_expression" else None
        if below is None:
            return False
        node = below
    return False
