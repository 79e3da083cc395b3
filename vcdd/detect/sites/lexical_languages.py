"""What the lexical reader knows of each language: quotes, comments, separators and words. Data, one row per language.

Sources: the lexical chapter of each language's reference. A language without a row is read as `plain`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from vcdd.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language as the lexer sees it."""

    name: str
    suffixes: str
    """File suffixes without the dot, separated by spaces."""
    comments: str = "// /*"
    """Comment marks; `/*`, `(*`, `{-`, `--[[`, `#=` and `<#` are closed by their counterpart, others by line ends."""
    strings: str = "double char"
    """Kinds of string literal, in the order in which they are tried (`lexical_tokens.STRINGS`)."""
    hole: str = ""
    """How a string takes in an expression: `$`, `#`, `\\(`, `{` (only in strings marked by `$`), or not at all."""
    separators: str = "."
    """What joins the parts of a name, separated by spaces; all are written `.` in frames."""
    joins: str = "+"
    """Operators that put strings together, separated by spaces; `juxtaposed` when none is needed, `juxtaposed-in-line` when
    none is needed on one line."""
    alternatives: str = "?? ||"
    """Operators whose right side stands in for an unset left one."""
    type_after_name: bool = False
    """Whether `var x string = …` has the type behind the name without a colon."""
    braces_are_values: bool = True
    """Whether `{…}` after `=`, `(` or `,` is a list or table rather than code."""
    typed_braces: str = ""
    """When `Type{…}` is a value: `touching` the type, `spaced` from it too, or only after `new`; empty for never."""
    indented: bool = False
    """Whether definitions end with a word (`end`), so that nesting is taken from indentation."""
    symbols: bool = False
    """`:name` is a value of its own."""
    bare_calls: bool = False
    """Whether `f "x"` is a call."""


_ROWS: Final = (
    Language(
        name="go",
        suffixes="go",
        typed_braces="touching",
        strings="backtick double char",
        type_after_name=True,
        alternatives="",
    ),
    Language(
        name="rust",
        suffixes="rs",
        strings="rust_raw double_multi char",
        typed_braces="spaced",
        separators=". ::",
        alternatives="",
    ),
    Language(name="java", suffixes="java", strings="triple double char", separators=". ::", typed_braces="new"),
    Language(name="groovy", suffixes="groovy gradle", strings="triple double single", hole="$", bare_calls=True),
    Language(
        name="kotlin",
        suffixes="kt kts",
        strings="triple double char",
        hole="$",
        separators=". ?. !!. ::",
        alternatives="?:",
        braces_are_values=False,
    ),
    Language(
        name="scala",
        suffixes="scala sc",
        strings="triple double char",
        hole="$",
        alternatives="",
        braces_are_values=False,
    ),
    Language(
        name="csharp",
        suffixes="cs vb",
        strings="triple verbatim dollar_double double char",
        typed_braces="new",
        hole="{",
        separators=". ?. ::",
    ),
    Language(
        name="ruby",
        suffixes="rb rake cr",
        symbols=True,
        comments="#",
        strings="heredoc percent double_multi single_multi",
        hole="#",
        separators=". &. ::",
        joins="+ juxtaposed-in-line",
        alternatives="|| or",
        indented=True,
        bare_calls=True,
    ),
    Language(
        name="php",
        suffixes="php",
        comments="// # /*",
        strings="heredoc double_multi single_multi",
        hole="$",
        separators="-> ?-> :: \\",
        joins=".",
        alternatives="?? ?: || or",
        braces_are_values=False,
    ),
    Language(
        name="swift",
        suffixes="swift",
        strings="swift_raw triple double",
        hole="\\(",
        separators=". ?. !.",
        braces_are_values=False,
    ),
    Language(
        name="dart",
        suffixes="dart",
        strings="triple triple_single double single",
        hole="$",
        separators=". ?. !.",
        joins="+ juxtaposed",
    ),
    Language(
        name="c",
        suffixes="c cc cpp cxx cu cuh h hh hpp hxx m mm sol zig",
        strings="cpp_raw double char",
        typed_braces="touching",
        separators=". -> ::",
        joins="+ juxtaposed",
        alternatives="?:",
    ),
    Language(
        name="elixir",
        suffixes="ex exs erl",
        symbols=True,
        comments="#",
        strings="triple sigil double_multi single_multi",
        hole="#",
        joins="<>",
        alternatives="|| or",
        indented=True,
        bare_calls=True,
    ),
    Language(
        name="lua",
        suffixes="lua",
        comments="--[[ --",
        strings="lua_long double single",
        separators=". :",
        joins="..",
        alternatives="or",
        indented=True,
        bare_calls=True,
    ),
    Language(
        name="perl",
        suffixes="pl pm",
        comments="#",
        strings="double_multi single_multi",
        hole="$",
        separators="-> ::",
        joins=".",
        alternatives="|| // or",
    ),
    Language(
        name="powershell",
        suffixes="ps1 psm1",
        comments="<# #",
        strings="double_multi single_multi",
        hole="$",
        separators=". ::",
        bare_calls=True,
    ),
    Language(
        name="r",
        suffixes="r jl nim",
        comments="#= #",
        strings="triple double_multi single_multi",
        hole="$",
        separators=". :: $",
        alternatives="%||% ||",
    ),
    Language(name="haskell", suffixes="hs elm ml fs", comments="-- {- (* //", strings="triple double", joins="++ <> ^"),
    Language(name="lisp", suffixes="clj cljs el", comments=";", strings="double_multi", joins="", alternatives=""),
    Language(name="fortran", suffixes="f90", comments="!", strings="double single", joins="//"),
)

_PLAIN: Final = Language(name="plain", suffixes="", strings="double single")

_BY_SUFFIX: Final[Mapping[str, Language]] = MappingProxyType(
    {suffix: row for row in _ROWS for suffix in row.suffixes.split()}
)


def language_of(path: str) -> Language:
    """The row for a file name; `plain` when there is none."""
    return _BY_SUFFIX.get(path.rpartition(".")[2].lower(), _PLAIN)
