"""The operator's own articles on disk: a folder that Dalil writes, and that an editor may edit.

::

    articles/<id>.yaml          one article, as in the knowledge folder
    texts/<id>.<digest>.txt     its cleaned text, named by the beginning of its SHA-256
    parsed/<id>.<digest>.json   what that YAML holds, read eight times as fast, and named by its digest
    ledger.json                 every id that was ever used, since none is used again

An article is there when its YAML file is: the text is written before it and goes after it, so that a writer killed at
any moment leaves the old article or the new one.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.errors import KnowledgeError, Problem
from knowledge.files import ASIDE, flush_folder, write_whole
from knowledge.model import Article, Identifier

_SHOWN_OF_DIGEST = 12
_LEDGER = "ledger.json"


class LedgerEntry(BaseModel):
    """When an id was first used, and when its article was removed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    added: date
    removed: date | None = None


class Ledger(BaseModel):
    """Every id that was ever used."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ids: Mapping[Identifier, LedgerEntry] = {}


def text_digest(text: str) -> str:
    """SHA-256 of a cleaned text, as hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class Library:
    """The articles in one folder, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._articles = folder / "articles"
        self._texts = folder / "texts"
        self._parsed = folder / "parsed"

    def paths(self) -> tuple[Path, ...]:
        """The article files, by id.

        Raises:
            KnowledgeError: The folder is there and cannot be read.
        """
        try:
            found = [path for path in self._articles.iterdir() if path.suffix == ".yaml"]
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._trouble("cannot be read", error) from error
        return tuple(sorted(found, key=lambda path: path.stem))

    def path(self, article_id: str) -> Path:
        """Where an article stands, or would stand."""
        return self._articles / f"{article_id}.yaml"

    def text(self, article: Article) -> str | None:
        """The cleaned text of an article; None where it is missing, damaged, or the article was written by hand."""
        if article.source is None:
            return None
        try:
            text = self._text_path(article.id, article.source.text).read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            return None
        return text if text_digest(text) == article.source.text else None

    def parsed(self, path: Path) -> Article | None:
        """An article file as it was written; None where an editor has changed it since, so that it must be read.

        Reading the YAML of 1,400 articles takes 2.5 s, this takes 0.3 s.
        """
        try:
            copy = self._copy_path(self._parsed, path.stem, hashlib.sha256(path.read_bytes()).hexdigest(), ".json")
            return Article.model_validate_json(copy.read_bytes())
        except (OSError, ValidationError):
            return None

    def ledger(self) -> Ledger:
        """The ids that were ever used.

        Raises:
            KnowledgeError: The ledger is damaged or cannot be read.
        """
        path = self.folder / _LEDGER
        try:
            return Ledger.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return Ledger()
        except OSError as error:
            raise self._trouble("cannot be read", error) from error
        except ValidationError as error:
            fix = f"put back a copy of it, or delete it: then ids of removed articles may be used again ({path})."
            raise KnowledgeError([Problem(str(path), 0, "", "is damaged.", fix)]) from error

    def used_ids(self) -> frozenset[str]:
        """The ids that no new article may have: all that were ever used."""
        return frozenset((*self.ledger().ids, *(path.stem for path in self.paths())))

    @contextlib.contextmanager
    def only_writer(self) -> Iterator[None]:
        """Wait until no other process writes, and keep the others waiting; then clear what a killed writer left.

        Raises:
            KnowledgeError: The folder cannot be written.
        """
        try:
            for folder in (self._articles, self._texts, self._parsed):
                folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / ".lock").open("w")
        except OSError as error:
            raise self._trouble("cannot be written", error) from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for folder in (self.folder, self._articles, self._texts, self._parsed):
                for leftover in folder.glob(f"*{ASIDE}"):
                    leftover.unlink(missing_ok=True)
            yield

    def write(self, article: Article, written: str, text: str, today: date) -> None:
        """Put an article in place, new or changed; to be called by the only writer.

        Args:
            article: What was written; its source names the digest of the text.
            written: The article as YAML.
            text: Its cleaned text.
            today: When an id that is new to the ledger was first used.

        Raises:
            KnowledgeError: The disk is full or the folder cannot be written; what was there before still is.
        """
        if article.source is None:
            raise ValueError("an added article has a source")
        text_path = self._text_path(article.id, article.source.text)
        existed = text_path.exists()
        try:
            self._enter(article.id, today, removed=False)
            try:
                write_whole(text_path, text.encode())
                self._write_article(article, written)
            except BaseException:
                if not existed:
                    text_path.unlink(missing_ok=True)
                raise
            self._drop(self._texts, article.id, keep=text_path)
        except OSError as error:
            raise self._trouble("cannot be written", error) from error

    def rewrite(self, article: Article, written: str) -> None:
        """Change an article's YAML alone; to be called by the only writer.

        Raises:
            KnowledgeError: The disk is full or the folder cannot be written; what was there before still is.
        """
        try:
            self._write_article(article, written)
        except OSError as error:
            raise self._trouble("cannot be written", error) from error

    def remove(self, article_id: str, today: date) -> None:
        """Take an article out; its id stays used. To be called by the only writer.

        Raises:
            KnowledgeError: There is no such article, or it cannot be removed.
        """
        if self.path(article_id) not in self.paths():
            raise self.no_such_article(article_id)
        try:
            self._enter(article_id, today, removed=False)
            self.path(article_id).unlink()
            flush_folder(self._articles)
            for folder in (self._texts, self._parsed):
                self._drop(folder, article_id, keep=None)
            self._enter(article_id, today, removed=True)
        except OSError as error:
            raise self._trouble("cannot be written", error) from error

    def no_such_article(self, article_id: str) -> KnowledgeError:
        """The error of an id that no article has."""
        entry = self.ledger().ids.get(article_id)
        removed = f" It was removed on {entry.removed}." if entry and entry.removed else ""
        message = f"holds no article {os.fsencode(article_id).decode('utf-8', 'replace')!r}.{removed}"
        return KnowledgeError([Problem(str(self.folder), 0, "", message, "see which there are: dalil list")])

    def _enter(self, article_id: str, today: date, *, removed: bool) -> None:
        entries = dict(self.ledger().ids)
        known = entries.get(article_id, LedgerEntry(added=today))
        entry = LedgerEntry(added=known.added, removed=today) if removed else known
        if entries.get(article_id) != entry:
            entries[article_id] = entry
            write_whole(self.folder / _LEDGER, Ledger(ids=entries).model_dump_json(indent=1).encode())

    def _write_article(self, article: Article, written: str) -> None:
        """The copy stands before the file that it is of, and old copies go last."""
        digest = hashlib.sha256(written.encode()).hexdigest()
        copy = self._copy_path(self._parsed, article.id, digest, ".json")
        write_whole(copy, article.model_dump_json().encode())
        write_whole(self.path(article.id), written.encode())
        self._drop(self._parsed, article.id, keep=copy)

    def _text_path(self, article_id: str, digest: str) -> Path:
        return self._copy_path(self._texts, article_id, digest, ".txt")

    @staticmethod
    def _copy_path(folder: Path, article_id: str, digest: str, suffix: str) -> Path:
        return folder / f"{article_id}.{digest[:_SHOWN_OF_DIGEST]}{suffix}"

    @staticmethod
    def _drop(folder: Path, article_id: str, keep: Path | None) -> None:
        for path in folder.glob(f"{article_id}.*"):
            if path != keep:
                path.unlink(missing_ok=True)

    def _trouble(self, what: str, error: OSError) -> KnowledgeError:
        fix = "free the disk, or set DALIL_LIBRARY_DIR to a folder of yours."
        return KnowledgeError([Problem(str(self.folder), 0, "", f"{what}: {error.strerror}.", fix)])
