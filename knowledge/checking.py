"""Editorial rules: what a schema cannot say, but a reader would notice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from knowledge.corpus import Corpus
from knowledge.errors import Problem
from knowledge.language import Language
from knowledge.loading import LoadedKnowledge
from knowledge.model import Article, Figure, Passage, PassageKind, Period
from knowledge.names import NameIndex
from knowledge.numbers import SMALL_NUMBER_WORDS, find_numbers
from knowledge.periods import parse_partial_date
from knowledge.sourcefile import FieldPath, SourceFile
from knowledge.text import arabic_stems, words

EARLIEST = date(1956, 1, 1)  # Morocco's independence; no source of ours is about an earlier year
LATEST_ABOUT = date(2050, 12, 31)
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
    for article in corpus.articles.values():
        problems += _check_article(article, corpus, files[article.id], today)
    problems += _check_aliases(corpus, files)
    for entity_id, entity in corpus.entities.items():
        for position, role in enumerate(entity.roles):
            if role.article not in corpus.articles:
                path = (entity_id, "roles", position, "article")
                problems.append(_unknown(files["entities.yaml"], path, role.article, "article", "articles/"))
            as_of = (entity_id, "roles", position, "as_of")
            problems += _check_date(files["entities.yaml"], as_of, role.as_of, today + timedelta(days=1))
    for metric_id, metric in corpus.metrics.items():
        for position, related in enumerate(metric.related):
            if related not in corpus.metrics:
                field = (metric_id, "related", position)
                problems.append(_unknown(files["metrics.yaml"], field, related, "metric", "metrics.yaml"))
    return tuple(sorted(problems))


def _check_article(article: Article, corpus: Corpus, source: SourceFile, today: date) -> Iterator[Problem]:
    if source.name != f"articles/{article.id}.yaml":
        yield source.problem(("id",), f"is not the file's name {source.name}.", "rename the file or the id.")
    if article.title is None and article.label is None:
        yield source.problem(("label",), "is missing, and the title is null.", "describe the article in fr, ar, en.")
    if article.published is None and article.about is None and not article.date_basis:
        yield source.problem(("date_basis",), "is missing for an undated article.", "say why no date is known.")
    yield from _check_date(source, ("published",), article.published, today + timedelta(days=1))
    yield from _check_date(source, ("about",), article.about, LATEST_ABOUT)
    for position, topic in enumerate(article.topics):
        if topic not in corpus.topics:
            yield _unknown(source, ("topics", position), topic, "topic", "topics.yaml")
    seen = Counter(passage.id for passage in article.passages)
    for position, passage in enumerate(article.passages):
        path: FieldPath = ("passages", position)
        if seen[passage.id] > 1:
            yield source.problem((*path, "id"), f"{passage.id} is given twice.", "number the passages.")
        yield from _check_passage(article, passage, corpus, source, path)


def _check_date(source: SourceFile, path: FieldPath, text: str | None, latest: date) -> Iterator[Problem]:
    if text is None:
        return
    try:
        span = parse_partial_date(text)
    except ValueError as error:
        yield source.problem(path, f"is no date of the calendar: {error}.", "correct it, or write null.")
        return
    if span.start < EARLIEST or span.start > latest:
        message = f"{text} is not plausible: expected {EARLIEST.year} to {latest.isoformat()}."
        yield source.problem(path, message, "correct it, or write null when it is unknown.")


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
    yield from _check_same_numbers(passage, source, path)
    if passage.said_by is not None and passage.said_by not in corpus.entities:
        yield _unknown(source, (*path, "said_by"), passage.said_by, "entity", "entities.yaml")
    for position, entity in enumerate(passage.entities):
        if entity not in corpus.entities:
            yield _unknown(source, (*path, "entities", position), entity, "entity", "entities.yaml")
    for position, figure in enumerate(passage.figures):
        yield from _check_figure(figure, passage, corpus, source, (*path, "figures", position))


def _check_same_numbers(passage: Passage, source: SourceFile, path: FieldPath) -> Iterator[Problem]:
    numbers = {language: Counter(n.value for n in find_numbers(text)) for language, text in passage.text.items()}
    spelled = {language: _spelled_numbers(text) for language, text in passage.text.items()}
    everywhere = set().union(*numbers.values()) if numbers else set()
    for language in passage.text:
        missing = sorted(v for v in everywhere if v not in numbers[language] and v not in spelled[language])
        if missing:
            written = ", ".join(f"{value:f}" for value in missing)
            message = f"lacks {written}, which another language of the passage has."
            yield source.problem((*path, "text", language.value), message, "give the same numbers in every language.")


def _spelled_numbers(text: str) -> frozenset[Decimal]:
    return frozenset(
        Decimal(SMALL_NUMBER_WORDS[stem])
        for word in words(text)
        for stem in arabic_stems(word.folded)
        if stem in SMALL_NUMBER_WORDS
    )


def _check_figure(
    figure: Figure, passage: Passage, corpus: Corpus, source: SourceFile, path: FieldPath
) -> Iterator[Problem]:
    metric = corpus.metrics.get(figure.metric)
    if metric is None:
        yield _unknown(source, (*path, "metric"), figure.metric, "metric", "metrics.yaml")
    elif metric.unit != figure.unit:
        message = f"is {figure.unit}, but {figure.metric} is counted in {metric.unit}."
        yield source.problem((*path, "unit"), message, "convert the value or correct the metric.")
    if figure.said_by is not None and figure.said_by not in corpus.entities:
        yield _unknown(source, (*path, "said_by"), figure.said_by, "entity", "entities.yaml")
    for field in ("start", "end"):
        yield from _check_date(source, (*path, "period", field), getattr(figure.period, field), LATEST_ABOUT)
    if _runs_backwards(figure.period):
        yield source.problem((*path, "period"), "ends before it starts.", "exchange start and end.")
    value = Decimal(str(figure.value))
    for language, text in passage.text.items():
        if all(n.value != value for n in find_numbers(text)) and value not in _spelled_numbers(text):
            message = f"{value:f} does not stand in the passage's {language.value} text."
            yield source.problem((*path, "value"), message, "write the figure in the text, or correct it.")


def _runs_backwards(period: Period) -> bool:
    if period.start is None or period.end is None:
        return False
    try:
        return parse_partial_date(period.start).start > parse_partial_date(period.end).end
    except ValueError:
        return False  # reported as no date of the calendar


def _check_aliases(corpus: Corpus, files: Mapping[str, SourceFile]) -> Iterable[Problem]:
    for name, group in (("metrics.yaml", corpus.metrics), ("entities.yaml", corpus.entities)):
        source = files[name]
        for alias, owners in NameIndex.of(group).claimed_by_several().items():
            message = f"the name {alias!r} is claimed by {' and '.join(owners)}."
            yield source.problem((owners[-1], "aliases"), message, "leave it to one of them.")


def _unknown(source: SourceFile, path: FieldPath, value: str, what: str, where: str) -> Problem:
    return source.problem(path, f"{value!r} is no known {what}.", f"correct it, or add it to {where}.")
