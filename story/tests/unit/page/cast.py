"""A small story: a comment is polled, answered and made an issue, after a long prologue."""

from datetime import UTC, datetime, timedelta

import msgspec
from story.narrator import Part, Report, Step
from story.page.takers import Taker
from story.page.tape import Recorded
from story.page.told import Told

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
COMMUNITY = "community_01jd8f6v5tev4b8f4z9x7m2k01"
COMMENT = "comment_01jd8f6v5tev4b8f4z9x7m2k02"
INTAKE = "intake_01jd8f6v5tev4b8f4z9x7m2k03"
ISSUE = "issue_01jd8f6v5tev4b8f4z9x7m2k04"
ACCOUNT = "account_01jd8f6v5tev4b8f4z9x7m2k05"
TAKERS = {
    "comment.received.v1": (Taker("issues", "on_comment_received"),),
    "intake.accepted.v1": (
        Taker("issues", "on_intake_accepted"),
        Taker("outreach", "on_intake_accepted"),
    ),
}


def prefix(number: int) -> str:
    return f"{number:016x}"


def step(number: int, part: int | None, **changed: object) -> Step:
    made = Step(
        number=number,
        trace_prefix=prefix(number),
        part=part,
        who="社工小周",
        zh=f"第{number}件事。",
        en=f"Thing {number}.",
        started_at=AT + timedelta(seconds=10 * number),
        elapsed_ms=250,
        seen=["看到了"],
    )
    return msgspec.structs.replace(made, **changed)


def event(
    number: int,
    service: str,
    event_type: str,
    subject: str,
    *,
    of_trace: int | None = None,
    span: int | None = None,
    request: int = 1,
    at: float | None = None,
    **data: object,
) -> Told:
    """The number gives its id, its offset and, where nothing else is said, its time and span."""
    return Told(
        topic=f"linli.{service}.events",
        partition=0,
        offset=number,
        id=f"event_{number:026}",
        type=event_type,
        service=service,
        subject=subject,
        sequence=number,
        community_id=COMMUNITY,
        time=AT + timedelta(seconds=number if at is None else at),
        trace_id=None if of_trace is None else f"{prefix(of_trace)}{request:016x}",
        span_id=f"{number if span is None else span:016x}",
        data={"community_id": COMMUNITY, **data},
    )


PARTS = [
    Part(zh="序章", en="Prologue", in_detail=False),
    Part(zh="第一章 一条留言", en="Chapter 1"),
]
STEPS = [step(1, None), step(2, 0), step(3, 1), step(4, 1)]
REPORT = Report(chapter=1, day=1, started_at=AT, elapsed_ms=45_000, outcome="played")
REPORT.parts, REPORT.steps = PARTS, STEPS

MOVED = [
    event(number, "residents", "household.changed.v1", f"household_{number:026}", of_trace=2)
    for number in range(1, 6)
]
BOUND = event(6, "residents", "account.bound.v1", ACCOUNT, of_trace=2)
RECEIVED = event(
    31, "outreach", "comment.received.v1", COMMENT, comment_id=COMMENT, account_id=ACCOUNT
)
ACCEPTED = event(
    41, "issues", "intake.accepted.v1", INTAKE, of_trace=4, comment_id=COMMENT, issue_id=ISSUE
)
REPORTED = event(42, "issues", "issue.reported.v1", ISSUE, of_trace=4, issue_id=ISSUE)
EVENTS = [*MOVED, BOUND, RECEIVED, ACCEPTED, REPORTED]
RECORDED = Recorded(EVENTS, {"issues": {("linli.issues.events", 0): 42}})
