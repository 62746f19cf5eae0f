"""The life of a staff account, over HTTP."""

from chassis.testing_waits import until

from .conftest import Person, Running
from .graph import ACTIVATE, CREATE, DISABLE, LOG_IN, ME, Graph, code_of
from .processes import PASSWORD, Device

STAFF = """
query Staff($first: Int!, $after: String) {
  staffAccounts(first: $first, after: $after) {
    nodes { id displayName username }
    pageInfo { hasNextPage endCursor }
  }
}
"""
COMMUNITY = "query Community($id: ID!) { community(id: $id) { id name foundedOn } }"
ENTITIES = """
query Entities($of: [_Any!]!) {
  _entities(representations: $of) {
    ... on Account { id displayName }
    ... on Community { id name }
  }
}
"""


async def test_an_invited_clerk_takes_the_account_and_works(
    graph: Graph, as_secretary: Graph
) -> None:
    new = {"requestId": "1", "username": "Clerk-A", "displayName": "李干事", "role": "CLERK"}

    invited = await as_secretary.ask(CREATE, input=new)
    assert invited["account"]["state"] == "INVITED"
    assert invited["account"]["username"] == "clerk-a"
    assert await as_secretary.ask(CREATE, input=new) == invited

    active = await graph.ask(ACTIVATE, code=invited["invitationCode"], password=PASSWORD)
    assert active["otpauthUri"].startswith("otpauth://totp/")
    logged_in = await graph.logged_in("CLERK-A", Device(active["totpSecret"]))
    assert await graph.as_(logged_in["accessToken"]).ask(ME) == {
        "id": invited["account"]["id"],
        "displayName": "李干事",
        "username": "clerk-a",
        "state": "ACTIVE",
        "roles": [{"role": "CLERK", "scope": None}],
    }
    again = await graph.ask(ACTIVATE, code=invited["invitationCode"], password=PASSWORD)
    assert again["code"] == "INVITATION_INVALID"


async def test_a_disabled_clerk_is_out_within_five_seconds(
    graph: Graph, as_secretary: Graph, clerk: Person, as_clerk: Graph
) -> None:
    disabled = await as_secretary.ask(DISABLE, request="d", account=clerk.account_id)
    assert disabled["account"]["state"] == "DISABLED"

    async def is_out() -> bool:
        answer = await as_clerk.answer(ME)
        return "errors" in answer and code_of(answer) == "UNAUTHENTICATED"

    await until(is_out, within_seconds=5)
    refused = await graph.try_log_in(clerk.username, clerk.device)
    assert refused["code"] == "LOGIN_REFUSED"


async def test_named_refusals_change_nothing(
    as_secretary: Graph, secretary: Person, stranger: Person
) -> None:
    before = await as_secretary.ask(STAFF, first=100)
    new = {"requestId": "1", "username": "x-clerk", "displayName": "李干事", "role": "CLERK"}
    expected = {
        "USERNAME_TAKEN": {**new, "username": stranger.username},
        "USERNAME_INVALID": {**new, "username": "李"},
        "NAME_INVALID": {**new, "displayName": ""},
        "ROLE_BEYOND_SCOPE": {**new, "role": "MERCHANT"},
    }
    for code, asked in expected.items():
        assert (await as_secretary.ask(CREATE, input=asked))["code"] == code
    for account_id, code in (
        (secretary.account_id, "OWN_ACCOUNT"),
        (stranger.account_id, "ACCOUNT_NOT_FOUND"),
        ("account_unknown", "ACCOUNT_NOT_FOUND"),
    ):
        refused = await as_secretary.ask(DISABLE, request="d", account=account_id)
        assert refused["code"] == code
        assert refused["message"]

    assert await as_secretary.ask(STAFF, first=100) == before


async def test_a_request_id_used_again_with_other_input_is_refused(
    as_secretary: Graph, clerk: Person
) -> None:
    new = {"requestId": "clerk", "username": "other", "displayName": "李干事", "role": "CLERK"}
    before = await as_secretary.ask(STAFF, first=100)

    assert (await as_secretary.ask(CREATE, input=new))["code"] == "REQUEST_ID_REUSED"

    assert await as_secretary.ask(STAFF, first=100) == before


async def test_a_clerk_may_read_the_staff_but_not_make_or_shut_them(
    as_clerk: Graph, as_secretary: Graph, secretary: Person
) -> None:
    before = await as_secretary.ask(STAFF, first=100)
    new = {"requestId": "1", "username": "friend", "displayName": "朋友", "role": "CLERK"}

    assert await as_clerk.refusal(CREATE, input=new) == "FORBIDDEN"
    assert await as_clerk.refusal(DISABLE, request="d", account=secretary.account_id) == "FORBIDDEN"

    assert await as_clerk.ask(STAFF, first=100) == before


