"""The statement that figures make, with its citations and what Dalil says of them itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.answering.figure_choice import FigureChooser
from bot.answering.figure_composing import FigureComposer, FigureStatement
from bot.answering.figure_wording import FigureWording
from bot.answering.figures import FigureBook
from bot.answering.frame import Frame, Intent
from bot.localisation import localiser
from knowledge.language import Language
from knowledge.model import Difference, Disagreement, Figure, FigureReference, FigureStatus
from knowledge.periods import year_span
from made_corpus import make_article, make_corpus, make_figure, make_summary, same

EN = Language.EN
NO_REASON = "No source gives the reason."


def cite(passage_id: str) -> int:
    return int(passage_id[1 : passage_id.index("#")])


def composed(
    *figures: Figure,
    disagreement: Disagreement | None = None,
    disagreements: dict[str, Disagreement] | None = None,
    **fields: Any,
) -> FigureStatement:
    """The statement that answers a Frame about jobs; each figure stands in an article of its own, a1, a2 and so on."""
    articles = [
        make_article(make_summary(figures=(figure,)), id=f"a{n}", published=f"2025-{n:02}", publisher=f"P{n}")
        for n, figure in enumerate(figures, start=1)
    ]
    corpus = make_corpus(*articles, disagreements={"d": disagreement} if disagreement else disagreements)
    frame = Frame("q", EN, **{"metrics": ("jobs",), "today": date(2026, 11, 21), **fields})
    (answer,) = FigureChooser(corpus, FigureBook(corpus)).choose(frame)
    return FigureComposer(corpus, FigureWording(corpus)).compose(answer, cite, localiser(EN))


def jobs(value: float, start: str, **fields: Any) -> Figure:
    return make_figure("jobs", value, start=start, **fields)


def disputed(**fields: Any) -> Disagreement:
    references = (FigureReference(passage=f"a{n}#p1", metric="jobs", value=value) for n, value in ((1, 10), (2, 12)))
    return Disagreement(figures=tuple(references), **fields)


def test_a_value_is_one_line_with_its_citation_and_one_of_a_source_that_agrees() -> None:
    statement = composed(jobs(5, "2025"))
    assert (statement.text, statement.notes) == ("Jobs, latest known (2025): 5 jobs [1]", ())
    assert statement.lead == "Jobs, latest known (2025): 5 jobs"
    assert composed(*[jobs(5, "2025")] * 3).text == "Jobs, latest known (2025): 5 jobs [3] [1]"


def test_a_comparison_ends_with_its_calculation() -> None:
    periods = (year_span(2019), year_span(2024))
    assert composed(jobs(80, "2019"), jobs(100, "2024"), periods=periods).text.split("\n") == [
        "Jobs (2019): 80 jobs [1]",
        "Jobs (2024): 100 jobs [2]",
        "Dalil's calculation: 100 jobs − 80 jobs = 20 jobs, that is +25% [2] [1]",
    ]


def test_a_comparison_across_a_disagreement_says_why_there_is_no_calculation() -> None:
    periods = (year_span(2019), year_span(2024))
    statement = composed(jobs(10, "2019"), jobs(12, "2024"), periods=periods, disagreement=disputed())
    assert "calculation" not in statement.text
    assert localiser(EN).text("figures-incomparable") in statement.notes


def test_an_evolution_stands_oldest_first_with_the_targets_under_their_own_heading() -> None:
    target = jobs(9, "2030", status=FigureStatus.TARGET)
    statement = composed(jobs(2, "2024"), target, jobs(1, "2019"), intent=Intent.EVOLUTION)
    assert statement.text.split("\n") == [
        "Jobs, over time:",
        "• 2019: 1 job [3]",
        "• 2024: 2 jobs [1]",
        "Targets:",
        "• 2030: 9 jobs [2]",
    ]


def test_values_that_differ_stand_by_publication_and_no_reason_is_known() -> None:
    statement = composed(jobs(10, "2025"), jobs(12, "2025"), jobs(14, "2025"))
    assert statement.text.split("\n")[1:] == [
        "The sources do not agree:",
        "• 2025: 10 jobs [1]",
        "• 2025: 12 jobs [2]",
        "• 2025: 14 jobs [3]",
    ]
    assert statement.notes == (NO_REASON,)


def test_values_that_differ_stand_by_period_before_publication() -> None:
    statement = composed(jobs(12, "2025-12"), jobs(10, "2025-06"), disagreement=Disagreement(
        figures=tuple(FigureReference(passage=f"a{n}#p1", metric="jobs", value=v) for n, v in ((1, 12), (2, 10)))
    ))  # fmt: skip
    assert statement.text.split("\n")[-2:] == ["• June 2025: 10 jobs [2]", "• December 2025: 12 jobs [1]"]


def test_a_known_reason_is_given_with_what_differs() -> None:
    known = disputed(reason=same("They count otherwise."), differs=(Difference.SCOPE,), note=same("Two counts."))
    statement = composed(jobs(10, "2025"), jobs(12, "2025"), disagreement=known)
    assert statement.context == ("Two counts. [1]", "They count otherwise. [1]")
    assert statement.notes == ("What differs: the scope.",)


def test_what_is_said_of_a_disagreement_cites_every_passage_that_its_numbers_come_from() -> None:
    texts = {"a1": "It was 10 in 2025.", "a2": "It was 12 in 2025."}
    articles = [
        make_article(make_summary(text, figures=(jobs(value, "2025"),)), id=name, publisher=name)
        for (name, text), value in zip(texts.items(), (10, 12), strict=True)
    ]
    corpus = make_corpus(*articles, disagreements={"d": disputed(note=same("One counts 10, the other 12."))})
    frame = Frame("q", EN, metrics=("jobs",), today=date(2026, 11, 21))
    (answer,) = FigureChooser(corpus, FigureBook(corpus)).choose(frame)
    statement = FigureComposer(corpus, FigureWording(corpus)).compose(answer, cite, localiser(EN))
    assert statement.context == ("One counts 10, the other 12. [1] [2]",)


def test_a_disagreement_without_a_reason_says_that_none_is_known() -> None:
    assert composed(jobs(10, "2025"), jobs(12, "2025"), disagreement=disputed()).notes == (NO_REASON,)


def test_an_old_figure_says_so() -> None:
    old = localiser(EN).text("figure-old")
    assert composed(jobs(5, "2024"), today=date(2027, 1, 1)).notes == (old,)
    assert composed(jobs(5, "2024"), today=date(2026, 12, 31)).notes == ()


def test_two_disagreements_are_told_apart_in_one_line() -> None:
    """A second line "What differs" would stand there without its subject."""
    figures = (jobs(10, "2024"), jobs(12, "2024"), jobs(14, "2024"))
    pairs = (((1, 10), (2, 12)), ((1, 10), (3, 14)))
    differs = ((Difference.SCOPE,), (Difference.SCOPE, Difference.DATE))
    disagreements = {
        f"d{n}": Disagreement(
            figures=tuple(FigureReference(passage=f"a{place}#p1", metric="jobs", value=value) for place, value in pair),
            differs=differs[n],
            reason=same("One of them counts trainees.") if n else None,
        )
        for n, pair in enumerate(pairs)
    }
    statement = composed(*figures, disagreements=disagreements)
    locale = localiser(EN)
    joined = ", ".join(locale.text(f"difference-{each}") for each in (Difference.SCOPE, Difference.DATE))
    assert statement.notes == (locale.text("figures-differ-in", differences=joined),)
