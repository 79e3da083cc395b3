"""Baselines: known is set aside, worse or changed is shown again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.rules.factory import NON_COMMERCIAL, TODAY, at, closed, context, model, report, route, saw, use
from vcdd.core.finding import Severity
from vcdd.core.model import DateKind, Lifecycle, LifecycleStatus
from vcdd.core.reference import ObservationKind
from vcdd.core.route import RouteKind
from vcdd.errors import ConfigError
from vcdd.rules.baseline import MARK, apply_baseline, read_baseline, write_baseline
from vcdd.rules.engine import find


def scanned(*uses, **rest):
    given = report(*uses, **rest)
    return replace(given, findings=find(given, context()))


def active(after, before):
    kept = apply_baseline(after.findings, read_baseline(write_baseline(before), "b.json"))
    return [item.rule for item in kept if not item.suppressed_by]


BEFORE = scanned(use(model(licence=NON_COMMERCIAL)), observations=(saw(ObservationKind.TRUST_REMOTE_CODE),))


def test_the_same_report_has_nothing_new():
    assert active(BEFORE, BEFORE) == []
    kept = apply_baseline(BEFORE.findings, read_baseline(write_baseline(BEFORE), "b.json"))
    assert {item.suppressed_by for item in kept} == {MARK}


def test_moved_lines_are_not_new():
    moved = scanned(
        use(model(licence=NON_COMMERCIAL), location=at(line=900)),
        observations=(saw(ObservationKind.TRUST_REMOTE_CODE, location=at("app/other.py", 70)),),
    )
    assert active(moved, BEFORE) == []


def test_a_new_model_is_new():
    after = scanned(use(model(licence=NON_COMMERCIAL)), use(model("b/nc", licence=NON_COMMERCIAL), slot="B"))
    assert "L101" in active(after, BEFORE)


def test_a_changed_licence_opens_the_finding_again():
    other = replace(NON_COMMERCIAL, name="Acme Research 2")
    assert "L101" in active(scanned(use(model(licence=other))), BEFORE)


def test_a_changed_lifecycle_date_opens_the_finding_again():
    def ending(day):
        life = Lifecycle(status=LifecycleStatus.DEPRECATED, date=TODAY.replace(day=day), date_kind=DateKind.ANNOUNCED)
        return scanned(use(closed(lifecycle=life), by=route(RouteKind.VENDOR_API)))

    assert "T602" in active(ending(28), ending(29))
    assert active(ending(29), ending(29)) == []


def test_a_worse_severity_is_shown_and_a_milder_one_is_not():
    known = read_baseline(write_baseline(BEFORE), "b.json")
    finding = next(item for item in BEFORE.findings if item.rule == "A501")
    assert not apply_baseline((replace(finding, severity=Severity.HIGH),), known)[0].suppressed_by
    assert apply_baseline((replace(finding, severity=Severity.LOW),), known)[0].suppressed_by == MARK


def test_one_more_place_of_a_counted_fact_is_not_a_new_fact():
    calls = tuple(saw(ObservationKind.SDK_CALL, "openai", location=at("a.py", n)) for n in range(1, 4))
    assert active(scanned(observations=calls), scanned(observations=calls[:2])) == []


def test_the_file_is_the_same_bytes_twice_sorted_and_without_lines_or_snippets():
    text = write_baseline(BEFORE)
    assert text == write_baseline(BEFORE)
    data = json.loads(text)
    prints = [item["fingerprint"] for item in data["findings"]]
    assert prints == sorted(prints)
    assert data["registry_version"] == "2026.11"
    assert all(set(item) == {"fingerprint", "rule", "model", "severity", "facts", "fact"} for item in data["findings"])


def test_an_empty_report_has_an_empty_baseline():
    assert read_baseline(write_baseline(report()), "b.json") == {}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"version": 1}', '{"version": 2, "findings": []}', '{"version": 1, "findings": [{"a": 1}]}',
     '{"version": 1, "findings": [3]}', "[" * 100_000],
)  # fmt: skip
def test_a_broken_baseline_is_a_configuration_error(text):
    with pytest.raises(ConfigError) as error:
        read_baseline(text, "base.json")
    assert "base.json" in error.value.message
    assert "vcdd baseline write" in error.value.help or "version of vcdd" in error.value.help
