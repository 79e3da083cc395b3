"""What to ask the founders, as a page to send or a sheet to fill in."""

from __future__ import annotations

from vcdd.core.report import Report
from vcdd.render.csv_table import table
from vcdd.render.markdown import code, escape, prose
from vcdd.render.plain import ID_LIMIT, clean, iso


def questions_markdown(report: Report) -> str:
    """Numbered questions, in the order of the report, each with why it is open and room for an answer."""
    lines = [f"# Questions for the founders: {escape(clean(report.target.name, 120))}", ""]
    lines += [f"From a reading of the code on {iso(report.scanned_at)}. The code alone cannot answer these.", ""]
    if not report.questions:
        lines += ["No question is open from the code alone.", ""]
    for number, question in enumerate(report.questions, 1):
        if question.standing and (number == 1 or not report.questions[number - 2].standing):
            lines += ["## Asked of every company", ""]
        about = f" (about {code(clean(question.model, ID_LIMIT))})" if question.model else ""
        lines += [f"{number}. **{prose(question.text)}** ({escape(question.id)}){about}", ""]
        lines += [f"   Open because: {prose(question.why)}", "", "   Answer:", ""]
    return "\n".join(lines).rstrip() + "\n"


def questions_csv(report: Report) -> str:
    """The same as a sheet with empty columns for answer, owner and date."""
    header = ("id", "question", "open because", "model", "answer", "owner", "date")
    return table([header, *((q.id, q.text, q.why, q.model, "", "", "") for q in report.questions)])
