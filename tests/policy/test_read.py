"""Policy files are read strictly: each way to be wrong names file, line, key and the next step."""

from __future__ import annotations

from datetime import date

import pytest

from vcdd.core.finding import Action
from vcdd.errors import ConfigError
from vcdd.policy.load import init_text, list_policies, load_policy, policy_text
from vcdd.policy.read import read_policy
from vcdd.policy.schema import WHEN_KEYS

HEAD = '[policy]\nschema = 1\nname = "ours"\nversion = "1"\nowner = "gc"\n'
RULE = '\n[[rule]]\nid = "R1"\nwhen = { hosting = ["aggregator"] }\naction = "review"\nreason = "Because."\n'
EXCEPTION = '\n[[exception]]\nrule = "R1"\nsubject = "a/b"\nreason = "ok"\napprover = "gc"\nexpires = 2027-01-01\n'
TEST = '\n[[test]]\nname = "case"\ngiven = { hosting = "aggregator" }\nexpect = "review"\n'
WHOLE = HEAD + RULE + EXCEPTION + TEST


def test_a_whole_policy_is_read():
    policy = read_policy(WHOLE, "ours.toml")
    assert policy.rules[0].action is Action.REVIEW
    assert policy.rules[0].owner == "gc"
    assert policy.exceptions[0].expires == date(2027, 1, 1)
    assert policy.cases[0].expect is Action.REVIEW


@pytest.mark.parametrize(
    ("old", "new", "line", "said", "step"),
    [
        ("hosting = [", "hostin = [", 9, "unknown key `hostin`", "Did you mean `hosting`?"),
        ('action = "review"', 'acton = "review"', 10, "unknown key `acton`", "Did you mean `action`?"),
        ('action = "review"', 'action = "reviw"', 10, '`action` is "reviw"', "Did you mean `review`?"),
        ('action = "review"\n', "", 7, "`action` is missing", "Add"),
        ('reason = "Because."', 'reason = ""', 11, "`reason` is not a text", "Write"),
        ("schema = 1", "schema = 2", 2, "`schema` is not 1", "schema = 1"),
        ('owner = "gc"\n', "", 1, "`owner` is missing", "denials"),
        ("expires = 2027-01-01", 'expires = "next year"', 18, "`expires` is not a date", "2027-03-31"),
        ('[[exception]]\nrule = "R1"', '[[exception]]\nrule = "R2"', 14, '`rule` is "R2"', "Use one of: R1"),
        ('approver = "gc"\n', "", 13, "`approver` is missing", "Add"),
        ("given = { hosting", "given = { hostin", 22, "unknown key `hostin`", "Did you mean `hosting`?"),
        ('expect = "review"', 'expect = "maybe"', 23, '`expect` is "maybe"', "Use one of"),
        ("[[rule]]", "[[rules]]", 7, "unknown key `rules`", "Did you mean `rule`?"),
        ('{ hosting = ["aggregator"] }', "{ }", 9, "a rule without conditions", "Add facts"),
        ('{ hosting = ["aggregator"] }', "{ hosting = 3 }", 9, "`hosting` is not a list", "Write"),
        ('{ hosting = ["aggregator"] }', '{ fine_tuned = "yes" }', 9, "`fine_tuned` is not true or false", "Write"),
    ],
)
def test_each_mistake_is_named_with_its_line(old, new, line, said, step):
    assert old in WHOLE
    with pytest.raises(ConfigError) as error:
        read_policy(WHOLE.replace(old, new, 1), "ours.toml")
    assert error.value.message.startswith(f"ours.toml:{line}: ")
    assert said in error.value.message
    assert step in error.value.help


def test_a_rule_id_stands_once():
    with pytest.raises(ConfigError, match='rule "R1" stands twice'):
        read_policy(HEAD + RULE + RULE, "ours.toml")


