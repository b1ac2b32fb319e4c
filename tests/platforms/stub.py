"""A tiny HTTP server whose answers a test writes, and which remembers what it was asked."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request as it came in; `params` holds every value of a parameter."""

    method: str
    path: str
    params: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes = b""

    def one(self, name: str, default: str = "") -> str:
        return self.params.get(name, [default])[0]


@dataclass(frozen=True)
class Answer:
    """What the server says: JSON unless it is bytes already."""

    content: object = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def raw(self) -> bytes:
        is_raw = isinstance(self.content, bytes)
        return self.content if is_raw else json.dumps(self.content).encode()


class Stub:
    """Where the server is, everything it was asked, and what it answers."""

    def __init__(self, answer: Callable[[Asked], Answer], tls: ssl.SSLContext | None = None):
        self.answer, self.asked = answer, []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # who hangs up on purpose is no error
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.server.server_port}"
        if tls:
            self.server.socket = tls.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                params = parse_qs(parts.query)
                stub.asked.append(Asked(self.command, parts.path, params, headers, body))
                said = stub.answer(stub.asked[-1])
                self.send_response(said.status)
                for name, value in {"Content-Length": len(said.raw), **said.headers}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(said.raw)

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def serving(answer: Callable[[Asked], Answer], tls: ssl.SSLContext | None = None) -> Iterator[Stub]:
    """A server on a free port of this machine that answers each request with `answer`."""
    stub = Stub(answer, tls)
    thread = threading.Thread(target=stub.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.server.shutdown()
        stub.server.server_close()
        thread.join()
