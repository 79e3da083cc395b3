"""Strings of which nothing can make a model, told before their place is read, which costs many times as much.

An ordinary word (`role`, `utf8`, `model_name`) that the registry does not know in any scope is a model only on the word of
a loader that takes it: by its shape, its name or its company alone no rule of `recognise` and `by_company` takes it. So
it is looked at only where it stands in a call that the loaders table knows, or flows to any place by name.
"""

from __future__ import annotations

from functools import lru_cache

from vcdd.core.site import Frame, FrameKind, Site
from vcdd.core.vocabulary import Strength, Vocabulary
from vcdd.detect.judge import shapes
from vcdd.detect.judge.link import flows_on
from vcdd.detect.judge.link_index import LinkIndex
from vcdd.detect.judge.loaders import LoaderIndex
from vcdd.detect.judge.recognise import MODEL_NAMES
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dullness:
    """Tells dull strings of one scan."""

    vocabulary: Vocabulary
    loaders: LoaderIndex
    index: LinkIndex

    def of(self, site: Site) -> bool:
        """Whether the string at this site can be no reference wherever it stands and goes; False says nothing."""
        if site.composed or not _is_word(site.text) or self.vocabulary.look_up(site.text).strength is not Strength.NONE:
            return False
        return not (_is_model(site.frames) or self._may_be_taken(site) or flows_on(site, self.index))

    def _may_be_taken(self, site: Site) -> bool:
        """Whether it stands in a call or command that a row may take, under its own name or that of what made its object."""
        return any(
            self.loaders.knows(frame) or (frame.kind is FrameKind.CALL and self.index.made_as(frame.name, site.path))
            for frame in site.frames
            if frame.kind in _CALLS
        )


def _is_model(frames: tuple[Frame, ...]) -> bool:
    """Whether the string is named a model and nothing else, which makes one of it in code named after a service."""
    named = frames[1:] if frames and frames[0].kind is FrameKind.FALLBACK else frames
    return bool(named) and named[0].name.rpartition(".")[2].lower() in MODEL_NAMES


_CALLS = (FrameKind.CALL, FrameKind.COMMAND)


@lru_cache(maxsize=65536)
def _is_word(text: str) -> bool:
    """Whether a string has no shape that speaks for it: no digit, joint or address, no underscored id, no weight file."""
    is_shaped = shapes.is_marked(text) or shapes.is_underscored_id(text) or shapes.is_version_hash(text)
    return not (is_shaped or shapes.is_url(text) or shapes.is_weight_file(text))
