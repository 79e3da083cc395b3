"""What a caller may choose about a rendering. Everything else follows from the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """What a rule says of itself, for formats that carry help beside findings."""

    name: str
    """Kebab name, `licence-threshold` say."""
    title: str
    what: str
    """What the rule looks for, one sentence."""
    why: str
    """Why an investor cares."""
    remedy: str = ""
    reference: str = ""
    """An http(s) address with more, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOptions:
    """Layout choices. The same report and the same options give the same bytes."""

    width: int = 80
    """Columns of the terminal; other formats ignore it."""
    colour: bool = False
    """Whether the terminal format may emit SGR colour sequences."""
    verbose: bool = False
    """The fuller terminal text: all groups, all findings, questions with reasons."""
    evidence_limit: int = 12
    """References shown for one model in the appendix of memo and HTML; the rest is counted. JSON always has all."""
    template: str = ""
    """Text of the firm's own memo template; empty for ours."""
    mermaid: bool = False
    """Whether the memo carries the route diagram as a Mermaid block."""
    cyclonedx_version: str = "1.6"
    """`1.6` or `1.7`."""
    rule_texts: Mapping[str, RuleText] = field(default_factory=dict)
    """By rule id; a rule without an entry is described by its finding."""
