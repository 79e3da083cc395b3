"""The hostile corpus as a table: each case builds its own input and states the promise that it proves.

Nothing hostile is stored; every case is generated into an empty folder. A case names what must still be read and which
reasons the coverage must give. The same table is run against the target layer alone and against the whole command.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ORDINARY = "app.py"
"""A file that lies beside most hostile ones and must be read all the same."""
ORDINARY_TEXT = b'client.chat(model="gpt-4o")\n'
CANARY = "CANARY"
"""Name of a file, beside the root, that exists when something of the target ran."""


class UnbuildableError(Exception):
    """This machine cannot make the input (devices need root, some file systems refuse some names)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One hostile input."""

    name: str
    build: Callable[[Path], None]
    """Fills the empty folder that it is given."""
    promise: str
    """What the case proves, one sentence."""
    spec: str = "."
    """What is scanned, relative to the folder."""
    reads: tuple[str, ...] = (ORDINARY,)
    """Paths that must have been read."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Path to a part of the reason that the coverage must give."""
    deep: bool = False
    seconds: int = 60
    """The bound on time, generous because machines are shared."""
    megabytes: int = 400
    """The bound on peak memory of the target layer alone."""
    whole_megabytes: int = 1000
    """And of the whole command."""
    is_unprivileged: bool = False
    """Must not be scanned as root, who reads everything."""
    is_slow: bool = False
    """Kept out of the ordinary run."""


def ordinary(root: Path) -> None:
    """Write the ordinary file."""
    (root / ORDINARY).write_bytes(ORDINARY_TEXT)


def write(root: Path, name: str, data: bytes) -> Path:
    """Write one file with the folders it needs."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def all_cases() -> tuple[Case, ...]:
    """Every case, in the order of the files that hold them."""
    from tests.hostile import archive_cases, content_cases, git_cases, tree_cases

    modules = (tree_cases, git_cases, archive_cases, content_cases)
    return tuple(case for module in modules for case in module.CASES)
