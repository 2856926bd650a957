"""What a passage speaks of, worked out once, so that questions can be compared with it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from bot.answering.cues import Cues
from bot.answering.figures import is_summed, span_of
from bot.answering.frame import Quantity
from bot.answering.quantities import quantity_of
from index.lexical import terms
from knowledge.corpus import Corpus, passage_id
from knowledge.model import Article, EntityKind, FigureStatus, Passage, PassageKind
from knowledge.names import NameIndex
from knowledge.numbers import SMALL_NUMBER_WORDS, find_numbers
from knowledge.periods import Span, find_periods, parse_partial_date
from knowledge.places import find_cities, find_countries
from knowledge.text import arabic_stems, fold, words

_MONEY_IN_WORDS = re.compile(r"\d[^.!?؟]{0,25}(?:dirham|\bDH\b|\bMAD\b|dollar|euro|درهم|دراهم|دولار)", re.IGNORECASE)
# A date of at most a month that falls when the article appeared only repeats when it appeared.
LONGEST_REPEATED_DATE = 31
# Letters between a post and its organisation: "of the", "de l'", "general of".
POST_REACH = 16


Claim = tuple[str, str | None, float]
"""A metric, an entity and a value."""


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """What the features compare with a Frame.

    Attributes:
        metrics: Metrics of its figures.
        measured: The metric of each of its figures, with the days that it is about; None where no source says.
        summed: Those of its metrics that are money summed over their days.
        spoken: Metrics that a quote without figures names in its words; none of a passage that an editor has read.
        claims: What its figures say, to two digits: passages that share a claim confirm each other.
        speakers: Who says it, or is quoted for one of its figures.
        related: Metrics that people name with the same words as those.
        quantities: The kinds of thing that it holds.
        periods: Periods of its figures and text, without the date on which the article appeared.
        appeared: The days on which the article may have appeared.
        entities: Everything it names or is said by, its publisher included.
        occasion: Everything that any passage of its article names.
        introduced: Entities that it names in two ways, such as an acronym with what it stands for.
        countries: ISO codes of the countries that it names.
        article_countries: The same of its whole article.
        cities: Cities that its article names: an article's place holds for all of its passages.
        constraints: Branches of the economy and details that it speaks of.
        posts: Organisations of which it names who holds a post.
        forms: Word forms of its texts and names.
        names: Word forms of every name of its metrics and entities.
    """

    metrics: frozenset[str]
    measured: tuple[tuple[str, Span | None], ...]
    summed: frozenset[str]
    spoken: frozenset[str]
    claims: frozenset[Claim]
    related: frozenset[str]
    statuses: frozenset[FigureStatus]
    quantities: frozenset[Quantity]
    periods: tuple[Span, ...]
    appeared: Span | None
    entities: frozenset[str]
    occasion: frozenset[str]
    introduced: frozenset[str]
    speakers: frozenset[str]
    countries: frozenset[str]
    article_countries: frozenset[str]
    cities: frozenset[str]
    constraints: frozenset[str]
    posts: frozenset[str]
    forms: frozenset[str]
    names: frozenset[str]


def read_passage_facts(corpus: Corpus, cues: Cues) -> dict[str, PassageFacts]:
    """Work out the facts of every passage, by global id."""
    names = _Names(NameIndex.of(corpus.entities), NameIndex.of(corpus.metrics))
    facts: dict[str, PassageFacts] = {}
    for article in corpus.articles.values():
        own = {passage_id(article, p): _read_one((article, p), corpus, cues, names) for p in article.passages}
        occasion = frozenset(entity for each in own.values() for entity in each.entities)
        cities = frozenset(city for each in own.values() for city in each.cities)
        countries = frozenset(code for each in own.values() for code in each.countries)
        facts |= {
            key: replace(each, occasion=occasion, cities=cities, article_countries=countries)
            for key, each in own.items()
        }
    return facts


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a corpus's lists."""

    entities: NameIndex
    metrics: NameIndex


