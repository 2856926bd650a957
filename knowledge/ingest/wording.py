"""Finds the wording rule that a line falls under."""

from __future__ import annotations

from knowledge.ingest.wordings import WORDINGS, Wording
from knowledge.text import fold

_LONGEST = max(rule.longest for rule in WORDINGS)
_AROUND = " :.|•·»«-–—>*[]()!\"'"


def find_wording(line: str) -> Wording | None:
    """The first rule that a line falls under, None where there is none."""
    if len(line) > _LONGEST:
        return None
    folded = fold(line).strip(_AROUND)
    return next((rule for rule in WORDINGS if len(line) <= rule.longest and rule.pattern.fullmatch(folded)), None)
