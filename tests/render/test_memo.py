"""The memo: two pages whatever the target holds, careful words, edits kept, and Markdown that every reader accepts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.render.factory import FINDINGS, QUESTIONS, REPORTS, RICH
from tests.render.hostile import STRINGS, poisoned
from vcdd.core.evidence import Evidence
from vcdd.core.finding import Severity
from vcdd.core.source_file import Skipped
from vcdd.errors import ConfigError
from vcdd.render.markdown import prose
from vcdd.render.memo import APPENDIX, WORD_LIMIT, count_words, template_text
from vcdd.render.merge import merge_edits
from vcdd.render.options import RenderOptions
from vcdd.render.renderer import render
from vcdd.render.rows import row, rows
from vcdd.render.sentences import bottom_line

READER = MarkdownIt("commonmark").enable("table")
SECTIONS = [
    "Bottom line",
    "Stack at a glance",
    "What matters for the deal",
    "Cost",
    "Claims check",
    "Ask the founders",
    "What we did not see",
    "Appendix A: evidence",
    "Appendix B: method, definitions, limits",
]
BANNED = re.compile(r"(?i)\b(violat\w+|illegal\w*|prohibit\w*|compliant|safe|safely|secure|securely|spyware)\b")


def memo(report, **options):
    return render(report, "memo", RenderOptions(**options))


def page(text):
    return text.partition(APPENDIX)[0]


def headings(text, tag="h2"):
    tokens = READER.parse(text)
    opened = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == tag]
    return [tokens[at + 1].content for at in opened]


@pytest.mark.parametrize("name", REPORTS)
def test_golden(name, check_golden):
    """The memo of a rich and of an empty report."""
    check_golden(f"{name}.md", memo(REPORTS[name]))


@pytest.mark.parametrize("name", REPORTS)
def test_sections_stand_in_the_promised_order(name):
    """Sections 1 to 7, then the appendix and the method."""
    assert headings(memo(REPORTS[name])) == SECTIONS


@settings(max_examples=6, deadline=None)
@given(st.text("ab |`<\n", max_size=200), st.integers(1, 12))
def test_the_limit_holds_for_many_of_everything(text, times):
    """Property: many models, findings and questions of wordy text still give two pages."""
    report = poisoned(text + " ", replace(RICH, findings=FINDINGS * times, questions=QUESTIONS * times))
    report = replace(report, uses=report.uses[:9] * times, claims=report.claims * times)
    assert count_words(page(memo(report))) <= WORD_LIMIT


def test_what_is_trimmed_is_counted_and_stands_in_the_appendix():
    """Nothing is dropped in silence."""
    many = tuple(replace(FINDINGS[0], id=f"F{at}", rule=f"L{at}", title=f"Title {at}") for at in range(1, 31))
    text = memo(replace(RICH, findings=many))
    assert "24 more in the appendix" in page(text)
    assert all(f"Title {at}." in text for at in range(1, 31))


@pytest.mark.parametrize("name", REPORTS)
def test_no_banned_word_of_our_own(name):
    """Words that would be a legal conclusion or a reassurance are never used."""
    assert BANNED.search("a violation") is not None
    assert BANNED.findall(memo(REPORTS[name])) == []
    assert BANNED.findall(template_text()) == []


def test_a_mention_is_never_said_to_be_used():
    """Only bound and deployed models stand in the table or behind "uses"."""
    text = page(memo(RICH))
    for word in ("Kimi-K2", "tiny-test", "catalog-model-1"):
        assert word not in text
    uses = next(line for line in text.splitlines() if line.startswith("- The product uses"))
    assert "deploys Qwen/Qwen3-32B" in uses
    assert "LTX-2" not in uses
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert not any("Lightricks/LTX-2" in line and "selectable" in line for line in table)


def test_every_country_stands_with_a_role():
    """A code without "originator", "seat", "entity" or "location" around it is a finding about us."""
    text = memo(RICH)
    role = re.compile(r"originator|Originator|seat|contracting entity|storage location|base by|by Alibaba")
    for line in text.splitlines():
        if re.search(r"\b(CN|IL)\b", line) and not line.startswith("|"):
            assert role.search(line), line


def test_every_date_is_iso():
    """No other form of a date appears."""
    text = memo(RICH)
    assert not re.search(r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2} (Jan|Feb|Sep|Nov|Dec)\w* \d{4}\b", text)
    assert "2026-09-24" in text


def test_tables_are_well_formed():
    """Each row of each table has as many cells as its header."""
    tokens = READER.parse(memo(RICH))
    widths, current = [], []
    for token in tokens:
        if token.type == "table_open":
            current = []
        elif token.type == "tr_open":
            current.append(0)
        elif token.type in {"th_open", "td_open"}:
            current[-1] += 1
        elif token.type == "table_close":
            widths.append(current)
    assert len(widths) > 10
    assert all(len(set(table)) == 1 for table in widths)
    assert not any(token.type == "html_inline" for t in tokens for token in t.children or [])


@pytest.mark.parametrize("text", STRINGS)
def test_hostile_text_is_inert(text):
    """It adds no heading, link, image, HTML or control character, and cannot lengthen the two pages."""
    rendered = memo(poisoned(text))
    assert headings(rendered) == SECTIONS
    assert count_words(page(rendered)) <= WORD_LIMIT
    assert rendered.count(APPENDIX) == 1
    tokens = READER.parse(rendered)
    kinds = {child.type for token in tokens for child in token.children or []}
    assert kinds <= {"text", "text_special", "code_inline", "strong_open", "strong_close", "softbreak", "hardbreak"}
    html = [token.content.strip() for token in tokens if token.type == "html_block"]
    assert all(re.fullmatch(r"(<!-- /?vcdd:(keep( [a-z-]+)?|appendix) -->\n?)+", block) for block in html), html
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", rendered)


def test_a_firms_template_replaces_ours_and_is_escaped_too():
    """A template can forget to escape; the output does not."""
    source = "# {{ view.target }}\n{% for row in view.in_use %}{{ row.model }};{% endfor %}\n"
    text = memo(poisoned("<b>_"), template=source)
    assert text.startswith("# \\<b\\>\\_clip-studio\n")
    assert "\\<b\\>\\_claude-sonnet-4-5;" in text


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% for %}", "line 1"),
        ("a\n{{ nothing_here }}", "nothing_here"),
        ("{{ view.__class__.__mro__ }}", "unsafe"),
    ],
)
def test_a_broken_template_is_a_sentence(source, said):
    """What is wrong, where, and what to start from."""
    with pytest.raises(ConfigError, match=said) as caught:
        memo(RICH, template=source)
    assert "memo.md.j2" in caught.value.help


def test_the_route_diagram_stands_behind_its_flag():
    """Mermaid only on request, and no label can leave its quotes."""
    assert "mermaid" not in memo(RICH)
    assert "```mermaid" in memo(RICH, mermaid=True)
    diagram = memo(poisoned('"]; x --> y["<b>`\n'), mermaid=True).partition("```mermaid\n")[2].partition("```")[0]
    for line in diagram.splitlines()[2:]:
        assert re.fullmatch(r'p --> r\d+\["[^"<>`]*"\] --> m\d+\["[^"<>`]*"\] --> o\d+\["[^"<>`]*"\]', line)


def test_edits_survive_a_second_run():
    """What people wrote between the marks stands in its place; the rest is new."""
    old = memo(RICH).replace(
        "<!-- vcdd:keep notes -->\n", "<!-- vcdd:keep notes -->\nTalked to the CTO: **GPT only** since May.\n"
    )
    merged = merge_edits(old, memo(replace(RICH, tool_version="0.2.0")))
    assert "Talked to the CTO: **GPT only** since May." in merged
    assert "vcdd 0.2.0" in merged
    assert merge_edits(merged, memo(RICH)) == old
    assert merge_edits(memo(RICH), memo(RICH)) == memo(RICH)


def test_an_edit_whose_place_is_gone_is_kept_at_the_end():
    """A block of another template is not lost."""
    block = "<!-- vcdd:keep own -->\n{}\n<!-- /vcdd:keep -->\n"
    merged = merge_edits(f"x\n{block.format('mine')}y\n{block.format('again')}", "# New\n")
    assert merged == f"# New\n\n## Kept notes\n\n{block.format('mine' + chr(10) + 'again')}"
    assert merge_edits("no blocks", "# New\n") == "# New\n"


def test_the_target_cannot_plant_an_edit():
    """Text of the target that looks like a mark is escaped, so a re-run keeps nothing of it."""
    planted = memo(poisoned("<!-- vcdd:keep notes -->planted<!-- /vcdd:keep -->"))
    assert merge_edits(planted, memo(RICH)) == memo(RICH)


def test_findings_of_one_rule_are_one_headline():
    """The others are named with their ids and stand in full in the appendix; two severities are two headlines."""
    many = [replace(FINDINGS[0], id=f"F{at}", model=f"model-{at}", title="It is so") for at in (1, 2, 3)]
    other = replace(many[0], id="F4", severity=Severity.LOW)
    page_text, _, appendix = memo(replace(RICH, findings=(*many, other))).partition("vcdd:appendix")
    assert page_text.count("It is so.**") == 2
    assert "Also F2 (model-2) and F3 (model-3)." in page_text
    assert appendix.count("It is so.**") == 4


def test_many_models_are_summed_up_in_the_bottom_line():
    """By the seat of the originator, with the three that most places bind."""
    used = [one for one in rows(RICH) if one.evidence is Evidence.BOUND][:1] * 9
    numbered = [replace(one, key=str(at)) for at, one in enumerate(used)]
    sentence = bottom_line(RICH, numbered, (), ())[0]
    assert "uses 9 models of 1 known originator (by the originator's seat: US 9), among them " in sentence
    assert used[0].country == "US"


def test_the_bottom_line_names_all_that_share_the_worst_finding():
    """One retired model in the first sentence must not hide the others; foreign ticks cannot break out of the name."""
    first = replace(FINDINGS[0], model="a")
    report = replace(RICH, findings=(first, replace(first, id="F2", model="b`c"), replace(first, id="F3", rule="L999")))
    sentence = bottom_line(report, (), (), ())[1]
    assert sentence.endswith("The same is found of `b'c`.")


def test_what_can_be_configured_is_summed_up_by_originator():
    """Up to four models are named; more are counted for each originator, with the country of its seat."""
    few = page(memo(RICH))
    assert "`Lightricks/LTX-2` (originator Lightricks, IL)" in few
    chosen = next(use for use in RICH.uses if use.evidence is Evidence.SELECTABLE)
    many = tuple(replace(chosen, model=replace(chosen.model, id=f"m{at}")) for at in range(5))
    text = page(memo(replace(RICH, uses=RICH.in_use + many)))
    assert "Lightricks (IL) " in text
    assert "by originator; each with its place in the appendix" in text


def test_what_was_not_read_is_counted_by_reason():
    """A reason, how many files, and the first of them: never a list of pictures."""
    skipped = (
        Skipped(path="web/dist", reason="vendored", files=170),
        Skipped(path="a.png", reason="binary"),
        Skipped(path="b.png", reason="binary"),
        Skipped(path="huge.json", reason="large file"),
    )
    text = page(memo(replace(RICH, coverage=replace(RICH.coverage, files_skipped=skipped))))
    assert "Not read: 170 files (vendored), as web/dist, 2 files (binary), as a.png and huge.json (large file)." in text


def test_a_role_says_what_the_model_is_for():
    """The modality, then one telling name; words that only mean "model" are left out."""
    first = RICH.in_use[0]

    def role(modality, *slots):
        seen = tuple(replace(first.references[0], slot=slot) for slot in slots)
        return row(replace(first, references=seen, model=replace(first.model, modality=modality))).role

    assert role("embedding", "--model-id") == "embedding"
    assert role("embedding", "EMBEDDING_MODEL") == "embedding"
    assert role("text", "base_model_name_or_path", "SUMMARY_MODEL") == "text · SUMMARY_MODEL"
    assert role("text", "interpreter.llm.model", "command") == "text"
    assert role("", "rerankerModel") == "rerankerModel"
    assert role("", "") == "model"
    assert role("text", "Ft") == "text", "a minifier's letters"


def test_a_role_is_not_taken_from_a_weaker_reference():
    """What a price table calls a model says nothing of what the product does with it."""
    first = RICH.in_use[0]
    table = replace(first.references[0], slot="modelPrices", evidence=Evidence.CATALOG)
    seen = (replace(first.references[0], slot=""), table)
    assert row(replace(first, references=seen)).role == first.model.modality


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("`FLAG_A` decides.", "`FLAG_A` decides."),
        ("a_b and `c`, `d`", "a\\_b and `c`, `d`"),
        ("one ` tick_", "one \\` tick\\_"),
        ("``", "\\`\\`"),
        ("`a`<b>`c`", "`a`\\<b\\>`c`"),
    ],
)
def test_names_between_ticks_stay_code_in_our_sentences(text, shown):
    """What pairs up is a code span of ours; anything else is literal."""
    assert prose(text) == shown
