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
    """Judges passages by their token vectors; networks that were trained apart err apart, and their mean less."""

    def __init__(self, networks: Sequence[VerifierNetwork]) -> None:
        """Take trained networks, or none for an embedding model that none was trained for."""
        self._networks = tuple(networks)

    def judge(self, question: Vectors | None, passages: Sequence[Vectors | None]) -> tuple[float, ...]:
        """How strongly each passage seems to answer.

        Args:
            question: Its token vectors, float32, shape (tokens, dim), centred, rows of unit length; None without any.
            passages: The same of each passage.

        Returns:
            For each passage the mean logit, between -`LARGEST_LOGIT` and `LARGEST_LOGIT`; 0, which is no opinion, where
            there are no token vectors or no network.
        """
        known = [each for each in passages if each is not None]
        if not self._networks or question is None or not known:
            return (0.0,) * len(passages)
        import torch  # loaded with the model

        with torch.inference_mode(), on_one_thread():
            asked, held = [torch.from_numpy(question)], [torch.from_numpy(each) for each in known]
            logits = torch.stack([network(asked, held)[0] for network in self._networks]).mean(0)
        found = iter(logits.clamp(-LARGEST_LOGIT, LARGEST_LOGIT).tolist())
        return tuple(0.0 if each is None else float(next(found)) for each in passages)


def load_verifier(model_digest: str, path: Path = VERIFIER_FILE) -> Verifier:
    """Read the trained verifier; one without an opinion where it was trained for another embedding model.

    Raises:
        BotError: The file is missing, damaged, or of another network.
    """
    if trained_for(path) != model_digest:
        return Verifier(())
    return Verifier(_networks(path))


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


def save_networks(networks: Sequence[VerifierNetwork], model_digest: str, path: Path = VERIFIER_FILE) -> None:
    """Write trained networks, in half precision.

    Args:
        networks: All of one width.
        model_digest: Of the embedding model whose token vectors they were trained on.
        path: Where to write.
    """
    from safetensors.torch import save_file

    weights = {
        f"{place}.{name}": tensor.half().contiguous()
        for place, network in enumerate(networks)
        for name, tensor in network.state_dict().items()
    }
    save_file(weights, path, {MODEL_DIGEST: model_digest})
    # safetensors writes for its owner alone, but an installation may be read by another user.
    path.chmod(0o644)


@functools.cache
def _networks(path: Path) -> tuple[VerifierNetwork, ...]:
    import torch  # loaded with the model

    from bot.answering.verifier_network import VerifierNetwork

    weights: dict[str, dict[str, torch.Tensor]] = {}
    networks = []
    try:
        with safe_open(path, "np") as file:
            for key in file.keys():  # noqa: SIM118 not a dict
                place, name = key.split(".", maxsplit=1)
                weights.setdefault(place, {})[name] = torch.from_numpy(file.get_tensor(key).astype(np.float32))
        for held in weights.values():
            network = VerifierNetwork(held["passage_heads.weight"].shape[1])
            network.load_state_dict(held)
            networks.append(network.eval())
    except (OSError, SafetensorError, KeyError, ValueError, RuntimeError) as error:
        raise BotError(f"{path} does not fit this version of Dalil. Train it again: make verifier") from error
    return tuple(networks)
