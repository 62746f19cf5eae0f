"""A community in memory with merchants, whose systems ask for tokens."""

import itertools

from chassis.ids import derived_id
from chassis.requests import Request
from chassis.testing import REQUESTS
from residents.adapters.merchants.memory import MemoryKnownMerchants, MemoryMerchantClients
from residents.application.attempt_limits import Attempt
from residents.application.merchants.issue_client import Issued, NewClient
from residents.application.merchants.issue_token import ClientProof, ClientToken
from residents.application.merchants.merchant_clients import MerchantClientsRoom
from residents.domain.roles import Actor, Role, RoleGrant
from residents.domain.session import Client

from ..office import Office

HERE, THERE = derived_id("community", "here"), derived_id("community", "there")
MERCHANT, OTHER = derived_id("merchant", "1"), derived_id("merchant", "2")
SECRETARY = Actor("account_secretary", HERE, "", (RoleGrant(Role.SECRETARY),))
SCOPED = Actor("account_scoped", HERE, "", (RoleGrant(Role.SECRETARY, ("estate_1",)),))
AUDITOR = Actor("account_auditor", HERE, "", (RoleGrant(Role.AUDITOR),))
STRANGER = Actor("account_stranger", THERE, "", (RoleGrant(Role.SECRETARY),))


class Town(Office):
    """The use cases of merchants' clients."""

    def __init__(self) -> None:
        super().__init__()
        self.clients, self.merchants = MemoryMerchantClients(), MemoryKnownMerchants()
        self.room = MerchantClientsRoom(self.ports(), self.clients, self.merchants)
        self._times = itertools.count(1)

    def a_request(self, request_id: str = "r-1", **inputs: object) -> Request:
        return REQUESTS.request_for("anybody", request_id, **inputs)

    async def tell(
        self, merchant_id: str = MERCHANT, *, sequence: int = 1, is_approved: bool = True
    ) -> None:
        """Vouchers tells of a merchant."""
        await self.room.settle(HERE, merchant_id, sequence, is_approved=is_approved)

    async def issued(
        self, request_id: str = "r-1", *, by: Actor = SECRETARY, merchant_id: str = MERCHANT,
        kind: Client = Client.TILL,
    ) -> Issued:  # fmt: skip
        new = NewClient(derived_id("client", by.account_id, request_id), merchant_id, kind)
        request = REQUESTS.request_for(by.account_id, request_id, of=merchant_id, kind=kind)
        return await self.room.issue(by, new, request=request)

    async def token(
        self, client_id: str, secret: str | None, *, address: str = "10.0.0.1"
    ) -> ClientToken:
        """What a till does every ten minutes."""
        return await self.room.issue_token(
            ClientProof(client_id, secret or ""),
            attempt=Attempt(f"client {client_id}", f"address {address}"),
            session_id=derived_id("session", str(next(self._times))),
        )
