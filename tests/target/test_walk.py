"""The walk finds every file in path order and gives a reason for everything it does not read."""

from __future__ import annotations

import os
import pickle
import socket
from pathlib import Path

import pytest

from vcdd.core.source_file import Skipped
from vcdd.target.entry import FileEntry, UnreadableError
from vcdd.target.limits import Limits
from vcdd.target.walk import WalkOptions, walk


def plant(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text of {name}")


def paths(root: Path, **options: object) -> list[str]:
    return [found.path for found in walk(str(root), Limits(), WalkOptions(**options)) if isinstance(found, FileEntry)]


def reasons(root: Path, **options: object) -> dict[str, tuple[str, int]]:
    rows = walk(str(root), Limits(), WalkOptions(**options))
    return {row.path: (row.reason, row.files) for row in rows if isinstance(row, Skipped)}


def test_files_come_sorted_by_their_whole_path(tmp_path: Path) -> None:
    plant(tmp_path, "b/x.py", "b.py", "b-a.py", "a/z/y.py", "a/z.py", "B.py")
    assert paths(tmp_path) == sorted(["b/x.py", "b.py", "b-a.py", "a/z/y.py", "a/z.py", "B.py"])


def test_version_control_data_is_neither_counted_nor_read(tmp_path: Path) -> None:
    plant(tmp_path, ".git/config", "sub/.git/HEAD", ".github/workflows/ci.yml", ".gitignore")
    assert paths(tmp_path) == [".github/workflows/ci.yml", ".gitignore"]
    assert reasons(tmp_path) == {}


def test_ignored_files_are_evidence(tmp_path: Path) -> None:
    plant(tmp_path, ".env", "models/local.gguf")
    (tmp_path / ".gitignore").write_text("*\n")
    assert paths(tmp_path) == [".env", ".gitignore", "models/local.gguf"]


@pytest.mark.parametrize("folder", ["node_modules", "lib/site-packages", "Vendor", "third_party", ".venv", "ios/Pods"])
def test_a_vendored_folder_is_one_row_with_its_count(tmp_path: Path, folder: str) -> None:
    plant(tmp_path, f"{folder}/a/b.py", f"{folder}/c.py", "app.py")
    assert reasons(tmp_path) == {folder: ("vendored; use --deep", 2)}
    assert paths(tmp_path) == ["app.py"]


def test_vendored_files_are_read_and_marked_with_deep(tmp_path: Path) -> None:
    plant(tmp_path, "node_modules/a/index.js", "app.js")
    found = {
        row.path: row.vendored
        for row in walk(str(tmp_path), Limits(), WalkOptions(deep=True))
        if isinstance(row, FileEntry)
    }
    assert found == {"app.js": False, "node_modules/a/index.js": True}


@pytest.mark.parametrize("folder", ["vendors", "node_modules_notes", "external", "dist", "build", "env"])
def test_near_misses_of_vendored_names_are_walked(tmp_path: Path, folder: str) -> None:
    plant(tmp_path, f"{folder}/a.py")
    assert paths(tmp_path) == [f"{folder}/a.py"]


def test_an_environment_is_known_by_its_marker_whatever_its_name(tmp_path: Path) -> None:
    plant(tmp_path, "env/pyvenv.cfg", "env/lib/a.py")
    assert reasons(tmp_path) == {"env": ("vendored; use --deep", 2)}


def test_a_target_that_lies_in_a_vendored_folder_is_walked_itself(tmp_path: Path) -> None:
    plant(tmp_path, "node_modules/product/index.js")
    assert paths(tmp_path / "node_modules") == ["product/index.js"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("uv.lock", "lock file; use --deep"),
        ("web/package-lock.json", "lock file; use --deep"),
        ("static/app.min.js", "minified bundle; use --deep"),
        ("wheels/x.whl", "archive; use --deep"),
        ("logo.PNG", "binary"),
    ],
)
def test_files_that_are_only_counted_say_why(tmp_path: Path, name: str, reason: str) -> None:
    plant(tmp_path, name, "uv.lock.py", "app.minjs", "png")
    assert reasons(tmp_path) == {name: (reason, 1)}
    assert paths(tmp_path) == ["app.minjs", "png", "uv.lock.py"]


