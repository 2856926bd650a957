"""The HTTP under the Bot API: connections, paths, bytes. What a call means is decided elsewhere."""

import contextlib
import json
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from telegram_api.rules import JsonObject


@dataclass(frozen=True, slots=True)
class Request:
    """One call as it arrives.

    Attributes:
        method: the last part of the path; the whole path where it does not begin with the token.
        authorised: whether the path holds the right token.
        query: the query of the address, without the question mark.
        content_type: as the header says; possibly empty.
        body: the bytes of the body; possibly none.
        client_left: whether the client has closed the connection by now.
    """

    method: str
    authorised: bool
    query: str
    content_type: str
    body: bytes
    client_left: Callable[[], bool]


# The status and the body of an answer; None closes the connection without one.
Answer: TypeAlias = tuple[int, JsonObject] | None
# What the base class calls a request; the second only ever comes with datagrams.
Connection: TypeAlias = socket.socket | tuple[bytes, socket.socket]
Answering: TypeAlias = Callable[[Request], Answer]


class ApiServer(ThreadingHTTPServer):
    """Listens on a free port of the loopback, one thread a connection.

    Args:
        token: the only one that is right.
        answer: called from the threads of the connections.
    """

    # Threads are joined when the server closes: none may outlive its test.
    daemon_threads = False
    block_on_close = True

    def __init__(self, token: str, answer: Answering) -> None:
        self.token = token
        self.answer = answer
        self._open: set[Connection] = set()
        self._guard = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Connection, client_address: object) -> None:
        """Remember the connection before its thread begins, so that `disconnect` misses none."""
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Connection) -> None:
        """Forget a connection that ends."""
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def disconnect(self) -> None:
        """End idle keep-alive connections, whose threads would wait for another request."""
        with self._guard:
            for connection in self._open:
                assert isinstance(connection, socket.socket)
                with contextlib.suppress(OSError):  # the client was first
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    server: ApiServer
    protocol_version = "HTTP/1.1"
    # Header and body leave in one segment, at once; else every answer waits 40 ms for an acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def finish(self) -> None:
        with contextlib.suppress(OSError):  # the client left before the answer
            super().finish()

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: what arrives is in `calls`, what is wrong in `violations`."""

    def do_POST(self) -> None:
        """Answer one call."""
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:  # the client gave up in the middle of its call, which then is none
            self.close_connection = True
            return
        url = urlsplit(self.path)
        head, _, method = unquote(url.path).removeprefix("/").rpartition("/")
        authorised = head == f"bot{self.server.token}"
        request = Request(
            method=method if authorised else f"/{head}/{method}",
            authorised=authorised,
            query=url.query,
            content_type=self.headers.get("Content-Type", ""),
            body=body,
            client_left=self._client_left,
        )
        answer = self.server.answer(request)
        if answer is None:
            self.close_connection = True
        else:
            self._write(*answer)

    do_GET = do_POST  # noqa: N815 - the base class's name

    def _write(self, status: int, answer: JsonObject) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def _client_left(self) -> bool:
        try:
            read: bytes = self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return not read
