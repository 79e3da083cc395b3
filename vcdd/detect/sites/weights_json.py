"""`config.json`, `adapter_config.json`, `model_index.json`: an ordinary JSON document, and the shape it describes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vcdd.core.shape import WeightsShape
from vcdd.core.site import Frame, FrameKind
from vcdd.detect.sites.json_values import parse
from vcdd.detect.sites.lines import read_instead
from vcdd.detect.sites.sheet import clean, comment_site, finished, sheet_of
from vcdd.detect.sites.tree import Mapping, TreeError
from vcdd.detect.sites.tree_sites import tree_sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vcdd.core.site import ReadFile, Site
    from vcdd.core.source_file import SourceFile
    from vcdd.detect.sites.sheet import Sheet
    from vcdd.detect.sites.tree import Node

_NAMES = ("_name_or_path", "name_or_path", "base_model_name_or_path", "base_model", "_diffusers_base")
_LARGEST = 10**15
# The same number under the names that model families give it (transformers' configuration classes).
_NUMBERS = {
    "vocab_size": ("vocab_size", "padded_vocab_size"),
    "hidden_size": ("hidden_size", "n_embd", "d_model", "dim"),
    "layers": ("num_hidden_layers", "n_layer", "num_layers", "n_layers"),
    "heads": ("num_attention_heads", "n_head", "n_heads"),
    "kv_heads": ("num_key_value_heads", "multi_query_group_num", "num_kv_heads", "n_kv_heads"),
    "head_dim": ("head_dim", "kv_channels"),
    "intermediate_size": ("intermediate_size", "ffn_hidden_size", "n_inner", "d_ff"),
    "experts": ("num_experts", "num_local_experts", "n_routed_experts", "moe_num_experts"),
}
_NESTED = ("text_config", "llm_config", "language_config", "thinker_config", "text_encoder_config")
"""Where a multimodal model keeps the numbers of its language model."""


def read(source: SourceFile) -> ReadFile:
    """Every string, the names of weights under HEADER frames, and the shape if it is a model's file; never raises."""
    sheet = sheet_of(source, "weights-json")
    try:
        documents, comments = parse(source.text)
    except TreeError as refusal:
        return read_instead(source, "weights-json", str(refusal))
    sites = [site for offset, comment in comments if (site := comment_site(sheet, offset, comment))]
    for document in documents:
        sites.extend(tree_sites(sheet, document))
        sites.extend(_names(sheet, document))
    return finished(sheet, sites, shapes=_shapes(source))


def _names(sheet: Sheet, document: Node) -> Iterator[Site]:
    if not isinstance(document, Mapping):
        return
    for name in _NAMES:
        value = document.scalar(name)
        if value is not None and value.text and value.style:
            yield sheet.site(value.start, value.text, (Frame(FrameKind.HEADER, name),))


def _shapes(source: SourceFile) -> tuple[WeightsShape, ...]:
    try:
        config = json.loads(source.text)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(config, dict):
        return ()
    name = source.path.rpartition("/")[2].lower()
    if name == "adapter_config.json" or "peft_type" in config:
        return (_adapter(source.path, config),)
    if name == "model_index.json":
        return (_model_index(source.path, config),) if _text(config, "_class_name") else ()
    return (_config(source.path, config),) if _is_model(config) else ()


def _is_model(config: dict[str, Any]) -> bool:
    """Whether a plain `config.json` describes a model: named as one, and with numbers of a network."""
    if _text(config, "_class_name"):
        return True
    named = isinstance(config.get("architectures"), list) or bool(_text(config, "model_type"))
    return named and sum(_is_number(value) for value in {**config, **_inner(config)}.values()) >= 2


def _config(path: str, config: dict[str, Any]) -> WeightsShape:
    numbers = {**config, **_inner(config)}
    architectures = config.get("architectures")
    first = architectures[0] if isinstance(architectures, list) and architectures else ""
    return WeightsShape(
        path=path,
        kind="config",
        architecture=clean(first) if isinstance(first, str) and first else _text(config, "_class_name"),
        model_type=_text(config, "model_type"),
        name=_text(config, "_name_or_path"),
        licence=_text(config, "license"),
        rope_theta=_theta(numbers),
        quantisation=_quantisation(config),
        vocab_size=_number(numbers, "vocab_size"),
        hidden_size=_number(numbers, "hidden_size"),
        layers=_number(numbers, "layers"),
        heads=_number(numbers, "heads"),
        kv_heads=_number(numbers, "kv_heads"),
        head_dim=_number(numbers, "head_dim"),
        intermediate_size=_number(numbers, "intermediate_size"),
        experts=_number(numbers, "experts"),
    )


def _adapter(path: str, config: dict[str, Any]) -> WeightsShape:
    modules = config.get("target_modules")
    listed = [modules] if isinstance(modules, str) else modules if isinstance(modules, list) else []
    mapping = config.get("auto_mapping")
    return WeightsShape(
        path=path,
        kind="adapter",
        architecture=_text(mapping, "base_model_class") if isinstance(mapping, dict) else "",
        model_type=_text(config, "peft_type"),
        declared_base=_text(config, "base_model_name_or_path"),
        target_modules=tuple(sorted({clean(module) for module in listed[:200] if isinstance(module, str)})),
    )


def _model_index(path: str, config: dict[str, Any]) -> WeightsShape:
    return WeightsShape(
        path=path,
        kind="model-index",
        architecture=_text(config, "_class_name"),
        name=_text(config, "_name_or_path"),
        licence=_text(config, "license"),
    )


def _inner(config: dict[str, Any]) -> dict[str, Any]:
    for name in _NESTED:
        nested = config.get(name)
        if isinstance(nested, dict):
            return {**nested, **_inner(nested)} if name == "thinker_config" else nested
    return {}


def _theta(numbers: dict[str, Any]) -> float | None:
    nested = numbers.get("rope_parameters")
    value = numbers.get("rope_theta", nested.get("rope_theta") if isinstance(nested, dict) else None)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < _LARGEST:
        return float(value)
    return None


def _quantisation(config: dict[str, Any]) -> str:
    found = config.get("quantization_config")
    if not isinstance(found, dict):
        return ""
    bits = found.get("bits")
    suffix = f"-{bits}bit" if isinstance(bits, int) and 0 < bits < 64 else ""
    return _text(found, "quant_method") + suffix


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(numbers: dict[str, Any], field: str) -> int | None:
    for name in _NUMBERS[field]:
        value = numbers.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value < _LARGEST:
            return value
    return None


def _text(table: dict[str, Any], name: str) -> str:
    value = table.get(name)
    return clean(value) if isinstance(value, str) else ""
