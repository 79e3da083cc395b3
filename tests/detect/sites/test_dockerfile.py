"""Dockerfiles: variables, images, shell and exec forms, continuations, heredocs."""

import pytest

from tests.detect.sites.rows import rows

ROWS = [
    ("FROM a/b:1 AS c", "1:6 a/b:1 | instruction FROM"),
    ("ENV M=m-1 N=x1", "1:7 m-1 | key M < instruction ENV"),
    ('ENV M=m-1 N="x 1"', "1:13 x 1 | key N < instruction ENV"),
    ("ENV M m-1", "1:7 m-1 | key M < instruction ENV"),
    ("ARG M=m-1", "1:7 m-1 | key M < instruction ARG"),
    ("ENV M=${M:-m-1}", "1:12 m-1 | fallback M < key M < instruction ENV"),
    ("RUN hf download a/b", "1:17 a/b | command hf download < instruction RUN"),
    ("RUN --mount=type=cache,target=/r hf download a/b", "1:46 a/b | command hf download < instruction RUN"),
    ("RUN x && \\\n # use c1\n  hf download a/b", "3:15 a/b | command hf download < instruction RUN"),
    ("RUN x && \\\n # use c1\n  hf download a/b", "2:2 use c1 | comment"),
    ("RUN <<EOF\nhf download a/b\nEOF\nENV M=m-1", "2:13 a/b | command hf download < instruction RUN"),
    ("RUN <<EOF\nhf download a/b\nEOF\nENV M=m-1", "4:7 m-1 | key M < instruction ENV"),
    ('RUN ["hf", "download", "a/b"]', "1:24 a/b | command hf download < instruction RUN"),
    ('ENTRYPOINT ["vllm", "serve"]\nCMD ["a/b"]', "2:6 a/b | command vllm serve < instruction CMD"),
    ('FROM v/srv:1\nCMD ["--model", "a/b"]', "2:17 a/b | flag --model < command image:v/srv < instruction CMD"),
    ("CMD vllm serve a/b", "1:16 a/b | command vllm serve < instruction CMD"),
    ("HEALTHCHECK --interval=5s CMD curl x1", "1:36 x1 | command curl < instruction HEALTHCHECK"),
    ("ONBUILD ENV M=m-1", "1:15 m-1 | key M < instruction ENV"),
    ("# escape=`\nRUN hf `\n download a/b", "3:11 a/b | command hf download < instruction RUN"),
    ("COPY a/b.gguf /m", "1:6 a/b.gguf | instruction COPY"),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_value_has_its_place(text, expected):
    assert expected in rows("dockerfile", text)


def test_a_new_stage_forgets_the_entry_point():
    text = 'FROM x\nENTRYPOINT ["vllm", "serve"]\nFROM y\nCMD ["a/b"]'
    assert not any("vllm" in line for line in rows("dockerfile", text) if line.startswith("4:"))


def test_text_that_is_no_instruction_is_passed_over():
    assert rows("dockerfile", "HELLO m-1\n") == []
