"""Shell: programs with their subcommands, flags, positions, assignments, defaults, comments, heredocs."""

import pytest

from tests.detect.sites.rows import read, rows

ROWS = [
    ("vllm serve org/name", "1:12 org/name | command vllm serve"),
    ("/usr/bin/vllm serve org/name", "1:21 org/name | command vllm serve"),
    ("vllm serve --dtype=half org/name", "1:20 half | flag --dtype < command vllm serve"),
    ("vllm serve --trust-remote-code org/name", "1:32 org/name | command vllm serve"),
    ("vllm serve x --trust-remote-code", "1:14 --trust-remote-code | flag --trust-remote-code < command vllm serve"),
    (
        "python3 -m sglang.launch_server --model-path a/b",
        "1:46 a/b | flag --model-path < command python -m sglang.launch_server",
    ),
    ("python -u train.py --base a/b", "1:27 a/b | flag --base < command python train.py"),
    ("llama-server -hf a/b:Q4", "1:18 a/b:Q4 | flag -hf < command llama-server"),
    ("sudo -u me nohup ollama pull llama3 &", "1:30 llama3 | command ollama pull"),
    ("uv run --with x vllm serve a/b", "1:28 a/b | command vllm serve"),
    ("A=b CUDA=0 ollama run llama3", "1:23 llama3 | command ollama run"),
    ("if ollama pull x1; then :; fi", "1:16 x1 | command ollama pull"),
    ("echo a | ollama run q2", "1:21 q2 | command ollama run"),
    ("X=$(ollama show q2)", "1:17 q2 | command ollama show"),
    ("ollama pull \\\n  q2", "2:3 q2 | command ollama pull"),
    ('bash -c "hf download a/b --revision main"', "1:22 a/b | command hf download"),
    ('bash -c "hf download a/b --revision main"', "1:37 main | flag --revision < command hf download"),
    ("export MODEL=a/b", "1:14 a/b | assign MODEL"),
    ("MODEL=${MODEL:-a/b}", "1:16 a/b | fallback MODEL < assign MODEL"),
    ("hf download ${M:-a/b}", "1:18 a/b | fallback M < command hf download"),
    ("hf download $M", "1:13 @M | command hf download"),
    ("helm install --set llm.model=a/b", "1:30 a/b | key llm.model < flag --set < command helm install"),
    ("python t.py model=a/b", "1:19 a/b | key model < command python t.py"),
    ('curl -d \'{"model": "m-1"}\' http://h', "1:20 m-1 | key model 0/1 < flag -d < command curl"),
    ("pip install -U -r r.txt 'Open_AI[x]>=1'", "1:26 open-ai | key dependency:pypi < command pip install"),
    ("python3 -m pip install vllm", "1:24 vllm | key dependency:pypi < command python -m pip"),
    ("uv pip install vllm", "1:16 vllm | key dependency:pypi < command uv pip"),
    ("npm i -g @a/b@1", "1:10 @a/b | key dependency:npm < command npm i"),
    ("# use m-1", "1:1 use m-1 | comment"),
    ("ls # use m-1", "1:4 use m-1 | comment"),
    ("cat > f <<EOF\nmodel: m-1\nEOF\nollama pull q2", "2:8 m-1 | key model"),
    ("cat > f <<EOF\nmodel: m-1\nEOF\nollama pull q2", "4:13 q2 | command ollama pull"),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_word_has_its_place(text, expected):
    assert expected in rows("shell", text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("serve > out.txt x1", "out.txt"),
        ("serve 2>&1 x1", "2"),
        ("#!/bin/bash -e", "/bin/bash -e"),
        ("A=b", "command"),
        ("pip install -r r.txt .", "dependency"),
        ("pip uninstall vllm", "dependency"),
        ("npm run i a", "dependency"),
    ],
)
def test_what_is_no_argument_is_no_site(text, absent):
    assert not any(absent in line.partition(" ")[2] for line in rows("shell", text))


def test_hash_inside_a_word_is_no_comment():
    assert rows("shell", "get a#b") == ["1:5 a#b | command get"]


def test_unclosed_quote_costs_one_line():
    assert "2:13 q2 | command ollama pull" in rows("shell", "echo it's\nollama pull q2")


def test_position_counts_words_after_the_subcommand():
    sites = [site for site in read("shell", "ollama cp a/b c/d").sites if site.frames[0].name == "ollama cp"]
    assert [(site.text, site.frames[0].index) for site in sites] == [("a/b", 0), ("c/d", 1)]


def test_variable_inside_a_word_stands_in_braces():
    site = next(site for site in read("shell", "get https://$HOST/v1").sites)
    assert (site.text, site.composed) == ("https://{HOST}/v1", True)
