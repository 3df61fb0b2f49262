"""A small OpenAI-compatible server over loopback: a generator of ours behind it, or one of several ways to fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.generation.generator import Generator, Message


class ChatServer(ThreadingHTTPServer):
    """The server.

    Attributes:
        generator: Writes what is asked for; None where the server only fails.
        manner: "stream", "whole" (no streaming), "hang", "drip", "error", "busy", "garbage", "flood", "moved".
        asked: Bodies of the requests so far.
        keys: Their keys.
    """

    daemon_threads = True

    def __init__(self, generator: Generator | None, manner: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.generator = generator
        self.manner = manner
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.let_go = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def do_GET(self) -> None:
        assert self.path == "/v1/models"
        models = [{"id": "tiny", "object": "model"}]
        self._send(200, "application/json", json.dumps({"object": "list", "data": models}).encode())

    def do_POST(self) -> None:
        assert self.path == "/v1/chat/completions"
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.keys.append(self.headers["Authorization"])
        getattr(self, f"_{self.server.manner}")(body)

    def _pieces(self, body: dict[str, Any]) -> Iterator[str]:
        assert self.server.generator is not None
        yield from self.server.generator.write([Message(m["role"], m["content"]) for m in body["messages"]])

    def _stream(self, body: dict[str, Any]) -> None:
        assert body["stream"] is True
        self._begin(200, "text/event-stream")
        self._event({"choices": [{"index": 0, "delta": {"role": "assistant"}}]})
        for piece in self._pieces(body):
            self._event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
        self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        self._event({"choices": [], "usage": {"total_tokens": 7}})
        self.wfile.write(b"data: [DONE]\n\n")

    def _whole(self, body: dict[str, Any]) -> None:
        message = {"role": "assistant", "content": "".join(self._pieces(body))}
        self._send(200, "application/json", json.dumps({"choices": [{"index": 0, "message": message}]}).encode())

    def _hang(self, body: dict[str, Any]) -> None:
        self.server.let_go.wait(30)

    def _drip(self, body: dict[str, Any]) -> None:
        self._begin(200, "text/event-stream")
        for _ in range(300):
            self.wfile.write(b": still here\n\n")
            self.wfile.flush()
            if self.server.let_go.wait(0.05):
                return

    def _error(self, body: dict[str, Any]) -> None:
        self._send(400, "application/json", b'{"error": {"message": "no such model"}}')

    def _busy(self, body: dict[str, Any]) -> None:
        if len(self.server.asked) < 3:
            self._send(503, "text/plain", b"loading the model")
        else:
            self._stream(body)

    def _garbage(self, body: dict[str, Any]) -> None:
        self._begin(200, "text/event-stream")
        self.wfile.write(b"data: {not json\n\ndata: 7\n\n\xff\xfe")

    def _flood(self, body: dict[str, Any]) -> None:
        self._begin(200, "text/event-stream")
        for _ in range(40):
            self.wfile.write(b"x" * 100_000)

    def _moved(self, body: dict[str, Any]) -> None:
        self.send_response(302)
        self.send_header("Location", "http://192.0.2.1/v1/chat/completions")
        self.end_headers()

    def _event(self, row: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(row)}\n\n".encode())
        self.wfile.flush()

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self._begin(status, kind)
        self.wfile.write(content)

    def _begin(self, status: int, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass

    def finish(self) -> None:
        with _ignored():
            super().finish()

    def handle(self) -> None:
        with _ignored():
            super().handle()


@contextmanager
def _ignored() -> Iterator[None]:
    """Whoever asked may have gone."""
    with suppress(BrokenPipeError, ConnectionResetError):
        yield


@contextmanager
def serving(generator: Generator | None = None, manner: str = "stream") -> Iterator[ChatServer]:
    """A server that runs meanwhile."""
    server = ChatServer(generator, manner)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
