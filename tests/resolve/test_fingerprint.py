"""Shapes name a base lab or nobody; measured on the table itself, with the traps as tests."""

from __future__ import annotations

import pytest

from tests.resolve.measure_fingerprint import leave_one_out
from vcdd.core.evidence import Confidence
from vcdd.core.shape import WeightsShape
from vcdd.resolve.fingerprint import consistent_with
from vcdd.resolve.shapes import known_shapes


def shape(kind: str, vocab: int, hidden: int, layers: int, heads: int, kv: int, ffn: int | None = None) -> WeightsShape:
    return WeightsShape(
        path="config.json", kind="config", model_type=kind, vocab_size=vocab, hidden_size=hidden, layers=layers,
        heads=heads, kv_heads=kv, intermediate_size=ffn,
    )  # fmt: skip


def test_the_bar_holds_with_each_checkpoint_left_out() -> None:
    measured = leave_one_out(known_shapes())
    assert measured.precision >= 0.98
    assert measured.recall >= 0.85


@pytest.mark.parametrize(
    ("asked", "lab", "nearest", "confidence"),
    [
        (shape("qwen2", 152064, 3584, 28, 28, 4, 18944), "alibaba", "Qwen/Qwen2.5-7B", Confidence.HIGH),
        (shape("llama", 64000, 7168, 60, 56, 8, 20480), "01ai", "01-ai/Yi-34B", Confidence.HIGH),
        (shape("llama", 128256, 4096, 32, 32, 8, 14336), "meta", "meta-llama/Llama-3.1-8B", Confidence.HIGH),
        (shape("llama", 128258, 4096, 32, 32, 8, 14336), "meta", "meta-llama/Llama-3.1-8B", Confidence.MEDIUM),
        (shape("mistral", 32005, 4096, 32, 32, 8, 14336), "mistral", "mistralai/Mistral-7B-v0.1", Confidence.MEDIUM),
        (shape("qwen3moe", 151936, 2048, 48, 32, 4), "alibaba", "Qwen/Qwen3-30B-A3B", Confidence.HIGH),
        (shape("deepseek_v3", 163840, 7168, 61, 64, 64), "moonshot", "moonshotai/Kimi-K2-Instruct", Confidence.HIGH),
        (shape("own_type", 151936, 4096, 36, 32, 8, 12288), "alibaba", "Qwen/Qwen3-8B", Confidence.MEDIUM),
        (shape("qwen3", 151936, 4096, 24, 32, 8, 12288), "alibaba", "Qwen/Qwen3-8B", Confidence.LOW),
        (shape("qwen3", 151670, 4096, 36, 32, 8, 12288), "alibaba", "Qwen/Qwen3-8B", Confidence.MEDIUM),
        (shape("qwen2", 159488, 1536, 28, 12, 2, 8960), "alibaba", "Qwen/Qwen2.5-1.5B", Confidence.LOW),
        (shape("qwen2_moe", 152064, 3584, 28, 28, 4, 18944), "alibaba", "Qwen/Qwen2.5-7B", Confidence.HIGH),
        (shape("mixtral", 128256, 4096, 32, 32, 8, 14336), "meta", "meta-llama/Llama-3.1-8B", Confidence.HIGH),
        (
            shape("llama", 32256, 4096, 32, 32, 32, 11008),
            "deepseek",
            "deepseek-ai/deepseek-coder-6.7b-base",
            Confidence.HIGH,
        ),
        (shape("llama", 131072, 3072, 28, 12, 4, 23040), "tii", "tiiuae/Falcon3-7B-Base", Confidence.MEDIUM),
        (shape("llama", 32000, 4096, 32, 32, 32, 11008), "meta", "meta-llama/Llama-2-7b-hf", Confidence.MEDIUM),
        (
            shape("mistral", 131074, 5120, 40, 32, 8, 14336),
            "mistral",
            "mistralai/Mistral-Nemo-Instruct-2407",
            Confidence.MEDIUM,
        ),
        (shape("gemma2", 256006, 3584, 42, 16, 8, 14336), "google", "google/gemma-2-9b-it", Confidence.MEDIUM),
    ],
)
def test_derivatives_are_consistent_with_their_base(
    asked: WeightsShape, lab: str, nearest: str, confidence: Confidence
) -> None:
    match = consistent_with(asked)
    assert match is not None
    assert (match.lab, match.confidence) == (lab, confidence)
    assert nearest in match.checkpoints


@pytest.mark.parametrize(
    "asked",
    [
        shape("llama", 32000, 2304, 31, 18, 6),
        shape("own_type", 151936, 5000, 33, 50, 10),
        shape("dots1", 152064, 3584, 28, 28, 4),
        shape("bert", 30522, 768, 12, 12, 12),
        shape("gpt2", 50257, 1024, 24, 16, 16, 4096),
        shape("t5", 32128, 768, 12, 12, 12, 3072),
        shape("mistral", 51200, 4096, 32, 32, 8, 14336),
        shape("llama", 96640, 4096, 32, 32, 8, 14336),
        shape("llama", 99584, 5120, 40, 40, 40, 13824),
        shape("llama", 64000, 4096, 32, 32, 32, 11008),
        shape("llama", 128000, 4096, 42, 32, 8, 12288),
        shape("deepseek_v3", 128256, 7168, 64, 128, 128, 18432),
        shape("llama", 256000, 4096, 32, 32, 8, 11008),
        shape("llama", 131072, 4096, 32, 32, 32, 11008),
        shape("llama", 32000, 64, 8, 16, 16),
        shape("qwen2", 151665, 8, 2, 4, 2),
        WeightsShape(path="c", kind="config", model_type="qwen2", vocab_size=151936),
        WeightsShape(path="c", kind="adapter", target_modules=("query_key_value",)),
    ],
)
def test_a_shared_vocabulary_a_familiar_shape_of_another_lab_and_toys_name_nobody(asked: WeightsShape) -> None:
    assert consistent_with(asked) is None


def test_every_known_shape_has_a_lab_and_three_numbers() -> None:
    rows = known_shapes()
    assert all(row.lab and row.vocab and row.hidden and row.layers for row in rows)
    assert {row.by for row in rows} == {"base", "lab", "other"}
    assert [row.checkpoint for row in rows] == sorted(row.checkpoint for row in rows)


def test_every_lab_that_a_shape_can_name_is_on_record(real) -> None:
    assert {row.lab for row in known_shapes()} - set(real.labs) == set()
