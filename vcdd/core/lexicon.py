"""The lexicon: the tables by which the judge reads places, as plain values.

It holds the loaders table (callee and argument to kind of reference), the words that make a name a place for models,
and the path parts that tell tests, documents and deployment from product code. All of it is data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from vcdd.core.reference import ReferenceKind
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LoaderRow:
    """One way in which code or a command hands an id to a loader or an API."""

    id: str
    """Stable, `library-what`, printed by `vcdd explain`."""
    callees: tuple[str, ...]
    """Dotted names whose trailing parts must match (`ChatOpenAI`, `chat.completions.create`), or commands."""
    arguments: tuple[str, ...] = ()
    """Names of the arguments (keyword, object key, flag) that carry the id."""
    positions: tuple[int, ...] = ()
    """0-based positions that carry it."""
    kind: ReferenceKind = ReferenceKind.API_MODEL
    provider: str = ""
    """Provider id when the callee fixes one."""
    library: str = ""
    """Loading library when the model runs on own hardware."""
    modality: str = ""
    scope: str = ""
    """Scope in which bare words are readable (`whisper`, `cohere`, `ollama`); empty forbids bare words."""
    is_command: bool = False
    """The callee is a shell command and arguments are flags."""
    only_in: tuple[str, ...] = ()
    """Suffixes of the files in which the row holds; empty for all. For callees that mean something else in other languages."""
    sample: str = ""
    """One line that this row must find."""
    near_miss: str = ""
    """One line that it must not find."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenWeights:
    """A package that fetches weights, or asks an API for a model, that nothing in the target names."""

    package: str
    """Normalised package name."""
    ecosystem: str
    callees: tuple[str, ...]
    """Calls that trigger the fetch; when seen the reference is bound."""
    weights: tuple[str, ...]
    """Ids pulled or asked for by default."""
    when_called: bool = False
    """True where the package alone says nothing: only the call, as `callees` writes it, fetches these weights."""
    provider: str = ""
    """Provider that is asked, where nothing is fetched: the package takes a model of an API by default."""
    note: str = ""
    """What a reader must know beside the ids: another default in other versions, terms on the package's page."""
    source: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A name whose presence is a fact for the rules (tracing, vector stores, fine-tuning, run-time installs)."""

    kind: str
    """Value of `ObservationKind`."""
    subject: str
    callees: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    """Normalised package names, `npm:` before those of npm."""
    commands: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    """Variables, arguments, keys and flags that say so when they are set to anything but no (`LANGSMITH_TRACING`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """Words of names. Names are split into lower-case words at case changes, `_`, `-` and `.`."""

    heads: frozenset[str]
    """A name ending in one of these holds a model (`model`, `llm`, `checkpoint`)."""
    part_heads: frozenset[str]
    """Heads of names that hold a Hub id or a weight file but no bare id (`encoder`, `vae`, `lora`)."""
    tails: frozenset[str]
    """Words that may follow a head without changing it (`name`, `id`, `path`)."""
    refusals: frozenset[str]
    """Words that make a name something else (`type`, `provider`, `dir`)."""
    properties: frozenset[str]
    """Words by which a list says what its models can or cannot do (`reasoning`, `unsupported`): no list of choices."""
    defaults: frozenset[str]
    """Words that say a listed value is the one taken (`default`, `fallback`, `primary`)."""
    prose: frozenset[str]
    """Arguments and keys that hold running text (`help`, `description`)."""
    not_id_heads: frozenset[str]
    """First two parts that are no model though the organisation has some: a host's paths that run tools or pass a model on in
    another argument (`fal-ai/any-llm`), container images and charts (`nvidia/cuda`)."""
    id_heads: frozenset[str]
    """First parts that only ids at a host have (`fal-ai`)."""
    model_images: frozenset[str]
    """Beginnings of the names of container images that hold the model they are named after (`nvcr.io/nim/`)."""
    not_ids: frozenset[str]
    """Whole strings that are no ids wherever they stand (`auto`, `openai`, `custom`)."""
    architectures: frozenset[str]
    """Architecture names (`model_type` values): models only where a name or a loader says so."""
    hub_names: frozenset[str]
    """Whole names (words joined by `_`) that hold Hub ids (`repo_id`, `hf_repo`, `base_model`)."""
    data_names: frozenset[str]
    """Words that make an `org/name` something other than a model (`dataset`, `image`, `package`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathWords:
    """Parts of paths, lower case."""

    tests: frozenset[str]
    docs: frozenset[str]
    examples: frozenset[str]
    generated: frozenset[str]
    history: frozenset[str]
    """Folders of database migrations."""
    beside: frozenset[str]
    """Folders of evaluations and benchmarks."""
    deploy: frozenset[str]
    """Folder names of deployment configuration."""
    deploy_names: tuple[str, ...]
    """Globs of deployment file names."""
    doc_suffixes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Everything the judge reads places by."""

    rows: tuple[LoaderRow, ...] = ()
    hidden: tuple[HiddenWeights, ...] = ()
    signals: tuple[Signal, ...] = ()
    places: PlaceWords
    paths: PathWords
    packages: Mapping[str, str] = field(default_factory=dict)
    """Package name (`npm:` before those of npm) to provider id of the SDK."""
    provider_names: Mapping[str, str] = field(default_factory=dict)
    """Letters and digits of a name that settings give a provider (`mistralai`) to its id, where no loader row says so."""
