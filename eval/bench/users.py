"""Users at once, on this machine alone: `python -m eval.bench.users [--users N] [--seconds S]`.

Each asks `reportqa serve` over HTTP a question every five seconds, none twice, so that no answer is remembered. Seconds
count from when a question was due: where an answer is late, so is the next one. Memory is that of Linux.
"""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import numpy as np

from eval.bench import record

USERS, SECONDS, EVERY = 20, 120.0, 5.0
_READY_SECONDS, _ANSWER_SECONDS = 180, 60


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that was asked: seconds from when it was due to its answer, and what went wrong, mostly nothing."""

    seconds: float
    error: str


def measure(folder: Path, users: int = USERS, seconds: float = SECONDS) -> dict[str, Any]:
    """Errors, median, p95 and the slowest answer, and how the server's memory grows.

    Args:
        folder: A library that is indexed.
        users: How many ask.
        seconds: For how long.
    """
    questions = list(dict.fromkeys(record.questions()))
    random.Random(0).shuffle(questions)
    with _server(folder) as (url, process), ThreadPoolExecutor(users) as pool:
        ready, began = _megabytes(process), time.monotonic()
        offsets = (EVERY * user / users for user in range(users))
        asking = [
            pool.submit(_user, url, questions[user::users], began + offset, began + seconds)
            for user, offset in enumerate(offsets)
        ]
        memory = list(_sampled(process, began + seconds))
        asked = [one for done in asking for one in done.result()]
    wrong = [one.error for one in asked if one.error]
    half = len(memory) // 2
    return {
        "users": users,
        "seconds": seconds,
        "every_seconds": EVERY,
        "errors": len(wrong),
        "first_error": wrong[0] if wrong else None,
        **record.summary([one.seconds for one in asked]),
        "slowest_ms": round(max(one.seconds for one in asked) * 1000, 2),
        "megabytes": {
            "ready": round(ready, 1),
            "first_half": round(float(np.median(memory[:half])), 1),
            "second_half": round(float(np.median(memory[half:])), 1),
            "end": round(memory[-1], 1),
        },
    }


def _user(url: str, questions: Sequence[str], first: float, until: float) -> list[_Asked]:
    """What one user asks, from `first` to `until` on the monotonic clock."""
    asked = []
    for turn, question in enumerate(questions):
        due = first + turn * EVERY
        if due >= until:
            break
        time.sleep(max(0.0, due - time.monotonic()))
        try:
            _ask(url, question)
            error = ""
        except (OSError, RuntimeError, ValueError) as problem:
            error = f"{question} {problem!r}"
        asked.append(_Asked(time.monotonic() - due, error))
    return asked


def _ask(url: str, question: str) -> dict[str, Any]:
    """The answer, as the interface for programs gives it.

    Raises:
        OSError: If the server cannot be reached or is too slow.
        RuntimeError: If it gives no answer.
    """
    body = json.dumps({"data": [question, [], []]}).encode()
    call = Request(f"{url}/gradio_api/call/ask", body, {"content-type": "application/json"})
    with urlopen(call, timeout=_ANSWER_SECONDS) as begun:
        event = json.load(begun)["event_id"]
    with urlopen(f"{url}/gradio_api/call/ask/{event}", timeout=_ANSWER_SECONDS) as stream:
        lines = stream.read().decode().strip().splitlines()
    if "event: complete" not in lines:
        raise RuntimeError(" ".join(lines)[-200:])
    answer: dict[str, Any] = json.loads(lines[-1].removeprefix("data: "))[0]
    if not answer["answer"]:
        raise RuntimeError("an empty answer")
    return answer


@contextmanager
def _server(folder: Path) -> Iterator[tuple[str, int]]:
    """`reportqa serve` over a library, once it answers: its address and its process.

    Raises:
        RuntimeError: If it does not answer in time.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = [sys.executable, "-c", "from assistant.cli.main import main; main()", "serve", "--port", str(port)]
    environment = os.environ | {"REPORTQA_HOME": str(folder), "HF_HUB_OFFLINE": "1"}
    served = subprocess.Popen(program, cwd=record.ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}", served)
        yield f"http://127.0.0.1:{port}", served.pid
    finally:
        served.terminate()
        served.wait()


def _wait(url: str, served: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until and served.poll() is None:
        try:
            _ask(url, "What is reported?")
            return
        except URLError:
            time.sleep(0.5)
    raise RuntimeError(f"reportqa serve did not answer within {_READY_SECONDS} s")


def _sampled(process: int, until: float) -> Iterator[float]:
    """The server's megabytes, once a second."""
    while True:
        yield _megabytes(process)
        if time.monotonic() >= until:
            return
        time.sleep(1)


def _megabytes(process: int) -> float:
    """The memory that a process holds now."""
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


if __name__ == "__main__":
    parser = record.parser(__doc__)
    parser.add_argument("--users", type=int, default=USERS, help="how many ask at once")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for how long")
    options = parser.parse_args()
    with record.library() as indexed:
        record.write("users", measure(indexed, options.users, options.seconds), options.out)
