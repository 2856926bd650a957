"""Loading a sentence-transformers model without noise, reading its tokenizer, and naming its content."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.embedded_model import read_manifest
from index.errors import ModelUnavailableError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_WEIGHT_SUFFIXES = {".bin", ".json", ".model", ".safetensors", ".txt"}
"""What a sentence-transformers folder reads: weights, vocabularies, settings. Notes and pictures do not count."""


@dataclass(frozen=True, slots=True)
class Tokenised:
    """How a model's tokenizer reads one text, uncut.

    Attributes:
        length: all tokens, special ones included.
        content: positions of the tokens that are not special ones which the tokenizer added.
    """

    length: int
    content: tuple[int, ...]


def load_model(model: Path | str) -> SentenceTransformer:
    """Loads a folder, or a hub name where there is no such folder, on the processor and ready for use.

    Raises:
        ModelUnavailableError: there is no such model, or it cannot be read.
    """
    # Imported here because the two libraries take four seconds, which `--help` and every error message that
    # needs no model would wait for.
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    # Both speak to standard error about every load, and to people who did not ask.
    transformers_logging: Any = logging  # its functions have no annotations
    transformers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    folder = Path(model)
    try:
        loaded = SentenceTransformer(str(model), device="cpu", local_files_only=folder.is_dir())
    except (
        Exception
    ) as error:  # the readers below have no common error: OSError, ValueError, SafetensorError …
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        fix = (
            "remove that folder and run 'dalil build'"
            if read_manifest(folder) is not None
            else "set DALIL_MODEL to a sentence-transformers folder or hub name, or unset it for the embedded model"
        )
        raise ModelUnavailableError(f"the model {model} cannot be loaded ({reason}): {fix}") from error
    return loaded.eval()


def tokenise(tokenizer: Any, texts: Sequence[str]) -> list[Tokenised]:
    """Reads texts with a tokenizer of `transformers` or of `tokenizers`, without cutting them."""
    if hasattr(tokenizer, "encode_batch"):
        masks = [encoding.special_tokens_mask for encoding in tokenizer.encode_batch(list(texts))]
    else:
        masks = tokenizer(list(texts), truncation=False, padding=False, return_special_tokens_mask=True)[
            "special_tokens_mask"
        ]
    return [
        Tokenised(len(mask), tuple(place for place, special in enumerate(mask) if not special))
        for mask in masks
    ]


def model_name(model: Path | str) -> str:
    """What a person calls the model: a hub name as it is, a folder without the path that leads to it."""
    folder = Path(model)
    return folder.resolve().name if folder.is_dir() else str(model)


def model_digest(model: Path | str, loaded: SentenceTransformer) -> str:
    """A name for the model's content: equal digests mean equal vectors.

    For the embedded model it stands in the folder; for another folder it is the SHA-256 over its files, which
    takes a second for each gigabyte; for a hub name it is the name and the commit that was loaded.

    Raises:
        ModelUnavailableError: the hub's files carry no commit.
    """
    folder = Path(model)
    if folder.is_dir():
        manifest = read_manifest(folder)
        return str(manifest["digest"]) if manifest else _digest_files(folder)
    commit = getattr(loaded.config, "_commit_hash", None)
    if not commit:
        raise ModelUnavailableError(
            f"the hub model {model} has no known commit: download it into a folder and set DALIL_MODEL to that"
        )
    return f"{model}@{commit}"


def _digest_files(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in _WEIGHT_SUFFIXES and path.is_file():
            with path.open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
            digest.update(f"{path.relative_to(folder)} {content}\n".encode())
    return digest.hexdigest()
