"""`portfolio.toml`: the companies of a fund, read strictly.

name = "Fund III"
policy = "default"                  # for companies that name none

[[company]]
name = "Acme"
source = "repos/acme"               # or sources = ["repos/web", "https://example.org/acme/api.git", "acme.json"]
policy = "us-gov-facing"
tags = ["video", "2026"]
stage = "seed"
usage = "usage/acme.toml"           # or volumes = { requests_per_month = 200_000, input_tokens = 3_000 }
company = "facts/acme.toml"

A source with `://` is a repository to clone; everything else is a path, relative to the manifest: a folder, an archive,
or a report that the company made itself. `org/repo` is a folder here and never an address: a missing folder must not
become a question to a code host.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vcdd.errors import ConfigError
from vcdd.portfolio.values import PortfolioCompany
from vcdd.pricing.numbers import only_keys, read_text, tables, toml_document
from vcdd.target.git_url import without_credentials
from vcdd.values import dataclass

_TOP = ("name", "policy", "company")
_KEYS = ("name", "source", "sources", "policy", "tags", "stage", "usage", "volumes", "company")
_MOST = 200_000
"""Companies in one manifest; more is a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A portfolio."""

    name: str
    companies: tuple[PortfolioCompany, ...]
    """In the order of the file; names are distinct, also without regard to case and spaces."""


def read_manifest(path: Path) -> Manifest:
    """The portfolio of a file.

    Raises:
        ConfigError: not readable, not TOML, no company, an unknown key, a value of the wrong kind, or a name twice.
    """
    document = toml_document(read_text(path), path.name)
    only_keys(document, _TOP, path.name)
    rows = tables(document, "company", path.name)
    if not rows or len(rows) > _MOST:
        raise ConfigError(f"{path.name}: {len(rows):,} companies", help=f"Write 1 to {_MOST:,} [[company]] tables.")
    default = _text(document, "policy", path.name)
    folder = path.parent.resolve()
    companies = tuple(
        _company(row, folder, default, f"{path.name}: company {place}") for place, row in enumerate(rows, start=1)
    )
    _refuse_twins(companies, path.name)
    return Manifest(name=_text(document, "name", path.name) or path.stem, companies=companies)


def _company(row: Mapping[str, Any], folder: Path, policy: str, place: str) -> PortfolioCompany:
    only_keys(row, _KEYS, place)
    name = _text(row, "name", place)
    if not name:
        raise ConfigError(f"{place}: has no name", help='Write name = "…" in each [[company]].')
    place = f"{place} ({name})"
    sources = _sources(row, place)
    return PortfolioCompany(
        name=name,
        sources=tuple(_source(source, folder) for source in sources),
        shown=tuple(without_credentials(source) for source in sources),
        policy=_policy(_text(row, "policy", place) or policy, folder),
        tags=_texts(row, "tags", place),
        stage=_text(row, "stage", place),
        usage=_file(row, "usage", folder, place),
        company=_file(row, "company", folder, place),
        volumes=_volumes(row, place),
    )


def _sources(row: Mapping[str, Any], place: str) -> tuple[str, ...]:
    if ("source" in row) == ("sources" in row):
        raise ConfigError(
            f"{place}: needs either source or sources", help='Write source = "…" or sources = ["…", "…"].'
        )
    found = _texts(row, "sources", place) if "sources" in row else (_text(row, "source", place),)
    if not found or "" in found or len(set(found)) < len(found):
        raise ConfigError(f"{place}: sources are empty or repeated", help="Name each source once.")
    return found


def _source(written: str, folder: Path) -> str:
    return written if "://" in written else str(folder / Path(written).expanduser())


def _policy(written: str, folder: Path) -> str:
    """A file beside the manifest, else a name that the policy room knows."""
    return str(folder / written) if written and (folder / written).is_file() else written


def _file(row: Mapping[str, Any], key: str, folder: Path, place: str) -> str:
    written = _text(row, key, place)
    return str(folder / Path(written).expanduser()) if written else ""


def _volumes(row: Mapping[str, Any], place: str) -> str:
    """The inline volumes as the text of a usage file, checked by the reader of such files."""
    table = row.get("volumes", {})
    if not isinstance(table, dict) or any(isinstance(value, dict | list) for value in table.values()):
        raise ConfigError(
            f"{place}: volumes must be a table of numbers", help="For slots, write a usage file and name it."
        )
    if not table:
        return ""
    if "usage" in row:
        raise ConfigError(f"{place}: has both usage and volumes", help="Keep one of them.")
    from vcdd.pricing.usage import parse_usage  # noqa: PLC0415 -- slow import

    text = "".join(f"{key} = {value!s}\n" for key, value in table.items() if not isinstance(value, str))
    if any(isinstance(value, str) for value in table.values()):
        raise ConfigError(f"{place}: volumes must be numbers", help="Write them without quotes.")
    parse_usage(text, f"{place}: volumes")
    return text


def _text(table: Mapping[str, Any], key: str, place: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str) or len(value) > 4096:
        raise ConfigError(f"{place}: {key} must be a text", help=f'Write {key} = "…".')
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in value):
        raise ConfigError(f"{place}: {key} holds control characters", help="Write plain text.")
    return value.strip()


def _texts(table: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise ConfigError(f"{place}: {key} must be a list of texts", help=f'Write {key} = ["…"].')
    return tuple(_text({key: item}, key, place) for item in value)


def _refuse_twins(companies: tuple[PortfolioCompany, ...], file: str) -> None:
    seen: dict[str, int] = {}
    for place, company in enumerate(companies, start=1):
        key = " ".join(unicodedata.normalize("NFKC", company.name).casefold().split())
        if key in seen:
            raise ConfigError(
                f"{file}: companies {seen[key]} and {place} are both called {company.name!r}",
                help="Give each company a name of its own; several repositories of one company go into sources.",
            )
        seen[key] = place
