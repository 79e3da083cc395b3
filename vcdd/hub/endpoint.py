"""Where the Hub is asked, and for which fields."""

from __future__ import annotations

ENDPOINT = "https://huggingface.co"
# What the resolver reads, and no more (Hub API documentation, `expand`).
FIELDS = (
    "author", "baseModels", "cardData", "config", "createdAt", "disabled", "downloads", "gated", "gguf",
    "lastModified", "library_name", "pipeline_tag", "safetensors", "sha", "siblings", "tags",
)  # fmt: skip
