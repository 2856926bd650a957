"""The network behind `Verifier`: each word of the question looks for its like in the passage, and judges what it found.

Decomposable attention (Parikh et al., 2016, "A Decomposable Attention Model for Natural Language Inference") over the
contextual token vectors that late interaction uses as well (Khattab and Zaharia, 2020, "ColBERT"): where MaxSim takes
the mean of the likenesses, the network learns which words of a question must be met, and what meeting them looks like.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu
from torch.nn.utils.rnn import pad_sequence

HEADS = 4
WIDTH = 40
"""Of a head: how many directions of the token vectors it compares."""
HIDDEN = 96
DROPOUT = 0.15
# Softmax over cosines needs a scale: with exp(2.3), about 10, a likeness of 1 outweighs one of 0.5 a hundredfold.
SHARPNESS = 2.3
NEVER = -1e4


class VerifierNetwork(nn.Module):
    """Token vectors of questions and passages in, a logit for each pair out; 0 is as likely as not."""

    def __init__(self, dim: int) -> None:
        """Make an untrained network.

        Args:
            dim: Of the token vectors.
        """
        super().__init__()
        both = HEADS * WIDTH
        self.question_heads = nn.Linear(dim, both, bias=False)
        self.passage_heads = nn.Linear(dim, both, bias=False)
        self.token = nn.Linear(dim, HIDDEN)
        self.sharpness = nn.Parameter(torch.full((HEADS,), SHARPNESS))
        self.compare = nn.Linear(3 * both + 2 * HEADS, HIDDEN)
        self.dropout = nn.Dropout(DROPOUT)
        self.context = nn.TransformerEncoderLayer(
            HIDDEN, HEADS, 2 * HIDDEN, dropout=DROPOUT, activation="gelu", batch_first=True, norm_first=True
        )
        self.weight = nn.Linear(HIDDEN, 1)
        self.judge = nn.Sequential(
            nn.LayerNorm(2 * HIDDEN),
            nn.Dropout(DROPOUT),
            nn.Linear(2 * HIDDEN, HIDDEN),
            nn.GELU(),
            nn.Dropout(DROPOUT),
            nn.Linear(HIDDEN, 1),
        )
        self._start_as_likeness(dim)

    def _start_as_likeness(self, dim: int) -> None:
        """Let the heads of both sides start as the same random projections, so that alike tokens find each other."""
        with torch.no_grad():
            for head in range(HEADS):
                directions, _ = torch.linalg.qr(torch.randn(dim, WIDTH))
                rows = slice(head * WIDTH, (head + 1) * WIDTH)
                for side in (self.question_heads, self.passage_heads):
                    side.weight[rows] = directions.T * math.sqrt(dim / WIDTH)

    def forward(self, questions: Sequence[Tensor], passages: Sequence[Tensor]) -> Tensor:
        """Compare each question with as many passages as every other question.

        Args:
            questions: float32, each of shape (tokens, dim), one token at least.
            passages: float32, each of shape (tokens, dim), one token at least; those of the first question come first.

        Returns:
            Shape (questions, passages of each).
        """
        each = len(passages) // len(questions)
        asked, asked_mask = _padded(self.question_heads, questions)
        tokens, _ = _padded(self.token, questions)
        held, held_mask = _padded(self.passage_heads, passages)
        asked, tokens, mask = (side.repeat_interleave(each, 0) for side in (asked, tokens, asked_mask))
        likeness = _by_head(asked) @ _by_head(held).transpose(-1, -2) / WIDTH
        likeness = likeness + (~held_mask)[:, None, None, :] * NEVER
        shares = (likeness * self.sharpness.exp()[:, None, None]).softmax(-1)
        found = (shares @ _by_head(held)).transpose(1, 2).reshape(asked.shape)
        best = likeness.amax(-1).transpose(1, 2)
        mean = _mean(best, mask)[:, None].expand_as(best)
        compared = self.compare(torch.cat([asked * found, (asked - found).abs(), found, best, mean], -1))
        words = self.context(self.dropout(gelu(compared + tokens)), src_key_padding_mask=~mask)
        weights = (self.weight(words).squeeze(-1) + ~mask * NEVER).softmax(-1)
        whole = torch.cat([(weights[..., None] * words).sum(1), _mean(words, mask)], -1)
        judged: Tensor = self.judge(whole)
        return judged.view(len(questions), each)


def _padded(layer: nn.Linear, texts: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Texts through a layer, padded to one length, shape (texts, tokens, out), and which tokens are there."""
    lengths = [len(text) for text in texts]
    padded = pad_sequence(layer(torch.cat(list(texts))).split(lengths), batch_first=True)
    return padded, torch.arange(padded.shape[1])[None] < torch.tensor(lengths)[:, None]


def _by_head(texts: Tensor) -> Tensor:
    """From (texts, tokens, heads × width) to (texts, heads, tokens, width)."""
    return texts.view(*texts.shape[:2], HEADS, WIDTH).transpose(1, 2)


def _mean(values: Tensor, mask: Tensor) -> Tensor:
    """The mean over the tokens that are there."""
    present = mask[..., None].to(values.dtype)
    return (values * present).sum(1) / present.sum(1)
