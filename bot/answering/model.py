"""What goes into an answer and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bot.answering.calculations import Calculation
from bot.answering.charting import Chart
from bot.answering.figure_answer import FigureAnswer
from bot.answering.frame import Frame, Intent, Quantity
from bot.answering.reply import Block, Reply
from index.model import EmbeddedQuery
from knowledge.language import Language
from knowledge.model import Article, Figure, Passage, Role
from knowledge.periods import Span
from knowledge.sentences import Stretch

TURNS_KEPT = 5
"""Enough for a few refusals and courtesies between a question and what it is followed by."""


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
class Slots:
    """What a question pinned down, and a later one may leave unsaid.

    Attributes:
        metrics: Ids of the metrics it names; those of the figures that answered it, where it names none.
        entities: Ids of the entities it names.
        periods: The periods it names.
        targets: Whether it speaks of what is aimed at.
    """

    metrics: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    periods: tuple[Span, ...] = ()
    intent: Intent = Intent.FACT
    quantity: Quantity | None = None
    targets: bool = False


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure that an answer gave: what it is of, and when."""

    metric: str
    entity: str | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class PastTurn:
    """One message and its reply, without the reply's words.

    Attributes:
        asked: The question as it was understood: completed, where it left something unsaid.
        language: The language of ``asked``; None when it is none of the three.
        completed: Whether an earlier turn completed it, or it was about an earlier answer.
        passages: Ids of the passages cited.
        figures: Those shown, the answer first.
        actions: Those of the options offered, in their order.
    """

    kind: AnswerKind
    asked: str = ""
    language: Language | None = None
    completed: bool = False
    slots: Slots = Slots()
    passages: tuple[str, ...] = ()
    figures: tuple[ShownFigure, ...] = ()
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """What later turns need to know of earlier ones; it can be written as JSON and read back.

    Attributes:
        language: What the last reply was written in, unless its language was asked for once.
        turns: The last ones, the newest last; at most `TURNS_KEPT`.
    """

    language: Language | None = None
    turns: tuple[PastTurn, ...] = ()

    @property
    def last(self) -> PastTurn | None:
        """The newest turn."""
        return self.turns[-1] if self.turns else None

    @property
    def answered(self) -> PastTurn | None:
        """The newest turn that was answered from sources."""
        return next((turn for turn in reversed(self.turns) if turn.kind is AnswerKind.ANSWER), None)

    def after(self, turn: PastTurn, language: Language) -> Conversation:
        """The conversation with one more turn."""
        return Conversation(language, (*self.turns, turn)[-TURNS_KEPT:])


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
    """Something the reader can do next.

    Attributes:
        action: What a button sends back.
        copies: What a button puts on the reader's clipboard instead, where it can and the text is short enough.
    """

    label: str
    action: str
    copies: str | None = None


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
        taken: The action that the message took up: by its number, by "yes", by "source?"; None for any other message.
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
    taken: str | None = None

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
        further: Ids of passages that may interest a reader of the answer, the nearest first.
        role: The post that a person is asked after, where the evidence names it.
        passing: Ids of all passages that pass the decision, the best first, whether they are evidence or not.
    """

    frame: Frame
    query: EmbeddedQuery = field(repr=False)
    evidence: tuple[Evidence, ...] = ()
    reason: AbstentionReason | None = None
    confidence: float = 0.0
    incomplete: bool = False
    figures: tuple[FigureAnswer, ...] = ()
    ranked: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    role: Role | None = None
    passing: tuple[str, ...] = ()
