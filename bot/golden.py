"""Golden questions and dialogues: reading them, and comparing replies with what they expect."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import BotError
from knowledge.language import Language
from knowledge.text import western_digits


class GoldenKind(StrEnum):
    """What a golden question tests."""

    FACT = "fact"
    LIST = "list"
    EVOLUTION = "evolution"
    COMPARISON = "comparison"
    DISAGREEMENT = "disagreement"
    NEAR_MISS = "near_miss"
    OFF_TOPIC = "off_topic"
    DIALOGUE = "dialogue"
    SMALLTALK = "smalltalk"
    TWO_IN_ONE = "two_in_one"


ANSWERABLE = frozenset(GoldenKind) - {
    GoldenKind.NEAR_MISS,
    GoldenKind.OFF_TOPIC,
    GoldenKind.SMALLTALK,
    GoldenKind.DIALOGUE,
}


class ExpectedPeriod(BaseModel):
    """The days of an expected figure, as its article gives them; null where it gives none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: str | None
    end: str | None


class ExpectedFigure(BaseModel):
    """A figure that an answer must give: the value, within rounding, and its period.

    Attributes:
        period: Its very days; words that describe it are for people, and not compared.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    metric: str
    value: float
    period: ExpectedPeriod | str | None = None


class ExpectedFigures(BaseModel):
    """Several, for a comparison, an evolution or a disagreement."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    all: tuple[ExpectedFigure, ...]


class TurnOutcome(StrEnum):
    """What a turn of a dialogue must come to."""

    ANSWER = "answer"
    REFUSAL = "refusal"
    SMALLTALK = "smalltalk"
    ANY = "any"


class GoldenTurn(BaseModel):
    """A later turn of a dialogue.

    Attributes:
        follow_up: Whether it can only be understood from the turns before.
        about_answer: Whether it asks about the last answer: its source, speaker or date, or the same again.
        expect: As for a golden question; for a turn about the last answer the whole reply is looked at.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    language: Language
    outcome: TurnOutcome
    follow_up: bool
    about_answer: bool = False
    expect: tuple[str, ...] = ()
    figure: ExpectedFigure | ExpectedFigures | None = None


class GoldenQuestion(BaseModel):
    """One golden question.

    Attributes:
        fact: Groups all languages and paraphrases of one fact; folds are cut by it.
        expect: Regular expressions over normalised text, all of which must be found.
        figure: What the answer leads with; several may stand anywhere in it.
        outcome: What the first turn of a dialogue must come to; an answer, where it is left out.
        turns: The later turns of a dialogue.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    fact: str
    kind: GoldenKind
    language: Language
    question: str
    expect: tuple[str, ...] = ()
    article: str | None = None
    figure: ExpectedFigure | ExpectedFigures | None = None
    today: str | None = None
    outcome: TurnOutcome = TurnOutcome.ANSWER
    turns: tuple[GoldenTurn, ...] = ()

    def as_turns(self) -> tuple[GoldenTurn, ...]:
        """Every turn of a dialogue, the first one too."""
        first = GoldenTurn(
            question=self.question,
            language=self.language,
            outcome=self.outcome,
            follow_up=False,
            expect=self.expect,
            figure=self.figure,
        )
        return (first, *self.turns)


def read_golden(path: Path) -> Iterator[GoldenQuestion]:
    """Read a file of golden questions.

    Raises:
        BotError: The file cannot be read, or a line is not a golden question.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BotError(f"{path} cannot be read: {error}. It must be a UTF-8 file of JSON lines.") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield GoldenQuestion.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(str(part) for part in first["loc"])
                raise BotError(f"{path}:{number}: {place} {first['msg']}. See docs/golden.md.") from error


def read_golden_set(path: Path) -> tuple[GoldenQuestion, ...]:
    """Read a file, or every ``*.jsonl`` of a folder.

    Raises:
        BotError: As for `read_golden`; also where there is no question, or two share an id.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    questions: dict[str, GoldenQuestion] = {}
    for file in files:
        for question in read_golden(file):
            if question.id in questions:
                raise BotError(f"{file}: the id {question.id} is taken by another question. Choose another id.")
            questions[question.id] = question
    if not questions:
        raise BotError(f"{path} holds no golden question. Name a *.jsonl file or a folder of them.")
    return tuple(questions.values())


_GROUPING = re.compile(r"(?<=\d)[ \u00a0\u202f.,٬](?=\d{3}(?!\d))")


def normalised(text: str) -> str:
    """A text as expectations are written: NFKC, Western digits, no grouping separators, no diacritics."""
    text = western_digits(unicodedata.normalize("NFKC", text))
    text = _GROUPING.sub("", text)
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def meets(expect: tuple[str, ...], *texts: str) -> bool:
    """Whether every expectation is found in one of the texts."""
    folded = [normalised(text) for text in texts]
    return all(any(re.search(each, text, re.IGNORECASE) for text in folded) for each in expect)
