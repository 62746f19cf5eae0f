"""What the stores hold, in a few bytes, so that a test can say that nothing changed."""

import hashlib
from collections.abc import Mapping

from bson import json_util
from chassis.mongo import Store

# Written by processes at work whatever anybody asks.
_BOOKKEEPING = {"outbox": 0, "polled_at": 0, "next_poll_at": 0}
_AGGREGATES = {
    "residents": (
        "communities",
        "accounts",
        "logins",
        "sessions",
        "signing_keys",
        "wechat_identities",
        "resident_claims",
        "import_batches",
        "audit_entries",
        "consents",
        "exports",
        "reveal_counts",
        "reveals",
    ),
    "issues": ("intakes", "issues", "hazard_rule_sets"),
    "outreach": ("channels", "articles", "comments"),
}


async def fingerprint(stores: Mapping[str, Store]) -> str:
    """Hash every aggregate of every service."""
    digest = hashlib.sha256()
    for service, collections in _AGGREGATES.items():
        for name in collections:
            found = (
                await stores[service]
                .collection(name)
                .find({}, fields=_BOOKKEEPING, sort=(("_id", 1),))
            )
            digest.update(json_util.dumps([name, found]).encode())
    return digest.hexdigest()
