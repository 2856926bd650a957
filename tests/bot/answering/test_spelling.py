"""Misspelt names of metrics are read as what they must be meant for; nothing else is touched."""

from __future__ import annotations

import pytest

from bot.answering.spelling import Speller
from bot.answering.turn_language import TurnLanguageDecider
from knowledge.corpus import Corpus


@pytest.fixture(scope="module")
def speller(corpus: Corpus) -> Speller:
    return Speller(corpus, TurnLanguageDecider(corpus).known_words)


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("chifre d'afaires de l'offshoring en 2023", "chiffre d'affaires de l'offshoring en 2023"),
        ("turnovr of outsourcing in 2023", "turnover of outsourcing in 2023"),
        ("رقم المعامللات سنة 2023", "رقم المعاملات سنة 2023"),
        ("exportatoins de l'offshoring", "exportations de l'offshoring"),
    ],
)
def test_a_slip_in_the_name_of_a_metric_is_mended(speller: Speller, text: str, spelt: str) -> None:
    assert speller.corrected(text) == spelt


@pytest.mark.parametrize(
    "text",
    [
        "chiffre d'affaires de l'offshoring en 2023",
        "Comment s'appelle le chifre de Mezzour ?",
        "Les exportateurs de l'offshoring",
        "How many employers are there?",
        "ch7al dyal lkhedma f offshoring",
        "Vodafone et Accenture",
        "كم عدد مناصب الشغل؟",
        "",
    ],
)
def test_what_is_no_slip_in_one_stays_as_it_is(speller: Speller, text: str) -> None:
    assert speller.corrected(text) == text
