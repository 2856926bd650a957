"""Says of a passage whether it answers a question: what likeness alone does not know.

A question about the wages in a sector is very like a passage about its jobs. The verifier has learned from questions
that passages answer and from near misses, both written by people who saw only the passages, what must be met for an
answer. ``benchmarks/train_verifier.py`` trains it; the file beside this one holds its weights. Record 17.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors import SafetensorError, safe_open

from bot.errors import BotError
from index.model_loading import on_one_thread
from index.vectors import Vectors

if TYPE_CHECKING:
    # Imported with the model otherwise: torch takes seconds, and most commands need none.
    from bot.answering.verifier_network import VerifierNetwork

VERIFIER_FILE = Path(__file__).with_name("verifier.safetensors")
MODEL_DIGEST = "model_digest"

LARGEST_LOGIT = 12.0
"""A surer yes or no says no more."""


class Verifier:
    """Judges passages by their token vectors."""

    def __init__(self, network: VerifierNetwork | None) -> None:
        """Take a trained network, or None for an embedding model that none was trained for."""
        self._network = network

    def judge(self, question: Vectors | None, passages: Sequence[Vectors | None]) -> tuple[float, ...]:
        """How strongly each passage seems to answer.

        Args:
            question: Its token vectors, float32, shape (tokens, dim), centred, rows of unit length; None without any.
            passages: The same of each passage.

        Returns:
            For each passage a logit between -`LARGEST_LOGIT` and `LARGEST_LOGIT`; 0, which is no opinion, where there
            are no token vectors or no network.
        """
        known = [each for each in passages if each is not None]
        if self._network is None or question is None or not known:
            return (0.0,) * len(passages)
        import torch  # loaded with the model

        with torch.inference_mode(), on_one_thread():
            logits = self._network([torch.from_numpy(question)], [torch.from_numpy(each) for each in known])[0]
        found = iter(logits.clamp(-LARGEST_LOGIT, LARGEST_LOGIT).tolist())
        return tuple(0.0 if each is None else float(next(found)) for each in passages)


def load_verifier(model_digest: str, path: Path = VERIFIER_FILE) -> Verifier:
    """Read the trained verifier; one without an opinion where it was trained for another embedding model.

    Raises:
        BotError: The file is missing, damaged, or of another network.
    """
    if trained_for(path) != model_digest:
        return Verifier(None)
    return Verifier(_network(path))


def trained_for(path: Path = VERIFIER_FILE) -> str:
    """The digest of the embedding model whose token vectors the verifier knows.

    Raises:
        BotError: The file is missing or damaged.
    """
    try:
        with safe_open(path, "np") as file:
            return str((file.metadata() or {})[MODEL_DIGEST])
    except (OSError, SafetensorError, KeyError) as error:
        raise BotError(f"{path} cannot be read. Train it again: make verifier") from error


@functools.cache
def _network(path: Path) -> VerifierNetwork:
    import torch  # loaded with the model

    from bot.answering.verifier_network import VerifierNetwork

    try:
        with safe_open(path, "np") as file:
            weights = {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}  # noqa: SIM118 not a dict
        network = VerifierNetwork(weights["passage_heads.weight"].shape[1])
        network.load_state_dict({name: torch.from_numpy(values) for name, values in weights.items()})
    except (OSError, SafetensorError, KeyError, RuntimeError) as error:
        raise BotError(f"{path} does not fit this version of Dalil. Train it again: make verifier") from error
    return network.eval()
