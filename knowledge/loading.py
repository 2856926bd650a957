"""Reads and validates a knowledge folder into a Corpus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from knowledge.corpus import Corpus
from knowledge.errors import KnowledgeError, Problem
from knowledge.model import Article, Disagreement, Entity, Identifier, Metric, Topic
from knowledge.sourcefile import FieldPath, SourceFile, read_source_file

LISTS = ("metrics.yaml", "entities.yaml", "topics.yaml")
DISAGREEMENTS = "disagreements.yaml"
"""The one list that a knowledge folder may lack."""
DATE_FIELDS = frozenset({"published", "about", "start", "end", "as_of"})
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class LoadedKnowledge:
    """A corpus with the files it came from, so that later checks can name lines.

    Attributes:
        files: Article id to file; the controlled lists under their file names.
    """

    corpus: Corpus
    files: Mapping[str, SourceFile]


def load_corpus(folder: Path) -> Corpus:
    """Read and validate a knowledge folder.

    Raises:
        KnowledgeError: Naming every file, line and field that is wrong.
    """
    return load_knowledge(folder).corpus


def load_knowledge(folder: Path) -> LoadedKnowledge:
    """Like `load_corpus`, with the files kept."""
    paths = sorted((folder / "articles").glob("*.yaml"))
    if not paths:
        missing = "has no articles/*.yaml." if folder.is_dir() else "does not exist."
        fix = "point DALIL_KNOWLEDGE_DIR at a knowledge folder, or unset it to use the one that ships."
        raise KnowledgeError([Problem(str(folder), 0, "", f"the knowledge folder {missing}", fix)])
    problems: list[Problem] = []
    optional = (DISAGREEMENTS,) if (folder / DISAGREEMENTS).exists() else ()
    lists = {name: _read(folder / name, folder, problems) for name in (*LISTS, *optional)}
    sources = [source for path in paths if (source := _read(path, folder, problems))]
    metrics = _mapping(lists["metrics.yaml"], Metric, problems)
    entities = _mapping(lists["entities.yaml"], Entity, problems)
    topics = _mapping(lists["topics.yaml"], Topic, problems)
    disagreements = _mapping(lists.get(DISAGREEMENTS), Disagreement, problems)
    articles: dict[str, Article] = {}
    files: dict[str, SourceFile] = {name: source for name, source in lists.items() if source}
    for source in [*sources, *filter(None, lists.values())]:
        problems += _unquoted_dates(source)
    for source in sources:
        article = _validated(source, Article, source.data, (), problems)
        if article is None:
            continue
        if article.id in articles:
            other = files[article.id].name
            problems.append(source.problem(("id",), f"{article.id} is taken by {other}.", "choose another id."))
            continue
        articles[article.id] = article
        files[article.id] = source
    if problems:
        raise KnowledgeError(problems)
    return LoadedKnowledge(Corpus(articles, metrics, entities, topics, disagreements), files)


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
        if path and path[-1] in DATE_FIELDS:
            yield source.problem(path, "is a date without quotation marks.", 'write it as "YYYY-MM-DD".')
