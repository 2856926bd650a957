"""Lines of text: which are sentences, and which belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.ingest.document import Block, BlockKind

BULLET = re.compile(r"^(?:[-–—•▪◦‣●■►▶➢✓✔*·o]|\(?[0-9٠-٩]{1,2}[.)]|[a-z]\))\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…؟۔]\s?['\"»”’)\]]*$")
_FULL_STOP = re.compile(r"[.!۔]\s?['\"»”’)\]]*$")
_QUESTION = re.compile(r"[^.!…]*[?؟]\s?[»”\"]?")
_QUOTE_END = ("»", "”")
_LONGEST_QUESTION = 20
# Words below which a line names something instead of saying it, by how it ends.
_FEWEST_WORDS_WITH_FULL_STOP = 3
_FEWEST_WORDS_WITH_DOTS = 8
_FEWEST_WORDS_OF_A_QUOTE = 15
_FEWEST_WORDS_WITHOUT_END = 20
_LINE_THAT_MAY_BE_BROKEN = 40
_WRAPPED_AT_MOST = 110
_WRAPPED_AT_LEAST = 0.6
_FEWEST_WRAPPED_LINES = 3


def ends_sentence(line: str) -> bool:
    """Whether a line ends as sentences do."""
    return _SENTENCE_END.search(line) is not None


def is_sentence(line: str) -> bool:
    """Whether a line says something, rather than names it: a lone question is a heading."""
    words = len(line.split())
    if words <= _LONGEST_QUESTION and _QUESTION.fullmatch(line):
        return False
    if _FULL_STOP.search(line) or line.endswith(":"):
        return words >= _FEWEST_WORDS_WITH_FULL_STOP
    if ends_sentence(line):
        return words >= _FEWEST_WORDS_WITH_DOTS
    return words >= (_FEWEST_WORDS_OF_A_QUOTE if line.endswith(_QUOTE_END) else _FEWEST_WORDS_WITHOUT_END)


def block_of_line(line: str) -> Block:
    """A paragraph where the line is a sentence or more, else a heading."""
    return Block(BlockKind.PARAGRAPH if is_sentence(line) else BlockKind.HEADING, line)


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Join the lines of one paragraph that were broken at the width of a page."""
    joined: list[str] = []
    for run in _runs(lines):
        if _is_wrapped(run):
            joined.append(" ".join(run))
        else:
            for line in run:
                if joined and joined[-1] and _goes_on(joined[-1], line):
                    joined[-1] = f"{joined[-1]} {line}"
                else:
                    joined.append(line)
        joined.append("")
    return joined


def _runs(lines: Sequence[str]) -> Iterator[list[str]]:
    run: list[str] = []
    for line in [*lines, ""]:
        if line:
            run.append(line)
        elif run:
            yield run
            run = []


def _is_wrapped(run: list[str]) -> bool:
    """All lines but the last reach nearly to one width, and most of them end within a sentence."""
    if len(run) < _FEWEST_WRAPPED_LINES or any(BULLET.match(line) for line in run):
        return False
    width = max(map(len, run))
    whole = run[:-1]
    return (
        _LINE_THAT_MAY_BE_BROKEN <= width <= _WRAPPED_AT_MOST
        and all(len(line) >= _WRAPPED_AT_LEAST * width for line in whole)
        and sum(1 for line in whole if not ends_sentence(line)) * 2 > len(whole)
    )


def _goes_on(line: str, following: str) -> bool:
    return (
        len(line) >= _LINE_THAT_MAY_BE_BROKEN
        and not ends_sentence(line)
        and not line.endswith((":", ";", "؛", *_QUOTE_END))
        and (following[:1].islower() or following[:1] in ",;.)»")
        and not BULLET.match(following)
    )
