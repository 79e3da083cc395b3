"""Notebooks, running text, markup and Terraform: the readers that hold other readers."""

import json

import pytest

from tests.detect.sites.rows import read, rows, values

PROSE = [
    ("use `m 1` now", "1:5 m 1 | prose"),
    ("use gpt-4 now.", "1:5 gpt-4 | prose"),
    ("use org/name, now", "1:5 org/name | prose"),
    ("[org/name](https://h/org/name).", "1:12 https://h/org/name | prose"),
    ("| org/name | x |", "1:3 org/name | prose"),
    ('```\nserve "org/name" x-1\n```\n', "2:7 org/name | prose"),
    ('```\nserve "org/name" x-1\n```\n', "2:18 x-1 | prose"),
    ("---\nbase_model: org/name\n---\n# x", "2:13 org/name | key base_model 0/1"),
    ("---\nbase_model:\n- org/name\n---\n# x", "3:3 org/name | item 0/1 < key base_model 0/1"),
]


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_telling_word_of_running_text_is_a_site(text, expected):
    assert expected in rows("markdown", text)


@pytest.mark.parametrize(
    "text", ["plain words only", "in 2024, 3.5 of 10", "version 1.2.3 and v2.0", "a 4x 3rd", "---\n\n---"]
)
def test_plain_words_and_numbers_are_no_sites(text):
    assert rows("markdown", text) == []


def test_front_matter_is_a_declaration_of_the_card():
    found = read("markdown", "---\nlicense: mit\n---\nuse gpt-4")
    assert {site.reader for site in found.sites} == {"model-card", "markdown"}


def test_broken_front_matter_leaves_the_text():
    assert "4:5 gpt-4 | prose" in rows("markdown", "---\na: [b\n---\nuse gpt-4")


def _notebook(*cells, **more):
    return json.dumps({"cells": [{"cell_type": kind, "source": source, **more} for kind, source in cells]}, indent=1)


def _place(text, wanted):
    """Line and column of a piece of the raw file."""
    before = text[: text.index(wanted)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def test_code_cells_are_python_with_places_in_the_file():
    text = _notebook(("code", ["x = 1\n", "f(model='m-1')"]))
    line, column = _place(text, "'m-1'").split(":")
    site = next(site for site in read("notebook", text).sites if site.text == "m-1")
    assert (site.line, site.column) == (int(line), int(column))
    assert site.frames[0].name == "model"


def test_escapes_before_a_string_move_its_column():
    text = _notebook(("code", "a = \"x\"; b = 'm-1'"))
    site = next(site for site in read("notebook", text).sites if site.text == "m-1")
    assert f"{site.line}:{site.column}" == _place(text, "'m-1'")


def test_names_are_shared_between_cells():
    text = _notebook(("code", "from a import B"), ("code", "B('m-1')"))
    site = next(site for site in read("notebook", text).sites if site.text == "m-1")
    assert site.frames[0].name == "a.B"


@pytest.mark.parametrize(
    "source", ["!ollama pull q2", "%sx ollama pull q2", "x = 1\n!ollama pull q2", "%%bash\nollama pull q2"]
)
def test_magics_are_shell(source):
    text = _notebook(("code", source))
    found = [line for line in rows("notebook", text) if "q2 | command" in line]
    assert [line.partition(" ")[0] for line in found] == [_place(text, "q2")]


def test_a_magic_goes_on_after_a_backslash():
    text = _notebook(("code", ["!hf download \\\n", "  org/q2 \\\n", "  --revision r1\n", "x = 'a1'"]))
    found = rows("notebook", text)
    assert f"{_place(text, 'org/q2')} org/q2 | command hf download" in found
    assert f"{_place(text, 'r1')} r1 | flag --revision < command hf download" in found
    assert f"{_place(text, chr(39) + 'a1')} a1 | assign x" in found


def test_a_written_module_is_python():
    text = _notebook(("code", ["%%writefile app.py\n", "f('m-1')"]))
    assert any("m-1 | call f" in line for line in rows("notebook", text))


def test_markdown_cells_are_prose():
    text = _notebook(("markdown", "use `gpt-4`"))
    assert rows("notebook", text) == [f"{_place(text, '`gpt-4`')} gpt-4 | prose"]


def test_outputs_are_passed_over():
    text = _notebook(("code", "x = 'a1'"), outputs=[{"text": ["gpt-4 'm-1'"]}])
    assert [site.text for site in read("notebook", text).sites if site.text] == ["a1"]


def test_broken_notebook_is_read_by_lines():
    found = read("notebook", "[" * 200 + '\n"source": "m-1"')
    assert found.fallback_used == "lines"


def test_scripts_of_a_page_are_javascript_and_the_rest_lines():
    text = '<option value="m-1">\n<script lang="ts">\nconst x: string = f("m-2")\n</script>\n<b title="m-3">'
    found = values("markup", text, "a.vue")
    assert any(line.startswith("1:15 m-1") for line in found)
    assert any(line.startswith("3:21 m-2 | call") for line in found)
    assert any(line.startswith("5:10 m-3") for line in found)


def test_data_blocks_of_a_page_are_no_script():
    assert any(
        "m-1 | key model" in line
        for line in rows("markup", '<script type="application/json">\n"model": "m-1"\n</script>', "a.html")
    )


TERRAFORM = [
    ('a = "m-1"', "1:5 m-1 | key a 0/1"),
    ('variable "m" {\n  default = "m-1" # c1\n}', "2:13 m-1 | key default 0/1 < key m 0/1 < key variable 0/1"),
    ('variable "m" {\n  default = "m-1" # use c1\n}', "2:19 use c1 | comment"),
    ('a = { b = "m-1" }', "1:11 m-1 | key b 0/1 < key a 0/1"),
    ('a = ["x1", "m-1"]', "1:12 m-1 | item 1/2 < key a 0/1"),
    ("a = var.m", "1:5 @var.m | key a 0/1"),
    ('a = var.m != "" ? var.m : "m-1"', "1:27 m-1 | key a 1/2"),
    ('a = coalesce(var.m, "m-1")', "1:21 m-1 | key a 0/1"),
    ('env = [\n  { name = "M", value = "m-1" }\n]', "2:25 m-1 | key M < item 0/1 < key env 0/1"),
    (
        'x = jsonencode([{ command = ["vllm", "serve", "a/b"] }])',
        "1:47 a/b | command vllm serve < key command < item 0/1 < key x 0/1",
    ),
    ('a = <<-EOT\n  #!/bin/sh\n  hf download a/b\nEOT\nb = "m-1"', "3:15 a/b | command hf download < key a"),
    ('a = <<-EOT\n  x\nEOT\nb = "m-1"', "4:5 m-1 | key b 1/2"),
    ('/* a = "m-1" */', '1:1 a = "m-1" | comment'),
]


@pytest.mark.parametrize(("text", "expected"), TERRAFORM)
def test_terraform_value_has_its_place(text, expected):
    assert expected in rows("terraform", text)
