"""A lease: one process of many does the work, the others stand by.

Whoever holds it renews it well before it expires; whoever finds it expired takes it with the
next term. A holder's own view ends earlier than the document's, by its monotonic clock, so that
a process that was frozen stops before another begins.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from prometheus_client import Counter, Gauge

from chassis.bounded_wait import within
from chassis.clock import Now, utc_now
from chassis.errors import StoreUnavailable
from chassis.ids import new_id
from chassis.mongo import Document, DuplicateKey, Store

COLLECTION = "leases"
DEFAULT_SECONDS = 10.0
_log = structlog.get_logger(__name__)
_held = Gauge("linli_lease_held", "Whether this process holds the lease", ["lease"])
_failed_turns = Counter(
    "linli_leased_work_failures_total", "Turns of leased work that failed", ["lease"]
)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Held:
    """The lease while it is held.

    Attributes:
        term: one more with each new holder; what a former holder writes can be told by it.
    """

    def __init__(self, term: int, valid_until: float, monotonic: Callable[[], float]) -> None:
        self.term = term
        self._valid_until = valid_until
        self._monotonic = monotonic

    @property
    def valid(self) -> bool:
        """Whether nobody else can have it yet, by this process's own clock."""
        return self._monotonic() < self._valid_until

    def extend(self, valid_until: float) -> None:
        """Move the end, after a renewal that the store has confirmed."""
        self._valid_until = valid_until

    def end(self) -> None:
        """Say that it is held no longer."""
        self._valid_until = 0.0


class Lease:
    """A named lease in the service's own store."""

    def __init__(
        self,
        store: Store,
        name: str,
        *,
        seconds: float = DEFAULT_SECONDS,
        now: Now = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        holder: str | None = None,
    ) -> None:
        self._leases = store.collection(COLLECTION)
        self._name = name
        self._seconds = seconds
        self._now = now
        self._monotonic = monotonic
        self._holder = holder or new_id("holder")

    async def run(self, work: Callable[[Held], Awaitable[None]]) -> None:
        """Do the work whenever and as long as the lease is held; cancel it when it is lost.

        Ends only when cancelled, when the work returns, or with what the work raises.
        """
        while True:
            held = await self._acquire_if_store_answers()
            if held is not None and await self._while_held(held, work):
                return
            await asyncio.sleep(self._seconds / 4)

    async def run_if_free(self, work: Callable[[Held], Awaitable[None]]) -> bool:
        """Do the work now, unless another has the lease; cancel it when the lease is lost.

        Returns: whether the work came to its end. Raises: what the work raises.
        """
        held = await self._acquire_if_store_answers()
        return held is not None and await self._while_held(held, work)

    async def run_every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work every so many seconds while the lease is held.

        What the work raises is logged and counted, and it is tried again at the next turn.
        """

        async def turns(held: Held) -> None:
            while held.valid:
                try:
                    await work()
                except Exception:
                    _failed_turns.labels(self._name).inc()
                    _log.exception("leased work failed", lease=self._name)
                await asyncio.sleep(seconds)

        while True:
            await self.run(turns)

    async def acquire(self) -> Held | None:
        """Take the lease if nobody has it. Raises: StoreUnavailable."""
        asked_at = self._monotonic()
        now = self._now()
        document = await self._leases.find_one({"_id": self._name})
        taken = await (self._create(now) if document is None else self._take(document, now))
        if taken is None:
            return None
        _log.info("lease taken", lease=self._name, term=taken)
        return Held(taken, self._valid_until(asked_at), self._monotonic)

    async def renew(self, held: Held) -> bool:
        """Hold it longer; False if another has taken it. Raises: StoreUnavailable."""
        asked_at = self._monotonic()
        renewed = await self._leases.update_one(
            {"_id": self._name, "holder": self._holder, "term": held.term},
            {"$set": {"expires_at": self._expiry(self._now())}},
        )
        if renewed:
            held.extend(self._valid_until(asked_at))
        return bool(renewed)

    async def release(self, held: Held) -> None:
        """Let another take it at once. Raises: StoreUnavailable."""
        held.end()
        await self._leases.update_one(
            {"_id": self._name, "holder": self._holder, "term": held.term},
            {"$set": {"expires_at": _LONG_AGO}},
        )

    async def _acquire_if_store_answers(self) -> Held | None:
        try:
            return await self.acquire()
        except StoreUnavailable:
            return None

    async def _create(self, now: datetime) -> int | None:
        try:
            await self._leases.insert_one(
                {
                    "_id": self._name,
                    "holder": self._holder,
                    "term": 1,
                    "expires_at": self._expiry(now),
                }
            )
        except DuplicateKey:
            return None
        return 1

    async def _take(self, document: Document, now: datetime) -> int | None:
        # Its own name there means that an earlier write of this process was not confirmed.
        if document["expires_at"] > now and document["holder"] != self._holder:
            return None
        term = int(document["term"]) + 1
        taken = await self._leases.update_one(
            {
                "_id": self._name,
                "term": document["term"],
                "expires_at": document["expires_at"],
            },
            {
                "$set": {
                    "holder": self._holder,
                    "term": term,
                    "expires_at": self._expiry(now),
                }
            },
        )
        return term if taken else None

    async def _while_held(self, held: Held, work: Callable[[Held], Awaitable[None]]) -> bool:
        """Whether the work came to an end by itself."""
        _held.labels(self._name).set(1)
        doing = asyncio.ensure_future(work(held))
        try:
            while not doing.done():
                await asyncio.wait([doing], timeout=self._seconds / 4)
                if not doing.done() and not await self._still_held(held):
                    _log.warning("lease lost", lease=self._name, term=held.term)
                    return False
            doing.result()
            return True
        finally:
            _held.labels(self._name).set(0)
            was_held = held.valid
            held.end()
            await _cancelled(doing)
            if was_held:
                await within(2.0, self._released(held))

    async def _still_held(self, held: Held) -> bool:
        try:
            return await self.renew(held)
        except StoreUnavailable:
            return held.valid

    async def _released(self, held: Held) -> None:
        try:
            await self.release(held)
        except StoreUnavailable:
            _log.info("lease not released; it will expire", lease=self._name)

    def _expiry(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self._seconds)

    def _valid_until(self, asked_at: float) -> float:
        return asked_at + self._seconds * 0.8


async def _cancelled(doing: asyncio.Future[None]) -> None:
    if doing.done():
        return
    doing.cancel()
    await asyncio.wait([doing])
    if not doing.cancelled() and (error := doing.exception()):
        _log.warning("leased work ended badly", error=type(error).__name__)
