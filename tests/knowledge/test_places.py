"""Countries other than Morocco, and Moroccan cities, as people name them in three languages."""

from __future__ import annotations

import pytest

from knowledge.language import Language
from knowledge.places import find_cities, find_countries, find_place_mentions, place_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Combien d'emplois en Tunisie ?", {"TN"}),
        ("offshoring in Tunisia", {"TN"}),
        ("كم عدد مناصب الشغل في تونس؟", {"TN"}),
        ("بتونس", {"TN"}),
        ("les centres tunisiens", {"TN"}),
        ("the Egyptian market", {"EG"}),
        ("السوق المصرية", {"EG"}),
        ("la Côte d'Ivoire et le Sénégal", {"CI", "SN"}),
        ("l'AFRIQUE DU SUD", {"ZA"}),
        ("India or the Philippines", {"IN", "PH"}),
        ("les États-Unis", {"US"}),
    ],
)
def test_a_country_is_recognised(text: str, expected: set[str]) -> None:
    assert find_countries(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Combien d'emplois au Maroc ?", id="Morocco is the subject of everything"),
        pytest.param("jobs in Morocco", id="Morocco in English"),
        pytest.param("مناصب الشغل في المغرب", id="Morocco in Arabic"),
        pytest.param("la réunion de Rabat", id="a meeting is no island"),
        pytest.param("Maurice a dit", id="a person is no island"),
        pytest.param("الدعم المالي", id="financial is not Mali"),
        pytest.param("26 milliards de dollars américains", id="a currency, in French"),
        pytest.param("2.8 billion US dollars", id="a currency, in English"),
        pytest.param("مليار دولار أمريكي", id="a currency, in Arabic"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_names_no_other_country_gives_none(text: str) -> None:
    assert find_countries(text) == frozenset()


def test_a_currency_does_not_hide_the_country_beside_it() -> None:
    assert find_countries("dollars américains en Tunisie") == {"TN"}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", ["TN", "DZ", "EG", "SN", "FR", "ES", "IN", "PH", "US", "GB", "RW", "CI", "ZA"])
def test_a_country_is_recognised_by_the_name_that_it_is_shown_with(code: str, language: Language) -> None:
    assert find_countries(place_name(code, language)) == {code}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Combien d'emplois à Fès ?", {"fes"}),
        ("jobs in Fez", {"fes"}),
        ("مناصب الشغل بفاس", {"fes"}),
        ("Casablanca et Rabat", {"casablanca", "rabat"}),
        ("في الدار البيضاء", {"casablanca"}),
        ("Tangier or Tetouan", {"tanger", "tetouan"}),
        ("au Maroc", set()),
    ],
)
def test_a_moroccan_city_is_recognised(text: str, expected: set[str]) -> None:
    assert find_cities(text) == expected


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("city", ["fes", "casablanca", "rabat", "tanger", "oujda"])
def test_a_city_is_recognised_by_the_name_that_it_is_shown_with(city: str, language: Language) -> None:
    assert find_cities(place_name(city, language)) == {city}


def test_places_are_shown_in_the_readers_language() -> None:
    shown = [place_name(place, language) for place in ("DE", "fes") for language in Language]
    assert shown == ["Allemagne", "ألمانيا", "Germany", "Fès", "فاس", "Fès"]


def test_places_are_found_where_a_text_names_them() -> None:
    text = "Tunisie ou Rabat ?"
    assert [(m.id, text[m.start : m.end]) for m in find_place_mentions(text)] == [("TN", "Tunisie"), ("rabat", "Rabat")]


@pytest.mark.parametrize("text", ["sales of digital services", "ما هي المسالك الجديدة؟", "واش أكادير داخلة فاللائحة؟"])
def test_an_everyday_word_is_no_city(text: str) -> None:
    assert find_cities(text) <= {"agadir"}


def test_a_city_that_is_an_everyday_word_is_found_by_its_name() -> None:
    assert find_cities("مركز البيانات في الداخلة") == {"dakhla"}
    for text in ("مدينة الجديدة", "كم عدد المراكز في الجديدة؟", "شحال من مركز فالجديدة"):
        assert find_cities(text) == {"el-jadida"}
