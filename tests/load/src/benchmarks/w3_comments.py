"""A comment that outreach keeps, and the intake that issues makes of it, by their real workers."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import utc_now
from chassis.events import PUBLISHED_AT
from chassis.ids import derived_id, new_id
from chassis.mongo import Collection
from chassis.topics import Topic
from issues.derived_ids import intake_id_of
from local_stack.acting.service_instance import running_processes
from local_stack.acting.service_process import ServiceProcess
from outreach.application.words import words_of
from outreach.bootstrap.rooms import Rooms
from outreach.bootstrap.rooms import build as build_rooms
from outreach.domain.comments import CommentSource, receive
from outreach.settings import OutreachSettings

from benchmarks.ground import RESIDENTS_TOPICS, Ground

_OTHERS_TOPICS = (*RESIDENTS_TOPICS, Topic("linli.vouchers.events"))
_COMMENTERS = 200


class _Outreach(ServiceProcess):
    service = "outreach"


class _Issues(ServiceProcess):
    service = "issues"


@dataclass
class Comments:
    """What outreach's own code writes, and where issues' worker puts what comes of it.

    Attributes:
        effects: the intakes.
        pids: of the workers, by service.
    """

    rooms: Rooms
    effects: Collection
    pids: dict[str, int]
    community_id: str
    acknowledged_at: dict[str, datetime]

    async def write(self, number: int) -> str:
        """Keep a comment, its event in the same write. Returns: the id of its intake."""
        kept = self.rooms.conversation.comments
        comment_id = derived_id("comment", self.community_id, str(number))
        now = utc_now()
        comment, events = receive(
            comment_id=comment_id,
            community_id=self.community_id,
            channel_id=derived_id("channel", self.community_id),
            source=CommentSource.MESSAGE,
            person_key=derived_id("person", self.community_id, str(number % _COMMENTERS)),
            openid=f"openid-{number % _COMMENTERS}",
            words=words_of(
                f"请问小区图书角周末几点开放？{number}", self.rooms.foundation.identities
            ),
            commented_at=now,
            at=now,
        )
        await kept.add(comment, events)
        self.acknowledged_at[comment_id] = utc_now()
        return intake_id_of(comment_id)

    async def seconds_until_published(self) -> list[float]:
        """From each acknowledged write to when the relay had the broker's word for its event."""
        found = await self.rooms.conversation.comments.collection.find(
            {"community_id": self.community_id, PUBLISHED_AT: {"$gt": datetime.min}},
            fields={PUBLISHED_AT: 1},
        )
        return [
            (document[PUBLISHED_AT] - self.acknowledged_at[document["_id"]]).total_seconds()
            for document in found
            if document["_id"] in self.acknowledged_at
        ]


@asynccontextmanager
async def comments_on(ground: Ground) -> AsyncIterator[Comments]:
    """Both workers, ready."""
    await ground.topics(*_OTHERS_TOPICS)
    await ground.prepare("outreach", "issues")
    lower = {name.lower(): value for name, value in ground.variables("outreach").items()}
    rooms = build_rooms(OutreachSettings.model_validate(lower))
    issues = ground.store("issues")
    async with AsyncExitStack() as ends:
        ends.push_async_callback(rooms.foundation.store.close)
        ends.push_async_callback(rooms.conversation.wechat.close)
        ends.push_async_callback(issues.close)
        workers: dict[str, ServiceProcess] = {}
        for kind in (_Outreach, _Issues):
            running = running_processes(
                kind,
                ground.variables(kind.service),
                "worker",
                folder=ground.folder / kind.service,
                leash=ground.leash,
            )
            workers[kind.service] = (await ends.enter_async_context(running))["worker"]
        pids = {name: worker.pid for name, worker in workers.items()}
        effects = issues.collection("intakes")
        yield Comments(rooms, effects, pids, new_id("community"), {})
