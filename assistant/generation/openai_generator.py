"""A language model behind an OpenAI-compatible server: llama.cpp, Ollama, vLLM, `transformers serve` and the like.

The question and the passages that were found are sent to that server and nowhere else; no proxy is asked, no redirect
followed. This module does not know what is asked of the model.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.generation.generator import MAX_NEW_TOKENS, MAX_SECONDS, Message, Pieces

if TYPE_CHECKING:
    import httpx

_KEY = "REPORTQA_GENERATOR_KEY"
# Small enough for the 4,096 tokens that servers often start with: they cut longer prompts without a word.
_MAX_PROMPT_CHARS = 8_000
_MAX_REPLY_BYTES = 1_000_000
_CONNECT_SECONDS = 5.0
# Waits before a server that is busy or starting up is asked again.
_WAITS = (0.5, 1.5)
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})


class ServerGenerator:
    """A model of a server.

    Attributes:
        url: Where the server's API is; `/v1` is added to a bare address.
        model: The model's name; empty for the first that the server lists.
        max_prompt_chars: What is sent at the most.
    """

    max_prompt_chars = _MAX_PROMPT_CHARS

    def __init__(self, url: str, model: str = "", max_seconds: float = MAX_SECONDS) -> None:
        import httpx

        try:
            parsed = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise ValueError(f"{url!r} is no URL of a server ({error})") from None
        if not parsed.host:
            raise ValueError(f"{url!r} is no URL of a server: it names no host")
        self.url = url.rstrip("/") if parsed.path.strip("/") else f"{url.rstrip('/')}/v1"
        self.model = model
        self._max_seconds = max_seconds

    @property
    def name(self) -> str:
        """The server's URL, with the model where one was chosen."""
        return f"{self.url}#{self.model}" if self.model else self.url

    def check(self) -> None:
        """Ask the server for its models.

        Raises:
            OSError: If it cannot be reached.
            ValueError: If it lists none.
        """
        _ = self._model

    def write(self, messages: Sequence[Message]) -> Pieces:
        """The draft in pieces, as the server sends it.

        Raises:
            OSError: If the server cannot be reached, refuses, or takes too long (`TimeoutError`).
            ValueError: If what it sends is no chat completion.
        """
        body = {
            "model": self._model,
            "messages": [{"role": message.role, "content": message.text} for message in messages],
            "temperature": 0,
            "max_tokens": MAX_NEW_TOKENS,
            "stream": True,
        }
        for line in self._lines("POST", "/chat/completions", body):
            data = line.removeprefix("data:").strip()
            if data == "[DONE]":
                return
            if line.startswith("{") or (line.startswith("data:") and data):
                yield self._piece(data)

    def _piece(self, data: str) -> str:
        """The text of one event; of a whole reply, where a server does not stream."""
        row = self._json(data)
        if "error" in row:
            raise ValueError(f"{self.url} reports an error: {_short(str(row['error']))}")
        try:
            choice = row["choices"][0] if row["choices"] else {"delta": {}}
            text = (choice.get("delta") or choice.get("message") or {}).get("content")
        except (AttributeError, IndexError, KeyError, TypeError):
            raise self._garbage(data) from None
        if not isinstance(text, str | None):
            raise self._garbage(data)
        return text or ""

    @cached_property
    def _model(self) -> str:
        if self.model:
            return self.model
        text = "".join(self._lines("GET", "/models"))
        try:
            return str(self._json(text)["data"][0]["id"])
        except (IndexError, KeyError, TypeError):
            raise ValueError(f"{self.url} lists no model: name one after the URL, {self.url}#MODEL") from None

    def _json(self, data: str) -> Any:  # noqa: ANN401 - whatever the server sent
        try:
            row = json.loads(data)
        except ValueError:
            raise self._garbage(data) from None
        if not isinstance(row, dict):
            raise self._garbage(data)
        return row

    def _garbage(self, data: str) -> ValueError:
        return ValueError(f"{self.url} sends what is no chat completion: {_short(data)}")

    def _lines(self, method: str, path: str, body: dict[str, Any] | None = None) -> Iterator[str]:
        """Lines of a reply as they arrive; errors of the network become built-in ones that name the server."""
        import httpx

        deadline = time.monotonic() + self._max_seconds
        key = os.environ.get(_KEY)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        timeout = httpx.Timeout(self._max_seconds, connect=_CONNECT_SECONDS)
        try:
            with httpx.Client(headers=headers, timeout=timeout, trust_env=False) as client:
                response = self._response(client, client.build_request(method, self.url + path, json=body))
                try:
                    if not response.is_success:
                        told = response.read().decode("utf-8", "replace")
                        raise OSError(f"{self.url} refuses with {response.status_code}: {_short(told)}")
                    yield from self._arriving(response, deadline)
                finally:
                    response.close()
        except httpx.ConnectError as error:
            raise ConnectionError(f"no server answers at {self.url} ({error}): start it, or choose another") from None
        except httpx.TimeoutException:
            raise self._late() from None
        except httpx.HTTPError as error:
            raise OSError(f"{self.url} broke off ({_short(str(error)) or type(error).__name__})") from None

    def _response(self, client: httpx.Client, request: httpx.Request) -> httpx.Response:
        """The beginning of a reply; a server that is busy or not yet there is asked again."""
        import httpx

        for wait in _WAITS:
            try:
                response = client.send(request, stream=True)
                if response.status_code not in _BUSY:
                    return response
                response.close()
            except httpx.ConnectError:
                pass
            time.sleep(wait)
        return client.send(request, stream=True)

    def _arriving(self, response: httpx.Response, deadline: float) -> Iterator[str]:
        """Whole lines, held to the time and the length that a reply may have."""
        rest, size = b"", 0
        for data in response.iter_bytes():
            size += len(data)
            if time.monotonic() > deadline:
                raise self._late()
            if size > _MAX_REPLY_BYTES:
                raise ValueError(f"{self.url} sends more than a reply: {size:,} bytes and no end")
            *lines, rest = (rest + data).split(b"\n")
            yield from (line.decode("utf-8", "replace").strip() for line in lines)
        if rest:
            yield rest.decode("utf-8", "replace").strip()

    def _late(self) -> TimeoutError:
        return TimeoutError(f"{self.url} did not reply in {self._max_seconds:g} seconds")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:159] + "…"
