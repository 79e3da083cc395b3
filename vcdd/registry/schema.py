"""The records of the registry, as they stand in `data/**/*.toml` and as they live at run time.

One dataclass per kind of record; its field docs are the field manual (`data/README.md` repeats them for editors). Every
record carries `source`, `checked` and `verified`: a record that nobody has read against its source is shown with LOW
confidence and never as certain. An empty string or tuple means "not recorded", never "none exists".
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from vcdd.core.model import (
    ConditionKind,
    LicenceClass,
    Lifecycle,
    Role,
    Weights,
)
from vcdd.core.route import RouteKind
from vcdd.values import dataclass

STRICT: dict[str, Any] = {"extra": "forbid", "strict": False}
"""How pydantic reads these classes in `registry check` and in overlays; unknown keys are errors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabRecord:
    """Who trains models: one per file in `data/labs/`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    """Stable id, lower case; never renamed."""
    name: str
    country: str = ""
    """ISO 3166-1 alpha-2 of the seat; empty when not known."""
    city: str = ""
    parent: str = ""
    """Ultimate parent by name; empty when the lab stands alone or the parent is the lab itself."""
    parent_country: str = ""
    aliases: tuple[str, ...] = ()
    """Other names people use, for `suggest` and for reading claims."""
    hub_orgs: tuple[str, ...] = ()
    """Organisations on the Hub that this lab owns; old names of renamed organisations included."""
    namespaces: tuple[str, ...] = ()
    """Names under which routers, clouds and marketplaces file this lab's models (`z-ai`, `x-ai`, `meta`)."""
    hosts: tuple[str, ...] = ()
    """API hosts the lab runs itself."""
    kind: str = ""
    """`frontier`, `bigtech`, `startup`, `academic`, `nonprofit`, `community`, `government`."""
    lists: tuple[str, ...] = ()
    """Codes of list records that name the lab or its parent."""
    source: str = ""
    checked: date | None = None
    verified: bool = False
    """Whether country and seat were read in the source on that date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopedWord:
    """A bare word that names a model only where the place says so."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    word: str
    """Lower case; may be a glob (`nova-2*`)."""
    scope: tuple[str, ...]
    """Provider ids or library names, any of which makes the word readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRecord:
    """A line of models that share a maker, a modality and, where `licence` is set, one licence."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    name: str
    lab: str = ""
    """Lab id; implied by the file in `data/labs/`."""
    match: tuple[str, ...] = ()
    """Globs over whole ids, case-insensitive; the one with the most literal characters wins."""
    scoped: tuple[ScopedWord, ...] = ()
    modality: str = ""
    weights: Weights | None = None
    """None where the family mixes open and closed members: decide per checkpoint."""
    licence: str = ""
    """Licence id shared by ALL checkpoints of the family; empty where they differ or nobody has looked."""
    released: str = ""
    """First public release, `YYYY-MM` or `YYYY-MM-DD`."""
    base: str = ""
    """Family id the whole line was trained from."""
    peer_group: str = ""
    lifecycle: Lifecycle | None = None
    """Where one status holds for every member."""
    sample: str = ""
    """An id that resolves to this family."""
    neighbour: str = ""
    """A similar id that does not."""
    source: str = ""
    checked: date | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseLink:
    """One declared parent of a checkpoint."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    """Checkpoint id, or a Hub id outside the registry."""
    relation: str
    """`finetune`, `quantized`, `adapter`, `merge`, `conversion`, `distillation`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeveloperLink:
    """A lab in one role, where the role is not simply "the lab of the file"."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    lab: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointRecord:
    """One exact model: `org/name` for open weights, the vendor's API id for closed ones."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    lab: str = ""
    """Lab id; implied by the file."""
    family: str = ""
    names: tuple[str, ...] = ()
    """Every exact other spelling, by any route."""
    scoped: tuple[ScopedWord, ...] = ()
    """Bare words that name this checkpoint only where the place says so (`large-v3` in Whisper's loaders); no globs."""
    licence: str = ""
    """Overrides the family's; empty leaves the family's answer."""
    weights: Weights | None = None
    modality: str = ""
    base: tuple[BaseLink, ...] = ()
    developers: tuple[DeveloperLink, ...] = ()
    lifecycle: Lifecycle | None = None
    alias: bool = False
    """A mutable name whose target changes over time."""
    points_to: str = ""
    """For an alias: the checkpoint it meant on `checked`."""
    parameters: int | None = None
    released: str = ""
    note: str = ""
    """One neutral sentence for the report, where a fact needs its context."""
    source: str = ""
    checked: date | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One published fact about a provider, with its own source and date."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    value: str | bool
    source: str
    checked: date
    verified: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRecord:
    """Who serves models. Never an originator by being one."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    name: str
    kind: RouteKind
    country: str = ""
    """ISO code of the operating company's seat."""
    local: bool = False
    """A run time on one's own hardware (Ollama, vLLM, llama.cpp)."""
    hosts: tuple[str, ...] = ()
    """Host names, `*.` for any subdomain, with a path where the path decides (`api.deepseek.com/anthropic`)."""
    id_prefixes: tuple[str, ...] = ()
    """Lower-case prefixes of ids that name this route (`openrouter/`, `bedrock/`, `openai:`)."""
    sdks: tuple[str, ...] = ()
    """Python and JavaScript package names."""
    key_variables: tuple[str, ...] = ()
    base_url_variables: tuple[str, ...] = ()
    serves_lab: str = ""
    """Lab id where the provider serves that lab's models only: bare ids belong there."""
    home_of: str = ""
    """Lab id where the provider serves that lab's models first, but others' too: closed ids go there by default."""
    serves_closed: bool = False
    """What `serves_lab` says is closed throughout: an id of this API that no record knows is no published weights."""
    protocol_copied: bool = False
    """Others imitate this API, so an unknown bare id sent through its SDK says nothing about the lab."""
    own_ids: bool = False
    """Its API's ids begin with its prefix (`fal-ai/…`): an unknown one keeps it."""
    rewrites: str = ""
    """A sentence, where the provider answers foreign model names with its own models; empty otherwise."""
    contracting_entity: Claim | None = None
    contracting_country: Claim | None = None
    storage: Claim | None = None
    """`stated`, `selectable` or `not-stated`."""
    storage_country: Claim | None = None
    trains_by_default: Claim | None = None
    retention: Claim | None = None
    dpa: Claim | None = None
    source: str = ""
    checked: date | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRecord:
    """One condition of a licence; the fields are those of `vcdd.core.model.Condition`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    kind: ConditionKind
    text: str
    amount: int | None = None
    period: str = ""
    territories: tuple[str, ...] = ()
    duty: str = ""
    only: tuple[str, ...] = ()
    """Modalities to which the condition applies; empty means all. A model of unknown modality keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRecord:
    """A licence text of one version and date: one per file in `data/licences/`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    name: str
    spdx: str
    """SPDX id, or a `LicenseRef-…`."""
    category: LicenceClass
    condition: tuple[ConditionRecord, ...] = ()
    hub_tags: tuple[str, ...] = ()
    """What the Hub's licence tag or `license_name` calls it, lower case."""
    osi: bool = False
    """Approved by the Open Source Initiative."""
    markers: tuple[str, ...] = ()
    """Distinctive phrases, lower case, single spaces; ALL of them stand in the licence's text."""
    source: str = ""
    checked: date | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRecord:
    """One entry of a government list, order, statute or contract term. None by itself bars the use of open weights."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    code: str
    instrument: str
    jurisdiction: str
    """ISO country code, `US-TX` for a state, `EU`, or `contract`."""
    subjects: tuple[str, ...] = ()
    """Lab ids; empty for a regime that names no lab."""
    scope: str = ""
    """Whom a regime concerns when it names no lab, in words."""
    legal_entity: str = ""
    """The name that stands in the list, which may not be the brand."""
    tier: str = "possible"
    """`confirmed`: the entry names the lab's legal entity or its parent; `possible`: it rests on a secondary source."""
    effect: str = ""
    """One neutral sentence."""
    status: str = "unknown"
    """`in-force`, `proposed`, `posted-then-withdrawn`, `removed`, `not-listed`, `stayed`, `unknown`."""
    start: str = ""
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    end: str = ""
    source: str = ""
    checked: date | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributorRecord:
    """Somebody who re-uploads or converts weights of others. Never an originator."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    id: str
    name: str
    orgs: tuple[str, ...]
    """Organisations on the Hub."""
    country: str = ""
    when: tuple[str, ...] = ()
    """Globs over repository names that are re-uploads; empty means every repository of the organisation."""
    source: str = ""
    checked: date | None = None
    verified: bool = False
