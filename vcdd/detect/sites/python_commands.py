"""Commands that Python code runs: the words of `subprocess.run(["ollama", "pull", …])`, the text of `os.system("…")`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from vcdd.detect.sites.python_text import composed, dotted
from vcdd.detect.sites.sheet import sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import Frame, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Sheet
    from vcdd.detect.sites.words import Word

PROCESSES = frozenset(
    [f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen", "getoutput")]
    + ["os.system", "os.popen", "asyncio.create_subprocess_shell", "asyncio.create_subprocess_exec"]
)
"""Calls of the standard library that start a program."""


COMMAND_NAMES = frozenset(("cmd", "cmds", "command", "commands", "shell_command", "shell_cmd"))
"""Names of variables that hold a command."""


def command_sites_of(value: ast.expr, source: SourceFile, outer: tuple[Frame, ...]) -> Iterator[Site]:
    """The sites of the command that a variable of such a name holds, where a list or a text spells more than one word of it."""
    words = value.elts if isinstance(value, ast.List) else _text(value).split()
    if len(words) > 1:
        call = ast.Call(func=ast.Name("run"), args=[value], keywords=[])
        yield from process_sites(call, source, outer)


def process_sites(node: ast.Call, source: SourceFile, outer: tuple[Frame, ...]) -> Iterator[Site]:
    """The sites of the command that this call starts; none where its words are not written out."""
    from vcdd.detect.sites.shell import script_sites, words_sites  # noqa: PLC0415 -- slow import: six readers' parts

    sheet = sheet_of(source, "python")
    first = node.args[0] if node.args else None
    if isinstance(first, ast.List | ast.Tuple):
        yield from words_sites(sheet, [_word(sheet, item) for item in first.elts if _is_text(item)], outer)
    elif first is not None and _is_text(first) and len(node.args) == 1:
        word = _word(sheet, first)
        yield from script_sites(sheet, word.text.replace("\n", " "), word.inner, outer)
    elif node.args:
        yield from words_sites(sheet, [_word(sheet, item) for item in node.args if _is_text(item)], outer)


def _is_text(node: ast.AST) -> bool:
    return bool(_text(node))


def _text(node: ast.AST) -> str:
    """A word as a shell would see it: names, and the parts of an f-string that are names, are its variables."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.Name | ast.Attribute):
        name = dotted(node, {})
        return f"${{{name}}}" if name else ""
    return composed(node, {}).replace("{", "${") if isinstance(node, ast.JoinedStr) else ""


def _word(sheet: Sheet, node: ast.expr) -> Word:
    """A literal as a word of a command. `ast` counts columns in UTF-8 bytes."""
    from vcdd.detect.sites.words import Word  # noqa: PLC0415

    begin = sheet.starts[node.lineno - 1]
    line = sheet.text[begin : begin + node.col_offset]
    start = begin + len(line.encode("utf-8", "replace")[: node.col_offset].decode("utf-8", "ignore"))
    return Word(text=_text(node), start=start, inner=start + 1, quote='"')
