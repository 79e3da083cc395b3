"""Rebuilds the embedded Hub snapshot out of three reusable collections. Run by hand, never by a scan.

    python -m vcdd.hub.build_snapshot LLMFIT.whl MTEB.whl PARAMETERS.csv GALLERY.yaml

Both wheels are read as archives; nothing in them is imported or executed. llmfit (MIT) carries its model table as JSON
inside its program file; mteb (Apache-2.0) states its models as literal calls in Python source; LocalAI's gallery (MIT)
is one YAML list of entries. The CSV has the columns `name`, `parameters_raw` and `architecture`. Writes `data/snapshot.tsv.gz` in the form that `snapshot.py`
documents, the same bytes for the same input.
"""

from __future__ import annotations

import ast
import csv
import gzip
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from vcdd.hub.snapshot import COLUMNS
from vcdd.values import dataclass

TARGET = Path(__file__).parent / "data" / "snapshot.tsv.gz"
MOST_BYTES = 600_000
"""What the installation may pay for the table; the least downloaded rows go first."""

_ID = re.compile(r"[A-Za-z0-9][\w.\-]{0,95}/[A-Za-z0-9_][\w.\-]{0,95}", re.ASCII)
_TAG = re.compile(r"[a-z0-9][a-z0-9.+_\-]{1,60}", re.ASCII)
_GALLERY = {"name": "LocalAI gallery", "version": "2026-08-22", "licence": "MIT"}
_SIZE = re.compile(r"(?:^|[-_ ])(\d+(?:[._]\d+)?)(b|m)(?=$|[-_.])", re.IGNORECASE)
_ENTRY = re.compile(r"^- ", re.MULTILINE)
_ENTRY_LICENCE = re.compile(r"^(?:  )?license: \"?([^\"\n]+)\"?$", re.MULTILINE)
_ENTRY_URLS = re.compile(r"^(?:  )?urls:\n((?:    - .*\n)+)", re.MULTILINE)
_HUB_ADDRESS = re.compile(r"^    - https://huggingface\.co/([\w.-]+/[\w.-]+)/?$", re.MULTILINE)
_MARK = b'[\n  {\n    "name": "'
"""How the model table of llmfit begins inside its program file."""
_NO_LICENCE = frozenset({"not specified", "multiple", "other", "unknown", "none"})
_NO_TYPE = frozenset({"", "unknown"})
_PERMISSIVE = frozenset({"apache-2.0", "mit", "bsd-3-clause", "cc-by-4.0"})
_BUILT_ON_SOMETHING = 1_500_000_000
"""Parameters from which an embedding model rests on a language model whose terms also count."""
_DISPUTED_BASE = frozenset({"BAAI/bge-en-icl"})
"""mteb names another model than the authors' paper (arXiv 2409.15700: Mistral-7B)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One model of the table, with the downloads by which rows are kept or left out."""

    id: str
    licence: str = ""
    bases: tuple[str, ...] = ()
    """`relation:org/name`; the relation may be empty."""
    model_type: str = ""
    parameters: int | None = None
    created: str = ""
    pipeline_tag: str = ""
    downloads: int = 0

    def line(self) -> str:
        """The cells in the order of `COLUMNS`."""
        cells = {
            "id": self.id,
            "licence": self.licence,
            "bases": "|".join(self.bases),
            "model_type": self.model_type,
            "parameters": str(self.parameters or ""),
            "created": self.created,
            "pipeline_tag": self.pipeline_tag,
        }
        return "\t".join(cells.get(column, "") for column in COLUMNS)


def llmfit_rows(program: bytes) -> Iterator[Row]:
    """The models in llmfit's program file, then the GGUF repositories it maps to them.

    A mapped repository gets its original as base and no licence: what its uploader declares is not in the table.
    Raises ValueError where the table is not found.
    """
    start = program.find(_MARK)
    if start < 0:
        raise ValueError("the model table is not in this program file")
    table, _ = json.JSONDecoder().raw_decode(program[start:].decode("utf-8", "replace"))
    for record in table:
        yield _llmfit_row(record)
        for source in record.get("gguf_sources") or ():
            yield Row(
                id=source["repo"],
                bases=(f"quantized:{record['name']}",),
                pipeline_tag=_pipeline(record),
                downloads=record["hf_downloads"] // 10,
            )


