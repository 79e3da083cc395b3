"""What a model id is made of: the test that keeps `qwen-vl-utils` and `claude-code` from being models."""

from __future__ import annotations

import re

_SPLIT = re.compile(r"[-_.:/@+ ]+")
_SIZE = re.compile(r"^(?:v|r|m|k|x|e|o|a|b)?\d+(?:\.\d+)*(?:[a-z]{0,3}|x\d+b?|b-?a\d+b?|p\d+|k\d+)$")

_MOVING = frozenset(("latest", "preview"))

VARIANTS = frozenset(
    ["air", "alpha", "alias", "audio", "base", "beta", "bert", "bnb", "canary", "cased", "chat", "code", "coder", "codex", "compound", "core", "creative", "deep", "default", "dev", "dialog", "distill", "distilled", "diarize", "diarization", "draft", "edit", "edge", "embed", "embedding", "embeddings", "en", "english", "ent", "enterprise", "exp", "experimental", "expressive", "extended", "fast", "finetuned", "fill", "flash", "free", "full", "fun", "generate", "generation", "general", "gguf", "guard", "haiku", "hd", "heavy", "high", "highspeed", "hifi", "i2v", "image", "images", "imagine", "instruct", "instant", "it", "itv", "jp", "kontext", "ko", "large", "latest", "light", "lightning", "lite", "live", "long", "low", "lora", "math", "max", "maverick", "medium", "mini", "minimal", "moderation", "micro", "mm", "mt", "multi", "multilingual", "multimodal", "music", "nano", "native", "neo", "new", "next", "nightly", "non", "none", "nothink", "ocr", "omni", "online", "open", "opus", "plus", "predict", "preview", "premier", "pretrained", "prev", "pro", "prompt", "pruned", "quant", "quantized", "quick", "raw", "ray", "reason", "reasoner", "reasoning", "realtime", "redux", "ref", "reference", "remix", "research", "rerank", "reranker", "rl", "schnell", "scout", "search", "serverless", "sft", "slim", "small", "sonnet", "speech", "speed", "spec", "standard", "stable", "std", "summit", "super", "t2i", "t2v", "i2i", "s2v", "r2v", "ti2v", "tee", "text", "thinking", "think", "tiny", "tool", "tools", "transcribe", "translate", "tts", "turbo", "turbos", "ultra", "uncased", "uncensored", "unified", "unofficial", "vision", "versatile", "vl", "vlm", "voice", "wan", "xl", "xs", "xxl", "zero", "zh", "hf", "pt", "fp16", "bf16", "fp8", "fp4", "int4", "int8", "awq", "gptq", "mlx", "onnx", "nvfp4", "mxfp4", "qat", "dpo", "orpo", "specdec", "scribe", "stt", "asr", "clone", "design", "dense", "moe", "merged", "animate", "camera", "control", "inp", "vace", "longcat", "master", "v2a", "kit", "fun", "exacto", "express", "nemo", "minilm", "mpnet", "roberta", "distilroberta", "qa", "paraphrase", "dot", "cos", "safeguard", "prompt", "content", "safety", "mamba", "hybrid", "ssm", "tokenizer", "deepsearch", "deepresearch", "computer", "use", "tool", "speciale", "terminus", "terminal"]
)  # fmt: skip
"""Words that stand in names of variants. A word that is not here (`utils`, `cli`, `index`) makes the whole no id."""


def is_model_like(text: str, start: int = 0) -> bool:
    """Whether a bare lower-case string can be an id.

    From `start` on (behind a known stem) there may be only sizes, versions, dates and known variant words, and a digit
    or a word like `latest` must stand somewhere, unless nothing follows the stem at all.
    """
    rest = [part for part in _SPLIT.split(text[start:]) if part]
    if not rest:
        return True
    if not all(part in VARIANTS or _is_number(part) for part in rest):
        return False
    return any(c.isdigit() for c in text) or not _MOVING.isdisjoint(rest)


def _is_number(part: str) -> bool:
    return part[0].isdigit() or _SIZE.match(part) is not None or (part[-1].isdigit() and len(part) <= 5)
