"""Reading numbers and tables that people wrote: strict, bounded, and with the place in every error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from vcdd.errors import ConfigError

ABSURD = Decimal(10) ** 15
"""No stated volume, price or balance is larger: a slip of units, not a number."""
MAX_BYTES = 50_000_000
"""Largest file that is read; a provider's monthly export is far smaller."""


def number(value: Any, place: str, *, at_most: Decimal = ABSURD) -> Decimal:
    """A plain number of 0 or more, from a TOML number or a text such as `1,234.5`.

    Raises:
        ConfigError: for anything else, for a negative number and for one above `at_most`; the message names the place.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise ConfigError(f"{place}: expected a number, found {type(value).__name__}", help="Write a plain number.")
    try:
        found = Decimal(value.strip().replace(",", "")[:40] if isinstance(value, str) else str(value))
    except InvalidOperation:
        raise ConfigError(f"{place}: {str(value)[:40]!r} is not a number", help="Write a plain number.") from None
    if not found.is_finite() or found < 0:
        raise ConfigError(f"{place}: {found} must be 0 or more", help="Volumes and prices are never negative.")
    if found > at_most:
        raise ConfigError(f"{place}: {found:.3g} is absurdly large", help=f"Nothing above {at_most:.0e} is accepted.")
    return found


def only_keys(table: Mapping[str, Any], allowed: Iterable[str], place: str) -> None:
    """Refuses keys nobody knows, with the nearest known one.

    Raises:
        ConfigError: for the first unknown key.
    """
    from difflib import get_close_matches  # noqa: PLC0415 -- slow import, only for an error

    known = tuple(allowed)
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(sorted(known))}."
            raise ConfigError(f"{place}: unknown key {str(key)[:60]!r}", help=hint)


def read_text(path: Path) -> str:
    """The text of a file the user named.

    Raises:
        ConfigError: when it cannot be read, is too large, or is not UTF-8.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path.name}: larger than {MAX_BYTES:,} bytes", help="Export one month at a time.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path.name}: cannot be read ({error.strerror})", help="Check the path.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path.name}: not UTF-8 at byte {error.start}", help="Save the file as UTF-8.") from error


def toml_document(text: str, name: str) -> dict[str, Any]:
    """A TOML document, numbers with a point as Decimal.

    Raises:
        ConfigError: when it is not TOML, with the parser's line.
    """
    import tomli  # noqa: PLC0415 -- slow import

    try:
        return tomli.loads(text, parse_float=Decimal)
    except (tomli.TOMLDecodeError, InvalidOperation) as error:
        raise ConfigError(f"{name}: not valid TOML: {error}", help="Correct the file.") from error


def tables(document: Mapping[str, Any], key: str, name: str) -> list[Mapping[str, Any]]:
    """The array of tables under `key`; empty where there is none.

    Raises:
        ConfigError: when it is something else.
    """
    rows = document.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConfigError(f"{name}: {key!r} must be a list of tables", help=f"Write [[{key}]] before each.")
    return rows
