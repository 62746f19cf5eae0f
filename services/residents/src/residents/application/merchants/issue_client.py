"""Give a merchant's system an id and a secret."""

from dataclasses import dataclass

import msgspec
from chassis.errors import BadUserInput
from chassis.requests import Request

from residents.application.authorisation import demand_for_all
from residents.application.merchants.ports import KnownMerchants, MerchantClients
from residents.application.ports import NewSecret, Now, Passwords
from residents.domain.merchants.errors import MerchantNotApproved, MerchantNotFound
from residents.domain.merchants.merchant_client import KINDS, MerchantClient
from residents.domain.merchants.permissions import ISSUE_MERCHANT_CLIENT
from residents.domain.roles import Actor
from residents.domain.session import Client


class NewClient(msgspec.Struct, frozen=True):
    """What is wanted, and the id that belongs to the request."""

    client_id: str
    merchant_id: str
    kind: Client


class Issued(msgspec.Struct, frozen=True):
    """The client. `secret` is None for a repeat: it was shown once and is kept by nobody."""

    client: MerchantClient
    secret: str | None


@dataclass(frozen=True)
class IssueClient:
    """Whoever lost the secret revokes the client and has another made."""

    clients: MerchantClients
    merchants: KnownMerchants
    passwords: Passwords
    new_secret: NewSecret
    now: Now

    async def check(self, actor: Actor, new: NewClient) -> None:
        """Say whether one can be made; nothing is written.

        Raises: Forbidden; MerchantNotFound; MerchantNotApproved.
        """
        demand_for_all(actor, ISSUE_MERCHANT_CLIENT)
        merchant = await self.merchants.get(actor.community_id, new.merchant_id)
        if merchant is None:
            raise MerchantNotFound
        if not merchant.is_approved:
            raise MerchantNotApproved

    async def __call__(self, actor: Actor, new: NewClient, *, request: Request) -> Issued:
        """Make it; a repeat is given it without the secret, whatever has happened since.

        Raises: Forbidden; BadUserInput for another kind; MerchantNotFound; MerchantNotApproved;
            RequestIdReused.
        """
        demand_for_all(actor, ISSUE_MERCHANT_CLIENT)
        if new.kind not in KINDS:
            raise BadUserInput(input_name="kind")
        (there,) = await self.clients.get_many(actor.community_id, [new.client_id])
        if there is not None:
            return Issued(await self.clients.add(there, request=request), None)
        await self.check(actor, new)
        secret = self.new_secret()
        client = MerchantClient(
            id=new.client_id,
            community_id=actor.community_id,
            merchant_id=new.merchant_id,
            kind=new.kind,
            secret_hash=await self.passwords.hash(secret),
            issued_at=self.now(),
            issued_by=actor.account_id,
        )
        stored = await self.clients.add(client, request=request)
        return Issued(stored, secret if stored.secret_hash == client.secret_hash else None)
