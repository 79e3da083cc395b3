"""What is bound at one commit, with each distinct file read once in the whole history."""

from __future__ import annotations

import hashlib

from vcdd.core.site import ReadFile
from vcdd.detect.engine import detect
from vcdd.instruments import instruments_for
from vcdd.pipeline import Inputs
from vcdd.portfolio.history.values import Bound, bound_of
from vcdd.resolve.resolve import resolve
from vcdd.target.entry import MemberEntry, UnreadableError
from vcdd.target.objects import Repository, TreeEntry
from vcdd.target.sieve import Sieve, kept_bytes
from vcdd.workers import read_entry

_KIND, _FILE = 0o170000, 0o100000
"""The part of a mode that says what an entry is, and a regular file's."""


class StackReader:
    """Reads commits of one repository. Keeps what each file came to, by path and blob: a path decides how it is read."""

    def __init__(self, repository: Repository, inputs: Inputs) -> None:
        self._repository, self._inputs = repository, inputs
        use = instruments_for(inputs.registry)
        self._judge, self._prefilter = use.judge, use.prefilter
        self._files: dict[tuple[str, str], tuple[ReadFile, ...]] = {}
        self._stacks: dict[bytes, tuple[Bound, ...]] = {}
        self._left = inputs.limits.total_bytes
        self.missed = 0
        """Files that could not be read: not in the clone, damaged, or past the bound on all bytes together."""

    @property
    def blobs(self) -> int:
        """Distinct files looked at so far."""
        return len(self._files)

    def bound_at(self, tree: str) -> tuple[Bound, ...]:
        """What is bound in a tree, sorted. Raises UnreadableError when the tree itself cannot be read."""
        sieve = Sieve(deep=False)
        key = hashlib.blake2b(digest_size=16)
        found: list[ReadFile] = []
        for row in self._repository.tree_entries(tree):
            path = sieve.judge(row.path)
            if isinstance(path, str) and row.mode & _KIND == _FILE:
                files = self._read(row, path, sieve)
                if files:
                    key.update(f"{path}\0{row.id}\n".encode("utf-8", "surrogateescape"))
                    found.extend(files)
        digest = key.digest()
        if digest not in self._stacks:
            self._stacks[digest] = self._judged(found)
        return self._stacks[digest]

    def _read(self, row: TreeEntry, path: str, sieve: Sieve) -> tuple[ReadFile, ...]:
        known = self._files.get((row.path, row.id))
        if known is None:
            known = self._files[row.path, row.id] = self._read_once(row, path, sieve)
        return known

    def _read_once(self, row: TreeEntry, path: str, sieve: Sieve) -> tuple[ReadFile, ...]:
        try:
            size = self._repository.size(row.id)
            wanted = min(size, kept_bytes(path, self._inputs.limits))
            if wanted > self._left:
                self.missed += 1
                return ()
            self._left -= wanted
            data = self._repository.blob(row.id, wanted)
        except UnreadableError:
            self.missed += 1
            return ()
        entry = MemberEntry(path=sieve.shown(path), size=size, data=data, tracked=True)
        files, _ = read_entry(entry, self._prefilter, self._inputs.limits)
        return tuple(file for file in files if file.sites or file.imports or file.shapes)

    def _judged(self, files: list[ReadFile]) -> tuple[Bound, ...]:
        references = detect(files, self._judge).references
        shapes = [shape for file in files for shape in file.shapes]
        inputs = self._inputs
        found = resolve(references, shapes, registry=inputs.registry, hub=inputs.hub, shelf=inputs.shelf)
        return bound_of(found.uses)
