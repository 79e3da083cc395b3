"""Licence files: recognised by their own phrases, or called custom with their clauses quoted."""

import pytest

from vcdd.registry.licence_text import match_licence_text
from vcdd.registry.load import load_registry

REGISTRY = load_registry()

MIT = """MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files, to deal in the Software
without restriction. THE SOFTWARE IS PROVIDED "AS IS".
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MIT, "mit"),
        ("Apache License\n  Version 2.0, January 2004\nTERMS AND CONDITIONS", "apache-2.0"),
        ("LLAMA 3.1 COMMUNITY LICENSE AGREEMENT\nLlama 3.1 Version Release Date", "llama3.1"),
        ("META LLAMA 3 COMMUNITY LICENSE AGREEMENT", "llama3"),
        ("Qwen RESEARCH LICENSE AGREEMENT", "qwen-research"),
        ("Qwen LICENSE AGREEMENT", "qwen"),
        ("Tongyi Qianwen LICENSE AGREEMENT", "tongyi-qianwen"),
        ("STABILITY AI COMMUNITY LICENSE AGREEMENT", "stability-ai-community"),
        ("Creative Commons Attribution-NonCommercial 4.0 International Public License", "cc-by-nc-4.0"),
        ("Mistral AI Non-Production License", "mnpl"),
        ("LTXV Open Weights License\nentities with annual revenues of at least $10,000,000", "ltxv-openrail"),
        (
            "This is free and unencumbered software released into the public domain, commercial or non-commercial.",
            "unlicense",
        ),
        ("GNU GENERAL PUBLIC LICENSE Version 2, June 1991. Only for noncommercial distribution.", "gpl-2.0"),
        ("GNU AFFERO GENERAL PUBLIC LICENSE Version 3, 19 November 2007", "agpl-3.0"),
    ],
)
def test_a_text_on_record_is_recognised(text, expected):
    found = match_licence_text(REGISTRY, text)
    assert found.licence == expected
    assert not found.is_custom


def test_modified_mit_of_kimi_is_not_mit():
    text = (
        MIT + "If the Software is used for products with more than 100 million monthly active users, display Kimi K2."
    )
    assert match_licence_text(REGISTRY, text).licence == "kimi-k2-modified-mit"


def test_mit_with_a_limit_nobody_has_on_record_is_custom():
    found = match_licence_text(REGISTRY, MIT + "Companies with annual revenue above $5 million need a licence.")
    assert found.licence == ""
    assert found.is_custom
    assert [clause.kind for clause in found.clauses] == ["revenue"]


def test_a_custom_model_licence_has_its_clauses_quoted():
    text = """Acme Model License

    You may use the model weights for research purposes only.

    Commercial use ends once the company has raised more than $2 million in funding.

    This licence does not apply in the European Union. Military use is excluded.
    """
    found = match_licence_text(REGISTRY, text)
    assert found.is_custom
    kinds = [clause.kind for clause in found.clauses]
    assert {"non-commercial", "funds-raised", "territory", "use"} <= set(kinds)
    quote = next(clause.quote for clause in found.clauses if clause.kind == "funds-raised")
    assert "raised more than $2 million" in quote
    assert all(len(clause.quote) <= 240 for clause in found.clauses)


@pytest.mark.parametrize("text", ["", "Dear reader, hello.", "def main():\n    return 1\n"])
def test_what_is_no_licence_is_neither_recognised_nor_custom(text):
    found = match_licence_text(REGISTRY, text)
    assert (found.licence, found.is_custom, found.clauses) == ("", False, ())


def test_a_huge_hostile_text_is_read_to_a_bound():
    found = match_licence_text(REGISTRY, "license output train model " * 200_000)
    assert found.is_custom
    assert len(found.clauses) <= 16


def test_no_two_licences_share_their_markers():
    seen = {}
    for key in REGISTRY.licences:
        markers = REGISTRY.licences[key].markers
        if markers:
            assert seen.setdefault(markers, key) == key
            assert all(marker == " ".join(marker.lower().split()) for marker in markers)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            MIT
            + '\n\n"Commons Clause" License Condition. The License does not grant to you the right to Sell the Software.',
            "sale",
        ),
        (MIT + "\n\nYou may not use the weights to provide a hosted or managed service to third parties.", "hosting"),
        (
            (
                "Apache License\nVersion 2.0, January 2004\n\nUnless explicitly authorized in writing, you may not operate "
                "a multi-tenant environment."
            ),
            "hosting",
        ),
        (MIT + "\n\nThis model is for personal use only.", "non-commercial"),
        (
            (
                "GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007\n\nCompanies with more than 10 million USD in annual "
                "revenue need a commercial license."
            ),
            "revenue",
        ),
    ],
)
def test_an_open_source_text_with_a_rider_is_custom_and_the_rider_is_quoted(text, kind):
    found = match_licence_text(REGISTRY, text)
    assert (found.licence, found.is_custom) == ("", True)
    assert kind in {clause.kind for clause in found.clauses}


@pytest.mark.parametrize(
    "text",
    [
        MIT,
        "Apache License Version 2.0, January 2004. Redistribution, sublicense and sale are granted.",
        "GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007. You may convey noncommercially. You may not sublicense.",
        "GNU AFFERO GENERAL PUBLIC LICENSE Version 3, 19 November 2007. Users interacting through a network service.",
    ],
)
def test_a_plain_open_source_text_has_no_rider(text):
    assert not match_licence_text(REGISTRY, text).is_custom


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("GNU AFFERO GENERAL PUBLIC LICENSE Version 3, 19 November 2007", MIT, "agpl-3.0"),
        ("LLAMA 3.1 COMMUNITY LICENSE AGREEMENT\nLlama 3.1 Version Release Date", MIT, "llama3.1"),
    ],
)
def test_of_several_texts_in_one_file_the_one_that_asks_most_holds(first, second, expected):
    found = {match_licence_text(REGISTRY, text).licence for text in (f"{first}\n\n{second}", f"{second}\n\n{first}")}
    assert found == {expected}
