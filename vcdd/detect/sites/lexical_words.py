"""Words and operators that most of the lexically read languages share, by what they say of a string beside them."""

from __future__ import annotations

import re
from typing import Final

ASSIGNS: Final = frozenset({"=", ":=", "<-", "+=", ".=", "||=", "??=", "\\\\"})
COMPARES: Final = frozenset({"==", "!=", "===", "!==", "=~", "~=", "eq", "ne"})
"""`<>` is left out: it joins strings in Elixir."""
ARROWS: Final = frozenset({"=>", "->"})
OPERATORS: Final = (
    ASSIGNS
    | COMPARES
    | ARROWS
    | {":", "?", "??", "?:", "||", "//", "|", "+", "++", "<>", "..", ".", "&", "*", "!", "^", "%", "%||%"}
)
"""Everything that may stand before a string; the longest that fits is taken."""

SKIPPED: Final = frozenset(
    {
        "new",
        "await",
        "try",
        "mut",
        "ref",
        "const",
        "val",
        "var",
        "yield",
        "throw",
        "throws",
        "raise",
        "not",
        "in",
        "is",
        "as",
        "when",
        "then",
    }
)
"""Words between a string and what says where it stands. `when` and `in` are handled before where they compare."""
CONTROL: Final = frozenset(
    {
        "if",
        "else",
        "elseif",
        "elif",
        "for",
        "foreach",
        "while",
        "switch",
        "match",
        "when",
        "case",
        "catch",
        "try",
        "do",
        "loop",
        "unless",
        "until",
        "guard",
        "select",
        "with",
        "using",
        "lock",
        "synchronized",
        "return",
        "await",
        "throw",
        "typeof",
        "sizeof",
        "assert",
        "defer",
        "go",
        "and",
        "or",
        "not",
        "in",
        "is",
    }
)
"""Words before `(` or `{` that are no callee and define nothing."""
FUNCTIONS: Final = "func|fn|fun|def|defp|defmacro|function|sub|proc|method|init|constructor"
CLASSES: Final = "class|struct|interface|trait|impl|enum|object|protocol|extension|record|defmodule|actor|mixin"

# Last part of a callee, lower case without underscores: what it does with a string among its arguments.
EXACT_TESTS: Final = frozenset(
    {
        "equals",
        "equalsignorecase",
        "equalfold",
        "eq",
        "eql",
        "compareto",
        "is",
        "iequals",
        "strcmp",
        "strcasecmp",
    }
)
PART_TESTS: Final = frozenset(
    {
        "contains",
        "startswith",
        "endswith",
        "hasprefix",
        "hassuffix",
        "include",
        "include?",
        "includes",
        "indexof",
        "lastindexof",
        "match",
        "match?",
        "matches",
        "startwith",
        "startwith?",
        "endwith",
        "endwith?",
        "strpos",
        "strstr",
        "strcontains",
        "strstartswith",
        "strendswith",
        "trimprefix",
        "trimsuffix",
        "contains?",
        "startswith?",
        "endswith?",
        "split",
        "replace",
        "replaceall",
        "gsub",
        "sub",
        "find",
        "test",
        "isprefix",
        "matchesregex",
        "regex",
    }
)
DEFAULTING: Final = frozenset(
    {
        "getordefault",
        "getorelse",
        "get",
        "fetch",
        "getproperty",
        "getenv",
        "getenvordefault",
        "env",
        "getstring",
        "getvalue",
        "getordef",
        "or",
        "coalesce",
        "setdefault",
        "lookupordefault",
        "firstnonempty",
        "defaultifempty",
        "option",
        "envor",
        "getenvor",
        "config",
    }
)
"""f(name, default): the last of several arguments stands in for the others."""
ALTERNATIVES: Final = frozenset(
    {
        "unwrapor",
        "unwraporelse",
        "orelse",
        "orelseget",
        "getorelse",
        "ordefault",
        "valueor",
        "ifblank",
        "ifempty",
        "defaultifblank",
        "presenceor",
    }
)
"""receiver.f(default)."""
ENVIRONMENTS: Final = re.compile(
    r"(?:^|\.)(?:(?:os|std|system|process|env|dotenv|environment)\.)*"
    r"(?:getenv|lookupenv|env\.var|env\.var_os|env\.fetch|getenvironmentvariable|get_env|fetch_env!?|env|secure_getenv|option_env!|env!)\Z",
    re.IGNORECASE,
)
ENVIRONMENT_TABLES: Final = re.compile(
    r"(?:^|\.)(?:ENV|_ENV|_SERVER|environment|Platform\.environment|Sys\.environment)\Z"
)


def last_part(callee: str) -> str:
    """The last part of a callee as written."""
    return callee.rpartition(".")[2]


def method_of(callee: str) -> str:
    """The last part of a callee in lower case without underscores and trailing marks of macros."""
    return callee.rpartition(".")[2].lower().replace("_", "")
