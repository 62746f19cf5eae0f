"""Whether indexes and topics need no making: a start without that takes half as long."""

import hashlib
from pathlib import Path

from local_stack.layout import ROOT
from local_stack.programs import Stores

_DECLARED_IN = ("chassis/src/**/*.py", "services/*/src/**/*.py")


class MadeBefore:
    """Remembers by which code indexes and topics were last made.

    Only for stores of the stack's own: they come and go with the state folder that remembers.
    """

    def __init__(self, path: Path, stores: Stores) -> None:
        self._path = path
        self._own = stores.store is not None and stores.kafka is not None
        self._code = _hash_of_code()

    def still_holds(self) -> bool:
        """Whether they were made here by the code as it is."""
        return self._own and self._path.exists() and self._path.read_text() == self._code

    def remember(self) -> None:
        """Keep that they are made."""
        self._path.write_text(self._code)


def _hash_of_code() -> str:
    digest = hashlib.sha256()
    for pattern in _DECLARED_IN:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
