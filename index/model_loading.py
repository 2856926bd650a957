"""Loading a sentence-transformers model without noise, reading its tokenizer, and naming its content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.embedded_model import read_manifest
from index.errors import ModelUnavailableError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_READ_SUFFIXES = {".bin", ".json", ".model", ".safetensors", ".txt"}
"""What a sentence-transformers folder is read from: weights, vocabularies, settings; no notes or pictures."""


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
    # Imported here because the libraries take four seconds, which `--help` and every error message that needs
    # no model would wait for.
    from transformers.utils import logging

    # They speak to standard error about every load, and to people who did not ask.
    transformers_logging: Any = logging  # its functions have no annotations
    transformers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    folder = Path(model)
    try:
        loaded = _load_folder(folder) if folder.is_dir() else _load_hub_model(str(model))
    except Exception as error:  # their readers have no common error: OSError, ValueError, SafetensorError …
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        fix = (
            "remove that folder and run 'dalil build'"
            if read_manifest(folder) is not None
            else "set DALIL_MODEL to a sentence-transformers folder or hub name, or unset it for our own"
        )
        raise ModelUnavailableError(f"the model {model} cannot be loaded ({reason}): {fix}") from error
    return loaded.eval()


def _load_folder(folder: Path) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


def _load_hub_model(name: str) -> SentenceTransformer:
    """From the hub's cache if it is there, so that what was fetched once needs no network again."""
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, device="cpu", local_files_only=True)
    except OSError:
        return SentenceTransformer(name, device="cpu")


@contextmanager
def on_one_thread() -> Iterator[None]:
    """Keeps the model to one core meanwhile, and lets it have its usual number again afterwards."""
    import torch  # loaded with the model

    usual = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(usual)


def tokenise(tokenizer: Any, texts: Sequence[str]) -> list[Tokenised]:
    """Reads texts with a tokenizer of `transformers` or of `tokenizers`, without cutting them."""
    if not texts:
        return []  # those of `transformers` fail on none
    if hasattr(tokenizer, "encode_batch"):
        masks = [encoding.special_tokens_mask for encoding in tokenizer.encode_batch(list(texts))]
    else:
        read = tokenizer(list(texts), truncation=False, padding=False, return_special_tokens_mask=True)
        masks = read["special_tokens_mask"]
    return [Tokenised(len(mask), tuple(place for place, special in enumerate(mask) if not special)) for mask in masks]


def model_name(model: Path | str) -> str:
    """What a person calls the model: a hub name as it is, a folder without the path that leads to it."""
    folder = Path(model)
    return folder.resolve().name if folder.is_dir() else str(model)


def model_digest(model: Path | str) -> str:
    """A name for the model's content: equal digests mean equal vectors.

    For the embedded model it stands in the folder; for another folder it is the SHA-256 over its files, which
    takes a second for each gigabyte; for a hub name it is the name and the commit in the hub's cache.

    Raises:
        ModelUnavailableError: the model is in neither place.
    """
    folder = Path(model)
    if folder.is_dir():
        manifest = read_manifest(folder)
        return str(manifest["digest"]) if manifest else _digest_files(folder)
    # Imported here for the same reason as in `load_model`.
    from huggingface_hub import snapshot_download

    name = str(model) if "/" in str(model) else f"sentence-transformers/{model}"
    try:
        snapshot = snapshot_download(name, local_files_only=True)
    except (OSError, ValueError) as error:
        raise ModelUnavailableError(
            f"the hub model {model} has no known commit: download it to a folder and set DALIL_MODEL to that"
        ) from error
    return f"{model}@{Path(snapshot).name}"


def _digest_files(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in _READ_SUFFIXES and path.is_file():
            with path.open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
            digest.update(f"{path.relative_to(folder)} {content}\n".encode())
    return digest.hexdigest()
