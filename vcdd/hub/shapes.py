"""What a Hub document says of the network itself: architecture, size, quantisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from vcdd.core.shape import WeightsShape
from vcdd.hub.text import clean

if TYPE_CHECKING:
    from vcdd.hub.document_model import Document

_LARGEST = 10**15


def hub_shape(document: Document) -> WeightsShape | None:
    """The shape as far as the document gives it; None when it gives neither architecture nor type.

    The Hub's `config` usually holds architecture and type only; where an endpoint passes the whole `config.json`, its
    numbers are taken too (for a multimodal model those of its `text_config`).
    """
    config, gguf = document.config, document.gguf
    architecture = _first(config.get("architectures")) or clean(gguf.get("architecture"))
    model_type = clean(config.get("model_type"))
    if not architecture and not model_type:
        return None
    nested = config.get("text_config")
    numbers = {**config, **nested} if isinstance(nested, Mapping) else config
    theta = numbers.get("rope_theta")
    return WeightsShape(
        path=document.name,
        kind="gguf" if gguf else "config",
        architecture=architecture,
        model_type=model_type,
        vocab_size=_number(numbers, "vocab_size"),
        hidden_size=_number(numbers, "hidden_size"),
        layers=_number(numbers, "num_hidden_layers"),
        heads=_number(numbers, "num_attention_heads"),
        kv_heads=_number(numbers, "num_key_value_heads"),
        head_dim=_number(numbers, "head_dim"),
        intermediate_size=_number(numbers, "intermediate_size"),
        experts=_number(numbers, "num_experts"),
        rope_theta=float(theta) if isinstance(theta, int | float) and abs(theta) < _LARGEST else None,
        parameters=parameter_count(document),
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


def _number(table: Mapping[str, object], key: str) -> int | None:
    value = table.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < _LARGEST else None


def _first(value: object) -> str:
    return clean(value[0]) if isinstance(value, list) and value else ""
