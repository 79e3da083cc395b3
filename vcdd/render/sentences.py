"""Sentences about a report as a whole. The verb of a sentence about a model is that of its evidence class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.finding import Attestation, Decision, Finding, Severity
from vcdd.core.report import RegistryInfo, Report, Unresolved
from vcdd.core.source_file import Coverage, Skipped
from vcdd.render.plain import ID_LIMIT, clean, clip_words, count, iso, listed, place
from vcdd.render.rows import Row, distinct
from vcdd.render.words import UNKNOWN

_UNRESOLVED_KINDS = {
    "model-from-outside": "The model comes from outside the target",
    "endpoint-from-outside": "The endpoint comes from outside the target",
    "unknown-id": "No record knows the id",
}


def registry(info: RegistryInfo) -> str:
    """Version, date of the newest check, and the firm's overlays."""
    newest = f", newest check {iso(info.newest_check)}" if info.newest_check else ""
    overlays = f", with {listed((clean(name, 40) for name in info.overlays), 3)}" if info.overlays else ""
    return f"{clean(info.version, 40)}{newest}{overlays}"


def coverage(seen: Coverage) -> str:
    """The denominator, always."""
    if not seen.files_total:
        return "no file was there to read"
    skipped = seen.files_total - seen.files_read
    tail = f"; {count(skipped, 'file was', 'files were')} not read{_or_wholly(seen)}" if skipped else ""
    least, end = ("at least ", "; reading ended early") if seen.cut else ("", "")
    return f"{seen.files_read:,} of {least}{count(seen.files_total, 'file')} read{tail}{end}"


def _or_wholly(seen: Coverage) -> str:
    """Some of the files that are not among those read were read in part."""
    return ", or not to the end" if seen.files_in_part else ""


def network(report: Report) -> str:
    """Whether the Hub was asked, and for how many ids."""
    if report.offline:
        return "offline"
    return f"online, {count(len(report.sent_to_hub), 'id')} sent to the Hub"


def bottom_line(
    report: Report, used: Sequence[Row], configurable: Sequence[Row], named: Sequence[Row]
) -> tuple[str, ...]:
    """At most five sentences: what it runs on, what else, the one thing that matters, what is open, the outcome."""
    found = (_runs_on(used), _what_else(configurable, named), _what_matters(report), _open(report), outcome(report))
    return tuple(sentence for sentence in found if sentence)


def _runs_on(used: Sequence[Row]) -> str:
    if not used:
        return "Nothing that was read uses or deploys a model."
    parts = []
    for evidence in (Evidence.BOUND, Evidence.DEPLOYED):
        rows = distinct([row for row in used if row.evidence is evidence])
        if rows:
            parts.append(f"{evidence.verb} {_models(rows)}")
    return f"The product {('; it ' if ';' in parts[0] else ' and ').join(parts)}."


def _models(rows: Sequence[Row]) -> str:
    """Few are named; of many, their originators' seats and the most prominent three."""
    if len(rows) <= 4:
        return listed(_with_origin(row) for row in rows)
    counts = Counter(row.country.removeprefix("country ") for row in rows).most_common()
    counts.sort(key=lambda pair: pair[0] == UNKNOWN)
    seats = listed((f"{country} {number:,}" for country, number in counts), 5)
    labs = len({row.lab for row in rows if row.lab != UNKNOWN})
    return (
        f"{len(rows):,} models of {count(labs, 'known originator')} (by the originator's seat: {seats}), among them "
        f"{listed(_with_origin(row) for row in rows[:3])}"
    )


def _with_origin(row: Row) -> str:
    if row.lab == UNKNOWN:
        base = f"; {row.bases[0].partition(' (')[0]}" if row.bases else ""
        return f"{row.model} (originator unknown{base})"
    sure = ", not confirmed" if row.doubt else ""
    return f"{row.model} (originator {row.lab}, {row.country}{sure})"


def _what_else(configurable: Sequence[Row], named: Sequence[Row]) -> str:
    parts = []
    for evidence in (Evidence.SELECTABLE, Evidence.DEPENDENCY):
        number = len(distinct([row for row in configurable if row.evidence is evidence]))
        if number:
            parts.append(f"{evidence.verb} {count(number, 'further model')}")
    if named:
        parts.append(f"only lists, tests or mentions {len(distinct(named)):,} more")
    return f"It {listed(parts)}." if parts else ""


def _what_matters(report: Report) -> str:
    """The worst finding that is not an open question and not mere information."""
    graded = [f for f in report.findings if f.is_active and f.severity not in (Severity.INFO, Severity.OPEN)]
    if not graded:
        return ""
    worst: Finding = min(graded, key=lambda f: f.severity.rank)
    place_words = f" ({place(worst.locations[0].path, worst.locations[0].line)})" if worst.locations else ""
    title = clean(worst.title).rstrip(".")
    fact = clip_words(clean(worst.fact).rstrip("."), 30)
    others = listed(dict.fromkeys(_named(f.model) for f in graded if _is_like(f, worst) and f.model), 3)
    also = f" The same is found of {others}." if others else ""
    return f"What matters most: {title[:1].lower()}{title[1:]}. {fact}{place_words}.{also}"


def _is_like(other: Finding, worst: Finding) -> bool:
    """Whether another finding is of the same rule and severity about another model."""
    return (other.rule, other.severity) == (worst.rule, worst.severity) and other.model != worst.model


def _named(text: str, limit: int = ID_LIMIT) -> str:
    """A name of the target between ticks, which each format shows as code; none of its own stays."""
    return f"`{clean(text, limit).replace('`', chr(39))}`"


