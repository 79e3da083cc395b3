"""The shape of weights found in the target or on the Hub: what a header or a config says of a network."""

from __future__ import annotations

from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsShape:
    """What one `config.json`, adapter config, `model_index.json` or weight header says. Unknown numbers are None."""

    path: str
    """The file, or the Hub id the config came from."""
    kind: str
    """`config`, `adapter`, `model-index`, `gguf`, `safetensors`, `onnx`."""
    architecture: str = ""
    """`Qwen2ForCausalLM`, `qwen2`, a diffusers pipeline class."""
    model_type: str = ""
    name: str = ""
    """A name the file gives itself (`_name_or_path`, `general.name`)."""
    declared_base: str = ""
    """`base_model_name_or_path`, `general.base_model.0.repo_url`: Hub id or path as written."""
    licence: str = ""
    """A licence the header states, as written."""
    vocab_size: int | None = None
    hidden_size: int | None = None
    layers: int | None = None
    heads: int | None = None
    kv_heads: int | None = None
    head_dim: int | None = None
    intermediate_size: int | None = None
    experts: int | None = None
    rope_theta: float | None = None
    parameters: int | None = None
    """Sum over tensors where a header lists them."""
    quantisation: str = ""
    target_modules: tuple[str, ...] = ()
    """For an adapter: the modules it changes, sorted."""
