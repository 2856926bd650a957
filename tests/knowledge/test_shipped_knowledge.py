"""The knowledge that ships keeps its own rules, says what its sources say, and copies none of their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.checking import check_knowledge
from knowledge.language import Language
from knowledge.loading import LoadedKnowledge, load_knowledge
from knowledge.model import Figure, PassageKind
from knowledge.names import NameIndex
from knowledge.text import words

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
DOSSIER = SHARED / "dossier/sources.yaml"
SEEDS = SHARED / "seeds"
LONGEST_COPIED_RUN = 9
"""Words in a row that a summary may share with its source; the name or title of an entity counts as one."""

needs_dossier = pytest.mark.skipif(not DOSSIER.is_file(), reason=f"the editors' dossier is not beside us: {DOSSIER}")
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the scraped articles are not beside us: {SEEDS}")


@pytest.fixture(scope="module")
def shipped() -> LoadedKnowledge:
    return load_knowledge(ROOT / "knowledge")


def test_it_keeps_every_editorial_rule(shipped: LoadedKnowledge) -> None:
    assert check_knowledge(shipped, datetime.now(UTC).date()) == ()


def test_it_holds_summaries_in_three_languages(shipped: LoadedKnowledge) -> None:
    passages = [passage for _, passage in shipped.corpus.passages.values()]
    assert {passage.kind for passage in passages} == {PassageKind.SUMMARY}
    assert all(set(passage.text) == set(Language) for passage in passages)


def test_arabic_texts_are_arabic_and_the_others_are_not(shipped: LoadedKnowledge) -> None:
    for rendering in shipped.corpus.renderings:
        letters = [character for character in rendering.text if character.isalpha()]
        arabic = sum("\u0600" <= character <= "\u06ff" for character in letters) / len(letters)
        assert (arabic > 0.5) == (rendering.language is Language.AR), rendering
        assert arabic > 0.5 or arabic == 0, rendering


def test_every_name_and_alias_finds_its_owner(shipped: LoadedKnowledge) -> None:
    for group in (shipped.corpus.entities, shipped.corpus.metrics):
        index = NameIndex.of(group)
        lost = [
            (owner, name)
            for owner, item in group.items()
            for name in item.all_names
            if [mention.id for mention in index.find(f"selon {name} ?")] != [owner]
        ]
        assert lost == []


def test_every_topic_has_an_article(shipped: LoadedKnowledge) -> None:
    carried = {topic for article in shipped.corpus.articles.values() for topic in article.topics}
    assert carried == set(shipped.corpus.topics)


def test_every_article_has_a_link_or_says_nothing_of_one(shipped: LoadedKnowledge) -> None:
    assert all(
        article.url is None or article.url.startswith("https://") for article in shipped.corpus.articles.values()
    )


def dossier_sources() -> list[Any]:
    sources: list[Any] = yaml.safe_load(DOSSIER.read_text(encoding="utf-8")) if DOSSIER.is_file() else []
    return sources


def as_the_dossier_gives_it(figure: Figure) -> tuple[object, ...]:
    return (figure.metric, figure.value, figure.unit.value, figure.status.value, figure.bound and figure.bound.value)


@needs_dossier
def test_all_sixty_sources_are_articles(shipped: LoadedKnowledge) -> None:
    sources = {source["id"] for source in dossier_sources()}
    assert len(sources) == 60
    assert sources == set(shipped.corpus.articles)


@needs_dossier
@pytest.mark.parametrize("source", [pytest.param(source, id=source["id"]) for source in dossier_sources()])
def test_an_article_has_every_figure_of_its_source_as_the_source_gives_it(
    shipped: LoadedKnowledge, source: dict[str, Any]
) -> None:
    article = shipped.corpus.articles[source["id"]]
    held = {as_the_dossier_gives_it(figure) for passage in article.passages for figure in passage.figures}
    wanted = {
        (fact["metric"], float(fact["value"]), fact["unit"], fact["status"], fact.get("bound"))
        for fact in source["facts"]
        if "metric" in fact
    }
    assert wanted == held


@needs_dossier
@pytest.mark.parametrize("source", [pytest.param(source, id=source["id"]) for source in dossier_sources()])
def test_an_article_has_its_sources_date_publisher_and_language(
    shipped: LoadedKnowledge, source: dict[str, Any]
) -> None:
    """The dossier puts where a publisher sits in brackets."""
    article = shipped.corpus.articles[source["id"]]
    assert (article.published, article.publisher, article.language.value) == (
        source["published"],
        source["publisher"].split(" (")[0],
        source["language"],
    )


@needs_seeds
def test_no_summary_copies_a_sentence_of_its_source(shipped: LoadedKnowledge) -> None:
    length = LONGEST_COPIED_RUN + 1
    names = NameIndex(
        {
            entity_id: (*entity.all_names, *(role.title.fr for role in entity.roles))
            for entity_id, entity in shipped.corpus.entities.items()
        }
    )
    seeds = [path.read_text(encoding="utf-8") for path in SEEDS.glob("0*.txt")]
    assert len(seeds) == 5
    runs = {run for seed in seeds for run in _runs(seed, length, names)}
    copied = [
        (rendering.passage_id, " ".join(run))
        for rendering in shipped.corpus.renderings
        for run in _runs(rendering.text, length, names)
        if run in runs
    ]
    assert copied == []


def _runs(text: str, length: int, names: NameIndex) -> Iterator[tuple[str, ...]]:
    for mention in reversed(names.find(text)):
        text = f"{text[: mention.start]}{mention.id.replace('-', '')}{text[mention.end :]}"
    folded = [word.folded for word in words(text)]
    return (tuple(folded[start : start + length]) for start in range(len(folded) - length + 1))