def _read_one(found: tuple[Article, Passage], corpus: Corpus, cues: Cues, index: _Names) -> PassageFacts:
    """The facts of one passage; its occasion and its cities are its own, not yet its article's."""
    article, passage = found
    entity_names = index.entities
    texts = tuple(passage.text.values())
    named = {mention.id for text in texts for mention in entity_names.find(text)}
    speakers = {speaker for speaker in (passage.said_by, *(f.said_by for f in passage.accepted_figures)) if speaker}
    publisher = {mention.id for mention in entity_names.find(article.publisher or "")}
    entities = frozenset({*passage.entities, *named, *speakers, *publisher})
    metrics = frozenset(figure.metric for figure in passage.accepted_figures)
    spoken = frozenset[str]()
    if passage.kind is PassageKind.VERBATIM and not metrics:
        spoken = frozenset(mention.id for text in texts for mention in index.metrics.find(text))
    appeared = parse_partial_date(article.published) if article.published else None
    items = [corpus.entities[entity] for entity in entities] + [corpus.metrics[metric] for metric in metrics | spoken]
    names = frozenset(
        form for item in items for name in item.all_names for term in terms(name, keep_stopwords=True) for form in term
    )
    countries = frozenset(code for text in texts for code in find_countries(text))
    return PassageFacts(
        metrics=metrics,
        measured=tuple((figure.metric, span_of(figure)) for figure in passage.accepted_figures),
        summed=frozenset(metric for metric in metrics if is_summed(corpus.metrics[metric])),
        spoken=spoken,
        claims=frozenset((f.metric, f.entity, float(f"{f.value:.1e}")) for f in passage.accepted_figures),
        related=frozenset(related for metric in metrics for related in corpus.metrics[metric].related),
        statuses=frozenset(figure.status for figure in passage.accepted_figures),
        quantities=_quantities(passage, texts, frozenset(corpus.entities[entity].kind for entity in entities), cues),
        periods=_periods(passage, texts, appeared),
        appeared=appeared,
        entities=entities,
        speakers=frozenset(speakers),
        occasion=entities,
        introduced=frozenset(entity for text in texts for entity in _introduced(text, entity_names)),
        countries=countries,
        article_countries=countries,
        cities=frozenset(city for text in texts for city in find_cities(text)),
        constraints=frozenset(mention.id for text in texts for mention in cues.constraints.find(text)),
        posts=frozenset(entity for text in texts for entity in _posts(text, entity_names, cues)),
        forms=names | {form for text in texts for term in terms(text, keep_stopwords=True) for form in term},
        names=names,
    )


def _posts(text: str, entity_names: NameIndex, cues: Cues) -> set[str]:
    """The entities right behind a post: "president of AMRC"."""
    posts = [mention.end for mention in cues.post.find(text)]
    return {
        mention.id
        for mention in entity_names.find(text)
        if any(0 <= mention.start - end <= POST_REACH for end in posts)
    }


def _introduced(text: str, entity_names: NameIndex) -> set[str]:
    """The entities that a text names in two ways."""
    ways: dict[str, set[str]] = defaultdict(set)
    for mention in entity_names.find(text):
        ways[mention.id].add(fold(text[mention.start : mention.end]))
    return {entity for entity, names in ways.items() if len(names) > 1}


def _periods(passage: Passage, texts: tuple[str, ...], appeared: Span | None) -> tuple[Span, ...]:
    spans = {span for text in texts for span in find_periods(text)}
    if appeared is not None:
        spans = {span for span in spans if not (span.overlaps(appeared) and span.days <= LONGEST_REPEATED_DATE)}
    for figure in passage.accepted_figures:
        if (first := figure.period.start or figure.period.end) and (last := figure.period.end or first):
            spans.add(Span(parse_partial_date(first).start, parse_partial_date(last).end))
    return tuple(sorted(spans))


def _quantities(
    passage: Passage, texts: tuple[str, ...], kinds: frozenset[EntityKind], cues: Cues
) -> frozenset[Quantity]:
    """The kinds of thing that a passage holds, from its figures and from its words."""
    found = {quantity_of(figure.unit) for figure in passage.accepted_figures}
    found |= {quantity for text in texts for quantity in quantities_in_words(text, cues)}
    if found & {Quantity.COUNT, Quantity.AMOUNT, Quantity.SHARE, Quantity.RANK}:
        found.add(Quantity.NUMBER)
    if kinds & {EntityKind.PERSON, EntityKind.ORGANISATION}:
        found.add(Quantity.PERSON)
    if any(cues.reason_given.find(text) for text in texts):
        found.add(Quantity.REASON)
    if any(find_cities(text) or find_countries(text) for text in texts):
        found.add(Quantity.PLACE)
    return frozenset(found)


def quantities_in_words(text: str, cues: Cues) -> set[Quantity]:
    """The kinds of number, and dates, that a text holds."""
    found: set[Quantity] = set()
    spans, numbers = find_periods(text), find_numbers(text)
    dates = {part for span in spans for day in (span.start, span.end) for part in (day.year, day.day)}
    if _MONEY_IN_WORDS.search(text):
        found.add(Quantity.AMOUNT)
    if any(number.percent for number in numbers):
        found.add(Quantity.SHARE)
    spelled = any(SMALL_NUMBER_WORDS.get(s, 1) > 1 for w in words(text) for s in arabic_stems(w.folded))
    if spelled or any(not number.percent and number.value not in dates for number in numbers):
        found.add(Quantity.COUNT)
    if spans:
        found.add(Quantity.DATE)
    if any(mention.id == Quantity.RANK for mention in cues.quantity.find(text)):
        found.add(Quantity.RANK)
    return found
