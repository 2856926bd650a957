"""Gets the model and the index ready, with progress shown, or refuses before anything slow begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from bot.answering.answerer import Answerer
from bot.composition import Foundations, compose_answerer, ensure_index, load_foundations
from bot.config import Settings
from bot.console import standard_console
from bot.knowledge_base import read_corpus
from bot.progress import building_progress
from index.centring import load_reference_set
from index.embedded_model import find_embedded_model
from index.errors import ModelUnavailableError
from index.model_loading import model_digest, model_name
from index.retrieval import Ingredients, check_fresh
from index.storage import IndexStore
from knowledge.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Dalil:
    """An Answerer, and what it answers from."""

    answerer: Answerer
    foundations: Foundations


def open_dalil(settings: Settings, *, build: bool) -> Dalil:
    """Load and wire everything that answering needs.

    Args:
        settings: What to load.
        build: First prepare what is missing, instead of refusing.

    Raises:
        KnowledgeError: The knowledge folder is missing or wrong.
        IndexingError: The model or the index cannot be had; the message names what mends it.
    """
    console = standard_console(errors=True)
    foundations = prepare(settings, console)[0] if build else open_prepared(settings, console)
    return Dalil(compose_answerer(settings, foundations), foundations)


def summary(corpus: Corpus) -> str:
    """What a corpus holds, such as ``5 articles, 78 passages, 26 figures, in ar, en, fr``."""
    figures = sum(len(passage.accepted_figures) for _, passage in corpus.passages.values())
    languages = ", ".join(sorted({rendering.language for rendering in corpus.renderings}))
    return f"{len(corpus.articles)} articles, {len(corpus.passages)} passages, {figures} figures, in {languages}"


def prepare(settings: Settings, console: Console, *, force: bool = False) -> tuple[Foundations, bool]:
    """Fetch and convert the model and build the index, as far as that is not done yet.

    Args:
        settings: What to prepare for.
        console: Gets the progress; standard error, so that answers alone stand on standard output.
        force: Build the index even if it is fresh, and from nothing.

    Returns:
        What answering needs, and whether the index was built.

    Raises:
        KnowledgeError: The knowledge folder is missing or wrong.
        IndexingError: The model cannot be had, or the index cannot be written.
    """
    foundations = _load(settings, console)
    with building_progress(console) as progress:
        built = ensure_index(foundations, progress, force=force)
    return foundations, built


def open_prepared(settings: Settings, console: Console) -> Foundations:
    """Load what is prepared already, and refuse where something is missing.

    Raises:
        KnowledgeError: The knowledge folder is missing or wrong.
        IndexingError: The model or the index is missing or stale; the message names what prepares it.
    """
    check_index(settings, read_corpus(settings))
    return _load(settings, console)


def _load(settings: Settings, console: Console) -> Foundations:
    with console.status("Loading the embedding model") as status:
        # On a terminal the line changes; elsewhere, as in a container's log, each step is a line.
        report: Callable[[str], None] = status.update if console.is_terminal else console.print
        return load_foundations(settings, report)


def find_model(settings: Settings) -> Path | str:
    """The model in use, without fetching or loading it.

    Raises:
        ModelUnavailableError: It is the embedded one, and not prepared yet.
    """
    if settings.model is not None:
        return settings.model
    folder = find_embedded_model(settings.models_dir)
    if folder is None:
        raise ModelUnavailableError(
            f"the embedded model is not in {settings.models_dir}, or not whole. Prepare it: dalil build"
        )
    return folder


def check_index(settings: Settings, corpus: Corpus) -> None:
    """Check what can be checked without loading the model, which takes seconds; damage is looked for later.

    Raises:
        StaleIndexError: There is no index, or it was built from something else.
        ModelUnavailableError: The model is not prepared.
    """
    manifest = IndexStore(settings.index_dir).manifest()
    model = find_model(settings)
    if Path(model).is_dir():
        now = Ingredients(model_name(model), model_digest(model), load_reference_set().digest, corpus.digest)
        check_fresh(manifest, now)
