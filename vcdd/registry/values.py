"""From records to the values other rooms speak, each fact with its source, date and confidence."""

from __future__ import annotations

from datetime import date
from typing import Any

from vcdd.core.evidence import Confidence
from vcdd.core.fact import Fact
from vcdd.core.model import Condition, Lab, Licence
from vcdd.core.route import Provider
from vcdd.registry.schema import Claim, DistributorRecord, LabRecord, LicenceRecord, ProviderRecord

NOT_RECORDED = "not in the registry"


def to_lab(record: LabRecord) -> Lab:
    """The lab with its three countries kept apart; an unchecked record gives LOW confidence."""
    parent = record.parent_country and _fact(record.parent_country, record.source, record.checked, record.verified)
    return Lab(
        id=record.id,
        name=record.name,
        country=_fact(record.country, record.source, record.checked, record.verified),
        parent=record.parent,
        parent_country=parent or None,
        list_entries=record.lists,
    )


def to_distributor(record: DistributorRecord) -> Lab:
    """A re-uploader in the shape of a lab; its country says nothing about the originator's."""
    country = _fact(record.country, record.source, record.checked, record.verified)
    return Lab(id=record.id, name=record.name, country=country)


def to_licence(record: LicenceRecord, modality: str = "") -> Licence:
    """The licence with the conditions that apply to a model of this modality (`""`: all of them)."""
    conditions = tuple(
        Condition(
            kind=each.kind,
            text=each.text,
            amount=each.amount,
            period=each.period,
            territories=each.territories,
            duty=each.duty,
        )
        for each in record.condition
        if not each.only or not modality or modality in each.only
    )
    return Licence(
        id=record.id,
        name=record.name,
        spdx=record.spdx,
        category=record.category,
        conditions=conditions,
        source=record.source,
        checked=record.checked,
        verified=record.verified,
    )


def to_provider(record: ProviderRecord) -> Provider:
    """The provider; what nobody has published is an unknown fact that says so."""
    return Provider(
        id=record.id,
        name=record.name,
        kind=record.kind,
        country=_fact(record.country, record.source, record.checked, record.verified),
        contracting_entity=_claim(record.contracting_entity),
        contracting_country=_claim(record.contracting_country),
        storage=_claim(record.storage),
        storage_country=_claim(record.storage_country),
        trains_by_default=_claim(record.trains_by_default),
        retention=_claim(record.retention),
        dpa=_claim(record.dpa),
        hosts=record.hosts,
    )


def _fact(value: str, source: str, checked: date | None, verified: bool) -> Fact[str]:
    if not value:
        return Fact(value=None, source=source, checked=checked, confidence=Confidence.LOW, note=NOT_RECORDED)
    return Fact(value=value, source=source, checked=checked, confidence=_confidence(verified))


def _claim(claim: Claim | None) -> Fact[Any]:
    if claim is None:
        return Fact(value=None, source="registry", confidence=Confidence.LOW, note=NOT_RECORDED)
    confidence = _confidence(claim.verified)
    return Fact(value=claim.value, source=claim.source, checked=claim.checked, confidence=confidence, note=claim.note)


def _confidence(verified: bool) -> Confidence:
    return Confidence.HIGH if verified else Confidence.LOW
