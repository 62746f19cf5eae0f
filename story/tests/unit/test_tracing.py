"""What is sent within a step says of which step it is."""

import io

import httpx
from rich.console import Console
from story.narrator import Narrator
from story.tracing import traced


async def test_only_requests_within_a_step_carry_its_trace() -> None:
    narrator = Narrator(Console(file=io.StringIO()), chapter=1)
    sent: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers.get("traceparent"))
        return httpx.Response(200)

    hooks = {"request": [traced(narrator)]}
    async with httpx.AsyncClient(
        transport=httpx.MockTransport(answer), event_hooks=hooks
    ) as client:
        await client.get("http://graph")
        with narrator.step("社工", "立项。", "Opens.") as step:
            await client.get("http://graph")
        await client.get("http://graph")

    before, within, after = sent
    assert (before, after) == (None, None)
    assert within is not None
    assert within.split("-")[1].startswith(step.trace_prefix)
