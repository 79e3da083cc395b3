"""Git objects read from a repository's own files: no process, no configuration, no alternates, bounded.

What is read: loose objects and packs with their version 2 indexes, as git's documentation describes the formats.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from vcdd.target.entry import UnreadableError, inside, read_file
from vcdd.target.limits import MIB
from vcdd.target.pack import Pack
from vcdd.target.refs import commit_id, is_ref, resolve_ref
from vcdd.values import dataclass

_TREE_ENTRIES = 2_000_000
_DEPTH = 256
_COMMIT_LINE = re.compile(rb"(?P<key>tree|parent|author) (?P<value>[^\n]*)")
_ANCESTOR = re.compile(r"(?P<ref>[^~^]+)(?P<steps>(?:[~^]\d{0,6})+)\Z")
_STEP = re.compile(r"([~^])(\d*)")
_GENERATIONS = 100_000
"""Most commits gone back by one `~N`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One commit."""

    id: str
    tree: str
    parents: tuple[str, ...]
    """Ids; in a shallow clone they may be absent from it."""
    author_time: int
    """Seconds since 1970, UTC; 0 when the commit states none that can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeEntry:
    """A file, link or submodule of a tree."""

    path: str
    """Whole path, bytes that are no UTF-8 as surrogates. Hostile."""
    id: str
    mode: int
    """`0o100644`, `0o100755`, `0o120000` for a symbolic link, `0o160000` for a submodule."""


class MissingObjectError(UnreadableError):
    """The repository does not hold the object: a clone may be shallow or leave large files out."""


