"""Ids inside addresses: Hub and ModelScope pages, release assets, bucket objects, ARNs and cloud resource names."""

from __future__ import annotations

import re

_HUB = re.compile(
    r"^(?:https?://)?(?:www\.)?(huggingface\.co|hf\.co|hf-mirror\.com)/(?!datasets/|spaces/|docs/|papers/|collections/|blog/|settings/|api/datasets/)"
    r"(?:api/models/|models/)?([^/\s?#]+/[^/\s?#]+)",
    re.IGNORECASE,
)
_MODELSCOPE = re.compile(
    r"^(?:https?://)?(?:www\.)?modelscope\.(?:cn|ai)/(?:api/v1/)?models/([^/\s?#]+/[^/\s?#]+)", re.IGNORECASE
)
_REPLICATE = re.compile(
    r"^(?:https?://)?(?:www\.|api\.)?replicate\.com/(?:v1/models/)?"
    r"(?!v1/|account/|blog/|changelog/|collections/|deployments/|docs/|explore/|guides/|home/|p/|playground/|account\?)"
    r"([^/\s?#]+/[^/\s?#]+)",
    re.IGNORECASE,
)
_FAL = re.compile(r"^(?:https?://)?(?:queue\.)?fal\.(?:run|ai/models)/([^\s?#]+)", re.IGNORECASE)
_OLLAMA = re.compile(r"^(?:https?://)?(?:www\.|registry\.)?ollama\.(?:com|ai)/(?:library/)?([^\s?#]+)", re.IGNORECASE)
_BEDROCK = re.compile(r"^arn:aws[\w-]*:bedrock:[^:]*:[^:]*:(?:foundation-model|inference-profile)/(.+)$", re.IGNORECASE)
_VERTEX = re.compile(r"^(?:projects/[^/]+/locations/[^/]+/)?publishers/([^/]+)/models/([^/:]+)", re.IGNORECASE)
_HF_API = re.compile(
    r"^https?://(?:api-inference|router)\.huggingface\.co/(?:hf-inference/)?models/([^/\s?#]+/[^/\s?#]+)", re.IGNORECASE
)
"""The Hub's inference answers here; nothing is downloaded, so the address names no place of weights."""
_VERTEX_URL = re.compile(
    r"^https?://[^/\s]*aiplatform\.googleapis\.com/\S*?/publishers/([^/\s]+)/models/([^/:?\s]+)", re.IGNORECASE
)
_AZURE = re.compile(r"^https?://[^/\s]+/openai/deployments/([^/?\s]+)", re.IGNORECASE)
_AZUREML = re.compile(r"^azureml://(?:.*/)?models/([^/]+)/(?:versions|labels)/", re.IGNORECASE)
_HF_SCHEME = re.compile(r"^(?:hf://(?:models/)?|hf[-_]hub:)([^/\s]+/[^/\s@]+)", re.IGNORECASE)
"""`hf://` of file systems, `hf-hub:` of timm and open_clip."""
_YANDEX = re.compile(r"^(?:gpt|emb|art)://[^/]+/(.+)$", re.IGNORECASE)
_WHISPER = re.compile(r"^https://openaipublic\.azureedge\.net/main/whisper/models/[0-9a-f]{64}/([\w.-]+)\.pt$")
"""Where openai-whisper's own loader fetches its checkpoints (its `_MODELS` table)."""
_ANY = re.compile(r"^(?:[a-z][a-z0-9+.-]*)://([^\s?#]+)", re.IGNORECASE)

_RESOURCES = frozenset(("publishers", "projects"))

_SIMPLE = (
    (_HF_SCHEME, "huggingface"),
    (_MODELSCOPE, "modelscope"),
    (_REPLICATE, "replicate"),
    (_FAL, "fal"),
    (_OLLAMA, "ollama"),
    (_BEDROCK, "aws-bedrock"),
    (_AZURE, "azure"),
    (_HF_API, ""),
    (_AZUREML, "azure"),
    (_YANDEX, "yandex"),
)
"""Patterns whose first group is the id."""


def from_address(text: str) -> tuple[str, str]:
    """(id, provider id) out of an address; text that is no address comes back as it is, with no provider.

    An address nobody knows gives its last path segment: a file name may still be that of known weights.
    """
    first, slash, _ = text.partition("/")
    if not slash or ("." not in first and ":" not in first and first not in _RESOURCES):
        return text, ""
    for pattern, provider in _SIMPLE:
        if found := pattern.match(text):
            return found[1], provider
    if found := _HUB.match(text):
        return _hub_id(text, found[2], found.end()), "huggingface"
    if found := _WHISPER.match(text):
        return f"openai/whisper-{found[1]}", ""
    if found := _VERTEX_URL.match(text) or _VERTEX.match(text):
        return f"{found[1]}/{found[2]}", "google-vertex"
    found = _ANY.match(text) if "://" in text else None
    return (found[1].rstrip("/").rpartition("/")[2], "") if found else (text, "")


def _hub_id(text: str, repository: str, end: int) -> str:
    """`hf.co/org/name:Q4_K_M` keeps its tag; a page or file address does not."""
    rest = text[end:]
    return repository if not rest.startswith(":") else repository + rest
