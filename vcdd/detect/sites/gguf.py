"""GGUF headers: the metadata and the tensor list, arrays skipped without building them.

Format: the "GGUF" page of the ggml documentation (magic, version, counts, typed key-value pairs, tensor infos). Counts
and lengths are believed only as far as the bytes reach.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from math import prod
from typing import TYPE_CHECKING

from vcdd.core.shape import WeightsShape
from vcdd.detect.sites.header_sites import header_file
from vcdd.detect.sites.sheet import clean

if TYPE_CHECKING:
    from vcdd.core.site import ReadFile
    from vcdd.core.source_file import SourceFile

_MAX_PAIRS = 10_000
_MAX_TENSORS = 100_000
_MAX_STRING = 65_536
_LARGEST = 10**15
# Value types by number: struct code, or None for a string (8) and an array (9).
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
# `general.file_type` by number (`llama_ftype` in llama.cpp's public header).
_FILE_TYPES = (
    "F32 F16 Q4_0 Q4_1 - - - Q8_0 Q5_0 Q5_1 Q2_K Q3_K_S Q3_K_M Q3_K_L Q4_K_S Q4_K_M Q5_K_S Q5_K_M Q6_K IQ2_XXS IQ2_XS "
    "Q2_K_S IQ3_XS IQ3_XXS IQ1_S IQ4_NL IQ3_S IQ3_M IQ2_S IQ2_M IQ4_XS IQ1_M BF16 - - - TQ1_0 TQ2_0 MXFP4"
)


class _EndError(ValueError):
    """The bytes end, or a count cannot be true."""


@dataclass(slots=True)
class _Header:
    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    """Number of items of each array."""
    parameters: int | None = None


@dataclass(slots=True)
class _Bytes:
    """A cursor over the head of a file."""

    data: bytes
    order: str = "<"
    wide: bool = True
    """Whether lengths have 8 bytes; version 1 wrote 4."""
    at: int = 0

    def number(self, code: str) -> int | float:
        """The next number of that struct code."""
        size = struct.calcsize(f"{self.order}{code}")
        self.need(size)
        value: int | float = struct.unpack_from(f"{self.order}{code}", self.data, self.at)[0]
        self.at += size
        return value

    def length(self) -> int:
        """The next length or count."""
        return int(self.number("Q" if self.wide else "I"))

    def need(self, size: int) -> None:
        """Raise `_EndError` unless that many bytes are left."""
        if size > len(self.data) - self.at:
            raise _EndError("the header goes on beyond what was read")

    def text(self) -> str:
        """The next string, cut to a generous length."""
        length = self.length()
        self.need(length)
        start, self.at = self.at, self.at + length
        return self.data[start : start + min(length, _MAX_STRING)].decode("utf-8", "replace")

    def skip_text(self) -> None:
        """Pass over a string."""
        length = self.length()
        self.need(length)
        self.at += length


def read(source: SourceFile) -> ReadFile:
    """Texts of the header under HEADER frames, and the shape; never raises."""
    header = _Header()
    reason = ""
    try:
        _fill(header, source.head)
    except _EndError as end:
        reason = str(end)
    texts = {name: text for name, text in header.texts.items() if name.startswith("general.")}
    shape = _shape(source.path, header) if header.texts or header.numbers else None
    # A head that was cut on purpose is no failure: the keys that matter come first.
    return header_file(source, "gguf", texts, shape, "" if shape and source.truncated else reason)


def _fill(header: _Header, data: bytes) -> None:
    if data[:4] != b"GGUF":
        raise _EndError("does not begin with GGUF")
    cursor = _Bytes(data, at=4)
    version = int(cursor.number("I"))
    if version > 0xFFFF:  # written on a big-endian machine
        cursor.order, version = ">", int.from_bytes(version.to_bytes(4, "little"), "big")
    cursor.wide = version > 1
    tensors, pairs = cursor.length(), cursor.length()
    for _ in range(min(pairs, _MAX_PAIRS)):
        _pair(header, cursor)
    if pairs <= _MAX_PAIRS:
        header.parameters = _parameters(cursor, tensors)


def _pair(header: _Header, cursor: _Bytes) -> None:
    name = cursor.text()
    kind = int(cursor.number("I"))
    if kind == _STRING:
        header.texts[name] = cursor.text()
    elif kind == _ARRAY:
        header.lengths[name] = _skip_array(cursor)
    elif kind in _SCALARS:
        header.numbers[name] = cursor.number(_SCALARS[kind])
    else:
        raise _EndError(f"unknown value type {kind}")


def _skip_array(cursor: _Bytes, depth: int = 0) -> int:
    kind, count = int(cursor.number("I")), cursor.length()
    if kind in _SCALARS:
        size = struct.calcsize(f"<{_SCALARS[kind]}") * count
        cursor.need(size)
        cursor.at += size
        return count
    if kind not in {_STRING, _ARRAY} or depth > 3:
        raise _EndError(f"unknown array type {kind}")
    for _ in range(count):  # each round consumes bytes or raises
        if kind == _STRING:
            cursor.skip_text()
        else:
            _skip_array(cursor, depth + 1)
    return count


def _parameters(cursor: _Bytes, tensors: int) -> int | None:
    """Sum over the tensor list; None when it is not all there or cannot be true."""
    total = 0
    try:
        for _ in range(tensors):
            cursor.skip_text()
            dimensions = int(cursor.number("I"))
            if dimensions > 8:
                return None
            total += prod(int(cursor.number("Q" if cursor.wide else "I")) for _ in range(dimensions))
            cursor.number("I")
            cursor.number("Q")
            if total > _LARGEST:
                return None
    except _EndError:
        return None
    return total or None


def _shape(path: str, header: _Header) -> WeightsShape:
    architecture = header.texts.get("general.architecture", "")
    vocabulary = header.lengths.get("tokenizer.ggml.tokens") or _number(header, f"{architecture}.vocab_size")
    theta = header.numbers.get(f"{architecture}.rope.freq_base")
    base = header.texts.get("general.base_model.0.repo_url") or header.texts.get("general.base_model.0.name", "")
    return WeightsShape(
        path=path,
        kind="gguf",
        architecture=clean(architecture),
        name=clean(header.texts.get("general.name") or header.texts.get("general.basename", "")),
        declared_base=clean(base),
        licence=clean(header.texts.get("general.license", "")),
        vocab_size=vocabulary if vocabulary and vocabulary < _LARGEST else None,
        hidden_size=_number(header, f"{architecture}.embedding_length"),
        layers=_number(header, f"{architecture}.block_count"),
        heads=_number(header, f"{architecture}.attention.head_count"),
        kv_heads=_number(header, f"{architecture}.attention.head_count_kv"),
        head_dim=_number(header, f"{architecture}.attention.key_length"),
        intermediate_size=_number(header, f"{architecture}.feed_forward_length"),
        experts=_number(header, f"{architecture}.expert_count"),
        rope_theta=theta if theta and 0 < theta < _LARGEST else None,
        parameters=header.parameters or _number(header, "general.parameter_count"),
        quantisation=_file_type(header),
    )


def _file_type(header: _Header) -> str:
    names = _FILE_TYPES.split()
    number = header.numbers.get("general.file_type", -1)
    return names[int(number)].strip("-") if 0 <= number < len(names) else ""


def _number(header: _Header, name: str) -> int | None:
    value = header.numbers.get(name)
    return int(value) if value is not None and 0 < value < _LARGEST else None
