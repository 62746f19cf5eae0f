"""What an `up` chose, so that `down`, `status` and the next `up` need not be told again."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    partial.replace(path)


@dataclass(frozen=True)
class StackRecord:
    """The choices of one `up`.

    Attributes:
        mongodb_uri: what MONGODB_URI named, or None for a store of the stack's own.
        kafka_bootstrap_servers: what KAFKA_BOOTSTRAP_SERVERS named, or None for a broker of its
            own.
    """

    port_base: int
    mongodb_uri: str | None = None
    kafka_bootstrap_servers: str | None = None

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """Return the record, or None where there was no `up` yet."""
        if not path.exists():
            return None
        return cls(**json.loads(path.read_text()))

    @classmethod
    def of_environment(cls, port_base: int) -> Self:
        """Return the choices that the environment makes."""
        return cls(
            port_base,
            os.environ.get("MONGODB_URI") or None,
            os.environ.get("KAFKA_BOOTSTRAP_SERVERS") or None,
        )

    def write(self, path: Path) -> None:
        """Keep the record for the commands that follow."""
        write_private(path, json.dumps(asdict(self), indent=2) + "\n")
