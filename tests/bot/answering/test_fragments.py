"""What a message leaves to the conversation."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.cues import load_cues
from bot.answering.fragments import FragmentReader, PointedTime
from bot.answering.frame_reading import FrameReader

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def fragments(frame_reader: FrameReader) -> FragmentReader:
    return FragmentReader(frame_reader, load_cues())


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("et en 2018 ?", "en 2018 ?"),
        ("what about jobs?", "jobs?"),
        ("وماذا عن الصادرات؟", "الصادرات؟"),
        ("والصادرات؟", "الصادرات؟"),
        ("bon, et le KPO ?", "le KPO ?"),
        ("ok, Morocco in 2018?", "Morocco in 2018?"),
    ],
)
def test_a_connective_is_taken_off(fragments: FragmentReader, text: str, body: str) -> None:
    fragment = fragments.read(text, TODAY)
    assert (fragment.text, fragment.continues) == (body, True)


@pytest.mark.parametrize("text", ["وزير الصناعة", "وظائف الأوفشورينغ", "En 2018 ?", "Andalusia"])
def test_a_word_that_only_looks_like_a_connective_stays(fragments: FragmentReader, text: str) -> None:
    assert not fragments.read(text, TODAY).continues


@pytest.mark.parametrize("text", ["2018 ?", "à Rabat ?", "et Intelcia ?", "وفي 2030؟", "et en 2018, combien ?"])
def test_periods_places_and_names_alone_are_recognised(fragments: FragmentReader, text: str) -> None:
    assert fragments.read(text, TODAY).names_only


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("et les emplois cette année-là ?", PointedTime.SAME),
        ("and the year before?", PointedTime.BEFORE),
        ("وفي السنة الموالية؟", PointedTime.NEXT),
        ("same period of 2024?", PointedTime.PART),
    ],
)
def test_a_time_told_by_another_one_is_recognised(fragments: FragmentReader, text: str, time: PointedTime) -> None:
    assert fragments.read(text, TODAY).time is time


def test_that_year_is_not_the_current_one(fragments: FragmentReader) -> None:
    assert not fragments.read("et cette année-là ?", TODAY).mentions.periods


@pytest.mark.parametrize(
    "text",
    [
        "Combien l'offshoring a-t-il rapporté en 2024 ?",
        "How many call centres are there in Morocco?",
        "Il y a combien de centres d'appels au Maroc ?",
    ],
)
def test_a_pronoun_with_its_subject_in_the_question_points_at_nothing(fragments: FragmentReader, text: str) -> None:
    assert not fragments.read(text, TODAY).refers


def test_what_is_counted_is_part_of_what_is_asked(fragments: FragmentReader) -> None:
    assert fragments.read("et combien de pays ?", TODAY).rest


def test_a_name_that_the_knowledge_does_not_have_is_known_as_such(fragments: FragmentReader) -> None:
    assert fragments.read("et Accenture ?", TODAY).names_unknown
    assert not fragments.read("et Intelcia ?", TODAY).names_unknown
