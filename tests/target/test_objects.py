"""Objects, refs and the index are read as git reads them, without git."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.target.git import git, make_repository
from vcdd.target.delta import apply_delta
from vcdd.target.entry import UnreadableError
from vcdd.target.git_facts import read_git_facts
from vcdd.target.objects import Repository

BIG = b"".join(b"line %d of a longer file\n" % number for number in range(4000))
FIRST = {"a.py": b"x = 1\n", "a/b.py": b"y\n", "a-b": b"", "big.txt": BIG, "l": "a.py", "d/\xe9\udcff": b"strange"}
SECOND = {"a.py": b"x = 2\n", "big.txt": BIG.replace(b"line 7 ", b"line seven ") + b"end\n"}


@pytest.fixture(scope="module", params=["loose", "packed", "aggressive", "thin-refs", "sha256"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    form = "sha256" if request.param == "sha256" else "sha1"
    made = make_repository(tmp_path_factory.mktemp("repository"), FIRST, SECOND, {"c": b"3"}, form=form)
    git(made, "tag", "--annotate", "--message", "one", "v1", "HEAD~1")
    git(made, "branch", "feature/x", "HEAD~2")
    if request.param == "packed":
        git(made, "gc", "--quiet")
    if request.param in ("aggressive", "sha256"):
        git(made, "repack", "-adfq", "--depth=50", "--window=50")
        git(made, "config", "pack.useDeltaBaseOffset", "false")
    if request.param == "thin-refs":
        git(made, "-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq")
        git(made, "pack-refs", "--all")
    return made


@pytest.mark.parametrize("ref", ["HEAD", "main", "v1", "feature/x", "refs/heads/main", "refs/tags/v1"])
def test_refs_lead_where_git_says(folder: Path, ref: str) -> None:
    whole = git(folder, "rev-parse", f"{ref}^{{commit}}")
    repository = Repository(folder)
    assert repository.resolve(ref) == whole
    assert repository.resolve(whole) == whole
    assert repository.resolve(whole[:9]) == whole
    repository.close()


@pytest.mark.parametrize(
    "ref", ["nothing", "", "../HEAD", "refs/heads/../../HEAD", "0" * 40, "ab", "-x", "main\n", "HEAD~999", "HEAD~x"]
)
def test_what_is_no_ref_is_refused(folder: Path, ref: str) -> None:
    with pytest.raises(UnreadableError):
        Repository(folder).resolve(ref)


def test_commits_trees_and_blobs_are_those_of_git(folder: Path) -> None:
    repository = Repository(folder)
    for ref in ("HEAD", "v1", "feature/x"):
        commit = repository.commit(repository.resolve(ref))
        assert commit.tree == git(folder, "rev-parse", f"{ref}^{{tree}}")
        assert list(commit.parents) == git(folder, "log", "-1", "--format=%P", ref).split()
        assert commit.author_time == int(git(folder, "log", "-1", "--format=%at", ref))
        rows = [line.split("\t", 1) for line in git(folder, "ls-tree", "-rz", commit.tree).split("\0") if line]
        entries = list(repository.tree_entries(commit.tree))
        assert [entry.path for entry in entries] == sorted(entry.path for entry in entries)
        assert {entry.path: (entry.mode, entry.id) for entry in entries} == {
            path: (int(head.split()[0], 8), head.split()[2]) for head, path in rows
        }
        for entry in entries:
            size = int(git(folder, "cat-file", "-s", entry.id))
            assert repository.size(entry.id) == size
            assert len(repository.blob(entry.id, size + 10)) == size
    contents = {entry.path: repository.blob(entry.id, 10**6) for entry in repository.tree_entries(commit.tree)}
    assert contents == {**{name: text for name, text in FIRST.items() if name != "l"}, "l": b"a.py"}
    repository.close()


def test_a_blob_is_cut_at_the_limit(folder: Path) -> None:
    repository = Repository(folder)
    id_ = git(folder, "rev-parse", "HEAD:big.txt")
    assert repository.blob(id_, 100) == BIG[:100]
    repository.close()


def test_objects_above_the_bound_and_of_another_kind_are_refused(folder: Path) -> None:
    repository = Repository(folder, object_bytes=1000)
    with pytest.raises(UnreadableError, match="limit"):
        repository.blob(git(folder, "rev-parse", "HEAD:big.txt"), 10**9)
    with pytest.raises(UnreadableError, match="not a file"):
        repository.blob(git(folder, "rev-parse", "HEAD"), 10)
    with pytest.raises(UnreadableError, match="not in the clone"):
        repository.blob("1" * 40, 10)
    repository.close()


def test_facts_of_a_clone_are_read_without_git(folder: Path) -> None:
    facts = read_git_facts(str(folder))
    assert facts.commit == git(folder, "rev-parse", "HEAD")
    assert facts.date == "2026-01-02T01:04:05+00:00"
    assert facts.tracked == {
        path.encode("utf-8", "surrogateescape") for path in git(folder, "ls-files", "-z").split("\0") if path
    }


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_every_version_of_the_index_is_read(tmp_path: Path, version: str) -> None:
    made = make_repository(tmp_path, {"a/b/c.py": b"", "a/b/d.py": b"", "b": b"", "long" * 30: b""})
    if version == "3":
        git(made, "update-index", "--skip-worktree", "b")
    git(made, "update-index", "--index-version", version)
    assert read_git_facts(str(made)).tracked == {b"a/b/c.py", b"a/b/d.py", b"b", b"long" * 30}


def test_a_detached_and_an_unborn_head_are_read(tmp_path: Path) -> None:
    made = make_repository(tmp_path / "a", {"x": b""}, {"y": b""})
    git(made, "checkout", "--quiet", "HEAD~1")
    assert read_git_facts(str(made)).commit == git(made, "rev-parse", "HEAD")
    empty = make_repository(tmp_path / "b")
    assert read_git_facts(str(empty)).commit == ""


def test_nothing_outside_the_repository_is_read(tmp_path: Path) -> None:
    other = make_repository(tmp_path / "other", {"x": b"secret"})
    blob = git(other, "rev-parse", "HEAD:x")
    for name in ("linked", "objects", "fan", "ref", "pointer"):
        (tmp_path / name / ".git/objects/pack").mkdir(parents=True)
        (tmp_path / name / ".git/HEAD").write_text("ref: refs/heads/main\n")
    shutil.rmtree(tmp_path / "linked/.git")
    (tmp_path / "linked/.git").symlink_to(other / ".git")
    shutil.rmtree(tmp_path / "objects/.git/objects")
    (tmp_path / "objects/.git/objects").symlink_to(other / ".git/objects")
    (tmp_path / "fan/.git/objects" / blob[:2]).symlink_to(other / ".git/objects" / blob[:2])
    (tmp_path / "ref/.git/refs").symlink_to(other / ".git/refs")
    shutil.rmtree(tmp_path / "pointer/.git")
    (tmp_path / "pointer/.git").write_text(f"gitdir: {other}/.git\n")
    for name in ("linked", "objects", "fan", "ref", "pointer"):
        assert read_git_facts(str(tmp_path / name)).commit == "", name
        with pytest.raises(UnreadableError):
            Repository(tmp_path / name).blob(blob, 100)


@pytest.mark.parametrize(
    "head", ["ref: refs/heads/../../../secret", "ref: /etc/passwd", "ref: refs/heads/loop", "x" * 5000, "\0"]
)
def test_a_hostile_head_gives_no_commit(tmp_path: Path, head: str) -> None:
    made = make_repository(tmp_path, {"x": b""})
    (made / ".git/refs/heads/loop").write_text("ref: refs/heads/loop")
    (made / ".git/HEAD").write_text(head)
    assert read_git_facts(str(made)).commit == ""


@pytest.mark.parametrize(
    "delta",
    [
        b"",
        b"\x03",
        b"\x03\x05",
        b"\x03\x01\x00",
        b"\x03\x05\x91\x00\x09",
        b"\x03\x02\x05ab",
        b"\x03\x01\x02ab",
        b"\xff" * 20,
    ],
)
def test_damaged_deltas_are_refused(delta: bytes) -> None:
    with pytest.raises(UnreadableError):
        apply_delta(b"abc", delta, 1000)


def test_a_delta_that_makes_too_much_is_refused() -> None:
    with pytest.raises(UnreadableError, match="larger than the limit"):
        apply_delta(b"abc", b"\x03\xff\xff\x7f" + b"\x90\x03" * 100, 1000)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_makes_a_reader_fail_otherwise(folder: Path, tmp_path: Path, data: st.DataObject) -> None:
    made = tmp_path / "copy"
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(folder / ".git", made / ".git", symlinks=True)
    files = sorted(path for path in (made / ".git").rglob("*") if path.is_file() and "hooks" not in path.parts)
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(files))
        path.chmod(0o600)
        content = bytearray(path.read_bytes() or b"\0")
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    read_git_facts(str(made))
    try:
        repository = Repository(made)
        for entry in repository.tree_entries(repository.commit(repository.resolve("HEAD")).tree):
            repository.blob(entry.id, 10**6)
    except UnreadableError:
        return
