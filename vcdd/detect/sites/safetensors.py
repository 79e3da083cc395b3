"""safetensors headers: 8 bytes of length, then JSON with tensors and `__metadata__` (the format's own page).

Besides the metadata, the shapes of the tensors tell size, vocabulary and, for an adapter, the modules it changes.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from math import prod
from typing import TYPE_CHECKING, Any

from vcdd.core.shape import WeightsShape
from vcdd.detect.sites.header_sites import header_file
from vcdd.detect.sites.json_values import parse
from vcdd.detect.sites.sheet import clean
from vcdd.detect.sites.tree import Mapping, Scalar, TreeError

if TYPE_CHECKING:
    from vcdd.core.site import ReadFile
    from vcdd.core.source_file import SourceFile

_MAX_HEADER = 100_000_000
"""The library's own limit for a header, in bytes."""
_MAX_CUT = 200_000
"""How much of an incomplete header is searched for metadata, in code points."""
_LARGEST = 10**15
_EMBEDDING = re.compile(r"(?:^|\.)(?:embed_tokens|wte|word_embeddings|tok_embeddings|embed_in)\.weight$")
_LAYER = re.compile(r"(?:^|\.)(?:layers|h|blocks|block|layer)\.(\d{1,4})\.")
_LORA = re.compile(r"([A-Za-z0-9_]+)\.lora_(?:A|B|down|up|embedding_A|embedding_B)\b")
_NAMES = ("modelspec.title", "ss_output_name", "name")
_BASES = ("base_model", "base_model_name_or_path", "ss_sd_model_name", "modelspec.base_model", "ss_base_model_version")


def read(source: SourceFile) -> ReadFile:
    """The metadata under HEADER frames, and the shape; never raises."""
    length = int.from_bytes(source.head[:8], "little")
    if len(source.head) < 9 or length > _MAX_HEADER or source.head[8:9] != b"{":
        return header_file(source, "safetensors", {}, None, "does not begin like a safetensors header")
    text = source.head[8 : 8 + length].decode("utf-8", "replace")
    if len(source.head) < 8 + length:
        return header_file(source, "safetensors", _cut_metadata(text), None, "the header goes on beyond what was read")
    try:
        header = json.loads(text)
    except (ValueError, RecursionError):
        return header_file(source, "safetensors", _cut_metadata(text), None, "the header is no JSON")
    if not isinstance(header, dict):
        return header_file(source, "safetensors", {}, None, "the header is no JSON object")
    metadata = _texts(header.pop("__metadata__", None))
    return header_file(source, "safetensors", metadata, _shape(source.path, header, metadata))


def _texts(metadata: object) -> dict[str, str]:
    if not isinstance(metadata, dict):
        return {}
    return {str(name): value for name, value in metadata.items() if isinstance(value, str)}


def _cut_metadata(text: str) -> dict[str, str]:
    """The metadata of a header that is not all there; it usually comes first."""
    try:
        documents, _ = parse(text[:_MAX_CUT])
    except TreeError:
        return {}
    root = documents[0] if documents else None
    metadata = root.get("__metadata__") if isinstance(root, Mapping) else None
    if not isinstance(metadata, Mapping):
        return {}
    return {entry.text: value.text for entry, value in metadata.entries if isinstance(value, Scalar)}


def _shape(path: str, tensors: dict[str, Any], metadata: dict[str, str]) -> WeightsShape:
    shapes = {name: shape for name, entry in tensors.items() if (shape := _dimensions(entry)) is not None}
    embedding = next((shape for name, shape in shapes.items() if _EMBEDDING.search(name) and len(shape) == 2), None)
    layers = {match[1] for name in shapes if (match := _LAYER.search(name))}
    total = sum(prod(shape) for shape in shapes.values())
    return WeightsShape(
        path=path,
        kind="safetensors",
        architecture=clean(metadata.get("modelspec.architecture", "")),
        name=_first(metadata, _NAMES),
        declared_base=_first(metadata, _BASES),
        licence=clean(metadata.get("modelspec.license") or metadata.get("license", "")),
        vocab_size=_plausible(embedding[0]) if embedding else None,
        hidden_size=_plausible(embedding[1]) if embedding else None,
        layers=len(layers) or None,
        parameters=_plausible(total),
        quantisation=_main_type(tensors),
        target_modules=tuple(sorted({match[1] for name in shapes if (match := _LORA.search(name))})),
    )


def _dimensions(entry: object) -> tuple[int, ...] | None:
    shape = entry.get("shape") if isinstance(entry, dict) else None
    if not isinstance(shape, list) or len(shape) > 8:
        return None
    if not all(isinstance(size, int) and not isinstance(size, bool) and 0 <= size < _LARGEST for size in shape):
        return None
    return tuple(shape)


def _plausible(number: int) -> int | None:
    return number if 0 < number < _LARGEST else None


def _first(metadata: dict[str, str], names: tuple[str, ...]) -> str:
    return clean(next((metadata[name] for name in names if metadata.get(name)), ""))


def _main_type(tensors: dict[str, Any]) -> str:
    """The type that most tensors have (`BF16`, `F8_E4M3`)."""
    types = Counter(
        entry["dtype"] for entry in tensors.values() if isinstance(entry, dict) and isinstance(entry.get("dtype"), str)
    )
    return clean(types.most_common(1)[0][0])[:40] if types else ""
