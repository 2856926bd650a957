"""Darija, in Arabic and Latin letters, as standard Arabic or French."""

from __future__ import annotations

import pytest

from bot.answering.darija import DarijaReader
from knowledge.language import Language

FRENCH = frozenset({"la", "le", "président", "president", "de", "emplois", "licence", "coute"})


@pytest.fixture(scope="module")
def reader() -> DarijaReader:
    return DarijaReader(FRENCH)


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("ch7al d lkhedma f offshoring f 2024?", "كم مناصب الشغل في offshoring في 2024?"),
        ("شحال كانو خدامين فالأوفشورينغ ف2016؟", "كم كان يشتغلون في الأوفشورينغ في 2016؟"),
        ("chkoun ra2is dyal APEBI", "من هو رئيس APEBI"),
    ],
)
def test_known_words_become_standard_arabic_and_the_rest_stays(reader: DarijaReader, text: str, standard: str) -> None:
    read = reader.read(text)
    assert read is not None
    assert (read.text, read.language) == (standard, Language.AR)


def test_a_mostly_french_message_becomes_french(reader: DarijaReader) -> None:
    read = reader.read("chkoun le président de la FMES ?")
    assert read is not None
    assert (read.text, read.language) == ("qui est le président de la FMES ?", Language.FR)


@pytest.mark.parametrize(
    "text",
    [
        "Combien d'emplois fin 2024 ?",
        "كم كان عدد المناصب في قطاع خدمة الزبناء؟",
        "What had changed in 2024?",
        "Quand la licence 5G ?",
    ],
)
def test_standard_languages_are_no_darija(reader: DarijaReader, text: str) -> None:
    assert reader.read(text) is None


def test_an_elided_article_of_french_is_left_alone(reader: DarijaReader) -> None:
    read = reader.read("ch7al dyal l'investissement")
    assert read is not None
    assert read.text == "كم l'investissement"
