"""Reads and validates a knowledge folder, and the operator's own articles, into a Corpus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from knowledge.corpus import Corpus
from knowledge.errors import KnowledgeError, Problem
from knowledge.joining import check_quotes, join_articles, with_way_out
from knowledge.library import Library
from knowledge.model import Article, Disagreement, Entity, Identifier, Metric, Topic
from knowledge.sourcefile import FieldPath, SourceFile, SourceFiles, read_source_file

LISTS = ("metrics.yaml", "entities.yaml", "topics.yaml")
DISAGREEMENTS = "disagreements.yaml"
"""The one list that a knowledge folder may lack."""
_DATES = frozenset({"published", "about", "as_of"})
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class LoadedKnowledge:
    """A corpus with the files it came from, so that later checks can name lines.

    Attributes:
        files: Article id to file; the controlled lists under their file names.
        articles: Every article as its file has it, before own and shipped ones of one text were made one source.
        shipped_ids: The ids of the shipped articles, also where those are switched off.
    """

    corpus: Corpus
    files: Mapping[str, SourceFile]
    articles: Mapping[str, Article]
    shipped_ids: frozenset[str]


def is_date(path: FieldPath) -> bool:
    """Whether a field holds a date; the start and end of a passage are offsets."""
    return path[-1:] != () and (path[-1] in _DATES or path[-2:] in {("period", "start"), ("period", "end")})


def load_corpus(folder: Path, library: Path | None = None, *, shipped: bool = True) -> Corpus:
    """Read and validate a knowledge folder.

    Args:
        folder: Holds the controlled lists and the articles that ship.
        library: The folder of the operator's own articles, which need not exist.
        shipped: False leaves out the articles that ship, and what is said of their disagreements.

    Raises:
        KnowledgeError: Naming every file, line and field that is wrong.
    """
    return load_knowledge(folder, library, shipped=shipped).corpus


def load_knowledge(folder: Path, library: Path | None = None, *, shipped: bool = True) -> LoadedKnowledge:
    """Like `load_corpus`, with the files kept."""
    paths = sorted((folder / "articles").glob("*.yaml"))
    if not paths:
        missing = "has no articles/*.yaml." if folder.is_dir() else "does not exist."
        fix = "point DALIL_KNOWLEDGE_DIR at a knowledge folder, or unset it to use the one that ships."
        raise KnowledgeError([Problem(str(folder), 0, "", f"the knowledge folder {missing}", fix)])
    problems: list[Problem] = []
    optional = (DISAGREEMENTS,) if (folder / DISAGREEMENTS).exists() else ()
    lists = {name: _read(folder / name, folder, problems) for name in (*LISTS, *optional)}
    sources = [source for path in paths if shipped and (source := _read(path, folder, problems))]
    metrics = _mapping(lists["metrics.yaml"], Metric, problems)
    entities = _mapping(lists["entities.yaml"], Entity, problems)
    topics = _mapping(lists["topics.yaml"], Topic, problems)
    disagreements = _mapping(lists.get(DISAGREEMENTS), Disagreement, problems)
    files = SourceFiles({name: source for name, source in lists.items() if source})
    for source in filter(None, lists.values()):
        problems += _unquoted_dates(source)
    articles = _articles(sources, files, problems)
    own = _own_articles(Library(library), files, problems) if library else {}
    if not shipped and not own and not problems:
        message = "holds no article, and those that ship are switched off."
        raise KnowledgeError(
            [Problem(str(library), 0, "", message, "dalil add FILE, or unset DALIL_SHIPPED_ARTICLES.")]
        )
    joined, unjoined = join_articles(articles, own, files)
    problems += [with_way_out(problem, article_id) for article_id, problem in unjoined]
    if problems:
        raise KnowledgeError(problems)
    corpus = Corpus(joined, metrics, entities, topics, disagreements if shipped else {})
    ids = frozenset(articles) if shipped else frozenset(path.stem for path in paths)
    return LoadedKnowledge(corpus, files, {**articles, **own}, ids)


def _articles(sources: Iterable[SourceFile], files: SourceFiles, problems: list[Problem]) -> dict[str, Article]:
    """Validate article files; those that are right join `files`."""
    articles: dict[str, Article] = {}
    for source in sources:
        problems += _unquoted_dates(source)
        article = _validated(source, Article, source.data, (), problems)
        if article is None:
            continue
        if article.id in files:
            other = files[article.id].name
            problems.append(source.problem(("id",), f"{article.id} is taken by {other}.", "choose another id."))
            continue
        articles[article.id] = article
        files.add(article.id, source)
    return articles


def read_article(source: SourceFile) -> Article:
    """Validate one article file on its own.

    Raises:
        KnowledgeError: Naming every line and field that is wrong.
    """
    problems: list[Problem] = []
    articles = _articles([source], SourceFiles({}), problems)
    if problems:
        raise KnowledgeError(problems)
    return next(iter(articles.values()))


def read_part(source: SourceFile, model: type[Model]) -> Model:
    """Validate a file that holds a part of an article, such as one figure.

    Raises:
        KnowledgeError: Naming every line and field that is wrong.
    """
    problems = list(_unquoted_dates(source))
    part = _validated(source, model, source.data, (), problems)
    if part is None or problems:
        raise KnowledgeError(problems)
    return part


def _own_articles(library: Library, files: SourceFiles, problems: list[Problem]) -> dict[str, Article]:
    """The operator's own articles; each problem of one says how to take it out."""
    own: dict[str, Article] = {}
    for path in library.paths():
        found: list[Problem] = []
        article = library.parsed(path)
        if article is not None and article.id not in files:
            files.leave(article.id, path, library.folder.parent)
        else:
            source = _read(path, library.folder.parent, found)
            article = next(iter(_articles([source], files, found).values()), None) if source else None
        if article is not None:
            own[article.id] = article
            found += [files[article.id].problem(*each) for each in check_quotes(article, library.text(article))]
        problems += [with_way_out(problem, path.stem) for problem in found]
    return own


def _read(path: Path, folder: Path, problems: list[Problem]) -> SourceFile | None:
    try:
        return read_source_file(path, folder)
    except KnowledgeError as error:
        problems += error.problems
        return None


def _mapping(source: SourceFile | None, model: type[Model], problems: list[Problem]) -> dict[str, Model]:
    if source is None:
        return {}
    identifier = TypeAdapter(Identifier)
    found: dict[str, Model] = {}
    for key, value in source.data.items():
        try:
            identifier.validate_python(key)
        except ValidationError:
            problems.append(source.problem((str(key),), "is no identifier.", "use a-z, 0-9, - and _."))
        validated = _validated(source, model, value, (str(key),), problems)
        if validated is not None:
            found[str(key)] = validated
    return found


def _validated(
    source: SourceFile, model: type[Model], data: Any, prefix: FieldPath, problems: list[Problem]
) -> Model | None:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = (*prefix, *(part for part in detail["loc"] if part != "[key]"))
            problems.append(source.problem(path, f"{detail['msg']}.", _fix(detail["type"])))
        return None


def _fix(kind: str) -> str:
    fixes = {
        "missing": "add the field.",
        "extra_forbidden": "remove the field, or correct its name.",
        "enum": "choose one of the values listed.",
    }
    return fixes.get(kind, "correct the value; docs/editing.md describes each field.")


def _unquoted_dates(source: SourceFile) -> Iterable[Problem]:
    for path in source.plain:
        if is_date(path):
            yield source.problem(path, "is a date without quotation marks.", 'write it as "YYYY-MM-DD".')
