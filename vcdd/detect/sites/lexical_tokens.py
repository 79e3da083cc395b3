"""One linear regular expression per language: strings, comments, calls, brackets, commas and statement ends.

Everything else is skipped inside the expression. All repetitions are possessive or bounded, so no text makes it slow.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vcdd.detect.sites.lexical_languages import Language

_HOLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "$": r"\$\{(?:[^{}\"'\n]{1,200}+|\"[^\"\n]{0,200}+\"|'[^'\n]{0,200}+'){0,20}+\}|",
        "#": r"\#\{(?:[^{}\"'\n]{1,200}+|\"[^\"\n]{0,200}+\"|'[^'\n]{0,200}+'){0,20}+\}|",
        "\\(": r"\\\((?:[^()\"\n]{1,200}+|\"[^\"\n]{0,200}+\"|\([^()\n]{0,200}+\)){0,20}+\)|",
    }
)

# %H is the language's hole; a string that is never closed ends with its line, or with the text where it may span lines.
STRINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "double": r'"(?:%H[^"\\\n]|\\[\s\S])*+"?',
        "double_multi": r'"(?:%H[^"\\]|\\[\s\S])*+"?',
        "dollar_double": r'\$"(?:\{\{|\{(?:[^{}"\n]{1,200}+|"[^"\n]{0,200}+"){0,20}+\}|[^"\\\n]|\\[\s\S])*+"?',
        "single": r"'(?:%H[^'\\\n]|\\[\s\S])*+'?",
        "single_multi": r"'(?:[^'\\]|\\[\s\S])*+'?",
        "char": r"'(?:[^'\\\n]|\\[^\n]{1,9}?)'",
        "triple": r'"""(?:%H[^"\\]|\\[\s\S]|"(?!""))*+(?:""")?',
        "triple_single": r"'''(?:%H[^'\\]|\\[\s\S]|'(?!''))*+(?:''')?",
        "backtick": r"`[^`]*+`?",
        "verbatim": r'(?:\$@|@\$|@)"(?:[^"]|"")*+"?',
        "rust_raw": r'b?r(?P<rust>\#*+)"(?:[^"]|"(?!(?P=rust)))*+(?:"(?P=rust))?',
        "swift_raw": r'\#"(?:[^"]|"(?!\#))*+(?:"\#)?',
        "lua_long": r"\[(?P<lua>=*+)\[(?:[^\]]|\](?!(?P=lua)\]))*+(?:\](?P=lua)\])?",
        "cpp_raw": r'R"(?P<cpp>[^()\\\s"]{0,16})\((?:[^)]|\)(?!(?P=cpp)"))*+(?:\)(?P=cpp)")?',
        "heredoc": r"<<<?[~-]?[\"']?(?P<here>[A-Z_]\w*+)[\"']?[^\n]*+\n(?:[^\n]*+\n){0,200}?[ \t]*+(?P=here)\b",
        "percent": r"%[qQwWiI]?(?:\([^()]*+\)|\[[^\[\]]*+\]|\{[^{}]*+\}|<[^<>\n]*+>)",
        "sigil": r"~[a-zA-Z](?:\([^()]*+\)|\[[^\[\]]*+\]|\{[^{}]*+\}|\"[^\"\n]*+\"|\|[^|\n]*+\|)",
    }
)
_BLOCKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "/*": r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?",
        "(*": r"\(\*(?:[^*]|\*(?!\)))*+(?:\*\))?",
        "{-": r"\{-(?:[^-]|-(?!\}))*+(?:-\})?",
        "--[[": r"--\[\[(?:[^\]]|\](?!\]))*+(?:\]\])?",
        "#=": r"\#=(?:[^=]|=(?!\#))*+(?:=\#)?",
        "<#": r"<\#(?:[^\#]|\#(?!>))*+(?:\#>)?",
    }
)
# Letters that open a string when a quote follows at once (`r"…"`, `s"…"`, `L"…"`, `u8"…"`, `b'…'`).
_RAW: Final = frozenset({"rust_raw", "cpp_raw", "swift_raw", "lua_long", "verbatim"})
"""Kinds that bring their own prefix, tried first."""
_OPENERS: Final = re.escape("\"'`/#-%<~@$.:?!&\\;=")
"""Characters with which a comment, a string or a callee may begin in some language; runs of others are skipped at once."""
_PREFIX = r"(?:[A-Za-z][A-Za-z0-9]{0,2}(?=[\"']))?"


def _name(language: Language) -> str:
    separators = "|".join(re.escape(part) for part in sorted(language.separators.split(), key=len, reverse=True))
    return rf"[^\W\d][\w$]*+(?:(?:{separators})[^\W\d][\w$]*+)*+[!?]?+"


@lru_cache(maxsize=32)
def token_pattern(language: Language) -> re.Pattern[str]:
    """The pattern of one language. Each match is one token, with what is uninteresting before it.

    Groups: `c` comment, `s` string (with its prefix letters), `n` callee before an opening parenthesis, `p` bracket,
    comma or semicolon.
    """
    comments = "|".join(_BLOCKS.get(mark, rf"{re.escape(mark)}[^\n]*+") for mark in language.comments.split())
    hole = _HOLES.get(language.hole, "")
    kinds = language.strings.split()
    raw = [STRINGS[kind] for kind in kinds if kind in _RAW]
    cooked = "|".join(STRINGS[kind].replace("%H", hole) for kind in kinds if kind not in _RAW and kind != "char")
    strings = "|".join([*raw, rf"{_PREFIX}(?:{cooked})"])
    char = STRINGS["char"] + "|" if "char" in kinds else ""
    name = _name(language)
    lead = "|".join(re.escape(part) for part in sorted(language.separators.split(), key=len, reverse=True))
    generic = r"(?:(?:::)?<[^<>()\n\"';{}=]{0,80}+>)?"
    callee = rf"(?:{lead})?[$@]?{name}{generic}[ ]?(?=\()"
    opens = rf"(?:{comments})|(?:{strings})|{callee}"
    prefixed = r"[A-Za-z][A-Za-z0-9]{0,2}\#*+[\"']"
    skip = (
        rf"(?:[^\w(){{}}\[\],;{_OPENERS}]++|(?!{prefixed}){name}(?!{generic}[ ]?\()|\d[\w.]*+"
        rf"|(?!{opens})(?:{char}[^(){{}}\[\],;]))*+"
    )
    return re.compile(
        rf"{skip}(?:(?P<c>{comments})|(?P<s>{_unnamed(strings)})|(?P<n>{callee})\(|(?P<p>[()\[\]{{}},;]))"
    )


def _unnamed(strings: str) -> str:
    """The same alternatives with other group names, since a pattern may name a group once."""
    return re.sub(r"\(\?P(<|=)(rust|lua|cpp|here)", r"(?P\1\g<2>2", strings)


def tokens(language: Language, text: str) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of each token: `c`, `s`, `n` (from the callee to behind the parenthesis), or the mark."""
    # `match` from where the last one ended, never a search: a search would start again at every character of a rest
    # that holds no token.
    match_at = token_pattern(language).match
    position = 0
    while (match := match_at(text, position)) is not None:
        position = match.end()
        kind = match.lastgroup or ""
        if kind in {"c", "s"}:
            yield kind, match.start(kind), match.end()
        elif kind == "n":
            yield kind, match.start("n"), match.end()
        elif kind == "p":
            yield match["p"], match.start("p"), match.end()
