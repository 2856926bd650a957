"""The questions that the verifier learns from are about passages that there are, each once, and none is golden."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge.language import Language
from knowledge.loading import load_corpus

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "benchmarks" / "verifier_questions"
FILES = ("answerable", "near_misses", "off_topic")


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def plain(question: str) -> str:
    """A question without its accents, vowel signs, case and punctuation."""
    letters = unicodedata.normalize("NFKD", question.lower())
    kept = (c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def golden() -> Iterator[str]:
    for path in ROOT.glob("tests/golden*/*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            held = json.loads(line)
            yield from (each["question"] for each in held.get("turns", [held]))


def test_every_question_is_about_a_passage_that_there_is() -> None:
    known = set(load_corpus(ROOT / "knowledge").passages)
    asked = [each for name in ("answerable", "near_misses") for each in read(name)]
    assert {each["passage"] for each in asked} <= known


def test_near_misses_are_as_many_as_answerable_questions_in_every_language() -> None:
    for language in Language:
        answerable, near = (
            sum(each["language"] == language for each in read(name)) for name in ("answerable", "near_misses")
        )
        assert 0.8 < near / answerable < 1.25, language


@pytest.mark.parametrize("language", Language)
def test_no_question_stands_twice(language: Language) -> None:
    asked = Counter(
        plain(each["question"]) for name in FILES for each in read(name) if each["language"] == language.value
    )
    assert [question for question, times in asked.items() if times > 1] == []


def test_no_golden_question_is_learned_from() -> None:
    asked = {plain(each["question"]) for name in FILES for each in read(name)}
    found = {plain(question) for question in golden()}
    assert len(found) > 2000
    assert asked & found == set()
