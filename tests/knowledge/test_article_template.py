"""The file that an editor starts from is right, so that every complaint is about the editor's own changes."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from json_schema import faults
from knowledge.checking import check_knowledge
from knowledge.loading import LISTS, LoadedKnowledge, load_knowledge
from knowledge.model import Review
from knowledge.schema import article_schema

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "docs" / "article-template.yaml"


@pytest.fixture
def filled_in(tmp_path: Path) -> LoadedKnowledge:
    """The template as the only article beside the shipped lists, under the name that its id asks for."""
    (tmp_path / "articles").mkdir()
    for name in LISTS:
        shutil.copy(ROOT / "knowledge" / name, tmp_path / name)
    article = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))
    shutil.copy(TEMPLATE, tmp_path / "articles" / f"{article['id']}.yaml")
    return load_knowledge(tmp_path)


def test_the_template_keeps_every_rule(filled_in: LoadedKnowledge) -> None:
    """Posts of people name the article that gives them; those are not here."""
    problems = check_knowledge(filled_in, date(2026, 11, 21))
    assert [problem for problem in problems if problem.file.startswith("articles/")] == []


def test_the_template_fits_the_schema_that_it_names(filled_in: LoadedKnowledge) -> None:
    (name,) = filled_in.corpus.articles
    data = json.loads(json.dumps(filled_in.files[name].data))
    assert list(faults(data, article_schema(filled_in.corpus))) == []
    assert TEMPLATE.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=../")


def test_the_templates_figure_is_never_answered_with(filled_in: LoadedKnowledge) -> None:
    """Whoever forgets to change it publishes no invented number as a figure."""
    figures = [figure for _, passage in filled_in.corpus.passages.values() for figure in passage.figures]
    assert {figure.review for figure in figures} == {Review.PROPOSED}
