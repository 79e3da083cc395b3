"""The base that a file of weights declares, names, or merely resembles."""

from __future__ import annotations

from collections.abc import Iterator

from vcdd.core.model import Ancestor
from vcdd.core.shape import WeightsShape
from vcdd.registry.identity import Identity
from vcdd.registry.registry import Registry
from vcdd.resolve.fingerprint import consistent_with

_HUB_PAGE = "https://huggingface.co/"
_ORIGINS = frozenset({"exact", "family"})


def bases_of(shape: WeightsShape, registry: Registry) -> tuple[Ancestor, ...]:
    """Declared base first, then what the file's own name and its shape are consistent with, each id once.

    A resemblance to the lab of the declared base adds nothing and is left out. An adapter's `target_modules` fit too
    many networks to say anything.
    """
    declared = tuple(_declared(shape, registry))
    labs = {item.lab.id for item in declared if item.lab}
    hinted = tuple(_by_name(shape, registry)) or tuple(_by_shape(shape, registry))
    return declared + tuple(item for item in hinted if item.lab is None or item.lab.id not in labs)


def numbers_of(shape: WeightsShape) -> str:
    """The numbers that a fingerprint rests on, in words; empty where there are none."""
    parts = (
        (shape.model_type or shape.architecture, "{}"),
        (shape.vocab_size, "vocabulary {}"),
        (shape.hidden_size, "width {}"),
        (shape.layers, "{} layers"),
        (shape.heads, "{} heads"),
        (shape.kv_heads, "{} key-value heads"),
    )
    return ", ".join(words.format(value) for value, words in parts if value) if shape.vocab_size else ""


def _declared(shape: WeightsShape, registry: Registry) -> Iterator[Ancestor]:
    """A Hub id, a Hub page, or a path whose last part names the base."""
    written = shape.declared_base.strip().removeprefix(_HUB_PAGE).strip("/")
    if not written:
        return
    relation = "adapter" if shape.kind == "adapter" else "quantized" if shape.kind == "gguf" else "finetune"
    is_path = written.count("/") != 1 or shape.declared_base.startswith(("/", ".", "~"))
    identity = _of_path(written, registry) if is_path else registry.identify(written, library="transformers")
    yield _ancestor(identity, relation=relation, how="declared", source=f"{shape.path} declares {shape.declared_base}")


def _of_path(path: str, registry: Registry) -> Identity:
    """The id at the end of a path: `org/name` where the organisation is on record, else the last part."""
    parts = path.replace("\\", "/").rstrip("/").split("/")
    pair = registry.identify("/".join(parts[-2:]), library="transformers")
    if len(parts) > 1 and pair.lab is not None:
        return pair
    alone = registry.identify(parts[-1], library="transformers")
    return alone if alone.match in _ORIGINS else Identity(written=path, id=parts[-1])


def _by_name(shape: WeightsShape, registry: Registry) -> Iterator[Ancestor]:
    """`_name_or_path` and `general.name`: where the weights came from, or merely what somebody called them."""
    name = _last(shape.name) if shape.name.startswith(("/", ".", "~")) else shape.name
    identity = registry.identify(name.strip().replace(" ", "-"), library="transformers")
    if name and identity.match in _ORIGINS and identity.lab is not None:
        source = f"{shape.path} names itself {shape.name}"
        yield _ancestor(identity, relation="consistent-with", how="inferred", source=source)


def _by_shape(shape: WeightsShape, registry: Registry) -> Iterator[Ancestor]:
    match = consistent_with(shape)
    if match is None:
        return
    lab = registry.lab(match.lab)
    nearest = match.checkpoints[0] if match.checkpoints else match.lab
    identity = registry.identify(nearest)
    others = f", also {', '.join(match.checkpoints[1:])}" if match.checkpoints[1:] else ""
    yield Ancestor(
        id=nearest,
        relation="consistent-with",
        how="inferred",
        lab=lab,
        licence=identity.licence if identity.lab and identity.lab.id == match.lab else None,
        source=f"{shape.path} is consistent with it by {match.basis} ({numbers_of(shape)}){others}",
    )


def _ancestor(identity: Identity, *, relation: str, how: str, source: str) -> Ancestor:
    return Ancestor(
        id=identity.id, relation=relation, how=how, lab=identity.lab, licence=identity.licence, source=source
    )


def _last(path: str) -> str:
    return path.rstrip("/").replace("\\", "/").rpartition("/")[2]