async def test_nobody_gets_in_without_a_token(graph: Graph, secretary: Person) -> None:
    for query, variables in (
        (ME, {}),
        (STAFF, {"first": 10}),
        (COMMUNITY, {"id": secretary.community_id}),
        (DISABLE, {"request": "d", "account": secretary.account_id}),
        (ENTITIES, {"of": [{"__typename": "Account", "id": secretary.account_id}]}),
    ):
        assert await graph.refusal(query, **variables) == "UNAUTHENTICATED"


async def test_the_staff_are_paged_the_newest_first(as_secretary: Graph, clerk: Person) -> None:
    first = await as_secretary.ask(STAFF, first=1)
    assert [node["id"] for node in first["nodes"]] == [clerk.account_id]
    assert first["pageInfo"]["hasNextPage"]

    rest = await as_secretary.ask(STAFF, first=1, after=first["pageInfo"]["endCursor"])
    assert [node["displayName"] for node in rest["nodes"]] == ["陈书记"]
    assert not rest["pageInfo"]["hasNextPage"]

    assert await as_secretary.refusal(STAFF, first=0) == "BAD_USER_INPUT"
    assert await as_secretary.refusal(STAFF, first=101) == "QUERY_REFUSED"
    assert await as_secretary.refusal(STAFF, first=1, after="nonsense") == "BAD_USER_INPUT"
    assert await as_secretary.refusal(STAFF, first=1, after="kZKhaQE") == "BAD_USER_INPUT"


async def test_another_communitys_things_are_as_unknown(
    as_secretary: Graph, secretary: Person, stranger: Person
) -> None:
    assert (await as_secretary.ask(COMMUNITY, id=secretary.community_id)) == {
        "id": secretary.community_id,
        "name": "八家庄",
        "foundedOn": "1998-06-01",
    }
    for community_id in (stranger.community_id, "community_unknown"):
        assert await as_secretary.ask(COMMUNITY, id=community_id) is None

    found = await as_secretary.ask(
        ENTITIES,
        of=[
            {"__typename": "Account", "id": stranger.account_id},
            {"__typename": "Account", "id": secretary.account_id},
            {"__typename": "Account", "id": "account_unknown"},
            {"__typename": "Community", "id": stranger.community_id},
            {"__typename": "Community", "id": secretary.community_id},
        ],
    )
    assert found == [
        None,
        {"id": secretary.account_id, "displayName": "陈书记"},
        None,
        None,
        {"id": secretary.community_id, "name": "八家庄"},
    ]


async def test_login_says_nothing_of_who_exists(graph: Graph, secretary: Person) -> None:
    answers = [
        await graph.try_log_in(secretary.username, password="wrong"),
        await graph.try_log_in(secretary.username),
        await graph.try_log_in("nobody-has-this"),
        await graph.try_log_in("姓名"),
    ]

    assert answers[0]["code"] == "LOGIN_REFUSED"
    assert all(answer == answers[0] for answer in answers)


async def test_five_failures_lock_any_name(graph: Graph, secretary: Person) -> None:
    for username in (secretary.username, f"no-{secretary.username}"):
        for _ in range(5):
            assert (await graph.try_log_in(username))["code"] == "LOGIN_REFUSED"
        assert (await graph.try_log_in(username))["code"] == "ACCOUNT_LOCKED"

    locked = await graph.as_(None).try_log_in(secretary.username, secretary.device)
    assert locked["code"] == "ACCOUNT_LOCKED"


async def test_attempts_are_counted_by_the_address_that_the_gateway_names(
    graph: Graph, running: Running, secretary: Person
) -> None:
    for number in range(20):
        name = f"{secretary.username}-{number}"
        assert (await graph.try_log_in(name))["code"] == "LOGIN_REFUSED"

    assert (await graph.try_log_in(f"{secretary.username}-x"))["code"] == "ACCOUNT_LOCKED"
    await graph.as_(None).logged_in(secretary.username, secretary.device)


async def test_nothing_secret_is_in_the_logs(
    running: Running, graph: Graph, secretary: Person
) -> None:
    logged_in = await graph.logged_in(secretary.username, secretary.device)
    await graph.answer(LOG_IN, input={"username": "canary"})
    await graph.get("/nowhere")

    for process in (running.api, running.worker):
        log = process.log_path.read_text()
        for secret in (PASSWORD, logged_in["accessToken"], logged_in["refreshToken"], "陈书记"):
            assert secret not in log