def test_links_are_rows_and_never_followed(tmp_path: Path) -> None:
    plant(tmp_path, "root/a/x.py", "outside/secret.py")
    (tmp_path / "root/loop").symlink_to("..")
    (tmp_path / "root/a/self").symlink_to("self")
    (tmp_path / "root/out").symlink_to(tmp_path / "outside")
    (tmp_path / "root/file").symlink_to("/etc/passwd")
    assert paths(tmp_path / "root") == ["a/x.py"]
    assert set(reasons(tmp_path / "root").values()) == {("symbolic link", 1)}
    assert set(reasons(tmp_path / "root")) == {"loop", "a/self", "out", "file"}


def test_pipes_and_sockets_are_rows_and_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    monkeypatch.chdir(tmp_path)  # a socket's address is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("sock.py")
        assert reasons(tmp_path) == {"pipe.py": ("named pipe", 1), "sock.py": ("socket", 1)}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_folder_is_a_row_and_the_rest_is_walked(tmp_path: Path) -> None:
    plant(tmp_path, "closed/a.py", "open/b.py")
    (tmp_path / "closed").chmod(0)
    try:
        assert reasons(tmp_path) == {"closed": ("folder: permission denied", 1)}
        assert paths(tmp_path) == ["open/b.py"]
    finally:
        (tmp_path / "closed").chmod(0o700)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\nb.py", "a\ufffdb.py"),
        (b"a\x1b[31mb.py", "a\ufffd[31mb.py"),
        ("a\u202egnp.py".encode(), "a\ufffdgnp.py"),
        (b"a\xff\xfe.py", "a\ufffd\ufffd.py"),
        ("modèle 模型.py".encode(), "modèle 模型.py"),
    ],
)
def test_strange_names_are_shown_clean_and_opened_as_they_are(tmp_path: Path, name: bytes, shown: str) -> None:
    (tmp_path / os.fsdecode(name)).write_text("here")
    (found,) = walk(str(tmp_path), Limits())
    assert isinstance(found, FileEntry)
    assert found.path == shown
    assert pickle.loads(pickle.dumps(found)).read(100) == b"here"


def test_a_file_swapped_for_another_after_the_walk_is_refused(tmp_path: Path) -> None:
    plant(tmp_path, "root/a/x.py", "outside/x.py")
    (found,) = walk(str(tmp_path / "root"), Limits())
    assert isinstance(found, FileEntry)
    (tmp_path / "root/a").rename(tmp_path / "root/b")
    (tmp_path / "root/a").symlink_to(tmp_path / "outside")
    with pytest.raises(UnreadableError, match="changed while it was scanned"):
        found.read(100)


def test_a_file_swapped_for_a_link_is_refused(tmp_path: Path) -> None:
    plant(tmp_path, "x.py", "y")
    found = next(iter(walk(str(tmp_path), Limits())))
    assert isinstance(found, FileEntry)
    (tmp_path / "x.py").unlink()
    (tmp_path / "x.py").symlink_to("y")
    with pytest.raises(UnreadableError, match="symbolic link"):
        found.read(100)


def test_the_number_of_files_is_bounded_and_said(tmp_path: Path) -> None:
    plant(tmp_path, *(f"f{number}.py" for number in range(20)))
    rows = list(walk(str(tmp_path), Limits(files=10)))
    assert isinstance(rows[-1], Skipped)
    assert "more than 10 files" in rows[-1].reason
    assert len(rows) == 10


def test_tracked_is_none_without_an_index_and_told_with_one(tmp_path: Path) -> None:
    plant(tmp_path, "a.py", "b.py")
    assert [row.tracked for row in walk(str(tmp_path), Limits()) if isinstance(row, FileEntry)] == [None, None]
    rows = walk(str(tmp_path), Limits(), WalkOptions(tracked=frozenset({b"a.py"})))
    assert [row.tracked for row in rows if isinstance(row, FileEntry)] == [True, False]
