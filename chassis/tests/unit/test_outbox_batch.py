"""What the relay may pull after a batch."""

from datetime import UTC, datetime, timedelta

from chassis.events import OutboxEntry
from chassis.outbox_batch import Outbox, messages_of, oldest, published
from chassis.publisher import Outcome
from hypothesis import given
from hypothesis import strategies as st

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
ACKNOWLEDGED, UNKNOWN, REFUSED = Outcome.ACKNOWLEDGED, Outcome.UNKNOWN, Outcome.REFUSED


def an_outbox(document: str, events: int) -> Outbox:
    return Outbox(
        document,
        [
            OutboxEntry(
                id=f"{document}/{number}",
                type="loaf.baked.v1",
                sequence=number,
                at=AT + timedelta(seconds=number),
                topic="bakery.events",
                key=document,
                subject=document,
                community_id="community_1",
                data={},
            )
            for number in range(1, events + 1)
        ],
    )


def test_everything_acknowledged_is_pulled() -> None:
    done = published([an_outbox("a", 2), an_outbox("b", 1)], [ACKNOWLEDGED] * 3)

    assert done.documents == ["a", "b"]
    assert done.events == ["a/1", "a/2", "b/1"]
    assert done.refused == []


def test_a_document_stops_at_its_first_failure_and_others_do_not() -> None:
    done = published(
        [an_outbox("a", 3), an_outbox("b", 1)],
        [ACKNOWLEDGED, UNKNOWN, ACKNOWLEDGED, ACKNOWLEDGED],
    )

    assert done.events == ["a/1", "b/1"]


def test_a_document_whose_next_event_is_refused_is_named() -> None:
    done = published(
        [an_outbox("a", 2), an_outbox("b", 2), an_outbox("c", 1)],
        [ACKNOWLEDGED, REFUSED, UNKNOWN, REFUSED, ACKNOWLEDGED],
    )

    assert done.refused == ["a"]
    assert done.events == ["a/1", "c/1"]


@given(st.lists(st.lists(st.sampled_from(Outcome), min_size=1, max_size=5), max_size=6))
def test_what_is_pulled_is_acknowledged_and_leaves_no_gap(outcomes: list[list[Outcome]]) -> None:
    outboxes = [an_outbox(str(number), len(each)) for number, each in enumerate(outcomes)]

    done = published(outboxes, [outcome for each in outcomes for outcome in each])

    for outbox, each in zip(outboxes, outcomes, strict=True):
        pulled = [entry.id in done.events for entry in outbox.entries]
        count = sum(pulled)
        assert pulled == [True] * count + [False] * (len(pulled) - count)
        assert each[:count] == [ACKNOWLEDGED] * count
        assert count == len(each) or each[count] is not ACKNOWLEDGED
        assert (outbox.document_id in done.documents) == (count > 0)


def test_messages_stand_document_by_document_in_the_order_of_writing() -> None:
    messages = messages_of([an_outbox("a", 2), an_outbox("b", 1)], service="bakery")

    assert [(m.key, dict(m.headers)["ce_id"]) for m in messages] == [
        (b"a", b"a/1"),
        (b"a", b"a/2"),
        (b"b", b"b/1"),
    ]


def test_the_oldest_waiting_event_is_found_and_none_where_none_waits() -> None:
    assert oldest([an_outbox("a", 3), an_outbox("b", 1)]) == AT + timedelta(seconds=1)
    assert oldest([]) is None
