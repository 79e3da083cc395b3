"""The terminal summary: one screen, inside the width, plain when asked, and never parsed as markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from tests.render.factory import FINDINGS, QUESTIONS, REPORTS, RICH
from tests.render.hostile import STRINGS, poisoned
from vcdd.render.columns import Column, fit, table
from vcdd.render.options import RenderOptions
from vcdd.render.renderer import render

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def terminal(report, **options):
    return render(report, "terminal", RenderOptions(**options))


@pytest.mark.parametrize("name", REPORTS)
def test_golden(name, check_golden):
    """The summary at 80 columns, brief and full."""
    check_golden(f"{name}.txt", terminal(REPORTS[name]))
    check_golden(f"{name}.verbose.txt", terminal(REPORTS[name], verbose=True))


def test_a_normal_target_fits_one_screen():
    """At most 24 lines, however many models, findings and questions there are."""
    assert terminal(RICH).count("\n") <= 24
    many = replace(RICH, uses=RICH.uses * 20, findings=FINDINGS * 20, questions=QUESTIONS * 20)
    assert terminal(many).count("\n") <= 24
    rules = tuple(replace(FINDINGS[0], id=f"F{at}", rule=f"L{at}") for at in range(30))
    few = terminal(replace(RICH, uses=RICH.uses[:1], findings=rules, questions=()))
    assert few.count("BLOCKER") == 9, "what one part leaves free goes to the next"


@pytest.mark.parametrize("width", [40, 60, 80, 132])
@pytest.mark.parametrize("text", ["", "模型", "x" * 500])
def test_no_line_is_wider_than_asked(width, text):
    """Wide characters count two cells."""
    for verbose in (False, True):
        lines = terminal(poisoned(text), width=width, verbose=verbose).splitlines()
        assert max(cell_len(line) for line in lines) <= width
        assert all(line == line.rstrip() for line in lines)


def test_colour_only_where_asked():
    """Without colour there is no escape; with it there are colour sequences and the same words."""
    assert "\x1b" not in terminal(RICH)
    coloured = terminal(RICH, colour=True)
    assert ESCAPES.search(coloured)
    plain = "\n".join(line.rstrip() for line in ESCAPES.sub("", coloured).splitlines())
    assert plain == terminal(RICH).rstrip("\n")


@pytest.mark.parametrize("text", STRINGS)
@pytest.mark.parametrize("colour", [False, True])
def test_hostile_text_is_inert(text, colour):
    """Markup is shown, control characters are not, and no link or cursor sequence gets through."""
    shown = ESCAPES.sub("", terminal(poisoned(text), colour=colour, verbose=True))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", shown)


def test_markup_is_shown_as_it_stands():
    """A bracket in a model id stays a bracket."""
    assert "[red]claude" in terminal(poisoned("[red]"), width=200)


def test_nothing_found_is_said():
    """An empty target is not a clean one."""
    text = terminal(REPORTS["empty"])
    assert "Nothing that was read uses or deploys a model." in text
    assert "No file was there to read" in text


def test_verbose_names_all():
    """Every finding with its title and remedy, every question in full with its reason, and no hint to ask for more."""
    text = re.sub(r"\s+", " ", terminal(RICH, verbose=True, width=60))
    for finding in FINDINGS[:4]:
        assert finding.title in text
        assert finding.remedy in text
    for question in RICH.questions:
        assert question.text in text
        assert question.why in text
    assert "-v for more" not in text


def test_the_widest_column_gives_way_first():
    """Down to its least width, and below it only when nothing else is left."""
    columns = (Column(title="A", cells=("x" * 30,), least=10), Column(title="B", cells=("y" * 5,), least=5))
    assert fit(columns, 40) == [30, 5]
    assert fit(columns, 27) == [20, 5]
    assert fit(columns, 12) == [5, 5]
    assert [line.plain for line in table(columns, 17)] == ["A           B", "xxxxxxxxx…  yyyyy"]


def test_a_path_keeps_its_end():
    """The file's name says more than the folder's."""
    column = Column(title="Where", cells=("src/app/config.py:7",), least=5, path=True)
    assert [line.plain for line in table((column,), 12)] == ["Where", "…config.py:7"]


def test_what_is_retired_or_deprecated_says_so_behind_its_name():
    """Whatever words follow the status: a day, or that it was announced."""
    assert re.search(r"^sora-2 \(retired\) ", terminal(RICH, width=120, verbose=True), re.MULTILINE)
