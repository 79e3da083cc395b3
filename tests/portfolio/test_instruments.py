"""What a worker keeps from one company to the next, and what it forgets."""

from __future__ import annotations

import pytest

from vcdd.instruments import instruments_for
from vcdd.registry.load import load_registry


@pytest.fixture(scope="module")
def registry():
    return load_registry()


def test_the_same_registry_is_compiled_once(registry):
    """Tables and automata are shared; judge and filter are each scan's own."""
    one, two = instruments_for(registry), instruments_for(registry)
    assert one.lexicon is two.lexicon
    assert one.judge.loaders is two.judge.loaders
    assert one.judge.vocabulary is not two.judge.vocabulary
    assert one.prefilter is not two.prefilter


def test_another_registry_is_compiled_anew(registry):
    """By identity: contents that somebody changed are never answered from the old tables."""
    assert instruments_for(registry).lexicon is not instruments_for(load_registry()).lexicon


def test_a_scan_starts_with_nothing_remembered(registry):
    """What one company's files held takes no memory while the next is read, and the answers are the same."""
    data = b'client.chat.completions.create(model="gpt-4o")\n'
    first = instruments_for(registry)
    assert first.prefilter.is_worth(data, "python")
    assert (
        first.judge.vocabulary.look_up("gpt-4o").strength
        == instruments_for(registry).judge.vocabulary.look_up("gpt-4o").strength
    )
    second = instruments_for(registry)
    assert not second.judge.vocabulary._words
    assert not second.prefilter._worth._seen
    assert not second.prefilter._worth._vocabulary._words
    assert second.prefilter.is_worth(data, "python")
