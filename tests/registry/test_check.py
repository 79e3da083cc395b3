"""The lint: the shipped data is clean, and each kind of mistake is found."""

from copy import deepcopy
from datetime import date

import pytest

from vcdd.registry.check import lint
from vcdd.registry.compile import compile_tables
from vcdd.registry.load import load_registry
from vcdd.registry.registry import Registry
from vcdd.registry.tables import DATA, read_tables

REGISTRY = load_registry()
TODAY = date(2026, 11, 24)


def tables_to_change():
    return {kind: deepcopy(dict(records)) for kind, records in REGISTRY.compiled.tables.items()}


def changed(change):
    tables = tables_to_change()
    change(tables)
    return {problem.where: problem.text for problem in lint(Registry(compile_tables(tables)))}


def test_the_shipped_registry_is_clean():
    assert [f"{p.where}: {p.text}" for p in lint(REGISTRY, today=TODAY)] == []


def test_files_are_named_by_their_lab_provider_or_licence():
    for folder, heading in (("labs", "lab"), ("providers", "provider"), ("licences", "licence")):
        tables = read_tables(DATA / folder)
        ids = {"lab": "labs", "provider": "providers", "licence": "licences"}[heading]
        assert {path.stem for path in (DATA / folder).glob("*.toml")} == set(tables[ids])


@pytest.mark.parametrize(
    ("change", "where", "words"),
    [
        (lambda t: t["labs"]["openai"].update(countri="US"), "labs.openai.countri", "did you mean 'country'"),
        (lambda t: t["labs"]["openai"].update(country="UK"), "labs.openai.country", "ISO"),
        (lambda t: t["labs"]["openai"].update(source=""), "labs.openai.source", "missing"),
        (lambda t: t["labs"]["openai"].update(hub_orgs=["b", "a"]), "labs.openai.hub_orgs", "sorted"),
        (lambda t: t["labs"]["openai"].update(hub_orgs=["TheBloke"]), "labs.openai.hub_orgs", "re-uploader"),
        (lambda t: t["families"]["gpt-5"].update(licence="mitt"), "families.gpt-5.licence", "not among"),
        (lambda t: t["families"]["gpt-5"].update(base="gpt-zero"), "families.gpt-5.base", "not among"),
        (lambda t: t["families"]["gpt-5"].update(sample="gpt-4o"), "families.gpt-5.sample", "resolves to gpt-4o"),
        (lambda t: t["families"]["gpt-5"].update(neighbour="gpt-5"), "families.gpt-5.neighbour", "resolves to gpt-5"),
        (lambda t: t["families"]["gpt-5"].update(modality="smell"), "families.gpt-5.modality", "no modality"),
        (lambda t: t["families"]["gpt-5"].update(match=["*gpt"]), "families.gpt-5.match", "two literal characters"),
        (lambda t: t["licences"]["mit"].update(spdx="MIT-2"), "licences.mit.spdx", "no SPDX id"),
        (lambda t: t["lists"]["US-NSCMIC"].update(effect="It is illegal."), "lists.US-NSCMIC.effect", "'illegal'"),
        (lambda t: t["lists"]["US-NSCMIC"].update(status="banned"), "lists.US-NSCMIC.status", "no status"),
        (lambda t: t["providers"]["fal"].update(hosts=["api.openai.com"]), "providers.openai.hosts", "also belongs"),
    ],
)
def test_a_mistake_is_found_where_it_is(change, where, words):
    problems = changed(change)
    assert where in problems
    assert words in problems[where]


def test_a_name_that_two_checkpoints_claim_is_found():
    def claim(tables):
        tables["checkpoints"]["gpt-5"]["names"] = ["gpt-4o"]

    assert any("also names" in text for text in changed(claim).values())


def test_a_glob_that_two_families_claim_is_found():
    def claim(tables):
        tables["families"]["gpt-4"]["match"].append("gpt-5")

    assert any("also belongs" in text for where, text in changed(claim).items() if where.endswith("match"))


def test_an_old_date_warns_and_a_future_one_fails():
    tables = tables_to_change()
    tables["labs"]["openai"]["checked"] = "2024-01-01"
    tables["labs"]["meta"]["checked"] = "2030-01-01"
    problems = {p.where: p for p in lint(Registry(compile_tables(tables)), today=TODAY)}
    assert problems["labs.openai.checked"].is_warning
    assert not problems["labs.meta.checked"].is_warning


def test_an_id_that_stands_twice_is_refused_with_its_file(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text('[lab]\nid = "twice"\nname = "x"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"b\.toml.*stands twice"):
        read_tables(tmp_path)
