"""From texts to vectors: one for each text, and one for each of its tokens, in a single run of the model."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.errors import TextRefusedError
from index.model_loading import Tokenised, load_model, model_digest, model_name, on_one_thread, tokenise

if TYPE_CHECKING:
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]
"""Called with (texts done, texts in all) after each batch."""

BATCH_SIZE = 32
"""sentence-transformers' own default; on two cores larger ones gain nothing and pad more."""

CHARACTERS_PER_TOKEN = 20
"""A text with more characters than this for each token allowed is refused before it is tokenised: the longest
piece of the embedded model has 16, and prose in our languages takes 3 to 5."""

LIMIT_OF_UNLIMITED_MODELS = 512
"""Tokens for a model that has no limit: what the embedded one reads, and more than a passage needs."""


class Role(StrEnum):
    """What a text is for: asymmetric models read questions and passages differently."""

    QUERY = "query"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the model made of n texts, in their order.

    Attributes:
        vectors: float32, shape (n, dimension), rows of unit length; n = 0 allowed.
        token_vectors: for each text float32, shape (tokens, dimension), as the model gave them, *not* of unit
            length; without the prompt's tokens, special tokens and padding; tokens >= 1. None where the model
            has no token vectors.
    """

    vectors: NDArray[np.float32]
    token_vectors: tuple[NDArray[np.float32], ...] | None


class Embedder(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """What a person calls the model."""

    @property
    def digest(self) -> str:
        """Equal for two embedders only if they give the same vectors; an index is bound to it."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    @property
    def max_tokens(self) -> int:
        """How long a text may be, counted as `count_tokens` counts: without prompt and special tokens."""

    @property
    def has_token_vectors(self) -> bool:
        """Whether an encoding carries token vectors; without them, retrieval is by whole texts alone."""

    def count_tokens(self, text: str) -> int:
        """How many tokens a text takes, whatever its length."""

    def encode(self, texts: Sequence[str], role: Role, progress: Progress | None = None) -> Encoding:
        """Runs the model once over each text.

        Raises:
            TextRefusedError: a text is blank or too long. None is ever cut.
        """


