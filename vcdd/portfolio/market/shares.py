"""From a listing to shares of downloads: who made the model, by registry and lineage, not who uploaded the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from vcdd.core.hub import HubRecord
from vcdd.core.model import Model, Role
from vcdd.hub.offline import OfflineHub
from vcdd.portfolio.market.listing import Listing
from vcdd.registry.registry import Registry
from vcdd.resolve.describe import describe_all
from vcdd.values import dataclass

UNKNOWN = "unknown"
SEVERAL = "several"
"""Merges of models from more than one country: nobody's alone."""
METRICS: Mapping[str, str] = {
    "30-days": "downloads in the 30 days before the listing",
    "all-time": "downloads since the repository exists",
}
DOWNLOAD = "a download is any GET or HEAD request on a query file of a repository, as the Hub counts; it is no adoption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which models are new, and what is counted."""

    since: date
    until: date
    """Both inclusive, by the day on which the repository was made."""
    metric: str
    """A key of `METRICS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """One new model with its originator."""

    id: str
    downloads: int
    task: str
    country: str
    """Of the originator; `unknown`, or `several`."""
    uploader: str
    """Seat of the lab that the uploading organisation is on record as; `unknown` for everybody else."""
    lab: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """One value with its models and downloads. Shares are n/N of the counted downloads, with both."""

    value: str
    models: int
    downloads: int
    of: int
    """All counted downloads."""

    @property
    def share(self) -> float | None:
        """0 to 1; None without any download."""
        return self.downloads / self.of if self.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """The shares of one listing, with everything needed to doubt them."""

    window: Window
    taken: date
    endpoint: str
    task: str
    registry_version: str
    listed: int
    """Models read."""
    pages: int
    is_whole: bool
    stopped: str
    floor: int | None
    """Fewest downloads in 30 days of any model read: no unread model has more. None for a whole or empty listing."""
    uncounted: int
    """New models for which the Hub gives no count."""
    undated: int
    """Models of which nobody knows when they were made; left out."""
    models: tuple[Attributed, ...]
    """New ones, most downloads first."""

    @property
    def total(self) -> int:
        """All counted downloads of new models."""
        return sum(model.downloads for model in self.models)

    def slices(self, pick: Callable[[Attributed], str]) -> tuple[Slice, ...]:
        """By any property of a model: most downloads first, `unknown` last."""
        return _slices(self.models, pick)

    @property
    def by_task(self) -> Mapping[str, tuple[Slice, ...]]:
        """Countries of originators within each task, the task with the most downloads first."""
        groups: dict[str, list[Attributed]] = defaultdict(list)
        for model in self.models:
            groups[model.task].append(model)
        order = sorted(groups, key=lambda task: (-sum(m.downloads for m in groups[task]), task))
        return {task: _slices(groups[task], lambda model: model.country) for task in order}


def measure_market(listing: Listing, window: Window, registry: Registry) -> Market:
    """The shares of the models made within the window. Nothing is asked of anybody."""
    fresh = [m for m in listing.models if m.record.created and window.since <= m.record.created <= window.until]
    counts = {m.record.id: (m.month if window.metric == "30-days" else m.ever) for m in fresh}
    counted = [m.record for m in fresh if counts[m.record.id] is not None]
    hub = OfflineHub([_Listed({m.record.id: m.record for m in listing.models})])
    uses = describe_all([(record.id, "") for record in counted], registry=registry, hub=hub)
    models = [
        _attributed(record, counts[record.id] or 0, use.model, registry)
        for record, use in zip(counted, uses, strict=True)
    ]
    months = [m.month for m in listing.models if m.month is not None]
    return Market(
        window=window,
        taken=listing.taken.date(),
        endpoint=listing.endpoint,
        task=listing.task,
        registry_version=registry.version,
        listed=len(listing.models),
        pages=listing.pages,
        is_whole=listing.is_whole,
        stopped=listing.stopped,
        floor=min(months, default=None) if not listing.is_whole else None,
        uncounted=len(fresh) - len(counted),
        undated=sum(m.record.created is None for m in listing.models),
        models=tuple(sorted(models, key=lambda model: (-model.downloads, model.id))),
    )


class _Listed:
    """The listing as a place that may know ids; nobody is asked for the rest."""

    def __init__(self, records: Mapping[str, HubRecord]) -> None:
        self._records = records

    def find(self, ids: Sequence[str]) -> Mapping[str, HubRecord]:
        return {name: self._records[name] for name in ids if name in self._records}

    def named(self, names: Sequence[str]) -> Mapping[str, str]:  # noqa: ARG002 -- a listing has whole ids only
        return {}


def _attributed(record: HubRecord, downloads: int, model: Model, registry: Registry) -> Attributed:
    origins = [developer.lab for developer in model.developers if developer.role is Role.ORIGINATOR]
    labs = origins or ([model.lab] if model.lab else [])
    countries = {lab.country.value or UNKNOWN for lab in labs} or {UNKNOWN}
    own = registry.lab_of_org.get(record.author.lower(), "")
    uploader = registry.lab(own) if own else None
    return Attributed(
        id=record.id,
        downloads=downloads,
        task=record.pipeline_tag or UNKNOWN,
        country=countries.pop() if len(countries) == 1 else SEVERAL,
        uploader=(uploader.country.value or UNKNOWN) if uploader else UNKNOWN,
        lab=labs[0].name if len(labs) == 1 else (SEVERAL if labs else UNKNOWN),
    )


def _slices(models: Iterable[Attributed], pick: Callable[[Attributed], str]) -> tuple[Slice, ...]:
    rows: dict[str, list[int]] = defaultdict(list)
    for model in models:
        rows[pick(model)].append(model.downloads)
    total = sum(map(sum, rows.values()))
    order = sorted(rows, key=lambda value: (value == UNKNOWN, -sum(rows[value]), value))
    return tuple(Slice(value=v, models=len(rows[v]), downloads=sum(rows[v]), of=total) for v in order)
