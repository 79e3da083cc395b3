"""Take an id apart: route prefix, organisation, name, tag and format suffix. Text in, text out; knows no model.

The same weights are written `Qwen/Qwen3-8B`, `openrouter/qwen/qwen3-8b:free`, `qwen3:8b-q4_K_M`,
`hf.co/someone/Qwen3-8B-GGUF:Q4_K_M` and so on. Everything here is a bounded, linear scan of one short string.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from vcdd.registry.addresses import from_address
from vcdd.values import dataclass

MAX_LENGTH = 400
"""Longer strings are not ids. Replicate's `owner/name:sha256` and Bedrock ARNs stay well below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One id taken apart. Case is kept; every part may be empty."""

    full: str
    """What was asked for, out of its address or ARN, nothing else removed."""
    routed: str
    """Without route and region prefixes; tags and versions still there."""
    stripped: str
    """Without route prefixes and route suffixes (`:free`, `-v1:0`), dates joined with `-`."""
    org: str = ""
    """First segment of a two-part `stripped`."""
    name: str = ""
    """What follows the organisation, or all of `stripped`; without tag and format suffix."""
    suffix: str = ""
    """Quantisation or file format, as written (`Q4_K_M`, `GGUF`, `AWQ`)."""
    tag: str = ""
    """What followed a colon and was not a known route suffix."""
    provider: str = ""
    """Provider id that the prefix named; empty if none did."""
    is_finetune: bool = False
    """An `ft:` id: a customer's own fine-tune of the model."""
    is_floating: bool = False
    """A marker says that the target changes (`~latest`, `:latest`)."""


_ROUTE_TAGS = frozenset(
    # OpenRouter's variants and the routing policies of the Hub's router
    ("free", "nitro", "floor", "online", "extended", "beta", "exacto", "fastest", "cheapest", "preferred")
)
_REGION = re.compile(r"^(?:us|eu|apac|ap|jp|au|ca|global|us-gov|sa|me|il|in)\.(?=[a-z0-9-]+\.)", re.IGNORECASE)
_BEDROCK_VERSION = re.compile(r"(?:-v\d+)?:\d+(?::\d+k|:mm)?$")
_FIREWORKS_POINT = re.compile(r"(?<=\d)p(?=\d)")
"""Fireworks writes `llama-v3p1` for 3.1."""
_SPLIT_POINT = re.compile(r"[-_](?<=[a-zA-Z-]\d[-_])(?=\d(?![\d.a-zA-Z]))")
"""A hyphen between two lone digits. `3-8b` is a version and a size. What is before it is looked at last: the hyphen, and
not every place of the text, is where a search stops."""
_HASH = re.compile(r"[:@][0-9a-f]{32,64}$")
_DATE = re.compile(r"@(\d{8}|\d{3})$")
_REVISION = re.compile(r"@[\w.-]*$")
_WEIGHT_FILE = re.compile(
    r"\.(?:gguf|ggml|safetensors|bin|pt|pth|onnx|ckpt|h5|tflite|mlmodel|mlpackage|task|engine|nemo|litertlm)$",
    re.IGNORECASE,
)
_FORMAT = re.compile(
    r"[-_.@/](?:"
    r"gguf|ggml|awq|gptq|exl2|exl3|hqq|mlx|bnb|nf4|onnx|openvino|ov|ct2|coreml|imatrix|i1|unsloth|autoround|marlin|quantized"
    r"|dynamic|tensorrt|litert|safetensors|hf|qat|fp32|fp16|bf16|f16|f32|fp8|fp4|int4|int8|nvfp4|mxfp4|mxfp8|quants?"
    r"|\d(?:\.\d+)?bit|\d(?:\.\d+)?-bits?|\d\.\d+bpw|g(?:32|64|128)|gs\d+|w\da\d+|4b_?it|fp8-dynamic|fp8_dynamic|fp8[-_](?:e4m3fn|e5m2)(?:[-_](?:fast|scaled))?|fp8[-_]?scaled|kv-fp8|fp8-kv|inc|maas|tee|turbo-fp8"
    r"|(?:ud-)?i?q[2-8](?:_[0-9kxsmln]+)*(?:_xl)?|dq\d\w*|uint4|sym|asym"
    r")$"
)
"""Searched in lower case, which takes half the time of a search that ignores case."""


