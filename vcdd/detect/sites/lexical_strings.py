"""Values of string literals as the lexer found them: prefix and quotes off, escapes decoded, holes named."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from vcdd.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vcdd.detect.sites.lexical_languages import Language

_OPENING = re.compile(
    r"(?P<heredoc><<<?[~-]?[\"']?\w+[\"']?[^\n]*\n)|(?P<percent>%[qQwWiI]?[(\[{<]|~[A-Za-z][(\[{\"|])"
    r"|(?P<prefix>[A-Za-z0-9]{0,3}|[$@]{1,2})(?P<quote>\"\"\"|'''|#*\"|'|`|\[=*\[|\((?=\)))"
)
_CPP_RAW = re.compile(r'R"([^()\\\s"]{0,16})\(([\s\S]*?)(?:\)\1"?|\Z)')
# Escapes that most of the languages share; what is none of them is left as it stands.
_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([ntr0\"'`\\$/]))")
_SINGLE: Final = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
_PLAIN = re.compile(r"[$@]?[A-Za-z_][\w.?!]*(?:(?:->|::)\w+)*\Z")
_HOLES: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "$": re.compile(r"\$\{([^{}\n]{0,400})\}|\$([A-Za-z_]\w*)"),
        "#": re.compile(r"#\{([^{}\n]{0,400})\}()"),
        "\\(": re.compile(r"\\\(([^()\n]{0,200})\)()"),
        "{": re.compile(r"(?<!\{)\{([^{}\n]{1,200})\}()"),
    }
)
_RAW_PREFIXES: Final = frozenset({"r", "br", "R", "@"})


@dataclass(frozen=True, slots=True)
class Value:
    """What a string literal says."""

    text: str
    composed: bool = False
    words: tuple[tuple[int, str], ...] = ()
    """For a list of words (`%w[a b]`): offset in the literal and text of each."""


def value_of(raw: str, language: Language) -> Value:
    """The value of one literal as written."""
    cpp = _CPP_RAW.match(raw)
    if cpp:
        return Value(cpp[2])
    opening = _OPENING.match(raw)
    if opening is None:
        return Value(raw)
    if opening["heredoc"] or opening["percent"]:
        return _marked(raw, opening, language)
    return _quoted(raw, opening, language)


def _marked(raw: str, opening: re.Match[str], language: Language) -> Value:
    if opening["percent"]:
        return _percent(raw, opening["percent"], language)
    return _holed(raw[opening.end() : raw.rfind("\n")], language, "")


def _quoted(raw: str, opening: re.Match[str], language: Language) -> Value:
    prefix, quote = opening["prefix"], opening["quote"]
    inside = raw[opening.end() :]
    closing = quote[::-1].replace("[", "]")
    inside = inside.removesuffix(closing) if len(inside) >= len(closing) else inside
    is_raw = prefix in _RAW_PREFIXES or quote[0] in "`[#" or (quote == "'''" and prefix == "r")
    if is_raw or "@" in prefix:
        return Value(inside.replace('""', '"') if "@" in prefix else inside)
    if quote == "'" and language.hole in {"#", "$"} and language.name not in {"java", "dart"}:
        return Value(inside.replace("\\'", "'"))  # no holes and no escapes in the single quotes of Ruby, PHP and Perl
    return _holed(inside, language, prefix)


def _percent(raw: str, opening: str, language: Language) -> Value:
    inside = raw[len(opening) : -1]
    if opening[1] in "wWiI":
        words = [(match.start() + len(opening), match[0]) for match in re.finditer(r"\S+", inside)]
        return Value(inside, words=tuple(words[:500]))
    return _holed(inside, language, "")


def _holed(inside: str, language: Language, prefix: str) -> Value:
    """A text with its holes named `{name}` and its escapes decoded."""
    pattern = _HOLES.get(language.hole) if language.hole != "{" or "$" in prefix else None
    if pattern is None or not pattern.search(inside):
        return Value(unescape(inside))
    pieces: list[str] = []
    at = 0
    for match in pattern.finditer(inside):
        pieces.append(unescape(inside[at : match.start()]))
        pieces.append("{" + _hole_name(match[1] or match[2] or "") + "}")
        at = match.end()
    pieces.append(unescape(inside[at:]))
    return Value("".join(pieces), composed=True)


def _hole_name(expression: str) -> str:
    """The name in a hole, sigils off; empty for anything but a name."""
    name = expression.strip()
    name = name.partition(":")[0].strip() if "::" not in name else name  # a format after the name
    return re.sub(r"->|::|\?\.", ".", name).lstrip("$@") if _PLAIN.match(name) else ""


def unescape(inside: str) -> str:
    """The common escapes decoded."""
    return _ESCAPE.sub(_character, inside) if "\\" in inside else inside


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return _SINGLE.get(match[4], match[4])
