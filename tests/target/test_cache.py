"""What was found once is found again without reading, and nothing stale or damaged is ever believed."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vcdd.target.cache import ResultCache, content_key
from vcdd.target.entry import FileEntry, MemberEntry
from vcdd.target.limits import Limits
from vcdd.target.walk import walk

LATER = time.time_ns() + 3_600_000_000_000


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/a.py").write_text("one")
    (tmp_path / "tree/b.py").write_text("two")
    return tmp_path / "tree"


def entry(tree: Path, name: str = "a.py") -> FileEntry:
    return next(row for row in walk(str(tree), Limits()) if isinstance(row, FileEntry) and row.path == name)


def cache(tree: Path, version: str = "1", **options: int) -> ResultCache:
    return ResultCache(tree.parent / "cache", version, str(tree), **{"now_ns": LATER, **options})


def fill(tree: Path, result: bytes = b'{"a": 1}', **options: int) -> None:
    filled = cache(tree, **options)
    for name in ("a.py", "b.py"):
        row = entry(tree, name)
        filled.keep(row, content_key(row.path, row.read(100)), result if name == "a.py" else b"")
    filled.close()


def test_results_are_recalled_without_reading_and_nothing_found_is_a_result(tree: Path) -> None:
    assert cache(tree).recall(entry(tree)) is None
    fill(tree)
    again = cache(tree)
    (tree / "a.py").chmod(0o600)
    assert cache(tree).recall(entry(tree)) is None, "the inode changed"
    fill(tree)
    again = cache(tree)
    assert again.recall(entry(tree)) == b'{"a": 1}'
    assert again.recall(entry(tree, "b.py")) == b""


def test_a_change_of_content_is_seen_even_when_size_and_time_are_set_back(tree: Path) -> None:
    fill(tree)
    before = (tree / "a.py").stat()
    (tree / "a.py").write_text("six")
    os.utime(tree / "a.py", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert cache(tree).recall(entry(tree)) is None


def test_a_file_that_changed_just_before_the_scan_is_not_trusted_later(tree: Path) -> None:
    fill(tree, now_ns=time.time_ns())
    assert cache(tree).recall(entry(tree)) is None


def test_another_version_knows_nothing(tree: Path) -> None:
    fill(tree)
    assert cache(tree, version="2").recall(entry(tree)) is None


def test_the_same_content_in_another_folder_is_known_by_its_content(tree: Path) -> None:
    fill(tree)
    elsewhere = ResultCache(tree.parent / "cache", "1", "another", now_ns=LATER)
    assert elsewhere.recall(entry(tree)) is None
    assert elsewhere.recall_content(content_key("a.py", b"one")) == b'{"a": 1}'


def test_a_key_depends_on_path_and_content() -> None:
    assert len({content_key("a", b"x"), content_key("b", b"x"), content_key("a", b"y"), content_key("", b"ax")}) == 4


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:20] + b"!" + data[21:], lambda _: b""])
def test_a_damaged_result_is_not_known(tree: Path, damage) -> None:
    fill(tree)
    (result,) = (path for path in (tree.parent / "cache").rglob("results/*/*"))
    result.write_bytes(damage(result.read_bytes()))
    assert cache(tree).recall(entry(tree)) is None


def test_a_damaged_index_knows_less_and_raises_nothing(tree: Path) -> None:
    fill(tree)
    (index,) = (tree.parent / "cache").rglob("index/*")
    index.write_bytes(index.read_bytes()[:-5])
    known = [cache(tree).recall(entry(tree, name)) for name in ("a.py", "b.py")]
    assert known == [b'{"a": 1}', None]


def test_entries_without_a_stamp_are_known_by_content_only(tree: Path) -> None:
    member = MemberEntry(path="a.py", size=3, data=b"one")
    filled = cache(tree)
    filled.keep(member, content_key("a.py", b"one"), b"r")
    assert filled.recall(member) is None
    assert filled.recall_content(content_key("a.py", b"one")) == b"r"


def test_files_that_are_gone_leave_the_index(tree: Path) -> None:
    fill(tree)
    second = cache(tree)
    second.recall(entry(tree))
    second.close()
    assert cache(tree).recall(entry(tree)) == b'{"a": 1}'
    assert cache(tree).recall(entry(tree, "b.py")) is None


def test_the_least_recently_used_go_when_there_is_no_room(tree: Path) -> None:
    full = cache(tree, limit_bytes=10 * 4096)
    member = MemberEntry(path="x", size=0, data=b"")
    keys = [content_key("x", bytes([number])) for number in range(20)]
    for number, key in enumerate(keys):
        full.keep(member, key, b"result")
        path = next((tree.parent / "cache").rglob(key.hex()[2:]))
        os.utime(path, (number, number))
    full.recall_content(keys[0])
    full.close()
    left = [key for key in keys if full.recall_content(key)]
    assert left[0] == keys[0]
    assert left[-1] == keys[-1]
    assert 5 <= len(left) <= 10


def test_a_folder_that_cannot_be_written_is_no_error(tree: Path) -> None:
    (tree.parent / "cache").write_text("a file where the folder should be")
    fill(tree)
    assert cache(tree).recall(entry(tree)) is None


def test_many_writers_at_once_leave_whole_results(tree: Path) -> None:
    key = content_key("a.py", b"one")
    results = [bytes([65 + number]) * 50_000 for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda result: cache(tree).keep(entry(tree), key, result), results * 5))
    assert cache(tree).recall_content(key) in results
    assert not list((tree.parent / "cache").rglob(".new-*"))
