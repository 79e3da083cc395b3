"""An originator that is not confirmed carries a question mark, with its legend, wherever the stack table stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.render.factory import EMPTY, META, QWEN, known, reference, route
from vcdd.core.evidence import Confidence
from vcdd.core.model import Ancestor, ModelUse
from vcdd.render.renderer import render
from vcdd.render.words import doubt, originator_words, short_origin

LOW = known("Alibaba", "the name of the model", confidence=Confidence.LOW)
NAMED = replace(QWEN, lineage=(), facts={"lab": LOW, "country": known("CN")})
UNCHECKED = replace(
    QWEN, lineage=(), facts={"lab": known("Alibaba"), "country": replace(known("CN"), confidence=Confidence.LOW)}
)
SURE = replace(QWEN, lineage=(), facts={"lab": known("Alibaba"), "country": known("CN"), "licence": LOW})
UNKNOWN = replace(QWEN, lab=None, lineage=(), facts={"lab": replace(LOW, value=None)})


def of(model):
    use = ModelUse(model=model, route=route(), references=(reference(model.id, "app.py", 3),))
    return replace(EMPTY, uses=(use,))


@pytest.mark.parametrize(
    ("model", "mark", "long", "short"),
    [
        (NAMED, "?", "Alibaba (CN)?", "CN? Alibaba"),
        (UNCHECKED, "?", "Alibaba (CN)?", "CN? Alibaba"),
        (SURE, "", "Alibaba (CN)", "CN Alibaba"),
        (UNKNOWN, "", "unknown", "unknown"),
    ],
    ids=["read from a name", "not checked", "only the licence is unsure", "unknown is not doubtful"],
)
def test_the_mark_follows_the_confidence_of_lab_and_country(model, mark, long, short) -> None:
    assert (doubt(model), originator_words(model), short_origin(model)) == (mark, long, short)


def test_a_base_is_doubtful_only_where_it_is_inferred() -> None:
    steps = [Ancestor(id="m", relation="finetune", how=how, lab=META) for how in ("declared", "inferred")]
    declared, inferred = (replace(SURE, lineage=(step,)) for step in steps)
    assert originator_words(declared) == "Alibaba (CN); base by Meta AI (US)"
    assert originator_words(inferred) == "Alibaba (CN); base by Meta AI (US)?"
    assert short_origin(inferred) == "CN Alibaba; base US? Meta AI"


@pytest.mark.parametrize("name", ["terminal", "memo", "html"])
def test_the_legend_stands_where_a_mark_does_and_nowhere_else(name) -> None:
    for model in (NAMED, UNCHECKED):
        text = render(of(model), name)
        assert "? originator not confirmed" in text
        assert "CN?" in text or "(CN)?" in text
    for model in (SURE, UNKNOWN):
        assert "? originator not confirmed" not in render(of(model), name)


@pytest.mark.parametrize("name", ["memo", "html"])
def test_the_first_sentence_does_not_say_it_as_a_fact(name) -> None:
    assert "(originator Alibaba, CN, not confirmed)" in render(of(NAMED), name)


def test_the_sheet_has_a_column_for_it() -> None:
    assert render(of(NAMED), "csv").splitlines()[1].endswith(',"low"')
    assert render(of(SURE), "csv").splitlines()[1].endswith(',""')
