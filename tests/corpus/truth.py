"""One package's truth: distinct models by canonical id, where each stands, and what is no model."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PRODUCTION = frozenset(("default", "option"))
METADATA = re.compile(r"(?:^|/)(?:PKG-INFO|METADATA|RECORD)\Z|\.(?:egg|dist)-info(?:/|\Z)")
ROUTE = re.compile(
    r"(?:openai|azure|azure_ai|anthropic|gemini|google|vertex_ai|vertexai|bedrock|bedrock_converse|openrouter|litellm|ollama|ollama_chat|"
    r"groq|mistral|mistralai|cohere|cohere_chat|together|together_ai|fireworks_ai|deepseek|xai|nvidia|replicate|huggingface|hf|models|"
    r"watsonx|perplexity|sagemaker|github|fal|fal-ai|torchaudio|spacy)[/:]"
)
WEB = re.compile(r"https?://(?:[^/?#]+/)+")
SCHEME = re.compile(r"(?:hf|huggingface|ollama|fal|replicate)://")


@dataclass
class TrueModel:
    """One model of the truth."""

    canonical: str
    names: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    places: dict[tuple[str, int], str] = field(default_factory=dict)
    """(file, line) to the role there."""
    partial: bool = False
    """Only some of its lines are listed."""

    @property
    def is_production(self) -> bool:
        return bool(self.roles & PRODUCTION)


@dataclass
class Truth:
    """The truth of one package."""

    key: str
    models: list[TrueModel]
    traps: list[dict[str, Any]]
    ambiguous: set[str]
    ignored: list[str]

    def named(self, written: str) -> list[TrueModel]:
        """The models that a written id names; with one route prefix taken off when it names none as it is."""
        wanted = fold(written)
        exact = [m for m in self.models if wanted in m.names]
        return exact or [m for m in self.models if loose(wanted) in {loose(name) for name in m.names}]

    def in_scope(self, path: str) -> bool:
        """Whether claims in this file count."""
        return not METADATA.search(path) and not any(fnmatch.fnmatch(path, pattern) for pattern in self.ignored)

    def trap(self, written: str, path: str, line: int) -> str:
        """Why a claim at this place is a listed trap; empty if it is none."""
        wanted = fold(written)
        for item in self.traps:
            text = fold(item["text"])
            near = item["file"] == path and abs(item["line"] - line) <= 1
            if near and (wanted == text or (len(wanted) > 3 and wanted in text) or (len(text) > 3 and text in wanted)):
                return str(item["why"])
        return ""


def fold(text: str) -> str:
    """Case folded, stripped."""
    return text.strip().lower()


def loose(text: str) -> str:
    """Without scheme and one route prefix; of a web address its last part."""
    bare = WEB.sub("", SCHEME.sub("", text))
    return ROUTE.sub("", bare, count=1) if ROUTE.match(bare) else bare


def load(path: Path) -> Truth:
    """The truth file of one package."""
    record = json.loads(path.read_text(encoding="utf-8"))
    models: dict[str, TrueModel] = {}
    for item in record["models"]:
        model = models.setdefault(fold(item["canonical"]), TrueModel(canonical=item["canonical"]))
        model.names |= {fold(name) for name in (item["id"], item["canonical"], *item.get("aliases", ()))}
        model.roles.add(item["role"])
        model.partial |= item.get("exhaustive", True) is False
        model.places.update(places(item))
    return Truth(
        key=record["key"],
        models=list(models.values()),
        traps=record["not_models"],
        ambiguous={fold(item["text"]) for item in record["ambiguous"]},
        ignored=record["ignored_paths"],
    )


def places(item: dict[str, Any]) -> Iterator[tuple[tuple[str, int], str]]:
    """Every listed place of a model with its role."""
    for place in item["evidence"]:
        yield (place["file"], int(place["line"])), place["role"]
    for place in item.get("more_evidence", ()):
        file, line, role = place.rsplit(":", 2)
        yield (file, int(line)), role
