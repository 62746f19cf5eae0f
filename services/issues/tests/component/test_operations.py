"""What operators do by the service's commands."""

import asyncio

from chassis.ids import new_id
from chassis.testing_graph import Graph

from .outreach import Outreach
from .person import Person
from .processes import run_command
from .test_outages import all_are_issues, dangerous, inbox
from .waiting import eventually


async def test_a_poison_event_is_listed_and_the_next_is_handled(
    graph: Graph,
    outreach: Outreach,
    environment: dict[str, str],
    clerk_at_work: Person,
) -> None:
    comment_id = new_id("comment")
    await outreach.tell("comment.received.v1", comment_id, clerk_at_work.community_id, 1, bad=True)
    await outreach.received(clerk_at_work.community_id)
    await eventually(lambda: inbox(graph, clerk_at_work))

    async def listed() -> bool:  # the next may be of another partition, handled while this is tried
        printed = await asyncio.to_thread(
            run_command, environment, "dead-letters", "list", "--json"
        )
        return "comment.received.v1" in printed

    await eventually(listed)


async def test_facts_told_again_change_nothing(
    graph: Graph, outreach: Outreach, environment: dict[str, str], clerk_at_work: Person
) -> None:
    await dangerous(outreach, clerk_at_work, 2)
    await eventually(all_are_issues(graph, clerk_at_work, 2))
    before = await inbox(graph, clerk_at_work)
    printed = await asyncio.to_thread(run_command, environment, "republish", "--all")
    assert any(int(word) >= 6 for word in printed.split() if word.isdigit())
    # one more comment, told after the facts: when it is an issue, they have been heard
    await dangerous(outreach, clerk_at_work, 1)
    await eventually(all_are_issues(graph, clerk_at_work, 3))
    assert (await inbox(graph, clerk_at_work))[1:] == before
