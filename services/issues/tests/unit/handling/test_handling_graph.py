"""The handling as the graph answers: who may, what is refused by name, and that nothing changed."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from chassis.testing import FrozenClock
from issues.domain.handling.triage import TriageDraft, triage
from issues.domain.issue import Issue, IssueState
from issues.domain.permissions import ALLOWED, Operation
from issues.domain.photos.photo import Photo, PhotoState, Picture

from ...handling_stages import (
    CLERK,
    HOUR,
    NEIGHBOUR,
    PHOTO,
    REPORTER,
    STAGES,
    STEWARD,
    in_progress,
    joined,
    resolved,
    triaged,
    with_round,
)
from ..asking import Api

MakeIssue = Callable[..., Issue]
S = IssueState
SECRETARY = "account_01jd8f6v5tev4b8f4z9x7m2k13"
UNKNOWN = "issue_01jd8f6v5tev4b8f4z9x7m2k10"
LONG_AGO = "2026-11-01T00:00:00Z"
JUST_NOW = "2026-11-23T02:30:00Z"
TOMORROW = "2026-11-25T02:00:00Z"
ALL_ROLES = ("resident", "steward", "partner", "clerk", "secretary", "merchant", "auditor")

# a valid input of every mutation, beside the request and the issue
VALID: dict[Operation, dict[str, Any]] = {
    Operation.ASSIGN_ISSUE: {"assigneeIds": [CLERK]},
    Operation.START_ISSUE: {},
    Operation.RECORD_ROUND: {
        "party": "市自来水公司",
        "partyKind": "WATER",
        "at": JUST_NOW,
        "said": "明天来修",
        "promised": {"text": "明天修好", "dueOn": "2026-11-24"},
    },
    Operation.SETTLE_PROMISE: {"round": 1, "outcome": "KEPT", "at": JUST_NOW},
    Operation.WAIT_FOR_PARTY: {"partyKind": "WATER", "reason": "等阀门", "until": TOMORROW},
    Operation.RESUME_ISSUE: {},
    Operation.ESCALATE_ISSUE: {"level": "DISTRICT", "reason": "管网归区里管"},
    Operation.RESOLVE_ISSUE: {"note": "修好了", "photoIds": [PHOTO]},
    Operation.CONFIRM_ISSUE: {"rating": 5},
    Operation.CONFIRM_ISSUE_ON_BEHALF: {"rating": 4, "how": "PHONE"},
    Operation.REOPEN_ISSUE: {"reason": "又坏了"},
    Operation.REJECT_ISSUE: {"reason": "不属于社区管理范围"},
    Operation.MARK_DUPLICATE: {"duplicateOf": UNKNOWN},
}


def document(operation: Operation) -> str:
    name = operation.value
    kind = name[0].upper() + name[1:]
    return (
        f"mutation($input: {kind}Input!) {{ {name}(input: $input) "
        "{ __typename ... on UserError { code message } } }"
    )


async def do(
    api: Api, operation: Operation, issue_id: str, *roles: str, by: str = CLERK, **given: Any
) -> dict[str, Any]:
    """The answer's typename, code and message, or the code of a top-level error as `code`."""
    input_ = {"requestId": f"{operation}-1", "issueId": issue_id} | VALID[operation] | given
    data, codes = await api.ask(document(operation), *roles, account_id=by, input=input_)
    if codes:
        assert data == {operation.value: None}
        return {"__typename": None, "code": codes[0]}
    answer: dict[str, Any] = data[operation.value]
    return answer


@pytest.fixture
def api(clock: FrozenClock, community_id: str) -> Api:
    clock.advance(hours=30)
    return Api(clock, community_id)


@pytest.mark.parametrize("operation", VALID)
@pytest.mark.parametrize("role", ALL_ROLES)
async def test_who_may_not_is_refused_before_anything_is_read(
    api: Api, operation: Operation, role: str
) -> None:
    answer = await do(api, operation, UNKNOWN, role)
    assert answer["code"] == ("ISSUE_NOT_FOUND" if role in ALLOWED[operation] else "FORBIDDEN"), (
        answer
    )


