"""Which base a network's shape is consistent with. Never proof: a lab may train afresh in another's shape.

Vocabulary, hidden size, depth and heads together name the base lab of most derivatives, because fine-tuning and
quantisation leave them alone. Vocabulary alone names nobody. Where two labs share a shape, the model type must decide,
and where it cannot, nobody is named. The measured figures are printed by `python -m tests.resolve.measure_fingerprint`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vcdd.core.evidence import Confidence
from vcdd.core.shape import WeightsShape
from vcdd.resolve.shapes import KnownShape, known_shapes, plain_type
from vcdd.values import dataclass

# Types that many labs train afresh: they tell nothing about the maker. GGUF calls Mistral's and Yi's networks `llama`.
_COMMON_TYPES = frozenset({"llama", "mistral", "mixtral", "gpt2", "gptneox", "deepseek2", "deepseekv2", "deepseekv3"})
# Vocabularies that several labs use (libraries page, section 8).
_SHARED_VOCABULARIES = frozenset(
    {30522, 32000, 32001, 32002, 32064, 32128, 49152, 50257, 50265, 50304, 50432, 65024, 100352, 131072, 250002, 256000}
)
# Shapes that many build afresh with a vocabulary of the same size: encoders, T5 (CodeT5) and GPT-2 (ruGPT-3).
_NEVER = frozenset(
    {"bert", "roberta", "xlmroberta", "distilbert", "albert", "mpnet", "modernbert", "nomicbert", "clip", "t5", "gpt2"}
)
# Fine-tuners add a few tokens (`<|im_start|>`, a pad token), or cut the padding down to the tokenizer's own length.
_ADDED_TOKENS, _CUT_PADDING = 64, 512
# Smaller networks are toys that copy a base's numbers without its weights.
_SMALLEST_HIDDEN = 256
_MOST_NEAREST = 3
_RANK = {"base": 0, "lab": 1, "other": 2}
_QUANTISED = ("fp8", "int4", "int8", "awq", "gptq", "gguf", "nvfp4", "mxfp4", "bnb")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeMatch:
    """The base that a shape is consistent with."""

    lab: str
    """Lab id of the base."""
    checkpoints: tuple[str, ...]
    """The nearest checkpoints that the lab itself published, best first; derivatives of others where there are none."""
    basis: str
    """What agrees, in words."""
    confidence: Confidence
    """HIGH where every number agrees under a known model type; LOW where only part of the numbers does."""


def consistent_with(shape: WeightsShape, known: Sequence[KnownShape] | None = None) -> ShapeMatch | None:
    """The base lab and nearest checkpoints, or None where the shape is too common, too small or unknown.

    `known` is the table to compare with; the embedded one by default.
    """
    asked = _asked(shape)
    if asked is None:
        return None
    rows = known_shapes() if known is None else known
    for basis, agrees, confidence in _STEPS:
        found = [row for row in rows if agrees(asked, row)]
        if not found:
            continue
        lab = _one_lab(asked, found)
        if not lab or _contradicts(asked, lab, rows):
            return None
        checkpoints = _nearest(asked, [row for row in found if row.lab == lab])
        sure = Confidence.MEDIUM if confidence is Confidence.HIGH and _is_unsure(asked, rows) else confidence
        return ShapeMatch(lab=lab, checkpoints=checkpoints, basis=basis, confidence=sure)
    return None


def _is_unsure(asked: KnownShape, rows: Sequence[KnownShape]) -> bool:
    """Agreeing numbers say less under a type that nobody on record has, and where type and vocabulary are everybody's.

    OpenLLaMA and Amber were trained afresh in LLaMA's shape with 32000 tokens.
    """
    if asked.type in _COMMON_TYPES:
        return asked.vocab in _SHARED_VOCABULARIES
    return all(row.type != asked.type for row in rows)


def _asked(shape: WeightsShape) -> KnownShape | None:
    """The shape as a row; None where it lacks the three numbers without which nothing can be said."""
    kind = plain_type(shape.model_type or shape.architecture)
    vocab, hidden, layers = shape.vocab_size, shape.hidden_size, shape.layers
    if not vocab or not hidden or not layers or hidden < _SMALLEST_HIDDEN or kind in _NEVER:
        return None
    heads = shape.heads or 0
    ffn = shape.intermediate_size or 0
    return KnownShape(shape.path, "", "", kind, vocab, hidden, layers, heads, shape.kv_heads or heads, ffn)


def _same_body(asked: KnownShape, row: KnownShape) -> bool:
    """Same width, depth, heads and, where both give it, feed-forward size."""
    return (
        asked.hidden == row.hidden
        and asked.layers == row.layers
        and (not asked.heads or asked.heads == row.heads)
        and (not asked.kv or asked.kv == row.kv)
        and (not asked.ffn or not row.ffn or asked.ffn == row.ffn)
    )


def _exactly(asked: KnownShape, row: KnownShape) -> bool:
    """Same numbers throughout. Under a shared vocabulary the type must fit too: it is then no accident."""
    is_fit = asked.vocab not in _SHARED_VOCABULARIES or asked.type not in _COMMON_TYPES or _alike(asked, row)
    return asked.vocab == row.vocab and is_fit and _same_body(asked, row)


def _nearly(asked: KnownShape, row: KnownShape) -> bool:
    is_near = -_CUT_PADDING <= asked.vocab - row.vocab <= _ADDED_TOKENS
    return is_near and _alike(asked, row) and _same_body(asked, row)


def _other_depth(asked: KnownShape, row: KnownShape) -> bool:
    is_telling = asked.vocab not in _SHARED_VOCABULARIES and asked.heads > 0
    is_same = (asked.vocab, asked.hidden, asked.heads, asked.kv) == (row.vocab, row.hidden, row.heads, row.kv)
    return is_telling and is_same and _alike(asked, row)


def _same_line(asked: KnownShape, row: KnownShape) -> bool:
    is_telling = asked.vocab not in _SHARED_VOCABULARIES and asked.type not in _COMMON_TYPES
    return is_telling and asked.vocab == row.vocab and asked.type == row.type


def _other_vocabulary(asked: KnownShape, row: KnownShape) -> bool:
    """The whole body of a lab's own type: audio tokens were added, or a language cut out.

    Plain Llama bodies say nothing without their vocabulary: Minerva, OpenCoder and LLM-jp trained afresh in them.
    """
    is_telling = asked.type not in _COMMON_TYPES and asked.ffn > 0 and asked.heads > 0
    return is_telling and asked.type == row.type and asked.ffn == row.ffn and _same_body(asked, row)


def _alike(asked: KnownShape, row: KnownShape) -> bool:
    """Same type, or both of the common ones that converters exchange."""
    return asked.type == row.type or (asked.type in _COMMON_TYPES and row.type in _COMMON_TYPES)


_Agrees = Callable[[KnownShape, KnownShape], bool]
_STEPS: tuple[tuple[str, _Agrees, Confidence], ...] = (
    ("vocabulary, width, depth and heads", _exactly, Confidence.HIGH),
    ("width, depth and heads, and a vocabulary that differs by added or cut tokens", _nearly, Confidence.MEDIUM),
    ("vocabulary, width and heads, not the depth", _other_depth, Confidence.LOW),
    ("model type and vocabulary, not the size", _same_line, Confidence.LOW),
    ("width, depth, heads and feed-forward size, not the vocabulary", _other_vocabulary, Confidence.LOW),
)


def _one_lab(asked: KnownShape, found: Sequence[KnownShape]) -> str:
    """The only lab among the rows, else the only one among those of the same type; empty where several remain."""
    for rows in (found, [row for row in found if row.type == asked.type]):
        labs = {row.lab for row in rows}
        if len(labs) == 1:
            return labs.pop()
    return ""


def _contradicts(asked: KnownShape, lab: str, rows: Sequence[KnownShape]) -> bool:
    """Whether the model type is another lab's own: it may have trained afresh in a familiar shape."""
    owners = {row.lab for row in rows if row.type == asked.type and row.by != "other"}
    return asked.type not in _COMMON_TYPES and bool(owners) and lab not in owners


def _nearest(asked: KnownShape, rows: Sequence[KnownShape]) -> tuple[str, ...]:
    """At most three ids: base checkpoints, then the lab's own, then others'; the nearest and shortest among them."""

    def distance(row: KnownShape) -> tuple[int, bool, int, int, bool, int, str]:
        size = abs(row.hidden - asked.hidden) + abs(row.layers - asked.layers)
        is_quantised = any(mark in row.checkpoint.lower() for mark in _QUANTISED)
        vocabulary = abs(row.vocab - asked.vocab)
        name = row.checkpoint
        return _RANK[row.by], row.type != asked.type, size, vocabulary, is_quantised, len(name), name

    named = sorted((row for row in rows if "/" in row.checkpoint), key=distance)
    return tuple(dict.fromkeys(row.checkpoint for row in named))[:_MOST_NEAREST]
