"""Monthly run-rate of one model: only from a stated volume, with its grade and what drives it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from vcdd.core.company import SlotVolume, Usage
from vcdd.core.cost import Estimate, Price
from vcdd.pricing.calls import Call, cost_of_call
from vcdd.pricing.media import CLIP_SECONDS, TRIES, UNIT_WORDS, VIDEO_UNITS, is_media, unit_range
from vcdd.pricing.rates import MTOK, Range, exactly, pick, within
from vcdd.pricing.unit_cost import ACTION_SIZES, ASSUMED_OUTPUT, STATED_TOLERANCE, biggest_part, blended_at, estimate_of


def monthly(prices: Sequence[Price], volume: SlotVolume, usage: Usage) -> Estimate | None:
    """Dollars per month of one volume, not rounded; None where the volume or the price says too little.

    An invoice is taken as it stands (grade A). Measured tokens at a dated list price are grade B, the rest is grade C.
    Tokens that a volume does not state are taken from the file's averages.
    """
    if volume.invoice_usd is not None:
        words = ("last monthly invoice as stated",)
        return estimate_of(exactly(volume.invoice_usd), driver="the last invoice", assumptions=words, grade="A")
    if volume.units_per_month is not None:
        return _of_units(prices, volume, usage)
    if volume.requests_per_month is None:
        return None
    if is_media(prices) or pick(prices, "input-mtok") is None:
        return _of_generations(prices, volume.requests_per_month, usage)
    given = volume.input_tokens if volume.input_tokens is not None else usage.input_tokens
    made = volume.output_tokens if volume.output_tokens is not None else usage.output_tokens
    if given is None:
        return _of_requests(prices, volume, made)
    return _of_calls(prices, volume, given, made)


def call_of(volume: SlotVolume | None, usage: Usage) -> Call | None:
    """The typical call that was stated or measured for a use; None where nobody knows its input tokens."""
    if volume and not volume.counts_requests:
        volume = None
    given = volume.input_tokens if volume and volume.input_tokens is not None else usage.input_tokens
    made = volume.output_tokens if volume and volume.output_tokens is not None else usage.output_tokens
    if given is None:
        return None
    return Call(
        input_tokens=given,
        output_tokens=ASSUMED_OUTPUT if made is None else made,
        cached_share=volume.cached_share if volume else Decimal(0),
        batch=bool(volume and volume.batch),
    )


def _of_calls(prices: Sequence[Price], volume: SlotVolume, given: Decimal, made: Decimal | None) -> Estimate | None:
    """Requests and tokens are stated or measured."""
    output = ASSUMED_OUTPUT if made is None else made
    call = Call(input_tokens=given, output_tokens=output, cached_share=volume.cached_share, batch=volume.batch)
    cost = cost_of_call(prices, call)
    requests = volume.requests_per_month or Decimal(0)
    if cost is None:
        return None
    is_measured = volume.measured and made is not None
    count = exactly(requests) if is_measured else within(requests, STATED_TOLERANCE)
    each = f"{requests:,f} requests a month of {given:,f} input and {output:,f} output tokens"
    words = [
        each
        if volume.counts_requests
        else f"{requests * given:,f} input and {requests * output:,f} output tokens a month",
        "exported by the provider" if is_measured else "stated averages, taken to within 30 %",
    ]
    if made is None:
        words.append("output tokens are assumed")
    if volume.batch and pick(prices, "input-mtok", input_tokens=given, batch=True) == pick(
        prices, "input-mtok", input_tokens=given
    ):
        words.append("no batch price is known: the ordinary one is used")
    return estimate_of(
        cost.total.times(count),
        driver=biggest_part(cost.input.base, cost.output.base),
        assumptions=tuple(words),
        grade="B" if is_measured else "C",
    )


def _of_requests(prices: Sequence[Price], volume: SlotVolume, made: Decimal | None) -> Estimate | None:
    """Only the number of requests is known: from the smallest to the largest size of the table."""
    output = ASSUMED_OUTPUT if made is None else made
    requests = volume.requests_per_month or Decimal(0)
    costs = [
        cost_of_call(
            prices,
            Call(
                input_tokens=Decimal(size),
                output_tokens=output,
                cached_share=volume.cached_share,
                batch=volume.batch,
            ),
        )
        for size in ACTION_SIZES
    ]
    small, middle, large = costs
    if small is None or middle is None or large is None:
        return None
    return estimate_of(
        Range(small.total.low * requests, middle.total.base * requests, large.total.high * requests),
        driver="input tokens per request, assumed between 1,000 and 20,000",
        assumptions=(
            f"{requests:,f} requests a month",
            "1,000, 5,000 and 20,000 input tokens per request",
            f"{output:,f} output tokens per request",
        ),
    )


def of_tokens(prices: Sequence[Price], tokens: Decimal) -> Estimate | None:
    """Only the number of tokens is known: blended at 10:1, 3:1 and 1:1 input to output."""
    cheap, likely, dear = (blended_at(prices, mix) for mix in ("10:1", "3:1", "1:1"))
    if cheap is None or likely is None or dear is None:
        return None
    low, high = min(cheap, likely, dear), max(cheap, likely, dear)
    millions = tokens / MTOK
    return estimate_of(
        Range(low * millions, likely * millions, high * millions),
        driver="the share of output tokens, assumed between one in eleven and one in two",
        assumptions=(f"{tokens:,f} tokens a month", "input to output 10:1, 3:1 and 1:1"),
    )


def _of_units(prices: Sequence[Price], volume: SlotVolume, usage: Usage) -> Estimate | None:
    """Images, seconds, characters and the like are stated."""
    unit, scale = UNIT_WORDS.get(volume.unit, (volume.unit, Decimal(1)))
    found = unit_range(prices, unit)
    units = volume.units_per_month or Decimal(0)
    if found is None:
        return None
    tries = usage.tries if usage.tries is not None and unit in VIDEO_UNITS else Decimal(1)
    amount = units * scale * tries
    count = exactly(amount) if volume.measured else within(amount, STATED_TOLERANCE)
    words = [f"{units:,f} {volume.unit} a month"]
    if tries != 1:
        words.append(f"{tries:f} generations per accepted clip")
    return estimate_of(
        found.times(count),
        driver="resolution and quality" if found.low != found.high else "the stated number of units",
        assumptions=tuple(words),
        grade="B" if volume.measured else "C",
    )


def _of_generations(prices: Sequence[Price], requests: Decimal, usage: Usage) -> Estimate | None:
    """Requests to a media model: one clip or one image each."""
    seconds = usage.clip_seconds if usage.clip_seconds is not None else CLIP_SECONDS
    tries = exactly(usage.tries) if usage.tries is not None else Range(*(Decimal(count) for count in TRIES))
    second = unit_range(prices, "video-second")
    if second:
        words = (f"{requests:,f} accepted clips a month of {seconds:f} seconds", "1, 2 and 4 generations per clip")
        stated = (words[0], f"{tries.base:f} generations per clip") if usage.tries is not None else words
        cases = second.times(tries).times(exactly(requests * seconds))
        return estimate_of(cases, driver="generations per accepted clip and resolution", assumptions=stated)
    for unit in ("image", "video-clip", "page", "query"):
        found = unit_range(prices, unit)
        if found:
            words = (f"{requests:,f} requests a month", f"one {unit} per request")
            return estimate_of(
                found.times(within(requests, STATED_TOLERANCE)), driver="size and quality", assumptions=words
            )
    return None
