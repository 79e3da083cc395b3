"""Every row of the room's own data is whole: unit, amount, currency, source and date."""

from importlib.resources import files

import pytest

from tests.pricing.factory import TODAY
from vcdd.pricing.gpus import load_offers
from vcdd.pricing.own import _table
from vcdd.pricing.package_data import read_toml
from vcdd.pricing.peers import load_peers
from vcdd.pricing.provider_ids import provider_names
from vcdd.pricing.units import CURRENCIES, UNITS

_DATA = files("vcdd.pricing").joinpath("data")
_NAMES = sorted(
    {path.name.rsplit(".", 1)[0] for folder in ("units", "snapshots") for path in _DATA.joinpath(folder).iterdir()}
)
_WESTERN = {"US", "CA", "GB", "FR", "DE", "IL", "JP", "KR", "AU", "NZ", "CH", "NL", "SE", "FI", "ES", "IT", "PL"}


@pytest.mark.parametrize("name", _NAMES)
def test_every_own_price_is_positive_sourced_and_of_a_known_unit(name):
    prices = [price for row in _table(name).values() for price in row]
    assert prices
    for price in prices:
        assert price.unit in UNITS, price
        assert price.currency in CURRENCIES, price
        assert price.amount > 0, price
        assert price.source, price
        assert price.source_kind in {"vendor", "aggregator", "price-library"}, price
        assert price.checked is None or price.checked <= TODAY, price
        assert price.checked or "undated" in price.source, price


@pytest.mark.parametrize("name", _NAMES)
def test_no_row_stands_twice(name):
    keys = [
        (price.model.lower(), price.unit, price.conditions, price.source_kind, price.amount)
        for row in _table(name).values()
        for price in row
    ]
    assert len(keys) == len(set(keys))


def test_every_file_of_prices_belongs_to_a_provider():
    known = {name for names in provider_names().values() for name in names.units}
    assert set(_NAMES) <= known


def test_no_spelling_of_a_provider_is_used_twice():
    rows = read_toml("providers.toml")["provider"]
    names = [name for row in rows for name in (row["id"], *row.get("also", ()))]
    assert len(names) == len(set(names))
    assert all(name == name.lower() for name in names)


def test_peers_are_sourced_by_reason_and_their_kind_fits_their_licence_and_seat():
    groups = load_peers()
    assert len({group.id for group in groups}) == len(groups)
    for peer in (peer for group in groups for peer in group.peers):
        assert peer.why, peer
        assert (peer.licence == "proprietary") == (peer.kind == "closed-western"), peer
        assert (peer.country in _WESTERN) == peer.kind.endswith("western"), peer


def test_a_family_belongs_to_one_group_only():
    families = [family for group in load_peers() for family in group.families]
    assert len(families) == len(set(families))


def test_every_rent_is_dated_and_sourced():
    for offer in load_offers(TODAY, 90):
        assert offer.price.checked
        assert offer.price.source
        assert offer.price.amount > 0
        assert offer.gpus in {1, 2, 4, 8}
