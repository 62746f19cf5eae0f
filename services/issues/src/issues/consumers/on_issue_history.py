"""Write down what happened to an issue."""

from typing import TypeVar

from chassis.events import Received
from chassis.listening import Handle

from issues.application.public.write_timeline import WriteTimeline
from issues.consumers.issue_history import Telling

E = TypeVar("E")


def on_issue_history(write_timeline: WriteTimeline, telling: Telling[E]) -> Handle[E]:
    """Make the handler of one kind of event. Args: telling: what such an event tells."""

    async def handle(event: Received[E]) -> None:
        await write_timeline(event.community_id, telling(event.data), sequence=event.sequence)

    return handle
