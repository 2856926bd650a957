"""Why a passage cannot answer a question, however well it fits: rules that a reader can check.

They compare what a Frame pins down with what a passage speaks of; what is left is weighed by the confidence model.
"""

from __future__ import annotations

from bot.answering.features import ONLY_APPEARED, period_fit
from bot.answering.frame import Frame, Intent, Quantity
from bot.answering.model import AbstentionReason
from bot.answering.passage_facts import LONGEST_REPEATED_DATE, PassageFacts

# Asked how many or how much, a passage without any number has no answer, however much it is about the subject.
COUNTABLE = frozenset({Quantity.COUNT, Quantity.AMOUNT, Quantity.NUMBER})

LEAST_PERIOD_FIT = 0.4
"""A question about one year is not answered with a total over three."""


def veto(frame: Frame, facts: PassageFacts) -> AbstentionReason | None:
    """The reason why a passage cannot answer; None where nothing speaks against it."""
    # A number must be of the very country; what else an article says may hold for the country that it is about.
    countries = facts.countries if frame.quantity in COUNTABLE else facts.article_countries
    if not (frame.countries <= countries and frame.cities <= facts.cities):
        return AbstentionReason.OTHER_PLACE
    if (
        not frame.strict <= facts.constraints
        or any(facts.forms.isdisjoint(term) for term in frame.required)
        or _other_speaker(frame, facts)
        or _other_number(frame, facts)
        or (frame.asks_post and frame.organisations and facts.posts.isdisjoint(frame.organisations))
    ):
        return AbstentionReason.NO_PASSAGE
    if frame.periods and not frame.loose and _other_period(frame, facts):
        return AbstentionReason.OTHER_PERIOD
    return None


def _other_speaker(frame: Frame, facts: PassageFacts) -> bool:
    """Whether somebody's words are asked for, and the passage gives none of theirs."""
    return frame.intent is Intent.WHO_SAID and bool(frame.people) and not facts.speakers.intersection(frame.people)


def _other_number(frame: Frame, facts: PassageFacts) -> bool:
    """Whether a number is asked for, and the passage has none of that kind, or none of that organisation's.

    "How much" of something may be answered in percent.
    """
    if frame.quantity not in COUNTABLE:
        return False
    if frame.organisations and not facts.entities.intersection(frame.organisations):
        return True
    wanted = {frame.quantity, Quantity.SHARE} if frame.quantity is Quantity.AMOUNT else {frame.quantity}
    return facts.quantities.isdisjoint(wanted)


def _measured_at_another_time(frame: Frame, facts: PassageFacts) -> bool:
    """Whether a passage gives the metric asked for, and every time for days that were not asked for."""
    spans = [span for metric, span in facts.measured if metric in frame.metrics]
    return bool(spans) and not any(
        span is None or any(span.overlaps(asked) for asked in frame.periods) for span in spans
    )


def _sums_over_more(frame: Frame, facts: PassageFacts) -> bool:
    """Whether a passage gives the metric asked for in sums over more than the time asked for: a year's for a month.

    An article of that very time may report them, and what ends with it is known by its end: "by the end of June".
    """
    spans = [span for metric, span in facts.measured if metric in frame.metrics and metric in facts.summed]
    if facts.appeared is not None and any(map(facts.appeared.overlaps, frame.periods)):
        return False
    return bool(spans) and all(
        span is not None
        and all(asked.overlap(span) == asked.days < span.days and asked.end != span.end for asked in frame.periods)
        for span in spans
    )


def _other_period(frame: Frame, facts: PassageFacts) -> bool:
    """Whether a passage is about another time than the one asked for, or about none that is known.

    That an article appeared in the year asked for says nothing about a figure that it reports without a year or for
    an earlier one, unless the question names its source, its occasion or its very date: "what did Le Matin say in
    2019", "at GITEX Africa 2024", "the June 2019 review".
    """
    fit = period_fit(frame, facts)
    if fit < LEAST_PERIOD_FIT or _sums_over_more(frame, facts):
        return True
    only_appeared = fit == ONLY_APPEARED and bool(facts.periods or facts.metrics)
    short = any(span.days <= LONGEST_REPEATED_DATE for span in frame.periods)
    dated_like_the_article = short or frame.part_of_year
    elsewhen = only_appeared or _measured_at_another_time(frame, facts)
    return elsewhen and not dated_like_the_article and not facts.occasion.intersection(frame.entities)