@pytest.mark.parametrize("operation", VALID)
async def test_another_communitys_issue_is_as_unknown_as_none(
    api: Api, an_issue: MakeIssue, operation: Operation
) -> None:
    theirs = await api.issues.add(resolved(joined(an_issue(community_id="community_other"))))
    role = "resident" if operation == Operation.CONFIRM_ISSUE else "secretary"
    answer = await do(api, operation, theirs.id, role, by=REPORTER)
    assert answer["__typename"] == "IssueNotFound"
    assert api.issues.all == [theirs]


OF_HANDLERS = [
    (Operation.START_ISSUE, S.ASSIGNED),
    (Operation.RECORD_ROUND, S.IN_PROGRESS),
    (Operation.WAIT_FOR_PARTY, S.IN_PROGRESS),
    (Operation.RESUME_ISSUE, S.WAITING_EXTERNAL),
    (Operation.RESOLVE_ISSUE, S.IN_PROGRESS),
]


@pytest.mark.parametrize("role", ["steward", "partner"])
@pytest.mark.parametrize(("operation", "state"), OF_HANDLERS)
async def test_who_is_not_assigned_finds_no_issue_and_who_is_works_on_it(
    api: Api, an_issue: MakeIssue, operation: Operation, state: IssueState, role: str
) -> None:
    issue = await api.issues.add(STAGES[state](an_issue()))
    await api.photos.add(a_photo(issue))
    answer = await do(api, operation, issue.id, role, by=NEIGHBOUR)
    assert answer["code"] == "ISSUE_NOT_FOUND"
    assert api.issues.all == [issue]
    answer = await do(api, operation, issue.id, role, by=STEWARD)
    name = operation.value
    assert answer == {"__typename": f"{name[0].upper()}{name[1:]}Success"}


async def test_who_is_assigned_reads_the_issue_and_finds_it_in_a_list(
    api: Api, an_issue: MakeIssue
) -> None:
    issue = await api.issues.add(with_round(in_progress(an_issue())))
    await api.issues.add(triaged(an_issue()))
    one = f'{{ issue(id: "{issue.id}") {{ id rounds {{ number said promise {{ state }} }} }} }}'
    listed = "{ assignedIssues { nodes { id } } }"
    read, codes = await api.ask(one, "partner", account_id=STEWARD)
    assert (codes, read["issue"]["rounds"][0]["number"]) == ([], 1)
    read, _ = await api.ask(one, "partner", account_id=NEIGHBOUR)
    assert read == {"issue": None}
    mine, _ = await api.ask(listed, "steward", account_id=STEWARD)
    assert mine == {"assignedIssues": {"nodes": [{"id": issue.id}]}}
    none, _ = await api.ask(listed, "steward", account_id=NEIGHBOUR)
    assert none == {"assignedIssues": {"nodes": []}}
    _, codes = await api.ask(listed, "resident", account_id=STEWARD)
    assert codes == ["FORBIDDEN"]