def _llmfit_row(record: Mapping[str, Any]) -> Row:
    architecture = record.get("architecture") or ""
    return Row(
        id=record["name"],
        licence=_tag(record.get("license")),
        model_type="" if architecture in _NO_TYPE else architecture,
        parameters=_plausible(record["name"], record.get("parameters_raw")),
        created=_day(record.get("release_date")),
        pipeline_tag=_pipeline(record),
        downloads=record["hf_downloads"],
    )


def mteb_rows(sources: Iterable[str]) -> Iterator[Row]:
    """The open models that mteb's source files state as literal `ModelMeta(...)` calls."""
    for source in sources:
        for call in ast.walk(ast.parse(source)):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "ModelMeta":
                stated = {keyword.arg: _literal(keyword.value) for keyword in call.keywords if keyword.arg}
                if isinstance(stated.get("name"), str) and stated.get("open_weights") is True:
                    yield _mteb_row(stated)


def _mteb_row(stated: Mapping[str, Any]) -> Row:
    adapted = stated.get("adapted_from")
    written = [adapted] if isinstance(adapted, str) else adapted if isinstance(adapted, list | tuple) else []
    bases = tuple(f":{base}" for base in written if isinstance(base, str) and _ID.fullmatch(base))
    return Row(
        id=stated["name"],
        licence=_stated_licence(stated, bases),
        bases=() if stated["name"] in _DISPUTED_BASE else bases,
        parameters=_plausible(stated["name"], stated.get("n_parameters")),
        created=_day(stated.get("release_date")),
        downloads=1_000,
    )


def _stated_licence(stated: Mapping[str, Any], bases: tuple[str, ...]) -> str:
    """The licence as mteb has it; empty for a permissive one on a large model without a base.

    mteb's editors write the licence down themselves (3 of 88 differ from the Hub's tag). A large model that names no
    base hides the terms it inherits, so its permissive word is not repeated.
    """
    tag, count = _tag(stated.get("license")), stated.get("n_parameters")
    large = isinstance(count, int | float) and count >= _BUILT_ON_SOMETHING
    return "" if tag in _PERMISSIVE and large and not bases else tag


def csv_rows(text: str) -> Iterator[Row]:
    """Parameter counts by id, for models the other tables lack."""
    for record in csv.DictReader(io.StringIO(text)):
        count = record["parameters_raw"]
        yield Row(
            id=record["name"],
            model_type="" if record["architecture"] in _NO_TYPE else record["architecture"],
            parameters=_plausible(record["name"], int(count) if count.isdecimal() else None),
            downloads=int(record.get("hf_downloads") or 0),
        )


def gallery_rows(text: str) -> Iterator[Row]:
    """The Hub models of LocalAI's gallery that an entry gives a licence of its own, and the GGUF copies it names.

    An entry lists the original first. Its licence is the original's; one that is inherited from another entry is not
    read, a permissive word for a copy alone is not repeated, and a model with two licences gets none.
    """
    tags: dict[str, set[str]] = {}
    copies: dict[str, str] = {}
    for entry in _ENTRY.split(text):
        stated, listed = _ENTRY_LICENCE.search(entry), _ENTRY_URLS.search(entry)
        ids = _HUB_ADDRESS.findall(listed[1]) if listed else []
        if not ids:
            continue
        first = ids[0]
        tag = _tag(stated[1]) if stated else ""
        if tag and not (tag in _PERMISSIVE and _is_gguf(first)):
            tags.setdefault(first, set()).add(tag)
        copies.update((other, first) for other in ids[1:] if _is_gguf(other) and not _is_gguf(first))
    for model_id, found in tags.items():
        yield Row(id=model_id, licence=min(found) if len(found) == 1 else "", downloads=1_000)
    for model_id, original in copies.items():
        if _stem(original) in _stem(model_id):
            yield Row(id=model_id, bases=(f"quantized:{original}",), downloads=100)


