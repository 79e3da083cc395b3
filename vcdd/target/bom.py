"""Models named in a bill of materials that another tool wrote: CycloneDX (JSON, XML) and SPDX (JSON), any version."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from vcdd.target.bom_xml import document_of
from vcdd.target.names import to_shown
from vcdd.values import dataclass

_DEPTH = 50
_MODELS = 100_000
_LONGEST = 300
# purl-spec, type `huggingface`: namespace and name are the repository, the version a commit.
_PURL = re.compile(r"pkg:huggingface/(?P<id>[^@?#]+)(?:@(?P<version>[^?#]*))?")
_ADDRESS = re.compile(r"https?://(?:www\.)?huggingface\.co/(?P<id>[\w.-]+/[\w.-]+)")
_NOT_MODELS = ("datasets/", "spaces/", "api/", "docs/")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedModel:
    """A model that a bill of materials names. Strings are hostile; control characters are replaced."""

    id: str
    """`org/name` where a package URL or an address on the Hub gives it, else group and name, else the name."""
    name: str
    place: str
    """Where it stands in the document: `components[2]`."""
    version: str = ""
    licence: str = ""
    """As stated there; empty where nothing is."""


def read_bom(text: str) -> tuple[ImportedModel, ...]:
    """The models in document order; empty for a document that names none or is none. Raises nothing."""
    try:
        document = document_of(text) if text.lstrip().startswith("<") else json.loads(text)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(document, dict):
        return ()
    found = [*_cyclonedx(document), *_spdx2(document), *_spdx3(document)]
    return tuple(found[:_MODELS])


def _cyclonedx(document: dict[str, Any]) -> Iterator[ImportedModel]:
    """Components of the type `machine-learning-model`, and any with a package URL of the Hub, nested ones included."""
    subject = _dict(_dict(document.get("metadata")).get("component"))
    pending = [("metadata.component", subject, 0), *_rows(document, "components", "", 0)]
    pending.reverse()
    while pending:
        place, row, depth = pending.pop()
        hub_id, version = _hub_id(_text(row.get("purl")))
        if hub_id or row.get("type") == "machine-learning-model":
            name = _text(row.get("name"))
            group = _text(row.get("group"))
            written = f"{group}/{name}" if group and "/" not in name else name
            if id_ := hub_id or written:
                stated = _text(row.get("version")) or version
                yield ImportedModel(
                    id=id_, name=name or id_, place=place, version=stated, licence=_cyclonedx_licence(row)
                )
        if depth < _DEPTH:
            pending.extend(reversed(_rows(row, "components", place + ".", depth + 1)))


def _rows(row: dict[str, Any], key: str, prefix: str, depth: int) -> list[tuple[str, dict[str, Any], int]]:
    return [(f"{prefix}{key}[{number}]", _dict(item), depth) for number, item in enumerate(_list(row.get(key)))]


def _cyclonedx_licence(row: dict[str, Any]) -> str:
    for item in _list(row.get("licenses")):
        licence = _dict(_dict(item).get("license"))
        stated = _text(_dict(item).get("expression")) or _text(licence.get("id")) or _text(licence.get("name"))
        if stated:
            return stated
    return ""


def _spdx2(document: dict[str, Any]) -> Iterator[ImportedModel]:
    """Packages that a package URL or the download location places on the Hub: SPDX 2 has no word for a model."""
    for place, row, _ in _rows(document, "packages", "", 0):
        references = [_text(_dict(item).get("referenceLocator")) for item in _list(row.get("externalRefs"))]
        where = [*references, _text(row.get("downloadLocation")), _text(row.get("homepage"))]
        id_, version = next((found for text in where if (found := _hub_id(text))[0]), ("", ""))
        if id_:
            licence = _text(row.get("licenseConcluded")) or _text(row.get("licenseDeclared"))
            stated = "" if licence in ("NOASSERTION", "NONE") else licence
            name, said = _text(row.get("name")) or id_, _text(row.get("versionInfo")) or version
            yield ImportedModel(id=id_, name=name, place=place, version=said, licence=stated)


def _spdx3(document: dict[str, Any]) -> Iterator[ImportedModel]:
    """Elements of the class AIPackage, under each of the names that serialisations give it."""
    for place, row, _ in _rows(document, "@graph", "", 0):
        kind = _text(row.get("type") or row.get("@type"))
        if kind.rpartition("_")[2].rpartition(":")[2].rpartition("/")[2] != "AIPackage":
            continue
        where = [
            _text(value) for key, value in row.items() if key.lower().endswith(("packageurl", "location", "homepage"))
        ]
        where += [_text(_dict(item).get("identifier")) for item in _list(row.get("externalIdentifier"))]
        hub_id, version = next((found for text in where if (found := _hub_id(text))[0]), ("", ""))
        name = _text(row.get("name"))
        if id_ := hub_id or name:
            stated = next((_text(value) for key, value in row.items() if key.lower().endswith("packageversion")), "")
            yield ImportedModel(id=id_, name=name or id_, place=place, version=stated or version)


def _hub_id(text: str) -> tuple[str, str]:
    """The repository on the Hub and the commit that a package URL or an address names; empty when it names none."""
    if found := _PURL.match(text):
        return to_shown(unquote(found["id"])).strip("/"), to_shown(unquote(found["version"] or ""))
    if (found := _ADDRESS.match(text)) and not found["id"].startswith(_NOT_MODELS):
        return found["id"], ""
    return "", ""


def _text(value: object) -> str:
    return to_shown(value.strip())[:_LONGEST] if isinstance(value, str) else ""


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value[:_MODELS] if isinstance(value, list) else []
