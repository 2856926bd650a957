"""What is remembered of passages is what would be read anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answering import facts_memory
from bot.answering.cues import load_cues
from bot.answering.facts_memory import FactsMemory
from bot.answering.passage_facts import PassageFacts, read_passage_facts
from knowledge.corpus import Corpus
from knowledge.model import Entity, EntityKind
from made_corpus import ENTITIES, make_article, make_corpus, make_summary, same

OLD = make_corpus(
    make_article(make_summary("The CGEM spoke in Fès."), id="kept"),
    make_article(make_summary("148 500 jobs, says APEBI."), id="changed"),
    make_article(make_summary("GITEX opens."), id="removed"),
)
KEPT = OLD.articles["kept"]
NEW = make_corpus(
    make_article(make_summary("An article more, by Ghita Mezzour."), id="added"),
    make_article(make_summary("The CGEM says so now."), id="changed"),
    KEPT,
)
OTHER_NAMES = replace(OLD, entities={**ENTITIES, "cgem": Entity(kind=EntityKind.ORGANISATION, names=same("Nobody"))})


@pytest.mark.parametrize("corpus", [NEW, OLD, OTHER_NAMES], ids=["other articles", "the same", "other names"])
def test_it_is_the_same_as_reading_anew(corpus: Corpus) -> None:
    memory = FactsMemory()
    memory.read(OLD, load_cues())
    read = memory.read(corpus, load_cues())
    assert read == read_passage_facts(corpus, load_cues())
    assert list(read) == list(corpus.passages)


def test_only_articles_that_changed_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[str]] = []

    def watched(corpus: Corpus, *rest: object) -> dict[str, PassageFacts]:
        seen.append(set(corpus.articles))
        return read_passage_facts(corpus, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(facts_memory, "read_passage_facts", watched)
    memory = FactsMemory()
    for corpus in (OLD, NEW):
        memory.read(corpus, load_cues())
    assert seen == [{"kept", "changed", "removed"}, {"added", "changed"}]
