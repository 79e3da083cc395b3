"""How long pricing takes: run `python -m tests.benchmarks.pricing_speed`. Prints numbers, asserts nothing."""

from __future__ import annotations

import time

from tests.pricing.factory import TODAY, D, use
from vcdd.core.company import SlotVolume, Usage
from vcdd.core.model import Weights
from vcdd.pricing.book import open_book
from vcdd.pricing.estimate import estimate_costs

_COUNT = 10_000
_KNOWN = (
    ("gpt-5", "openai"),
    ("claude-sonnet-4-5", "anthropic"),
    ("gemini-3-pro-preview", "google-gemini"),
    ("deepseek-chat", "deepseek"),
    ("kling/v4/text-to-video", "fal"),
    ("Qwen/Qwen3-32B", "deepinfra"),
    ("openai/gpt-oss-120b", ""),
)


def _timed(words: str, uses: list, usage: Usage) -> None:
    book = open_book()
    begin = time.process_time()
    summary = estimate_costs(uses, usage, book, today=TODAY)
    spent = time.process_time() - begin
    print(f"{words}: {len(uses):,} uses in {spent:.3f} s of processor time, {summary.priced:,} priced")


def main() -> None:
    """Prices three mixes of uses, the first of them with cold data."""
    few = [use(*_KNOWN[index % len(_KNOWN)], weights=Weights.OPEN) for index in range(_COUNT)]
    many = [
        use(f"vendor/model-{index % 2_000}", _KNOWN[index % 6][1], weights=Weights.OPEN, slot=f"slot-{index}")
        for index in range(_COUNT)
    ]
    _timed("cold, seven models", few, Usage())
    _timed("warm, seven models", few, Usage())
    _timed("2,000 models nobody knows", many, Usage())
    volumes = tuple(SlotVolume(slot=f"slot-{index}", requests_per_month=D(1_000)) for index in range(_COUNT))
    _timed("with a volume for each", many, Usage(slots=volumes, input_tokens=D(1_000), output_tokens=D(100)))


if __name__ == "__main__":
    main()
