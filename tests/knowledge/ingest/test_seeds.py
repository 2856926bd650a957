"""The five scraped articles: their sentences, counted by hand once, are kept; what is beside them is not.

The sentences are other people's: `seed_sentences.json` holds digests of them, in the order of the files.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ingest_scores import digest, foreign, kept_sentences, normalised
from knowledge.ingest.document import BlockKind
from knowledge.ingest.reading import read_document
from knowledge.language import Language

HERE = Path(__file__).parent
SEEDS = Path(__file__).parents[3].parent / "shared/seeds"
COUNTED = json.loads((HERE / "seed_sentences.json").read_text(encoding="utf-8"))
PUBLISHERS = {"h24info.ma": "H24info", "225tech.info": "225Tech", "lopinion.ma": "L'Opinion", "lematin.ma": "Le Matin"}
# What the README beside the files says, and never anything else: None where the file does not say it.
TRUE = {
    "000": ({"H24info"}, {"2024-05"}),
    "001": ({"225Tech"}, {"2026-01"}),
    "002": ({"FMES", "Le Matin"}, {"2019", "2019-06", "2019-06-14"}),
    "003": ({"Doc au Futur"}, {"2025-01", "2025-01-23"}),
    "004": ({"L'Opinion"}, {"2022-01-14"}),
}
SAID = {"000": "2024-05", "001": None, "002": None, "003": "2025-01", "004": "2022-01-14"}

needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the scraped articles are not beside us: {SEEDS}")
each_seed = pytest.mark.parametrize("name", sorted(COUNTED))


def _path(name: str) -> Path:
    return next(SEEDS.glob(f"{name}_*.txt"))


def _sentences(name: str) -> dict[str, str]:
    """Every sentence and line of a file as it came, with what was counted of it: ``body`` or ``beside``."""
    text = re.sub(r"(?<=\S)\n(?=[a-zà-ÿ])", " ", _path(name).read_text(encoding="utf-8"))
    parts = (
        part.strip()
        for line in text.split("\n")
        for part in re.split(r"^\s*(date \d{4}-\d\d)\s+(EN BREF)?|(?<=[.!?»])(?<!\b[A-Z]\.)\s+(?=[A-ZÀÉ«])", line)
        if part and normalised(part)
    )
    return {part: COUNTED[name][digest(part)] for part in parts}


@needs_seeds
@each_seed
def test_the_sentences_counted_are_the_files_own(name: str) -> None:
    assert {digest(sentence) for sentence in _sentences(name)} == set(COUNTED[name])


@needs_seeds
def test_nearly_all_of_the_articles_is_kept_and_nearly_nothing_else() -> None:
    kept = lost = body = beside = 0
    for name in COUNTED:
        text = read_document(_path(name), PUBLISHERS).text
        sentences = [sentence for sentence, label in _sentences(name).items() if label == "body"]
        found, missing = kept_sentences(text, sentences)
        kept, lost = kept + len(found), lost + len(missing)
        body, beside = body + len(normalised(text)), beside + len(foreign(text, sentences))
    assert kept >= 0.99 * (kept + lost)
    assert beside <= 0.02 * body


@needs_seeds
@each_seed
def test_language_date_and_publisher_are_right_or_not_given(name: str) -> None:
    document = read_document(_path(name), PUBLISHERS)
    publishers, dates = TRUE[name]
    assert document.language is Language.FR
    assert document.publisher is None or document.publisher in publishers
    assert document.published is None or document.published in dates
    assert document.published == SAID[name]
    assert document.url is None


@needs_seeds
def test_questions_with_answers_stay_together() -> None:
    blocks = read_document(_path("003")).blocks
    answered = [block for block in blocks if block.kind is BlockKind.QUESTION_ANSWER]
    assert len(answered) == 9
    assert all(block.text.split("\n")[0].endswith("?") for block in answered)


@needs_seeds
def test_the_title_and_byline_below_a_menu_are_found() -> None:
    document = read_document(_path("004"), PUBLISHERS)
    assert digest(document.title or "") in COUNTED["004"]
    assert (document.author, document.publisher) == ("S.M", "L'Opinion")
