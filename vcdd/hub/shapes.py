"""What a Hub document says of the network itself: architecture, size, quantisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vcdd.core.shape import WeightsShape
from vcdd.hub.text import clean

if TYPE_CHECKING:
    from vcdd.hub.document_model import Document

_LARGEST = 10**15


def hub_shape(document: Document) -> WeightsShape | None:
    """The shape as far as the document gives it; None when it gives neither architecture nor type.

    The Hub's `config` usually holds architecture and type only; `config.json` itself has the numbers (for a multimodal
    model in its `text_config`).
    """
    shape = shape_of_config(document.config, path=document.name)
    if shape is None and clean(document.gguf.get("architecture")):
        shape = WeightsShape(path=document.name, kind="gguf", architecture=clean(document.gguf.get("architecture")))
    return replace(shape, parameters=parameter_count(document)) if shape else None


def shape_of_config(config: Mapping[str, Any], *, path: str) -> WeightsShape | None:
    """The shape that a `config.json` or `adapter_config.json` gives; None when it names neither network nor base."""
    declared = clean(config.get("base_model_name_or_path"))
    if "peft_type" in config or declared:
        modules = config.get("target_modules")
        names = sorted(filter(None, map(clean, modules[:200]))) if isinstance(modules, list) else []
        return WeightsShape(path=path, kind="adapter", declared_base=declared, target_modules=tuple(names))
    architecture, model_type = _first(config.get("architectures")), clean(config.get("model_type"))
    if not architecture and not model_type:
        return None
    nested = config.get("text_config")
    numbers = {**config, **nested} if isinstance(nested, Mapping) else config
    theta = numbers.get("rope_theta")
    return WeightsShape(
        path=path,
        kind="config",
        architecture=architecture,
        model_type=model_type,
        name=clean(config.get("_name_or_path")),
        vocab_size=_number(numbers, "vocab_size", "padded_vocab_size"),
        hidden_size=_number(numbers, "hidden_size", "n_embd", "d_model"),
        layers=_number(numbers, "num_hidden_layers", "num_layers", "n_layer"),
        heads=_number(numbers, "num_attention_heads", "n_head", "num_heads"),
        kv_heads=_number(numbers, "num_key_value_heads", "multi_query_group_num"),
        head_dim=_number(numbers, "head_dim"),
        intermediate_size=_number(numbers, "intermediate_size", "ffn_hidden_size"),
        experts=_number(numbers, "num_experts", "num_local_experts", "n_routed_experts"),
        rope_theta=float(theta) if isinstance(theta, int | float) and abs(theta) < _LARGEST else None,
        quantisation=_quantisation(config),
    )


def parameter_count(document: Document) -> int | None:
    """Parameters by the safetensors index, else by its parts, else by the GGUF header; None when none says."""
    total = _number(document.safetensors, "total")
    if total:
        return total
    parts = document.safetensors.get("parameters")
    if isinstance(parts, Mapping):
        counted = sum(_number(parts, key) or 0 for key in parts)
        if counted:
            return counted
    return _number(document.gguf, "total") or None


def _quantisation(config: Mapping[str, object]) -> str:
    found = config.get("quantization_config")
    return clean(found.get("quant_method"), 40) if isinstance(found, Mapping) else ""


def _number(table: Mapping[str, object], *keys: str) -> int | None:
    """The first of these keys that holds a sensible count."""
    values = (table.get(key) for key in keys)
    return next((v for v in values if isinstance(v, int) and not isinstance(v, bool) and 0 < v < _LARGEST), None)


def _first(value: object) -> str:
    return clean(value[0]) if isinstance(value, list) and value else ""
