"""The four examples in five formats, byte for byte as the command writes them; and one screen of the README."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.e2e.command import vcdd
from tests.e2e.conftest import EXAMPLES
from tests.render.schemas import faults, spdx_faults
from vcdd.render.memo import APPENDIX, WORD_LIMIT, count_words

VERSIONS = re.compile(
    r"registry [0-9a-f]{12}(?:, newest check \d{4}-\d{2}-\d{2})?"
    r'|(?<="vcdd:registry": ")[0-9a-f]{12}|(?<="value": ")[0-9a-f]{12}'
    r'|(?<=vcdd )\d+\.\d+\.\w+|(?<=ersion": ")\d+\.\d+\.\w+(?=")'
    r"|urn:uuid:[0-9a-f-]{36}"
)
"""Versions of the tool and of the registry, and the serial number made from a whole document."""


def scrub(text: str) -> str:
    return VERSIONS.sub("*", text)


@pytest.mark.parametrize("suffix", ["md", "html", "sarif", "cdx.json", "spdx.json"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_command_writes_the_golden_file(name, suffix, rendered, check_golden):
    """Up to versions: a change of the registry that changes no sentence changes no golden file."""
    text = (rendered[name] / f"report.{suffix}").read_text(encoding="utf-8")
    check_golden(f"examples/{name}.{suffix}", text, scrub)


@pytest.mark.parametrize("name", EXAMPLES)
def test_machine_formats_fit_their_schemas(name, rendered):
    """What stands in the gallery is what other tools can read."""

    def read(suffix):
        return json.loads((rendered[name] / f"report.{suffix}").read_text(encoding="utf-8"))

    assert faults("sarif-schema-2.1.0.json", read("sarif")) == []
    assert faults("bom-1.6.schema.json", read("cdx.json")) == []
    assert spdx_faults(read("spdx.json")) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_two_pages_keep_the_word_limit(name, rendered):
    """Sections 0 to 7 (product page 2.1)."""
    page, mark, _ = (rendered[name] / "report.md").read_text(encoding="utf-8").partition(APPENDIX)
    assert mark
    assert count_words(page) <= WORD_LIMIT


def test_the_readme_shows_what_the_command_prints(home, examples, request):
    """The screen between its markers is current, up to versions."""
    readme = Path(__file__).parents[2] / "README.md"
    ran = vcdd("scan", "examples/clipforge", "--offline", home=home, cwd=examples.parent)
    screen = f"<!-- screen -->\n```text\n$ vcdd scan examples/clipforge --offline\n{ran.out}```\n<!-- /screen -->"
    text = readme.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        before, _, rest = text.partition("<!-- screen -->")
        text = before + screen + rest.partition("<!-- /screen -->")[2]
        readme.write_text(text, encoding="utf-8", newline="\n")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert scrub(screen) in scrub(text)
