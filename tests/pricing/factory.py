"""Small values for the tests of the pricing room."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from vcdd.core.cost import Price
from vcdd.core.evidence import Evidence
from vcdd.core.fact import Fact, unknown
from vcdd.core.location import Location
from vcdd.core.model import Model, ModelUse, Weights
from vcdd.core.reference import Reference, ReferenceKind
from vcdd.core.route import Provider, Route, RouteKind
from vcdd.pricing.book import PriceBook

TODAY = date(2026, 11, 24)
D = Decimal


def price(unit, amount, conditions="", **fields):
    """A current dollar price."""
    given = {"provider": "acme", "model": "m", "checked": TODAY, "source": "a page", "source_kind": "vendor"} | fields
    return Price(unit=unit, amount=D(amount), conditions=conditions, **given)


def provider(provider_id, kind=RouteKind.VENDOR_API):
    """A provider of which nothing but the name is known."""
    nothing, no_bool = unknown("not asked"), Fact(value=None, source="")
    return Provider(
        id=provider_id,
        name=provider_id.title(),
        kind=kind,
        country=nothing,
        contracting_entity=nothing,
        contracting_country=nothing,
        storage=nothing,
        storage_country=nothing,
        trains_by_default=no_bool,
        retention=nothing,
        dpa=no_bool,
    )


def use(model_id, provider_id="", *, evidence=Evidence.BOUND, written="", slot="", kind=None, **fields):
    """One use; without a provider the target serves the model itself."""
    kind = kind or (RouteKind.VENDOR_API if provider_id else RouteKind.SELF_HOSTED)
    reference = Reference(
        written=written or model_id,
        kind=ReferenceKind.API_MODEL,
        evidence=evidence,
        location=Location(path="app.py", line=1),
        slot=slot,
    )
    fields.setdefault("weights", Weights.UNKNOWN)
    return ModelUse(
        model=Model(id=model_id, name=model_id, **fields),
        route=Route(kind=kind, provider=provider(provider_id, kind) if provider_id else None),
        references=(reference,),
    )


@dataclass(frozen=True)
class FixedPrices:
    """A price source that knows what it was given: (provider, lower-case model) to prices."""

    table: dict = field(default_factory=dict)

    def prices_for(self, names, provider, on):  # noqa: ARG002 -- the protocol
        for name in names:
            if (provider, name) in self.table:
                return tuple(self.table[provider, name])
        return ()


def book(table):
    """A book with one source."""
    return PriceBook(sources=(FixedPrices(table),))
