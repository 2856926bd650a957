"""The schema that an editor completes from: it takes what ships, and refuses what an editor would mistype."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from json_schema import faults
from knowledge.loading import LoadedKnowledge, load_corpus, load_knowledge
from knowledge.schema import article_schema
from small_knowledge import ARTICLE, write_knowledge

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def shipped() -> LoadedKnowledge:
    return load_knowledge(ROOT / "knowledge")


@pytest.fixture(scope="module")
def small_schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return article_schema(load_corpus(write_knowledge(tmp_path_factory.mktemp("knowledge"))))


def as_json(text: str) -> Any:
    """An article as an editor's schema check sees it."""
    return json.loads(json.dumps(yaml.safe_load(text)))


def test_every_shipped_article_is_taken(shipped: LoadedKnowledge) -> None:
    schema = article_schema(shipped.corpus)
    found = {
        name: list(faults(json.loads(json.dumps(shipped.files[name].data)), schema)) for name in shipped.corpus.articles
    }
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_ids_of_the_lists_are_the_values_to_choose_from(shipped: LoadedKnowledge) -> None:
    corpus, definitions = shipped.corpus, article_schema(shipped.corpus)["$defs"]
    for name, group in (("MetricId", corpus.metrics), ("EntityId", corpus.entities), ("TopicId", corpus.topics)):
        assert definitions[name]["enum"] == list(group)
        assert len(definitions[name]["enumDescriptions"]) == len(group)


def fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for owner, each in {"Article": schema, **schema["$defs"]}.items():
        for name, field in each.get("properties", {}).items():
            yield f"{owner}.{name}", field


def test_every_field_is_described_for_whoever_fills_it_in(small_schema: dict[str, Any]) -> None:
    found = dict(fields(small_schema))
    assert {"Article.published", "Passage.text", "Figure.value", "Period.basis"} <= set(found)
    assert [name for name, field in found.items() if not field.get("description")] == []


def test_the_schema_is_plain_json_of_its_dialect(small_schema: dict[str, Any]) -> None:
    assert small_schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(small_schema)) == small_schema


def test_the_small_article_is_taken(small_schema: dict[str, Any]) -> None:
    assert list(faults(as_json(ARTICLE), small_schema)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("unit: MAD", "unit: dirhams", "passages[0].figures[0].unit: enum", id="no unit at all"),
        pytest.param("unit: MAD", "unit: jobs", "passages[0].figures[0].unit: enum", id="another metric's unit"),
        pytest.param(
            "metric: export_revenue", "metric: exports", "passages[0].figures[0].metric: enum", id="unknown metric"
        ),
        pytest.param("  - exports\n", "  - imports\n", "topics[0]: enum", id="unknown topic"),
        pytest.param("      - ministry\n", "      - nobody\n", "passages[0].entities[0]: enum", id="unknown entity"),
        pytest.param('published: "2024-05"', "published: 2024", "published: anyOf", id="date that is a number"),
        pytest.param('published: "2024-05"', 'published: "May 2024"', "published: anyOf", id="date in words"),
        pytest.param("reliability: press", "reliability: good", "reliability: enum", id="unknown reliability"),
        pytest.param("publisher: H24info\n", "", ": required", id="field left out"),
        pytest.param("about: null", "abuot: null", "abuot: additionalProperties", id="field mistyped"),
        pytest.param(
            '      en: "Offshoring exported 26.2 billion dirhams in 2023."\n',
            "",
            "passages[0].text: required",
            id="summary without a language",
        ),
        pytest.param(
            'title: "Les exportations de l\'offshoring"', "title: null", ": required", id="no title and no label"
        ),
        pytest.param("value: 26200000000", 'value: "26,2"', "passages[0].figures[0].value: type", id="value in words"),
    ],
)
def test_a_slip_is_refused_where_it_stands(small_schema: dict[str, Any], old: str, new: str, expected: str) -> None:
    assert ARTICLE.count(old) == 1
    assert expected in set(faults(as_json(ARTICLE.replace(old, new)), small_schema))


def test_an_amount_may_stand_in_another_currency(small_schema: dict[str, Any]) -> None:
    assert list(faults(as_json(ARTICLE.replace("unit: MAD", "unit: EUR")), small_schema)) == []
