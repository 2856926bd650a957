"""What goes into an answer and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bot.answering.calculations import Calculation
from bot.answering.charting import Chart
from bot.answering.figure_answer import FigureAnswer
from bot.answering.frame import Frame
from bot.answering.reply import Block, Reply
from index.model import EmbeddedQuery
from knowledge.language import Language
from knowledge.model import Article, Figure, Passage
from knowledge.sentences import Stretch


class AnswerKind(StrEnum):
    """What an answer is."""

    ANSWER = "answer"
    ABSTENTION = "abstention"
    SMALLTALK = "smalltalk"
    HELP = "help"


class AbstentionReason(StrEnum):
    """Why there is no answer."""

    NO_PASSAGE = "no_passage"
    OTHER_PERIOD = "other_period"
    OTHER_PLACE = "other_place"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Question:
    """A message as it came in.

    Attributes:
        preferred_language: What the user chose with /lang, if anything.
        user_language: Telegram's language code, such as ``fr`` or ``pt-br``.
    """

    text: str
    today: date
    preferred_language: Language | None = None
    user_language: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """What later turns need to know of earlier ones."""

    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage chosen for an answer.

    Attributes:
        passage_id: Global id, ``article#p3``.
        confidence: P(the passage answers the question), 0 to 1.
        answering: The sentence that answers, by language of the text; empty where none was looked for.
    """

    passage_id: str
    article: Article
    passage: Passage
    confidence: float
    answering: Mapping[Language, Stretch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """A source line: what a reader needs to find and judge the source.

    Attributes:
        n: The number that the reply's statements carry.
        text: The passage as shown.
        language: The language of ``text``.
        said_by: The speaker's name in the reply's language, None when the article itself speaks.
    """

    n: int
    passage_id: str
    article: Article
    passage: Passage
    text: str
    language: Language
    said_by: str | None


@dataclass(frozen=True, slots=True)
class Option:
    """Something the reader can do next; ``action`` is what a button sends back."""

    label: str
    action: str


@dataclass(frozen=True, slots=True)
class ShownDisagreement:
    """Figures of an answer that differ.

    Attributes:
        reason: In the reply's language; None where no source gives one.
    """

    figures: tuple[tuple[Figure, Citation], ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one message: an answer, an abstention, small talk or help.

    Attributes:
        language: What the reply is written in.
        reply: What the reader sees.
        lead: The figures or the sentence that answers; of everything else the first statement.
        figures: Those that it gives, each with the citation that it rests on.
        calculations: Those that it shows.
        disagreements: Values that differ, with the reason if a source gives one.
        chart: What can be drawn of an evolution that it gives.
        topics: Ids of the nearest topics, for an abstention.
        resolved_question: The question as it was understood and searched for.
        confidence: P(answered) of the best passage, 0 to 1; None where nothing was searched.
        ranked: Ids of the passages weighed for the first question, best first; those that a veto forbids left out.
    """

    kind: AnswerKind
    language: Language
    reply: Reply
    lead: str
    reason: AbstentionReason | None = None
    citations: tuple[Citation, ...] = ()
    figures: tuple[tuple[Figure, Citation], ...] = ()
    calculations: tuple[Calculation, ...] = ()
    disagreements: tuple[ShownDisagreement, ...] = ()
    chart: Chart | None = None
    options: tuple[Option, ...] = ()
    topics: tuple[str, ...] = ()
    resolved_question: str | None = None
    confidence: float | None = None
    ranked: tuple[str, ...] = ()

    def prefaced(self, block: Block) -> Answer:
        """The same answer behind a paragraph."""
        return replace(self, reply=Reply((block, *self.reply.blocks)))


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one question of a message: evidence, or a reason why there is none.

    Attributes:
        frame: The question, read.
        query: Its embedding.
        confidence: P(answered) of the best passage, also where it was not enough.
        incomplete: Whether the evidence lists things of which there may be more.
        figures: The figures that answer, if any do; the evidence then holds their passages.
        ranked: Ids of the passages weighed, best first.
    """

    frame: Frame
    query: EmbeddedQuery = field(repr=False)
    evidence: tuple[Evidence, ...] = ()
    reason: AbstentionReason | None = None
    confidence: float = 0.0
    incomplete: bool = False
    figures: tuple[FigureAnswer, ...] = ()
    ranked: tuple[str, ...] = ()
