"""From added files to replies: own articles are quoted, and what an editor has not accepted answers nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from bot.adding import Adder, Outcome
from bot.answering.answerer import Answerer
from bot.answering.model import Answer, AnswerKind, Conversation, Question
from bot.answering.quoting import LEFT_OUT
from bot.composition import Foundations, compose_answerer, ensure_index
from bot.config import Settings
from bot.contract import response
from bot.evaluation import citations_valid, unsupported_numbers
from bot.knowledge_base import read_corpus
from bot.reviewing import Reviewer
from index.centring import load_reference_set
from index.embedding import SentenceTransformerEmbedder
from index.storage import IndexStore
from knowledge.corpus import Corpus
from knowledge.ingest.drafting import Details
from knowledge.language import Language
from knowledge.library import Library

pytestmark = pytest.mark.model

FR, AR, EN = Language.FR, Language.AR, Language.EN
TODAY = date(2026, 11, 21)
WORKSHOP, SCHOOL = "le-journal-2025-03-ouverture", "le-journal-2025-03-school"
GONE = ("figure:offshoring_jobs", "evolution:offshoring_jobs:crm", "chart:offshoring_jobs", "figures:exports")
TEXTS = {
    "ouverture": (
        "Numérix a ouvert à Settat un atelier de réparation de drones agricoles, qui emploie 63 techniciens. "
        "L'atelier occupe un ancien entrepôt de la gare, que la commune a remis en état l'an dernier.\n\n"
        "Selon son directeur, M. Tazi, la moitié des techniciens a été formée sur place par l'office de formation. "
        "« Nous réparons près de 900 appareils par an », a-t-il dit à la presse venue visiter les lieux.\n\n"
        "L'entreprise prévoit d'ouvrir un deuxième atelier à Berrechid, où elle a loué un terrain. Les travaux y "
        "commenceront quand les autorisations auront été données par la commune et par la province."
    ),
    "school": (
        "A new school of satellite imaging opened in Ifrane this week with 48 students from twelve countries. The "
        "school is paid for by a foundation, and its students pay no fees during the three years of study.\n\n"
        "Its director said that the graduates will work for farmers and for the forest service, who wait for maps of "
        "their land. The first of these maps are expected when the second year begins, after the summer break."
    ),
}


@dataclass(frozen=True)
class Asked:
    """An Answerer over the library alone."""

    answerer: Answerer
    corpus: Corpus
    library: Library

    def ask(self, text: str, language: Language) -> Answer:
        return self.answerer.answer(Question(text, TODAY, language), Conversation())[0]


@pytest.fixture(scope="module")
def own_settings(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Settings:
    """Two articles added to an empty library, with those that ship switched off."""
    folder = tmp_path_factory.mktemp("own")
    changed = {"library_dir": folder / "library", "cache_dir": folder / "cache", "shipped_articles": False}
    own = settings.model_copy(update=changed)
    adder = Adder(own, TODAY)
    for name, text in TEXTS.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        details = Details(publisher="Le Journal", published="2025-03", title=name)
        result = adder.add(path, details, approve=lambda _: True, edit=None, replaced=None)
        assert result.outcome is Outcome.ADDED, result
    return own


@pytest.fixture(scope="module")
def own(own_settings: Settings, embedder: SentenceTransformerEmbedder) -> Asked:
    corpus = read_corpus(own_settings)
    store = IndexStore(own_settings.index_dir)
    foundations = Foundations(corpus, load_reference_set(), embedder, store)
    assert ensure_index(foundations, lambda *_: None)
    return Asked(compose_answerer(own_settings, foundations), corpus, Library(own_settings.library_dir))


def test_a_quote_without_a_speaker_is_not_said_to_have_none(own: Asked) -> None:
    """The words themselves may name one: "said M. Tazi"."""
    question = Question("Combien de techniciens emploie l'atelier de drones de Settat ?", TODAY, FR)
    _, conversation = own.answerer.answer(question, Conversation())
    answer, _ = own.answerer.answer(Question("qui a dit ça ?", TODAY, FR), conversation)
    assert "sans l'attribuer" not in answer.reply.text
    assert answer.reply.text.startswith("De qui sont ces mots")


def test_a_shorter_quote_is_still_a_quote(own: Asked) -> None:
    question = Question("Combien de techniciens emploie l'atelier de drones de Settat ?", TODAY, FR)
    _, conversation = own.answerer.answer(question, Conversation())
    answer, _ = own.answerer.answer(Question("plus court", TODAY, FR), conversation)
    (citation,) = answer.citations
    assert f"«\u00a0{citation.text}\u00a0» [1]" in answer.reply.text
    assert citation.text in citation.passage.text[FR]
    assert citation.text != citation.passage.text[FR]


@pytest.mark.parametrize(
    ("question", "language", "article", "label"),
    [
        ("Combien de techniciens emploie l'atelier de drones de Settat ?", FR, WORKSHOP, ""),
        (
            "How many technicians has the drone workshop in Settat?",
            EN,
            WORKSHOP,
            "[in French]",
        ),
        ("How many students does the school of satellite imaging have?", EN, SCHOOL, ""),
    ],
)
def test_an_added_article_answers_with_an_exact_quote_under_a_line_in_the_askers_language(
    question: str, language: Language, article: str, label: str, own: Asked
) -> None:
    answer = own.ask(question, language)
    assert answer.kind is AnswerKind.ANSWER
    first = response(answer, 1, [], None, 0)["citations"][0]
    assert (first["kind"], first["article"], first["publisher"]) == ("quote", article, "Le Journal")
    lead, quote, *_ = (block.text for block in answer.reply.blocks)
    assert "Le Journal" in lead
    assert quote.startswith(label)
    assert_quoted(answer, own)
    assert citations_valid(answer, own.corpus)
    assert unsupported_numbers(answer) == ()


def assert_quoted(answer: Answer, own: Asked) -> None:
    """Every quote of a reply stands in the cleaned text of its article, piece by piece."""
    for citation in answer.citations:
        text = own.library.text(own.corpus.articles[citation.article.id])
        assert text is not None
        assert all(piece.strip() in text for piece in citation.text.split(LEFT_OUT))
        assert citation.text in answer.reply.text


def test_what_no_added_article_says_is_refused(own: Asked) -> None:
    assert own.ask("Combien d'emplois l'offshoring comptait-il à fin 2024 ?", FR).kind is AnswerKind.ABSTENTION


def test_buttons_of_what_is_no_longer_there_are_answered_politely(own: Asked) -> None:
    """A button offered before an article was removed names figures that nothing holds any more."""
    question = Question("", TODAY, FR)
    for action in (
        "figure:offshoring_jobs",
        "evolution:offshoring_jobs:crm",
        "chart:offshoring_jobs",
        "figures:exports",
    ):
        answer, _ = own.answerer.act(action, question, Conversation())
        assert answer.reply.text


def test_proposed_figures_stand_in_no_statistics(own_settings: Settings, own: Asked) -> None:
    assert all(not passage.accepted_figures for _, passage in own.corpus.passages.values())
    assert {each.article_id for each in Reviewer(own_settings, TODAY).proposed()} <= set(own.corpus.articles)
