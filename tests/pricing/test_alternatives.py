"""Price-only alternatives: one per kind, of another lab where there is one, and quality is not compared."""

from tests.pricing.factory import D, price
from vcdd.core.fact import Fact
from vcdd.core.model import Lab, Model
from vcdd.pricing.alternatives import NOT_COMPARED, alternatives, monthly_after, price_ratio
from vcdd.pricing.peers import Peer, PeerGroup

TEXT = {"input": "input-mtok", "output": "output-mtok"}


def tokens(amount, **fields):
    return (price("input-mtok", amount, **fields), price("output-mtok", amount, **fields))


def peer(model, kind, lab="lab", **fields):
    given = {"country": "US", "licence": "MIT", "why": "a reason", "routes": (("acme", model),)} | fields
    return Peer(model=model, lab=lab.title(), lab_id=lab, kind=kind, **given)


GROUP = PeerGroup(
    id="text",
    name="text",
    families=("fam",),
    peers=(
        peer("o/open-a", "open-western", "first"),
        peer("open-b", "open-western", "second"),
        peer("closed-a", "closed-western", "third"),
        peer("o/east", "open-other", "fourth", country="CN"),
    ),
)
PRICES = {"o/open-a": tokens(1), "open-b": tokens(2), "closed-a": tokens(30), "o/east": tokens(1, stale=True)}


def look_up(ids, provider):
    return PRICES.get(ids[0], ()) if provider == "acme" else ()


def lab(lab_id):
    return Lab(id=lab_id, name=lab_id, country=Fact(value="US", source="x"))


def found(**fields):
    model = Model(**({"id": "mine", "name": "mine", "family": "fam"} | fields))
    return alternatives(model, tokens(10), (GROUP,), look_up)


def test_one_of_each_kind_in_a_fixed_order_with_reason_and_ratio():
    rows = [(other.kind, other.model, other.ratio) for other in found()]
    assert rows == [
        ("open-western", "o/open-a", D("0.1")),
        ("closed-western", "closed-a", D(3)),
        ("open-other", "o/east", None),
    ]
    assert all(other.why == f"a reason; {NOT_COMPARED}" for other in found())


def test_a_stale_price_is_shown_and_makes_no_ratio():
    east = found()[2]
    assert east.prices == tokens(1, stale=True)
    assert east.ratio is None


def test_the_model_itself_is_no_alternative_by_either_spelling():
    assert found(id="open-a")[0].model == "open-b"
    assert found(id="other-org/open-a")[0].model == "open-b"


def test_another_lab_comes_first_and_the_same_lab_only_where_there_is_no_other():
    assert found(lab=lab("first"))[0].model == "open-b"
    assert found(lab=lab("third"))[1].model == "closed-a"


def test_the_registrys_group_wins_over_the_family():
    other = PeerGroup(id="else", name="", peers=(peer("x", "open-western"),))
    model = Model(id="mine", name="mine", family="fam", peer_group="else")
    assert [a.model for a in alternatives(model, (), (GROUP, other), look_up)] == ["x"]


def test_without_a_group_there_is_no_alternative():
    assert found(family="") == ()
    assert found(family="unknown") == ()


def test_media_are_compared_by_a_unit_both_are_sold_by():
    second = (price("video-second", "0.4"),)
    assert price_ratio(second, (price("video-second", "0.1"),)) == D(4)
    assert price_ratio(second, (price("image", "0.1"),)) is None
    assert price_ratio(second, ()) is None


def test_a_price_of_nothing_makes_no_ratio():
    assert price_ratio(tokens(1), tokens(0)) is None


def test_the_price_of_moving_is_the_bill_times_the_ratio():
    from vcdd.core.company import Usage
    from vcdd.pricing.totals import whole_product

    bill = whole_product((), Usage(invoice_usd=D(1_000)))
    cheap, _, unknown = found()
    assert monthly_after(bill, cheap) == D(100)
    assert monthly_after(bill, unknown) is None
    assert monthly_after(None, cheap) is None
