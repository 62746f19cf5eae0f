"""Waits until the system is at rest: all published, all heard, all sent, all cleared up."""

from collections.abc import Mapping

from chassis.mongo import Store
from chassis.testing_waits import until

from local_stack.acting.rest import Rest
from local_stack.acting.topics import Topics

_WITHIN_SECONDS = 180.0
"""Following up an import goes on for minutes where the machine has much else to do."""


class Quiet:
    """Waits until the system is at rest."""

    def __init__(self, stores: Mapping[str, Store], bootstrap_servers: str) -> None:
        self._rest = Rest(stores, Topics(bootstrap_servers))
        self._outstanding: list[str] = []

    async def __aenter__(self) -> "Quiet":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._rest.close()

    async def come(self) -> None:
        """Return when every event is handled, every reply sent and every import at its end.

        Raises: TimeoutError, which names what is still under way after three minutes.
        """
        try:
            await until(self._is_here, within_seconds=_WITHIN_SECONDS)
        except TimeoutError as error:
            raise TimeoutError(f"still under way: {self._outstanding}") from error

    async def _is_here(self) -> bool:
        self._outstanding = await self._rest.outstanding()
        return not self._outstanding
