"""The key that signs, which no stranger has: what a well signed token says is tried as well."""

import base64
import json
from datetime import datetime

from chassis.clock import utc_now
from chassis.ids import derived_id
from joserfc.jwk import OKPKey
from local_stack.acting.one_of_each.cast import Cast, Person
from residents.adapters.ed25519_key_pairs import Ed25519KeyPairs
from residents.adapters.mongo import MongoSigningKeySets
from residents.application.rotate_signing_key import EnsureSigningKeys

from strangers.forging import Genuine


async def genuine_of(cast: Cast, person: Person) -> Genuine:
    """Take a good token of somebody apart."""
    key_set = EnsureSigningKeys(
        MongoSigningKeySets(cast.store),
        pairs := Ed25519KeyPairs(cast.rooms.foundation.box),
        derived_id("keys", "signing"),
        utc_now,
    )
    active = (await key_set()).active
    key: OKPKey = pairs.open(active)
    _, body, _ = (await cast.token(person)).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return Genuine(active.id, key, claims, _seconds(utc_now()))


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
