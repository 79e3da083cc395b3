"""Loading: the package's data, the cache beside it, and what a broken cache does."""

import os

from vcdd.registry.load import load_registry


def test_the_registry_has_all_kinds_of_records(tmp_path):
    registry = load_registry(cache=tmp_path)
    assert len(registry.labs) >= 340
    assert len(registry.families) >= 620
    assert len(registry.licences) >= 100
    assert registry.lab("lightricks").country.value == "IL"


def test_a_second_load_reads_the_cache_and_answers_the_same(tmp_path):
    first = load_registry(cache=tmp_path)
    assert list(tmp_path.glob("registry-*.json"))
    second = load_registry(cache=tmp_path)
    assert second.version == first.version
    assert second.identify("gpt-5") == first.identify("gpt-5")


def test_a_broken_cache_is_written_anew(tmp_path):
    load_registry(cache=tmp_path)
    path = next(tmp_path.glob("registry-*.json"))
    path.write_text('{"tables": {')
    assert load_registry(cache=tmp_path).identify("Qwen/Qwen3-8B").lab.id == "alibaba"


def test_only_the_newest_of_other_states_are_kept(tmp_path):
    for number in range(6):
        (tmp_path / f"registry-{number}.json").write_text("")
        os.utime(tmp_path / f"registry-{number}.json", (number, number))
    load_registry(cache=tmp_path)
    others = {path.name for path in tmp_path.glob("registry-?.json")}
    assert others == {"registry-3.json", "registry-4.json", "registry-5.json"}


def test_a_cache_folder_that_cannot_be_made_is_no_error(tmp_path):
    (tmp_path / "file").write_text("")
    assert load_registry(cache=tmp_path / "file" / "below").identify("claude-sonnet-4-5").lab.id == "anthropic"
