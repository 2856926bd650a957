"""What we know: articles, their passages and figures, and the controlled lists they refer to."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from knowledge.language import Language

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A date as exactly as it is known: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 as hexadecimal."""
Offset = Annotated[int, Field(ge=0)]
"""A place in a cleaned text, in characters."""


class TitleBasis(StrEnum):
    """Where a title comes from."""

    PUBLISHED = "published"
    REBUILT_FROM_ADDRESS = "rebuilt_from_address"


class Reliability(StrEnum):
    """What kind of source an article is."""

    OFFICIAL = "official"
    PRESS = "press"
    BLOG = "blog"


class PassageKind(StrEnum):
    """Whether a passage is written for Dalil or quoted word for word."""

    SUMMARY = "summary"
    VERBATIM = "verbatim"


class PeriodBasis(StrEnum):
    """What a figure's period rests on: the source states it, the statement's own date, or nothing."""

    STATED = "stated"
    STATEMENT = "statement"
    UNKNOWN = "unknown"


class FigureStatus(StrEnum):
    """Whether a value was reached, estimated or aimed at, or is a change between two values."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    TARGET = "target"
    GROWTH = "growth"


class Bound(StrEnum):
    """How a source hedges a value."""

    ABOUT = "about"
    MORE_THAN = "more_than"
    NEARLY = "nearly"
    UP_TO = "up_to"
    AT_LEAST = "at_least"
    RANGE_LOW = "range_low"
    RANGE_HIGH = "range_high"


class Review(StrEnum):
    """Whether an editor has accepted a figure."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"


class MetricKind(StrEnum):
    """What a metric counts: a level at a date, a sum over a period, a place, a part, a change."""

    STOCK = "stock"
    FLOW = "flow"
    RANK = "rank"
    SHARE = "share"
    GROWTH = "growth"


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    PROGRAMME = "programme"
    EVENT = "event"
    SEGMENT = "segment"
    """A branch of the sector, such as ITO, or a part of an index."""


class Difference(StrEnum):
    """In what figures that disagree differ, where their sources show it."""

    PERIOD = "period"
    SCOPE = "scope"
    STATUS = "status"
    DATE = "date"
    SOURCE = "source"
    """Different parties count or estimate."""


class Unit(StrEnum):
    """The unit of a figure's value; amounts are full numbers, never millions."""

    MAD = "MAD"
    USD = "USD"
    EUR = "EUR"
    JOBS = "jobs"
    PEOPLE = "people"
    PERCENT = "percent"
    PERCENT_OF_GROSS_TAXABLE_PAY = "percent_of_gross_taxable_pay"
    RANK = "rank"
    PLACES = "places"
    COUNT = "count"
    DEALS = "deals"
    SCORE_0_TO_1 = "score_0_to_1"
    MW = "MW"
    M2 = "m2"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Localized(_Model):
    """One wording in each of the three languages."""

    fr: Text
    ar: Text
    en: Text

    def in_language(self, language: Language) -> str:
        """The wording in one language."""
        return str(getattr(self, language.value))


