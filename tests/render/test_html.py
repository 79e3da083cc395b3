"""The HTML page as text: one file, no script, no address, inert foreign text, accessible structure."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.render.factory import REPORTS, RICH
from tests.render.hostile import STRINGS, poisoned
from vcdd.render.html_page import rows_on_paper
from vcdd.render.renderer import render
from vcdd.render.rows import rows
from vcdd.render.svg import Bar, Mark, bars, timeline

VOID = {"meta", "br", "wbr", "hr", "img", "input", "link", "rect", "line", "circle", "path"}


class Page(HTMLParser):
    """Elements, attributes and text of a page, and whether every element is closed."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.texts, self.open, self.faults = Counter(), [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return " ".join(self.texts)


def page(report):
    return Page(render(report, "html"))


@pytest.mark.parametrize("name", REPORTS)
def test_golden(name, check_golden):
    """The bytes."""
    check_golden(f"{name}.html", render(REPORTS[name], "html"))


@pytest.mark.parametrize("name", REPORTS)
def test_the_page_is_well_formed_and_needs_nothing(name):
    """Every element is closed; no script, image, frame, form or address outside the page."""
    parsed = page(REPORTS[name])
    assert parsed.faults == []
    assert parsed.open == []
    alive = {"script", "img", "iframe", "object", "embed", "form", "link", "base", "foreignobject", "use"}
    assert not alive & set(parsed.tags)
    for tag, attribute, value in parsed.attributes:
        assert not attribute.startswith("on"), tag
        assert attribute not in {"src", "srcset", "xlink:href", "action", "style"}
        if attribute == "href":
            assert value.startswith("#")
    assert "@import" not in render(REPORTS[name], "html")
    assert "url(" not in render(REPORTS[name], "html")


def test_the_policy_names_the_one_style_sheet():
    """Its hash is that of the style element, so nothing else may style, fetch or run."""
    text = render(RICH, "html")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in text


@pytest.mark.parametrize("text", STRINGS)
def test_hostile_text_adds_no_element_and_no_attribute(text):
    """Only the elements and attributes that harmless text has, all closed, and never the raw text with its brackets."""
    plain, rendered = render(poisoned("harmless_a/b "), "html"), render(poisoned(text), "html")
    harmless, hostile = Page(plain), Page(rendered)
    assert set(hostile.tags) <= set(harmless.tags)
    assert {a[:2] for a in hostile.attributes} <= {a[:2] for a in harmless.attributes}
    assert hostile.faults == hostile.open == []
    for bracketed in re.findall(r"<[^>]*>", text):
        assert rendered.count(bracketed) == plain.count(bracketed)


def test_headings_and_references_hold_together():
    """One first heading, no level skipped, every link and label has its target, no id twice."""
    for report in (*REPORTS.values(), poisoned("<h1>")):
        text = render(report, "html")
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        parsed = Page(text)
        ids = [value for _, name, value in parsed.attributes if name == "id"]
        assert len(ids) == len(set(ids))
        for _, name, value in parsed.attributes:
            if name == "href":
                assert value[1:] in ids
            if name == "aria-labelledby":
                assert set(value.split()) <= set(ids)


def test_every_chart_has_words():
    """A title and a description for each picture, with the numbers in it."""
    text = render(RICH, "html")
    charts = re.findall(r"<svg .*?</svg>", text, re.DOTALL)
    assert len(charts) == 12
    for chart in charts:
        assert re.search(r"<title id=\"[a-z0-9-]+\">[^<]+</title><desc id=\"[a-z0-9-]+\">[^<]+</desc>", chart)
    assert "bound: 6; deployed: 1; selectable: 2; catalog: 30" in text
    assert "kling-v2.1 by fal.ai (aggregator), originator Kuaishou (CN)" in text


def test_it_says_the_same_as_the_memo():
    """Bottom line, findings, questions and unseen lines are the same sentences."""
    from vcdd.render.view import view

    text = re.sub(r"\s+", " ", page(RICH).text)
    shown = view(RICH)
    for sentence in (*shown.bottom_line, *shown.unseen, *shown.cost.lines, *shown.cost.further):
        assert re.sub(r"[\s`]", "", sentence) in re.sub(r"\s", "", text)
    for found in (*shown.findings, *shown.suppressed):
        assert found.title in text
        assert found.remedy in text


def test_many_of_everything_unfold():
    """Further findings stand in a closed drawer and are counted on paper."""
    many = tuple(replace(RICH.findings[at % 4], rule=f"L{at}") for at in range(20))
    text = render(replace(RICH, findings=many, questions=RICH.questions * 6), "html")
    assert "<summary>14 more</summary>" in text
    assert "and 15 more in the appendix." in text
    assert "and 12 more on screen." in text


def test_bars_and_timeline():
    """Nothing to draw draws nothing; shares stay inside; labels are escaped and cut."""
    assert bars("a", "A", []) == ""
    assert timeline("a", "A", [], date(2026, 1, 1)) == ""
    drawn = bars("a", "A & B", [Bar(label="<b>" + "x" * 60, shown="1", share=7.0), Bar(label="", shown="0", share=0.0)])
    assert "A &amp; B" in drawn
    assert "<b>" not in drawn
    assert 'width="100.00%"' in drawn
    assert 'width="0.60%"' in drawn
    one = timeline("t", "T", [Mark(label="m", shown="retired", on=date(2026, 1, 1))], date(2026, 1, 1))
    assert 'cx="2.00%"' in one


@pytest.mark.parametrize(
    ("licence", "most"), [("MIT", 7), ("a licence of many words " * 5, 5), ("a licence of many words " * 60, 3)]
)
def test_paper_takes_fewer_rows_the_longer_they_are(licence, most):
    """Two printed pages hold seven short rows, and never fewer than three."""
    row = replace(rows(RICH)[0], role="text", model="gpt", originator="A (US)", route="A", licence=licence.strip())
    assert rows_on_paper([replace(row, lifecycle="active", place="a.py:1")] * 9) == most
