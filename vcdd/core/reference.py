"""A reference: one sighting of a model in the target, judged."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.location import Location
from vcdd.values import dataclass


class ReferenceKind(StrEnum):
    """What the string names."""

    API_MODEL = "api-model"
    """An id that a vendor API, a cloud model service or an aggregator understands."""
    HUB_REPO = "hub-repo"
    """A repository on the Hub (or ModelScope), fetched by a loader."""
    WEIGHT_FILE = "weight-file"
    """A weight file or its address, in the target or on a release page."""
    ENDPOINT = "endpoint"
    """A base URL or API host; names no model but decides who answers."""
    DEPENDENCY = "dependency"
    """A package that fetches weights or is a client of a vendor."""
    OPEN = "open"
    """A call whose model or endpoint comes from outside the target (`symbol` says from where)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the place says about the route, before anyone knows the model. Empty strings are silence."""

    provider: str = ""
    """Provider id from the SDK, the client class or the id's prefix (`openai`, `fal`, `aws-bedrock`)."""
    base_url: str = ""
    """The address bound to the same client object, as written."""
    base_url_symbol: str = ""
    """The variable that holds the address where the target does not give it (`OPENAI_BASE_URL`)."""
    key_symbol: str = ""
    """The environment variable that holds the key (`DASHSCOPE_API_KEY`); never its value."""
    library: str = ""
    """The loading library (`transformers`, `vllm`, `ollama`): says self-hosted where nothing says otherwise."""
    revision: str = ""
    """A pinned commit, tag or branch."""
    modality: str = ""
    """What the loader row implies: text, embedding, image, video, speech, …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why the judge decided so, for `vcdd explain`."""

    rule: str
    """Id of the judge's rule, stable."""
    row: str = ""
    """Id of the loaders-table row that matched; empty when none did."""
    links: tuple[str, ...] = ()
    """The path followed from the string to the call, as `path:line symbol`, in order."""
    note: str = ""
    """What a reader must know of the row beside it, in words of our own tables; empty mostly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One sighting of a model (or of an open question about one) in the target."""

    written: str
    """Exactly what stands in the file; for a composed id the composed text."""
    kind: ReferenceKind
    evidence: Evidence
    location: Location
    slot: str = ""
    """What the target calls it: the setting, constant, parameter or feature (`SMART_LLM`, `embedding`)."""
    way: str = ""
    """How it is written: `parameter-default`, `mapping-value`, `fallback`, `keyword`, …"""
    detector: str = ""
    """The reader that saw it."""
    confidence: Confidence = Confidence.HIGH
    hints: Hints = field(default_factory=Hints)
    symbol: str = ""
    """For OPEN: the variable, setting or parameter that decides."""
    reason: Reason = field(default_factory=lambda: Reason(rule=""))
    through: str = ""
    """The package that fetches the weights by itself ("through PACKAGE"); empty otherwise."""


class ObservationKind(StrEnum):
    """Facts about the target that are not references but that rules need."""

    TRUST_REMOTE_CODE = "trust-remote-code"
    PICKLE_WEIGHTS = "pickle-weights"
    UNPINNED_REVISION = "unpinned-revision"
    RUNTIME_INSTALL = "runtime-install"
    FINE_TUNING = "fine-tuning"
    QUANTISATION = "quantisation"
    OWN_WEIGHTS = "own-weights"
    SELF_HOSTING = "self-hosting"
    EMBEDDING_STORE = "embedding-store"
    """A vector store or index: changing the embedding model means re-indexing."""
    TRACING = "tracing"
    """A service that sees prompts: tracing, logging, analytics."""
    SDK_CALL = "sdk-call"
    """A call of a vendor's SDK: the switching surface."""
    SDK_DEPENDENCY = "sdk-dependency"
    """A vendor SDK in a manifest."""
    ABSTRACTION = "abstraction"
    """A layer that makes switching cheap (LiteLLM, a router)."""
    LICENCE_FILE = "licence-file"
    LICENCE_DECLARATION = "licence-declaration"
    """The repository's own licence as a manifest or file states it."""
    EVALUATION = "evaluation"
    """A sign of an evaluation suite that would catch a model swap."""
    TARGET_WISH = "target-wish"
    """The scanned party asks to set a finding aside; shown beside it, and nothing is hidden."""
    SECRET = "secret"  # noqa: S105 -- the kind of fact, not a secret
    """A key lies in the target: vendor and place only, never the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One such fact with its place."""

    kind: ObservationKind
    subject: str
    """What it is about: a package, a model id, a licence id, a vendor."""
    location: Location
    evidence: Evidence = Evidence.BOUND
    detail: str = ""
    """More words, control characters removed; never a secret."""