class Aliases(_Model):
    """Other names people use, per language; any of the lists may be empty."""

    fr: tuple[Text, ...] = ()
    ar: tuple[Text, ...] = ()
    en: tuple[Text, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Every alias of every language."""
        return (*self.fr, *self.ar, *self.en)


class Role(_Model):
    """A post that a person held when an article named them so; never stretched to another date."""

    title: Localized
    as_of: PartialDate
    article: Identifier


class Metric(_Model):
    """A controlled indicator."""

    unit: Unit
    kind: MetricKind
    names: Localized
    aliases: Aliases = Aliases()
    definitions: Localized
    topic: Identifier
    """The topic under which readers browse for it."""
    related: tuple[Identifier, ...] = ()
    """Metrics that people name with the same words; they answer when the metric itself has no figure."""
    growth: Identifier | None = None
    """The metric that holds its change against an earlier period."""

    @property
    def all_names(self) -> tuple[str, ...]:
        """Names and aliases in every language."""
        return (self.names.fr, self.names.ar, self.names.en, *self.aliases.all())


class Entity(_Model):
    """A person, organisation, place, programme or event, with its names in every script."""

    kind: EntityKind
    names: Localized
    aliases: Aliases = Aliases()
    roles: tuple[Role, ...] = ()

    @property
    def all_names(self) -> tuple[str, ...]:
        """Names and aliases in every language."""
        return (self.names.fr, self.names.ar, self.names.en, *self.aliases.all())


class Topic(_Model):
    """A subject that the knowledge covers, with a question it does answer."""

    names: Localized
    examples: Localized


class Period(_Model):
    """When a figure holds.

    ``start`` and ``end`` are null where the source gives no clean date; ``words`` then says what it does give.
    """

    start: PartialDate | None = None
    end: PartialDate | None = None
    basis: PeriodBasis
    words: Localized | None = None


class Offsets(_Model):
    """A piece of an article's cleaned text: ``text[start:end]``."""

    start: Offset
    end: Offset


class Figure(_Model):
    """A value of a metric over a period, as a source gives it.

    ``sentence`` is where an added article gives it.
    """

    metric: Identifier
    value: float
    unit: Unit
    period: Period
    status: FigureStatus
    entity: Identifier | None = None
    bound: Bound | None = None
    said_by: Identifier | None = None
    review: Review = Review.ACCEPTED
    sentence: Offsets | None = None


class FigureReference(_Model):
    """Names a figure of an article: the passage, as ``article#p3``, and the value that it gives for a metric."""

    passage: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*#[a-z0-9][a-z0-9_-]*$")]
    metric: Identifier
    value: float


class Disagreement(_Model):
    """Figures that readers would compare, and that do not agree.

    ``note`` says what the sources show side by side; ``differs`` names in what they differ; ``reason`` explains it
    where a source does, and is null where none does. No change is computed across two sources that disagree.
    """

    figures: Annotated[tuple[FigureReference, ...], Field(min_length=1)]
    note: Localized | None = None
    differs: tuple[Difference, ...] = ()
    reason: Localized | None = None
    editor_note: Text | None = None


class Passage(_Model):
    """The unit of retrieval: one to three sentences that stand alone.

    ``text`` holds every language for a summary, the source's language alone for a verbatim passage. ``questions``
    are ones that it answers, as people ask them: they are found by, and never shown. A verbatim passage of an added
    article is ``cleaned_text[start:end]``; ``heading`` is the last one above it, found by and never part of the quote.
    """

    id: Identifier
    kind: PassageKind
    text: Mapping[Language, Text]
    heading: Text | None = None
    start: Offset | None = None
    end: Offset | None = None
    questions: Mapping[Language, tuple[Text, ...]] = Field(default_factory=dict)
    said_by: Identifier | None = None
    entities: tuple[Identifier, ...] = ()
    figures: tuple[Figure, ...] = ()
    editor_note: Text | None = None

    @property
    def accepted_figures(self) -> tuple[Figure, ...]:
        """The figures that an editor has accepted: the only ones that answers, charts and statistics may use."""
        return tuple(figure for figure in self.figures if figure.review is Review.ACCEPTED)


class Source(_Model):
    """The file that an added article was read from.

    ``digest`` is that of the file's bytes, ``text`` that of the cleaned text that the article's passages quote.
    """

    file: Text
    digest: Digest
    text: Digest


class Publication(_Model):
    """Another place where an article stands, word for word or nearly: it confirms nothing."""

    publisher: Text | None
    title: Text | None = None
    published: PartialDate | None = None
    url: Text | None = None
    source: Source | None = None


class Article(_Model):
    """One source, with what Dalil knows from it. Field meanings: docs/glossary.md."""

    id: Identifier
    title: Text | None
    label: Localized | None = None
    title_basis: TitleBasis = TitleBasis.PUBLISHED
    publisher: Text | None
    author: Text | None = None
    published: PartialDate | None
    date_basis: Text | None = None
    about: PartialDate | None = None
    language: Language
    url: Text | None = None
    alt_urls: tuple[Text, ...] = ()
    reliability: Reliability
    topics: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    source: Source | None = None
    same_as: Identifier | None = None
    """The shipped article that summarises the same text; with it, the two are one source."""
    also_published_by: tuple[Publication, ...] = ()
    passages: Annotated[tuple[Passage, ...], Field(min_length=1)]
