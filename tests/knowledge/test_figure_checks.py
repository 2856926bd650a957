"""Figures: their units, whether they stand in the text, contradict each other, and disagree as the list says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.checking import check_knowledge
from knowledge.errors import KnowledgeError, Problem
from knowledge.figure_checks import TextNumbers
from knowledge.loading import load_knowledge
from knowledge.model import Difference
from small_knowledge import ARTICLE, ARTICLE_FILE, HERE, Broken, break_file, marked_line, write_knowledge

TODAY = date(2026, 1, 28)
DISAGREEMENTS = "disagreements.yaml"
LAST_PASSAGE = "  - id: p2\n"
OTHER_PASSAGE = """\
  - id: p3
    kind: summary
    text:
      fr: "Le ministère donne 27 milliards de dirhams pour 2023."
      ar: "تعطي الوزارة 27 مليار درهم لسنة 2023."
      en: "The ministry gives 27 billion dirhams for 2023."
    figures:
      - metric: export_revenue
        value: 27000000000
        unit: MAD
        period: {start: "2023-01-01", end: "2023-12-31", basis: stated}
        status: actual
"""
CONTRADICTING = ARTICLE.replace(LAST_PASSAGE, OTHER_PASSAGE + LAST_PASSAGE)
"""The article with a second value for its one metric and period."""
DISAGREEMENT = """\
exports-2023:
  figures:
    - {passage: "exports-2024#p1", metric: export_revenue, value: 26200000000}
    - {passage: "exports-2024#p3", metric: export_revenue, value: 27000000000}
  note: {fr: "26,2 et 27 milliards.", ar: "26,2 و27 مليار.", en: "26.2 and 27 billion."}
  differs: [source]
  reason: null
