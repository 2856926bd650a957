"""One broken rule at a time: the editor gets the file, the line, the field and the fix."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.checking import check_knowledge
from knowledge.errors import Problem
from knowledge.loading import load_knowledge
from small_knowledge import ARTICLE, ARTICLE_FILE, HERE, Broken, break_file, marked_line, write_knowledge

TODAY = date(2026, 1, 28)


def check(folder: Path, changed: dict[str, str] | None = None) -> tuple[Problem, ...]:
    return check_knowledge(load_knowledge(write_knowledge(folder, changed)), TODAY)


def test_a_folder_that_keeps_every_rule_has_no_problem(tmp_path: Path) -> None:
    assert check(tmp_path) == ()


AR = '      ar: "بلغت صادرات ترحيل الخدمات 26,2 مليار درهم سنة 2023."\n'
EN = '      en: "Offshoring exported 26.2 billion dirhams in 2023."\n'
TITLE = 'title: "Les exportations de l\'offshoring"\n'
FIGURE = "passages[0].figures[0]"


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(Broken(
            ARTICLE_FILE, "id: exports-2024\n" + TITLE, f"id: exports-2024 {HERE}\ntitle: null\n", "label",
            "is missing, and the title is null", "fr, ar, en"), id="no title, so a label of ours",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, 'published: "2024-05"\ndate_basis: "printed on the page"\n',
            f"published: null\ndate_basis: null {HERE}\n", "date_basis",
            "is missing for an undated article", "say why"), id="no date, so the reason",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, 'published: "2024-05"', f'published: "2024-13" {HERE}', "published",
            "no date of the calendar", "null"), id="a publication date of the calendar",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, 'published: "2024-05"', f'published: "2026-01-30" {HERE}', "published",
            "2026-01-30 is not plausible: expected 1956 to 2026-01-29", "null"), id="not published in the future",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, 'published: "2024-05"', f'published: "1924" {HERE}', "published",
            "1924 is not plausible", "null"), id="not published before any source of ours",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, "about: null", f'about: "2051" {HERE}', "about",
            "2051 is not plausible", "null"), id="a plausible subject date",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, "  - exports\n", f"  - export {HERE}\n", "topics[0]",
            "'export' is no known topic", "add it to topics.yaml"), id="a known topic",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, '      fr: "« Nous formons des jeunes », a dit la ministre."\n',
            f'      fr: "« Oui », a-t-elle dit."\n      en: "“Yes”, she said." {HERE}\n', "passages[1].text.en",
            "is a translation of a verbatim passage", "a quote stays in its language"), id="no translated quote",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, EN, EN.replace("2023.", "2023. One. Two. Three.").replace("\n", f" {HERE}\n"),
            "passages[0].text.en", "has 4 sentences, at most 3", "split"), id="three sentences at most",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, AR, AR.replace("سنة 2023", "").replace("\n", f" {HERE}\n"), "passages[0].text.ar",
            "lacks 2023, which another language", "same numbers"), id="the same numbers in every language",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, "    said_by: ministry\n    entities", f"    said_by: nobody {HERE}\n    entities",
            "passages[0].said_by", "'nobody' is no known entity", "entities.yaml"), id="a known speaker",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, "      - ministry\n", f"      - nobody {HERE}\n", "passages[0].entities[0]",
            "'nobody' is no known entity", "entities.yaml"), id="a known entity",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, "- metric: export_revenue", f"- metric: exports {HERE}", f"{FIGURE}.metric",
            "'exports' is no known metric", "metrics.yaml"), id="a known metric",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, "        unit: MAD\n", f"        unit: jobs {HERE}\n", f"{FIGURE}.unit",
            "is jobs, but export_revenue is counted in MAD", "convert"), id="the metric's unit",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, "        said_by: ministry\n", f"        said_by: nobody {HERE}\n", f"{FIGURE}.said_by",
            "'nobody' is no known entity", "entities.yaml"), id="a known speaker of a figure",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, '          start: "2023-01-01"\n', f'          start: "2023-02-29" {HERE}\n',
            f"{FIGURE}.period.start", "no date of the calendar", "null"), id="a period of the calendar",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, '          end: "2023-12-31"\n', f'          end: "2223-12-31" {HERE}\n',
            f"{FIGURE}.period.end", "not plausible", "null"), id="a plausible period",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, '        period:\n          start: "2023-01-01"\n          end: "2023-12-31"\n',
            f'        period: {HERE}\n          start: "2023-12-31"\n          end: "2022"\n', f"{FIGURE}.period",
            "ends before it starts", "exchange"), id="a period that runs forwards",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, '        period:\n          start: "2023-01-01"\n          end: "2023-12-31"\n',
            f'        period: {HERE}\n          start: "2023-12-31"\n          end: "2023-06"\n',
            f"{FIGURE}.period", "ends before it starts", "exchange"), id="a period that runs forwards within a year",
        ),
        pytest.param(Broken(
            "metrics.yaml", "    - jobs\n", f"    - employment {HERE}\n", "export_revenue.related[0]",
            "'employment' is no known metric", "metrics.yaml"), id="a known related metric",
        ),
        pytest.param(Broken(
            "metrics.yaml", "  kind: stock\n", f'  aliases: {{en: ["export receipts"]}} {HERE}\n  kind: stock\n',
            "jobs.aliases", "claimed by export_revenue and jobs", "leave it to one"), id="one owner for a name",
        ),
        pytest.param(Broken(
            "entities.yaml", "  roles:\n", f'  aliases: {{fr: ["ministere"]}} {HERE}\n  roles:\n',
            "minister.aliases", "claimed by ministry and minister", "leave it to one"), id="one owner in any spelling",
        ),
        pytest.param(Broken(
            "entities.yaml", "      article: exports-2024\n", f"      article: exports-2023 {HERE}\n",
            "minister.roles[0].article", "'exports-2023' is no known article", "articles/"), id="a role's article",
        ),
        pytest.param(Broken(
            "entities.yaml", 'as_of: "2024-05"', f'as_of: "2024-15" {HERE}', "minister.roles[0].as_of",
            "no date of the calendar", "null"), id="a role's date",
        ),
    ],
)  # fmt: skip
def test_a_broken_rule_is_named_with_file_line_field_and_fix(tmp_path: Path, broken: Broken) -> None:
    changed = broken.files()
    (problem,) = check(tmp_path, changed)
    assert (problem.file, problem.field) == (broken.name, broken.field)
    assert problem.line == marked_line(changed[broken.name])
    assert broken.message in problem.message
    assert broken.fix in problem.fix


def test_an_article_is_named_after_its_file(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path)
    (folder / ARTICLE_FILE).rename(folder / "articles/exports.yaml")
    (problem,) = check_knowledge(load_knowledge(folder), TODAY)
    assert str(problem) == (
        "articles/exports.yaml:1: id: is not the file's name articles/exports.yaml. Fix: rename the file or the id."
    )


def test_a_missing_language_is_reported_once_at_the_text_of_its_passage(tmp_path: Path) -> None:
    (problem,) = check(tmp_path, break_file(ARTICLE_FILE, EN, ""))
    assert (problem.field, problem.message) == ("passages[0].text.en", "is missing.")
    assert problem.fix == "write the passage in en."
    assert ARTICLE.splitlines()[problem.line - 1] == "    text:"


def test_a_quote_in_another_language_lacks_the_sources(tmp_path: Path) -> None:
    old = '      fr: "« Nous formons des jeunes », a dit la ministre."\n'
    problems = check(tmp_path, break_file(ARTICLE_FILE, old, '      en: "Yes."\n'))
    assert [problem.field for problem in problems] == ["passages[1].text.fr", "passages[1].text.en"]


def test_a_passage_id_given_twice_is_reported_at_both_places(tmp_path: Path) -> None:
    problems = check(tmp_path, break_file(ARTICLE_FILE, "  - id: p2\n", "  - id: p1\n"))
    lines = ARTICLE.splitlines()
    assert [problem.field for problem in problems] == ["passages[0].id", "passages[1].id"]
    assert [lines[problem.line - 1].strip()[:7] for problem in problems] == ["- id: p", "- id: p"]
    assert problems[0].line != problems[1].line


def test_a_figure_must_stand_in_each_language_of_its_passage(tmp_path: Path) -> None:
    changed = break_file(ARTICLE_FILE, "value: 26200000000", f"value: 26300000000 {HERE}")
    problems = check(tmp_path, changed)
    assert {problem.line for problem in problems} == {marked_line(changed[ARTICLE_FILE])}
    assert {problem.field for problem in problems} == {f"{FIGURE}.value"}
    assert [language in problem.message for problem, language in zip(problems, ["ar", "en", "fr"], strict=True)]


def test_a_small_number_may_be_spelled_out(tmp_path: Path) -> None:
    text = (
        ARTICLE.replace("en 2023.", "en 2023, au 2e rang.")
        .replace("سنة 2023.", "سنة 2023، في الرتبة الثانية.")
        .replace("in 2023.", "in 2023, second in rank.")
    )
    assert check(tmp_path, {ARTICLE_FILE: text}) == ()
    lacking = text.replace("second in rank", "high in rank")
    assert [problem.field for problem in check(tmp_path, {ARTICLE_FILE: lacking})] == ["passages[0].text.en"]


def test_numbers_may_be_written_as_each_language_writes_them(tmp_path: Path) -> None:
    text = (
        ARTICLE.replace("en 2023.", "en 2023, avec 148 500 emplois.")
        .replace("سنة 2023.", "سنة 2023، مع ١٤٨٬٥٠٠ منصب شغل.")
        .replace("in 2023.", "in 2023, with 148,500 jobs.")
    )
    assert check(tmp_path, {ARTICLE_FILE: text}) == ()


@pytest.mark.parametrize("published", ["2026-01-29", "1956", "2026", "2026-01"])
def test_a_date_at_the_edge_of_the_plausible_passes(tmp_path: Path, published: str) -> None:
    """A day of grace, for an article from the other side of the date line."""
    changed = break_file(ARTICLE_FILE, 'published: "2024-05"', f'published: "{published}"')
    assert check(tmp_path, changed) == ()


def test_a_period_within_one_month_or_one_year_passes(tmp_path: Path) -> None:
    old = '          start: "2023-01-01"\n          end: "2023-12-31"\n'
    changed = break_file(ARTICLE_FILE, old, '          start: "2023-05-31"\n          end: "2023"\n')
    assert check(tmp_path, changed) == ()


def test_problems_come_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    changed = {
        **break_file("entities.yaml", "      article: exports-2024\n", "      article: nothing\n"),
        ARTICLE_FILE: ARTICLE.replace("  - exports\n", "  - none\n").replace("      - ministry\n", "      - nobody\n"),
    }
    problems = check(tmp_path, changed)
    assert [(problem.file, problem.field) for problem in problems] == [
        (ARTICLE_FILE, "topics[0]"),
        (ARTICLE_FILE, "passages[0].entities[0]"),
        ("entities.yaml", "minister.roles[0].article"),
    ]
