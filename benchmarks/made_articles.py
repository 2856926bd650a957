"""Articles that are only as long and as worded as real ones: sentences of the shipped knowledge, drawn anew."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import yaml

from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.loading import LISTS

PASSAGES_OF_AN_ARTICLE = 7
WORDS = (40, 120)
"""As ingestion cuts passages."""
LANGUAGES = (Language.FR, Language.FR, Language.AR, Language.EN)


def write_knowledge(folder: Path, passages: int, shipped: Corpus, shipped_folder: Path) -> None:
    """Write a knowledge folder of so many passages, each verbatim in one language, with the shipped lists."""
    (folder / "articles").mkdir(parents=True)
    for name in LISTS:
        shutil.copyfile(shipped_folder / name, folder / name)
    for number in range(passages // PASSAGES_OF_AN_ARTICLE):
        write_article(folder, number, shipped)


def write_article(folder: Path, number: int, shipped: Corpus) -> None:
    """Write one article of seven passages, always the same for a number."""
    draw = random.Random(number)  # noqa: S311 - no secret
    language = LANGUAGES[number % len(LANGUAGES)]
    sentences = _sentences(shipped, language)
    article = {
        "id": f"made-{number}",
        "title": " ".join(draw.choice(sentences).split()[:10]),
        "publisher": "A paper",
        "published": f"2024-{1 + number % 12:02}",
        "date_basis": "made",
        "language": language.value,
        "reliability": "press",
        "topics": [next(iter(shipped.topics))],
        "passages": [
            {"id": f"p{n}", "kind": "verbatim", "text": {language.value: _passage(draw, sentences)}}
            for n in range(1, PASSAGES_OF_AN_ARTICLE + 1)
        ],
    }
    # Quoted, since a month that is not is a date to YAML.
    text = yaml.dump(article, default_style='"', allow_unicode=True, sort_keys=False, width=10_000)
    (folder / "articles" / f"made-{number}.yaml").write_text(text, encoding="utf-8")


def _sentences(shipped: Corpus, language: Language) -> list[str]:
    key = id(shipped), language
    if key not in _KNOWN:
        texts = (each.text for each in shipped.renderings if each.language is language)
        _KNOWN[key] = [sentence for text in texts for sentence in re.split(r"(?<=[.!?؟])\s+", text)]
    return _KNOWN[key]


_KNOWN: dict[tuple[int, Language], list[str]] = {}


def _passage(draw: random.Random, sentences: list[str]) -> str:
    wanted = draw.randint(*WORDS)
    chosen: list[str] = []
    while sum(len(sentence.split()) for sentence in chosen) < wanted:
        chosen.append(draw.choice(sentences))
    return " ".join(" ".join(chosen).split()[: WORDS[1]])
