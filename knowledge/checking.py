"""Editorial rules: what a schema cannot say, but a reader would notice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from decimal import Decimal

from knowledge.corpus import Corpus
from knowledge.errors import Problem
from knowledge.figure_checks import (
    LATEST_ABOUT,
    TextNumbers,
    check_contradictions,
    check_date,
    check_disagreements,
    check_figure,
    unknown,
)
from knowledge.language import Language
from knowledge.loading import DISAGREEMENTS, LoadedKnowledge
from knowledge.model import Article, Passage, PassageKind
from knowledge.names import NameIndex
from knowledge.sourcefile import FieldPath, SourceFile

SENTENCES_AT_MOST = 3
_SENTENCE_END = re.compile(r"(?<=[.!?؟…])[\"»”)]*\s+(?=[^\W\d_a-zà-ÿ]|«)")


def check_knowledge(knowledge: LoadedKnowledge, today: date) -> tuple[Problem, ...]:
    """Apply every editorial rule.

    Args:
        knowledge: What `load_knowledge` returned.
        today: No publication date may lie more than a day after it.
    """
    corpus, files = knowledge.corpus, knowledge.files
    problems: list[Problem] = []
    for article in knowledge.articles.values():
        problems += check_article(article, corpus, files[article.id], today)
    problems += _check_aliases(corpus, files)
    problems += _check_roles(corpus, knowledge.shipped_ids, files["entities.yaml"], today)
    problems += _check_metrics(corpus, files["metrics.yaml"])
    if corpus.disagreements:
        problems += check_disagreements(corpus, files[DISAGREEMENTS])
    return tuple(sorted(problems))


def _check_roles(corpus: Corpus, articles: AbstractSet[str], source: SourceFile, today: date) -> Iterator[Problem]:
    for entity_id, entity in corpus.entities.items():
        for position, role in enumerate(entity.roles):
            path = (entity_id, "roles", position)
            if role.article not in articles:
                yield unknown(source, (*path, "article"), role.article, "article", "articles/")
            yield from check_date(source, (*path, "as_of"), role.as_of, today + timedelta(days=1))


def _check_metrics(corpus: Corpus, source: SourceFile) -> Iterator[Problem]:
    for metric_id, metric in corpus.metrics.items():
        for position, related in enumerate(metric.related):
            if related not in corpus.metrics:
                yield unknown(source, (metric_id, "related", position), related, "metric", "metrics.yaml")
        if metric.growth is not None and metric.growth not in corpus.metrics:
            yield unknown(source, (metric_id, "growth"), metric.growth, "metric", "metrics.yaml")
        if metric.topic not in corpus.topics:
            yield unknown(source, (metric_id, "topic"), metric.topic, "topic", "topics.yaml")


def check_article(article: Article, corpus: Corpus, source: SourceFile, today: date) -> Iterator[Problem]:
    """Apply the rules for one article.

    Args:
        article: As its file has it.
        corpus: The lists that it names ids of.
        source: Its file.
        today: Its publication date may lie no more than a day after it.
    """
    if not f"/{source.name}".endswith(f"/articles/{article.id}.yaml"):
        yield source.problem(("id",), f"is not the file's name {source.name}.", "rename the file or the id.")
    written = article.source is None
    if article.publisher is None and written:
        yield source.problem(("publisher",), "is null.", "name who published the article.")
    if article.title is None and article.label is None and written:
        yield source.problem(("label",), "is missing, and the title is null.", "describe the article in fr, ar, en.")
    if article.published is None and article.about is None and not article.date_basis:
        yield source.problem(("date_basis",), "is missing for an undated article.", "say why no date is known.")
    yield from check_date(source, ("published",), article.published, today + timedelta(days=1))
    yield from check_date(source, ("about",), article.about, LATEST_ABOUT)
    for position, topic in enumerate(article.topics):
        if topic not in corpus.topics:
            yield unknown(source, ("topics", position), topic, "topic", "topics.yaml")
    seen = Counter(passage.id for passage in article.passages)
    for position, passage in enumerate(article.passages):
        path: FieldPath = ("passages", position)
        if seen[passage.id] > 1:
            yield source.problem((*path, "id"), f"{passage.id} is given twice.", "number the passages.")
        yield from _check_passage(article, passage, corpus, source, path)
    yield from check_contradictions(article, corpus, source)


def _check_passage(
    article: Article, passage: Passage, corpus: Corpus, source: SourceFile, path: FieldPath
) -> Iterator[Problem]:
    wanted = set(Language) if passage.kind is PassageKind.SUMMARY else {article.language}
    for language in sorted(wanted - set(passage.text)):
        yield source.problem((*path, "text", language.value), "is missing.", f"write the passage in {language.value}.")
    for language in sorted(set(passage.text) - wanted):
        message = "is a translation of a verbatim passage."
        yield source.problem((*path, "text", language.value), message, "remove it: a quote stays in its language.")
    for language, text in passage.text.items():
        sentences = len(_SENTENCE_END.split(text.strip()))
        if passage.kind is PassageKind.SUMMARY and sentences > SENTENCES_AT_MOST:
            message = f"has {sentences} sentences, at most {SENTENCES_AT_MOST} stand in a passage."
            yield source.problem((*path, "text", language.value), message, "split the passage.")
    numbers = {language: TextNumbers.of(text) for language, text in passage.text.items()}
    yield from _check_same_numbers(numbers, source, path)
    if passage.said_by is not None and passage.said_by not in corpus.entities:
        yield unknown(source, (*path, "said_by"), passage.said_by, "entity", "entities.yaml")
    for position, entity in enumerate(passage.entities):
        if entity not in corpus.entities:
            yield unknown(source, (*path, "entities", position), entity, "entity", "entities.yaml")
    for position, figure in enumerate(passage.figures):
        yield from check_figure(figure, numbers, corpus, source, (*path, "figures", position))


def _check_same_numbers(
    numbers: Mapping[Language, TextNumbers], source: SourceFile, path: FieldPath
) -> Iterator[Problem]:
    everywhere = frozenset[Decimal]().union(*(held.digits for held in numbers.values()))
    for language, held in numbers.items():
        missing = sorted(value for value in everywhere if value not in held)
        if missing:
            written = ", ".join(f"{value:f}" for value in missing)
            message = f"lacks {written}, which another language of the passage has."
            yield source.problem((*path, "text", language.value), message, "give the same numbers in every language.")


def _check_aliases(corpus: Corpus, files: Mapping[str, SourceFile]) -> Iterable[Problem]:
    for name, group in (("metrics.yaml", corpus.metrics), ("entities.yaml", corpus.entities)):
        source = files[name]
        for alias, owners in NameIndex.of(group).claimed_by_several().items():
            message = f"the name {alias!r} is claimed by {' and '.join(owners)}."
            yield source.problem((owners[-1], "aliases"), message, "leave it to one of them.")
