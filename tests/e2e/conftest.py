from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.command import vcdd

EXAMPLES = ("clipforge", "fieldnote", "lumenlex", "paragraf")
SUFFIXES = ("md", "html", "json", "csv", "sarif", "cdx.json", "cdx17.json", "spdx.json", "gitlab.json")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for the whole run, so that the registry is compiled once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def examples() -> Path:
    return Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def rendered(home: Path, examples: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """By the name of an example, a folder with its report in every format, each example scanned once."""
    folders = {}
    for name in EXAMPLES:
        folders[name] = tmp_path_factory.mktemp(name)
        outputs = [flag for suffix in SUFFIXES for flag in ("-o", str(folders[name] / f"report.{suffix}"))]
        ran = vcdd("scan", str(examples / name), "--offline", "-q", *outputs, home=home)
        assert ran.status == 0, ran.err
    return folders
