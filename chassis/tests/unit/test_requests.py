"""An attempt is recognised by what was asked, and says nothing of it."""

import hashlib
import secrets

import msgspec
from chassis.encryption import LookupHash
from chassis.requests import Requests
from chassis.testing import REQUESTS


def test_the_order_of_inputs_does_not_matter() -> None:
    one = REQUESTS.request_for("ann", "r1", a=1, b=2)
    assert one == REQUESTS.request_for("ann", "r1", b=2, a=1)


def test_other_inputs_have_another_hash() -> None:
    one, other = (REQUESTS.request_for("ann", "r1", a=number) for number in (1, 2))
    assert one.input_hash != other.input_hash


def test_a_name_cannot_be_found_by_trying_names_without_the_key() -> None:
    """What is remembered of a request outlives the erasure of the person whose name it held."""
    ours, tried = (Requests(LookupHash(secrets.token_bytes(32))) for _ in range(2))
    remembered = ours.request_for("ann", "r1", display_name="李干事").input_hash
    typed = msgspec.json.encode({"display_name": "李干事"}, order="deterministic")

    assert remembered != hashlib.sha256(typed).hexdigest()
    assert remembered != tried.request_for("ann", "r1", display_name="李干事").input_hash
    assert remembered == ours.request_for("ann", "r1", display_name="李干事").input_hash
