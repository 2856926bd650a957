"""A request's parameters, whichever of the Bot API's three encodings carries them.

python-telegram-bot sends a form, and a multipart form where files are attached; in both, every value that is
no text is JSON. Telegram reads a JSON body the same way, so everything becomes text here.
"""

import json
import re
from email.message import Message
from urllib.parse import parse_qsl

from telegram_api.rules import Refused


def decode(query: str, content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, bytes]]:
    """The parameters of a request and its files, by name.

    Raises:
        Refused: on a body that is not what its content type says, or not UTF-8.
    """
    header = Message()
    header["content-type"] = content_type or "application/octet-stream"
    kind = header.get_content_type()
    try:
        parameters = dict(parse_qsl(query, keep_blank_values=True, errors="strict"))
        files: dict[str, bytes] = {}
        if kind == "application/json":
            parameters |= _from_json(body)
        elif kind == "multipart/form-data":
            fields, files = _from_multipart(body, str(header.get_param("boundary", "")))
            parameters |= fields
        elif kind == "application/x-www-form-urlencoded":
            form = body.decode("ascii")
            parameters |= dict(parse_qsl(form, keep_blank_values=True, strict_parsing=bool(form), errors="strict"))
        elif body:
            raise Refused(f"strict: a body of type {kind} has no parameters that Telegram could read")
    except UnicodeDecodeError as error:
        raise Refused("strings must be encoded in UTF-8") from error
    except ValueError as error:
        raise Refused(f"strict: the body is no {kind}: {error}") from error
    return parameters, files


def _from_json(body: bytes) -> dict[str, str]:
    values = json.loads(body)
    if not isinstance(values, dict):
        raise Refused("can't parse request: the JSON body is no object")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in values.items()
        if value is not None
    }


def _from_multipart(body: bytes, boundary: str) -> tuple[dict[str, str], dict[str, bytes]]:
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    if not boundary or len(parts) < 2 or parts[-1].strip() != b"--":
        raise Refused("strict: the multipart body does not end with its boundary")
    fields: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for part in parts[1:-1]:
        head, separator, content = part.partition(b"\r\n\r\n")
        name = re.search(rb'[; ]name="([^"]*)"', head)
        if not separator or not name:
            raise Refused("strict: a part of the multipart body has no name")
        if b"filename=" in head:
            files[name[1].decode()] = content
        else:
            fields[name[1].decode()] = content.decode()
    return fields, files
