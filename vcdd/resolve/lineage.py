"""What a model was built from, as far as somebody declares it or its name says so. Cycle-safe and bounded.

Declared: the registry's bases, the Hub's `baseModels`, card and tags. Inferred: an upstream id inside the name of a
re-upload or quantised copy, where nobody declares anything the line of models that the name gives away (see
`named_bases.py`), and the shape of weights (see `local_weights.py`). Every ancestor keeps its own licence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vcdd.core.hub import HubRecord
from vcdd.core.model import Ancestor, Lab, Licence
from vcdd.registry.identity import Identity
from vcdd.registry.registry import Registry
from vcdd.registry.schema import BaseLink
from vcdd.resolve.known import Known
from vcdd.resolve.named_bases import named_base
from vcdd.resolve.tags import licence_of_tags
from vcdd.values import dataclass

MAX_DEPTH = 6
_MOST_ANCESTORS = 30
MODIFYING = frozenset({"finetune", "adapter", "merge", "distillation"})
"""Relations that change what the weights do; quantising and converting do not."""

_NAME = "the name of the model"

Records = Mapping[str, HubRecord]
"""Hub records by the id that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step from a model to a parent."""

    id: str
    relation: str
    how: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An ancestor with its place in the family tree."""

    ancestor: Ancestor
    depth: int
    """1 for a parent of the model."""
    is_root: bool
    """Whether nothing is known of parents of its own."""


def trace(known: Known, registry: Registry, records: Records) -> tuple[Step, ...]:
    """Every ancestor, nearest first, each id once; at most 30, at most six steps away."""
    seen = {known.identity.id.lower(), known.written.lower()}
    found: list[Step] = []
    layer = [known]
    for depth in range(1, MAX_DEPTH + 1):
        deeper: list[Known] = []
        for link in (link for child in layer for link in links(child, registry)):
            if link.id.lower() in seen or len(found) >= _MOST_ANCESTORS:
                continue
            seen.add(link.id.lower())
            parent = _parent(link.id, registry, records)
            is_root = not any(True for _ in links(parent, registry))
            found.append(Step(ancestor=_ancestor(link, parent, registry), depth=depth, is_root=is_root))
            deeper.append(parent)
        layer = deeper
    return tuple(found)


def links(known: Known, registry: Registry) -> Iterator[Link]:
    """The direct parents: declared ones first. A family named as base is left out where one of its members is."""
    exact = list(_exact_links(known))
    if not exact and not known.identity.bases and (line := named_base(known.identity, registry)):
        yield Link(id=line, relation="finetune", how="inferred", source=_NAME)
    families = {_family_of(link.id, registry) for link in exact}
    for base in known.identity.bases:
        if base.id in families or _is_own_line(known.identity, base.id, registry):
            continue
        yield Link(id=base.id, relation=_relation(known, base, registry), how="declared", source="registry")
    yield from exact


def _is_own_line(identity: Identity, base: str, registry: Registry) -> bool:
    """Whether a family named as base is the same lab's wider line of this one (`qwen2.5` of `qwen2.5-3b`)."""
    own, wider = identity.family, registry.families.get(base)
    return own is not None and wider is not None and own.lab == wider.lab and own.id.startswith(base)


def _relation(known: Known, base: BaseLink, registry: Registry) -> str:
    """A re-uploader's copy of its own lab's family is a conversion, whatever the family records say."""
    identity, family = known.identity, registry.families.get(base.id)
    if identity.distributor and identity.lab and family and family.lab == identity.lab.id:
        return "quantized" if identity.suffix else "conversion"
    return base.relation


def parents_to_ask(known: Known) -> Iterator[str]:
    """Declared parents that are ids of Hub repositories."""
    return (link.id for link in _exact_links(known) if link.id.count("/") == 1)


def _exact_links(known: Known) -> Iterator[Link]:
    identity, record = known.identity, known.declared
    for base, relation in record.bases if record else ():
        usual = "quantized" if identity.suffix else "finetune"
        yield Link(id=base, relation=relation or usual, how="declared", source=known.hub_source)
    if identity.base_id:
        yield Link(id=identity.base_id, relation=identity.base_relation, how="inferred", source=_NAME)


def _family_of(model_id: str, registry: Registry) -> str:
    family = registry.identify(model_id).family
    return family.id if family else ""


def _parent(model_id: str, registry: Registry, records: Records) -> Known:
    record = records.get(model_id)
    family = registry.families.get(model_id)
    if family is None:
        return Known(written=model_id, identity=registry.identify(model_id), record=record)
    lab, licence = registry.lab(family.lab), registry.licence(family.licence, family.modality)
    identity = Identity(
        written=model_id, id=model_id, name=family.name, match="family", family=family, lab=lab, licence=licence,
        licence_verified=family.verified, modality=family.modality,
        bases=(BaseLink(id=family.base, relation="finetune"),) if family.base else (),
    )  # fmt: skip
    return Known(written=model_id, identity=identity)


def _ancestor(link: Link, parent: Known, registry: Registry) -> Ancestor:
    return Ancestor(
        id=parent.identity.id or link.id,
        relation=link.relation,
        how=link.how,
        lab=parent.identity.lab,
        licence=_licence(parent, registry),
        source=link.source,
    )


def _licence(parent: Known, registry: Registry) -> Licence | None:
    """The curated licence of an ancestor, else the declared one."""
    if parent.identity.licence is not None:
        return parent.identity.licence
    return licence_of_tags(parent.declared, registry) if parent.declared else None


def roots(steps: tuple[Step, ...]) -> tuple[Lab, ...]:
    """The labs behind the ancestors of which no parent is known, each once, nearest first."""
    labs = (step.ancestor.lab for step in steps if step.is_root)
    return tuple({lab.id: lab for lab in labs if lab}.values())
