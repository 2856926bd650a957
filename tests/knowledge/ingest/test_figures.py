"""Figures are found in three languages with unit, period and metric, and every one of them is only proposed."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.corpus import Corpus
from knowledge.ingest.figures import propose_figures
from knowledge.language import Language
from knowledge.loading import load_corpus
from knowledge.model import Bound, Figure, FigureStatus, Passage, PassageKind, PeriodBasis, Review, Unit

FR, AR, EN = Language.FR, Language.AR, Language.EN
ACTUAL, TARGET, GROWTH = FigureStatus.ACTUAL, FigureStatus.TARGET, FigureStatus.GROWTH


@pytest.fixture(scope="module")
def shipped() -> Corpus:
    return load_corpus(Path(__file__).parents[3] / "knowledge")


def proposed(text: str, language: Language, corpus: Corpus) -> tuple[Figure, ...]:
    passage = Passage(id="q1", kind=PassageKind.VERBATIM, text={language: text}, start=0, end=len(text))
    (found,) = propose_figures((passage,), text, language, corpus)
    return found.figures


@pytest.mark.parametrize(
    ("language", "text", "metric", "value", "unit"),
    [
        (FR, "Le chiffre d'affaires à l'export a atteint 17,9 milliards de dirhams.", "export", 17.9e9, Unit.MAD),
        (FR, "Les recettes à l'export s'élèvent à 26,2 milliards de DH.", "export", 26.2e9, Unit.MAD),
        (FR, "Les recettes à l'export représentent 2,8 milliards d'euros.", "export", 2.8e9, Unit.EUR),
        (EN, "Offshoring export revenue reached MAD 26.2bn.", "export", 26.2e9, Unit.MAD),
        (EN, "Offshoring exports brought in $2.8 billion.", "export", 2.8e9, Unit.USD),
        (AR, "بلغت عائدات صادرات ترحيل الخدمات 26,2 مليار درهم.", "export", 26.2e9, Unit.MAD),
        (
            FR,
            "L'offshoring compte 148 500 postes, selon les emplois de l'offshoring déclarés.",
            "jobs",
            148500,
            Unit.JOBS,
        ),
        (EN, "Offshoring jobs now stand at 148,500 jobs.", "jobs", 148500, Unit.JOBS),
        (FR, "Les recettes à l'export ont progressé de +20 %.", "growth", 20, Unit.PERCENT),
        (EN, "Offshoring exports fell by 6%.", "growth", -6, Unit.PERCENT),
    ],
)
def test_a_number_with_unit_and_metric_is_found(  # noqa: PLR0917 - one row of a table
    language: Language, text: str, metric: str, value: float, unit: Unit, shipped: Corpus
) -> None:
    metrics = {
        "export": "offshoring_export_revenue",
        "jobs": "offshoring_jobs",
        "growth": "offshoring_export_revenue_growth",
    }
    (figure,) = proposed(text, language, shipped)
    assert (figure.metric, figure.value, figure.unit) == (metrics[metric], value, unit)
    assert figure.review is Review.PROPOSED


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param(FR, "Les recettes à l'export progressent depuis 2018.", id="a year is no figure"),
        pytest.param(FR, "L'entreprise a payé 17,9 milliards de dirhams.", id="no metric is named"),
        pytest.param(FR, "Les recettes à l'export sont tenues par 300 personnes.", id="another unit"),
        pytest.param(EN, "The 5G network has offshoring exports.", id="a digit of a name"),
        pytest.param(AR, "تراجعت الصادرات كثيرا.", id="no number"),
    ],
)
def test_nothing_else_is_proposed(language: Language, text: str, shipped: Corpus) -> None:
    assert proposed(text, language, shipped) == ()


@pytest.mark.parametrize(
    ("text", "status", "bound", "start"),
    [
        (
            "À fin 2024, le secteur comptait près de 148 500 emplois dans l'offshoring.",
            ACTUAL,
            Bound.NEARLY,
            "2024-01-01",
        ),
        ("L'offshoring vise 270 000 emplois à l'horizon 2030.", TARGET, None, "2030-01-01"),
        (
            "L'offshoring a créé plus de 51 000 emplois entre 2014 et 2018, et 2 000 emplois en 2019.",
            ACTUAL,
            None,
            None,
        ),
        ("L'offshoring compte environ 120 000 emplois.", ACTUAL, Bound.ABOUT, None),
    ],
)
def test_status_bound_and_period_are_those_of_the_sentence(
    text: str, status: FigureStatus, bound: Bound | None, start: str | None, shipped: Corpus
) -> None:
    figure = proposed(text, FR, shipped)[-1]
    assert (figure.status, figure.bound, figure.period.start) == (status, bound, start)
    assert figure.period.basis is (PeriodBasis.STATED if start else PeriodBasis.UNKNOWN)


def test_a_figure_knows_its_sentence_by_its_place_in_the_text(shipped: Corpus) -> None:
    text = "Il fait beau. L'offshoring compte 120 000 emplois. Fin."
    (figure,) = proposed(text, FR, shipped)
    assert figure.sentence is not None
    assert text[figure.sentence.start : figure.sentence.end] == "L'offshoring compte 120 000 emplois."
