"""An article that is written and read again is the same article, whatever its texts hold."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.ingest.writing import article_yaml
from knowledge.loading import is_date
from knowledge.model import (
    Article,
    Figure,
    FigureStatus,
    Offsets,
    Period,
    PeriodBasis,
    Publication,
    Review,
    Unit,
)
from knowledge.sourcefile import read_source_file
from own_articles import own_article


def read_again(article: Article, folder: Path) -> Article:
    path = folder / "a.yaml"
    path.write_text(article_yaml(article), encoding="utf-8")
    source = read_source_file(path, folder)
    assert not [field for field in source.plain if is_date(field)]
    return Article.model_validate(source.data)


@given(text=st.text(min_size=1).filter(str.strip))
@example(text="a\x85b\u2028c\rd\ne")
def test_every_text_survives(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    article = own_article(title=text.strip(), author=text.strip())
    article = article.model_copy(
        update={"passages": (article.passages[0].model_copy(update={"text": {article.language: text.strip()}}),)}
    )
    assert read_again(article, tmp_path_factory.getbasetemp()) == article


def test_everything_else_survives(tmp_path: Path) -> None:
    period = Period(start="2023", end="2023-12-31", basis=PeriodBasis.STATED)
    figure = Figure(
        metric="jobs",
        value=148500,
        unit=Unit.JOBS,
        period=period,
        status=FigureStatus.ACTUAL,
        review=Review.PROPOSED,
        sentence=Offsets(start=0, end=37),
    )
    article = own_article(
        published="2024", also_published_by=(Publication(publisher=None, published="2024-05-01"),), same_as="exports"
    )
    first = article.passages[0].model_copy(update={"figures": (figure,)})
    article = article.model_copy(update={"passages": (first, *article.passages[1:])})
    assert read_again(article, tmp_path) == article


def test_what_was_not_found_is_written_as_null_for_the_editor_to_see() -> None:
    data = yaml.safe_load(article_yaml(own_article(publisher=None, published=None, title=None)))
    assert {name for name, value in data.items() if value is None} == {
        "title",
        "publisher",
        "author",
        "published",
        "url",
    }
