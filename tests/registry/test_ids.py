"""Every id of `ids.tsv` and `hosted_ids.tsv` resolves to its lab, country and licence, or stays unknown where it must."""

from pathlib import Path

import pytest

from vcdd.registry.load import load_registry

REGISTRY = load_registry()
ROWS = [
    tuple(line.split("\t"))
    for table in ("ids.tsv", "hosted_ids.tsv")
    for line in Path(__file__).with_name(table).read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_the_table_is_large_enough_to_mean_something():
    assert len(ROWS) >= 300
    assert all(len(row) == 6 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}".strip())
def test_an_id_resolves_to_its_lab_and_country_and_never_to_a_wrong_licence(row):
    """Unknown beats wrong: where the registry has no licence on record it may say so, but it may not guess."""
    written, via, lab, country, licence, _ = row
    found = REGISTRY.identify(written, provider=via)
    assert (found.lab.id if found.lab else "-") == lab
    if lab != "-":
        assert found.lab.country.value == country
    if licence != "?":
        assert (found.licence.id if found.licence else "-") in {licence, "-"}


def test_most_licences_in_the_table_are_known_without_the_hub():
    asserted = [row for row in ROWS if row[4] not in "?-"]
    known = [row for row in asserted if REGISTRY.identify(row[0], provider=row[1]).licence]
    assert len(known) >= 0.85 * len(asserted)


def test_ids_of_the_founding_article_have_their_licence_on_record():
    rows = [row for row in ROWS if row[5].startswith("founding article") and row[4] != "-"]
    assert len(rows) >= 60
    missing = [row[0] for row in rows if REGISTRY.identify(row[0], provider=row[1]).licence is None]
    assert missing == []
