"""A fund through the command line: whose doing a difference is, proven by changing only one thing, and its tables."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

import vcdd as package
from tests.e2e.command import vcdd
from tests.portfolio.factory import GPT, HOUSE, OVERLAY, write_fund


@pytest.fixture
def fund(tmp_path):
    """A fund of two companies, scanned once."""
    return scanned(tmp_path)


@pytest.fixture(scope="module")
def kept_fund(tmp_path_factory):
    """Such a fund for tests that only read it."""
    return scanned(tmp_path_factory.mktemp("fund"))


def scanned(folder: Path) -> Path:
    write_fund(folder, acme=HOUSE, beta=GPT)
    scan(folder)
    return folder


def scan(fund: Path, *words: str, **environment: str) -> str:
    ran = vcdd("portfolio", "scan", "portfolio.toml", "--offline", "--workers", "1", *words,
               home=fund, cwd=fund, **environment)  # fmt: skip
    assert ran.status == 0, ran.err
    return ran.err


def groups(fund: Path) -> list[str]:
    """The headings of the differences of the last two runs, that is their causes."""
    ran = vcdd("portfolio", "diff", home=fund, cwd=fund)
    assert ran.status == 0, ran.err
    return [line.partition(" (")[0] for line in ran.out.splitlines() if line.endswith(("difference)", "differences)"))]


def test_new_code_is_the_companys_doing(fund):
    write_fund(fund, acme=HOUSE + GPT, beta=GPT)
    assert "1 of them judged again" in scan(fund, "--again")
    assert groups(fund) == ["Company changed"]


def test_a_new_record_is_the_registrys_doing(fund):
    (fund / "house.toml").write_text(OVERLAY, encoding="utf-8")
    scan(fund, "--again", "--registry", "house.toml")
    assert groups(fund) == ["Registry changed"]
    assert "house/llm-8b: country: unknown → FR" in " ".join(vcdd("portfolio", "diff", home=fund, cwd=fund).out.split())


def test_a_new_version_is_the_tools_doing(fund, tmp_path_factory):
    """A later vcdd, in truth a copy that no longer knows one library, reads the same code with the same registry."""
    later = tmp_path_factory.mktemp("later")
    copy = shutil.copytree(Path(package.__file__).parent, later / "vcdd", ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "__init__.py").write_text('__version__ = "99.0"\n', encoding="utf-8")
    for rows in (copy / "detect" / "judge" / "data" / "loaders").glob("*.toml"):
        text = rows.read_text(encoding="utf-8")
        rows.write_text(text.replace("from_pretrained", "from_nothing"), encoding="utf-8")
    scan(fund, "--again", PYTHONPATH=str(later))
    assert groups(fund) == ["Tool changed"]


def test_nothing_changed_is_no_difference(fund):
    assert "2 of them judged again" in scan(fund, "--again")
    assert "No difference." in vcdd("portfolio", "diff", home=fund, cwd=fund).out


@pytest.mark.parametrize("table", ["companies", "sources", "uses", "facts", "findings", "outcomes"])
def test_a_table_as_parquet_holds_the_cells_of_the_csv(kept_fund, table, tmp_path):
    """Or, where pyarrow is not installed, one sentence that says so and no file."""
    fund, file = kept_fund, tmp_path / "table.parquet"
    ran = vcdd("portfolio", "export", table, "-o", str(file), home=fund, cwd=fund)
    if find_spec("pyarrow") is None:
        assert (ran.status, file.exists()) == (2, False)
        assert "Parquet needs pyarrow" in ran.err
        return
    assert ran.status == 0, ran.err
    import csv
    import io

    from pyarrow import parquet

    rows = list(csv.reader(io.StringIO(vcdd("portfolio", "export", table, home=fund, cwd=fund).out)))
    read = parquet.read_table(file)
    assert read.column_names == rows[0]
    cells = [["" if cell is None else str(cell) for cell in row.values()] for row in read.to_pylist()]
    assert cells == [[cell.removeprefix("'") for cell in row] for row in rows[1:]]
