"""Seals the secrets of a channel's official account on their way to the store."""

from collections.abc import Mapping, Sequence
from typing import Any

from chassis.encryption import SecretBox
from chassis.rewrapping import SealedSecrets, Secret

Document = dict[str, Any]
SECRETS = ("app_secret", "callback_token", "encoding_aes_key")
ACCOUNT_SLOT = "account_slot"
"""Unique in a community: an account's n-th registration, or the channel itself where there is
none. It never changes: the embedded store does not free a unique key that a document gave up."""


class SealedChannels:
    """A codec for the channels: what WeChat gave us in confidence is never stored in clear."""

    def __init__(self, box: SecretBox) -> None:
        self._box = box

    async def encode(self, document: Document) -> Document:
        """Seal, and name the slot."""
        account = document["official_account"]
        document[ACCOUNT_SLOT] = document["_id"]
        if account is not None:
            document[ACCOUNT_SLOT] = f"{account['app_id']} {document['registration']}"
            for secret in SECRETS:
                account[secret] = self._box.seal(
                    _place(document["_id"], secret), account[secret].encode()
                )
        return document

    async def encode_many(self, documents: Sequence[Document]) -> list[Document]:
        """Seal many."""
        return [await self.encode(document) for document in documents]

    async def decode(self, documents: Sequence[Document]) -> list[Document]:
        """Open what was sealed for this very channel and field."""
        return [self._opened(document) for document in documents]

    def _opened(self, document: Document) -> Document:
        account = document["official_account"]
        if account is not None:
            for secret in SECRETS:
                account[secret] = self._box.open(
                    _place(document["_id"], secret), account[secret]
                ).decode()
        return document


def _place(channel_id: str, secret: str) -> str:
    return f"{channel_id}.{secret}"


def _account_secrets(channel: Mapping[str, Any]) -> list[Secret]:
    account = channel["official_account"]
    if account is None:
        return []
    return [
        Secret(f"official_account.{name}", _place(channel["_id"], name), account[name])
        for name in SECRETS
    ]


ACCOUNT_SECRETS = SealedSecrets("channels", _account_secrets)
