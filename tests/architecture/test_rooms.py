"""The house rules: who may import whom, no cycles, no print, and sizes worth a look."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "vcdd"

MAY_IMPORT = {
    "core": set(),
    "errors": set(),
    "settings": {"core", "errors"},
    "target": {"core", "errors"},
    "registry": {"core", "errors"},
    "hub": {"core", "errors"},
    "detect": {"core"},
    "resolve": {"core", "registry"},
    "rules": {"core", "errors"},
    "policy": {"core", "errors", "rules"},
    "questions": {"core", "rules"},
    "pricing": {"core", "errors"},
    "render": {"core", "errors"},
    "workers": {"core", "detect", "processes", "target"},
    "processes": set(),
    "values": set(),
    "whole": set(),
    "plain": set(),
    "memory": {"core", "plain", "target"},
    "instruments": {"core", "detect", "registry", "workers"},
    "reading": {"core", "detect", "instruments", "memory", "processes", "registry", "target", "workers"},
    "pipeline": {
        "core",
        "hub",
        "memory",
        "policy",
        "pricing",
        "processes",
        "questions",
        "reading",
        "registry",
        "resolve",
        "rules",
        "target",
    },
    "diff": {"core", "errors"},
    "portfolio": {
        "core",
        "errors",
        "hub",
        "pricing",
        "registry",
        "resolve",
        "render",
        "pipeline",
        "target",
        "detect",
        "rules",
        "policy",
        "settings",
        "cli",
        "instruments",
        "workers",
    },
}
"""Room to rooms it may import beside itself. `cli` and `__main__` may import everything."""

FOUNDATION = {"values", "whole"}
"""What every room stands on; it imports none."""

OUTSIDE = {
    "core": set(),
    "errors": set(),
    "detect": {
        "tree_sitter",
        "tree_sitter_javascript",
        "tree_sitter_typescript",
        "tree_sitter_python",
        "yaml",
        "tomli",
        "ahocorasick_rs",
        "packaging",
        "pyjson5",
    },
    "render": {"jinja2", "markupsafe", "rich", "pydantic", "tomli", "markdown_it"},
    "rules": {"tomli"},
    "policy": {"tomli"},
    "questions": {"tomli"},
    "resolve": {"tomli"},
}
"""Third-party packages of the rooms that may know few."""


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(ROOT.rglob("*.py")):
        room = path.relative_to(ROOT).parts[0].removesuffix(".py")
        yield room, path


@cache
def parsed(path: Path) -> ast.Module:
    """Each file is parsed once for all tests of this file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "vcdd")


def is_hand_run(path: Path) -> bool:
    """Scripts that build data files are run by hand and may read anything."""
    return path.name.startswith("build_")


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_what_its_door_allows(room: str) -> None:
    for name, path in modules():
        if name != room or is_hand_run(path):
            continue
        for target in imports(path):
            parts = target.split(".")
            if parts[0] != "vcdd" or len(parts) < 2 or parts[1] == "__version__":
                continue
            assert parts[1] in {room, *FOUNDATION, *MAY_IMPORT[room]}, f"{path.relative_to(ROOT)} imports {target}"


@pytest.mark.parametrize("room", sorted(OUTSIDE))
def test_a_room_knows_only_its_libraries(room: str) -> None:
    import sys

    for name, path in modules():
        if name != room or is_hand_run(path):
            continue
        for target in imports(path):
            top = target.partition(".")[0]
            known = top in sys.stdlib_module_names or top == "vcdd" or top in OUTSIDE[room]
            assert known, f"{path.relative_to(ROOT)} imports {target}"


def test_every_room_has_a_line_in_the_table() -> None:
    rooms = {room for room, _ in modules()} - {"cli", "__main__", "__init__"}
    assert rooms <= set(MAY_IMPORT)


def test_nothing_prints_outside_the_command_line() -> None:
    for room, path in modules():
        if room in ("cli", "__main__") or is_hand_run(path):
            continue
        calls = (n.func for n in ast.walk(parsed(path)) if isinstance(n, ast.Call))
        assert not any(isinstance(f, ast.Name) and f.id == "print" for f in calls), path


def test_every_module_says_what_it_is_for() -> None:
    for _, path in modules():
        assert ast.get_docstring(parsed(path)), path


def test_no_file_is_too_long_to_read() -> None:
    long = {
        str(p.relative_to(ROOT)): n
        for _, p in modules()
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert not long


def test_no_function_is_too_long_to_read() -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for _, path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, kinds) and (node.end_lineno or 0) - node.lineno > 90
    ]
    assert not long


def test_imports_at_the_top_make_no_cycle() -> None:
    graph = {dotted(path): top_imports(path) for _, path in modules()}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " → ".join((*above, name))
        if name not in done:
            for target in graph.get(name, ()):
                visit(target, (*above, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")


def top_imports(path: Path) -> set[str]:
    """Modules of ours imported at the top of a file; type-checking blocks and lazy imports do not count."""
    found = set()
    for node in parsed(path).body:
        if isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").startswith("vcdd."):
            package = ROOT.parent.joinpath(*str(node.module).split("."))
            for alias in node.names:
                is_module = package.is_dir() and (package / f"{alias.name}.py").exists()
                found.add(f"{node.module}.{alias.name}" if is_module else str(node.module))
    return found
