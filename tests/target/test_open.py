"""What the user typed becomes a target of the right kind, or a sentence with the next step."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest

from tests.target.archives import make_image, make_tar, make_zip
from vcdd.core.source_file import Skipped
from vcdd.errors import ExitStatus, TargetError
from vcdd.target.limits import Limits
from vcdd.target.open import open_target
from vcdd.target.target import ListedId, Target


def paths(target: Target) -> list[str]:
    return [row.path for row in target.entries() if not isinstance(row, Skipped)]


@pytest.mark.parametrize(
    ("name", "content", "kind", "found"),
    [
        ("app.py", b"x = 1", "file", ["app.py"]),
        ("empty", b"", "file", ["empty"]),
        ("requirements.txt", b"openai", "requirements", ["requirements.txt"]),
        ("requirements-dev.txt", b"openai", "requirements", ["requirements-dev.txt"]),
        ("dev.requirements.in", b"openai", "requirements", ["dev.requirements.in"]),
        ("constraints.txt", b"openai", "requirements", ["constraints.txt"]),
        ("requirements.py", b"openai", "file", ["requirements.py"]),
        ("my_requirements.md", b"openai", "file", ["my_requirements.md"]),
        ("x-1.whl", make_zip({"a.py": b""}), "archive", ["a.py"]),
        ("no-suffix", make_zip({"a.py": b""}), "archive", ["a.py"]),
        ("x.tar", make_tar({"a.py": b""}), "archive", ["a.py"]),
        ("x.tgz", make_tar({"package/a.js": b""}, mode="w:gz"), "archive", ["package/a.js"]),
        ("app.tar", make_image({"a.py": b""}), "image", ["layer1!a.py"]),
        ("app.tar.gz", gzip.compress(make_image({"a.py": b""})), "image", ["layer1!a.py"]),
        ("model.pt", make_zip({"data.pkl": b""}), "file", ["model.pt"]),
        ("old.json", b'{"schema_version": 1, "tool": {"name": "vcdd"}}', "report", []),
        ("other.json", b'{"schema_version": 1, "tool": {"name": "else"}}', "file", ["other.json"]),
        ("broken.json", b'{"schema_version": 1, "tool": {"name": "vcdd"}', "file", ["broken.json"]),
        ("deep.json", b'{"bomFormat": ' + b"[" * 100_000, "file", ["deep.json"]),
        ("sbom.json", b'{"bomFormat": "CycloneDX", "components": []}', "bom", []),
        ("sbom.spdx.json", b'\xef\xbb\xbf{"spdxVersion": "SPDX-2.3"}', "bom", []),
        ("spdx3.json", b'{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": []}', "bom", []),
        (
            "b.xml",
            b'\xef\xbb\xbf<?xml version="1.0"?>\n<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components/></bom>',
            "bom",
            [],
        ),
        ("ld.json", b'{"@context": "https://schema.org"}', "file", ["ld.json"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "-",  # gzip holds the time: workers must agree on names
)
def test_a_file_is_opened_by_what_it_is(tmp_path: Path, name: str, content: bytes, kind: str, found: list[str]) -> None:
    (tmp_path / name).write_bytes(content)
    with open_target(str(tmp_path / name)) as target:
        assert (target.info.name, target.info.kind) == (name, kind)
        assert paths(target) == found
        assert paths(target) == found, "entries can be walked twice"
        assert bool(target.text) == (kind in ("report", "bom"))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("bom.xml", b'<?xml version="1.0"?>\n<bom xmlns="http://cyclonedx.org/schema/bom/1.6">', "broken XML"),
        ("pom.xml", b'<project xmlns="http://maven.apache.org/POM/4.0.0"/>', ""),
        ("note.xml", b"<note>http://cyclonedx.org/schema/bom/1.6</note><bom>", ""),
    ],
    ids=["bom", "other xml", "a mention"],
)
def test_what_would_not_be_read_is_no_clean_target(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(content)
    if not why:
        assert open_target(str(tmp_path / name)).info.kind == "file"
        return
    with pytest.raises(TargetError, match=why) as caught:
        open_target(str(tmp_path / name))
    assert name in caught.value.message
    assert caught.value.help


def test_the_text_of_a_report_is_handed_on(tmp_path: Path) -> None:
    text = json.dumps({"tool": {"name": "vcdd"}, "schema_version": 1, "models": []}, indent=1)
    (tmp_path / "r.json").write_text(text)
    assert open_target(str(tmp_path / "r.json")).text == text


def test_a_folder_has_its_own_name_and_never_a_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/a.py").write_text("")
    monkeypatch.chdir(tmp_path / "shop")
    for spec in (".", "../shop", str(tmp_path / "shop") + "/"):
        target = open_target(spec)
        assert (target.info.name, target.info.kind, paths(target)) == ("shop", "folder", ["a.py"])


def test_a_link_given_by_the_user_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.py").write_text("")
    (tmp_path / "link").symlink_to("real")
    assert paths(open_target(str(tmp_path / "link"))) == ["a.py"]
    assert paths(open_target(str(tmp_path / "link"), deep=True)) == ["a.py"]


def test_archives_in_a_folder_are_opened_with_deep(tmp_path: Path) -> None:
    (tmp_path / "b.whl").write_bytes(make_zip({"x/y.py": b"in", "z.zip": make_zip({})}))
    (tmp_path / "c.zip").write_bytes(b"no zip")
    (tmp_path / "a.py").write_text("")
    shallow = {row.path: row.reason for row in open_target(str(tmp_path)).entries() if isinstance(row, Skipped)}
    assert shallow == {"b.whl": "archive; use --deep", "c.zip": "archive; use --deep"}
    rows = list(open_target(str(tmp_path), deep=True).entries())
    assert [row.path for row in rows if not isinstance(row, Skipped)] == ["a.py", "b.whl!x/y.py"]
    assert {row.path: row.reason for row in rows if isinstance(row, Skipped)} == {
        "b.whl!z.zip": "archive too deep inside archives",
        "c.zip": "not a tar archive",
    }


def test_a_list_gives_ids_with_their_routes() -> None:
    text = "gpt-4o\n\n# comment\nqwen3:8b\tollama\r\n  Qwen/Qwen3-8B  \n\x1b[31mred\t\x07x\n"
    target = open_target("-", stdin=io.StringIO(text))
    assert target.info.kind == "list"
    assert target.ids == (
        ListedId(text="gpt-4o", line=1),
        ListedId(text="qwen3:8b", route="ollama", line=4),
        ListedId(text="Qwen/Qwen3-8B", line=5),
        ListedId(text="\ufffd[31mred", route="\ufffdx", line=6),
    )
    assert list(target.entries()) == []


def test_a_list_without_end_is_refused() -> None:
    with pytest.raises(TargetError, match="more than 10 lines"):
        open_target("-", stdin=io.StringIO("a\n" * 20), limits=Limits(list_lines=10))


@pytest.mark.parametrize(
    "spec", ["", "no/such/folder/at all", "nothing.py", "a\0b", "x" * 5000, "-", "/dev/null", "--x"]
)
def test_what_cannot_be_opened_says_why_and_what_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spec: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TargetError) as caught:
        open_target(spec)
    assert caught.value.message
    assert caught.value.help
    assert caught.value.status is ExitStatus.NOTHING


def test_a_link_to_nothing_and_a_pipe_are_refused(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    for name in ("loop", "pipe"):
        with pytest.raises(TargetError):
            open_target(str(tmp_path / name))


@pytest.mark.parametrize("kind", ["tar", "zip"])
def test_the_commit_that_a_forge_leaves_in_an_archive_is_read(tmp_path: Path, kind: str) -> None:
    commit = "0123456789" * 4
    if kind == "zip":
        data = bytearray(make_zip({"a.py": b""}))
        data[-2:] = (40).to_bytes(2, "little")
        data += commit.encode()
    else:
        import tarfile

        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:gz", format=tarfile.PAX_FORMAT, pax_headers={"comment": commit}) as made:
            made.addfile(tarfile.TarInfo("a.py"))
        data = bytearray(out.getvalue())
    (tmp_path / "x").write_bytes(data)
    target = open_target(str(tmp_path / "x"))
    assert (target.info.commit, paths(target)) == (commit, ["a.py"])
