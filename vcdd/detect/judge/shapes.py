"""What a string looks like, before anyone asks whether it names a model. Linear patterns only."""

from __future__ import annotations

import re

_ID = re.compile(r"[A-Za-z0-9@{][\w.\-:/@+={}%~]{1,159}\Z")
_ORG_NAME = re.compile(r"[A-Za-z0-9{][\w.\-{}]{0,95}/[A-Za-z0-9{][\w.\-{}]{0,95}(?::[\w.\-]{1,64})?\Z")
_WORDS = re.compile(r"[a-z]+|\d+")
_HAS_MARK = re.compile(r"[0-9\-/:]")
_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*_[A-Z0-9_]*\Z")
_VERSION = re.compile(r"v?\d+(?:[.\-_:/]\w{1,12})*\Z")
_HASH = re.compile(r"[0-9a-f]{20,}\Z")
_OPAQUE = re.compile(r"(?=(?:[^A-Z]*[A-Z]){3})(?=(?:[^a-z]*[a-z]){3})(?=(?:\D*\d){3})[A-Za-z0-9]{16,48}\Z")
"""Keys and voices that a service numbers itself (ElevenLabs' `21m00Tcm4TlvDq8ikWAM`): no joints, letters and digits mixed."""
_HEADER = re.compile(r"[Xx]-[A-Za-z]+(?:-[A-Za-z]+){1,8}\Z")
"""A header of HTTP (`x-api-model`)."""
_SETTING = re.compile(r"[A-Z][A-Z0-9_]*=")
_VERSION_HASH = re.compile(r"[0-9a-f]{64}\Z")
_DOMAIN = re.compile(r"[\w\-]+(?:\.[\w\-]+)*\.(?:com|org|net|io|ai|dev|cn|co|app|html?)\Z", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,}/")
_MEDIA = re.compile(r"(?:application|audio|font|image|message|model|multipart|text|video|chemical|inode)/[\w.+\-*]+\Z")
_PROCESSOR = re.compile(
    r"(?:NVIDIA-)?(?:A(?:2|10|10G|16|30|40|100|800)|H(?:20|100|200|800)|B(?:100|200|300)|GB200|GH200|L(?:4|20|40|40S)|T4|V100|P100|K80|"
    r"MI\d{3}X?)(?:-(?:SXM\d?|PCIE|NVL|\d{1,3}GB|\dG\.\d{1,3}GB)){0,3}\Z",
    re.IGNORECASE,
)
"""Accelerators, which configuration also calls models (NVIDIA's and AMD's product names)."""
WEIGHT_SUFFIXES = (
    ".gguf", ".ggml", ".safetensors", ".onnx", ".pt", ".pth", ".ckpt", ".tflite", ".mlmodel", ".mlpackage", ".nemo", ".engine",
    ".pdparams", ".h5", ".keras", ".caffemodel", ".t7", ".llamafile", ".task", ".ort",
)  # fmt: skip
_OTHER_FILES = re.compile(
    r"\.(?:py|pyi|ipynb|js|mjs|cjs|ts|tsx|jsx|json|jsonl|ya?ml|toml|txt|md|rst|csv|tsv|parquet|html?|css|scss|svg|png|jpe?g|gif|webp|"
    r"mp[34]|wav|flac|ogg|webm|mov|avi|pdf|docx?|xlsx?|pptx?|sh|bat|ps1|go|rs|java|kt|rb|php|swift|c|cc|cpp|h|hpp|cs|sql|db|sqlite|"
    r"log|lock|cfg|ini|conf|env|xml|proto|ttf|otf|woff2?|ico|map|d\.ts|so|dll|exe|whl|egg|pem|crt|key|npy|npz|vue|jinja2?|j2|tmpl)\Z",
    re.IGNORECASE,
)
URL = re.compile(r"(?:https?|hf|s3|gs|oss|modelscope|huggingface|ollama|azureml)://\S{3,400}\Z")
_AT_PREFIXES = ("@cf/", "@hf/")
"""Workers AI writes its ids so (its model catalogue); any other leading at sign is an npm scope."""
_HOMES = ("/Users/", "/home/")
"""Somebody's own machine."""
_WEIGHT_PATH = re.compile(r"(?:\.{1,2}/|~/|/)[\w.\-/@+ ]{3,200}\Z")


def is_weight_path(text: str) -> bool:
    """A path in a file system that ends like weights (`./models/x.gguf`)."""
    return bool(_WEIGHT_PATH.match(text)) and is_weight_file(text) and not text.startswith(_HOMES)


def is_id_shaped(text: str) -> bool:
    """One word that could be an id: no spaces, not a path, file, constant, version, hash, address or media type."""
    if not _ID.match(text) or text.startswith(("http:", "https:")):
        return False
    if text[0] in "./~$@" and not text.startswith(_AT_PREFIXES):
        return False
    return not (
        (_CONSTANT.match(text) and not any(c.isdigit() for c in text))
        or (_VERSION.match(text) and not is_weight_file(text))
        or _HASH.match(text)
        or _OPAQUE.match(text)
        or _HEADER.match(text)
        or _SETTING.match(text)
        or _DOMAIN.match(text)
        or _DOI.match(text)
        or is_media_type(text)
        or _PROCESSOR.match(text)
        or (_OTHER_FILES.search(text) and not is_weight_file(text))
        or "//" in text
        or ("::" in text and not text.startswith("arn:"))
        or text.endswith(("/", ":", "-", "_", ".", "="))
        or ":/" in text
        or has_open_part(text)
    )