def _is_gguf(model_id: str) -> bool:
    return "gguf" in model_id.lower()


def _stem(model_id: str) -> str:
    return model_id.partition("/")[2].lower()


def merge(rows: Iterable[Row]) -> tuple[Row, ...]:
    """One row per id, sorted by id; the first row that states a cell wins. Ids that are not `org/name` are left out."""
    kept: dict[str, Row] = {}
    for row in rows:
        if not _ID.fullmatch(row.id):
            continue
        first = kept.get(row.id)
        kept[row.id] = row if first is None else _filled(first, row)
    return tuple(kept[key] for key in sorted(kept))


def _filled(first: Row, second: Row) -> Row:
    return replace(
        first,
        licence=first.licence or second.licence,
        bases=first.bases or second.bases,
        model_type=first.model_type or second.model_type,
        parameters=first.parameters or second.parameters,
        created=first.created or second.created,
        pipeline_tag=first.pipeline_tag or second.pipeline_tag,
        downloads=max(first.downloads, second.downloads),
    )


def packed(rows: tuple[Row, ...], about: Mapping[str, Any], most: int = MOST_BYTES) -> bytes:
    """The table as it is stored; the least downloaded rows are left out until it fits into `most` bytes."""
    while True:
        head = "#" + json.dumps({**about, "rows": len(rows)}, sort_keys=True, ensure_ascii=False)
        text = "\n".join([head, *(row.line() for row in rows)]) + "\n"
        raw = gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)
        if len(raw) <= most or not rows:
            return raw
        floor = sorted(row.downloads for row in rows)[len(rows) // 20]
        rows = tuple(row for row in rows if row.downloads > floor)


def _tag(value: object) -> str:
    """A licence tag; empty for a link, a sentence or a word that names no licence."""
    tag = value.strip().lower() if isinstance(value, str) else ""
    return tag if _TAG.fullmatch(tag) and tag not in _NO_LICENCE else ""


def _day(value: object) -> str:
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else ""
    except ValueError:
        return ""


def _pipeline(record: Mapping[str, Any]) -> str:
    tag = record.get("pipeline_tag") or ""
    return "" if tag in _NO_TYPE else tag


def _plausible(name: str, count: object) -> int | None:
    """The count, unless the name states a size that it misses by more than half: packed weights are counted wrongly."""
    if not isinstance(count, int | float) or count < 1_000_000:
        return None
    found = _SIZE.search(name.partition("/")[2])
    if found is None:
        return int(count)
    stated = float(found[1].replace("_", ".")) * (1e9 if found[2].lower() == "b" else 1e6)
    return int(count) if stated and 0.5 <= count / stated <= 2 else None


def _literal(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _member(wheel: Path, suffix: str) -> Iterator[bytes]:
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(suffix):
                yield archive.read(name)


def build(llmfit: Path, mteb: Path, parameters: Path, gallery: Path) -> bytes:
    """The packed table of these files; its day is that of the newest model in llmfit's table."""
    first = tuple(llmfit_rows(next(_member(llmfit, "/scripts/llmfit"))))
    second = tuple(mteb_rows(raw.decode("utf-8") for raw in _member(mteb, ".py") if b"ModelMeta(" in raw))
    third = tuple(csv_rows(parameters.read_text("utf-8")))
    fourth = tuple(gallery_rows(gallery.read_text("utf-8")))
    about = {
        "as_of": max(row.created for row in first),
        "sources": [_source(llmfit, "MIT"), _source(mteb, "Apache-2.0"), _GALLERY],
    }
    return packed(merge((*first, *second, *fourth, *third)), about)


def _source(wheel: Path, licence: str) -> dict[str, str]:
    name, version, *_ = wheel.name.split("-")
    return {"name": name, "version": version, "licence": licence}


if __name__ == "__main__":
    TARGET.write_bytes(build(*(Path(argument) for argument in sys.argv[1:5])))
