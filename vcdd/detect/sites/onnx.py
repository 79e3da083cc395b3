"""ONNX files: producer, graph name and metadata out of the protocol buffer, tensors passed over.

Field numbers are those of `ModelProto`, `GraphProto` and `StringStringEntryProto` in the ONNX specification.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vcdd.core.shape import WeightsShape
from vcdd.detect.sites.header_sites import header_file
from vcdd.detect.sites.sheet import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile
    from vcdd.core.source_file import SourceFile

_MAX_FIELDS = 20_000
_MAX_TEXT = 65_536
_PRODUCER, _PRODUCER_VERSION, _DOMAIN, _DOC, _GRAPH, _METADATA = 2, 3, 4, 6, 7, 14
_GRAPH_NAME, _GRAPH_DOC = 2, 10
_MODEL_TEXTS = {
    _PRODUCER: "producer_name",
    _PRODUCER_VERSION: "producer_version",
    _DOMAIN: "domain",
    _DOC: "doc_string",
}
_NAMES = ("model_name", "name", "_name_or_path", "model_id", "graph.name")
_LICENCES = ("license", "licence", "model_license")


def read(source: SourceFile) -> ReadFile:
    """Texts of the model's header under HEADER frames, and a shape with what they say; never raises."""
    fields = _fields(source.head)
    if not fields:
        return header_file(source, "onnx", {}, None, "does not begin like an ONNX model")
    shape = WeightsShape(
        path=source.path,
        kind="onnx",
        name=_first(fields, _NAMES),
        licence=_first(fields, _LICENCES),
        architecture=_first(fields, ("architecture", "model_type")),
    )
    return header_file(source, "onnx", fields, shape)


def _fields(data: bytes) -> dict[str, str]:
    fields: dict[str, str] = {}
    for number, start, end in _messages(data, 0, len(data)):
        if number in _MODEL_TEXTS:
            fields[_MODEL_TEXTS[number]] = _text(data, start, end)
        elif number == _GRAPH:
            for inner, first, last in _messages(data, start, min(end, len(data))):
                if inner in {_GRAPH_NAME, _GRAPH_DOC}:
                    fields["graph.name" if inner == _GRAPH_NAME else "graph.doc_string"] = _text(data, first, last)
        elif number == _METADATA:
            entry = {
                inner: _text(data, first, last) for inner, first, last in _messages(data, start, min(end, len(data)))
            }
            if entry.get(1):
                fields[entry[1][:200]] = entry.get(2, "")
    return {name: text for name, text in fields.items() if text}


def _messages(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each length-delimited field; the end may lie beyond the bytes."""
    for _ in range(_MAX_FIELDS):
        tag, start = _varint(data, start, end)
        if start < 0 or tag == 0:
            return
        number, wire = tag >> 3, tag & 7
        if wire == 0:
            _, start = _varint(data, start, end)
        elif wire in {1, 5}:
            start += 8 if wire == 1 else 4
        elif wire == 2:
            length, start = _varint(data, start, end)
            if start < 0:
                return
            yield number, start, start + length
            start += length
        else:
            return
        if start < 0 or start >= end:
            return


def _varint(data: bytes, start: int, end: int) -> tuple[int, int]:
    """The number at `start` and the offset after it; the offset is -1 where the bytes end."""
    value = 0
    for shift in range(10):
        position = start + shift
        if position >= end or position >= len(data):
            return 0, -1
        value |= (data[position] & 0x7F) << (7 * shift)
        if data[position] < 0x80:
            return value, position + 1
    return 0, -1


def _text(data: bytes, start: int, end: int) -> str:
    text = data[start : min(end, start + _MAX_TEXT)]
    return text.decode("utf-8", "replace")


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str:
    return clean(next((fields[name] for name in names if fields.get(name)), ""))
