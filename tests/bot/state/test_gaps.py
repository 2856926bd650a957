"""What readers meant alike is one gap, and what they did not is two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.state.gaps import REPORTED, Gap, group
from bot.state.questions import Noted
from knowledge.language import Language

DAY = date(2026, 11, 22)
EN, FR, AR = Language.EN, Language.FR, Language.AR


def asked(
    question: str, count: int = 1, *, language: Language = EN, reason: str = "no_passage", day: int = 22
) -> Noted:
    return Noted(question, language, reason, DAY.replace(day=day), count)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("jobs in 2050", "How many jobs in 2050?", EN),
        ("Quel est le salaire à Fès ?", "quel est le salaire a FES", FR),
        ("quel salaire à Fès", "À Fès, quel salaire ?", FR),
        ("ما هو الأجر بفاس؟", "ما هو الاجر بفاس", AR),
        ("الأجر سنة ٢٠٥٠", "الأجر سنة 2050", AR),
        ("???", "???", EN),
    ],
)
def test_wordings_of_one_question_are_one_gap(one: str, other: str, language: Language) -> None:
    (gap,) = group([asked(one, 2, language=language, day=20), asked(other, 3, language=language)])
    assert gap.count == 5
    assert gap.wordings in {(other, one), (one,)}
    assert (gap.first.day, gap.last.day) == (20, 22)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jobs in 2050", "jobs in 2060"),
        ("What is the average salary of a developer in Rabat?", "What is the average salary of a developer in Fez?"),
        ("exports", "exports by country of destination"),
        ("jobs", "salaries"),
        ("???", "!!!"),
    ],
)
def test_different_questions_are_different_gaps(one: str, other: str) -> None:
    assert len(group([asked(one), asked(other)])) == 2


def test_the_same_words_in_two_languages_are_two_gaps() -> None:
    assert len(group([asked("GITEX 2031"), asked("GITEX 2031", language=FR)])) == 2


def test_gaps_come_by_frequency_then_the_latest_first() -> None:
    gaps = group([asked("jobs"), asked("exports", 3), asked("salaries", day=21)])
    assert [gap.wordings[0] for gap in gaps] == ["exports", "jobs", "salaries"]


def test_a_reported_answer_is_a_gap_with_what_its_reader_wrote() -> None:
    report = Noted("turnover 2023?", EN, None, DAY, report="it is 17.9", passages=("a#p1",))
    (gap,) = group([asked("turnover 2023"), report])
    reasons = ((REPORTED, 1), ("no_passage", 1))
    assert gap.reasons in {reasons, reasons[::-1]}
    assert gap.reports == (("it is 17.9", ("a#p1",)),)
    assert gap == Gap(gap.wordings, EN, 2, gap.reasons, DAY, DAY, gap.reports)


@given(st.lists(st.builds(asked, st.text(max_size=12), st.integers(1, 5), language=st.sampled_from(Language))))
def test_no_question_is_lost_or_counted_twice(noted: list[Noted]) -> None:
    gaps = group(noted)
    assert sum(gap.count for gap in gaps) == sum(each.count for each in noted)
    assert {wording for gap in gaps for wording in gap.wordings} == {each.question for each in noted}