@pytest.mark.parametrize(
    ("gates", "said"),
    [
        ('[gates]\nmin_evidence = "bond"\n', "min_evidence"),
        ('[gates]\nfail_on = ["denied"]\n', "fail_on"),
        ("[gates]\nrequire_coverage = 90\n", "require_coverage"),
        ("[gates]\nstale_after_days = { prices = 3 }\n", "prices"),
        ('[gates]\nunknown_data_path = "maybe"\n', "unknown_data_path"),
        ('[context]\nsells = ["us-dod"]\n', "sells"),
        ("[company]\nusers = 3\n", "users"),
    ],
)
def test_gates_context_and_company_are_as_strict(gates, said):
    with pytest.raises(ConfigError) as error:
        read_policy(HEAD + gates, "ours.toml")
    assert error.value.message.startswith("ours.toml:7: ")
    assert said in error.value.message


def test_a_child_puts_its_rules_first_and_replaces_those_of_the_same_id(tmp_path):
    path = tmp_path / "ours.toml"
    own = RULE.replace('"R1"', '"LIC-NC"')
    path.write_text(HEAD.replace('name = "ours"', 'name = "ours"\nextends = "default"') + own)
    policy = load_policy(str(path))
    assert policy.rules[0].id == "LIC-NC"
    assert [rule.id for rule in policy.rules].count("LIC-NC") == 1
    assert policy.extends == ("default",)
    assert {rule.owner for rule in policy.rules} == {"gc"}
    assert policy.gates.require_coverage == 0.9


def test_extends_finds_files_beside_the_policy_and_refuses_a_circle(tmp_path):
    for name, base in (("a", "b.toml"), ("b", "a.toml")):
        (tmp_path / f"{name}.toml").write_text(HEAD.replace('name = "ours"', f'name = "{name}"\nextends = "{base}"'))
    with pytest.raises(ConfigError, match="leads back to itself"):
        load_policy(str(tmp_path / "a.toml"))


@pytest.mark.parametrize(("name", "step"), [("defualt", "Did you mean `default`?"), ("x/y.toml", "Built in: default")])
def test_an_unknown_policy_gets_a_next_step(name, step):
    with pytest.raises(ConfigError) as error:
        load_policy(name)
    assert step in error.value.help


def test_a_binary_file_is_no_policy(tmp_path):
    path = tmp_path / "p.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"p\.toml: cannot be read as text"):
        load_policy(str(path))


def test_an_expired_exception_is_an_error_on_the_day_after_and_not_on_the_day(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(WHOLE)
    assert load_policy(str(path), today=date(2027, 1, 1)).exceptions
    with pytest.raises(ConfigError) as error:
        load_policy(str(path), today=date(2027, 1, 2))
    assert error.value.message.startswith("ours.toml:18: [exception]")
    assert "expired on 2027-01-01" in error.value.message
    assert "Renew" in error.value.help


def test_the_new_policy_text_is_a_valid_policy_that_passes_its_own_case(tmp_path):
    from vcdd.policy.cases import run_cases

    for base in ("default", "eu-consumer", "us-gov-facing"):
        path = tmp_path / f"{base}.toml"
        path.write_text(init_text(base))
        policy = load_policy(str(path))
        assert policy.extends[0] == base
        assert [case.passed for case in run_cases(policy)] == [True]
    with pytest.raises(ConfigError):
        init_text("nothing")


def test_the_commented_lines_of_the_new_policy_are_valid_too(tmp_path):
    lines = [line.removeprefix("# ") if line.startswith(("# [", "# ")) and ("=" in line or "[[" in line or "[c" in line)
             else line for line in init_text("default").splitlines()]  # fmt: skip
    path = tmp_path / "p.toml"
    path.write_text("\n".join(lines))
    policy = load_policy(str(path))
    assert policy.company is not None
    assert policy.company.funds_raised_usd == 3_000_000
    assert policy.exceptions


def test_the_list_and_the_text_of_the_built_in_policies():
    assert [item.name for item in list_policies()] == ["default", "eu-consumer", "us-gov-facing"]
    text, file = policy_text("default")
    assert (file, text.startswith("#")) == ("default.toml", True)


def test_every_key_of_a_when_table_has_a_matcher():
    from vcdd.policy.match import _MATCHERS

    assert set(_MATCHERS) | {"regime"} == set(WHEN_KEYS)
