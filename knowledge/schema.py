"""A JSON schema of an article file, from which an editor completes fields and ids while the file is written.

It says what the model and the controlled lists say; `knowledge.checking` says the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.corpus import Corpus
from knowledge.figure_checks import CURRENCIES
from knowledge.language import Language
from knowledge.model import Article, PassageKind, Unit

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""Only keywords that draft 7 reads the same way are used, since editors were slow to learn the later drafts."""

_NAMES_SPOKEN = {"fr": "French", "ar": "Arabic", "en": "English"}
_METRIC, _ENTITY, _TOPIC = "MetricId", "EntityId", "TopicId"
_CONTROLLED: Mapping[tuple[str, str], str] = {
    ("Article", "topics"): _TOPIC,
    ("Passage", "said_by"): _ENTITY,
    ("Passage", "entities"): _ENTITY,
    ("Figure", "metric"): _METRIC,
    ("Figure", "entity"): _ENTITY,
    ("Figure", "said_by"): _ENTITY,
}
"""The fields that name an id of a controlled list."""

_DATE = 'In quotation marks, as exactly as it is known: "YYYY", "YYYY-MM" or "YYYY-MM-DD".'
_DESCRIPTIONS: Mapping[str, Mapping[str, str]] = {
    "Article": {
        "id": "Stable and never reused; the file's name without .yaml: publisher-year-month-subject.",
        "title": "As published; null when unknown, and then label describes the article.",
        "label": "Our own description of an article without a title, shown as ours.",
        "title_basis": "published, or rebuilt_from_address where the title was read off the page's address.",
        "publisher": "Who published it, as readers know the name; null only for an added article that does not say.",
        "author": "The author named on the page, or null.",
        "published": f"Publication date. {_DATE} Unknown is null, never guessed.",
        "date_basis": "What the date rests on; for an undated article, why no date is known.",
        "about": f"For an article without a publication date: the period that it reports on. {_DATE}",
        "language": "The language of the source.",
        "url": "Address of the article, beginning with https://, or null.",
        "alt_urls": "Other addresses of the same article.",
        "reliability": "official: a State body or the organisation itself; press; blog: everybody else.",
        "topics": "The topics that it carries, ids of topics.yaml.",
        "source": "Of an added article: the file that it was read from. Written by dalil add.",
        "same_as": "Of an added article: the id of the shipped article that summarises it, or null.",
        "also_published_by": "Other places where the same text stands; none of them confirms it.",
        "passages": "What Dalil knows from it, in pieces of one to three sentences.",
    },
    "Passage": {
        "id": "p1, p2 and so on; stable, since article#p1 is cited by it.",
        "kind": "summary: written for Dalil in our own words, in all three languages; "
        "verbatim: quoted word for word, in the source's language alone.",
        "text": "One to three sentences that stand alone: the fact first, with its subject, its year and who said it.",
        "heading": "Of an added article: the last heading above the passage; found by, never shown.",
        "start": "Of an added article: where the passage begins in the cleaned text, in characters.",
        "end": "Of an added article: where the passage ends in the cleaned text, in characters.",
        "questions": "What the passage answers, as people ask, in other words than its own; found by, never shown.",
        "said_by": "Who says it: an id of entities.yaml, or null.",
        "entities": "Whom and what it is about: ids of entities.yaml.",
        "figures": "Every figure that it gives; each value stands in the text of every language.",
        "editor_note": "Ours: never shown, never attributed to the source.",
    },
    "Figure": {
        "metric": "What is measured: an id of metrics.yaml.",
        "value": "The full number, never millions; a fall is negative, and written without its sign in the text.",
        "unit": "The metric's unit; an amount may stand in any currency, as its source gives it.",
        "period": "When the value holds.",
        "status": "actual: reached; estimate: reached, but by estimation; target: aimed at; "
        "growth: a change between two values.",
        "entity": "The segment, organisation or place that the value is about, where it is not the whole: "
        "an id of entities.yaml, or null.",
        "bound": "How the source hedges the value, or null where it does not.",
        "said_by": "Who gives the value, where it is not who says the passage: an id of entities.yaml, or null.",
        "review": "proposed until an editor accepts it; only accepted figures are answered with.",
        "sentence": "Of an added article: where the sentence that gives the value stands in the cleaned text.",
    },
    "Offsets": {
        "start": "Where it begins in the cleaned text, in characters.",
        "end": "Where it ends in the cleaned text, in characters.",
    },
    "Source": {
        "file": "Its name as it was added.",
        "digest": "SHA-256 of the file.",
        "text": "SHA-256 of the cleaned text, which stands beside the articles in texts/.",
    },
    "Publication": {
        "publisher": "Who published it, or null.",
        "title": "As published there, or null.",
        "published": f"When it was published there. {_DATE}",
        "url": "Its address there, or null.",
        "source": "The file that was added, if one was.",
    },
    "Period": {
        "start": f"First day of the period; for a stock, the same as end. {_DATE} Null where the source gives none.",
        "end": f"Last day of the period; for a stock, the day of counting. {_DATE} Null where the source gives none.",
        "basis": "stated: the source gives the period; statement: it is the date of the statement itself; "
        "unknown: nothing gives it, and start and end are null.",
        "words": "How the source words the period, in each language, where dates alone would say more than it does.",
    },
    "Localized": {code: f"In {name}." for code, name in _NAMES_SPOKEN.items()},
}


