"""The walk over a Python syntax tree: an explicit stack, so that depth is bounded by memory and not by recursion.

Each stacked pair is a node and the chain of frames around it, innermost first. A handler pushes the node's children
with the chain they stand in; literals and names become sites.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping

from vcdd.core.site import Frame, FrameKind, Site
from vcdd.core.source_file import SourceFile
from vcdd.detect.sites.multiline import line_items
from vcdd.detect.sites.python_commands import COMMAND_NAMES, PROCESSES, command_sites_of, process_sites
from vcdd.detect.sites.python_text import (
    AFFIXES,
    PASSING,
    alternatives,
    class_in,
    composed,
    dotted,
    env_name,
    given_name,
    labels_of,
    looks_into,
    passed_on,
    symbol_of,
    unset_name,
)

Chain = tuple[Frame, ...]
Pairs = Iterable[tuple[ast.AST | None, Chain]]

_SYMBOL_PLACES = frozenset(
    {
        FrameKind.CALL,
        FrameKind.KEYWORD,
        FrameKind.PARAMETER,
        FrameKind.ASSIGN,
        FrameKind.FIELD,
        FrameKind.ENUM,
        FrameKind.KEY,
        FrameKind.ITEM,
        FrameKind.FALLBACK,
        FrameKind.BRANCH,
        FrameKind.RETURN,
    }
)
"""Places where a name is worth a site of its own, because a string could stand there."""

_TESTS = frozenset(
    [
        "startswith",
        "endswith",
        "find",
        "rfind",
        "index",
        "count",
        "removeprefix",
        "removesuffix",
        "split",
        "rsplit",
        "replace",
        "strip",
    ]
)
"""String methods that look into a string: their arguments are parts, not values."""
_ENUMS = ("Enum", "Choices", "Flag")
"""Ends of the names of enumerations, Django's `TextChoices` among them."""
_DEFAULTING = frozenset(["get", "getenv", "getattr", "pop", "setdefault"])
"""Calls of the form f(name, default) in the standard library and everything that imitates it."""

_ANNOTATION = Frame(FrameKind.TYPE)
"""An annotation: its names are no values; a `Literal` inside brings its own frame."""
_DOCSTRING = Frame(FrameKind.DOCSTRING)
_BRANCH = Frame(FrameKind.BRANCH)
_PROGRAM = Frame(FrameKind.BRANCH, "__main__")
_RETURN = Frame(FrameKind.RETURN)
_FORMAT = Frame(FrameKind.FORMAT)
_PART = Frame(FrameKind.COMPARE, labels=("in",))


def walk(tree: ast.Module, source: SourceFile, aliases: Mapping[str, str]) -> list[Site]:
    """Sites of strings and of names that stand where strings could, in order of the walk."""
    return _Walk(source, aliases).run(tree)


