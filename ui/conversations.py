"""Conversations kept on disk, so that they survive a reload and a restart.

Each is a file of JSON lines: its id, name and time, then a turn a line, so that a list of them reads one line each. A
file is written beside its place and renamed into it: killed at any moment, the old or the new one is whole. This module
does not know how a conversation looks, nor who may see it: a store has one owner's folder.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Calculation, Citation, Claim
from ui.render import Turn

_ID = re.compile(r"[0-9a-f]{16}")
_NAME_CHARS = 80
_LISTED = 100


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions that belong together.

    Attributes:
        id: 16 hex digits.
        name: What the user calls it; the first question until then.
        updated: When it last changed, ISO 8601 in UTC.
        turns: Its questions and answers in order.
    """

    id: str
    name: str
    updated: str
    turns: tuple[Turn, ...]

    @classmethod
    def new(cls) -> Conversation:
        """An empty conversation with an id of its own."""
        return cls(secrets.token_hex(8), "", _now(), ())

    def with_turn(self, turn: Turn) -> Conversation:
        """With one more turn; the first question names it."""
        return replace(self, name=self.name or _name(turn.question), updated=_now(), turns=(*self.turns, turn))

    def with_rating(self, place: int, rating: str) -> Conversation:
        """With a turn rated; counted from 0."""
        turns = tuple(replace(turn, rating=rating) if i == place else turn for i, turn in enumerate(self.turns))
        return replace(self, turns=turns)

    def renamed(self, name: str) -> Conversation:
        """With another name; an empty one changes nothing."""
        return replace(self, name=_name(name)) if name.strip() else self


class ConversationStore:
    """The conversations in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, id: str) -> Conversation:  # noqa: A002 - what the field is called
        """The conversation of an id; a new one when there is none.

        Raises:
            ValueError: If its file is damaged.
        """
        if not _ID.fullmatch(id) or not self._path(id).is_file():
            return Conversation.new()
        return _read(self._path(id))

    def save(self, conversation: Conversation) -> None:
        """Write it, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(conversation.id)
        first = {"id": conversation.id, "name": conversation.name, "updated": conversation.updated}
        rows = (first, *(asdict(turn) for turn in conversation.turns))
        beside = path.with_suffix(f".{secrets.token_hex(4)}.new")
        beside.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        os.replace(beside, path)

    def append(self, conversation: Conversation, turn: Turn) -> Conversation:
        """Save it with one more turn, after the turns that another tab may have added meanwhile."""
        if self._path(conversation.id).is_file():
            conversation = _read(self._path(conversation.id))
        longer = conversation.with_turn(turn)
        self.save(longer)
        return longer

    def delete(self, id: str) -> None:  # noqa: A002 - what the field is called
        """Remove it; nothing happens when there is none."""
        if _ID.fullmatch(id):
            self._path(id).unlink(missing_ok=True)

    def recent(self) -> list[tuple[str, str]]:
        """Id and name of the newest conversations, newest first; damaged files are left out."""
        paths = sorted(self.folder.glob("*.jsonl"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        found = []
        for path in paths[:_LISTED]:
            with suppress(OSError, ValueError, KeyError, TypeError), path.open(encoding="utf-8") as file:
                row = json.loads(file.readline())
                found.append((str(row["id"]), str(row["name"])))
        return found

    def _path(self, id: str) -> Path:  # noqa: A002 - what the field is called
        return self.folder / f"{id}.jsonl"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _name(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _NAME_CHARS else line[: _NAME_CHARS - 1].rstrip() + "…"


def _read(path: Path) -> Conversation:
    try:
        first, *turns = (json.loads(line) for line in path.read_text("utf-8").splitlines())
        return Conversation(first["id"], first["name"], first["updated"], tuple(_turn(turn) for turn in turns))
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"the conversation in {path} is damaged: delete the file") from None


def _turn(row: Mapping[str, Any]) -> Turn:
    answer = row["answer"] and _answer(row["answer"])
    return Turn(**{**row, "answer": answer, "suggestions": tuple(row["suggestions"])})


def _answer(row: Mapping[str, Any]) -> Answer:
    claims = tuple(Claim(claim["text"], tuple(claim["citations"])) for claim in row["claims"])
    citations = tuple(Citation(**{**c, "section": tuple(c["section"])}) for c in row["citations"])
    calculation = row["calculation"] and Calculation(**row["calculation"])
    return Answer(**{**row, "claims": claims, "citations": citations, "calculation": calculation})
