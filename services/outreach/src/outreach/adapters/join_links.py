"""Links with a code that nobody can guess, and of which only a keyed hash is kept."""

import base64
import secrets
from collections.abc import Callable

from chassis.encryption import LookupHash

from outreach.application.joining_ports import NewLink

CODE_BYTES = 16


class RandomJoinLinks:
    """The code is the address's fragment: browsers send it to no server, so no log has it."""

    def __init__(
        self,
        lookup_hash: LookupHash,
        base_url: str | None,
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._lookup_hash = lookup_hash
        self._base_url = base_url
        self._random_bytes = random_bytes

    def new(self) -> NewLink | None:
        """A link with 128 random bits; None without an address to build it on."""
        if self._base_url is None:
            return None
        # 26 letters and digits that can be typed, none like another.
        code = base64.b32encode(self._random_bytes(CODE_BYTES)).decode().rstrip("=").lower()
        return NewLink(f"{self._base_url}#{code}", self.mark_of(code))

    def mark_of(self, code: str) -> str:
        """The keyed hash of a code, however it was typed."""
        return self._lookup_hash("join_code", code.strip().lower())
