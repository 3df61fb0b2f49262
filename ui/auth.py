"""Who may use the app: a file of names and hashed passwords, checked in constant time.

A line reads `user:salt$hash`, both in hex, hashed with scrypt. This module does not know how a login looks.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from pathlib import Path

# About 16 MiB and 50 ms a check: cheap for a login, dear for a guesser.
_COST, _BLOCK, _LANES, _BYTES = 2**14, 8, 1, 32
_USER = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")
_LINE = re.compile(rf"({_USER.pattern}):([0-9a-f]{{32}})\$([0-9a-f]{{64}})")


class Passwords:
    """Names with their hashed passwords.

    Raises:
        ValueError: If the text holds no line, or one that is malformed or repeats a name.
    """

    def __init__(self, text: str) -> None:
        self._hashes: dict[str, tuple[bytes, bytes]] = {}
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            match = _LINE.fullmatch(line.strip())
            if match is None:
                raise ValueError(f"line {number} of the password file is no `user:salt$hash`: make one with `password`")
            if match[1] in self._hashes:
                raise ValueError(f"line {number} of the password file names {match[1]!r} again")
            self._hashes[match[1]] = bytes.fromhex(match[2]), bytes.fromhex(match[3])
        if not self._hashes:
            raise ValueError("the password file names nobody: make a line with `reportqa password USER`")

    @classmethod
    def read(cls, path: Path) -> Passwords:
        """Read a password file.

        Raises:
            ValueError: If it cannot be read or is malformed.
        """
        try:
            return cls(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            raise ValueError(f"cannot read the password file {path}") from None

    def allow(self, user: str, password: str) -> bool:
        """Whether a user may log in; a name that is not known takes as long as one that is."""
        salt, expected = self._hashes.get(user, (bytes(16), b""))
        return hmac.compare_digest(_hashed(password, salt), expected)


def password_line(user: str, password: str) -> str:
    """A line for the password file.

    Raises:
        ValueError: If the name holds other than letters, digits, dots, dashes and underscores, or the password is
            shorter than 8 characters.
    """
    if not _USER.fullmatch(user):
        raise ValueError("a user's name holds letters, digits, dots, dashes and underscores, at most 64")
    if len(password) < 8:
        raise ValueError("a password has at least 8 characters")
    salt = secrets.token_bytes(16)
    return f"{user}:{salt.hex()}${_hashed(password, salt).hex()}"


def _hashed(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES, dklen=_BYTES)
