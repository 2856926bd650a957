"""P(a passage answers a question), from a small calibrated model.

A logistic regression over the features, fitted by ``benchmarks/calibrate.py`` on the golden questions with folds cut
by fact; the file beside this one holds its coefficients and the threshold chosen on the risk-coverage curve.
"""

from __future__ import annotations

import math
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answering.features import Features
from bot.errors import BotError

CALIBRATION_FILE = Path(__file__).with_name("calibration.json")


class ConfidenceModel(BaseModel):
    """A logistic regression.

    Attributes:
        threshold: Below this probability Dalil abstains.
        model_digest: The embedding model whose scores it was fitted on.
        coefficients: One weight a feature, by name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model_digest: str
    threshold: float
    intercept: float
    coefficients: dict[str, float]

    def probability(self, features: Features) -> float:
        """P(the passage answers the question), 0 to 1."""
        weights = (self.coefficients[name] for name in Features.names())
        total = self.intercept + sum(w * v for w, v in zip(weights, features.values(), strict=True))
        return 1 / (1 + math.exp(-total))


def load_confidence_model(path: Path = CALIBRATION_FILE) -> ConfidenceModel:
    """Read the fitted model.

    Raises:
        BotError: The file is missing, or was fitted for other features.
    """
    try:
        model = ConfidenceModel.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise BotError(f"{path} cannot be read. Fit it again: make calibrate") from error
    if set(model.coefficients) != set(Features.names()):
        raise BotError(f"{path} was fitted for other features. Fit it again: make calibrate")
    return model
