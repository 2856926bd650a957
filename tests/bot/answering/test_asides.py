"""Messages about the reply that was just given."""

from __future__ import annotations

import pytest

from bot.answering.asides import Aside, AsideReader
from bot.answering.cues import load_cues
from bot.answering.model import AnswerKind, Conversation, PastTurn, ShownFigure
from knowledge.language import Language

OFFERED = PastTurn(
    AnswerKind.ANSWER,
    passages=("a#p1",),
    figures=(ShownFigure("offshoring_jobs", None, None),),
    actions=("evolution:offshoring_jobs", "quotes:abcdefgh", "more:ijklmnop"),
)
CONVERSATION = Conversation(Language.FR, (OFFERED,))


@pytest.fixture(scope="module")
def reader() -> AsideReader:
    return AsideReader(load_cues())


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("source ?", Aside.SOURCES),
        ("المصدر من فضلك", Aside.SOURCES),
        ("qui a dit ça ?", Aside.WHO),
        ("من قال ذلك؟", Aside.WHO),
        ("c'était quand ?", Aside.WHEN),
        ("when was that?", Aside.WHEN),
        ("المزيد", Aside.MORE),
        ("plus court stp", Aside.SHORTER),
        ("graphique", Aside.CHART),
        ("in Arabic please", Aside.AR),
        ("بالإنجليزية من فضلك", Aside.EN),
        ("ok vas-y", Aside.YES),
        ("non merci", Aside.NO),
        ("fin kayn ?", Aside.WHERE),
    ],
)
def test_what_a_message_wants_of_the_last_reply(reader: AsideReader, text: str, aside: Aside) -> None:
    assert reader.read(text) is aside


@pytest.mark.parametrize(
    "text",
    [
        "Quand MoroccoTech a-t-il été lancé ?",
        "Who said that exports would double?",
        "Combien d'emplois en plus ?",
        "Traduction en arabe des services publics",
        "fin",
    ],
)
def test_a_question_of_its_own_is_none(reader: AsideReader, text: str) -> None:
    assert reader.read(text) is None


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("oui", "evolution:offshoring_jobs"),
        ("نعم", "evolution:offshoring_jobs"),
        ("2", "quotes:abcdefgh"),
        ("٣", "more:ijklmnop"),
        ("the second", "quotes:abcdefgh"),
        ("source ?", "quotes:abcdefgh"),
        ("more", "more:ijklmnop"),
        ("graphique", "chart:offshoring_jobs"),
        ("évolution", "evolution:offshoring_jobs"),
    ],
)
def test_a_word_or_a_number_does_what_a_button_does(reader: AsideReader, text: str, action: str) -> None:
    assert reader.action(text, CONVERSATION) == action


@pytest.mark.parametrize("text", ["7", "2018", "non", "2 emplois"])
def test_anything_else_takes_up_nothing(reader: AsideReader, text: str) -> None:
    assert reader.action(text, CONVERSATION) is None


def test_nothing_is_taken_up_where_nothing_was_offered(reader: AsideReader) -> None:
    assert reader.action("oui", Conversation()) is None
    assert reader.action("1", Conversation(Language.FR, (PastTurn(AnswerKind.SMALLTALK),))) is None
