"""Strict reading of the firm's TOML files: every error names file, line, key and the next step.

A `Table` is one table of a file together with the place it stands at. Unknown keys are errors with a near miss, wrong
types are errors with what was wanted; nothing is half-applied because nothing is returned until all of it was read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from vcdd.errors import ConfigError
from vcdd.values import dataclass

MAX_BYTES = 1_000_000
"""A policy, company or suppression file is a page or two; a megabyte is not one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a table stands in its file."""

    file: str
    """Name shown to the user."""
    text: str
    header: str = ""
    """`rule` for `[[rule]]`; empty for the file itself."""
    index: int = 0
    """Which of several tables of that header, from 0."""

    def line(self, key: str) -> int:
        """Line of a key in this table, from 1; of the table where the key is not found; 0 where neither is."""
        lines = self.text.split("\n")
        start = self._start(lines)
        wanted = re.compile(rf"(?:^|[\s{{,.\"'\[]){re.escape(key)}[\"']?\s*(?:=|\.|\])")
        for number in range(start, len(lines)):
            if number > start and self.header and re.match(r"\s*\[", lines[number]):
                break
            if wanted.search(lines[number]):
                return number + 1
        return start + 1 if self.header else 0

    def _start(self, lines: list[str]) -> int:
        """Index of the line with this table's header; 0 for the file itself or where it is written another way."""
        if not self.header:
            return 0
        wanted = re.compile(rf"\s*\[{{1,2}}\s*{re.escape(self.header)}\s*\]")
        found = [number for number, line in enumerate(lines) if wanted.match(line)]
        return found[self.index] if self.index < len(found) else 0

    def error(self, key: str, problem: str, step: str) -> ConfigError:
        """An error about one key of this table."""
        line = self.line(key)
        where = f"{self.file}:{line}" if line else self.file
        table = f"[{self.header}] " if self.header else ""
        return ConfigError(f"{where}: {table}{problem}", help=step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a file, read key by key. Every method raises ConfigError for a value of another type."""

    values: Mapping[str, Any]
    place: Place

    def only(self, *allowed: str) -> Table:
        """This table, after every key was found to be one of these."""
        for key in self.values:
            if key not in allowed:
                near = get_close_matches(key, allowed, n=1)
                hint = f"Did you mean `{near[0]}`?" if near else f"Known keys: {', '.join(allowed)}."
                raise self.place.error(key, f"unknown key `{key}`", hint)
        return self

    def has(self, key: str) -> bool:
        """Whether the key stands in the table."""
        return key in self.values

    def text(self, key: str, default: str | None = None) -> str:
        """A non-empty string; without a default the key is required."""
        value = self.values.get(key, default)
        if value is None:
            raise self.place.error(key, f"`{key}` is missing", f'Add `{key} = "…"` to this table.')
        if not isinstance(value, str) or (not value.strip() and key in self.values):
            raise self._wanted(key, "a text in quotes")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; one string counts as a list of one; empty when absent."""
        value = self.values.get(key, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            raise self._wanted(key, 'a list of texts, ["a", "b"]')
        return tuple(listed)

    def whole(self, key: str) -> int | None:
        """A whole number, zero or more; None when absent."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self._wanted(key, "a whole number, zero or more")
        return value

    def share(self, key: str) -> float | None:
        """A share from 0 to 1; None when absent."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self._wanted(key, "a share from 0 to 1")
        return float(value)

    def flag(self, key: str) -> bool | None:
        """True or false; None when absent."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            raise self._wanted(key, "true or false, without quotes")
        return value

    def day(self, key: str) -> date:
        """A date, as TOML writes it or as an ISO text; required."""
        value = self.values.get(key)
        if value is None:
            raise self.place.error(key, f"`{key}` is missing", f"Add `{key} = 2027-03-31`.")
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self._wanted(key, "a date such as 2027-03-31") from None

    def choice(self, key: str, allowed: tuple[str, ...], default: str = "") -> str:
        """One of the allowed words; the default when absent, an error when absent without one."""
        value = self.text(key, default or None)
        if value not in allowed:
            near = get_close_matches(value, allowed, n=1)
            hint = f"Did you mean `{near[0]}`?" if near else f"Use one of: {', '.join(allowed)}."
            raise self.place.error(key, f'`{key}` is "{value}"', hint)
        return value

    def table(self, key: str) -> Table:
        """A sub-table; empty when absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self._wanted(key, f"a table, [{key}]")
        header = key if not self.place.header else self.place.header
        return Table(values=value, place=_moved(self.place, header, self.place.index))

    def tables(self, key: str) -> tuple[Table, ...]:
        """The tables of an array; empty when absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._wanted(key, f"tables, each headed [[{key}]]")
        return tuple(Table(values=item, place=_moved(self.place, key, i)) for i, item in enumerate(value))

    def _wanted(self, key: str, wanted: str) -> ConfigError:
        return self.place.error(key, f"`{key}` is not {wanted}", f"Write {wanted}.")


def parse_table(text: str, file: str) -> Table:
    """The whole file as a table.

    Raises:
        ConfigError: not TOML, with the line where reading stopped, or larger than any such file is.
    """
    import tomli  # noqa: PLC0415 -- slow import

    if len(text) > MAX_BYTES:
        raise ConfigError(f"{file}: larger than {MAX_BYTES:,} characters", help="Give the file that was meant.")
    try:
        values = tomli.loads(text.replace("\r\n", "\n"))
    except (tomli.TOMLDecodeError, RecursionError) as error:
        reason = str(error) or "nested too deeply"
        raise ConfigError(f"{file}: not valid TOML: {reason}", help="Correct the line and run again.") from error
    return Table(values=values, place=Place(file=file, text=text))


def _moved(place: Place, header: str, index: int) -> Place:
    return Place(file=place.file, text=place.text, header=header, index=index)