def _open(report: Report) -> str:
    outside = [u for u in report.unresolved if u.kind != "unknown-id"]
    unknown = [u for u in report.unresolved if u.kind == "unknown-id"]
    parts = []
    if outside:
        names = list(dict.fromkeys(_named(u.subject, 40) for u in outside))
        parts.append(f"{listed(names, 3)} {'is' if len(names) == 1 else 'are'} set outside the target")
    if unknown:
        parts.append(f"no record knows {listed((_named(u.subject) for u in unknown), 2)}")
    skipped = report.coverage.files_total - report.coverage.files_read
    if skipped > 0:
        parts.append(f"{count(skipped, 'file was', 'files were')} not read{_or_wholly(report.coverage)}")
    if report.coverage.cut:
        parts.append("reading ended early")
    if not parts:
        return "No call that was read leaves its model or its endpoint open."
    return f"Not known from the target: {'; '.join(parts)}."


def outcome(report: Report) -> str:
    """What the firm's policy says and why, or that no policy was applied."""
    said = report.outcome
    if said is None:
        return "No policy was applied."
    decisions = [decision for decision in said.decisions if not decision.excepted_by]
    why = ""
    if decisions:
        first = decisions[0]
        reason = clip_words(clean(first.reason).rstrip("."), 25)
        why = f", because of {clean(first.subject, 80)} (rule {clean(first.rule, 40)}: {reason})"
        if first.rule.startswith("gate:"):  # a gate is about the whole reading; its subject is its own name
            why = f", at the gate {clean(first.rule.removeprefix('gate:'), 40).replace('_', ' ')}: {reason}"
    gap = "; the reading is incomplete" if said.incomplete else ""
    return f"Policy {clean(f'{said.policy} {said.version}', 60)}: {said.action.value.upper()}{why}{gap}."


def attestation(stated: Attestation) -> tuple[str, str, str, str, str]:
    """Slot, attested model, by whom and when, observed models, state."""
    observed = listed(stated.observed, 3) or "nothing observed"
    state = f"expired {iso(stated.expires)}" if stated.expired else f"until {iso(stated.expires)}"
    return stated.slot, stated.model, f"{stated.by}, {iso(stated.on)}", observed, state


def decision(made: Decision) -> tuple[str, str, str, str, str]:
    """Action, rule, subject, reason, and who owns or excepts it."""
    owner = f"excepted by {made.excepted_by}" if made.excepted_by else made.owner
    return made.action.value, made.rule, made.subject, made.reason, owner


def unresolved(open_: Unresolved) -> tuple[str, str, str, str]:
    """Kind in words, subject, first place, why."""
    first = place(open_.locations[0].path, open_.locations[0].line) if open_.locations else ""
    return _UNRESOLVED_KINDS.get(open_.kind, open_.kind), open_.subject, first, open_.why


def unseen(report: Report) -> tuple[str, ...]:
    """What stayed unread, unresolved, unanswered or unchecked; at most eight lines."""
    lines = [*_unread(report.coverage), *_unsettled(report), *_unchecked(report)]
    lines += [clip_words(clean(warning), 30) for warning in report.warnings[: max(0, 7 - len(lines))]]
    lines.append(
        "Outside any reading of files: deployment secrets, contracts, the running service, text inside images."
    )
    return tuple(lines[:8])


def _unread(seen: Coverage) -> list[str]:
    lines = []
    if seen.files_skipped:
        reasons: dict[str, list[Skipped]] = {}
        for row in seen.files_skipped:
            reasons.setdefault(clean(row.reason, 60), []).append(row)
        shown = [_not_read(reason, rows) for reason, rows in reasons.items()]
        lines.append(f"Not read: {listed(shown, 4)}.")
    if seen.parse_fallbacks:
        shown = list(dict.fromkeys(place(f.path, 0) for f in seen.parse_fallbacks))
        lines.append(f"Read by a weaker reader because their own failed: {listed(shown, 3)}.")
    return lines


def _not_read(reason: str, rows: Sequence[Skipped]) -> str:
    """`171 files (vendored; use --deep), as web/dist`: one reason, how many files, and the first of them."""
    files, first = sum(row.files for row in rows), place(rows[0].path, 0)
    if files > 1:
        return f"{files:,} files ({reason}), as {first}"
    return f"{first} ({reason})"


def _unsettled(report: Report) -> list[str]:
    lines = []
    for kind, lead in _UNRESOLVED_KINDS.items():
        of_kind = [u for u in report.unresolved if u.kind == kind]
        if of_kind:
            shown = (f"{clean(u.subject, 60)}{_at(u)}" for u in of_kind)
            lines.append(f"{lead}: {listed(shown, 4)}.")
    return lines


def _at(open_: Unresolved) -> str:
    return f" ({place(open_.locations[0].path, open_.locations[0].line)})" if open_.locations else ""


def _unchecked(report: Report) -> list[str]:
    """Facts about models in use that are unknown, and models with facts that nobody checked against their source."""
    unknown: dict[str, None] = {}
    unchecked: dict[str, None] = {}
    for use in report.in_use:
        name, facts = clean(use.model.id, 80), sorted(use.model.facts.items())
        missing = [clean(key, 40) for key, fact in facts if not fact.is_known]
        if missing:
            unknown[f"{listed(missing)} of {name}"] = None
        if any(fact.is_known and fact.confidence is Confidence.LOW for _, fact in facts):
            unchecked[name] = None
    more = f"; {len(unknown) - 3:,} more" if len(unknown) > 3 else ""
    lines = [f"Not known of models in use: {'; '.join(list(unknown)[:3])}{more}."] if unknown else []
    if unchecked:
        lines.append(f"On record but not read in its named source: facts of {listed(unchecked, 3)}.")
    return lines
