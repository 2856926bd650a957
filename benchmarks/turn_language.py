"""How often the language of a question is named rightly: langdetect alone, lingua alone, and Dalil's order.

    python benchmarks/turn_language.py

Uses the golden questions, and the short messages below, which are not among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import langdetect
import lingua
from rich.console import Console
from rich.table import Table

from bot.answering.turn_language import TurnLanguageDecider
from bot.config import read_settings
from bot.golden import read_golden
from bot.knowledge_base import read_corpus
from knowledge.language import Language

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
SHORT = {
    Language.FR: "emplois 2030; et en 2018 ?; objectif export; emplois offshoring; combien d'emplois; croissance 2023; "
    "qui l'a dit ?; source ?; rang mondial; startups; prime à la formation; les sept piliers; taux internet",
    Language.EN: "jobs 2030; and in 2018?; export target; offshoring jobs; how many jobs; growth 2023; who said it?; "
    "the source?; world rank; start-ups; training bonus; the seven pillars; internet rate",
    Language.AR: "مناصب 2030; وفي 2018؟; هدف الصادرات; من قال ذلك؟; المصدر؟; الترتيب العالمي",
}


def main() -> None:
    """Print the table."""
    golden = [
        (question.question, question.language)
        for path in sorted(GOLDEN.glob("*.jsonl"))
        for question in read_golden(path)
    ]
    short = [(text.strip(), language) for language, texts in SHORT.items() for text in texts.split(";")]
    decider = TurnLanguageDecider(read_corpus(read_settings()))
    three = lingua.LanguageDetectorBuilder.from_languages(
        lingua.Language.FRENCH, lingua.Language.ARABIC, lingua.Language.ENGLISH
    ).build()

    def by_langdetect(text: str) -> str:
        langdetect.DetectorFactory.seed = 0
        try:
            return str(langdetect.detect(text))
        except langdetect.LangDetectException:
            return ""

    def by_lingua(text: str) -> str:
        found = three.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else ""

    def by_dalil(text: str) -> str:
        decided = decider.decide(text, preferred=None, previous=None, user_language=None)
        return decided.question.value if decided.question else ""

    table = Table("", f"golden ({len(golden)})", f"short ({len(short)})", title="Language named rightly")
    for name, detect in {"langdetect": by_langdetect, "lingua": by_lingua, "Dalil": by_dalil}.items():
        table.add_row(name, f"{_share(detect, golden):.1%}", f"{_share(detect, short):.1%}")
    Console().print(table)


def _share(detect: Callable[[str], str], questions: Iterable[tuple[str, Language]]) -> float:
    results = [detect(text) == language.value for text, language in questions]
    return sum(results) / len(results)


if __name__ == "__main__":
    main()
