"""The caller's own name for one attempt, by which a repeated command is recognised."""

import hashlib

import msgspec


class Request(msgspec.Struct, frozen=True):
    """Who asked, under which request id, and a hash of what was asked."""

    caller: str
    request_id: str
    input_hash: str


def request_for(caller: str, request_id: str, **inputs: object) -> Request:
    """Name one attempt of a command.

    Args:
        caller: the account or client that asks; two callers may use the same request id.
        request_id: chosen by the caller, the same in every repeat.
        inputs: what is asked for, of types that msgspec can encode; the order does not matter.
    """
    canonical = msgspec.json.encode(inputs, order="deterministic")
    return Request(caller, request_id, hashlib.sha256(canonical).hexdigest())
