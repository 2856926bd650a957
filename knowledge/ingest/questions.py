"""Puts questions together with their answers, as pages of frequent questions hold them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.ingest.document import Block, BlockKind

_INTERROGATIVE = (
    r"(?:qu[’'](?:est|en|elles?)|que |quel|qui\b|quand\b|quoi\b|comment\b|pourquoi\b|combien\b|où\b"
    r"|est-ce\b|à (?:qui|quoi|quel)"
    r"|en quoi\b|dans quel|peut-on|faut-il|what\b|who\b|how\b|why\b|when\b|where\b|which\b|is\b|are\b|can\b|do\b"
    r"|does\b|will\b|did\b|should\b|ما\b|ماذا\b|من\b|كيف\b|لماذا\b|متى\b|أين\b|اين\b|هل\b|كم\b|أي\b|لم\b|بم\b)"
)
_QUESTION = rf"{_INTERROGATIVE}[^?؟.!…\n]{{4,250}}[?؟]"
_ASKED = re.compile(_QUESTION, re.IGNORECASE)
_ASKED_AND_ANSWERED = re.compile(rf"({_QUESTION})\s+(\S.+)", re.IGNORECASE)
_FAQ = re.compile(
    r"\bF\.?A\.?Q\b|foire aux questions|questions? (?:fréquentes?|et réponses)|(?i:frequently asked)"
    r"|[اأ]سئلة (?:شائعة|متكررة|وأجوبة)|الأسئلة (?:الشائعة|المتكررة|الأكثر)",
)
_FEWEST = 2
_LONGEST_TITLE = 12
_LINES = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH})


def with_questions(blocks: Sequence[Block], title: str | None) -> tuple[Block, ...]:
    """Make one block of each question and its answer, where a page is one of questions.

    It is one where its title or a heading says so, or where two questions or more have an answer of one paragraph each.
    Elsewhere a question is a heading like any other, or part of what is said.
    """
    titles = [block.text for block in blocks if block.kind in _LINES and len(block.text.split()) <= _LONGEST_TITLE]
    faq = any(map(_FAQ.search, [*titles, title or ""]))
    if faq or sum(1 for block in blocks if _in_one_line(block)) >= _FEWEST:
        blocks = [
            Block(BlockKind.QUESTION_ANSWER, "\n".join(pair)) if (pair := _in_one_line(block)) else block
            for block in blocks
        ]
    answers = {place: _answers(blocks, place) for place, block in enumerate(blocks) if _is_asked(block)}
    answers = {place: number for place, number in answers.items() if number}
    if len(answers) >= _FEWEST:  # what follows the last answer is the article again
        *others, last = answers
        answers[last] = min(answers[last], max(answers[place] for place in others))
    if not faq and (len(answers) < _FEWEST or set(answers.values()) != {1}):
        return tuple(blocks)
    joined: list[Block] = []
    place = 0
    while place < len(blocks):
        following = answers.get(place, 0)
        if following:
            text = "\n".join(block.text for block in blocks[place : place + following + 1])
            joined.append(Block(BlockKind.QUESTION_ANSWER, text))
        else:
            joined.append(blocks[place])
        place += following + 1
    return tuple(joined)


def _is_asked(block: Block) -> bool:
    return block.kind in _LINES and _ASKED.fullmatch(block.text) is not None


def _in_one_line(block: Block) -> tuple[str, str] | None:
    match = _ASKED_AND_ANSWERED.fullmatch(block.text) if block.kind is BlockKind.PARAGRAPH else None
    return None if match is None else (match[1], match[2])


def _answers(blocks: Sequence[Block], place: int) -> int:
    """How many paragraphs and lists follow a question."""
    number = 0
    for block in blocks[place + 1 :]:
        if block.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST} or _is_asked(block):
            break
        number += 1
    return number
