"""The caller's own name for one attempt, by which a repeated command is recognised."""

from collections.abc import Callable

import msgspec

KeyedHash = Callable[[str, str], str]
"""Hashes a value of a kind (kind, value) under a key that is not in the store."""

_KIND = "request.input"


class Request(msgspec.Struct, frozen=True):
    """Who asked, under which request id, and a keyed hash of what was asked."""

    caller: str
    request_id: str
    input_hash: str


class Requests:
    """Names attempts.

    What was asked is remembered for as long as what it made, beyond the erasure of a person whose
    name it held. A plain hash of it would give the name to whoever tries a list of names; this one
    cannot be tried without the key.
    """

    def __init__(self, keyed_hash: KeyedHash) -> None:
        self._keyed_hash = keyed_hash

    def request_for(self, caller: str, request_id: str, **inputs: object) -> Request:
        """Name one attempt of a command.

        Args:
            caller: the account or client that asks; two callers may use the same request id.
            request_id: chosen by the caller, the same in every repeat.
            inputs: what is asked for, of types that msgspec can encode; the order does not matter.
        """
        canonical = msgspec.json.encode(inputs, order="deterministic").decode()
        return Request(caller, request_id, self._keyed_hash(_KIND, canonical))