BAD: list[tuple[Operation, IssueState, dict[str, Any], str]] = [
    (Operation.ASSIGN_ISSUE, S.TRIAGED, {"assigneeIds": []}, "ASSIGNEES_INVALID"),
    (Operation.ASSIGN_ISSUE, S.TRIAGED, {"assigneeIds": [NEIGHBOUR]}, "ASSIGNEE_UNKNOWN"),
    (Operation.ASSIGN_ISSUE, S.ACKNOWLEDGED, {}, "ISSUE_NOT_TRIAGED"),
    (Operation.START_ISSUE, S.TRIAGED, {}, "ISSUE_NOT_ASSIGNED"),
    (
        Operation.RECORD_ROUND,
        S.IN_PROGRESS,
        {"promised": {"text": "尽快修好"}},
        "PROMISE_WITHOUT_DATE",
    ),
    (
        Operation.RECORD_ROUND,
        S.IN_PROGRESS,
        {"promised": {"text": "昨天修好", "dueOn": "2026-11-22"}},
        "PROMISE_BEFORE_ROUND",
    ),
    (Operation.RECORD_ROUND, S.IN_PROGRESS, {"at": LONG_AGO}, "ROUND_TIME_INVALID"),
    (Operation.RECORD_ROUND, S.IN_PROGRESS, {"party": " "}, "PARTY_INVALID"),
    (Operation.RECORD_ROUND, S.IN_PROGRESS, {"said": "找13812345678"}, "TEXT_REVEALS_PERSON"),
    (Operation.SETTLE_PROMISE, S.IN_PROGRESS, {}, "ROUND_NOT_FOUND"),
    (Operation.WAIT_FOR_PARTY, S.IN_PROGRESS, {"until": LONG_AGO}, "WAIT_INVALID"),
    (Operation.WAIT_FOR_PARTY, S.IN_PROGRESS, {"reason": " "}, "TEXT_INVALID"),
    (Operation.WAIT_FOR_PARTY, S.ASSIGNED, {}, "ISSUE_NOT_IN_PROGRESS"),
    (Operation.RESUME_ISSUE, S.IN_PROGRESS, {}, "ISSUE_NOT_WAITING"),
    (Operation.ESCALATE_ISSUE, S.ASSIGNED, {"level": "COMMUNITY"}, "LEVEL_UNCHANGED"),
    (Operation.RESOLVE_ISSUE, S.IN_PROGRESS, {"photoIds": []}, "EVIDENCE_MISSING"),
    (Operation.RESOLVE_ISSUE, S.IN_PROGRESS, {}, "EVIDENCE_UNKNOWN"),
    (Operation.RESOLVE_ISSUE, S.ASSIGNED, {}, "ISSUE_NOT_IN_PROGRESS"),
    (Operation.CONFIRM_ISSUE_ON_BEHALF, S.IN_PROGRESS, {}, "ISSUE_NOT_RESOLVED"),
    (Operation.CONFIRM_ISSUE_ON_BEHALF, S.CONFIRMED, {}, "ISSUE_ALREADY_CONFIRMED"),
    (Operation.CONFIRM_ISSUE_ON_BEHALF, S.RESOLVED, {"rating": 0}, "RATING_OUT_OF_RANGE"),
    (Operation.CONFIRM_ISSUE_ON_BEHALF, S.RESOLVED, {"rating": 6}, "RATING_OUT_OF_RANGE"),
    (Operation.REOPEN_ISSUE, S.IN_PROGRESS, {}, "ISSUE_NOT_CLOSED"),
    (Operation.REOPEN_ISSUE, S.RESOLVED, {"reason": " "}, "TEXT_INVALID"),
    (Operation.REJECT_ISSUE, S.RESOLVED, {}, "ISSUE_CLOSED"),
    (Operation.REJECT_ISSUE, S.NEW, {"reason": "找13812345678"}, "PUBLIC_TEXT_REVEALS_PERSON"),
    (Operation.MARK_DUPLICATE, S.NEW, {}, "ORIGINAL_UNKNOWN"),
]


@pytest.mark.parametrize(("operation", "state", "given", "code"), BAD)
async def test_bad_input_is_named_and_changes_nothing(
    api: Api,
    an_issue: MakeIssue,
    operation: Operation,
    state: IssueState,
    given: dict[str, Any],
    code: str,
) -> None:
    issue = await api.issues.add(STAGES[state](an_issue()))
    events, writes = list(api.issues.events), api.issues.writes
    answer = await do(api, operation, issue.id, "secretary", by=SECRETARY, **given)
    assert answer["code"] == code
    assert answer["message"].endswith("。")
    assert api.issues.all == [issue]
    assert (api.issues.events, api.issues.writes) == (events, writes)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"rating": 0}, "RATING_OUT_OF_RANGE"),
        ({"rating": 6}, "RATING_OUT_OF_RANGE"),
        ({"comment": "打13812345678"}, "TEXT_REVEALS_PERSON"),
    ],
)
async def test_a_bad_rating_is_named_and_changes_nothing(
    api: Api, an_issue: MakeIssue, given: dict[str, Any], code: str
) -> None:
    issue = await api.issues.add(resolved(joined(an_issue())))
    answer = await do(api, Operation.CONFIRM_ISSUE, issue.id, "resident", by=REPORTER, **given)
    assert answer["code"] == code
    assert api.issues.all == [issue]


