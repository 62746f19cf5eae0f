"""The operations that clients keep, by which the benchmarks ask."""

import json
from dataclasses import dataclass

from local_stack.layout import ROOT

_MANIFESTS = ROOT / "gateway" / "manifest"


@dataclass(frozen=True)
class KeptOperation:
    """An operation of a client's manifest.

    Attributes:
        id: by which the gateway knows it.
    """

    id: str
    document: str

    def body(self, **variables: object) -> str:
        """Return the request that a client sends: the id, and no document."""
        kept = {"persistedQuery": {"version": 1, "sha256Hash": self.id}}
        return json.dumps({"extensions": kept, "variables": variables})


def kept_operation(client: str, name: str) -> KeptOperation:
    """Return an operation of a client's. Raises: LookupError if it keeps none of this name."""
    manifest = json.loads((_MANIFESTS / f"{client}.json").read_text(encoding="utf-8"))
    for operation in manifest["operations"]:
        if operation["name"] == name:
            return KeptOperation(operation["id"], operation["body"])
    raise LookupError(f"{client} keeps no operation {name}")