"""


def check(folder: Path, changed: dict[str, str] | None = None) -> tuple[Problem, ...]:
    return check_knowledge(load_knowledge(write_knowledge(folder, changed)), TODAY)


# Units and values.


@pytest.mark.parametrize("currency", ["EUR", "USD"])
def test_an_amount_stands_in_the_currency_of_its_source(tmp_path: Path, currency: str) -> None:
    assert check(tmp_path, break_file(ARTICLE_FILE, "unit: MAD", f"unit: {currency}")) == ()


@pytest.mark.parametrize("unit", ["jobs", "percent", "count"])
def test_an_amount_stands_in_no_other_unit(tmp_path: Path, unit: str) -> None:
    changed = break_file(ARTICLE_FILE, "unit: MAD", f"unit: {unit} {HERE}")
    (problem,) = check(tmp_path, changed)
    assert (problem.field, problem.line) == ("passages[0].figures[0].unit", marked_line(changed[ARTICLE_FILE]))
    assert problem.message == f"is {unit}, but export_revenue is counted in MAD."


def test_a_currency_is_no_unit_of_what_is_counted(tmp_path: Path) -> None:
    (problem,) = check(tmp_path, break_file(ARTICLE_FILE, "metric: export_revenue", "metric: jobs"))
    assert problem.message == "is MAD, but jobs is counted in jobs."


def test_a_fall_is_negative_and_stands_in_the_text_without_its_sign(tmp_path: Path) -> None:
    assert check(tmp_path, break_file(ARTICLE_FILE, "value: 26200000000", "value: -26200000000")) == ()


@pytest.mark.parametrize(
    ("text", "value", "held"),
    [
        ("17,9 milliards", "17900000000", True),
        ("le 2e rang", "2", True),
        ("deux ans plus tard", "2", True),
        ("قبل سنتين", "2", True),
        ("وثلاثة بلدان", "3", True),
        ("5G", "5", False),
        ("vingt", "20", False),
    ],
)
def test_a_text_holds_its_numbers_in_digits_and_the_small_ones_in_words(text: str, value: str, held: bool) -> None:
    assert (Decimal(value) in TextNumbers.of(text)) is held


# Contradictions within an article.


def test_two_values_for_one_metric_and_period_of_an_article_contradict_each_other(tmp_path: Path) -> None:
    text = CONTRADICTING.replace("value: 27000000000", f"value: 27000000000 {HERE}")
    (problem,) = check(tmp_path, {ARTICLE_FILE: text})
    assert (problem.file, problem.field) == (ARTICLE_FILE, "passages[1].figures[0].value")
    assert problem.line == marked_line(text)
    assert problem.message == "is 2.7e+10, but the article also gives 2.62e+10 for the same metric and period."
    assert problem.fix == "correct one, or add both to disagreements.yaml."


def test_a_contradiction_that_a_disagreement_tells_of_is_none(tmp_path: Path) -> None:
    assert check(tmp_path, {ARTICLE_FILE: CONTRADICTING, DISAGREEMENTS: DISAGREEMENT}) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            'period: {start: "2023-01-01", end: "2023-12-31", basis: stated}',
            'period: {start: "2023-01-01", end: "2023-06-30", basis: stated}',
            id="another period",
        ),
        pytest.param(
            'period: {start: "2023-01-01", end: "2023-12-31", basis: stated}',
            "period: {start: null, end: null, basis: unknown}",
            id="no period",
        ),
        pytest.param(f"status: actual\n{LAST_PASSAGE}", f"status: target\n{LAST_PASSAGE}", id="a target"),
        pytest.param(
            f"status: actual\n{LAST_PASSAGE}", f"status: actual\n        entity: ministry\n{LAST_PASSAGE}", id="a part"
        ),
        pytest.param(
            f"status: actual\n{LAST_PASSAGE}",
            f"status: actual\n        bound: range_high\n{LAST_PASSAGE}",
            id="a range",
        ),
        pytest.param("value: 27000000000\n        unit: MAD", "value: 27000000000\n        unit: EUR", id="a currency"),
    ],
)
def test_values_of_different_things_do_not_contradict_each_other(tmp_path: Path, old: str, new: str) -> None:
    assert CONTRADICTING.count(old) == 1
    assert check(tmp_path, {ARTICLE_FILE: CONTRADICTING.replace(old, new)}) == ()


# Disagreements.


def test_a_folder_may_lack_disagreements(tmp_path: Path) -> None:
    knowledge = load_knowledge(write_knowledge(tmp_path))
    assert knowledge.corpus.disagreements == {}
    assert check_knowledge(knowledge, TODAY) == ()


def test_a_disagreement_is_loaded_with_what_differs(tmp_path: Path) -> None:
    changed = {ARTICLE_FILE: CONTRADICTING, DISAGREEMENTS: DISAGREEMENT}
    corpus = load_knowledge(write_knowledge(tmp_path / "with", changed)).corpus
    (disagreement,) = corpus.disagreements.values()
    assert [figure.value for figure in disagreement.figures] == [26_200_000_000, 27_000_000_000]
    assert (disagreement.differs, disagreement.reason) == ((Difference.SOURCE,), None)


def broken_disagreement(old: str, new: str) -> dict[str, str]:
    """The contradicting article with a disagreement that is broken at one line."""
    assert DISAGREEMENT.count(old) == 1
    return {ARTICLE_FILE: CONTRADICTING, DISAGREEMENTS: DISAGREEMENT.replace(old, f"{new} {HERE}")}


@pytest.mark.parametrize(
    ("new", "field", "message", "fix"),
    [
        pytest.param(
            '- {passage: "exports-2024#p9", metric: export_revenue, value: 26200000000}',
            "exports-2023.figures[0].passage",
            "'exports-2024#p9' is no known passage.",
            "correct it, or add it to articles/.",
            id="a passage that is not there",
        ),
        pytest.param(
            '- {passage: "exports-2024#p1", metric: export_revenue, value: 26300000000}',
            "exports-2023.figures[0].value",
            "exports-2024#p1 has no figure export_revenue of 2.63e+10.",
            "name a figure as its article gives it.",
            id="a value that the passage does not give",
        ),
        pytest.param(
            '- {passage: "exports-2024#p1", metric: jobs, value: 26200000000}',
            "exports-2023.figures[0].value",
            "exports-2024#p1 has no figure jobs of 2.62e+10.",
            "name a figure as its article gives it.",
            id="a metric that the passage does not give",
        ),
    ],
)
def test_a_disagreement_about_a_figure_that_is_not_there_is_named(
    tmp_path: Path, new: str, field: str, message: str, fix: str
) -> None:
    changed = broken_disagreement('- {passage: "exports-2024#p1", metric: export_revenue, value: 26200000000}', new)
    (problem,) = check(tmp_path, changed)
    assert (problem.file, problem.line) == (DISAGREEMENTS, marked_line(changed[DISAGREEMENTS]))
    assert (problem.field, problem.message, problem.fix) == (field, message, fix)


@pytest.mark.parametrize(
    ("old", "new", "field", "message"),
    [
        pytest.param(
            "  differs: [source]", "  differs: [mood]", "exports-2023.differs[0]", "'source'", id="unknown difference"
        ),
        pytest.param("  reason: null", '  reason: "because"', "exports-2023.reason", "valid dict", id="one language"),
        pytest.param(
            '- {passage: "exports-2024#p1", metric: export_revenue, value: 26200000000}',
            '- {passage: "exports-2024", metric: export_revenue, value: 26200000000}',
            "exports-2023.figures[0].passage",
            "match pattern",
            id="an article instead of a passage",
        ),
    ],
)
def test_a_disagreement_of_another_form_does_not_load(
    tmp_path: Path, old: str, new: str, field: str, message: str
) -> None:
    changed = broken_disagreement(old, new)
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(write_knowledge(tmp_path, changed))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (DISAGREEMENTS, marked_line(changed[DISAGREEMENTS]))
    assert problem.field == field
    assert message in problem.message


# What a metric refers to.


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(Broken(
            "metrics.yaml", "  topic: exports\n  related:", f"  topic: imports {HERE}\n  related:",
            "export_revenue.topic", "'imports' is no known topic", "topics.yaml"), id="a known topic",
        ),
        pytest.param(Broken(
            "metrics.yaml", "  topic: exports\n  related:", f"  topic: exports\n  growth: growth {HERE}\n  related:",
            "export_revenue.growth", "'growth' is no known metric", "metrics.yaml"), id="a known metric of growth",
        ),
    ],
)  # fmt: skip
def test_what_a_metric_refers_to_is_known(tmp_path: Path, broken: Broken) -> None:
    changed = broken.files()
    (problem,) = check(tmp_path, changed)
    assert (problem.file, problem.field, problem.line) == (
        "metrics.yaml",
        broken.field,
        marked_line(changed["metrics.yaml"]),
    )
    assert broken.message in problem.message
    assert broken.fix in problem.fix
