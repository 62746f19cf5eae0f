"""Each request of a step carries the step's trace, and with it every event that follows."""

from collections.abc import Awaitable, Callable

import httpx

from story.narrator import Narrator


def traced(narrator: Narrator) -> Callable[[httpx.Request], Awaitable[None]]:
    """Make what a client does with each request before it goes: say of which step it is."""

    async def trace(request: httpx.Request) -> None:
        traceparent = narrator.traceparent()
        if traceparent is not None:
            request.headers["traceparent"] = traceparent

    return trace
