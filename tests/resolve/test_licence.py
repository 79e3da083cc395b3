"""The licence that holds is never more permissive than the truth, and every conflict keeps both sides."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from tests.resolve.conftest import declared, hub_of, refer
from vcdd.core.evidence import Confidence
from vcdd.core.hub import HubRecord
from vcdd.core.model import Model
from vcdd.registry.registry import Registry
from vcdd.resolve.resolve import resolve
from vcdd.resolve.tags import is_looser, strictness

DAY = date(2026, 11, 20)
ON_BETA = (("zenith-ai/beta-8b", "finetune"),)
ON_NC = (("acme/alpha-7b-nc", "merge"),)


def model_of(record: HubRecord, registry: Registry, *others: HubRecord) -> Model:
    reference = refer(record.asked, "hub-repo", library="transformers")
    (use,) = resolve([reference], registry=registry, hub=hub_of(record, *others)).uses
    return use.model


def licence_of(model: Model) -> str | None:
    return model.licence.id if model.licence else None


@pytest.mark.parametrize(
    ("record", "licence", "confidence"),
    [
        (declared("acme/alpha-7b", licence="mit"), "apache-2.0", Confidence.HIGH),
        (declared("acme/alpha-13b", licence="mit"), "apache-2.0", Confidence.HIGH),
        (declared("acme/alpha-13b", licence="other", licence_name="acme-research"), "acme-nc", Confidence.MEDIUM),
        (declared("acme/alpha-13b", licence="other", licence_name="something-new"), None, Confidence.LOW),
        (declared("acme/mixed-1b", licence="mit"), "mit", Confidence.MEDIUM),
        (declared("acme/mixed-1b", licence="mit, acme-research"), "acme-nc", Confidence.MEDIUM),
        (declared("acme/mixed-1b", licence="mit, something-new"), None, Confidence.LOW),
        (declared("acme/mixed-1b"), None, Confidence.LOW),
        (declared("u/tuned", licence="mit", bases=ON_BETA), "zenith-community", Confidence.MEDIUM),
        (declared("u/tuned", licence="acme-research", bases=ON_BETA), "acme-nc", Confidence.MEDIUM),
        (declared("u/tuned", licence="mit", bases=(*ON_NC, *ON_BETA)), "acme-nc", Confidence.MEDIUM),
        (declared("u/tuned", bases=(("acme/alpha-7b", "finetune"),)), None, Confidence.LOW),
        (declared("u/copy", bases=(("acme/alpha-7b-nc", "quantized"),)), "acme-nc", Confidence.MEDIUM),
        (declared("u/tuned", licence="mit", bases=(("u/nobody-knows", "finetune"),)), "mit", Confidence.LOW),
        (declared("mirror/zeta-GGUF", licence="mit"), "mit", Confidence.LOW),
    ],
)  # fmt: skip
def test_which_licence_holds(
    registry: Registry, record: HubRecord, licence: str | None, confidence: Confidence
) -> None:
    model = model_of(record, registry)
    assert licence_of(model) == licence
    assert model.facts["licence"].value == licence
    assert model.facts["licence"].confidence is confidence
    assert model.facts["licence"].source


def test_a_declared_licence_carries_its_day(registry: Registry) -> None:
    fact = model_of(declared("acme/mixed-1b", licence="mit", fetched=DAY), registry).facts["licence"]
    assert (fact.source, fact.checked) == ("declared on the Hub as of 2026-11-20", DAY)


def test_a_licence_looser_than_upstream_is_reported_as_relabelled(registry: Registry) -> None:
    model = model_of(declared("u/tuned", licence="mit", bases=(("zenith-ai/beta-8b", "finetune"),)), registry)
    assert model.facts["relabelled"].value == "zenith-community as mit"
    assert model.facts["relabelled"].note == "declared as MIT, while the original is under Zenith Community Licence"
    assert (model.facts["licence_tag"].value, model.facts["licence_upstream"].value) == ("mit", "zenith-community")


@pytest.mark.parametrize("tag", ["zenith", "acme-research"])
def test_a_licence_as_strict_as_upstream_is_not(registry: Registry, tag: str) -> None:
    model = model_of(declared("u/tuned", licence=tag, bases=(("zenith-ai/beta-8b", "finetune"),)), registry)
    assert "relabelled" not in model.facts


def test_permissive_licences_do_not_relabel_each_other(registry: Registry) -> None:
    model = model_of(declared("u/tuned", licence="mit", bases=(("acme/alpha-7b", "finetune"),)), registry)
    assert "relabelled" not in model.facts


def test_an_ancestor_of_an_ancestor_counts(registry: Registry) -> None:
    middle = declared("u/middle", licence="mit", bases=(("acme/alpha-7b-nc", "finetune"),))
    model = model_of(declared("v/end", licence="apache-2.0", bases=(("u/middle", "finetune"),)), registry, middle)
    assert licence_of(model) == "acme-nc"
    assert [a.licence and a.licence.id for a in model.lineage] == ["mit", "acme-nc"]


def test_strictness_orders_every_licence_on_record(real: Registry) -> None:
    licences = [licence for key in real.licences if (licence := real.licence(key))]
    ordered = sorted(licences, key=strictness)
    assert len({strictness(licence) for licence in licences}) == len(licences)
    for one, other in pairwise(ordered):
        assert not (is_looser(other, one) and strictness(other)[0] > strictness(one)[0])


@pytest.mark.parametrize(
    ("one", "other", "looser"),
    [
        ("mit", "agpl-3.0", True),
        ("apache-2.0", "cc-by-sa-4.0", True),
        ("agpl-3.0", "mit", False),
        ("mit", "apache-2.0", False),
        ("cc-by-4.0", "apache-2.0", False),
    ],
)
def test_among_open_source_licences_only_copyleft_is_a_difference(
    real: Registry, one: str, other: str, looser: bool
) -> None:
    first, second = real.licence(one), real.licence(other)
    assert first is not None
    assert second is not None
    assert is_looser(first, second) is looser


@pytest.mark.parametrize(
    ("written", "holds", "published"),
    [
        ("deepseek-ai/DeepSeek-R1-Distill-Llama-8B", "llama3.1", "mit"),
        ("deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "llama3.3", "mit"),
        ("unsloth/DeepSeek-R1-Distill-Llama-70B-GGUF", "llama3.3", "mit"),
        ("allenai/Molmo-72B-0924", "tongyi-qianwen", "apache-2.0"),
        ("selfrag/selfrag_llama2_7b", "llama2", "mit"),
    ],
)
def test_weights_made_of_another_labs_keep_its_stricter_terms(
    real: Registry, written: str, holds: str, published: str
) -> None:
    """The DeepSeek R1 card says so itself: the Llama distillations are derived from weights under Llama's licence."""
    (use,) = resolve([refer(written, "hub-repo", library="transformers")], registry=real, hub=hub_of()).uses
    assert licence_of(use.model) == holds
    assert use.model.facts["licence_published"].value == published
    assert use.model.facts["relabelled"].value == f"{holds} as {published}"


@pytest.mark.parametrize(
    ("written", "licence"),
    [
        ("deepseek-ai/DeepSeek-R1", "mit"),
        ("perplexity-ai/r1-1776", "mit"),
        ("InstantX/InstantID", "apache-2.0"),
        ("BAAI/bge-m3", "mit"),
    ],
)
def test_a_lab_may_license_its_own_anew_and_an_adapter_holds_none_of_its_base(
    real: Registry, written: str, licence: str
) -> None:
    (use,) = resolve([refer(written, "hub-repo", library="transformers")], registry=real, hub=hub_of()).uses
    assert licence_of(use.model) == licence
    assert "licence_published" not in use.model.facts
