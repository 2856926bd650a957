"""Adds files to the operator's own articles, one after the other; what is wrong with one stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from bot.config import Settings
from bot.knowledge_base import read_own_articles
from knowledge.checking import check_article
from knowledge.errors import DocumentError, KnowledgeError, Problem
from knowledge.ingest.document import Document
from knowledge.ingest.drafting import Details, Draft, draft_article, known_publishers
from knowledge.ingest.duplicates import Known, Likeness, find_known, find_summarised
from knowledge.ingest.reading import read_document
from knowledge.ingest.replacing import carry_over, kept_details
from knowledge.ingest.writing import article_yaml
from knowledge.joining import check_quotes
from knowledge.library import Library
from knowledge.loading import load_knowledge, read_article
from knowledge.model import Article, Publication
from knowledge.sourcefile import parse_source_file


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    REPLACED = "replaced"
    ALSO_PUBLISHED = "also published"
    ALREADY_THERE = "already there"
    REFUSED = "refused"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file, and the article that it is now part of.

    Attributes:
        problems: Why it was refused.
    """

    path: Path
    outcome: Outcome
    article_id: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be written, for the editor to look at.

    Attributes:
        repeats: The own article that it repeats, if any.
        summary: The id of the shipped article that summarises it, if any.
    """

    document: Document
    draft: Draft
    repeats: Known | None
    summary: str | None


Edit = Callable[[str, Sequence[Problem]], str | None]
"""Gets an article as YAML and what is wrong with it, and returns it as the editor left it; None gives up."""
Approve = Callable[[Proposal], bool]
"""Shows a proposal and says whether to write it."""


class Adder:
    """Adds files to a library; the knowledge is read again whenever somebody else changed the library."""

    def __init__(self, settings: Settings, today: date) -> None:
        self._settings = settings
        self._today = today
        self._library = Library(settings.library_dir)
        self._shipped = load_knowledge(settings.knowledge_dir)
        self._articles: dict[str, Article] = {}
        self._seen: tuple[tuple[str, int], ...] = ()
        self._publishers = known_publishers(self._shipped.corpus)

    def add(self, path: Path, details: Details, *, approve: Approve, edit: Edit | None, replaced: str | None) -> Result:
        """Add one file, or put it in the place of an article.

        Args:
            path: The file.
            details: What the editor says of it.
            approve: Called with what would be written; False leaves the file out.
            edit: Lets the editor change the article before it is checked.
            replaced: The id of the article that the file replaces, if it does.
        """
        try:
            document = read_document(path, self._publishers)
            proposal = self._propose(document, details, edit, replaced)
            if not approve(proposal):
                return Result(path, Outcome.LEFT_OUT)
            with self._library.only_writer():
                if self._changed():  # by another process, while the editor looked at it
                    proposal = self._propose(document, details, None, replaced, proposal.draft if edit else None)
                return self._write(path, proposal, replaced)
        except KnowledgeError as error:
            return Result(path, Outcome.REFUSED, problems=error.problems)

    def _propose(
        self,
        document: Document,
        details: Details,
        edit: Edit | None,
        replaced: str | None,
        edited: Draft | None = None,
    ) -> Proposal:
        own = {name: each for name, each in self._own().items() if name != replaced}
        draft = edited or self._edited(document, details, edit, replaced)
        repeats = find_known(draft.article, draft.text, own, self._library)
        if repeats is not None and repeats.likeness is Likeness.ADDRESS:
            message = f"has the address of {repeats.article.id}, but another text."
            raise DocumentError(document.path, message, f"dalil replace {repeats.article.id} FILE, if it is newer.")
        taken = {each.same_as for each in own.values()}
        shipped = {name: each for name, each in self._shipped.corpus.articles.items() if name not in taken}
        summary = find_summarised(draft.article, shipped)
        if summary is not None and not draft.article.same_as:
            article = draft.article.model_copy(update={"same_as": summary.id})
            draft = Draft(article, draft.text, draft.missing)
        return Proposal(document, draft, repeats, draft.article.same_as)

    def _edited(self, document: Document, details: Details, edit: Edit | None, replaced: str | None) -> Draft:
        draft = self._drafted(document, details, replaced)
        written: str | None = article_yaml(draft.article)
        problems: Sequence[Problem] = ()
        while written is not None:
            if edit is not None and (written := edit(written, problems)) is None:
                break
            try:
                return Draft(self._checked(written, draft), draft.text, draft.missing)
            except KnowledgeError as error:
                problems = error.problems
                if edit is None:
                    break
        raise KnowledgeError(problems)

    def _drafted(self, document: Document, details: Details, replaced: str | None) -> Draft:
        lists, used = self._shipped.corpus, self._library.used_ids()
        if replaced is None:
            return draft_article(document, details, lists, used)
        old = self._own().get(replaced)
        if old is None:
            raise self._library.no_such_article(replaced)
        draft = draft_article(document, kept_details(details, old), lists, used, replaced)
        return carry_over(draft, old, self._library.text(old))

    def _checked(self, written: str, draft: Draft) -> Article:
        """The article that was written, if every rule is kept."""
        source = parse_source_file(f"articles/{draft.article.id}.yaml", written.encode())
        article = read_article(source)
        problems = [
            *check_article(article, self._shipped.corpus, source, self._today),
            *(source.problem(*each) for each in check_quotes(article, draft.text)),
        ]
        if problems:
            raise KnowledgeError(problems)
        return article

    def _write(self, path: Path, proposal: Proposal, replaced: str | None) -> Result:
        draft = proposal.draft
        if proposal.repeats is not None:
            return self._repeated(path, proposal.repeats, draft)
        self._library.write(draft.article, article_yaml(draft.article), draft.text, self._today)
        self._remember(draft.article)
        return Result(path, Outcome.REPLACED if replaced else Outcome.ADDED, draft.article.id)

    def _repeated(self, path: Path, repeats: Known, draft: Draft) -> Result:
        """The same text is one source: where it was published elsewhere, that is added to the first."""
        first, again = repeats.article, draft.article
        places = [(first.publisher, first.url), *((each.publisher, each.url) for each in first.also_published_by)]
        elsewhere = (again.publisher or again.url) and (again.publisher, again.url) not in places
        if repeats.likeness is Likeness.FILE or not elsewhere:
            return Result(path, Outcome.ALREADY_THERE, first.id)
        publication = Publication(
            publisher=again.publisher,
            title=again.title,
            published=again.published,
            url=again.url,
            source=again.source,
        )
        article = first.model_copy(update={"also_published_by": (*first.also_published_by, publication)})
        self._library.rewrite(article, article_yaml(article))
        self._remember(article)
        return Result(path, Outcome.ALSO_PUBLISHED, article.id)

    def _own(self) -> dict[str, Article]:
        if self._changed():
            self._seen = self._state()
            self._articles = read_own_articles(self._settings)
        return self._articles

    def _remember(self, article: Article) -> None:
        self._articles = {**self._articles, article.id: article}
        self._seen = self._state()

    def _changed(self) -> bool:
        return self._seen != self._state()

    def _state(self) -> tuple[tuple[str, int], ...]:
        return tuple((path.name, path.stat().st_mtime_ns) for path in self._library.paths())


def find_files(paths: Sequence[Path]) -> Iterator[Path | Problem]:
    """The files that a list of files and folders names, each once, or why one is not read.

    A folder is read with its sub-folders; a link in it that leads out of it, or back into it, is not followed.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _below(path, path.resolve() if path.is_dir() else None, ()):
            if isinstance(found, Problem):
                yield found
            elif (real := found.resolve()) not in seen:
                seen.add(real)
                yield found


def _below(path: Path, root: Path | None, above: tuple[Path, ...]) -> Iterator[Path | Problem]:
    """The files below a path.

    Args:
        path: A file or folder.
        root: The folder that was named, which nothing may leave; None for a file that was named itself.
        above: The folders that led here, without links.
    """
    try:
        real = path.resolve()
        if root is not None and not real.is_relative_to(root):
            yield from DocumentError(path, "is a link that leads out of its folder.", "name the file itself.").problems
        elif real in above:
            yield from DocumentError(path, "is a link back to a folder above it.", "remove the link.").problems
        elif path.is_dir():
            for child in sorted(path.iterdir()):
                if not child.name.startswith("."):
                    yield from _below(child, root, (*above, real))
        else:
            yield path
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "it is a link to itself"
        yield from DocumentError(path, f"cannot be read: {reason}.", "check the file or link.").problems
