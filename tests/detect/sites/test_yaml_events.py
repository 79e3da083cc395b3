"""YAML: keys, items, anchors, comments, environment lists, commands, templates, and what is no YAML."""

import pytest

from tests.detect.sites.rows import read, rows, values

ROWS = [
    ("a: m-1", "1:4 m-1 | key a 0/1"),
    ("a:\n  b: 'm-1'", "2:6 m-1 | key b 0/1 < key a 0/1"),
    ("a: [x1, m-1]", "1:9 m-1 | item 1/2 < key a 0/1"),
    ("a:\n- x1\n- m-1", "3:3 m-1 | item 1/2 < key a 0/1"),
    ("a: 1\n---\nb: m-1", "3:4 m-1 | key b 0/1"),
    ("a: !Ref &n m-1\nb: *n", "1:12 m-1 | key a 0/2"),
    ("a: !Ref &n m-1\nb: *n", "2:4 @n | key b 1/2"),
    ("<<: *base", "1:5 @base | key << 0/1"),
    ("a: true", "1:4 true | key a 0/1"),
    ("a: NO", "1:4 NO | key a 0/1"),
    ("m-1: {x: y1}", "1:1 m-1 | key-itself 0/1"),
    ("# use m-1\na: b1", "1:1 use m-1 | comment"),
    ("a: b1 # use m-1", "1:7 use m-1 | comment"),
    ("a: b1\n# model: m-1", "2:1 model: m-1 | comment"),
    ("env:\n- name: M\n  value: m-1", "3:10 m-1 | key M < item 0/1 < key env 0/1"),
    ("environment:\n- M=m-1", "2:5 m-1 | key M < item 0/1 < key environment 0/1"),
    ('environment:\n- "M=m-1"', "2:6 m-1 | key M < item 0/1 < key environment 0/1"),
    ("environment:\n- M=${M:-m-1}", "2:10 m-1 | fallback M < key M < item 0/1 < key environment 0/1"),
    ("a: ${M:-m-1}", "1:9 m-1 | fallback M < key a 0/1"),
    ("a: ${M}", "1:4 @M | key a 0/1"),
    ("a: ${oc.env:M,m-1}", "1:15 m-1 | fallback M < key a 0/1"),
    ("a: ${M:m-1}", "1:8 m-1 | fallback M < key a 0/1"),
    ("a: ${{ env.M || 'm-1' }}", "1:18 m-1 | fallback env.M < key a 0/1"),
    ("a: \"{{ m | default('m-1') }}\"", "1:21 m-1 | fallback m < key a 0/1"),
    ("a: \"{{ env_var('M', 'm-1') }}\"", "1:22 m-1 | fallback M < key a 0/1"),
    ('a: \'<%= ENV.fetch("M", "m-1") %>\'', "1:25 m-1 | fallback M < key a 0/1"),
    ('a: \'<%= ENV["M"] || "m-1" %>\'', "1:22 m-1 | fallback M < key a 0/1"),
    ("a: '{{ m }}'", "1:4 @m | key a 0/1"),
    ("a: 'x-{{ m }}'", "1:4 x-{m} | key a 0/1"),
    ("run: vllm serve a/b", "1:17 a/b | command vllm serve < key run"),
    ("run: |\n  # c1\n  vllm serve a/b", "3:14 a/b | command vllm serve < key run"),
    ("script:\n- vllm serve a/b", "2:14 a/b | command vllm serve < key script"),
    ("command: [vllm, serve, a/b]", "1:24 a/b | command vllm serve < key command"),
    ('command: ["sh", "-c", "vllm serve a/b"]', "1:35 a/b | command vllm serve < key command"),
    ("command: [vllm]\nargs: [serve, a/b]", "2:15 a/b | command vllm serve < key args"),
    ("image: v/srv:1\ncommand: --model a/b", "2:18 a/b | flag --model < command image:v/srv < key command"),
    (
        "image: v/srv:1\ncommand: >\n  --model a/b\n  --x 1",
        "3:11 a/b | flag --model < command image:v/srv < key command",
    ),
    ("image: v/srv:1\ncommand: vllm serve a/b", "2:21 a/b | command vllm serve < key command < command image:v/srv"),
    ("a: |\n  #!/bin/sh\n  hf download a/b", "3:15 a/b | command hf download < key a"),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_value_has_its_place(text, expected):
    assert expected in rows("yaml_events", text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("a: 12", "12"),
        ("a: 1.5e3", "1.5"),
        ("a: null", "null"),
        ("a: 'b # c'", "comment"),
        ("a: |\n  b\n  # c", "comment"),
        ("build:\n  args:\n  - M=m-1", "command"),
        ("run: {a: b1}", "command"),
    ],
)
def test_near_misses(text, absent):
    assert not any(absent in line for line in values("yaml_events", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a: {{ .Values.m | default "m-1" | quote }}', "1:28 m-1 | fallback Values.m < key a 0/1"),
        ('a: {{ default "m-1" .Values.m }}', "1:16 m-1 | fallback Values.m < key a 0/1"),
        ("a: {{ .Values.m }}", "1:4 @Values.m | key a 0/1"),
        ("a: x-{{ .Values.m }}\nb: {{ .y }}", "1:4 x-{Values.m} | key a 0/2"),
    ],
)
def test_bare_template_is_a_variable(text, expected):
    assert expected in rows("yaml_events", text)


def test_template_default_is_a_fallback():
    found = read("yaml_events", '{{- if .x }}\nmodel: {{ .Values.m | default "m-1" }}\n{{- end }}')
    assert [site.text for site in found.sites] == ["model", "m-1"]
    assert found.sites[1].frames[0].name == "Values.m"
    assert (found.fallback_reason, found.fallback_used) == ("template directives", "yaml without templates")


def test_templates_in_quotes_are_plain_yaml():
    assert read("yaml_events", 'a: "{{ x }} m-1"').fallback_reason == ""


@pytest.mark.parametrize("text", ["a: [b", "a: b: c", "[" * 5000, "a: \t- b\n  c: 'd", "- " * 200 + "a"])
def test_refused_text_is_read_by_lines(text):
    found = read("yaml_events", text)
    assert found.fallback_used == "lines"
    assert found.fallback_reason


def test_broken_yaml_keeps_its_values():
    assert "2:8 m-1 | key model" in rows("yaml_events", "a: [b\nmodel: m-1")


def test_alias_bomb_is_not_expanded():
    text = "a: &a [x1,x1]\n" + "".join(f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert len(read("yaml_events", text).sites) < 40
