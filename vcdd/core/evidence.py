"""Evidence classes: how firmly the target's own text ties it to a model, and what that allows us to say."""

from __future__ import annotations

from enum import StrEnum


class Evidence(StrEnum):
    """How a reference stands in the target, strongest first. A mention is never a use."""

    BOUND = "bound"
    """Default or only value on a run-time path."""
    DEPLOYED = "deployed"
    """Set in deployment configuration: compose, Kubernetes, CI environment, a start script."""
    SELECTABLE = "selectable"
    """A listed choice or another branch; not what runs when the user names nothing."""
    CATALOG = "catalog"
    """A bulk table of sibling ids with limits, prices or metadata. Raises no finding."""
    DEPENDENCY = "dependency"
    """Reached through a package in a manifest only."""
    TEST = "test"
    """Tests, evaluations, fixtures."""
    MENTION = "mention"
    """Documentation, comments, docstrings, help texts, example folders."""
    UNRESOLVED = "unresolved"
    """A call exists, but the model or the endpoint comes from outside the target."""

    @property
    def rank(self) -> int:
        """0 for the strongest class; larger is weaker."""
        return _ORDER.index(self)

    @property
    def verb(self) -> str:
        """The only verb a sentence about this class may use ("uses", "lists", …)."""
        return _VERBS[self]

    @property
    def is_use(self) -> bool:
        """True for the two classes of which "uses" or "deploys" may be said."""
        return self in (Evidence.BOUND, Evidence.DEPLOYED)


_ORDER = tuple(Evidence)
_VERBS = {
    Evidence.BOUND: "uses",
    Evidence.DEPLOYED: "deploys",
    Evidence.SELECTABLE: "can be configured to use",
    Evidence.CATALOG: "lists",
    Evidence.DEPENDENCY: "depends on a client for",
    Evidence.TEST: "names in tests",
    Evidence.MENTION: "mentions",
    Evidence.UNRESOLVED: "leaves open",
}


class Confidence(StrEnum):
    """How sure the reading is, apart from how bad its meaning is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for high."""
        return tuple(Confidence).index(self)
