"""The knowledge that the settings name: what ships, with the operator's own articles."""

from __future__ import annotations

from bot.config import Settings
from knowledge.corpus import Corpus
from knowledge.loading import LoadedKnowledge, load_knowledge
from knowledge.model import Article


def read_knowledge(settings: Settings) -> LoadedKnowledge:
    """Read and validate it, with its files.

    Raises:
        KnowledgeError: Naming every file, line and field that is wrong.
    """
    return load_knowledge(settings.knowledge_dir, settings.library_dir, shipped=settings.shipped_articles)


def read_corpus(settings: Settings) -> Corpus:
    """Like `read_knowledge`, without the files."""
    return read_knowledge(settings).corpus


def read_own_articles(settings: Settings) -> dict[str, Article]:
    """The operator's own articles as their files have them, by id, also where those that ship are switched off.

    Raises:
        KnowledgeError: Naming every file, line and field that is wrong.
    """
    knowledge = load_knowledge(settings.knowledge_dir, settings.library_dir)
    return {name: each for name, each in knowledge.articles.items() if name not in knowledge.shipped_ids}
