"""A clone by address gives the files of one commit, and nothing in it or about it runs or leaks."""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path

import pytest

from tests.target.git import git, make_repository
from tests.target.git_server import GitHandler, address, dumb, publish, redirecting, serving, silent
from vcdd.core.source_file import Skipped
from vcdd.errors import TargetError
from vcdd.target.git_url import to_git_url, without_credentials
from vcdd.target.limits import MIB, Limits
from vcdd.target.open import open_target
from vcdd.target.target import Target

FILES = {
    "app.py": b"model = 'x'\n",
    "src/deep/er.py": b"",
    "link": "/etc/passwd",
    "node_modules/x/index.js": b"",
    "weights.safetensors": os.urandom(3 * MIB),
    "lfs.gguf": b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n",
    ".gitattributes": b"* filter=evil\n*.gguf filter=lfs\n",
}


@pytest.fixture(autouse=True)
def no_leftovers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whatever happens, the temporary folder of the clone is gone afterwards."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    yield
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.fixture
def work(tmp_path: Path) -> Path:
    made = make_repository(tmp_path / "work", {"app.py": b"old"}, FILES)
    other = make_repository(tmp_path / "other", {"x": b""})
    git(made, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", f"file://{other}", "sub")
    git(made, "commit", "--quiet", "--message", "submodule")
    return made


def look(target: Target) -> tuple[dict[str, bytes], dict[str, str]]:
    rows = list(target.entries())
    files = {row.path: row.read(10 * MIB) for row in rows if not isinstance(row, Skipped)}
    return files, {row.path: row.reason for row in rows if isinstance(row, Skipped)}


def test_the_files_of_the_newest_commit_come_without_a_work_tree(work: Path, tmp_path: Path) -> None:
    publish(work, tmp_path, "shop.git")
    with (
        serving(GitHandler, tmp_path) as server,
        open_target(address(server, "shop.git"), loopback_http=True) as target,
    ):
        assert (target.info.name, target.info.kind) == ("shop", "git")
        assert target.info.commit == git(work, "rev-parse", "HEAD")
        assert target.info.commit_date == "2026-01-02T01:04:05+00:00"
        files, reasons = look(target)
        (folder,) = (tmp_path / "tmp").iterdir()
        assert sorted(path.name for path in folder.iterdir()) == ["clone", "home", "stderr"]
        assert not (folder / "clone/app.py").exists()
    assert {name: files[name] for name in ("app.py", "src/deep/er.py", "lfs.gguf")} == {
        name: FILES[name] for name in ("app.py", "src/deep/er.py", "lfs.gguf")
    }
    assert reasons == {
        "link": "symbolic link",
        "node_modules": "vendored; use --deep",
        "sub": "submodule: not fetched",
        "weights.safetensors": "large file: left on the server",
    }


def test_a_branch_named_as_forges_do_is_cloned(work: Path, tmp_path: Path) -> None:
    git(work, "checkout", "--quiet", "-b", "feature/x", "HEAD~2")
    git(work, "checkout", "--quiet", "main")
    publish(work, tmp_path, "org/shop")
    spec = "org/shop/tree/feature/x"
    with serving(GitHandler, tmp_path) as server, open_target(address(server, spec), loopback_http=True) as target:
        assert target.info.commit == git(work, "rev-parse", "feature/x")
        assert look(target)[0] == {"app.py": b"old"}


def test_the_users_own_settings_and_secrets_are_not_used(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    canary = tmp_path / "canary"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {canary}\n")
    script.chmod(0o700)
    home = tmp_path / "home"
    (home / "hooks").mkdir(parents=True)
    (home / "hooks/post-checkout").symlink_to(script)
    (home / ".gitconfig").write_text(
        f"[core]\n hooksPath={home}/hooks\n fsmonitor={script}\n askPass={script}\n[credential]\n helper={script}\n"
        f'[filter "evil"]\n smudge={script}\n process={script}\n[init]\n templateDir={home}\n'
    )
    (home / ".netrc").write_text("machine 127.0.0.1 login someone password s3cret\n")
    for name in ("HOME", "XDG_CONFIG_HOME", "GIT_TEMPLATE_DIR"):
        monkeypatch.setenv(name, str(home))
    for name in ("GIT_ASKPASS", "SSH_ASKPASS", "GIT_SSH_COMMAND", "GIT_EXTERNAL_DIFF", "GIT_PROXY_COMMAND"):
        monkeypatch.setenv(name, str(script))
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    publish(work, tmp_path, "shop.git")
    with (
        serving(GitHandler, tmp_path) as server,
        open_target(address(server, "shop.git"), loopback_http=True) as target,
    ):
        look(target)
        sent = str(server.seen)
    assert not canary.exists()
    assert "Authorization" not in sent
    assert "hf_secret" not in sent


def test_credentials_in_the_address_reach_that_host_only_and_no_message(work: Path, tmp_path: Path) -> None:
    publish(work, tmp_path, "shop.git")
    with serving(GitHandler, tmp_path) as target_server:
        other = f"http://localhost:{target_server.server_address[1]}"
        with serving(redirecting(other)) as first:
            spec = f"http://someone:s3cret@127.0.0.1:{first.server_address[1]}/shop.git"
            with open_target(spec, loopback_http=True) as target:
                assert "app.py" in look(target)[0]
                assert "s3cret" not in str(target.info)
            assert target_server.seen
            assert "Authorization" not in str(target_server.seen)
            assert base64.b64encode(b"someone:s3cret").decode() not in str(target_server.seen)
        with pytest.raises(TargetError) as caught:
            open_target(
                f"http://someone:s3cret@127.0.0.1:{target_server.server_address[1]}/none.git", loopback_http=True
            )
    assert "s3cret" not in caught.value.message + caught.value.help
    assert "private or not exist" in caught.value.help


def test_a_redirect_to_another_transport_is_refused(tmp_path: Path) -> None:
    make_repository(tmp_path / "secret", {"x": b""})
    for to in (f"file://{tmp_path}/secret", "ext::sh -c 'touch /tmp/x'", "https://127.0.0.1:9/x"):
        with serving(redirecting(to)) as server, pytest.raises(TargetError):
            open_target(address(server, "shop.git"), loopback_http=True)


def test_a_server_that_never_answers_is_given_up(tmp_path: Path) -> None:
    handler, release = silent()
    with serving(handler) as server:
        with pytest.raises(TargetError, match=r"took more than 1 s"):
            open_target(address(server, "shop.git"), loopback_http=True, limits=Limits(clone_s=1))
        release.set()


def test_a_clone_above_the_size_limit_is_given_up(work: Path, tmp_path: Path) -> None:
    make_repository(work, {"noise.txt": os.urandom(MIB)})
    publish(work, tmp_path, "shop.git")
    with serving(GitHandler, tmp_path) as server, pytest.raises(TargetError, match="larger than"):
        open_target(address(server, "shop.git"), loopback_http=True, limits=Limits(clone_bytes=MIB // 2))


def test_a_server_that_only_hands_out_files_is_cloned_too(work: Path, tmp_path: Path) -> None:
    publish(work, tmp_path, "shop.git")
    with (
        serving(dumb(tmp_path)) as server,
        open_target(address(server, "shop.git"), loopback_http=True) as target,
    ):
        files, reasons = look(target)
    assert files["app.py"] == FILES["app.py"]
    assert files["weights.safetensors"] == FILES["weights.safetensors"], "it cannot be asked to leave large files out"
    assert reasons["link"] == "symbolic link"
    assert reasons["sub"].startswith("submodule")


def test_a_server_that_hands_out_files_of_no_repository_says_what_next(tmp_path: Path) -> None:
    (tmp_path / "x.git").mkdir()
    with serving(dumb(tmp_path)) as server, pytest.raises(TargetError, match="not found") as caught:
        open_target(address(server, "x.git"), loopback_http=True)
    assert "scan the folder" in caught.value.help


def test_an_empty_repository_says_what_next(tmp_path: Path) -> None:
    publish(make_repository(tmp_path / "empty"), tmp_path, "empty.git")
    with serving(GitHandler, tmp_path) as server, pytest.raises(TargetError, match="cannot"):
        open_target(address(server, "empty.git"), loopback_http=True)


def test_offline_nothing_is_cloned() -> None:
    with pytest.raises(TargetError, match="offline"):
        open_target("some-org/some-repo", network=False)


@pytest.mark.parametrize(
    ("spec", "address", "name", "branch"),
    [
        ("org/repo", "https://github.com/org/repo", "repo", ""),
        ("https://github.com/org/repo.git", "https://github.com/org/repo.git", "repo", ""),
        ("https://github.com/org/repo/tree/dev/x", "https://github.com/org/repo", "repo", "dev/x"),
        ("https://gitlab.com/org/repo/-/tree/dev", "https://gitlab.com/org/repo", "repo", "dev"),
        ("https://host/a/b/c?x=1#y", "https://host/a/b/c", "c", ""),
        ("git@github.com:org/repo.git", "git@github.com:org/repo.git", "repo", ""),
        ("ssh://git@host:22/org/repo", "ssh://git@host:22/org/repo", "repo", ""),
    ],
)
def test_addresses_are_understood(spec: str, address: str, name: str, branch: str) -> None:
    url = to_git_url(spec)
    assert url is not None
    assert (url.address, url.name, url.branch) == (address, name, branch)
    assert "@" not in url.shown


@pytest.mark.parametrize(
    "spec",
    [
        "http://github.com/org/repo",
        "http://127.0.0.1/x",
        "git://host/x",
        "file:///etc",
        "ext::sh -c id",
        "ext::sh",
        "ftp://host/x",
        "https://-oProxyCommand=x/y",
        "ssh://-oProxyCommand=x/y",
        "https://host",
        "https://host/a\nb",
        "https://[::1/x",
        "https://host:x y/z",
    ],
)
def test_other_addresses_are_refused(spec: str) -> None:
    with pytest.raises(TargetError, match="only https and ssh"):
        to_git_url(spec)


@pytest.mark.parametrize("spec", ["a", "./a/b", "a/b/c", "-x/y", "git@-host:a", "a@b", "../b", "org/re po"])
def test_what_is_no_address_is_left_to_others(spec: str) -> None:
    assert to_git_url(spec) is None


def test_a_mistyped_path_below_a_folder_is_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "src").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TargetError, match="no such file"):
        open_target("src/ap")


def test_credentials_are_taken_out_of_any_text() -> None:
    text = "fatal: 'https://u:p@host/x' and ssh://git@host/y failed"
    assert without_credentials(text) == "fatal: 'https://host/x' and ssh://host/y failed"
