"""Groups what readers asked in vain, or reported, by what they meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.state.questions import Noted
from knowledge.language import Language
from knowledge.text import words

REPORTED = "reported"
"""The reason of an answer that a reader reported; the others are those of abstentions."""

SAME = 0.6
"""The share of words that two wordings of one question have in common: "jobs in 2050", "how many jobs in 2050?"."""
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the knowledge does not answer, or not well.

    Attributes:
        wordings: As readers asked it, the most frequent first.
        count: How often, in all wordings.
        reasons: Why, with how often; `REPORTED` among them.
        reports: What readers wrote is wrong, with the passages that they had been shown.
    """

    wordings: tuple[str, ...]
    language: Language
    count: int
    reasons: tuple[tuple[str, int], ...]
    first: date
    last: date
    reports: tuple[tuple[str, tuple[str, ...]], ...]


def group(noted: Iterable[Noted]) -> tuple[Gap, ...]:
    """Group near-duplicates of one language; the most frequent first, then the latest.

    Two wordings are the same question if they have the same numbers and most words in common, and if one only adds
    words to the other: where each has a word of its own, as in "jobs in Rabat" and "jobs in Fez", they stay apart. A
    gap that is listed twice costs an editor less than one that hides another.
    """
    groups: list[list[Noted]] = []
    meanings: list[tuple[Language, frozenset[str]]] = []
    for each in sorted(noted, key=lambda each: (-each.count, each.day, each.question)):
        meaning = each.language, _meaning(each.question)
        for members, other in zip(groups, meanings, strict=True):
            if _same(meaning, other):
                members.append(each)
                break
        else:
            groups.append([each])
            meanings.append(meaning)
    return tuple(sorted(map(_gap, groups), key=lambda gap: (-gap.count, -gap.last.toordinal(), gap.wordings)))


def _same(one: tuple[Language, frozenset[str]], other: tuple[Language, frozenset[str]]) -> bool:
    (language, mine), (other_language, theirs) = one, other
    if language is not other_language or _numbers(mine) != _numbers(theirs):
        return False
    if _weighty(mine - theirs) and _weighty(theirs - mine):
        return False
    return len(mine & theirs) >= SAME * len(mine | theirs)


def _weighty(meaning: frozenset[str]) -> bool:
    return any(len(word) >= _SHORTEST_NAME for word in meaning)


def _meaning(question: str) -> frozenset[str]:
    return frozenset(word.folded for word in words(question)) or frozenset({question})


def _numbers(meaning: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in meaning if any(map(str.isdigit, word)))


def _gap(members: Sequence[Noted]) -> Gap:
    wordings: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for each in members:
        wordings[each.question] += each.count
        reasons[each.reason or REPORTED] += each.count
    return Gap(
        tuple(wording for wording, _ in wordings.most_common()),
        members[0].language,
        sum(each.count for each in members),
        tuple(reasons.most_common()),
        min(each.day for each in members),
        max(each.day for each in members),
        tuple((each.report, each.passages) for each in members if each.report),
    )
