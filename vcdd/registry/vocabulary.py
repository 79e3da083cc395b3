"""What detection may know of the registry: three questions about strings, answered from a compiled index."""

from __future__ import annotations

import re
from dataclasses import field

from vcdd.core.model import Weights
from vcdd.core.vocabulary import Strength, Word
from vcdd.registry.identity import Identity
from vcdd.registry.registry import Registry
from vcdd.registry.voices import filed_voice
from vcdd.values import dataclass

_WEIGHT_FILE = re.compile(
    r"^[^\s?#]{1,200}\.(?:gguf|ggml|safetensors|pt|pth|onnx|ckpt|tflite|mlmodel|nemo|litertlm|engine)(?:\?[^\s]*)?$",
    re.IGNORECASE,
)
_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+){2,}")
_SHORTEST = 2
_LONGEST = 300
_ALONE = 9
"""Characters from which an id without any separator (`recraftv3`) is no word of anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryVocabulary:
    """A `core.vocabulary.Vocabulary` over the registry. Pure; callers that ask often should remember the answers."""

    registry: Registry
    literals: tuple[bytes, ...] = field(default=())

    def look_up(self, text: str, scope: str = "") -> Word:
        """What this exact string says; `scope` is a provider id or library that makes bare words readable."""
        if not _SHORTEST <= len(text) <= _LONGEST or " " in text or "\n" in text:
            return Word(strength=Strength.NONE)
        if filed_voice(text):
            # A voice is a setting of a model; only a loader that takes one says more.
            return Word(strength=Strength.NONE)
        found = self.registry.identify(text, library=scope)
        return Word(strength=self._strength(text, found, scope), provider=found.provider, is_open=_is_open(found))

    def host(self, url: str) -> str:
        """Provider id of an API address or host name; empty when the host is unknown."""
        return self.registry.host(url)

    def _strength(self, text: str, found: Identity, scope: str) -> Strength:
        if found.match == "exact":
            return Strength.EXACT if scope or _stands_alone(text) else Strength.SCOPED
        if found.match == "family" or found.is_loose:
            # `style` is a name behind `stability/`, and a setting beside every other provider.
            may_be_word = found.is_loose and not any(map(str.isdigit, text))
            alone = bool(scope) or (_stands_alone(text) and not found.is_loose and not _is_variable(text, found))
            return Strength.FAMILY if alone and not may_be_word else Strength.SCOPED
        if self._is_published_org(text):
            return Strength.ORG
        if _WEIGHT_FILE.match(text):
            return Strength.FILE
        return Strength.SCOPED if self.registry.is_scoped_word(text) else Strength.NONE

    def _is_published_org(self, text: str) -> bool:
        org, slash, name = text.partition("/")
        known = org.lower() in self.registry.lab_of_org or org.lower() in self.registry.distributor_of_org
        return bool(slash and name) and known and "/" not in name


def compile_vocabulary(registry: Registry) -> RegistryVocabulary:
    """The vocabulary of this registry with its prefilter literals."""
    return RegistryVocabulary(registry=registry, literals=tuple(map(str.encode, registry.compiled.literals)))


def _stands_alone(text: str) -> bool:
    """Short ids and plain words (`o1`, `yi`, `sam2`) are models only where the place says so."""
    return len(text) >= _ALONE or (len(text) >= 4 and any(char in "-./:_@" for char in text))


def _is_variable(text: str, found: Identity) -> bool:
    """Whether this is how a program writes its own names (`qwen3_streaming_context`), and nobody that model's."""
    is_snake = _SNAKE.fullmatch(text) is not None
    return is_snake and found.family is not None and not any("_" in glob for glob in found.family.match)


def _is_open(found: Identity) -> bool | None:
    return None if found.weights is Weights.UNKNOWN else found.weights is Weights.OPEN
