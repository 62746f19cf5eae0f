"""What lies in the store: nothing of a person or a secret in clear."""

from datetime import UTC, datetime

import msgspec
import pytest
from chassis.encryption import SecretBox, WrappingKeys
from chassis.mongo import Store
from chassis.person_keys import PersonKeys
from chassis.rewrapping import Rewrapping
from outreach.adapters.mongo_channels import MongoChannels
from outreach.adapters.mongo_comments import MongoComments
from outreach.adapters.sealed_channels import ACCOUNT_SECRETS, SECRETS
from outreach.domain.channels import Channel, ChannelKind, OfficialAccount
from outreach.domain.comments import CommentSource, Words, receive
from outreach.domain.errors import CommentDeleted, PersonErased

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HERE = "community_here"
COMMENT, EVENTS = receive(
    comment_id="comment_1",
    community_id=HERE,
    channel_id="channel_1",
    source=CommentSource.MESSAGE,
    person_key="person_1",
    openid="oyORnuP8q7ou2gfYjqLzSIWZf0rs",
    words=Words(text="3-2-501 电话13800138000", redacted_text="[门牌] 电话[电话]", text_mark="m"),
    commented_at=AT,
    at=AT,
)


async def bytes_at_rest(store: Store, collection: str) -> bytes:
    found = await store.collection(collection).find({})
    assert found
    return msgspec.msgpack.encode([_plain(document) for document in found])


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, bytes | str | int | None) else str(value)


async def test_no_words_openid_or_reply_lie_in_clear(store: Store, person_keys: PersonKeys) -> None:
    comments = MongoComments(store, person_keys)
    await comments.add(COMMENT, EVENTS)
    await comments.change(
        HERE, "comment_1", lambda it: it.request_reply("打13900139000", by="account_1", at=AT)
    )

    lying = await bytes_at_rest(store, "comments")

    assert "[门牌] 电话[电话]".encode() in lying
    for canary in ("3-2-501", "13800138000", "oyORnuP8q7ou2gfYjqLzSIWZf0rs", "13900139000"):
        assert canary.encode() not in lying


async def test_a_destroyed_key_erases_the_words_and_leaves_the_comment(
    store: Store, person_keys: PersonKeys
) -> None:
    comments = MongoComments(store, person_keys)
    await comments.add(COMMENT, EVENTS)

    await person_keys.destroy("person_1")
    erased = await comments.get(HERE, "comment_1")

    assert (erased.text, erased.openid) == (None, None)
    assert erased.redacted_text == "[门牌] 电话[电话]"
    with pytest.raises(PersonErased):
        await comments.add(msgspec.structs.replace(COMMENT, id="comment_2"), EVENTS)
    with pytest.raises(CommentDeleted):
        await comments.change(
            HERE, "comment_1", lambda it: it.request_reply("好", by="account_1", at=AT)
        )


async def test_no_secret_of_a_channel_lies_in_clear(
    store: Store, wrapping_keys: WrappingKeys
) -> None:
    account = OfficialAccount(
        app_id="wx2c2769f8efd9abc2",
        original_id="gh_10f6c3c3ac5a",
        app_secret="0123456789abcdef0123456789abcdef",
        callback_token="spamtest",
        encoding_aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    )
    channels = MongoChannels(store, SecretBox(wrapping_keys))
    await channels.add(
        Channel.register(
            channel_id="channel_1",
            community_id=HERE,
            kind=ChannelKind.OFFICIAL_ACCOUNT,
            name="八家庄社区",
            official_account=account,
            at=AT,
            by="account_1",
        )
    )

    lying = await bytes_at_rest(store, "channels")

    assert b"wx2c2769f8efd9abc2" in lying
    for secret in (account.app_secret, account.callback_token, account.encoding_aes_key):
        assert secret.encode() not in lying


async def test_after_rewrapping_an_accounts_secrets_open_without_the_old_key(store: Store) -> None:
    old, new = {"old": b"o" * 32}, {"new": b"n" * 32}
    account = OfficialAccount(
        app_id="wx2c2769f8efd9abc2",
        original_id="gh_10f6c3c3ac5a",
        app_secret="0123456789abcdef0123456789abcdef",
        callback_token="spamtest",
        encoding_aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    )
    channel = Channel(
        id="channel_1",
        community_id=HERE,
        kind=ChannelKind.OFFICIAL_ACCOUNT,
        name="八家庄",
        official_account=account,
        registered_at=AT,
        registered_by="account_1",
    )
    await MongoChannels(store, SecretBox(WrappingKeys(old))).add(channel)
    both = WrappingKeys(new | old)
    people = PersonKeys(store, both, now=lambda: AT)

    done = await Rewrapping(store, both, people, secrets=(ACCOUNT_SECRETS,))()

    assert done.secrets == len(SECRETS)
    kept = await MongoChannels(store, SecretBox(WrappingKeys(new))).get(HERE, channel.id)
    assert kept.official_account == account
