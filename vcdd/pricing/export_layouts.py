"""The columns of the usage exports we read, by provider. A new export is one more row here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from vcdd.errors import ConfigError
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One export. Each field lists column names; cells of several columns are added up."""

    name: str
    day: str
    model: str
    fresh: tuple[str, ...]
    """Input tokens that missed the cache, or all input tokens (see `fresh_includes_cached`)."""
    output: tuple[str, ...]
    cached: tuple[str, ...] = ()
    fresh_includes_cached: bool = False
    requests: tuple[str, ...] = ()
    row_is_request: bool = False
    """True where each row is one call. With neither this nor `requests` the export counts tokens only."""
    batch: str = ""
    """Column that says whether the row was processed in batch: `true` or `batch`."""
    window: str = ""
    """Column that says which context window was billed; a text with `>` is the long one."""
    unique: str = ""
    """Column that names each row once; empty where only a row that repeats another in every cell is a repeat."""
    optional: frozenset[str] = field(default_factory=frozenset)
    """Columns that older exports lack."""

    @property
    def required(self) -> tuple[str, ...]:
        """Columns without which the file is not this export, in a stable order."""
        names = (self.day, self.model, *self.requests, *self.fresh, *self.cached, *self.output, self.batch, self.window)
        return tuple(dict.fromkeys(name for name in names if name and name not in self.optional))


# Column names as they stand in exports that users have published: OpenAI console "completions usage" (2025-10),
# Claude console usage (2025-11 to 2026-09), OpenRouter generations (2026-02 to 2026-09) and activity API (2026-01).
LAYOUTS = (
    Layout(
        name="OpenAI usage export",
        day="start_time_iso",
        model="model",
        requests=("num_model_requests",),
        fresh=("input_tokens",),
        cached=("input_cached_tokens",),
        output=("output_tokens",),
        fresh_includes_cached=True,
        batch="batch",
        optional=frozenset(("batch",)),
    ),
    Layout(
        name="Anthropic usage export",
        day="usage_date_utc",
        model="model_version",
        fresh=("usage_input_tokens_no_cache", "usage_input_tokens_cache_write_5m", "usage_input_tokens_cache_write_1h"),
        cached=("usage_input_tokens_cache_read",),
        output=("usage_output_tokens",),
        batch="usage_type",
        window="context_window",
        optional=frozenset(
            (
                "usage_input_tokens_cache_write_5m",
                "usage_input_tokens_cache_write_1h",
                "usage_type",
                "context_window",
            )
        ),
    ),
    Layout(
        name="OpenRouter generations export",
        day="created_at",
        model="model_permaslug",
        fresh=("tokens_prompt",),
        cached=("tokens_cached",),
        output=("tokens_completion",),
        fresh_includes_cached=True,
        row_is_request=True,
        unique="generation_id",
        optional=frozenset(("tokens_cached",)),
    ),
    Layout(
        name="OpenRouter activity export",
        day="date",
        model="model_permaslug",
        requests=("requests",),
        fresh=("prompt_tokens",),
        output=("completion_tokens",),
    ),
)


def recognise(columns: Iterable[str], file: str) -> Layout:
    """The layout whose required columns are all there.

    Raises:
        ConfigError: naming the columns that the nearest layout lacks.
    """
    present = set(columns)
    missing = {layout.name: [name for name in layout.required if name not in present] for layout in LAYOUTS}
    for layout in LAYOUTS:
        if not missing[layout.name]:
            return layout
    nearest = min(LAYOUTS, key=lambda layout: len(missing[layout.name]) / len(layout.required))
    lacking = ", ".join(missing[nearest.name])
    raise ConfigError(
        f"{file}: row 1: no column {lacking}, which the {nearest.name} has",
        help=f"Export again with all columns. Known are the {', the '.join(layout.name for layout in LAYOUTS)}.",
    )
