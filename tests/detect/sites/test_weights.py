"""Weight headers and model configs: shapes, names and bases, and headers that lie."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detect.sites.rows import read, rows
from vcdd.core.source_file import SourceFile
from vcdd.detect.sites import gguf, onnx, safetensors


def _text(text):
    return struct.pack("<Q", len(text)) + text.encode()


def _gguf(pairs, tensors=(), claimed_pairs=None):
    body = b"".join(_text(name) + struct.pack("<I", kind) + value for name, kind, value in pairs)
    infos = b"".join(
        _text(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape) + struct.pack("<IQ", 0, 0)
        for name, shape in tensors
    )
    count = len(pairs) if claimed_pairs is None else claimed_pairs
    return b"GGUF" + struct.pack("<IQQ", 3, len(tensors), count) + body + infos


PAIRS = [
    ("general.architecture", 8, _text("qwen2")),
    ("general.name", 8, _text("Tuned 7B")),
    ("general.license", 8, _text("apache-2.0")),
    ("general.base_model.0.repo_url", 8, _text("https://huggingface.co/Org/Base")),
    ("general.file_type", 4, struct.pack("<I", 15)),
    ("qwen2.block_count", 4, struct.pack("<I", 28)),
    ("qwen2.embedding_length", 4, struct.pack("<I", 3584)),
    ("qwen2.attention.head_count_kv", 4, struct.pack("<I", 4)),
    ("qwen2.rope.freq_base", 6, struct.pack("<f", 1e6)),
    ("tokenizer.ggml.scores", 9, struct.pack("<IQ", 6, 3) + b"\0" * 12),
    ("tokenizer.ggml.tokens", 9, struct.pack("<IQ", 8, 3) + _text("a") + _text("b") + _text("")),
]


def _head(data, truncated=False):
    return SourceFile(path="m", text="", head=data, size_bytes=len(data), truncated=truncated)


def test_gguf_header_gives_shape_and_names():
    found = gguf.read(_head(_gguf(PAIRS, [("t", (10, 20)), ("u", (5,))])))
    shape = found.shapes[0]
    assert (shape.kind, shape.architecture, shape.name, shape.licence) == ("gguf", "qwen2", "Tuned 7B", "apache-2.0")
    assert shape.declared_base == "https://huggingface.co/Org/Base"
    assert (shape.vocab_size, shape.layers, shape.hidden_size, shape.kv_heads) == (3, 28, 3584, 4)
    assert (shape.parameters, shape.quantisation, shape.rope_theta) == (205, "Q4_K_M", 1e6)
    assert {(site.frames[0].name, site.text, site.line) for site in found.sites} >= {("general.name", "Tuned 7B", 0)}
    assert found.fallback_reason == ""


def test_cut_gguf_keeps_what_came_before():
    data = _gguf(PAIRS)
    found = gguf.read(_head(data[: len(data) - 10], truncated=True))
    assert found.shapes[0].vocab_size is None
    assert found.shapes[0].layers == 28
    assert found.shapes[0].parameters is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GGUF",
        b"PK\3\4",
        _gguf(PAIRS[:1], claimed_pairs=2**60),
        _gguf([("a", 9, struct.pack("<IQ", 8, 2**60))]),
        _gguf([("a", 9, struct.pack("<IQ", 4, 2**62))]),
        _gguf([("a", 99, b"")]),
        b"GGUF" + struct.pack("<IQQQ", 3, 2**60, 2**60, 2**63),
    ],
)
def test_lying_gguf_says_why(data):
    assert gguf.read(_head(data)).fallback_reason


def _safetensors(header):
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text


HEADER = {
    "__metadata__": {"ss_base_model_version": "sdxl_base_v1-0", "modelspec.title": "mine"},
    "model.embed_tokens.weight": {"dtype": "BF16", "shape": [100, 8], "data_offsets": [0, 1]},
    "model.layers.0.q_proj.weight": {"dtype": "BF16", "shape": [8, 8], "data_offsets": [1, 2]},
    "model.layers.1.q_proj.lora_A.weight": {"dtype": "F32", "shape": [8, 2], "data_offsets": [1, 2]},
}


def test_safetensors_header_gives_shape_and_metadata():
    found = safetensors.read(_head(_safetensors(HEADER) + b"\0" * 9))
    shape = found.shapes[0]
    assert (shape.vocab_size, shape.hidden_size, shape.layers, shape.parameters) == (100, 8, 2, 880)
    assert (shape.declared_base, shape.name, shape.quantisation) == ("sdxl_base_v1-0", "mine", "BF16")
    assert shape.target_modules == ("q_proj",)
    assert {site.text for site in found.sites} == {"sdxl_base_v1-0", "mine"}


def test_cut_safetensors_header_keeps_the_metadata():
    found = safetensors.read(_head(_safetensors(HEADER)[:150], truncated=True))
    assert {site.text for site in found.sites} == {"sdxl_base_v1-0", "mine"}
    assert found.fallback_reason


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff" * 20,
        struct.pack("<Q", 2**40) + b"{}",
        struct.pack("<Q", 3) + b"{a}",
        struct.pack("<Q", 200_000) + b'{"a":' + b"[" * 199_995,
    ],
)
def test_lying_safetensors_says_why(data):
    assert safetensors.read(_head(data)).fallback_reason


def test_safetensors_with_absurd_shapes_counts_nothing():
    header = {"a": {"shape": [2**62, 2**62]}, "b": {"shape": "x"}, "c": 1, "d": {"shape": [-1]}}
    assert safetensors.read(_head(_safetensors(header))).shapes[0].parameters is None


def _field(number, value):
    data = value if isinstance(value, bytes) else value.encode()
    assert len(data) < 128
    return bytes([number << 3 | 2, len(data)]) + data


def test_onnx_gives_names_and_metadata():
    graph = _field(1, b"node") + _field(2, "main")
    data = (
        bytes([8, 9])
        + _field(2, "pytorch")
        + _field(7, graph)
        + _field(14, _field(1, "model_name") + _field(2, "org/x"))
    )
    found = onnx.read(_head(data))
    assert {(site.frames[0].name, site.text) for site in found.sites} == {
        ("producer_name", "pytorch"),
        ("graph.name", "main"),
        ("model_name", "org/x"),
    }
    assert found.shapes[0].name == "org/x"


@pytest.mark.parametrize("data", [b"", b"\xff" * 30, b"\x12\xff\xff\xff\xff\x0fab"])
def test_lying_onnx_gives_no_more_than_it_holds(data):
    assert all(len(site.text) <= 2 for site in onnx.read(_head(data)).sites)


@given(
    st.sampled_from([gguf, safetensors, onnx]),
    st.binary(max_size=200),
    st.sampled_from([b"", b"GGUF\3\0\0\0", b"\x10" + b"\0" * 7 + b"{"]),
)
def test_no_bytes_raise(module, data, start):
    found = module.read(_head(start + data))
    assert found.fallback_reason or found.sites or found.shapes


CONFIG = {
    "architectures": ["Qwen2ForCausalLM"],
    "model_type": "qwen2",
    "vocab_size": 151936,
    "num_hidden_layers": 24,
    "num_attention_heads": 14,
    "num_key_value_heads": 2,
    "hidden_size": 896,
    "rope_theta": 1000000.0,
    "_name_or_path": "Org/Base",
    "quantization_config": {"quant_method": "awq", "bits": 4},
}


def test_config_gives_the_shape():
    shape = read("weights_json", json.dumps(CONFIG), "m/config.json").shapes[0]
    assert (shape.kind, shape.architecture, shape.model_type) == ("config", "Qwen2ForCausalLM", "qwen2")
    assert (shape.vocab_size, shape.layers, shape.heads, shape.kv_heads, shape.hidden_size) == (151936, 24, 14, 2, 896)
    assert (shape.name, shape.rope_theta, shape.quantisation) == ("Org/Base", 1e6, "awq-4bit")


def test_names_of_a_config_stand_under_header_frames():
    assert "1:19 Org/Base | header _name_or_path" in rows(
        "weights_json", '{"_name_or_path": "Org/Base"}', "config.json"
    )


def test_multimodal_config_gives_the_numbers_of_its_language_model():
    config = {
        "model_type": "qwen2_vl",
        "vision_config": {"hidden_size": 1},
        "text_config": {"hidden_size": 5, "vocab_size": 7},
    }
    shape = read("weights_json", json.dumps(config), "config.json").shapes[0]
    assert (shape.hidden_size, shape.vocab_size) == (5, 7)


def test_older_names_of_numbers_are_known():
    config = {"architectures": ["GPT2LMHeadModel"], "n_embd": 768, "n_layer": 12, "n_head": 12}
    shape = read("weights_json", json.dumps(config), "config.json").shapes[0]
    assert (shape.hidden_size, shape.layers, shape.heads) == (768, 12, 12)


def test_adapter_names_its_base_and_modules():
    config = {"peft_type": "LORA", "base_model_name_or_path": "Org/Base", "target_modules": ["v_proj", "q_proj"]}
    shape = read("weights_json", json.dumps(config), "adapter_config.json").shapes[0]
    assert (shape.kind, shape.declared_base, shape.target_modules) == ("adapter", "Org/Base", ("q_proj", "v_proj"))


def test_adapter_without_a_base_says_nothing():
    shape = read("weights_json", '{"base_model_name_or_path": null}', "adapter_config.json").shapes[0]
    assert shape.declared_base == ""


def test_pipeline_index_names_its_class():
    shape = read(
        "weights_json", '{"_class_name": "FluxPipeline", "vae": ["diffusers", "X"]}', "model_index.json"
    ).shapes[0]
    assert (shape.kind, shape.architecture) == ("model-index", "FluxPipeline")


@pytest.mark.parametrize(
    "text",
    [
        '{"port": 80, "model": "m-1"}',
        '{"model_type": "chat"}',
        "[1]",
        "{",
        '{"architectures": "x", "a": 1, "b": 2}',
        '{"a": NaN}',
    ],
)
def test_other_configs_have_no_shape(text):
    assert read("weights_json", text, "config.json").shapes == ()
