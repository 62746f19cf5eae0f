"""Who a commenter is and what is theirs: memory and the store answer alike."""

from datetime import UTC, datetime, timedelta

import pytest
from outreach.application.joining_ports import BoundAccounts, Commenters
from outreach.application.ports import Comments, PersonsComment
from outreach.domain import sending
from outreach.domain.bound_accounts import BoundAccount
from outreach.domain.commenters import Commenter, meet
from outreach.domain.comments import Comment, CommentSource, Words, receive
from outreach.domain.errors import BoundAccountNotFound, CommenterNotFound
from outreach.domain.join_links import JoinLink
from outreach.domain.joining import Joined, JoinedBy

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HERE, THERE = "community_here", "community_there"


def joined(account_id: str = "account_1", person_key: str | None = "person_verified") -> Joined:
    return Joined(account_id=account_id, person_key=person_key, how=JoinedBy.UNION, at=AT)


async def written(
    comments: Comments, number: int, *, person_key: str = "person_1", community_id: str = HERE
) -> Comment:
    comment, events = receive(
        comment_id=f"comment_{number}",
        community_id=community_id,
        channel_id="channel_1",
        source=CommentSource.MESSAGE,
        person_key=person_key,
        openid=f"openid_of_{person_key}",
        words=Words(text="没水", redacted_text="没水", text_mark="m"),
        commented_at=AT,
        at=AT + timedelta(seconds=number),
    )
    return await comments.add(comment, events)


def commenter(number: int, community_id: str = HERE, *, has_openid: bool = True) -> Commenter:
    return meet(
        commenter_id=f"commenter_{number}",
        community_id=community_id,
        person_key=f"person_{number}",
        channel_id="channel_1",
        has_openid=has_openid,
        at=AT + timedelta(minutes=number),
    )


async def test_all_that_a_person_wrote_is_found_with_whose_it_is(comments: Comments) -> None:
    for number in (1, 2):
        await written(comments, number)
    await written(comments, 3, person_key="person_2")
    await written(comments, 4, community_id=THERE)
    await comments.change(HERE, "comment_2", lambda it: it.join(joined()))

    found = await comments.of_person(HERE, "person_1")

    assert sorted(found, key=lambda it: it.id) == [
        PersonsComment("comment_1", None),
        PersonsComment("comment_2", "account_1"),
    ]
    assert await comments.openid_of_person(HERE, "person_2") == "openid_of_person_2"
    assert await comments.openid_of_person(THERE, "person_2") is None


async def test_an_accounts_comments_are_listed_latest_first(comments: Comments) -> None:
    for number in range(1, 6):
        await written(comments, number)
        await comments.change(HERE, f"comment_{number}", lambda it: it.join(joined()))
    await written(comments, 6)
    await written(comments, 7)
    await comments.change(HERE, "comment_7", lambda it: it.join(joined("account_2")))

    first = await comments.joined_to(HERE, "account_1", first=3, after=None)
    rest = await comments.joined_to(HERE, "account_1", first=3, after=first.cursors[-1])
    elsewhere = await comments.joined_to(THERE, "account_1", first=3, after=None)

    assert [it.id[-1] for it in first.items] == ["5", "4", "3"]
    assert [it.id[-1] for it in rest.items] == ["2", "1"]
    assert (first.has_next_page, rest.has_next_page) == (True, False)
    assert list(elsewhere.items) == []
    assert first.items[0].joined == joined()


async def test_a_comment_is_found_by_its_last_link_in_its_community(comments: Comments) -> None:
    there = await written(comments, 1)
    await comments.change(
        HERE, there.id, lambda it: it.request_reply("马上去", by="account_1", at=AT)
    )
    link = JoinLink("mark_1", AT + timedelta(days=30))
    sent = await comments.change(HERE, there.id, lambda it: sending.start(it, AT, link))

    assert await comments.of_join_mark(HERE, "mark_1") == sent
    assert sent.join_link == link
    assert await comments.of_join_mark(THERE, "mark_1") is None
    assert await comments.of_join_mark(HERE, "mark_2") is None


async def test_what_is_joined_under_another_pseudonym_is_found(comments: Comments) -> None:
    for number in (1, 2, 3):
        await written(comments, number)
    await comments.change(HERE, "comment_1", lambda it: it.join(joined()))
    await comments.change(HERE, "comment_2", lambda it: it.join(joined(person_key=None)))

    assert await comments.joined_but_not_under(HERE, "account_1", "person_verified") == [
        "comment_2"
    ]
    assert await comments.joined_but_not_under(HERE, "account_1", None) == ["comment_1"]
    assert await comments.joined_but_not_under(THERE, "account_1", None) == []


async def test_a_commenter_is_met_once(commenters: Commenters) -> None:
    met = await commenters.add(commenter(1))
    again = await commenters.change(HERE, met.id, lambda it: it.recognise("mark_1", AT))

    assert await commenters.add(commenter(1)) == again
    assert await commenters.find(HERE, met.id) == again
    assert await commenters.find(THERE, met.id) is None
    with pytest.raises(CommenterNotFound):
        await commenters.change(THERE, met.id, lambda it: it.settle())


async def test_a_persons_commenters_are_found_by_union_and_by_account(
    commenters: Commenters,
) -> None:
    for number in (1, 2, 3):
        await commenters.add(commenter(number))
    await commenters.add(commenter(4, THERE))
    for community_id, number in ((HERE, 1), (HERE, 2), (THERE, 4)):
        await commenters.change(
            community_id, f"commenter_{number}", lambda it: it.recognise("mark_1", AT)
        )
    await commenters.change(HERE, "commenter_3", lambda it: it.join(joined()))

    of_union = await commenters.of_union(HERE, "mark_1")
    assert sorted(it.id for it in of_union) == ["commenter_1", "commenter_2"]
    assert await commenters.of_union(HERE, "mark_2") == []
    assert [it.id for it in await commenters.joined_to(HERE, "account_1")] == ["commenter_3"]
    assert await commenters.joined_to(THERE, "account_1") == []


async def test_due_commenters_are_found_longest_due_first(commenters: Commenters) -> None:
    await commenters.add(commenter(2))
    await commenters.add(commenter(1, THERE))
    await commenters.add(commenter(3, has_openid=False))
    await commenters.add(commenter(9))

    due = await commenters.due(AT + timedelta(minutes=5), limit=10)
    bounded = await commenters.due(AT + timedelta(minutes=5), limit=1)

    assert [it.id for it in due] == ["commenter_1", "commenter_2"]
    assert [it.id for it in bounded] == ["commenter_1"]


async def test_accounts_are_found_by_union(accounts: BoundAccounts) -> None:
    async def bound(account_id: str, community_id: str, union_mark: str | None) -> None:
        await accounts.add(BoundAccount(id=account_id, community_id=community_id))
        after = await accounts.change(
            community_id,
            account_id,
            lambda it: it.bind(
                "household_1",
                person_key="person_1",
                union_mark=union_mark,
                at=AT,
                sequence=1,
            ),
        )
        assert await accounts.find(community_id, account_id) == after

    await bound("account_2", HERE, "mark_1")
    await bound("account_1", HERE, "mark_1")
    await bound("account_3", HERE, None)
    await bound("account_4", THERE, "mark_1")

    assert [it.id for it in await accounts.of_union(HERE, "mark_1")] == ["account_1", "account_2"]
    assert await accounts.find(THERE, "account_1") is None
    with pytest.raises(BoundAccountNotFound):
        await accounts.change(THERE, "account_1", lambda it: it.unbind("household_1", AT))