async def test_a_rating_by_somebody_else_is_named_and_changes_nothing(
    api: Api, an_issue: MakeIssue
) -> None:
    issue = await api.issues.add(resolved(joined(an_issue())))
    for operation in (Operation.CONFIRM_ISSUE, Operation.REOPEN_ISSUE):
        answer = await do(api, operation, issue.id, "resident", by=NEIGHBOUR)
        assert answer["code"] == "ISSUE_NOT_FOUND"
    assert api.issues.all == [issue]


@pytest.mark.parametrize("operation", [Operation.CONFIRM_ISSUE, Operation.REOPEN_ISSUE])
async def test_who_may_see_an_issue_is_told_that_it_is_not_theirs(
    api: Api, an_issue: MakeIssue, operation: Operation
) -> None:
    acknowledged, _ = joined(an_issue()).acknowledge(by=CLERK, at=an_issue().reported_at)
    public, _ = triage(
        acknowledged,
        TriageDraft(category="lighting", level=acknowledged.level, public_text="楼道灯不亮"),
        by=CLERK,
        at=acknowledged.updated_at,
    )
    issue = await api.issues.add(public)
    answer = await do(api, operation, issue.id, "resident", by=NEIGHBOUR)
    assert answer["code"] == "NOT_THE_REPORTER"
    assert api.issues.all == [issue]


async def test_a_rating_on_behalf_by_who_handled_it_is_named_and_changes_nothing(
    api: Api, an_issue: MakeIssue
) -> None:
    issue = await api.issues.add(resolved(joined(an_issue())))
    answer = await do(api, Operation.CONFIRM_ISSUE_ON_BEHALF, issue.id, "clerk", by=STEWARD)
    assert answer["code"] == "HANDLER_MAY_NOT_RATE"
    assert api.issues.all == [issue]


async def test_the_reporter_confirms_once_and_a_repeat_gets_the_first_outcome(
    api: Api, an_issue: MakeIssue
) -> None:
    issue = await api.issues.add(resolved(joined(an_issue())))
    for _ in range(2):
        answer = await do(api, Operation.CONFIRM_ISSUE, issue.id, "resident", by=REPORTER)
        assert answer["__typename"] == "ConfirmIssueSuccess"
    answer = await do(
        api, Operation.CONFIRM_ISSUE, issue.id, "resident", by=REPORTER, requestId="r2"
    )
    assert answer["code"] == "ISSUE_ALREADY_CONFIRMED"
    answer = await do(api, Operation.CONFIRM_ISSUE, issue.id, "resident", by=REPORTER, rating=1)
    assert answer["code"] == "REQUEST_ID_REUSED"
    assert [event.type for event in api.issues.events] == ["issue.confirmed.v1"]


@pytest.mark.parametrize(
    ("role", "outcome"),
    [
        ("steward", "AssignIssueSuccess"),
        ("partner", "AssignIssueSuccess"),
        ("clerk", "AssignIssueSuccess"),
        ("secretary", "AssignIssueSuccess"),
        ("resident", "AssigneeUnknown"),
        ("merchant", "AssigneeUnknown"),
        ("auditor", "AssigneeUnknown"),
    ],
)
async def test_an_issue_is_assigned_to_accounts_that_may_handle_it(
    api: Api, an_issue: MakeIssue, role: str, outcome: str
) -> None:
    issue = await api.issues.add(triaged(an_issue()))
    await api.accounts.learn(issue.community_id, STEWARD, [role], sequence=1)
    answer = await do(api, Operation.ASSIGN_ISSUE, issue.id, "clerk", assigneeIds=[STEWARD])
    assert answer["__typename"] == outcome
    await api.accounts.learn(issue.community_id, STEWARD, [], sequence=2)
    answer = await do(
        api, Operation.ASSIGN_ISSUE, issue.id, "clerk", assigneeIds=[STEWARD], requestId="r2"
    )
    assert answer["__typename"] == "AssigneeUnknown"


