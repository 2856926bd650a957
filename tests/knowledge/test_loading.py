"""A knowledge folder becomes a Corpus, or every problem in it is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError, Problem
from knowledge.language import Language
from knowledge.loading import load_corpus, load_knowledge
from knowledge.model import FigureStatus, Unit
from small_knowledge import ARTICLE, ARTICLE_FILE, HERE, Broken, break_file, marked_line, write_knowledge


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(folder)
    return caught.value.problems


def test_a_folder_becomes_a_corpus(tmp_path: Path) -> None:
    corpus = load_corpus(write_knowledge(tmp_path))
    article, passage = corpus.passages["exports-2024#p1"]
    (figure,) = passage.figures
    assert article.published == "2024-05"
    assert (figure.value, figure.unit, figure.status) == (26_200_000_000, Unit.MAD, FigureStatus.ACTUAL)
    assert corpus.entities["minister"].roles[0].title.in_language(Language.EN) == "minister"
    assert corpus.metrics["jobs"].all_names == ("emplois", "مناصب الشغل", "jobs")
    assert list(corpus.topics) == ["exports"]


def test_every_language_of_every_passage_is_a_rendering(tmp_path: Path) -> None:
    renderings = load_corpus(write_knowledge(tmp_path)).renderings
    assert [(rendering.passage_id, rendering.language) for rendering in renderings] == [
        ("exports-2024#p1", Language.FR),
        ("exports-2024#p1", Language.AR),
        ("exports-2024#p1", Language.EN),
        ("exports-2024#p2", Language.FR),
    ]


def test_every_question_that_a_passage_answers_keeps_its_place(tmp_path: Path) -> None:
    said = "    questions:\n      fr: [Combien ?, Quand ?]\n      ar: [كم؟]\n    said_by: ministry\n    entities"
    changed = break_file(ARTICLE_FILE, "    said_by: ministry\n    entities", said)
    questions = load_corpus(write_knowledge(tmp_path, changed)).questions
    assert [(asked.passage_id, asked.language, asked.n, asked.text) for asked in questions] == [
        ("exports-2024#p1", Language.FR, 0, "Combien ?"),
        ("exports-2024#p1", Language.FR, 1, "Quand ?"),
        ("exports-2024#p1", Language.AR, 0, "كم؟"),
    ]


def test_a_file_is_kept_for_every_article_and_list(tmp_path: Path) -> None:
    files = load_knowledge(write_knowledge(tmp_path)).files
    assert {key: source.name for key, source in files.items()} == {
        "exports-2024": ARTICLE_FILE,
        "metrics.yaml": "metrics.yaml",
        "entities.yaml": "entities.yaml",
        "topics.yaml": "topics.yaml",
    }


def test_the_digest_changes_with_what_is_searched_and_with_nothing_else(tmp_path: Path) -> None:
    digest = load_corpus(write_knowledge(tmp_path / "one")).digest
    unsearched = {name: write_knowledge(tmp_path / name) for name in ("metrics.yaml", "entities.yaml", "topics.yaml")}
    for name, folder in unsearched.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("# A comment.\n")
        assert load_corpus(folder).digest == digest
    renamed = write_knowledge(tmp_path / "renamed")
    (renamed / ARTICLE_FILE).rename(renamed / "articles/other.yaml")
    assert load_corpus(renamed).digest == digest
    changed = write_knowledge(tmp_path / "changed")
    text = (changed / ARTICLE_FILE).read_text(encoding="utf-8")
    words = load_corpus(changed).renderings[0].text
    (changed / ARTICLE_FILE).write_text(text.replace(words, f"{words} More."), encoding="utf-8")
    assert load_corpus(changed).digest != digest


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(Broken(
            ARTICLE_FILE, "publisher: H24info", f"editor: me {HERE}\npublisher: H24info", "editor",
            "Extra inputs are not permitted", "remove the field, or correct its name"), id="unknown field",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, "        unit: MAD\n", f"        unit: dirhams {HERE}\n", "passages[0].figures[0].unit",
            "Input should be 'MAD'", "choose one of the values listed"), id="unknown unit",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, "value: 26200000000", f"value: 26,2 milliards {HERE}", "passages[0].figures[0].value",
            "valid number", "docs/editing.md"), id="a value in words",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, 'published: "2024-05"', f'published: "mai 2024" {HERE}', "published",
            "match pattern", "docs/editing.md"), id="a date in words",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, 'published: "2024-05"', f"published: 2024-05 {HERE}", "published",
            "date without quotation marks", 'write it as "YYYY-MM-DD"'), id="unquoted month",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, 'published: "2024-05"', f"published: 2024-05-31 {HERE}", "published",
            "date without quotation marks", 'write it as "YYYY-MM-DD"'), id="unquoted day",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, 'published: "2024-05"', f"published: 2024-02-31 {HERE}", "published",
            "date without quotation marks", 'write it as "YYYY-MM-DD"'), id="unquoted impossible day",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, "about: null", f"about: 2024-05 {HERE}", "about",
            "date without quotation marks", 'write it as "YYYY-MM-DD"'), id="unquoted subject date",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, 'start: "2023-01-01"', f"start: 2023-01-01 {HERE}", "passages[0].figures[0].period.start",
            "date without quotation marks", 'write it as "YYYY-MM-DD"'), id="unquoted period",
        ),
        pytest.param(Broken(
            "entities.yaml", 'as_of: "2024-05"', f"as_of: 2024-05 {HERE}", "minister.roles[0].as_of",
            "date without quotation marks", 'write it as "YYYY-MM-DD"'), id="unquoted date of a role",
        ),
        pytest.param(Broken(
            "metrics.yaml", "  kind: flow", f"  kind: stream {HERE}", "export_revenue.kind",
            "Input should be 'stock'", "choose one of the values listed"), id="unknown kind of metric",
        ),
        pytest.param(Broken(
            "entities.yaml", "ministry:\n", f"Ministry: {HERE}\n", "Ministry",
            "is no identifier", "use a-z, 0-9"), id="upper-case id",
        ),
        pytest.param(Broken(
            "topics.yaml", '  names: {fr: "Exportations", ar: "الصادرات", en: "Exports"}',
            f'  names: {{fr: "Exportations", ar: "", en: "Exports"}} {HERE}', "exports.names.ar",
            "at least 1 character", "docs/editing.md"), id="blank name",
        ),
        pytest.param(Broken(
            "topics.yaml", '  names: {fr: "Exportations", ar: "الصادرات", en: "Exports"}',
            f'  names: {{fr: "Exportations", en: "Exports"}} {HERE}', "exports.names.ar",
            "Field required", "add the field"), id="language missing in a list",
        ),
        pytest.param(Broken(
            ARTICLE_FILE, '      fr: "« Nous', f'      de: "Wir" {HERE}\n      fr: "« Nous', "passages[1].text.de",
            "Input should be 'fr', 'ar' or 'en'", "choose one of the values listed"), id="language we do not speak",
        ),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_file_line_and_fix(tmp_path: Path, broken: Broken) -> None:
    changed = broken.files()
    (problem,) = problems_of(write_knowledge(tmp_path, changed))
    assert (problem.file, problem.field) == (broken.name, broken.field)
    assert problem.line == marked_line(changed[broken.name])
    assert broken.message in problem.message
    assert broken.fix in problem.fix


def test_a_missing_field_is_named_at_the_line_of_its_parent(tmp_path: Path) -> None:
    (problem,) = problems_of(write_knowledge(tmp_path, break_file(ARTICLE_FILE, "        status: actual\n", "")))
    assert (problem.field, problem.fix) == ("passages[0].figures[0].status", "add the field.")
    assert ARTICLE.splitlines()[problem.line - 1].strip() == "- metric: export_revenue"


def test_an_id_taken_twice_is_refused_naming_the_other_file(tmp_path: Path) -> None:
    (problem,) = problems_of(write_knowledge(tmp_path, {"articles/later.yaml": f"# copied\n{ARTICLE}"}))
    assert str(problem) == (
        "articles/later.yaml:2: id: exports-2024 is taken by articles/exports-2024.yaml. Fix: choose another id."
    )


def test_problems_of_all_files_come_together_and_in_order(tmp_path: Path) -> None:
    broken = {
        "articles/a.yaml": "id: [\n",
        **break_file(ARTICLE_FILE, "language: fr", "language: de"),
        **break_file("topics.yaml", '  names: {fr: "Exportations", ar: "الصادرات", en: "Exports"}\n', ""),
    }
    found = [problem.file for problem in problems_of(write_knowledge(tmp_path, broken))]
    assert found == ["articles/a.yaml", ARTICLE_FILE, "topics.yaml"]


@pytest.mark.parametrize("content", [b"", b"a: \xe9\n", b"a: 'b\n"], ids=["empty", "not UTF-8", "open quote"])
@pytest.mark.parametrize("name", [ARTICLE_FILE, "metrics.yaml"])
def test_one_unreadable_file_is_named_and_nothing_loads(tmp_path: Path, name: str, content: bytes) -> None:
    folder = write_knowledge(tmp_path)
    (folder / name).write_bytes(content)
    (problem,) = problems_of(folder)
    assert problem.file == name
    assert problem.fix


@pytest.mark.parametrize("name", ["metrics.yaml", "entities.yaml", "topics.yaml"])
def test_a_missing_list_is_named(tmp_path: Path, name: str) -> None:
    folder = write_knowledge(tmp_path)
    (folder / name).unlink()
    (problem,) = problems_of(folder)
    assert str(problem) == f"{name}: cannot be read: No such file or directory. Fix: check the file."


def test_a_missing_folder_is_named_with_the_setting_that_mends_it(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "nowhere")
    assert str(tmp_path / "nowhere") in str(problem)
    assert "does not exist" in problem.message
    assert "DALIL_KNOWLEDGE_DIR" in problem.fix


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path)
    assert "has no articles/*.yaml" in problem.message
    assert "DALIL_KNOWLEDGE_DIR" in problem.fix
