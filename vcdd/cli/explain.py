"""`vcdd explain`: a rule's documentation, a finding's facts, or why a reference was judged as it was."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from vcdd.cli import options
from vcdd.errors import UsageError

_RULE = re.compile(r"[A-Za-z]\d{3}\Z")
_PLACE = re.compile(r".+:\d+\Z")


def explain(
    subject: Annotated[
        str,
        typer.Argument(
            metavar="RULE|FINGERPRINT|PATH:LINE", help="A rule id or name, a finding, or a place in the target."
        ),
    ],
    target: Annotated[
        str, typer.Argument(metavar="[TARGET]", help="The target or saved report the finding or place is in.")
    ] = "",
    config: options.Config = None,
    policy: options.Policy = None,
) -> None:
    """Explain a rule, a finding of a target, or the references on a line of it.

    \b
    Examples:
      vcdd explain L101
      vcdd explain src/llm.py:14 ./pitch-repo
    """
    from vcdd.cli.lookup import settings_from  # noqa: PLC0415
    from vcdd.cli.output import print_text  # noqa: PLC0415 -- slow import
    from vcdd.cli.scanning import report_of  # noqa: PLC0415
    from vcdd.rules.explain import explain_finding, explain_rule  # noqa: PLC0415

    if not target:
        if _PLACE.match(subject):
            raise UsageError("a place needs its target", help=f"vcdd explain {subject} TARGET")
        explanation = explain_rule(subject)
    else:
        report = report_of(target, settings_from(config, {"offline": True, "policy": policy}), quiet=True)
        if _PLACE.match(subject):
            from vcdd.cli.placing import explain_place  # noqa: PLC0415

            explanation = explain_place(report, subject)
        else:
            explanation = explain_rule(subject) if _RULE.match(subject) else explain_finding(report, subject)
    print_text(_text(explanation))


def _text(explanation: object) -> str:
    from vcdd.cli.console import plain  # noqa: PLC0415 -- slow import

    lines = [plain(explanation.title), ""]  # type: ignore[attr-defined]
    for heading, rows in explanation.sections:  # type: ignore[attr-defined]
        lines.append(plain(heading))
        lines += [f"  {plain(row)}" for row in rows]
        lines.append("")
    return "\n".join(lines)
