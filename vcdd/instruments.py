"""What reading and judging need beside a target, compiled once for a registry and kept for the next target.

Compiling takes longer than reading a small target, and a worker of a portfolio reads hundreds. What is kept never
changes; what a scan remembers of its target is made anew for each, so that memory does not grow from one to the next.
"""

from __future__ import annotations

from functools import lru_cache

from vcdd.core.lexicon import Lexicon
from vcdd.detect.judge.judge import Judge
from vcdd.detect.judge.lexicon import load_lexicon
from vcdd.detect.judge.loaders import LoaderIndex
from vcdd.detect.judge.remember import RememberingVocabulary
from vcdd.registry.registry import Registry
from vcdd.registry.vocabulary import compile_vocabulary
from vcdd.values import dataclass
from vcdd.workers import FileFilter, prefilter_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruments:
    """For one scan."""

    lexicon: Lexicon
    judge: Judge
    prefilter: FileFilter


def instruments_for(registry: Registry) -> Instruments:
    """Instruments that remember nothing yet; the same registry, by identity, is compiled once."""
    kept = _compiled(registry)
    vocabulary = kept.vocabulary.fresh()
    return Instruments(
        lexicon=kept.lexicon,
        judge=Judge(vocabulary=vocabulary, lexicon=kept.lexicon, loaders=kept.loaders),
        prefilter=kept.prefilter.fresh(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    vocabulary: RememberingVocabulary
    lexicon: Lexicon
    loaders: LoaderIndex
    prefilter: FileFilter


@lru_cache(maxsize=1)
def _compiled(registry: Registry) -> _Kept:
    vocabulary, lexicon = RememberingVocabulary(compile_vocabulary(registry)), load_lexicon()
    return _Kept(
        vocabulary=vocabulary,
        lexicon=lexicon,
        loaders=LoaderIndex(lexicon.rows, lexicon.provider_names),
        prefilter=prefilter_for(vocabulary, lexicon),
    )
