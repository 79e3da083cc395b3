"""From JSON v1 back to a report, strictly: a file that does not fit the schema is refused with the place in it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from vcdd.core.report import Report
from vcdd.errors import TargetError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_HELP = "Give a report that `vcdd scan --format json` wrote, or scan the target again."


def from_json(text: str) -> Report:
    """The report that `to_json` wrote. Raises TargetError when the text is not one, or not of version 1."""
    from pydantic import ValidationError  # noqa: PLC0415 -- slow import

    from vcdd.render.json_schema import ReportDocument  # noqa: PLC0415 -- slow import: pydantic

    try:
        document = ReportDocument.model_validate_json(text).model_dump()
        return _adapter().validate_python(_report(document))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the file"
        raise TargetError(f"not a vcdd report of version 1: {where}: {first['msg']}", help=_HELP) from None


@cache
def _adapter() -> TypeAdapter[Report]:
    """Built once: that takes longer than reading a small report, and a portfolio reads many."""
    from pydantic import TypeAdapter  # noqa: PLC0415 -- slow import

    return TypeAdapter(Report)


def looks_like_report(text: str) -> bool:
    """Whether the start of a JSON text is that of a vcdd report of any version; cheap and never raises."""
    return '"schema_version"' in text[:200] and '"vcdd"' in text[:400]


def _report(document: dict[str, Any]) -> dict[str, Any]:
    uses = [use for model in document["models"] for use in _uses(model)]
    uses.sort(key=lambda pair: pair[0])
    references = [_reference(part) for part in document["other_references"]]
    references += [reference for _, use in uses for reference in use["references"]]
    return {
        "tool_version": document["tool"]["version"],
        "uses": [use for _, use in uses],
        "references": _in_order(references),
        "findings": [_finding(part) for part in document["findings"]],
        "outcome": _outcome(document["policy"]),
        "costs": {**document["cost_summary"], "costs": document["costs"]},
        "questions": [{**part, "model": part["model"] or ""} for part in document["questions"]],
        **{name: document[name] for name in _SAME},
    }


_SAME = (
    "registry",
    "target",
    "scanned_at",
    "offline",
    "coverage",
    "unresolved",
    "observations",
    "claims",
    "attestations",
    "sent_to_hub",
    "warnings",
)


def _uses(part: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    model = _model(part)
    uses = []
    for index, route in enumerate(part["routes"]):
        references = [_reference(reference) for reference in part["references"] if reference["route"] == index]
        uses.append((route["order"], {"model": model, "route": _route(route), "references": references}))
    return uses


def _model(part: dict[str, Any]) -> dict[str, Any]:
    dropped = ("asked", "evidence", "routes", "references")
    model = {name: value for name, value in part.items() if name not in dropped}
    return {
        **model,
        **{name: part[name] or "" for name in ("family", "modality", "peer_group")},
        "lab": _lab(part["lab"]),
        "developers": [{"lab": _lab(item["record"]), "role": item["role"]} for item in part["developers"]],
        "lineage": [_ancestor(item) for item in part["lineage"]],
        "facts": {name: {**fact, "value": _frozen(fact["value"])} for name, fact in part["facts"].items()},
    }


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _lab(part: dict[str, Any] | None) -> dict[str, Any] | None:
    if part is None:
        return None
    kept = {name: part[name] for name in ("id", "name", "parent", "list_entries")}
    return {**kept, "country": part["country_fact"], "parent_country": part["parent_country_fact"]}


def _ancestor(part: dict[str, Any]) -> dict[str, Any]:
    kept = {name: part[name] for name in ("id", "relation", "how", "licence", "source")}
    return {**kept, "lab": _lab(part["record"])}


def _route(part: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": part["kind"],
        "provider": part["record"],
        "host": part["host"] or "",
        "storage": part["storage_fact"],
        "storage_country": part["storage_country_fact"],
        "why": part["why"],
        "open_symbol": part["open_symbol"],
    }


def _reference(part: dict[str, Any]) -> dict[str, Any]:
    place = ("path", "line", "column", "snippet")
    kept = {name: value for name, value in part.items() if name not in (*place, "route")}
    return {**kept, "location": {name: part[name] for name in place}}


def _in_order(references: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By place, each once: a reference that two routes share stands in both."""

    def place(reference: dict[str, Any]) -> tuple[str, int, int, str]:
        at = reference["location"]
        return (at["path"], at["line"], at["column"], reference["written"])

    ordered: list[dict[str, Any]] = []
    for reference in sorted(references, key=place):
        if not ordered or reference != ordered[-1]:
            ordered.append(reference)
    return ordered


def _finding(part: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in part.items() if name != "message"}
    return {**kept, "model": part["model"] or ""}


def _outcome(part: dict[str, Any] | None) -> dict[str, Any] | None:
    if part is None:
        return None
    kept = {name: part[name] for name in ("version", "incomplete", "explicit", "decisions")}
    return {**kept, "policy": part["name"], "action": part["outcome"], "context": list(part["context"].items())}