def normalise(written: str, strip_prefix: Callable[[str], tuple[str, str]]) -> Spelling:
    """Take `written` apart. `strip_prefix` returns (rest, provider id) for one known route prefix, or ("", "")."""
    full, provider = from_address(written.strip())
    rest, provider = _without_prefixes(full, provider, strip_prefix)
    is_finetune = rest.startswith("ft:")
    rest = rest.split(":")[1] if is_finetune else rest
    rest, floating = _without_marks(rest)
    routed = _REGION.sub("", rest) if "." in rest else rest
    if provider == "fireworks":
        routed = _FIREWORKS_POINT.sub(".", routed)
    rest, tag = _split_tag(_without_version(routed))
    org, slash, name = rest.partition("/")
    name, suffix = _without_format(name if slash else rest)
    return Spelling(
        full=full,
        routed=routed,
        stripped=rest,
        org=org if slash else "",
        name=name,
        suffix=suffix or _format_of(tag),
        tag=tag,
        provider=provider,
        is_finetune=is_finetune,
        is_floating=floating or tag == "latest",
    )


def with_points(text: str) -> str:
    """`qwen2-5-72b` and `Llama-3_1-8B` with the point their makers write (`qwen2.5-72b`); sizes stay alone."""
    return _SPLIT_POINT.sub(".", text)


def _without_prefixes(text: str, provider: str, strip: Callable[[str], tuple[str, str]]) -> tuple[str, str]:
    """Route prefixes may stand in a chain (`litellm_proxy/openrouter/…`); the innermost one serves the model."""
    for _ in range(4):
        rest, found = strip(text)
        if not rest:
            break
        text, provider = rest, found or provider
    return text, provider


def _without_version(text: str) -> str:
    """Without Replicate's hash, Bedrock's `-v1:0` and a Hub revision; Vertex' `@20250514` becomes `-20250514`."""
    if ":" in text:
        text = _BEDROCK_VERSION.sub("", _HASH.sub("", text))
    if "@" in text:
        text = _REVISION.sub("", _DATE.sub(r"-\1", _HASH.sub("", text)))
    return text


def _without_marks(text: str) -> tuple[str, bool]:
    """OpenRouter writes moving names `~org/name-latest` or `org/name~latest`."""
    floating = text.startswith("~") or text.endswith("~latest")
    return text.removeprefix("~").removesuffix("~latest"), floating


def _split_tag(text: str) -> tuple[str, str]:
    """(id, tag). A route's own suffix is dropped; behind `org/name` any plain word is a route's (`:cerebras`)."""
    head, colon, tag = text.rpartition(":")
    if not colon or "/" in tag:
        return text, ""
    if tag.lower() in _ROUTE_TAGS:
        return head, ""
    return head, tag


def _without_format(name: str) -> tuple[str, str]:
    """(name, suffix) with weight-file extension and all format suffixes removed from the end."""
    core = _WEIGHT_FILE.sub("", name) if "." in name else name
    suffix = name[len(core) + 1 :] if core != name else ""
    for _ in range(4):
        end = _format_start(core)
        if end < 3:
            break
        suffix = core[end + 1 :] + (f"-{suffix}" if suffix else "")
        core = core[:end]
    return core, suffix


def _format_of(tag: str) -> str:
    """The quantisation in an Ollama tag (`8b-instruct-q4_K_M`, `Q4_K_M`), or nothing."""
    start = _format_start(f"-{tag}") if tag else -1
    return tag[start:] if start >= 0 else ""


def _format_start(text: str) -> int:
    """Where the separator before a format at the end of `text` stands; -1 without one."""
    lower = text.lower()
    found = _FORMAT.search(lower) if len(lower) == len(text) else None
    return found.start() if found else -1
