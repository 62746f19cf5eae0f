"""Issues on their way, by the graph alone."""

from typing import Any

from chassis.ids import derived_id, new_id
from chassis.testing_graph import Graph

from .outreach import Outreach
from .person import Person
from .waiting import eventually

_ISSUE = "query($id: ID!) { issue(id: $id) { id state } }"
_INBOX = "{ inbox(state: REPLIED) { nodes { id comment { id } } } }"


async def do(graph: Graph, person: Person, name: str, **given: object) -> Any:
    """One mutation. Returns: its answer, whatever it is."""
    capital = name[0].upper() + name[1:]
    document = (
        f"mutation($input: {capital}Input!) {{ {name}(input: $input) "
        "{ __typename ... on UserError { code message } } }"
    )
    given = {"requestId": new_id("request"), **given}
    return (await graph.ask(person, document, input=given))[name]


async def done(graph: Graph, person: Person, name: str, **given: object) -> None:
    """One mutation that succeeds."""
    answer = await do(graph, person, name, **given)
    assert answer["__typename"] == f"{name[0].upper()}{name[1:]}Success", answer


async def issue_made(
    graph: Graph,
    outreach: Outreach,
    clerk: Person,
    *,
    comment_id: str | None = None,
    public_text: str | None = "二号楼楼道灯不亮",
) -> str:
    """A comment, answered, and made an issue of. Returns: the issue's id, once it is there."""
    comment_id = await outreach.received(clerk.community_id, comment_id=comment_id)
    await outreach.replied(clerk.community_id, comment_id)
    intake_id = derived_id("intake", comment_id)

    async def answered() -> bool:
        nodes = (await graph.ask(clerk, _INBOX))["inbox"]["nodes"]
        return intake_id in {node["id"] for node in nodes}

    await eventually(answered)
    await done(
        graph,
        clerk,
        "openIssue",
        intakeId=intake_id,
        category="lighting",
        publicText=public_text,
    )
    issue_id = derived_id("issue", intake_id)

    async def there() -> Any:
        return (await graph.ask(clerk, _ISSUE, id=issue_id))["issue"]

    await eventually(there)
    return issue_id


async def issue_begun(graph: Graph, outreach: Outreach, clerk: Person, **given: Any) -> str:
    """An issue that the clerk works on. Returns: its id."""
    issue_id = await issue_made(graph, outreach, clerk, **given)
    await done(graph, clerk, "acknowledgeIssue", issueId=issue_id)
    await done(
        graph, clerk, "triageIssue", issueId=issue_id, category="lighting", level="COMMUNITY"
    )
    await done(graph, clerk, "assignIssue", issueId=issue_id, assigneeIds=[clerk.account_id])
    await done(graph, clerk, "startIssue", issueId=issue_id)
    return issue_id