class _Walk:
    """One walk over one tree."""

    def __init__(self, source: SourceFile, aliases: Mapping[str, str]) -> None:
        self._source = source
        self._aliases = aliases
        self._lines: list[str] | None = None
        self._sites: list[Site] = []
        self._stack: list[tuple[ast.AST, Chain]] = []
        self._handlers: dict[type, Callable[..., None]] = {
            ast.AnnAssign: self._annotated,
            ast.Assign: self._assign,
            ast.AsyncFunctionDef: self._function,
            ast.Attribute: self._name,
            ast.AugAssign: self._augmented,
            ast.BinOp: self._sum,
            ast.BoolOp: self._bool,
            ast.Call: self._call,
            ast.ClassDef: self._class,
            ast.Compare: self._compare,
            ast.Constant: self._constant,
            ast.Dict: self._dict,
            ast.AsyncFor: self._for,
            ast.Expr: self._expression,
            ast.For: self._for,
            ast.GeneratorExp: self._comprehension,
            ast.ListComp: self._comprehension,
            ast.FunctionDef: self._function,
            ast.If: self._if,
            ast.IfExp: self._conditional,
            ast.JoinedStr: self._joined,
            ast.Lambda: self._function,
            ast.List: self._items,
            ast.match_case: self._arm,
            ast.MatchValue: self._case,
            ast.Name: self._name,
            ast.NamedExpr: self._named,
            ast.Return: self._return,
            ast.Set: self._items,
            ast.Subscript: self._subscript,
            ast.Tuple: self._items,
        }

    def run(self, tree: ast.Module) -> list[Site]:
        """Walk everything."""
        self._stack.append((tree, ()))
        while self._stack:
            node, chain = self._stack.pop()
            handler = self._handlers.get(type(node))
            if handler is not None:
                handler(node, chain)
            else:
                self._push((child, chain) for child in ast.iter_child_nodes(node))
        return self._sites

    def _push(self, pairs: Pairs) -> None:
        self._stack.extend(reversed([(node, chain) for node, chain in pairs if node is not None]))

    # -- definitions ---------------------------------------------------------------------------------------------

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, chain: Chain) -> None:
        name = getattr(node, "name", "<lambda>")
        arguments = node.args
        positional = [*arguments.posonlyargs, *arguments.args]
        names = tuple(argument.arg for argument in [*positional, *arguments.kwonlyargs])
        types = tuple(class_in(argument.annotation, self._aliases) for argument in [*positional, *arguments.kwonlyargs])
        own = Frame(FrameKind.FUNCTION, name, bases=types if any(types) else (), labels=names, line=node.lineno)
        inside = (own, *chain)
        offset = len(positional) - len(arguments.defaults)
        pairs: list[tuple[ast.AST | None, Chain]] = [(d, chain) for d in getattr(node, "decorator_list", [])]
        for index, argument in enumerate([*positional, *arguments.kwonlyargs]):
            frames = (Frame(FrameKind.PARAMETER, argument.arg, index), *inside)
            pairs.append((argument.annotation, (_ANNOTATION, *frames)))
            if index < len(positional):
                default = arguments.defaults[index - offset] if index >= offset else None
            else:
                default = arguments.kw_defaults[index - len(positional)]
            pairs.append((default, frames))
        body = node.body if isinstance(node.body, list) else [ast.Return(value=node.body)]
        self._push([*pairs, *((statement, inside) for statement in body)])

    def _class(self, node: ast.ClassDef, chain: Chain) -> None:
        bases = [symbol_of(base, self._aliases) for base in node.bases]
        bases += [dotted(d.func if isinstance(d, ast.Call) else d, self._aliases) for d in node.decorator_list]
        inside = (Frame(FrameKind.CLASS, node.name, bases=tuple(filter(None, bases)), line=node.lineno), *chain)
        pairs: list[tuple[ast.AST | None, Chain]] = [(keyword.value, chain) for keyword in node.keywords]
        pairs += [(decorator, chain) for decorator in node.decorator_list]
        self._push([*pairs, *((statement, inside) for statement in node.body)])

    # -- assignments ---------------------------------------------------------------------------------------------

    def _assign(self, node: ast.Assign, chain: Chain) -> None:
        target = node.targets[0]
        if isinstance(target, ast.Name) and target.id.lower() in COMMAND_NAMES:
            self._sites.extend(command_sites_of(node.value, self._source, chain))
        if (
            isinstance(target, ast.Tuple)
            and isinstance(node.value, ast.Tuple)
            and len(target.elts) == len(node.value.elts)
        ):
            pairs = zip(target.elts, node.value.elts, strict=True)
            self._push((value, self._target(each, chain, node)) for each, value in pairs)
        else:
            self._push((node.value, self._target(each, chain, node)) for each in node.targets)

    def _for(self, node: ast.For | ast.AsyncFor, chain: Chain) -> None:
        """The variable of a loop takes each item in turn."""
        name = dotted(node.target, {})
        taken = (Frame(FrameKind.ASSIGN, name, line=node.lineno), *chain) if name else chain
        if isinstance(node.body[0], ast.If) and looks_into(node.body[0].test, name):
            taken = (_PART, *chain)
        self._push([(node.iter, taken), *((statement, chain) for statement in (*node.body, *node.orelse))])

    def _annotated(self, node: ast.AnnAssign, chain: Chain) -> None:
        frames = self._target(node.target, chain, node)
        self._push([(node.annotation, (_ANNOTATION, *frames)), (node.value, frames)])

    def _augmented(self, node: ast.AugAssign, chain: Chain) -> None:
        self._push([(node.value, self._target(node.target, chain, node))])

    def _named(self, node: ast.NamedExpr, chain: Chain) -> None:
        self._push([(node.value, self._target(node.target, chain, node))])

    def _target(self, target: ast.AST, chain: Chain, node: ast.stmt | ast.expr) -> Chain:
        """The frames of an assignment: a field or enum member right under a class, a key for `x["k"] = …`."""
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
            outer = Frame(FrameKind.ASSIGN, dotted(target.value, {}), line=node.lineno)
            return (Frame(FrameKind.KEY, str(target.slice.value)), outer, *chain)
        kind = FrameKind.ASSIGN
        if chain and chain[0].kind is FrameKind.CLASS:
            is_enum = any(base.endswith(_ENUMS) for base in chain[0].bases)
            kind = FrameKind.ENUM if is_enum else FrameKind.FIELD
        return (Frame(kind, dotted(target, {}), line=node.lineno), *chain)

    # -- expressions ---------------------------------------------------------------------------------------------

    def _call(self, node: ast.Call, chain: Chain) -> None:
        callee = dotted(node.func, self._aliases)
        variable = env_name(node, self._aliases)
        root = callee.partition(".")[0]
        if variable:
            self._site(node, chain, symbol=f"${variable}")
            return
        if callee in PASSING and (passed := passed_on(node, self._aliases)) is not None:
            self._call(passed, chain)
            return
        if composed(node, self._aliases):
            self._joined(node, chain)
        if callee in PROCESSES:
            self._sites.extend(process_sites(node, self._source, chain))
        labels = labels_of(node, self._aliases)
        if callee and ((callee != root) or (chain and chain[0].kind in _SYMBOL_PLACES)):
            made = Frame(FrameKind.CALL, callee, labels=labels, line=node.lineno)
            self._site(node, (made, *chain), symbol=f"{callee}()")
        arguments = [
            (argument, self._argument(node, callee, labels, index, chain)) for index, argument in enumerate(node.args)
        ]
        keywords = []
        for keyword in node.keywords:
            call = Frame(FrameKind.CALL, callee, labels=labels, line=node.lineno)
            named = (Frame(FrameKind.KEYWORD, keyword.arg or "**"), call, *chain)
            if keyword.arg == "default" and node.args and callee.rpartition(".")[2] in _DEFAULTING:
                named = (Frame(FrameKind.FALLBACK, labels[0] if labels else ""), *named)
            keywords.append((keyword.value, named))
        inner = node.func.value if isinstance(node.func, ast.Attribute) else None
        self._push([(inner if not isinstance(inner, ast.Name) else None, chain), *arguments, *keywords])

    def _argument(self, node: ast.Call, callee: str, labels: tuple[str, ...], index: int, chain: Chain) -> Chain:
        frames = (Frame(FrameKind.CALL, callee, index, len(node.args), labels=labels, line=node.lineno), *chain)
        method = callee.rpartition(".")[2] if callee else getattr(node.func, "attr", "")
        if method in _TESTS or (method == "get" and index == 0):
            return (Frame(FrameKind.COMPARE, callee.rpartition(".")[0]), *frames)
        if method in _DEFAULTING and index == len(node.args) - 1 and index > 0:
            return (Frame(FrameKind.FALLBACK, labels[0] if labels else ""), *frames)
        return frames

    def _dict(self, node: ast.Dict, chain: Chain) -> None:
        size = len(node.values)
        itself = (Frame(FrameKind.KEY_ITSELF, size=size, line=node.lineno), *chain)
        pairs: list[tuple[ast.AST | None, Chain]] = []
        for index, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
            if key is None:
                pairs.append((value, chain))
                continue
            pairs.append((key, itself))
            name = str(key.value) if isinstance(key, ast.Constant) else dotted(key, self._aliases)
            pairs.append((value, (Frame(FrameKind.KEY, name[:120], index, size, line=node.lineno), *chain)))
        self._push(pairs)

    def _items(self, node: ast.List | ast.Tuple | ast.Set, chain: Chain) -> None:
        size = len(node.elts)
        self._push(
            (element, (Frame(FrameKind.ITEM, "", index, size, line=node.lineno), *chain))
            for index, element in enumerate(node.elts)
        )

    def _bool(self, node: ast.BoolOp, chain: Chain) -> None:
        first = node.values[0]
        asked = symbol_of(first, self._aliases)
        kind = FrameKind.FALLBACK if isinstance(node.op, ast.Or) else FrameKind.BRANCH
        self._push((value, (_BRANCH if value is first else Frame(kind, asked), *chain)) for value in node.values)

    def _conditional(self, node: ast.IfExp, chain: Chain) -> None:
        """Both arms stand in a BRANCH; one that is taken when the name in the other is unset, in a FALLBACK."""
        unset, given = unset_name(node.test, self._aliases), given_name(node.test, self._aliases)
        body = orelse = (_BRANCH, *chain)
        if given and symbol_of(node.body, self._aliases).lstrip("$").startswith(given.lstrip("$")):
            orelse = (Frame(FrameKind.FALLBACK, given), *chain)
        elif unset and symbol_of(node.orelse, self._aliases) == unset:
            body = (Frame(FrameKind.FALLBACK, unset), *chain)
        self._push([(node.test, chain[1:] if chain else ()), (node.body, body), (node.orelse, orelse)])

    def _comprehension(self, node: ast.GeneratorExp | ast.ListComp, chain: Chain) -> None:
        """The items of `any(name.startswith(x) for x in LIST)` and `any(x in name for x in LIST)` are parts of names."""
        first, *others = node.generators
        name = dotted(first.target, {})
        is_asked = bool(chain) and chain[0].kind is FrameKind.CALL and chain[0].name == "any"
        is_part = looks_into(node.elt, name, contained=is_asked) or any(looks_into(test, name) for test in first.ifs)
        pairs = [(first.iter, (_PART, *chain) if is_part else chain)]
        self._push([*pairs, *((each, chain) for each in (*first.ifs, node.elt, *others))])

    def _if(self, node: ast.If, chain: Chain) -> None:
        """Bodies stand in a BRANCH, or in a FALLBACK where the test says that a name is unset there."""
        unset, given = unset_name(node.test, self._aliases), given_name(node.test, self._aliases)
        name = symbol_of(node.test.left, self._aliases) if isinstance(node.test, ast.Compare) else ""
        branch = (Frame(FrameKind.BRANCH, name), *chain)
        if name == "__name__":
            inside, other = (_PROGRAM, *chain), chain
        elif unset:
            inside, other = (Frame(FrameKind.FALLBACK, unset), *chain), chain
        elif given:
            inside, other = branch, (Frame(FrameKind.FALLBACK, given), *chain)
        else:
            inside = other = branch
        body = ((statement, inside) for statement in node.body)
        self._push([(node.test, chain), *body, *((statement, other) for statement in node.orelse)])

    def _compare(self, node: ast.Compare, chain: Chain) -> None:
        sides = [node.left, *node.comparators]
        names = [symbol_of(side, self._aliases) for side in sides]
        other = next((name for name in names if name), "")
        exact = all(isinstance(operator, ast.Eq | ast.NotEq) for operator in node.ops)
        for index, side in enumerate(sides):
            part = index == 0 and not exact
            frame = Frame(FrameKind.COMPARE, other, labels=("in",) if part else ("==",), line=node.lineno)
            self._push([(side, (frame, *chain))])

    def _arm(self, node: ast.match_case, chain: Chain) -> None:
        inside = (_BRANCH, *chain)
        self._push([(node.pattern, chain), (node.guard, chain), *((statement, inside) for statement in node.body)])

    def _case(self, node: ast.MatchValue, chain: Chain) -> None:
        self._push([(node.value, (Frame(FrameKind.COMPARE, labels=("==",)), *chain))])

    def _subscript(self, node: ast.Subscript, chain: Chain) -> None:
        name = dotted(node.value, self._aliases)
        if env_name(node, self._aliases):
            self._site(node, chain, symbol=f"${env_name(node, self._aliases)}")
        elif name.rpartition(".")[2] == "Literal":
            members = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            self._push(
                (member, (Frame(FrameKind.TYPE, "", index, len(members), line=node.lineno), *chain))
                for index, member in enumerate(members)
            )
        else:
            self._name(node, chain)
            self._push([(node.slice, (Frame(FrameKind.SUBSCRIPT, name), *chain))])

    def _return(self, node: ast.Return, chain: Chain) -> None:
        self._push([(node.value, (_RETURN, *chain))])

    def _expression(self, node: ast.Expr, chain: Chain) -> None:
        is_string = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        self._push([(node.value, (_DOCSTRING, *chain) if is_string else chain)])

    # -- leaves --------------------------------------------------------------------------------------------------

    def _name(self, node: ast.expr, chain: Chain) -> None:
        name = symbol_of(node, self._aliases)
        if name and chain and (chain[0].kind in _SYMBOL_PLACES or _is_part(chain)):
            self._site(node, chain, symbol=name)
        elif not name and isinstance(node, ast.Attribute | ast.Subscript):
            self._push([(node.value, chain)])

    def _constant(self, node: ast.Constant, chain: Chain) -> None:
        if not isinstance(node.value, str) or not node.value:
            return
        if _is_type(chain):
            return  # a forward reference (PEP 484) names a class
        docstring = bool(chain) and chain[0].kind is FrameKind.DOCSTRING
        if not docstring and "\n" in node.value:
            for line, column, text, item in line_items(node.value, node.lineno, node.col_offset + 1):
                self._add(text, line, column, (item, *chain))
        self._add(node.value, node.lineno, self._column(node), chain)

    def _joined(self, node: ast.expr, chain: Chain) -> None:
        texts = alternatives(node, self._aliases)
        for text in texts:
            self._add(text, node.lineno, self._column(node), chain, composed=True)
        if isinstance(node, ast.JoinedStr) and len(texts) == 1:
            inner = (value.value for value in node.values if isinstance(value, ast.FormattedValue))
            self._push((value, (_FORMAT, *chain)) for value in inner if not isinstance(value, ast.Name | ast.Attribute))

    def _sum(self, node: ast.BinOp, chain: Chain) -> None:
        for text in filter(None, texts := alternatives(node, self._aliases)):
            self._add(text, node.lineno, self._column(node), chain, composed=True)
        if not any(texts):
            self._push([(node.left, chain), (node.right, chain)])

    def _site(self, node: ast.expr, chain: Chain, *, symbol: str) -> None:
        self._add("", node.lineno, self._column(node), chain, symbol=symbol)

    def _column(self, node: ast.expr) -> int:
        """1-based code-point column; `ast` counts UTF-8 bytes."""
        if self._lines is None:
            self._lines = self._source.text.split("\n")
        line = self._lines[node.lineno - 1] if node.lineno <= len(self._lines) else ""
        if line.isascii():
            return node.col_offset + 1
        return len(line.encode("utf-8", "replace")[: node.col_offset].decode("utf-8", "ignore")) + 1

    def _add(
        self, text: str, line: int, column: int, chain: Chain, *, symbol: str = "", composed: bool = False
    ) -> None:
        self._sites.append(
            Site(
                path=self._source.path,
                line=line + self._source.offset_lines,
                column=column,
                text=text,
                symbol=symbol,
                frames=chain,
                reader="python",
                composed=composed,
            )
        )


def _is_type(chain: Chain) -> bool:
    """Whether this is an annotation or stands in one's brackets; a `Literal` has a frame of its own."""
    around = next((frame for frame in chain if frame.kind not in (FrameKind.SUBSCRIPT, FrameKind.ITEM)), None)
    return around is _ANNOTATION


def _is_part(chain: Chain) -> bool:
    """Whether what stands here says how names begin, end or go on: a list of ids that does is no list of models."""
    if chain[0].kind is not FrameKind.COMPARE or len(chain) == 1:
        return chain[0] is _PART
    return chain[0] is _PART or (chain[1].kind is FrameKind.CALL and chain[1].name.rpartition(".")[2] in AFFIXES)