def is_version_hash(text: str) -> bool:
    """The 64 hexadecimal digits by which Replicate numbers the versions of a model."""
    return len(text) == 64 and bool(_VERSION_HASH.match(text))


def has_open_part(text: str) -> bool:
    """Whether a whole part of the path is unknown (`org/{name}`): what is not known cannot be named."""
    return text.count("{") > 2 or any(part.startswith("{") and part.endswith("}") for part in text.split("/"))


def is_marked(text: str) -> bool:
    """Whether a word has a digit or a joint; a bare dictionary word never names a model by itself."""
    return bool(_HAS_MARK.search(text))


_CLASS_END = re.compile(r"[A-Za-z0-9_]+(?:For[A-Z]\w+|Model|Pipeline|Tokenizer|Processor|Config|Transformer2?D?)\Z")


_NAME_WORDS = frozenset(
    [
        "model",
        "models",
        "name",
        "type",
        "config",
        "path",
        "key",
        "id",
        "ids",
        "file",
        "value",
        "option",
        "options",
        "setting",
        "settings",
        "mode",
    ]
)


_MADE_UP = frozenset(
    ("custom", "dummy", "fake", "foo", "injected", "mock", "my", "placeholder", "stub", "test", "your")
)


def is_made_up(text: str) -> bool:
    """`your-model-id`, `MyNet_Custom`: a word at one end says that somebody is to put an id there."""
    parts = _WORDS.findall(text.rpartition("/")[2].lower())
    return bool(parts) and not _MADE_UP.isdisjoint((parts[0], parts[-1]))


def is_underscored_id(text: str) -> bool:
    """`en_core_web_lg`: many short words joined by underscores, none of which is a word of variable names."""
    return text.count("_") >= 3 and not _NAME_WORDS.intersection(text.lower().split("_"))


def is_camel_class(text: str) -> bool:
    """`StableDiffusionPipeline`, `Qwen2ForCausalLM`: a class name rather than an id."""
    if _CLASS_END.match(text) and text[0].isupper():
        return True
    return (
        text.isalnum() and text[0].isupper() and sum(c.isupper() for c in text) > 1 and any(c.islower() for c in text)
    )


_FOLDERS = frozenset(
    [
        "assets",
        "cache",
        "checkpoints",
        "ckpt",
        "ckpts",
        "data",
        "logs",
        "models",
        "output",
        "outputs",
        "pretrained",
        "runs",
        "src",
        "tmp",
        "weights",
    ]
)
"""Folders of a program's own, which no organisation is called."""


def is_own_folder(text: str) -> bool:
    """Whether a path begins in a folder of the program's own (`checkpoints/test`)."""
    return "/" in text and text.partition("/")[0].lower() in _FOLDERS


def is_org_name(text: str) -> bool:
    """`org/name`, optionally with a version after a colon."""
    if not _ORG_NAME.match(text) or is_media_type(text) or _DOI.match(text):
        return False
    return not is_own_folder(text)


def is_media_type(text: str) -> bool:
    """`image/png` and the like (registered top-level media types, RFC 6838)."""
    return bool(_MEDIA.match(text)) and len(text) < 40


def is_weight_file(text: str) -> bool:
    """A file name or address that ends like weights."""
    lower = text.partition("?")[0].lower()
    return lower.endswith(WEIGHT_SUFFIXES) or (lower.endswith(_ARCHIVES) and _has_model_digits(lower))


_ARCHIVES = (".tar.bz2", ".tar.gz", ".zip", ".bin", ".data")
_OF_WEIGHTS = ("model", "weight", "checkpoint", "ckpt", "onnx", "ggml", "pretrained")


def speaks_of_weights(address: str) -> bool:
    """Whether an address ends like weights and not like any archive, or says in its path that it leads to some."""
    lower = address.partition("?")[0].lower()
    return not lower.endswith(_ARCHIVES) or any(word in lower for word in _OF_WEIGHTS)


def _has_model_digits(lower: str) -> bool:
    """An archive names weights only with a model-like stem: several joints and a digit."""
    stem = lower.rsplit("/", 1)[-1]
    return stem.count("-") + stem.count("_") >= 2 and any(c.isdigit() for c in stem)


def is_url(text: str) -> bool:
    """An absolute address of a scheme that can lead to weights or to an API."""
    return bool(URL.match(text))


_COMPONENT = re.compile(
    r"(?:pytorch_|diffusion_pytorch_|adapter_|tf_|flax_|ema_|consolidated|open_clip_pytorch_)?"
    r"(?:model|weights|checkpoint|ckpt|best|last|latest|final|step|epoch|tokenizer|optimizer|scheduler|state|lora)"
    r"(?:[-_.](?:model|quantized|fp16|int8|best|last|latest|final|optimized|ema|weights|\d+|of))*\.[a-z0-9]+\Z"
)


_COMPONENT_WORDS = frozenset(
    [
        "adapter",
        "best",
        "checkpoint",
        "ckpt",
        "dict",
        "ema",
        "final",
        "last",
        "latest",
        "layers",
        "lora",
        "merged",
        "model",
        "norm",
        "optimizer",
        "params",
        "projection",
        "scheduler",
        "state",
        "stats",
        "weights",
    ]
)


def is_component(name: str) -> bool:
    """A file name that every repository uses for its parts (`model.safetensors`, `best.pt`, `norm_state_dict.pt`).

    It names no model by itself.
    """
    stem = name.lower().rpartition(".")[0]
    parts = _WORDS.findall(stem)
    return bool(_COMPONENT.match(name.lower())) or (
        bool(parts) and all(part in _COMPONENT_WORDS or part.isdigit() for part in parts)
    )