_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# Marks of writing direction and soft hyphens: nobody sees them, they are copied along with text, and each
# would count as a token of its own.
_INVISIBLE = re.compile("[\u00ad\u061c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def clean_text(text: str) -> str:
    """Makes a text fit for every tokenizer and file: no lone surrogates, controls or direction marks.

    Surrogate pairs are joined, lone surrogates become U+FFFD, control characters become spaces, invisible
    marks of direction go, and the ends are stripped. Cleaning twice changes nothing.

    Raises:
        TextRefusedError: nothing that can be read is left.
    """
    cleaned = _without_noise(text)
    if not any(_is_legible(character) for character in cleaned):
        raise TextRefusedError("the text is blank: write at least one word")
    return cleaned


def _without_noise(text: str) -> str:
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _INVISIBLE.sub("", _CONTROLS.sub(" ", joined)).strip()


def _is_legible(character: str) -> bool:
    return character != "\ufffd" and unicodedata.category(character)[0] not in "ZC"


class SentenceTransformerEmbedder:
    """A model in sentence-transformers' format, on the processor.

    Threads may share it: they take turns, since a tokenizer is not reentrant and the model uses all cores.
    """

    def __init__(self, model: Path | str) -> None:
        """Loads the model and runs it once, which also warms it up.

        Args:
            model: a folder, to which nothing is fetched, or a hub name.

        Raises:
            ModelUnavailableError: there is no such model, or it cannot be read.
        """
        self.name = model_name(model)
        self._source = model
        self._lock = threading.Lock()
        self._model = load_model(model)
        self._prompts = {role: _find_prompt(self._model.prompts, role) for role in Role}
        # The space that ends a prompt belongs to the word after it.
        prompts = self._tokenise([self._prompts[role].rstrip() for role in Role])
        self._prompt_tokens = {role: len(prompt.content) for role, prompt in zip(Role, prompts, strict=True)}
        limit = self._model.max_seq_length
        self._limit = limit if isinstance(limit, int) else LIMIT_OF_UNLIMITED_MODELS
        self.max_tokens = self._limit - max(prompt.length for prompt in prompts)
        vector, tokens = self._run(["probe"], Role.QUERY)[0]
        self.dimension = len(vector)
        # Some models shrink the pooled vector only: their token vectors would need an index of another width.
        self.has_token_vectors = tokens is not None and tokens.shape[1] == self.dimension

    @cached_property
    def digest(self) -> str:
        """See `Embedder.digest`. Read when first asked for, since it may have to read the weights again."""
        return model_digest(self._source)

    def count_tokens(self, text: str) -> int:
        """How many tokens a text takes after cleaning, whatever its length; a blank text takes none."""
        return len(self._tokenise([_without_noise(text)])[0].content)

    def encode(self, texts: Sequence[str], role: Role, progress: Progress | None = None) -> Encoding:
        """Runs the model once over each text, after `clean_text`; see `Embedder.encode`.

        The same text gets the same vectors, to 1e-5, alone or among others.
        """
        cleaned = [self._clean(text, role) for text in texts]
        tokenised = self._tokenise([self._prompts[role] + text for text in cleaned])
        contents = [list(read.content[self._prompt_tokens[role] :]) for read in tokenised]
        for text, read, content in zip(cleaned, tokenised, contents, strict=True):
            if read.length > self._limit:
                raise self._too_long(text, role, f"{len(content)} tokens")
        # Texts of like length share a batch, so that little of it is padding.
        order = sorted(range(len(cleaned)), key=lambda place: tokenised[place].length)
        vectors = np.empty((len(cleaned), self.dimension), dtype=np.float32)
        token_vectors: list[NDArray[np.float32]] = [vectors[:0]] * len(cleaned)
        for start in range(0, len(order), BATCH_SIZE):
            batch = order[start : start + BATCH_SIZE]
            rows = self._run([cleaned[place] for place in batch], role)
            for place, (vector, tokens) in zip(batch, rows, strict=True):
                vectors[place] = _unit(vector, cleaned[place])
                if self.has_token_vectors and tokens is not None:
                    token_vectors[place] = tokens[contents[place]]
            if progress is not None:
                progress(start + len(batch), len(order))
        return Encoding(vectors, tuple(token_vectors) if self.has_token_vectors else None)

    def _clean(self, text: str, role: Role) -> str:
        most = CHARACTERS_PER_TOKEN * self.max_tokens
        cleaned = clean_text(text[: most + 1])
        if len(text) > most:
            raise self._too_long(cleaned, role, f"{len(text)} characters")
        return cleaned

    def _too_long(self, text: str, role: Role, size: str) -> TextRefusedError:
        noun, fix = ("question", "ask it in fewer words") if role is Role.QUERY else ("passage", "split it")
        return TextRefusedError(
            f"the {noun} “{text[:30].strip()}…” has {size}, the model reads {self.max_tokens} tokens: {fix}"
        )

    def _tokenise(self, texts: Sequence[str]) -> list[Tokenised]:
        with self._lock:
            return tokenise(self._model.tokenizer, texts)

    def _run(self, texts: list[str], role: Role) -> list[tuple[NDArray[np.float32], NDArray[np.float32] | None]]:
        """For each text the sentence vector as the model gives it, and the vectors of all its tokens."""
        # One text is too little to share: threads wait for each other at every step. A question took 21 ms on
        # one, 16 on two; but while another process kept one of two cores busy, 21 on one and 370 on two.
        with self._lock, on_one_thread() if len(texts) == 1 else nullcontext():
            rows: Any = self._model.encode(
                texts,
                prompt=self._prompts[role],
                output_value=None,
                batch_size=BATCH_SIZE,
                show_progress_bar=False,
            )
        return [(_to_numpy(row["sentence_embedding"]), _unpadded(row)) for row in rows]


def _find_prompt(prompts: Mapping[str, str | None], role: Role) -> str:
    """The model's own prompt for a role; some models call a passage a document, and many have no prompts."""
    prompt = prompts.get(role) or (prompts.get("document") if role is Role.PASSAGE else None)
    return prompt or ""


def _unit(vector: NDArray[np.float32], text: str) -> NDArray[np.float32]:
    """The vector at length one; a model that adds up its words gives zeros where it knows none of them."""
    length = np.linalg.norm(vector)
    if not length:
        raise TextRefusedError(f"the model knows no word of “{text[:30]}”: use other words")
    unit: NDArray[np.float32] = vector / length
    return unit


def _unpadded(row: Mapping[str, Any]) -> NDArray[np.float32] | None:
    """A text's token rows without padding, or None where the model has none."""
    if "token_embeddings" not in row or "attention_mask" not in row:
        return None
    # Some tokenizers pad on the left; and selecting copies, so that the padded batch can be freed.
    return _to_numpy(row["token_embeddings"])[_to_numpy(row["attention_mask"]) > 0]


def _to_numpy(tensor: Any) -> NDArray[np.float32]:
    array: NDArray[np.float32] = tensor.detach().float().numpy()
    return array
