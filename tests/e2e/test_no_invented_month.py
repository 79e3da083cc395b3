"""Without a volume no format holds a monthly figure; with one, those that show costs do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.e2e.command import vcdd
from tests.e2e.conftest import EXAMPLES, SUFFIXES

MONTHLY = re.compile(
    r"run-rate: USD|USD [\d.,]+ (?:a|per) month|about USD [\d.,]+ a month|lasts [\d.,]+ months", re.IGNORECASE
)
USAGE = "requests_per_month = 200000\ninput_tokens = 6000\noutput_tokens = 800\n"


def monthly_fields(value: object) -> list[object]:
    """What stands in a JSON report under any key that begins with `monthly` and holds dollars."""
    if isinstance(value, list):
        return [found for item in value for found in monthly_fields(item)]
    if not isinstance(value, dict):
        return []
    own = [value[key] for key in ("monthly", "monthly_usd", "share_of_revenue", "runway_months") if value.get(key)]
    return own + [found for item in value.values() for found in monthly_fields(item)]


def is_by_load(found: object) -> bool:
    """Dollars per million tokens at a load of the machines: a unit price, kept under `monthly` of a hosting plan."""
    return isinstance(found, list)


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix != "json"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_file_holds_a_monthly_figure(name, suffix, rendered) -> None:
    assert MONTHLY.findall((rendered[name] / f"report.{suffix}").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_neither_json_nor_a_terminal_holds_one(name, rendered, home) -> None:
    report = rendered[name] / "report.json"
    found = monthly_fields(json.loads(report.read_text(encoding="utf-8")))
    assert [item for item in found if not is_by_load(item)] == []
    for words in (("scan", str(report), "-v"), ("cost", str(report)), ("cost", str(report), "--format", "json")):
        assert MONTHLY.findall(vcdd(*words, "-q", home=home).out) == []


def test_with_a_volume_the_same_words_are_there(examples, home, tmp_path: Path) -> None:
    """So that the tests above could fail."""
    usage = tmp_path / "usage.toml"
    usage.write_text(USAGE, encoding="utf-8")
    out = [tmp_path / f"r.{suffix}" for suffix in ("md", "html", "json")]
    flags = [flag for path in out for flag in ("-o", str(path))]
    ran = vcdd("scan", str(examples / "paragraf"), "--offline", "-q", "--usage", str(usage), *flags, home=home)
    assert ran.status == 0, ran.err
    assert all(MONTHLY.search(path.read_text(encoding="utf-8")) for path in out[:2])
    assert any(not is_by_load(item) for item in monthly_fields(json.loads(out[2].read_text(encoding="utf-8"))))
