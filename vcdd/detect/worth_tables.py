"""What the tables of the lexicon look like in the bytes of a file: calls, commands, modules, settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vcdd.core.lexicon import Lexicon
from vcdd.core.reference import ObservationKind
from vcdd.detect.judge.loaders import callee_parts
from vcdd.values import dataclass

_WORD = re.compile(r"\w+")
INSTALLS = (b"pip install", b"pip3 install", b"-m pip")
"""How a program installs packages while it runs."""
_UNPICKLING = ("torch.load", "pickle.load", "pickle.loads", "joblib.load", "cloudpickle.load", "dill.load")
"""Calls of which the observer tells that they open a pickle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command as it stands in a line of a shell, a document or a list of strings."""

    first: bytes
    """Its first word."""
    words: frozenset[bytes]
    """All of its words: a file without one of them needs no further look."""
    rest: bytes
    """A pattern for what follows the first word. A program of one word needs an option: its name is a common word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthTables:
    """Every name of the lexicon that is worth parsing a file for."""

    calls: Mapping[bytes, tuple[frozenset[bytes], ...]]
    """Last word of a call to the other words of which one group must stand in the same file."""
    commands: tuple[Command, ...]
    modules: Mapping[bytes, tuple[bytes, ...]]
    """First word of a Python module of a vendor to the whole names."""
    specifiers: frozenset[bytes]
    """npm packages of vendors."""
    settings: frozenset[bytes]
    """Names that say something when they are set."""


def literals_of(tables: WorthTables) -> tuple[bytes, ...]:
    """Literals of which one stands in every file that these tables confirm: of each group, the longest unusual word.

    Left out are calls and commands of ordinary words alone (`load`, `run`): they stand in too many files to be a reason to
    look closer, and without an import, a name for a model or an id beside them they say nothing.
    """
    groups = [(last, *others) for last, groups in tables.calls.items() for others in groups]
    groups += [tuple(command.words) for command in tables.commands]
    telling = {max(words, key=lambda word: (len(word), word)) for words in map(_unusual, groups) if words}
    modules = {name for names in tables.modules.values() for name in names}
    quoted = {quote + name + quote for name in tables.specifiers for quote in (b'"', b"'")}
    return tuple(sorted({*telling, *modules, *quoted, *tables.settings, *INSTALLS}))


def _unusual(words: Iterable[bytes]) -> list[bytes]:
    return [word for word in words if word.lower() not in _ORDINARY]


_ORDINARY = frozenset(
    b"agent agents ai ark builder bytes call chat classifier client com complex compose connect convert create deploy detect "
    b"distill docker edge embed enable engine eval fabric gateway generation get google image images infer inference init "
    b"invoke key listen llm load local main mods oneshot parse partition predict process provider python register reload "
    b"remove request rerank result run runtime sample sdk send serve server simple speech sse status stream structured "
    b"submit swift team train tts tune tunings using video websocket writer".split()
)
"""Words that stood in more than one in a thousand of 6,549 files of ordinary packages and led to nothing there."""


def worth_tables(lexicon: Lexicon) -> WorthTables:
    """The names of a lexicon."""
    settings = {name for signal in lexicon.signals for name in signal.settings}
    return WorthTables(
        calls=_calls(lexicon),
        commands=tuple(map(_command, sorted(_commands(lexicon)))),
        modules=_modules(lexicon),
        specifiers=frozenset(name[4:].encode() for name in lexicon.packages if name.startswith("npm:")),
        settings=frozenset(name.encode() for name in (*settings, "trust_remote_code")),
    )


def _calls(lexicon: Lexicon) -> dict[bytes, tuple[frozenset[bytes], ...]]:
    names: Iterable[str] = (
        *(callee for row in lexicon.rows if not row.is_command for callee in row.callees),
        *(callee for hidden in lexicon.hidden for callee in hidden.callees),
        *(callee for signal in lexicon.signals if signal.kind != ObservationKind.SDK_CALL for callee in signal.callees),
        *_UNPICKLING,
    )
    calls: dict[bytes, set[frozenset[bytes]]] = {}
    for name in names:
        parts = [word for part in callee_parts(name) for word in _WORD.findall(part)[-1:] if word != "default"]
        if parts:
            calls.setdefault(parts[-1].encode(), set()).add(frozenset(part.encode() for part in parts[:-1]))
    return {last: tuple(others) for last, others in calls.items()}


def _commands(lexicon: Lexicon) -> set[str]:
    names = {callee for row in lexicon.rows if row.is_command for callee in row.callees}
    return names | {command for signal in lexicon.signals for command in signal.commands}


def _command(name: str) -> Command:
    first, *others = name.encode().split()
    rest = b"".join(rb"[\s\"',]{1,6}" + re.escape(word) for word in others)
    option = rb"[^\n]{0,200}?[\s\"']--?\w" if not others and b":" not in first else b""
    words = frozenset(part.encode() for part in _WORD.findall(name))
    return Command(first=first, words=words, rest=rest + rb"(?![\w\-])" + option)


def _modules(lexicon: Lexicon) -> dict[bytes, tuple[bytes, ...]]:
    names = [name.replace("-", "_") for name in lexicon.packages if not name.startswith("npm:")]
    names += [
        callee for signal in lexicon.signals if signal.kind == ObservationKind.SDK_CALL for callee in signal.callees
    ]
    modules: dict[bytes, tuple[bytes, ...]] = {}
    for name in sorted(set(names)):
        first = name.partition(".")[0].encode()
        modules[first] = (*modules.get(first, ()), name.encode())
    return modules
