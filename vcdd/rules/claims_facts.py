"""What the code shows for each kind of statement about models, vendors, licences, hosting and cost."""

from __future__ import annotations

import re

from vcdd.core.model import LicenceClass, ModelUse
from vcdd.core.reference import ObservationKind
from vcdd.core.report import Report
from vcdd.core.route import RouteKind
from vcdd.rules.records import load_documents
from vcdd.rules.words import count, join_names
from vcdd.values import dataclass

OLDER = "The first explanation is that the text is older than the code."


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the code shows, in one sentence, and the status that follows."""

    shown: str
    status: str


def supported(sentence: str) -> Verdict:
    """The code agrees."""
    return Verdict(shown=sentence, status="supported")


def differs(sentence: str, status: str) -> Verdict:
    """The code does not agree, for which age is the first explanation."""
    return Verdict(shown=f"{sentence} {OLDER}", status=status)


def cannot_tell(sentence: str) -> Verdict:
    """The code is silent."""
    return Verdict(shown=sentence, status="cannot tell")


def own_model(_match: re.Match[str], _where: str, report: Report) -> Verdict | None:
    """Own weights or training code support it; a shape consistent with somebody's base qualifies it."""
    local = [use for use in report.in_use if use.model.id.startswith("local:")]
    bases = [step.id for use in local for step in use.model.lineage]
    if bases:
        return differs(f"Weights in the target are consistent with {join_names(bases)}.", "inconsistent")
    trained = [item for item in report.observations if item.kind is ObservationKind.FINE_TUNING]
    if local or trained:
        where = str(trained[0].location) if trained else join_names(use.model.id for use in local)
        return supported(f"Own weights or training code are there ({where}); how much is the company's is not shown.")
    if report.in_use:
        names = join_names(dict.fromkeys(use.model.id for use in report.in_use))
        return differs(f"Models in use are {names}; no own weights or training code were seen.", "not supported")
    return cannot_tell("No model in use was found in the target.")


def vendor(match: re.Match[str], _where: str, report: Report) -> Verdict | None:
    """A named vendor against who makes and who serves the models in use; None where the words name no vendor."""
    named = _vendor_named(match.group(0))
    if not named:
        return None
    in_use = [use for use in report.in_use if _is_by(use, named)]
    if in_use:
        return supported(f"In use: {join_names(dict.fromkeys(use.model.id for use in in_use))}.")
    optional = [use for use in report.uses if _is_by(use, named)]
    others = join_names(dict.fromkeys(use.model.id for use in report.in_use))
    if optional:
        names = join_names(dict.fromkeys(use.model.id for use in optional))
        rest = f"; in use are {others}" if report.in_use else ""
        return differs(f"{names} can be selected or is mentioned{rest}.", "stale" if report.in_use else "cannot tell")
    if report.in_use:
        return differs(f"No model of theirs was found; in use are {others}.", "not supported")
    return cannot_tell("No model in use was found in the target.")


def _vendor_named(words: str) -> frozenset[str]:
    """Lab and provider ids behind the vendor names in these words; word boundaries keep `meta` out of `metadata`."""
    table = load_documents()["claims"]["vendors"]
    found = (ids for name, ids in table.items() if re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE))
    return frozenset(ident for ids in found for ident in ids)


def _is_by(use: ModelUse, named: frozenset[str]) -> bool:
    lab = {use.model.lab.id} if use.model.lab else set()
    served = {use.route.provider.id} if use.route.provider else set()
    return bool((lab | served | {use.model.family}) & named)


def open_source(_match: re.Match[str], _where: str, report: Report) -> Verdict | None:
    """The words "open source" belong to licences of that class only."""
    if not report.in_use:
        return cannot_tell("No model in use was found in the target.")
    other = [use for use in report.in_use if _class(use) is not LicenceClass.OPEN_SOURCE]
    if not other:
        return supported("Every model in use is under an open-source licence.")
    unknown = [use for use in other if _class(use) is LicenceClass.UNKNOWN]
    if len(unknown) == len(other):
        return cannot_tell(f"The licence of {join_names(use.model.id for use in unknown)} is not known.")
    said = join_names(f"{use.model.id} ({_class(use).value})" for use in other if use not in unknown)
    return differs(f"In use with another licence: {said}.", "inconsistent")


def _class(use: ModelUse) -> LicenceClass:
    return use.model.licence.category if use.model.licence else LicenceClass.UNKNOWN


def on_premises(_match: re.Match[str], _where: str, report: Report) -> Verdict | None:
    """All models in use on own hardware support it; any served elsewhere does not."""
    if not report.in_use:
        return cannot_tell("No model in use was found in the target.")
    served = [use for use in report.in_use if use.route.kind not in (RouteKind.SELF_HOSTED, RouteKind.UNKNOWN)]
    if served:
        said = join_names(dict.fromkeys(f"{use.model.id} through {use.route.label}" for use in served))
        return differs(f"By default served elsewhere: {said}.", "inconsistent")
    unknown = [use for use in report.in_use if use.route.kind is RouteKind.UNKNOWN or use.route.open_symbol]
    if unknown:
        return cannot_tell(f"Who serves {join_names(use.model.id for use in unknown)} is set outside the target.")
    return supported(f"{count(len(report.in_use), 'use')} found, all by a local run time.")


def unit_cost(match: re.Match[str], where: str, report: Report) -> Verdict | None:
    """A cost that names a model which is not in use is stale; a cost alone cannot be checked without a volume."""
    in_use = {name for use in report.in_use for name in _names(use)}
    named = _models_named(match.string, where, report)
    other = sorted(name for name in named if name not in in_use)
    if other:
        now = join_names(dict.fromkeys(use.model.id for use in report.in_use))
        return differs(f"{join_names(other)} is not in use; in use are {now}.", "stale")
    return cannot_tell("A cost per action depends on tokens per action, which the code does not show.")


def _models_named(sentence: str, where: str, report: Report) -> set[str]:
    """Known ids that stand in the sentence, or that detection has seen on this very line of the target."""
    words = set(re.findall(r"[A-Za-z][A-Za-z0-9./:_-]{2,80}", sentence.lower()))
    words |= {word.rstrip(".:/-_") for word in words}
    known = {name for use in report.uses for name in _names(use)}
    here = {item.written.lower() for item in report.references if str(item.location) == where}
    return {name for name in known if name in words} | (here & known)


def _names(use: ModelUse) -> set[str]:
    return {use.model.id.lower(), use.model.name.lower(), *(item.written.lower() for item in use.references)}
