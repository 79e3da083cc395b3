"""What holds for every format: the same bytes twice, the same facts, and nothing alive in foreign text."""

from __future__ import annotations

import json
import re

import pytest

from tests.render.factory import REPORTS, RICH
from tests.render.hostile import STRINGS, poisoned
from vcdd.errors import UsageError
from vcdd.render.json_read import from_json
from vcdd.render.json_v1 import to_json
from vcdd.render.options import RenderOptions
from vcdd.render.renderer import FORMATS, SUFFIXES, format_of, render
from vcdd.render.words import lab_name

LIVE = re.compile(
    r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0041\ud800-\udfff]"
)
MACHINE = {"json", "sarif", "cyclonedx", "spdx", "gitlab"}


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("name", REPORTS)
def test_the_same_bytes_twice(format_name, name):
    """Also after a saved report was read again; and every file ends its last line."""
    text = render(REPORTS[name], format_name)
    assert render(REPORTS[name], format_name) == text
    assert render(from_json(to_json(REPORTS[name])), format_name) == text
    assert text.endswith("\n")
    assert text.encode("utf-8")


@pytest.mark.parametrize("format_name", FORMATS)
def test_all_formats_say_the_same_facts(format_name):
    """Every model in use stands in every format with its originator (findings formats name what findings are about)."""
    text = render(RICH, format_name, RenderOptions(width=200, verbose=True))
    for use in RICH.in_use:
        if format_name == "gitlab":
            continue
        assert use.model.id in text
        if use.model.lab:
            assert lab_name(use.model.lab) in text
    assert "A bound model no longer answers" in text or format_name not in {
        "terminal",
        "memo",
        "html",
        "sarif",
        "gitlab",
    }


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("text", STRINGS)
def test_no_raw_control_character(format_name, text):
    """No escape sequence, no bidirectional control, no invisible character in any format."""
    rendered = render(poisoned(text), format_name)
    found = re.findall(
        r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0041]", rendered
    )
    assert found == []
    assert rendered.encode("utf-8")


@pytest.mark.parametrize("format_name", sorted(MACHINE))
def test_machine_formats_are_one_json_document(format_name):
    """For hostile and for empty reports too."""
    for report in (RICH, REPORTS["empty"], poisoned('"}],')):
        json.loads(render(report, format_name))


def test_an_unknown_format_names_those_there_are():
    """A sentence with the next step."""
    with pytest.raises(UsageError, match="pdf") as caught:
        render(RICH, "pdf")
    assert "memo" in caught.value.help


def test_formats_by_file_name():
    """The longest ending decides; every format but the terminal's has one."""
    assert format_of("out/Report.MD") == "memo"
    assert format_of("bom.cdx.json") == "cyclonedx"
    assert format_of("report.json") == "json"
    assert format_of("a.spdx.json") == "spdx"
    assert format_of("x.sarif") == "sarif"
    assert format_of("memo.docx") == ""
    assert set(SUFFIXES.values()) == set(FORMATS)
