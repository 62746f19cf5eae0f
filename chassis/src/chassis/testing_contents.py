"""Everything that lies in a store, for tests that nothing has changed, or that all is back."""

from typing import Any

from chassis.mongo import Store

Contents = dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]]
"""The documents and the indexes of each collection, by its name."""


async def contents(store: Store) -> Contents:
    """Read all of it: for the small stores of tests."""
    found: Contents = {}
    for name in await store.collection_names():
        collection = store.collection(name)
        documents = await collection.find({}, sort=(("_id", 1),))
        indexes = sorted(await collection.indexes(), key=lambda index: str(index["name"]))
        found[name] = documents, indexes
    return found
