"""Answers who somebody is with the post that an article names them with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.answering.frame import Frame
from bot.answering.model import Evidence, Finding
from bot.answering.windows import WindowedFinder
from index.lexical import terms, text_forms
from knowledge.corpus import Corpus, passage_id
from knowledge.model import Role
from knowledge.names import NameIndex
from knowledge.periods import parse_partial_date


@dataclass(frozen=True, slots=True)
class RoleFinder:
    """Finds evidence for any question; for one that asks for a person's post, a passage that names it."""

    corpus: Corpus
    names: NameIndex
    finder: WindowedFinder

    def find(self, frame: Frame) -> Finding:
        """Choose evidence for one question, or say why there is none.

        Raises:
            TextRefusedError: The question is blank or too long.
        """
        found = self.finder.find(frame)
        if frame.role_of is None:
            return found
        for role in self._roles(frame, frame.role_of):
            named = self._passage(role, frame.role_of)
            if named is not None:
                evidence = (Evidence(named, *self.corpus.passages[named], found.confidence),)
                return replace(found, evidence=evidence, figures=(), incomplete=False, reason=None, role=role)
        return found

    def _roles(self, frame: Frame, person: str) -> list[Role]:
        """The posts of a person at the time asked for, the latest first."""
        roles = self.corpus.entities[person].roles
        dated = [(parse_partial_date(role.as_of), role) for role in roles]
        fitting = [each for each in dated if not frame.times or any(map(each[0].overlaps, frame.times))]
        return [role for _, role in sorted(fitting, key=lambda each: each[0].end, reverse=True)]

    def _passage(self, role: Role, person: str) -> str | None:
        """The passage of a post's article that names the person with most words of it; None where none does."""
        article = self.corpus.articles[role.article]
        shared: dict[str, int] = {}
        for passage in article.passages:
            for language, text in passage.text.items():
                if any(mention.id == person for mention in self.names.find(text)):
                    words = terms(role.title.in_language(language))
                    count = sum(not word.isdisjoint(text_forms(text)) for word in words)
                    key = passage_id(article, passage)
                    shared[key] = max(shared.get(key, 0), count)
        best = max(shared, key=lambda key: shared[key], default=None)
        return best if best is not None and shared[best] else None
