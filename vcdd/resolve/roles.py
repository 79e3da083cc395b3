"""Who stands behind a set of weights, in three roles that are never mixed up.

Written precedence for `Model.lab`, the lab answerable for this checkpoint:

1. the lab that the registry has for the checkpoint, its family or its organisation. Where the weights are a fine-tune,
   merge or distillation of another lab's, that lab is the MODIFIER and the base's lab the ORIGINATOR among `developers`
   (DeepSeek-R1-Distill-Llama-8B: modifier DeepSeek, originator Meta);
2. a copy's (quantisation, conversion) is that of what it is a copy of;
3. where nobody is on record for it, the originator: the one lab behind the roots of the declared lineage, or of the line
   of models that the repository's name gives away (`named_bases.py`);
4. else None (a merge of two labs' weights by an unknown hand is neither's).

Whoever uploaded the file is never the originator by having done so, and the uploader's country is nobody else's.
Quantising and converting are the work of a DISTRIBUTOR and change neither lab nor originator.
"""

from __future__ import annotations

from collections.abc import Iterator

from vcdd.core.fact import unknown
from vcdd.core.model import Developer, Lab, Role
from vcdd.registry.registry import Registry
from vcdd.resolve.known import Known
from vcdd.resolve.lineage import MODIFYING, Step, roots

_COPYING = frozenset({"quantized", "conversion"})


def lab_of(known: Known, steps: tuple[Step, ...]) -> Lab | None:
    """The lab answerable for this checkpoint, by the precedence above."""
    origins = roots(_real(steps))
    return known.identity.lab or _copied(steps) or (origins[0] if len(origins) == 1 else None)


def _copied(steps: tuple[Step, ...]) -> Lab | None:
    """The lab of the one model that this is a copy of; None for what is no copy."""
    parents = [step.ancestor for step in steps if step.depth == 1]
    return parents[0].lab if len(parents) == 1 and parents[0].relation in _COPYING else None


def developers_of(known: Known, steps: tuple[Step, ...], registry: Registry) -> tuple[Developer, ...]:
    """Originators, then modifiers from the base upwards, then distributors; each lab once in each role."""
    checkpoint = known.identity.checkpoint
    if checkpoint and checkpoint.developers:
        stated = ((registry.lab(link.lab), link.role) for link in checkpoint.developers)
        named = [Developer(lab=lab, role=role) for lab, role in stated if lab]
    else:
        named = list(_by_lineage(known, _real(steps)))
    named += [Developer(lab=lab, role=Role.DISTRIBUTOR) for lab in _distributors(known, steps)]
    unique = {(developer.role, developer.lab.id): developer for developer in named}
    return tuple(sorted(unique.values(), key=lambda developer: tuple(Role).index(developer.role)))


def uploader(known: Known) -> Lab | None:
    """The Hub organisation as it names itself, its country unknown; None for ids without one."""
    name = known.identity.id.partition("/")[0] if known.identity.id.count("/") == 1 else ""
    if not name:
        return None
    return Lab(id=f"hub:{name}", name=name, country=unknown("nobody has recorded who this Hub account is"))


def _by_lineage(known: Known, steps: tuple[Step, ...]) -> Iterator[Developer]:
    own = known.identity.lab
    is_modified = any(step.ancestor.relation in MODIFYING for step in steps)
    origins = roots(steps) if is_modified or own is None else (own,)
    made = {lab.id for lab in origins}
    yield from (Developer(lab=lab, role=Role.ORIGINATOR) for lab in origins)
    if not is_modified:
        return
    between = [step.ancestor.lab for step in reversed(steps) if not step.is_root]
    for lab in (*between, own or _unknown_modifier(known, steps)):
        if lab and lab.id not in made:
            yield Developer(lab=lab, role=Role.MODIFIER)


def _unknown_modifier(known: Known, steps: tuple[Step, ...]) -> Lab | None:
    """The uploader, where the step from the nearest ancestor to this model changed the weights.

    A re-uploader on record changed nothing: whoever did is not known.
    """
    if known.identity.distributor:
        return None
    return uploader(known) if any(s.depth == 1 and s.ancestor.relation in MODIFYING for s in steps) else None


def _distributors(known: Known, steps: tuple[Step, ...]) -> Iterator[Lab]:
    if known.identity.distributor:
        yield known.identity.distributor
        return
    copies = any(step.depth == 1 and step.ancestor.relation in _COPYING for step in steps)
    account = uploader(known)
    if copies and account and known.identity.lab is None:
        yield account


def _real(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Without resemblances of shape: what a model is merely consistent with made nobody its originator."""
    return tuple(step for step in steps if step.ancestor.relation != "consistent-with")
