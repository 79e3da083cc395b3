"""A vocabulary small enough to see through, and the way from a line of text to references."""

from __future__ import annotations

from dataclasses import dataclass, field

from vcdd.core.reference import Reference
from vcdd.core.source_file import SourceFile
from vcdd.core.vocabulary import Strength, Word
from vcdd.detect.engine import detect, read_source
from vcdd.detect.judge.judge import Judge
from vcdd.detect.judge.lexicon import load_lexicon
from vcdd.detect.judge.loaders import LoaderIndex

LEXICON = load_lexicon()
LOADERS = LoaderIndex(LEXICON.rows, LEXICON.provider_names)


@dataclass(frozen=True, slots=True)
class Words:
    """Knows the ids, organisations, scoped words and hosts it was given and nothing else."""

    ids: frozenset[str] = frozenset()
    orgs: frozenset[str] = frozenset()
    scoped: frozenset[tuple[str, str]] = frozenset()
    hosts: dict[str, str] = field(default_factory=dict)
    literals: tuple[bytes, ...] = ()

    def look_up(self, text: str, scope: str = "") -> Word:
        if text in self.ids:
            return Word(strength=Strength.EXACT, is_open="/" in text)
        if (text, scope) in self.scoped:
            return Word(strength=Strength.EXACT)
        if text in {word for word, _ in self.scoped}:
            return Word(strength=Strength.SCOPED)
        if "/" in text and text.partition("/")[0] in self.orgs:
            return Word(strength=Strength.ORG, is_open=True)
        return Word(strength=Strength.NONE)

    def host(self, url: str) -> str:
        return next((provider for host, provider in self.hosts.items() if host in url), "")


NOTHING = Words()


def judge_with(words: Words = NOTHING) -> Judge:
    return Judge(vocabulary=words, lexicon=LEXICON, loaders=LOADERS)


def references(files: dict[str, str], words: Words = NOTHING) -> list[Reference]:
    """References of a target given as path to text, through the real readers and the real judge."""
    read = [read_source(SourceFile(path=path, text=text)) for path, text in files.items()]
    return list(detect([file for file in read if file is not None], judge_with(words)).references)


def seen(text: str, words: Words = NOTHING, path: str = "app/main.py") -> list[str]:
    """`id evidence` of every reference in one file, in order."""
    return [f"{r.written} {r.evidence.value}" for r in references({path: text}, words)]
