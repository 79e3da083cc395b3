"""D9: statements of a deck or README beside what the code shows.

Reads text only. A statement is never called untrue: it is supported, not supported, stale, inconsistent, or the code
cannot tell. Where the two differ, the first explanation given is that the text is older than the code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from vcdd.core.finding import Claim
from vcdd.core.report import Report
from vcdd.errors import ConfigError
from vcdd.rules import claims_country, claims_facts
from vcdd.rules.claims_facts import Verdict
from vcdd.rules.records import load_documents
from vcdd.rules.words import shown
from vcdd.values import dataclass

MAX_CHARACTERS = 400_000
"""A deck's text is a few pages; what lies beyond is not read, and the caller is told by an error."""
QUOTE = 160
_MAX_SENTENCE = 600
# Beginnings of vendors' keys as their documentation shows them: such a word is never quoted.
_KEY = re.compile(r"\b(?:sk|pk|rk|hf|gsk|xai|ghp|gho|glpat|AKIA|AIza|xox[abp])[-_]?[A-Za-z0-9_-]{16,}")
_BINARY = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence of the text with its place."""

    text: str
    line: int


Judge = Callable[[re.Match[str], str, Report], Verdict | None]

_JUDGES: Mapping[str, Judge] = {
    "own-model": claims_facts.own_model,
    "vendor": claims_facts.vendor,
    "open-source": claims_facts.open_source,
    "on-premises": claims_facts.on_premises,
    "country": claims_country.country,
    "unit-cost": claims_facts.unit_cost,
}


def read_text(raw: bytes, where: str) -> str:
    """The text of a claims file.

    Raises:
        ConfigError: a binary format (PDF, Word, an image), not UTF-8, or larger than a deck's text ever is.
    """
    if raw.startswith(_BINARY) or b"\0" in raw[:8192]:
        raise ConfigError(f"{where}: not a text file", help="Export the deck as text or markdown and give that file.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{where}: not UTF-8 at byte {error.start}", help="Save the file as UTF-8 text.") from error
    if len(text) > MAX_CHARACTERS:
        raise ConfigError(f"{where}: longer than {MAX_CHARACTERS:,} characters", help="Give the pages that matter.")
    return text


def check(claims_text: str, where: str, report: Report) -> tuple[Claim, ...]:
    """Every statement that one of the patterns recognises, in order of line; one claim per sentence and kind."""
    return tuple(claim for statement in _statements(claims_text) for claim in _claims(statement, where, report))


def _claims(statement: Statement, where: str, report: Report) -> Iterator[Claim]:
    place = f"{where}:{statement.line}"
    for kind, patterns, exclusions in _patterns():
        found = next((match for pattern in patterns if (match := pattern.search(statement.text))), None)
        if found is None or any(pattern.search(statement.text) for pattern in exclusions):
            continue
        verdict = _JUDGES[kind](found, place, report)
        if verdict is not None:
            yield Claim(
                text=shown(statement.text, QUOTE), where=place, kind=kind, shown=verdict.shown, status=verdict.status
            )


@cache
def _patterns() -> tuple[tuple[str, tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]], ...]:
    """(kind, patterns, exclusions) in the order of the data file."""
    data = load_documents()["claims"]
    vendors = "|".join(re.escape(name) for name in data["vendors"])

    def compiled(sources: list[str]) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(source.replace("{vendors}", vendors), re.IGNORECASE) for source in sources)

    return tuple((item["id"], compiled(item["patterns"]), compiled(item.get("not", []))) for item in data["kind"])


def _statements(text: str) -> Iterator[Statement]:
    """Sentences, line by line: headings, list items and table cells are statements too; code blocks are not."""
    fenced = False
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        if bare.startswith(("```", "~~~")):
            fenced = not fenced
        elif bare and not fenced:
            for part in re.split(r"(?<=[.!?])\s+(?=[A-Z\"“(])|\s*\|\s*", bare):
                words = _plain(part)
                if words:
                    yield Statement(text=words, line=number)


def _plain(part: str) -> str:
    """The sentence without markdown marks and addresses, at most a few lines long."""
    text = re.sub(r"\]\([^)\s]{0,500}\)", "]", _KEY.sub("(key removed)", part[: _MAX_SENTENCE * 2]))
    text = re.sub(r"https?://\S+", "", text)
    return re.sub(r"^[#>*+\-\d.\s]+|[*_`\[\]]", "", text)[:_MAX_SENTENCE].strip()
