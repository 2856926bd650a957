"""The composition root: puts the parts together for the console, the command line and Telegram alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.answering.answer_pages import AnswerPages
from bot.answering.answerer import Answerer
from bot.answering.asides import AsideReader
from bot.answering.cards import CardDealer
from bot.answering.completing import Completer
from bot.answering.composing import Composer
from bot.answering.confidence import load_confidence_model
from bot.answering.context_names import ContextNames
from bot.answering.cues import load_cues
from bot.answering.evidence import EvidenceFinder
from bot.answering.features import FeatureReader
from bot.answering.figure_choice import FigureChooser
from bot.answering.figure_pages import FigurePages
from bot.answering.figures import FigureBook
from bot.answering.follow_ups import FollowUpReader
from bot.answering.fragments import FragmentReader
from bot.answering.frame_reading import FrameReader
from bot.answering.last_answer import LastAnswer
from bot.answering.pages import Pages
from bot.answering.readings import Readings
from bot.answering.topics import TopicFinder
from bot.answering.turn_language import TurnLanguageDecider
from bot.answering.understanding import Understander
from bot.answering.understood import UnderstoodWording
from bot.config import Settings
from index.building import Progress, build_index
from index.centring import ReferenceSet, load_reference_set
from index.embedded_model import resolve_model
from index.embedding import Embedder, SentenceTransformerEmbedder
from index.errors import StaleIndexError
from index.lexical import LexicalIndex
from index.retrieval import Ingredients, Retriever, check_fresh
from index.storage import IndexStore
from knowledge.corpus import Corpus
from knowledge.loading import load_corpus


@dataclass(frozen=True)
class Foundations:
    """What building an index and answering from it both need."""

    corpus: Corpus
    reference: ReferenceSet
    embedder: Embedder
    store: IndexStore


def load_foundations(settings: Settings, report: Callable[[str], None] | None = None) -> Foundations:
    """Load the knowledge and the model.

    Raises:
        KnowledgeError: The knowledge folder is missing or wrong.
        IndexingError: The model cannot be had.
    """
    corpus = load_corpus(settings.knowledge_dir)
    embedder = SentenceTransformerEmbedder(resolve_model(settings.model, settings.models_dir, report))
    return Foundations(corpus, load_reference_set(), embedder, IndexStore(settings.index_dir))


def ensure_index(foundations: Foundations, progress: Progress, *, force: bool = False) -> bool:
    """Build the index unless the one in use is fresh and whole.

    Returns:
        Whether it was built.
    """
    if not force:
        try:
            manifest = foundations.store.verified()
            check_fresh(manifest, Ingredients.of(foundations.corpus, foundations.embedder, foundations.reference))
        except StaleIndexError:
            pass
        else:
            return False
    build_index(foundations.corpus, foundations.embedder, foundations.reference, foundations.store, progress)
    return True


def load_retriever(foundations: Foundations) -> Retriever:
    """Load the index in use.

    Raises:
        StaleIndexError: It is missing, damaged or built from something else.
    """
    return Retriever.load(foundations.store, foundations.corpus, foundations.embedder, foundations.reference)


def compose_answerer(settings: Settings, foundations: Foundations) -> Answerer:
    """Wire an Answerer.

    Raises:
        StaleIndexError: The index is missing, damaged or built from something else.
    """
    corpus = foundations.corpus
    retriever = load_retriever(foundations)
    reader = FeatureReader(corpus, LexicalIndex.of(corpus), load_cues())
    book = FigureBook(corpus)
    figures = FigureChooser(corpus, book)
    composer = Composer(corpus)
    frames = FrameReader(corpus, load_cues())
    fragments = FragmentReader(frames, load_cues())
    context = ContextNames(corpus, frames, fragments, load_cues())
    follow_ups = FollowUpReader(fragments, Completer(corpus, book, frames, context, load_cues()))
    evidence = EvidenceFinder(corpus, retriever, reader, load_confidence_model(), figures)
    return Answerer(
        decider=TurnLanguageDecider(corpus),
        frames=frames,
        asides=AsideReader(load_cues()),
        understander=Understander(follow_ups, evidence),
        composer=composer,
        answer_pages=AnswerPages(corpus, composer),
        dealer=CardDealer(corpus, composer),
        figure_pages=FigurePages(corpus, figures, composer),
        pages=Pages(corpus, settings.contact),
        topics=TopicFinder(corpus, retriever),
        last_answer=LastAnswer(corpus, figures, composer),
        understood=UnderstoodWording(corpus),
        readings=Readings(corpus, fragments, figures),
    )
