"""The lists of the genai-prices package: those it carries, or newer ones that the user asked to have fetched.

Fetched lists lie in one JSON file in the user's cache folder, under the release that could read them; nothing here goes
to the network. A file that this release cannot read is as good as none: the lists of the package answer, and the source
beside every price says which of the two it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from vcdd.errors import ConfigError
from vcdd.pricing.genai_flat import Flat, flat_lists
from vcdd.pricing.genai_match import Finder
from vcdd.pricing.package_data import read_toml
from vcdd.values import dataclass
from vcdd.whole import write_whole

FORMAT = "1"
"""Changes whenever the layout of the kept tables does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """All providers' lists, ready to be asked."""

    finders: Mapping[str, Finder]
    """By the package's provider id."""
    source: str
    """What stands beside a price."""
    fetched: date | None = None
    """The day they were fetched; None for those of the package."""

    @property
    def models(self) -> int:
        """How many models have a list price."""
        return sum(len(finder.models) for finder in self.finders.values())

    def dated(self, on: date) -> date | None:
        """How fresh the prices are known to be on that day.

        For releases we have read it is on record; for others and for fetched lists it is the newest price change they
        hold that is not in the future. None where there is no such change.
        """
        recorded: dict[str, date] = {} if self.fetched else read_toml("libraries.toml")["genai-prices"]["dated"]
        return recorded.get(version()) or max((day for day in self._changes() if day <= on), default=None)

    def _changes(self) -> Iterable[date]:
        """The days from which some price holds."""
        models = (model for finder in self.finders.values() for model in finder.models)
        return (date.fromisoformat(state[1]) for _, states, _ in models for state in states if state[1])


@cache
def dated(folder: Path | None, tables: Path | None, on: date) -> date | None:
    """`Lists.dated` of the lists in these folders, remembered: it may look at every model."""
    return lists(folder, tables).dated(on)


@cache
def version() -> str:
    """The release that is installed, by the name of its metadata folder: to ask `importlib.metadata` takes 20 ms."""
    found = find_spec("genai_prices")
    beside = Path(found.origin).parents[1] if found and found.origin else Path()
    folders = [path.name for path in beside.glob("genai_prices-*.dist-info")]
    if len(folders) == 1:
        return folders[0].removeprefix("genai_prices-").removesuffix(".dist-info")
    from importlib.metadata import version as installed  # noqa: PLC0415 -- slow import

    return installed("genai-prices")


def kept_in(folder: Path) -> Path:
    """The file of fetched lists in a folder. It belongs to a release: another may not be able to read it."""
    return folder / f"genai-prices-{version()}.json"


@cache
def lists(folder: Path | None, tables: Path | None = None) -> Lists:
    """The fetched lists in this folder, or those of the package where it holds none that can be read.

    `tables` is a folder in which those of the package are kept as plain tables, for whoever asks next.
    """
    if folder is not None:
        try:
            kept = json.loads(kept_in(folder).read_text(encoding="utf-8"))
            return parse(kept["lists"], date.fromisoformat(kept["fetched"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError, ConfigError):
            pass  # gone, cut off, or written by somebody else: the package answers, and its source says so
    return Lists(finders=_finders(_tables(tables)), source=f"genai-prices {version()} (MIT)")


def _tables(folder: Path | None) -> dict[str, Flat]:
    """The package's own lists, from the folder where it has those of the installed release."""
    path = folder / f"genai-{version()}-{FORMAT}.json" if folder is not None else None
    if path is not None:
        with suppress(OSError, ValueError):
            known: dict[str, Flat] = json.loads(path.read_bytes())
            return known
    from genai_prices.data_snapshot import get_snapshot  # noqa: PLC0415 -- slow import

    made = flat_lists(get_snapshot().providers)
    if path is not None:
        _keep(path, json.dumps(made, separators=(",", ":")))
    return made


def _keep(path: Path, text: str) -> None:
    """A folder one may not write is no error."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, text)


def parse(raw: Any, fetched: date) -> Lists:
    """Lists as they were fetched, checked as the package checks its own.

    Raises:
        ConfigError: they are not what the package publishes.
    """
    from genai_prices.types import _providers_from_raw  # noqa: PLC0415 -- slow import; the updater's own reader

    try:
        providers = _providers_from_raw(raw)
    except Exception as error:  # the reader raises what the shape of foreign data makes it raise
        kind = type(error).__name__
        raise ConfigError(
            f"the price lists cannot be read by genai-prices {version()}: {kind}",
            help="Update genai-prices, or go on with the lists it carries.",
        ) from error
    if not providers:
        raise ConfigError("the price lists are empty", help="Go on with the lists that genai-prices carries.")
    return Lists(
        finders=_finders(flat_lists(providers)),
        source=f"genai-prices lists fetched {fetched.isoformat()} (MIT)",
        fetched=fetched,
    )


def to_keep(raw: Any, fetched: date) -> str:
    """The text of the file that `lists` reads."""
    return json.dumps({"fetched": fetched.isoformat(), "lists": raw}, separators=(",", ":"))


def _finders(tables: Mapping[str, Flat]) -> dict[str, Finder]:
    return {name: Finder(table) for name, table in tables.items()}
