"""What the registry says of one written id."""

from __future__ import annotations

from vcdd.core.model import Lab, Licence, Lifecycle, Weights
from vcdd.registry.schema import BaseLink, CheckpointRecord, FamilyRecord
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One id, identified as far as the records go. None and empty mean unknown: unknown beats wrong."""

    written: str
    """As asked, unchanged."""
    id: str
    """Canonical id: `org/name` for open weights, the vendor's API id for closed ones, else the id without its route."""
    name: str = ""
    """Words for people; the id where nothing better is known."""
    match: str = "none"
    """`exact` (this checkpoint is on record), `family`, `lab`, `none`."""
    checkpoint: CheckpointRecord | None = None
    family: FamilyRecord | None = None
    lab: Lab | None = None
    """The originator; never the uploader."""
    distributor: Lab | None = None
    """Who re-uploaded or converted the weights under this id."""
    provider: str = ""
    """Provider id that a prefix, address or ARN names; empty if none does."""
    suffix: str = ""
    """Quantisation or file format, as written."""
    base_id: str = ""
    """For a re-upload, a quantisation or an `ft:` id: the upstream id where the name gives it."""
    base_relation: str = ""
    """`quantized`, `conversion` or `finetune`; empty where `base_id` is."""
    bases: tuple[BaseLink, ...] = ()
    """Declared parents of the checkpoint, or the family's base."""
    licence: Licence | None = None
    """Of the weights. None where the record does not say, or its checkpoints differ."""
    licence_verified: bool = False
    """Whether somebody read that licence for these weights in its source."""
    weights: Weights = Weights.UNKNOWN
    modality: str = ""
    lifecycle: Lifecycle | None = None
    is_loose: bool = False
    """Recognised by a bare name that is only a model where something else says so (`pythia-410m`)."""
    is_alias: bool = False
    """A mutable name: report the name and the date, not one licence for ever."""
    points_to: str = ""
    """For an alias: the checkpoint it meant when last checked; empty when nobody knows."""
    released: str = ""
    note: str = ""
    """One neutral sentence the report should carry with it; empty if none."""
