"""XQuAD as corpora: paragraphs of one language, or of two in one pool, and the questions that each answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.embedding import Embedder
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Article, Passage, PassageKind, Reliability
from knowledge.text import words

FOLDER = Path(__file__).parents[2] / "shared" / "xquad-dev"
LANGUAGES = (Language.EN, Language.AR)


@dataclass(frozen=True)
class Parallel:
    """The Nth paragraph and the Nth question of one language are those of the other.

    Attributes:
        paragraph_of: For each question the number of the paragraph that answers it.
    """

    paragraphs: Mapping[Language, Sequence[str]]
    questions: Mapping[Language, Sequence[str]]
    paragraph_of: Sequence[int]


def read_xquad(folder: Path = FOLDER) -> Parallel:
    """Read both languages.

    Raises:
        SystemExit: 2, where the folder is not there: the data is not part of the project.
    """
    if not all((folder / f"xquad.{language}.json").is_file() for language in LANGUAGES):
        print(f"{folder} has no xquad.en.json and xquad.ar.json: put XQuAD there (github.com/google-deepmind/xquad)")
        sys.exit(2)
    paragraphs: dict[Language, list[str]] = {}
    questions: dict[Language, list[str]] = {}
    paragraph_of: list[int] = []
    for language in LANGUAGES:
        data = json.loads((folder / f"xquad.{language}.json").read_text(encoding="utf-8"))["data"]
        found = [paragraph for article in data for paragraph in article["paragraphs"]]
        paragraphs[language] = [paragraph["context"] for paragraph in found]
        questions[language] = [asked["question"] for paragraph in found for asked in paragraph["qas"]]
        paragraph_of = [number for number, paragraph in enumerate(found) for _ in paragraph["qas"]]
    return Parallel(paragraphs, questions, paragraph_of)


def corpus_of(paragraphs: Sequence[tuple[Language, str]], embedder: Embedder) -> Corpus:
    """A corpus of paragraphs, each in one language.

    A paragraph longer than the model reads becomes two passages, as an editor would have to split it.
    """
    passages = [
        Passage(id=f"p{number}-{part}", kind=PassageKind.VERBATIM, text={language: text})
        for number, (language, paragraph) in enumerate(paragraphs)
        for part, text in enumerate(_fitting(paragraph, embedder))
    ]
    article = Article(
        id="xquad",
        title="XQuAD",
        publisher="XQuAD",
        published="2020",
        language=Language.EN,
        reliability=Reliability.PRESS,
        topics=("exports",),
        passages=tuple(passages),
    )
    return Corpus({"xquad": article}, metrics={}, entities={}, topics={})


def paragraph_number(passage_id: str) -> int:
    """The paragraph that a passage was made of."""
    return int(passage_id.partition("#p")[2].partition("-")[0])


def _fitting(paragraph: str, embedder: Embedder) -> list[str]:
    if embedder.count_tokens(paragraph) <= embedder.max_tokens:
        return [paragraph]
    middle = words(paragraph)[len(words(paragraph)) // 2].start
    return [*_fitting(paragraph[:middle], embedder), *_fitting(paragraph[middle:], embedder)]