async def test_only_photos_of_the_issue_that_were_taken_in_prove_it(
    api: Api, an_issue: MakeIssue
) -> None:
    issue = await api.issues.add(in_progress(an_issue()))
    other = await api.issues.add(in_progress(an_issue()))
    await api.photos.add(a_photo(other))
    refused = await do(api, Operation.RESOLVE_ISSUE, issue.id, "clerk")
    assert refused["code"] == "EVIDENCE_UNKNOWN"
    answer = await do(api, Operation.RESOLVE_ISSUE, other.id, "clerk", requestId="r2")
    assert answer["__typename"] == "ResolveIssueSuccess"
    assert api.issues.all[0] == issue


async def test_the_photo_of_the_reporters_complaint_does_not_resolve_it(
    api: Api, an_issue: MakeIssue
) -> None:
    issue = await api.issues.add(in_progress(joined(an_issue())))
    await api.photos.add(msgspec.structs.replace(a_photo(issue), taken_by=REPORTER))
    refused = await do(api, Operation.RESOLVE_ISSUE, issue.id, "clerk")
    assert refused["code"] == "EVIDENCE_NOT_OF_WORK"
    assert api.issues.all == [issue]


async def test_what_the_reporter_added_is_for_the_staff_alone(
    api: Api, an_issue: MakeIssue
) -> None:
    issue = await api.issues.add(resolved(joined(an_issue())))
    await do(api, Operation.CONFIRM_ISSUE, issue.id, "resident", by=REPORTER, comment="灯太亮")
    asked = f'{{ issue(id: "{issue.id}") {{ confirmation {{ comment rating }} }} }}'
    staff, _ = await api.ask(asked, "clerk")
    assert staff["issue"]["confirmation"] == {"comment": "灯太亮", "rating": 5}
    steward, _ = await api.ask(asked, "steward", account_id=STEWARD)
    assert steward["issue"]["confirmation"] == {"comment": None, "rating": 5}


@pytest.mark.parametrize(
    ("operation", "field"),
    [
        (Operation.RECORD_ROUND, "at"),
        (Operation.SETTLE_PROMISE, "at"),
        (Operation.WAIT_FOR_PARTY, "until"),
    ],
)
@pytest.mark.parametrize("moment", ["2026-11-23T02:30:00", "0001-01-01T00:00:00+08:00"])
async def test_a_moment_without_an_offset_is_bad_input(
    api: Api, an_issue: MakeIssue, operation: Operation, field: str, moment: str
) -> None:
    issue = await api.issues.add(in_progress(an_issue()))
    answer = await do(api, operation, issue.id, "clerk", **{field: moment})
    assert answer["code"] == "BAD_USER_INPUT"
    assert api.issues.all == [issue]


async def test_a_promise_is_recorded_and_settled_over_the_graph(
    api: Api, an_issue: MakeIssue
) -> None:
    issue = await api.issues.add(in_progress(an_issue()))
    recorded = await do(api, Operation.RECORD_ROUND, issue.id, "clerk")
    assert recorded["__typename"] == "RecordRoundSuccess"
    settled = await do(api, Operation.SETTLE_PROMISE, issue.id, "clerk")
    assert settled["__typename"] == "SettlePromiseSuccess"
    again = await do(api, Operation.SETTLE_PROMISE, issue.id, "clerk", requestId="r2")
    assert again["code"] == "PROMISE_ALREADY_SETTLED"
    asked = f'{{ issue(id: "{issue.id}") {{ rounds {{ promise {{ state outcome dueOn }} }} }} }}'
    read, _ = await api.ask(asked, "clerk")
    assert read["issue"]["rounds"][0]["promise"] == {
        "state": "KEPT",
        "outcome": "KEPT",
        "dueOn": "2026-11-24",
    }


def a_photo(issue: Issue) -> Photo:
    """A photo of the issue that was taken in."""
    at = issue.updated_at
    return Photo(
        id=PHOTO,
        community_id=issue.community_id,
        issue_id=issue.id,
        taken_by=STEWARD,
        requested_at=at,
        expires_at=at + HOUR,
        clear_at=None,
        state=PhotoState.KEPT,
        attempts=1,
        picture=Picture(
            width=64, height=48, size_bytes=900, sha256="0" * 64, attempt=1, uploaded_at=at
        ),
    )
