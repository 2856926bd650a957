"""Ranks passages, and says how sure it is that the best one answers: P(answered), from a small calibrated model.

Two linear models over the features, fitted by ``benchmarks/calibrate.py`` on the golden questions with folds cut by
fact: one orders the candidates of a question (conditional logit), the other is a logistic regression that also sees the
winner's rank score and its margin. The file beside this one holds their weights and the threshold of refusal.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answering.features import Features
from bot.errors import BotError

CALIBRATION_FILE = Path(__file__).with_name("calibration.json")

LARGEST_MARGIN = 3.0
"""A wider margin over the next passage says no more; also the margin of a passage that stands alone."""


QUOTE_ODDS = 3.9
"""How many times the odds of a quote are what the model says, which was fitted on summaries: these are short, in the
question's language, and say which questions they answer; quotes of articles that an editor added have none of it. With
0.54 as the threshold quotes pass from 0.23 on. Chosen on five imported articles: record 17."""


def quote_confidence(confidence: float) -> float:
    """P(a quote answers), 0 to 1, from what the model says of it."""
    return confidence * QUOTE_ODDS / (1 - confidence + confidence * QUOTE_ODDS)


class ConfidenceModel(BaseModel):
    """The fitted weights.

    Attributes:
        model_digest: The embedding model whose likenesses they were fitted on.
        threshold: Below this probability Dalil abstains.
        ranking: A weight for each feature.
        confidence: A weight for each feature, for ``score`` and for ``margin``.
        intercept: Added to the weighted sum of ``confidence``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model_digest: str
    threshold: float
    ranking: dict[str, float]
    confidence: dict[str, float]
    intercept: float

    def weigh(
        self, candidates: Sequence[Features], claims: Sequence[Collection[Hashable]]
    ) -> tuple[tuple[float, float], ...]:
        """Weigh the candidates of one question against each other.

        Args:
            candidates: Their features.
            claims: What each of them says; one that says the same is no rival, and does not narrow the margin.

        Returns:
            For each candidate its rank score (higher is better) and P(it answers), 0 to 1.
        """
        scores = [self._sum(self.ranking, features) for features in candidates]
        weighed = []
        for position, (features, score) in enumerate(zip(candidates, scores, strict=True)):
            own = set(claims[position])
            rivals = (scores[i] for i in range(len(scores)) if i != position and own.isdisjoint(claims[i]))
            margin = max(-LARGEST_MARGIN, min(LARGEST_MARGIN, score - max(rivals, default=-math.inf)))
            total = self.intercept + self._sum(self.confidence, features)
            total += self.confidence["score"] * score + self.confidence["margin"] * margin
            weighed.append((score, 1 / (1 + math.exp(-total))))
        return tuple(weighed)

    @staticmethod
    def _sum(weights: dict[str, float], features: Features) -> float:
        return sum(weights[name] * value for name, value in zip(Features.names(), features.values(), strict=True))


def load_confidence_model(path: Path = CALIBRATION_FILE) -> ConfidenceModel:
    """Read the fitted model.

    Raises:
        BotError: The file is missing, or was fitted for other features.
    """
    try:
        model = ConfidenceModel.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise BotError(f"{path} cannot be read. Fit it again: make calibrate") from error
    names = set(Features.names())
    if set(model.ranking) != names or set(model.confidence) != names | {"score", "margin"}:
        raise BotError(f"{path} was fitted for other features. Fit it again: make calibrate")
    return model