class Repository:
    """The objects of one repository. `path` is its work folder or the bare repository itself."""

    def __init__(self, path: str | Path, *, object_bytes: int = 64 * MIB) -> None:
        """No object longer than `object_bytes` is ever inflated. Raises UnreadableError when there is no repository."""
        folder = Path(path)
        git = folder / ".git"
        self._git = str(git if git.is_dir() and not git.is_symlink() else folder)
        if not Path(inside(self._git, "objects")).is_dir():
            raise UnreadableError("no git repository")
        self._bound = object_bytes
        self._packs: tuple[Pack, ...] | None = None

    def resolve(self, ref: str) -> str:
        """The commit id of a branch, tag, remote branch, `HEAD` or id of at least 7 digits. Raises UnreadableError.

        `REF~N` is its Nth ancestor by first parents, `REF^N` its Nth parent (gitrevisions).
        """
        if match := _ANCESTOR.match(ref):
            steps = [(mark, int(number or 1)) for mark, number in _STEP.findall(match["steps"])]
            return self._ancestor(self.resolve(match["ref"]), steps)
        for name in (ref, f"refs/tags/{ref}", f"refs/heads/{ref}", f"refs/remotes/origin/{ref}", f"refs/remotes/{ref}"):
            if (name == "HEAD" or is_ref(name)) and (found := resolve_ref(self._git, name)):
                return self._peel(found)
        found = commit_id(ref) or self._abbreviated(ref)
        if not found:
            raise UnreadableError("no such branch, tag or commit")
        return self._peel(found)

    def _ancestor(self, id_: str, steps: list[tuple[str, int]]) -> str:
        for mark, number in steps:
            for parent in [number - 1] if mark == "^" else [0] * min(number, _GENERATIONS):
                parents = self.commit(id_).parents
                if not 0 <= parent < len(parents):
                    raise UnreadableError("the commit has no such ancestor in this clone")
                id_ = parents[parent]
        return id_

    @property
    def id_bytes(self) -> int:
        """Length of an object id in bytes: 32 where the head is a SHA-256 id, else 20."""
        return len(resolve_ref(self._git, "HEAD")) // 2 or 20

    @property
    def index_path(self) -> str:
        """Where the index of a work folder lies, whether or not it does. Raises UnreadableError."""
        return inside(self._git, "index")

    def commit(self, id: str) -> Commit:  # noqa: A002 -- the word git uses
        """The commit of this id. Raises UnreadableError."""
        kind, data = self.read(id)
        if kind != "commit":
            raise UnreadableError("not a commit")
        lines = _COMMIT_LINE.findall(data.split(b"\n\n", 1)[0])
        values = [(key, value.decode("ascii", "replace")) for key, value in lines]
        trees = [value for key, value in values if key == b"tree"]
        author = next((value for key, value in values if key == b"author"), "")
        when = re.search(r"> (-?\d{1,12}) [+-]\d{4}$", author)
        return Commit(
            id=id,
            tree=trees[0] if trees else "",
            parents=tuple(value for key, value in values if key == b"parent"),
            author_time=int(when[1]) if when else 0,
        )

    def tree_entries(self, tree: str) -> Iterator[TreeEntry]:
        """Every entry below a tree but trees themselves, sorted by whole path. Raises UnreadableError."""
        pending = [("", tree, 0o40000)]
        seen = 0
        while pending:
            path, id_, mode = pending.pop()
            if mode != 0o40000:
                yield TreeEntry(path=path, id=id_, mode=mode)
                continue
            if path.count("/") > _DEPTH:
                raise UnreadableError("folders too deep")
            rows = self._tree(id_, path + "/" if path else "")
            seen += len(rows)
            if seen > _TREE_ENTRIES:
                raise UnreadableError("too many files in one tree")
            pending.extend(reversed(rows))

    def blob(self, id: str, limit: int) -> bytes:  # noqa: A002
        """At most the first `limit` bytes of a blob. Raises UnreadableError, also when the clone left it out."""
        kind, data = self.read(id, limit)
        if kind != "blob":
            raise UnreadableError("not a file")
        return data

    def read(self, id: str, limit: int | None = None) -> tuple[str, bytes]:  # noqa: A002
        """Kind and content of an object, at most `limit` bytes of it. Raises UnreadableError."""
        if not commit_id(id):
            raise UnreadableError("damaged object id")
        loose = self._loose(id, limit)
        if loose is not None:
            return loose
        raw = bytes.fromhex(id)
        for pack in self._opened():
            if (offset := pack.find(raw)) is not None:
                kind, data = pack.read(offset, self._base)
                return kind, data if limit is None else data[:limit]
        raise MissingObjectError("the object is not in the clone")

    def size(self, id: str) -> int:  # noqa: A002
        """Length of an object in bytes, read from its header alone. Raises UnreadableError."""
        raw = bytes.fromhex(id) if commit_id(id) else b""
        for pack in self._opened():
            if (offset := pack.find(raw)) is not None:
                return pack.size(offset)
        data = self._loose_header(id)
        if data is None:
            raise MissingObjectError("the object is not in the clone")
        return data[1]

    def close(self) -> None:
        """Close the packs."""
        for pack in self._packs or ():
            pack.close()
        self._packs = None

    def _base(self, raw: bytes) -> tuple[str, bytes]:
        """The base of a delta that names it by id."""
        return self.read(raw.hex())

    def _opened(self) -> tuple[Pack, ...]:
        if self._packs is None:
            indexes = sorted(Path(inside(self._git, "objects/pack")).glob("pack-*.idx"))
            self._packs = tuple(Pack(str(index.with_suffix("")), self._bound) for index in indexes[:1000])
        return self._packs

    def _loose_path(self, id_: str) -> str:
        return inside(self._git, f"objects/{id_[:2]}/{id_[2:]}")

    def _loose_header(self, id_: str) -> tuple[str, int] | None:
        try:
            data = zlib.decompressobj().decompress(read_file(self._loose_path(id_), 4096), 64)
        except (UnreadableError, zlib.error):
            return None
        kind, _, rest = data.partition(b" ")
        size = rest.partition(b"\0")[0]
        return (kind.decode("ascii", "replace"), int(size)) if size.isdigit() else None

    def _loose(self, id_: str, limit: int | None) -> tuple[str, bytes] | None:
        header = self._loose_header(id_)
        if header is None:
            return None
        kind, size = header
        wanted = size if limit is None else min(size, limit)
        if wanted > self._bound:
            raise UnreadableError("larger than the limit for one object")
        compressed = read_file(self._loose_path(id_), wanted + wanted // 256 + 4096)  # zlib adds under 0.1 %
        try:
            data = zlib.decompressobj().decompress(compressed, wanted + 64)
        except zlib.error as error:
            raise UnreadableError("damaged object") from error
        return kind, data.partition(b"\0")[2][:wanted]

    def _tree(self, id_: str, prefix: str) -> list[tuple[str, str, int]]:
        kind, data = self.read(id_)
        if kind != "tree":
            raise UnreadableError("not a tree")
        rows: list[tuple[str, str, int]] = []
        at, id_bytes = 0, len(id_) // 2
        while at < len(data):
            space, end = data.find(b" ", at, at + 8), data.find(b"\0", at)
            name = data[space + 1 : end].decode("utf-8", "surrogateescape")
            digits = data[at:space]
            if not (0 <= space < end < len(data) - id_bytes) or digits.strip(b"01234567") or not digits:
                raise UnreadableError("damaged tree")
            if not name or "/" in name or name in (".", ".."):
                raise UnreadableError("a name in a tree that leads out of it")
            rows.append((prefix + name, data[end + 1 : end + 1 + id_bytes].hex(), int(digits, 8)))
            at = end + 1 + id_bytes
        rows.sort(key=lambda row: row[0] + "/" if row[2] == 0o40000 else row[0])
        return rows

    def _peel(self, id_: str) -> str:
        """Through annotated tags to the commit."""
        for _ in range(10):
            kind, data = self.read(id_)
            if kind == "commit":
                return id_
            if kind != "tag" or not data.startswith(b"object "):
                break
            id_ = data[7:].split(b"\n", 1)[0].decode("ascii", "replace")
        raise UnreadableError("not a commit")

    def _abbreviated(self, prefix: str) -> str:
        if not re.fullmatch(r"[0-9a-f]{7,64}", prefix):
            return ""
        found = {id_ for pack in self._opened() for id_ in pack.starting_with(prefix)}
        folder = Path(inside(self._git, f"objects/{prefix[:2]}"))
        found |= {prefix[:2] + path.name for path in folder.glob(f"{prefix[2:]}*") if commit_id(prefix[:2] + path.name)}
        return found.pop() if len(found) == 1 else ""
