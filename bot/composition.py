"""The composition root: puts the parts together for the console, the command line and Telegram alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.answering.answer_pages import AnswerPages
from bot.answering.answerer import Answerer
from bot.answering.asides import AsideReader
from bot.answering.bare_names import BareNames
from bot.answering.cards import CardDealer
from bot.answering.completing import Completer
from bot.answering.composing import Composer
from bot.answering.confidence import load_confidence_model
from bot.answering.context_names import ContextNames
from bot.answering.cues import load_cues
from bot.answering.evidence import EvidenceFinder
from bot.answering.facts_memory import FactsMemory
from bot.answering.features import FeatureReader
from bot.answering.figure_choice import FigureChooser
from bot.answering.figure_pages import FigurePages
from bot.answering.figures import FigureBook
from bot.answering.follow_ups import FollowUpReader
from bot.answering.fragments import FragmentReader
from bot.answering.frame_reading import FrameReader
from bot.answering.last_answer import LastAnswer
from bot.answering.other_subjects import OtherSubjects
from bot.answering.pages import Pages
from bot.answering.readings import Readings
from bot.answering.roles import RoleFinder
from bot.answering.spelling import Speller
from bot.answering.topics import TopicFinder
from bot.answering.turn_language import TurnLanguageDecider
from bot.answering.understanding import Understander
from bot.answering.understood import UnderstoodWording
from bot.answering.verifier import load_verifier
from bot.answering.windows import WindowedFinder
from bot.config import Settings
from bot.knowledge_base import read_corpus
from index.building import Progress, build_index
from index.centring import ReferenceSet, load_reference_set
from index.embedded_model import resolve_model
from index.embedding import Embedder, SentenceTransformerEmbedder
from index.errors import StaleIndexError
from index.lexical import LexicalIndex
from index.retrieval import Ingredients, Retriever, check_fresh
from index.storage import IndexStore
from knowledge.corpus import Corpus
from knowledge.names import NameIndex


@dataclass(frozen=True)
class Foundations:
    """What building an index and answering from it both need.

    Attributes:
        facts: What passages speak of, for an Answerer that is wired again.
    """

    corpus: Corpus
    reference: ReferenceSet
    embedder: Embedder
    store: IndexStore
    facts: FactsMemory = field(default_factory=FactsMemory)


def load_foundations(settings: Settings, report: Callable[[str], None] | None = None) -> Foundations:
    """Load the knowledge and the model.

    Raises:
        KnowledgeError: The knowledge folder is missing or wrong.
        IndexingError: The model cannot be had.
    """
    corpus = read_corpus(settings)
    embedder = SentenceTransformerEmbedder(resolve_model(settings.model, settings.models_dir, report))
    return Foundations(corpus, load_reference_set(), embedder, IndexStore(settings.index_dir))


def ensure_index(foundations: Foundations, progress: Progress, *, force: bool = False) -> bool:
    """Build the index unless the one in use is fresh and whole; of one that is stale, what still fits is taken over.

    Args:
        foundations: What to build it from.
        progress: As for `build_index`.
        force: Build it whatever there is, and from nothing.

    Returns:
        Whether it was built.
    """
    if not force:
        try:
            now = Ingredients.of(foundations.corpus, foundations.embedder, foundations.reference)
            check_fresh(foundations.store.manifest(), now)
            foundations.store.verified()
        except StaleIndexError:
            pass
        else:
            return False
    build_index(
        foundations.corpus,
        foundations.embedder,
        foundations.reference,
        foundations.store,
        progress,
        afresh=force,
    )
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
    facts = foundations.facts.read(corpus, load_cues())
    reader = FeatureReader(corpus, LexicalIndex.of(corpus), load_cues(), facts)
    book = FigureBook(corpus)
    figures = FigureChooser(corpus, book)
    composer = Composer(corpus)
    frames = FrameReader(corpus, load_cues())
    fragments = FragmentReader(frames, load_cues())
    context = ContextNames(corpus, frames, fragments, load_cues())
    subjects = OtherSubjects(corpus, book, frames, fragments, load_cues())
    completer = Completer(corpus, book, frames, context, load_cues(), subjects=subjects)
    follow_ups = FollowUpReader(fragments, completer, BareNames(fragments, frames, completer))
    evidence = EvidenceFinder(
        corpus,
        retriever,
        reader=reader,
        verifier=load_verifier(foundations.embedder.digest),
        confidence=load_confidence_model(),
        figures=figures,
    )
    windowed = WindowedFinder(corpus, evidence, figures)
    decider = TurnLanguageDecider(corpus)
    return Answerer(
        decider=decider,
        speller=Speller(corpus, decider.known_words),
        frames=frames,
        asides=AsideReader(load_cues()),
        understander=Understander(follow_ups, RoleFinder(corpus, NameIndex.of(corpus.entities), windowed)),
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
