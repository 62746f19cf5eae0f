"""Know that the person of an account is a certain resident."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.logins.bindings_in_reach import BindingsInReach
from residents.application.logins.ports import (
    ArchivePeople,
    Pseudonyms,
    ResidentClaims,
    UnknownClaim,
)
from residents.application.ports import Accounts, Now
from residents.application.repeats import outcome_of_repeat
from residents.domain.account import Account
from residents.domain.errors import AccountNotFound
from residents.domain.logins.binding import Binding, VerifiedAs
from residents.domain.logins.binding_rules import binding_of, verify_binding
from residents.domain.logins.errors import (
    BindingNotFound,
    ResidentAlreadyClaimed,
    ResidentOfAnotherHousehold,
)
from residents.domain.logins.permissions import VERIFY_BINDING
from residents.domain.logins.resident_claim import ClaimHolder, ResidentClaim
from residents.domain.roles import Actor


@dataclass(frozen=True)
class VerifyBinding:
    """Two writes: the resident is claimed for the binding, then the binding is verified.

    After a crash between them the same verification goes on. A claim whose binding was refused,
    revoked or verified as somebody else is void: the next one takes its place.
    """

    accounts: Accounts
    in_reach: BindingsInReach
    claims: ResidentClaims
    archive: ArchivePeople
    pseudonyms: Pseudonyms
    now: Now

    async def __call__(
        self, actor: Actor, binding_id: str, resident_id: str | None, *, request: Request
    ) -> Account:
        """Verify it.

        Args:
            resident_id: who it is; None for somebody whom the archive does not have yet.

        Raises: Forbidden; BindingNotFound; VerifyingOneself; BindingDecided; HouseholdNotFound;
            ResidentNotFound; ResidentOfAnotherHousehold; ResidentAlreadyClaimed; RequestIdReused.
        Emits: account.bound v1; the archive then has the resident verified.
        """
        demand(actor, VERIFY_BINDING)
        account = await self.in_reach.account_with(actor, binding_id)
        place = account.community_id, account.id
        if done := await outcome_of_repeat(self.accounts, *place, request):
            return done
        at, by = self.now(), actor.account_id
        binding = binding_of(account, binding_id)
        resident = await self._resident(account, binding, resident_id)
        # Whatever the last write would refuse is refused before the first.
        verify_binding(account, binding_id, resident, by=by, at=at)
        await self._claim(account, ClaimHolder(account.id, binding_id), resident.resident_id)
        return await self.accounts.change(
            *place,
            lambda account: verify_binding(account, binding_id, resident, by=by, at=at),
            request=request,
        )

    async def _resident(
        self, account: Account, binding: Binding, resident_id: str | None
    ) -> VerifiedAs:
        household_id = binding.place.household_id
        await self.archive.place(account.community_id, household_id)
        if resident_id is None:
            new_id = self.pseudonyms.new_resident_id(binding.id)
            return VerifiedAs(new_id, self.pseudonyms.person_key(new_id), is_new=True)
        found = await self.archive.member(account.community_id, resident_id)
        if found.household_id != household_id:
            raise ResidentOfAnotherHousehold
        return VerifiedAs(found.resident_id, found.person_key, is_new=False)

    async def _claim(self, account: Account, holder: ClaimHolder, resident_id: str) -> None:
        community_id = account.community_id
        claim_id = self.pseudonyms.claim_id(community_id, resident_id)
        claim = await self.claims.add(
            ResidentClaim(
                id=claim_id, community_id=community_id, resident_id=resident_id, holder=holder
            )
        )
        if claim.holder == holder:
            return
        if not claim.is_void(await self._binding_of(community_id, claim.holder)):
            raise ResidentAlreadyClaimed
        await self.claims.change(
            community_id,
            claim_id,
            lambda held: held.hold(holder, instead_of=claim.holder),
        )

    async def _binding_of(self, community_id: str, holder: ClaimHolder) -> Binding | None:
        try:
            account = await self.accounts.get(community_id, holder.account_id)
            return binding_of(account, holder.binding_id)
        except (AccountNotFound, BindingNotFound):
            return None


async def holder_of(
    claims: ResidentClaims, pseudonyms: Pseudonyms, community_id: str, resident_id: str
) -> ClaimHolder | None:
    """Who claimed a resident, rightly or not any more."""
    try:
        claim = await claims.get(community_id, pseudonyms.claim_id(community_id, resident_id))
    except UnknownClaim:
        return None
    return claim.holder
