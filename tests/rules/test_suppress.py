"""Suppressions need reason, owner and end; those of the target hide nothing."""

from __future__ import annotations

import pytest

from tests.rules.factory import NON_COMMERCIAL, TODAY, at, context, model, report, use
from vcdd.core.location import Location
from vcdd.core.reference import Observation, ObservationKind
from vcdd.errors import ConfigError
from vcdd.rules.engine import find
from vcdd.rules.suppress import is_active, note_target_wishes, read_suppressions, suppress, wishes_of

FOUND = find(report(use(model(licence=NON_COMMERCIAL), location=at("legacy/llm.py"))), context())
TABLE = '[[suppress]]\nrule = "L101"\nreason = "grant on file"\nowner = "gc"\nexpires = 2027-01-31\n'


def rest(text):
    result = suppress(FOUND, read_suppressions(text, "own.toml"), TODAY)
    return [item.rule for item in result.findings if is_active(item)], result.warnings


def test_a_suppression_by_rule_sets_aside_and_names_owner_and_end():
    rules, warnings = rest(TABLE)
    assert "L101" not in rules
    assert warnings == ()
    hidden = suppress(FOUND, read_suppressions(TABLE, "own.toml"), TODAY).findings[0]
    assert hidden.suppressed_by == "gc until 2027-01-31: grant on file"


@pytest.mark.parametrize(
    ("extra", "hidden"),
    [
        ('model = "acme/base-7b"\n', True),
        ('model = "acme/other"\n', False),
        ('path = "legacy"\n', True),
        ('path = "legacy/"\n', True),
        ('path = "leg"\n', False),
    ],
)
def test_model_and_path_narrow_it(extra, hidden):
    rules, warnings = rest(TABLE + extra)
    assert ("L101" not in rules) is hidden
    assert bool(warnings) is not hidden


def test_a_fingerprint_names_one_finding():
    mark = next(item.fingerprint for item in FOUND if item.rule == "L101")
    assert "L101" not in rest(TABLE.replace('rule = "L101"', f'fingerprint = "{mark}"'))[0]


def test_an_expired_suppression_hides_nothing_and_says_so():
    rules, warnings = rest(TABLE.replace("2027-01-31", "2026-11-23"))
    assert "L101" in rules
    assert "expired on 2026-11-23" in warnings[0]


def test_one_that_matches_nothing_is_reported():
    assert "matches no finding" in rest(TABLE.replace("L101", "A501"))[1][0]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (TABLE.replace('reason = "grant on file"\n', ""), 1, "`reason` is missing"),
        (TABLE.replace("expires = 2027-01-31", 'expires = "31.01.2027"'), 5, "`expires` is not a date"),
        (TABLE.replace('rule = "L101"\n', ""), 1, "names no finding"),
        (TABLE.replace("owner", "ownr"), 4, "unknown key `ownr`"),
    ],
)
def test_errors_name_file_line_and_key(text, line, word):
    with pytest.raises(ConfigError) as error:
        rest(text)
    assert error.value.message.startswith(f"own.toml:{line}: [suppress]")
    assert word in error.value.message


def test_the_targets_own_wish_is_shown_and_the_finding_stays_active():
    wished = note_target_wishes(FOUND, read_suppressions(TABLE, "vcdd.toml"))
    finding = next(item for item in wished if item.rule == "L101")
    assert finding.suppressed_by == "target: grant on file"
    assert is_active(finding)
    assert len(wished) == len(FOUND)


def asks(subject, path, line, reason="demo only"):
    place = Location(path=path, line=line)
    return Observation(kind=ObservationKind.TARGET_WISH, subject=subject, location=place, detail=reason)


@pytest.mark.parametrize(
    ("wish", "heard"),
    [
        (asks("L101", "app/llm.py", 3), True),
        (asks("L101", "app/llm.py", 2), True),
        (asks("L101", "app/llm.py", 4), False),
        (asks("L101", "app/other.py", 3), False),
        (asks("T601", "app/llm.py", 3), False),
        (asks("L101", "vcdd.toml", 0), True),
        (asks("L101 model=acme/base-7b", "vcdd.toml", 0), True),
        (asks("L101 model=b/other", "vcdd.toml", 0), False),
        (asks("L101 path=app", "vcdd.toml", 0), True),
        (asks("L101 path=web", "vcdd.toml", 0), False),
    ],
)
def test_a_wish_concerns_the_line_the_model_or_the_folder_it_names(wish, heard):
    given = report(use(model(licence=NON_COMMERCIAL)), observations=(wish,))
    found = note_target_wishes(find(given, context()), wishes_of(given))
    said = next(item.suppressed_by for item in found if item.rule == "L101")
    assert said.startswith("target: demo only") is heard


def test_the_analysts_suppression_overrides_the_targets_wish():
    wished = note_target_wishes(FOUND, read_suppressions(TABLE, "vcdd.toml"))
    result = suppress(wished, read_suppressions(TABLE, "own.toml"), TODAY)
    assert not is_active(next(item for item in result.findings if item.rule == "L101"))
