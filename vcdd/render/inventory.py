"""The part of a report that an inventory (a bill of materials) may list, and how its entries are named.

A component of a bill of materials is a claim that the product contains or calls it. So models in use are required,
those that can be configured optional, those of tests excluded (CycloneDX's word for "documented, not at run time"), and
what is only listed or mentioned is counted and not listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid5

from vcdd.core.evidence import Evidence
from vcdd.core.model import Lab, Licence, Model, ModelUse, Weights
from vcdd.core.report import Report
from vcdd.core.route import Provider
from vcdd.values import dataclass

SCOPES = {
    Evidence.BOUND: "required",
    Evidence.DEPLOYED: "required",
    Evidence.SELECTABLE: "optional",
    Evidence.DEPENDENCY: "optional",
    Evidence.TEST: "excluded",
}
"""CycloneDX scope by evidence class; the classes that are missing here are not components."""

_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[\w.-]{1,96}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One model with its uses, strongest evidence first."""

    model: Model
    uses: tuple[ModelUse, ...]

    @property
    def evidence(self) -> Evidence:
        """The strongest class over all routes."""
        return min((use.evidence for use in self.uses), key=lambda e: e.rank)

    @property
    def scope(self) -> str:
        """`required`, `optional`, `excluded`, or empty for what is no component."""
        return SCOPES.get(self.evidence, "")

    @property
    def providers(self) -> tuple[Provider, ...]:
        """Who serves it, in the report's order, each once."""
        return tuple({p.id: p for use in self.uses if (p := use.route.provider)}.values())


def items(report: Report) -> tuple[Item, ...]:
    """The models that are components, in the report's order."""
    groups: dict[str, list[ModelUse]] = {}
    for use in report.uses:
        groups.setdefault(use.model.id, []).append(use)
    found = (Item(model=uses[0].model, uses=tuple(uses)) for uses in groups.values())
    return tuple(item for item in found if item.scope)


def left_out(report: Report) -> int:
    """How many models are only listed or mentioned."""
    return len({use.model.id for use in report.uses}) - len(items(report))


def hub_url(model: Model) -> str:
    """Where open weights are published; empty unless the id has the form of a Hub repository."""
    if model.weights is not Weights.OPEN or not _HUB_ID.fullmatch(model.id):
        return ""
    return f"https://huggingface.co/{model.id}"


def package_url(model: Model) -> str:
    """The purl of open weights on the Hub (type `huggingface`: name keeps its case); empty for others."""
    if not hub_url(model):
        return ""
    owner, _, name = model.id.partition("/")
    return f"pkg:huggingface/{quote(owner, safe='.-_~')}/{quote(name, safe='.-_~')}"


def web_url(text: str) -> str:
    """The text when it is an http(s) address without odd characters, else empty: no other scheme is ever written."""
    return text if re.fullmatch(r"https?://[\w.-]+(?::\d+)?(?:/[\w./~%+,;=&?#@-]*)?", text, re.ASCII) else ""


def spdx_id(licence: Licence) -> str:
    """The id when SPDX's own list has it, else empty; such a licence goes by its name."""
    return licence.spdx if licence.spdx in _spdx_ids() else ""


@cache
def _spdx_ids() -> frozenset[str]:
    """SPDX licence list 3.28, the one inside the CycloneDX schemas of `tests/schemas`."""
    text = resources.files("vcdd.render").joinpath("schema", "spdx-licence-ids.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def content_id(*parts: str) -> UUID:
    """The same id for the same parts, on every machine."""
    return uuid5(
        uuid5(NAMESPACE_URL, "urn:vcdd"), "\x1f".join(part.encode("utf-8", "replace").decode() for part in parts)
    )


def lab_country(lab: Lab | None) -> str:
    """ISO code of the lab's seat, or empty."""
    return (lab.country.value or "") if lab else ""


def properties(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """CycloneDX properties under our namespace, without those that are empty."""
    return [{"name": f"vcdd:{name}", "value": value} for name, value in pairs if value]
