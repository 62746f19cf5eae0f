"""What a comment goes through, and what is told of it."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from outreach.domain import errors, events, sending
from outreach.domain.comments import (
    ArticlePlace,
    Comment,
    CommentSource,
    CommentState,
    Words,
    receive,
)
from outreach.domain.replies import Delivery

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=5)
WORDS = Words(text="3-2-501 没水", redacted_text="[门牌] 没水", text_mark="mark")
EDITED = Words(text="3-2-501 有水了", redacted_text="[门牌] 有水了", text_mark="other")


def received(source: CommentSource = CommentSource.ARTICLE) -> Comment:
    comment, _ = receive(
        comment_id="comment_1",
        community_id="community_1",
        channel_id="channel_1",
        source=source,
        article_id="article_1" if source is CommentSource.ARTICLE else None,
        place=ArticlePlace(message_data_id=1, index=0, user_comment_id=7)
        if source is CommentSource.ARTICLE
        else None,
        person_key="person_1",
        openid="openid_1",
        words=WORDS,
        commented_at=AT,
        at=AT,
    )
    return comment


def with_reply(delivery: Delivery, source: CommentSource = CommentSource.ARTICLE) -> Comment:
    comment, _ = received(source).request_reply("已经派人去看了", by="account_1", at=AT)
    assert comment.reply is not None
    reply = msgspec.structs.replace(comment.reply, delivery=delivery, sending_at=AT, due_at=None)
    return msgspec.structs.replace(comment, reply=reply)


def test_receiving_tells_the_redacted_words_alone() -> None:
    comment, told = receive(
        comment_id="comment_1",
        community_id="community_1",
        channel_id="channel_1",
        source=CommentSource.MESSAGE,
        person_key="person_1",
        openid="openid_1",
        words=WORDS,
        commented_at=AT,
        at=LATER,
    )

    assert comment.state is CommentState.RECEIVED
    assert told == [
        events.CommentReceived(
            community_id="community_1",
            comment_id="comment_1",
            source="message",
            channel_id="channel_1",
            article_id=None,
            person_key="person_1",
            redacted_text="[门牌] 没水",
            received_at=LATER,
        )
    ]


def test_editing_takes_over_the_words_and_tells_them_redacted() -> None:
    comment, told = received().edit(EDITED, LATER)

    assert (comment.text, comment.edited_at) == ("3-2-501 有水了", LATER)
    assert told == [
        events.CommentEdited(
            community_id="community_1",
            comment_id="comment_1",
            redacted_text="[门牌] 有水了",
            edited_at=LATER,
        )
    ]


def test_the_same_words_are_no_edit() -> None:
    assert received().edit(WORDS, LATER) == (received(), [])


def test_deleting_closes_and_is_told_once() -> None:
    deleted, told = received().delete(LATER)

    assert (deleted.state, deleted.deleted_at) == (CommentState.CLOSED, LATER)
    assert told == [
        events.CommentDeleted(community_id="community_1", comment_id="comment_1", deleted_at=LATER)
    ]
    assert deleted.delete(LATER + timedelta(hours=1)) == (deleted, [])


def test_what_was_taken_for_deleted_stands_again_where_it_stood() -> None:
    linked, _ = received().link(intake_id="intake_1", issue_id="issue_1", at=AT)
    dismissed, _ = received().dismiss(intake_id="intake_1", reason="表扬", at=AT)
    replied, _ = with_reply(Delivery.SENDING).replied(AT)

    for before in (received(), linked, dismissed, replied):
        deleted, _ = before.delete(LATER)
        restored, told = deleted.restore(WORDS, LATER)
        assert restored == msgspec.structs.replace(before, edited_at=LATER)
        assert told == [
            events.CommentEdited(
                community_id="community_1",
                comment_id="comment_1",
                redacted_text="[门牌] 没水",
                edited_at=LATER,
            )
        ]
        assert restored.facts()[-1].type != "comment.deleted.v1"


@pytest.mark.parametrize("delivery", [Delivery.PENDING, Delivery.UNKNOWN])
def test_a_reply_that_can_no_longer_arrive_or_be_seen_fails_with_the_comment(
    delivery: Delivery,
) -> None:
    deleted, _ = with_reply(delivery).delete(LATER)

    assert deleted.reply is not None
    assert deleted.reply.delivery is Delivery.FAILED
    assert deleted.reply.due_at is None
    assert deleted.reply.failure is not None
    assert deleted.reply.failure.code == "COMMENT_DELETED"


@pytest.mark.parametrize("delivery", [Delivery.SENDING, Delivery.DELIVERED, Delivery.FAILED])
def test_a_reply_on_its_way_or_at_its_end_is_not_touched_by_a_deletion(delivery: Delivery) -> None:
    before = with_reply(delivery)

    deleted, _ = before.delete(LATER)

    assert deleted.reply == before.reply


def test_a_send_without_an_outcome_to_a_deleted_comment_has_failed() -> None:
    deleted, _ = with_reply(Delivery.SENDING).delete(LATER)

    settled, told = sending.outcome_unknown(deleted)

    assert settled.reply is not None
    assert (settled.reply.delivery, told) == (Delivery.FAILED, [])


def test_a_reply_waits_to_be_sent_and_is_not_told_yet() -> None:
    comment, told = received().request_reply("  已经派人去看了 ", by="account_1", at=LATER)

    assert comment.reply is not None
    assert comment.reply.delivery is Delivery.PENDING
    assert (comment.reply.text, comment.reply.due_at) == ("已经派人去看了", LATER)
    assert comment.state is CommentState.RECEIVED
    assert told == []


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", errors.ReplyEmpty),
        (" \n\t", errors.ReplyEmpty),
        ("\0 \x1b\x9f", errors.ReplyEmpty),
        ("好" * 601, errors.ReplyTooLong),
    ],
)
def test_a_reply_of_no_words_or_too_many_is_refused(
    text: str, refusal: type[errors.OutreachError]
) -> None:
    with pytest.raises(refusal):
        received().request_reply(text, by="account_1", at=AT)


def test_a_reply_goes_out_without_control_characters() -> None:
    comment, _ = received().request_reply("NUL\0x\x1b[1m\r\n好\t了\x85", by="account_1", at=AT)

    assert comment.reply is not None
    assert comment.reply.text == "NULx[1m\n好\t了"


def test_the_longest_reply_is_taken() -> None:
    comment, _ = received().request_reply("好" * 600, by="account_1", at=AT)

    assert comment.reply is not None


def test_a_deleted_comment_is_not_replied_to() -> None:
    deleted, _ = received().delete(AT)

    with pytest.raises(errors.CommentDeleted):
        deleted.request_reply("好的", by="account_1", at=AT)


@pytest.mark.parametrize("delivery", [Delivery.PENDING, Delivery.SENDING, Delivery.DELIVERED])
def test_a_second_reply_is_refused_while_the_first_may_arrive(delivery: Delivery) -> None:
    with pytest.raises(errors.AlreadyReplied):
        with_reply(delivery).request_reply("好的", by="account_1", at=LATER)


def test_a_failed_reply_may_be_followed_by_another() -> None:
    comment, _ = with_reply(Delivery.FAILED).request_reply("好的", by="account_2", at=LATER)

    assert comment.reply is not None
    assert (comment.reply.text, comment.reply.delivery) == ("好的", Delivery.PENDING)


def test_an_unknown_reply_under_an_article_waits_for_what_wechat_shows() -> None:
    with pytest.raises(errors.ReplyUndetermined):
        with_reply(Delivery.UNKNOWN).request_reply("好的", by="account_1", at=LATER)


def test_an_unknown_reply_to_a_message_may_be_followed_by_another() -> None:
    comment, _ = with_reply(Delivery.UNKNOWN, CommentSource.MESSAGE).request_reply(
        "好的", by="account_1", at=LATER
    )

    assert comment.reply is not None
    assert comment.reply.delivery is Delivery.PENDING


def test_a_message_is_answered_within_48_hours_or_not_at_all() -> None:
    last_moment = AT + timedelta(hours=48)
    message = received(CommentSource.MESSAGE)

    message.request_reply("好的", by="account_1", at=last_moment)
    with pytest.raises(errors.ReplyWindowClosed):
        message.request_reply("好的", by="account_1", at=last_moment + timedelta(seconds=1))


def test_the_48_hours_run_from_when_the_person_last_wrote() -> None:
    late = AT + timedelta(hours=90)
    message = received(CommentSource.MESSAGE)

    message.request_reply("好的", by="account_1", at=late, last_wrote_at=AT + timedelta(hours=50))
    with pytest.raises(errors.ReplyWindowClosed):
        message.request_reply(
            "好的", by="account_1", at=late, last_wrote_at=AT + timedelta(hours=41)
        )


def test_an_article_comment_is_answered_whenever() -> None:
    received().request_reply("好的", by="account_1", at=AT + timedelta(days=10))


def test_a_delivered_reply_is_told_with_who_wrote_it() -> None:
    comment, told = with_reply(Delivery.SENDING).replied(LATER)

    assert comment.state is CommentState.REPLIED
    assert comment.reply is not None
    assert (comment.reply.delivery, comment.replied_at) == (Delivery.DELIVERED, LATER)
    assert told == [
        events.CommentReplied(
            community_id="community_1",
            comment_id="comment_1",
            person_key="person_1",
            replied_at=LATER,
            replied_by="account_1",
        )
    ]
    assert comment.replied(LATER) == (comment, [])


def test_a_hazard_linked_before_the_reply_stays_linked_after_it() -> None:
    linked, _ = with_reply(Delivery.SENDING).link(intake_id="intake_1", issue_id="issue_1", at=AT)

    comment, told = linked.replied(LATER)

    assert comment.state is CommentState.LINKED
    assert len(told) == 1


def test_linking_twice_changes_nothing() -> None:
    linked, told = received().link(intake_id="intake_1", issue_id="issue_1", at=AT)

    assert (linked.state, linked.issue_id, told) == (CommentState.LINKED, "issue_1", [])
    assert linked.link(intake_id="intake_1", issue_id="issue_1", at=LATER) == (linked, [])


def test_dismissing_twice_changes_nothing() -> None:
    dismissed, told = received().dismiss(intake_id="intake_1", reason="表扬", at=AT)

    assert (dismissed.state, dismissed.dismissed_reason) == (CommentState.DISMISSED, "表扬")
    assert told == []
    assert dismissed.dismiss(intake_id="intake_1", reason="表扬", at=LATER) == (dismissed, [])


def test_what_was_taken_back_stays_closed_and_keeps_its_issue() -> None:
    deleted, _ = received().delete(AT)

    linked, _ = deleted.link(intake_id="intake_1", issue_id="issue_1", at=LATER)

    assert (linked.state, linked.issue_id) == (CommentState.CLOSED, "issue_1")


def test_the_facts_of_a_comment_are_all_that_others_may_know() -> None:
    comment = with_reply(Delivery.SENDING)
    comment, _ = comment.replied(LATER)
    comment, _ = comment.edit(EDITED, LATER)
    comment, _ = comment.delete(LATER)

    facts = comment.facts()

    assert [fact.type for fact in facts] == [
        "comment.received.v1",
        "comment.edited.v1",
        "comment.replied.v1",
        "comment.deleted.v1",
    ]
    assert facts[0] == comment.received
    assert comment.received.redacted_text == "[门牌] 有水了"
