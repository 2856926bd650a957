"""Questions about who somebody is, through the whole Answerer over the shipped knowledge."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.answerer import Answerer
from bot.answering.frame_reading import FrameReader
from bot.answering.model import AnswerKind
from bot.session import Session

pytestmark = pytest.mark.model

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("What is Mezzour's job?", "minister of digital transition and administration reform (May 2024)"),
        ("Who is Ghita Mezzour?", "minister of digital transition and administration reform (May 2024)"),
        ("quelle fonction occupe Youssef Chraibi ?", "président de la FMES et d'Outsourcia (21 mai 2025)"),
        ("Quel est le poste de Ryad Mezzour ?", "ministre de l'Industrie et du Commerce (1er novembre 2022)"),
        ("ما منصب رياض مزور؟", "وزير الصناعة والتجارة (1 نونبر 2022)"),
        ("من هي غيثة مزور؟", "وزيرة الانتقال الرقمي وإصلاح الإدارة (ماي 2024)"),
    ],
)
def test_a_person_is_told_by_the_latest_post_over_a_passage_that_names_it(
    answerer: Answerer, text: str, title: str
) -> None:
    answer = Session().ask(answerer, text, TODAY)
    assert answer.kind is AnswerKind.ANSWER
    assert answer.lead.endswith(title)
    assert answer.reply.blocks[0].text == f"{answer.lead} [1]"
    assert not answer.figures


def test_a_person_said_before_is_meant_by_a_pronoun(answerer: Answerer) -> None:
    session = Session()
    session.ask(answerer, "Who is Ghita Mezzour?", TODAY)
    assert "minister" in session.ask(answerer, "what is her job?", TODAY).lead


@pytest.mark.parametrize(
    "text",
    ["How many jobs did Ghita Mezzour announce?", "Combien d'emplois selon Mezzour ?", "emplois de l'offshoring"],
)
def test_jobs_that_are_counted_stay_a_metric(frame_reader: FrameReader, text: str) -> None:
    (frame,) = frame_reader.read(text, None, TODAY)
    assert "offshoring_jobs" in frame.metrics
    assert frame.role_of is None


@pytest.mark.parametrize(
    "text", ["Who is the president of FMES?", "Qui a dit que Ghita Mezzour part ?", "What is BPO?"]
)
def test_what_asks_for_more_or_less_than_a_person_asks_for_no_post(frame_reader: FrameReader, text: str) -> None:
    (frame,) = frame_reader.read(text, None, TODAY)
    assert frame.role_of is None


@pytest.mark.parametrize(
    "text",
    [
        "Who held the post before Mezzour?",
        "Who works with Ghita Mezzour?",
        "Who holds Ghita Mezzour's post now?",
        "Qui occupe aujourd'hui le poste de Ghita Mezzour ?",
        "من يشغل منصب غيثة مزور الآن؟",
    ],
)
def test_who_else_holds_a_persons_post_is_not_answered_with_that_person(frame_reader: FrameReader, text: str) -> None:
    (frame,) = frame_reader.read(text, None, TODAY)
    assert frame.entities == ("ghita-mezzour",)
    assert frame.role_of is None
