"""Remembers what passages speak of, so that a corpus in which little changed is read again quickly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.answering.cues import Cues
from bot.answering.passage_facts import PassageFacts, read_passage_facts
from knowledge.corpus import Corpus


class FactsMemory:
    """The facts of the corpus read last. One thread at a time may use it."""

    def __init__(self) -> None:
        self._corpus: Corpus | None = None
        self._facts: Mapping[str, PassageFacts] = {}

    def read(self, corpus: Corpus, cues: Cues) -> Mapping[str, PassageFacts]:
        """The same as `read_passage_facts`; only articles that differ from those read last are looked at."""
        last = self._corpus
        if last is None or (last.entities, last.metrics) != (corpus.entities, corpus.metrics):
            self._facts = read_passage_facts(corpus, cues)
        else:
            changed = {key: each for key, each in corpus.articles.items() if last.articles.get(key) != each}
            facts = {**self._facts, **read_passage_facts(replace(corpus, articles=changed), cues)}
            self._facts = {passage: facts[passage] for passage in corpus.passages}
        self._corpus = corpus
        return self._facts
