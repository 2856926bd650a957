"""The input of the machine-readable contract: one JSON object a line, checked before anything is answered."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StrictInt,
    StrictStr,
    ValidationError,
    model_validator,
)

from bot.errors import BotError
from knowledge.language import Language

RequestId = StrictStr | StrictInt

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class RequestError(BotError):
    """A line is no request; ``id`` is the line's own where one could be read."""

    def __init__(self, message: str, request_id: str | int | None = None) -> None:
        super().__init__(message)
        self.id = request_id


def _day(value: Any) -> Any:
    """Take a date only as the contract writes it: pydantic alone would take numbers and times of day too."""
    if value is not None and not (isinstance(value, str) and _ISO_DAY.fullmatch(value)):
        raise ValueError("expected a date as YYYY-MM-DD")
    return value


class Request(BaseModel):
    """One line of input; an optional key may be null.

    Attributes:
        action: A button's or command's, as offered in ``options``: ``topic:jobs``, ``sources:2``, ``help``.
        conversation: Lines with the same one share state; without one, a line stands alone.
        language: Overrules the question's own, as /lang does.
        user_language: A language code as Telegram sends it.
        today: What "last year" is counted from.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: RequestId
    question: StrictStr | None = None
    action: StrictStr | None = None
    conversation: RequestId | None = None
    language: Language | None = None
    user_language: StrictStr | None = None
    today: Annotated[date | None, BeforeValidator(_day)] = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Request:
        if (self.question is None) == (self.action is None):
            raise ValueError("expected either question or action")
        return self


def parse_request(line: bytes) -> Request:
    """Read one line.

    Raises:
        RequestError: Naming what is wrong; it carries the line's id if it has one.
    """
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RequestError(f"the line is not UTF-8 (byte {error.start + 1}). Write JSON in UTF-8.") from error
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, json.JSONDecodeError) else "it cannot be read"
        raise RequestError(f"the line is not JSON ({reason}). Write one object a line.") from error
    if not isinstance(data, dict):
        raise RequestError(f"the line holds {_json_type(data)}, expected an object. Write one object a line.")
    try:
        return Request.model_validate(data)
    except ValidationError as error:
        given = data.get("id")
        known = given if isinstance(given, str | int) and not isinstance(given, bool) else None
        raise RequestError(_explain(error), known) from error


def _explain(error: ValidationError) -> str:
    """Every fault of a request in one line, each key once."""
    faults: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_input=False):
        key = str(detail["loc"][0]) if detail["loc"] else ""
        message = detail["msg"].removeprefix("Value error, ")
        if detail["type"] == "extra_forbidden":
            message = f"is no key of the contract; its keys are {', '.join(Request.model_fields)}"
        known = faults.get(key)
        faults[key] = f"{known} or {message}" if known else message
    return "; ".join(f"{key}: {message}" if key else message for key, message in faults.items()) + "."


def _json_type(value: Any) -> str:
    names = {list: "an array", str: "a string", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")
