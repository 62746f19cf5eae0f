"""A lease: one process of many does the work, the others stand by."""

from collections.abc import Awaitable, Callable

from chassis.clock import Now, utc_now
from chassis.mongo import Store


class Held:
    """The lease while it is held.

    Attributes:
        term: one more with each new holder; what a former holder writes can be told by it.
    """

    term: int

    @property
    def valid(self) -> bool:
        """Whether nobody else can have it yet, by this process's own clock."""
        raise NotImplementedError


class Lease:
    """A named lease in the service's own store."""

    def __init__(
        self, store: Store, name: str, *, seconds: float = 10.0, now: Now = utc_now
    ) -> None:
        raise NotImplementedError

    async def run(self, work: Callable[[Held], Awaitable[None]]) -> None:
        """Do the work whenever and as long as the lease is held; cancel it when it is lost."""
        raise NotImplementedError

    async def run_every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work every so many seconds while the lease is held.

        What the work raises is logged and counted, and it is tried again at the next turn.
        """
        raise NotImplementedError
