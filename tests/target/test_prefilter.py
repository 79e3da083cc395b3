"""Both engines open the same files at the same places."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vcdd.target.prefilter import ENGINES, Hits, Prefilter

WORDS = [b"qwen", b"gpt-4", b"gpt", b"openai", b"penai/", b"a", b"aa", b".gguf", b"c++", b"[x]", b"\xe6\xa8\xa1"]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    if request.param == "hyperscan":
        pytest.importorskip("hyperscan")
    return str(request.param)


@pytest.mark.parametrize(
    ("raw", "strong", "weak"),
    [
        (b"", False, False),
        (b"nothing", False, False),
        (b"model = QWEN/x", True, True),
        (b"a model", False, True),
        (b"qwe n", False, False),
        (b"\0\xff qwen/", True, False),
    ],
)
def test_levels_are_told_apart(engine: str, raw: bytes, strong: bool, weak: bool) -> None:
    assert Prefilter([b"Qwen/"], [b"model"], engine=engine).hits(raw) == Hits(strong=strong, weak=weak)


def test_a_strong_literal_hidden_by_an_overlapping_weak_one_is_found(engine: str) -> None:
    search = Prefilter([b"ai.com"], [b"openai"], engine=engine)
    assert search.hits(b"https://openai.com") == Hits(strong=True, weak=True)
    assert search.positions(b"https://openai.com") == (12,)


def test_no_literals_means_no_hits(engine: str) -> None:
    search = Prefilter([], [b""], engine=engine)
    assert search.hits(b"anything") == Hits(strong=False, weak=False)
    assert search.positions(b"anything") == ()


def test_positions_are_ascending_and_of_strong_literals_only(engine: str) -> None:
    assert Prefilter([b"gpt", b"gpt-4"], [b"x"], engine=engine).positions(b"x gpt-4 x GPT") == (2, 10)


def test_a_prefilter_survives_pickling(engine: str) -> None:
    copy = pickle.loads(pickle.dumps(Prefilter([b"qwen"], [b"llm"], engine=engine)))
    assert copy.engine == engine
    assert copy.hits(b"Qwen LLM") == Hits(strong=True, weak=True)


@settings(max_examples=200, deadline=None)
@given(
    raw=st.lists(st.one_of(st.sampled_from(WORDS), st.binary(max_size=4)), max_size=30).map(b"".join),
    strong=st.lists(st.sampled_from(WORDS), max_size=6),
    weak=st.lists(st.sampled_from(WORDS), max_size=6),
)
def test_all_engines_give_the_same_answers(raw: bytes, strong: list[bytes], weak: list[bytes]) -> None:
    pytest.importorskip("hyperscan")
    first, *others = (Prefilter(strong, weak, engine=name) for name in ENGINES)
    for other in others:
        assert first.hits(raw) == other.hits(raw)
        assert first.positions(raw) == other.positions(raw)
