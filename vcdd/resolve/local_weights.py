"""Weights that lie in the target: a model for each folder or file, with the base it declares or resembles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from posixpath import basename, dirname
from typing import Any

from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.fact import Fact, unknown
from vcdd.core.location import Location
from vcdd.core.model import Ancestor, Developer, Lab, Licence, Model, ModelUse, Role
from vcdd.core.reference import Reference, ReferenceKind
from vcdd.core.route import Route, RouteKind
from vcdd.core.shape import WeightsShape
from vcdd.registry.registry import Registry
from vcdd.resolve.local_bases import bases_of, numbers_of
from vcdd.resolve.tags import strictness

_FOLDER_KINDS = frozenset({"config", "adapter", "model-index"})
"""Files that speak for the folder they lie in; a `.gguf` or `.safetensors` file beside one belongs to it."""
_AREAS: tuple[tuple[Evidence, frozenset[str]], ...] = (
    (Evidence.TEST, frozenset({"test", "tests", "fixtures", "testdata", "__tests__"})),
    (Evidence.MENTION, frozenset({"docs", "doc", "examples", "example"})),
)


def local_uses(
    shapes: Iterable[WeightsShape], references: Sequence[Reference], registry: Registry
) -> tuple[ModelUse, ...]:
    """One use per folder or file of weights, sorted by path, with every reference that names that path, the strongest first.

    Weights nobody refers to are there to be shipped: `deployed`, unless they lie among tests or documents.
    """
    uses = []
    for path, group in sorted(_by_home(tuple(shapes)).items()):
        named = (reference for reference in references if _names(reference.written, path))
        found = tuple(sorted(named, key=lambda reference: reference.evidence.rank)) or (_presence(path, group),)
        route = Route(kind=RouteKind.SELF_HOSTED, why="weights in the target")
        uses.append(ModelUse(model=local_model(path, group, registry), route=route, references=found))
    return tuple(uses)


def local_model(path: str, shapes: Sequence[WeightsShape], registry: Registry) -> Model:
    """The model at `path`. Who made it is unknown unless a file declares its base: a resemblance is never proof."""
    lineage = tuple({(a.id, a.relation): a for shape in shapes for a in bases_of(shape, registry)}.values())
    declared = [item for item in lineage if item.how == "declared"]
    origin = next((item.lab for item in declared if item.lab), None)
    licence, licence_fact = _licence(shapes, declared, registry)
    return Model(
        id=f"local:{path}",
        name=next((shape.name for shape in shapes if shape.name), basename(path)),
        lab=origin,
        developers=(Developer(lab=origin, role=Role.ORIGINATOR),) if origin else (),
        licence=licence,
        lineage=lineage,
        match="shape" if lineage else "none",
        parameters=max((shape.parameters for shape in shapes if shape.parameters), default=None),
        facts={"licence": licence_fact, **_facts(path, shapes, lineage, origin)},
    )


def _by_home(shapes: tuple[WeightsShape, ...]) -> Mapping[str, list[WeightsShape]]:
    """Shapes by the folder that a configuration speaks for, or by their own file; a root folder goes by its file."""
    folders = {dirname(shape.path) for shape in shapes if shape.kind in _FOLDER_KINDS} - {""}
    homes: dict[str, list[WeightsShape]] = {}
    for shape in sorted(shapes, key=lambda item: (item.kind not in _FOLDER_KINDS, item.path)):
        folder = dirname(shape.path)
        homes.setdefault(folder if folder in folders else shape.path, []).append(shape)
    return homes


def _names(written: str, path: str) -> bool:
    """Whether a string in the target is this path, as code writes it."""
    plain = written.removeprefix("./").rstrip("/")
    return bool(plain) and (plain == path or (path.endswith(f"/{plain}") and "/" in plain))


def _presence(path: str, shapes: Sequence[WeightsShape]) -> Reference:
    """The reference that the files themselves are."""
    parts = set(path.lower().split("/"))
    evidence = next((found for found, names in _AREAS if parts & names), Evidence.DEPLOYED)
    return Reference(
        written=path,
        kind=ReferenceKind.WEIGHT_FILE,
        evidence=evidence,
        location=Location(path=shapes[0].path, line=0, column=0),
        way="file",
        detector=shapes[0].kind,
        confidence=Confidence.MEDIUM,
    )


def _licence(
    shapes: Sequence[WeightsShape], declared: Sequence[Ancestor], registry: Registry
) -> tuple[Licence | None, Fact[str]]:
    """What a header states or the declared base carries, whichever is stricter."""
    stated = [(registry.licence_for_tag(shape.licence), shape.path) for shape in shapes if shape.licence]
    carried = [(item.licence, item.source) for item in declared]
    known = [(licence, source) for licence, source in (*stated, *carried) if licence is not None]
    if not known:
        return None, unknown("no file in the target states a licence for these weights", source="the target")
    licence, source = max(known, key=lambda pair: strictness(pair[0]))
    return licence, Fact(value=licence.id, source=source, checked=licence.checked, confidence=Confidence.MEDIUM)


def _facts(
    path: str, shapes: Sequence[WeightsShape], lineage: Sequence[Ancestor], origin: Lab | None
) -> dict[str, Fact[Any]]:
    found: dict[str, Fact[Any]] = {
        "weights": unknown("these weights lie in the target; whether they are published is not known", source=path),
        "country": origin.country if origin else unknown("the originator is not known", source=path),
        "lab": unknown("no file in the target says who trained these weights", source=path),
    }
    if origin:
        note = "the lab of the base that a file in the target declares"
        found["lab"] = Fact(value=origin.name, source=path, confidence=Confidence.MEDIUM, note=note)
    numbers = [text for shape in shapes if (text := numbers_of(shape))]
    if numbers:
        found["shape"] = Fact(value=numbers[0], source=shapes[0].path)
    if lineage:
        inferred = [item for item in lineage if item.how == "inferred"]
        found["base"] = Fact(
            value=tuple(item.id for item in lineage),
            source="; ".join(sorted({item.source for item in lineage})),
            confidence=Confidence.MEDIUM,
            note="consistent with, not proof" if inferred else "",
        )
    return found