def article_schema(corpus: Corpus) -> Schema:
    """The JSON schema of an article file, with the ids of a corpus's lists as the values to choose from.

    Beyond the model it knows that a metric is counted in its own unit, an amount in any currency, that a summary has
    all three languages, and that an article without a title has a label unless it was added.
    """
    article = Article.model_json_schema()
    definitions: dict[str, Schema] = article.pop("$defs")
    for model, fields in _DESCRIPTIONS.items():
        schema = article if model == "Article" else definitions[model]
        schema.pop("title")
        schema["properties"] = {
            name: _described(_field(model, name, field), fields[name]) for name, field in schema["properties"].items()
        }
    definitions[_METRIC] = _choice((name, f"{m.names.en}: {m.definitions.en}") for name, m in corpus.metrics.items())
    definitions[_ENTITY] = _choice((name, f"{e.names.en} ({e.kind})") for name, e in corpus.entities.items())
    definitions[_TOPIC] = _choice((name, topic.names.en) for name, topic in corpus.topics.items())
    definitions["Figure"]["allOf"] = list(_units(corpus))
    definitions["Passage"]["allOf"] = [
        _when("kind", {"const": PassageKind.SUMMARY.value}, {"text": {"required": [each.value for each in Language]}})
    ]
    untitled = _when("title", {"type": "null"}, {"label": {"type": "object"}})
    untitled["if"]["properties"]["source"] = {"type": "null"}
    article["allOf"] = [{**untitled, "then": {**untitled["then"], "required": ["label"]}}]
    description = f"{article.pop('description').splitlines()[0]} docs/editing.md says how to write one."
    return {"$schema": DIALECT, "title": "Dalil article", "description": description, **article, "$defs": definitions}


def _field(model: str, name: str, field: Schema) -> Schema:
    """What may stand in a field: as the model has it, but with ids of the lists, and languages as keys to complete."""
    field = {key: value for key, value in field.items() if key != "title"}
    if "propertyNames" in field:  # a mapping by language
        values = field["additionalProperties"]
        languages = {code: _described(values, text) for code, text in _DESCRIPTIONS["Localized"].items()}
        return {"type": "object", "properties": languages, "additionalProperties": False}
    if (model, name) not in _CONTROLLED:
        return field
    identifier = {"$ref": f"#/$defs/{_CONTROLLED[model, name]}"}
    if "items" in field:
        return {**field, "items": identifier}
    return {**field, "anyOf": [identifier, {"type": "null"}]} if "anyOf" in field else identifier


def _described(field: Schema, text: str) -> Schema:
    return {**field, "description": text}


def _choice(values: Iterable[tuple[str, str]]) -> Schema:
    """Ids to choose from, with what each stands for; VS Code shows ``enumDescriptions``, others pass over them."""
    texts = dict(values)
    return {"type": "string", "enum": list(texts), "enumDescriptions": list(texts.values())}


def _units(corpus: Corpus) -> Iterable[Schema]:
    """One rule for each unit: metrics counted in it have figures in it."""
    counted: dict[tuple[Unit, ...], list[str]] = defaultdict(list)
    for name, metric in corpus.metrics.items():
        counted[tuple(sorted(CURRENCIES)) if metric.unit in CURRENCIES else (metric.unit,)].append(name)
    for units, metrics in sorted(counted.items()):
        yield _when("metric", {"enum": metrics}, {"unit": {"enum": [unit.value for unit in units]}})


def _when(name: str, condition: Schema, properties: Schema) -> Schema:
    return {"if": {"properties": {name: condition}, "required": [name]}, "then": {"properties": properties}}
