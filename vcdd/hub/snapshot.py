r"""The embedded snapshot: what uploaders declared of much-used Hub models on one day, readable offline.

The file is `data/snapshot.tsv.gz`: UTF-8 lines sorted by id. The first line is `#` and a JSON object with `as_of` (ISO
day) and `sources`. Every other line has these tab-separated columns, empty where nothing is known:

    id  licence  licence_name  bases  architecture  model_type  parameters  gated  created  pipeline_tag

`bases` is `relation:org/name` joined by `|` (the relation may be empty, the colon may not). Nothing is parsed but the
lines that are asked for: the text is unpacked once and searched for `\n<id>\t`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from vcdd.core.hub import HubRecord, HubStatus
from vcdd.core.shape import WeightsShape
from vcdd.values import dataclass

COLUMNS = (
    "id", "licence", "licence_name", "bases", "architecture", "model_type", "parameters", "gated", "created",
    "pipeline_tag",
)  # fmt: skip
_BASES = COLUMNS.index("bases")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One day's declarations, as a source."""

    text: str
    """The whole table, starting with its header line."""
    as_of: date

    def find(self, ids: Sequence[str]) -> Mapping[str, HubRecord]:
        """Records of those ids that are in the table; where none is spelled so, case is ignored, as on the Hub."""
        found = ((model_id, self._line(model_id)) for model_id in ids)
        return {model_id: _record(line, self.as_of) for model_id, line in found if line}

    def named(self, names: Sequence[str]) -> Mapping[str, str]:
        """Ids of those names that one repository here has, case ignored; a copy that declares its original is none."""
        found = ((name, self._owners(name)) for name in names)
        return {name: owners[0] for name, owners in found if len(owners) == 1}

    def _owners(self, name: str) -> list[str]:
        rows = [line.split("\t") for line in _lines_with(self.text, f"/{name.lower()}\t")]
        mine = {row[0].lower() for row in rows}
        return [row[0] for row in rows if not any(base.lower() in mine for base, _ in _bases(row[_BASES]))]

    def _line(self, model_id: str) -> str:
        if not model_id or any(c in model_id for c in "\t\n"):
            return ""
        start = self.text.find(f"\n{model_id}\t")
        if start < 0 and "/" in model_id:
            start = _lowered(self.text).find(f"\n{model_id.lower()}\t")
        return self.text[start + 1 :].partition("\n")[0] if start >= 0 else ""


@dataclass(frozen=True, slots=True)
class EmbeddedSnapshot:
    """The snapshot of this installation as a source that is unpacked at the first question, or knows nothing."""

    def find(self, ids: Sequence[str]) -> Mapping[str, HubRecord]:
        """As `Snapshot.find`; empty where the installation has no snapshot."""
        snapshot = embedded_snapshot()
        return snapshot.find(ids) if snapshot else {}

    def named(self, names: Sequence[str]) -> Mapping[str, str]:
        """As `Snapshot.named`; empty where the installation has no snapshot."""
        snapshot = embedded_snapshot() if names else None
        return snapshot.named(names) if snapshot else {}


@cache
def embedded_snapshot() -> Snapshot | None:
    """The snapshot of this installation, or None where it has none."""
    import gzip  # noqa: PLC0415 -- slow import

    packed = Path(__file__).parent / "data" / "snapshot.tsv.gz"
    return parse_snapshot(gzip.decompress(packed.read_bytes())) if packed.is_file() else None


def parse_snapshot(raw: bytes) -> Snapshot:
    """The table in `raw`. Raises ValueError for a header that is not as documented: the file is our own."""
    import json  # noqa: PLC0415 -- slow import

    text = raw.decode("utf-8")
    head = text.partition("\n")[0]
    about = json.loads(head.removeprefix("#"))
    return Snapshot(text=text, as_of=date.fromisoformat(about["as_of"]))


def _lines_with(text: str, end: str) -> Iterator[str]:
    """The lines whose id ends with `end`, its tab included; `end` is in lower case."""
    lower = _lowered(text)
    start = lower.find(end)
    while start >= 0:
        head = text.rfind("\n", 0, start) + 1
        if "\t" not in text[head:start]:
            yield text[head:].partition("\n")[0]
        start = lower.find(end, start + 1)


@cache
def _lowered(text: str) -> str:
    return text.lower()


def _record(line: str, as_of: date) -> HubRecord:
    cells = dict(zip(COLUMNS, line.split("\t"), strict=False))
    name, count = cells["id"], cells.get("parameters", "")
    architecture, model_type = cells.get("architecture", ""), cells.get("model_type", "")
    created = cells.get("created", "")
    return HubRecord(
        asked=name,
        status=HubStatus.OK,
        id=name,
        author=name.partition("/")[0] if "/" in name else "",
        licence=cells.get("licence", ""),
        licence_name=cells.get("licence_name", ""),
        bases=_bases(cells.get("bases", "")),
        shape=WeightsShape(path=name, kind="config", architecture=architecture, model_type=model_type)
        if architecture or model_type
        else None,
        pipeline_tag=cells.get("pipeline_tag", ""),
        parameters=int(count) if count.isdecimal() else None,
        gated=cells.get("gated", ""),
        created=date.fromisoformat(created) if created else None,
        fetched=as_of,
        from_cache=True,
        source="snapshot",
    )


def _bases(cell: str) -> tuple[tuple[str, str], ...]:
    pairs = (item.partition(":") for item in cell.split("|") if item)
    return tuple((base, relation) for relation, _, base in pairs if base)
