"""Show a resident's contact, for a reason, after writing down that it is shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.hourly_limit import HourlyLimit
from residents.application.ports import Now
from residents.application.privacy.ports import AuditTrail
from residents.application.privacy.reach import Reach
from residents.application.privacy.reveal_ports import (
    Contact,
    NewShowing,
    Reveals,
)
from residents.domain.archive.errors import ResidentNotFound
from residents.domain.archive.residents import Resident
from residents.domain.hourly_counts import HourlyLimitReached
from residents.domain.privacy.audit import AuditAct, AuditAction
from residents.domain.privacy.errors import RevealLimitReached, RevealNotFound
from residents.domain.privacy.permissions import REVEAL_CONTACT
from residents.domain.privacy.reveals import Reveal, RevealReason, checked_note
from residents.domain.roles import Actor, Role


class NewReveal(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for, and the id that belongs to this request."""

    reveal_id: str
    resident_id: str
    reason: RevealReason
    note: str


class Shown(msgspec.Struct, frozen=True):
    """A reveal, and the contact while it has not expired."""

    reveal: Reveal
    contact: Contact | None
    is_expired: bool


@dataclass(frozen=True)
class RevealContact:
    """Counted, written into the trail, kept, shown, in this order: each once a request."""

    reveals: Reveals
    limit: HourlyLimit
    reach: Reach
    trail: AuditTrail
    lifetime: timedelta
    new_showing: NewShowing
    now: Now

    async def __call__(self, actor: Actor, new: NewReveal, *, request: Request) -> Shown:
        """A repeat shows the contact again, for as long as the first has not expired.

        Raises: ResidentNotFound; RevealReasonRequired; RevealLimitReached; RequestIdReused.
        """
        demand(actor, REVEAL_CONTACT)
        resident, role = await self.reach.resident(actor, new.resident_id, REVEAL_CONTACT)
        reveal = self._reveal(actor, new, resident, role)
        if await self._is_there(actor, new.reveal_id):
            first = await self.reveals.add(reveal, request=request)
            return await self._again(actor, first, resident)
        await self._count(actor, reveal)
        await self.trail.append(_act(reveal, AuditAction.REVEAL, reveal.id, reveal.revealed_at))
        kept = await self.reveals.add(reveal, request=request)
        return Shown(kept, _contact(resident), is_expired=False)

    async def read(self, actor: Actor, reveal_id: str) -> Shown:
        """The contact once more; each reading is an entry of its own.

        Raises: RevealNotFound, also for another account's and another session's.
        """
        demand(actor, REVEAL_CONTACT)
        reveal = await self.reveals.get(actor.community_id, reveal_id)
        if not reveal.is_for(actor):
            raise RevealNotFound
        if reveal.has_expired(self.now()):
            return Shown(reveal, None, is_expired=True)
        try:
            resident, _ = await self.reach.resident(actor, reveal.resident_id, REVEAL_CONTACT)
        except ResidentNotFound:
            return Shown(reveal, None, is_expired=False)
        return await self._again(actor, reveal, resident)

    def _reveal(self, actor: Actor, new: NewReveal, resident: Resident, role: Role) -> Reveal:
        at = self.now()
        return Reveal(
            id=new.reveal_id,
            community_id=actor.community_id,
            account_id=actor.account_id,
            session_id=actor.session_id,
            by_role=role,
            resident_id=resident.id,
            person_key=resident.person_key,
            reason=new.reason,
            note=checked_note(new.reason, new.note, is_own=role is Role.RESIDENT),
            revealed_at=at,
            expires_at=at + self.lifetime,
        )

    async def _is_there(self, actor: Actor, reveal_id: str) -> bool:
        return (await self.reveals.get_many(actor.community_id, [reveal_id]))[0] is not None

    async def _count(self, actor: Actor, reveal: Reveal) -> None:
        try:
            await self.limit.count(actor, reveal.id, reveal.revealed_at)
        except HourlyLimitReached as reached:
            raise RevealLimitReached(reached.again_at) from None

    async def _again(self, actor: Actor, reveal: Reveal, resident: Resident) -> Shown:
        at = self.now()
        is_expired = reveal.has_expired(at)
        if is_expired or not reveal.is_for(actor):
            return Shown(reveal, None, is_expired=is_expired)
        act = _act(reveal, AuditAction.REVEAL_SHOWN, self.new_showing(), at)
        await self.trail.append(act)
        return Shown(reveal, _contact(resident), is_expired=False)


def _act(reveal: Reveal, action: AuditAction, source_id: str, at: datetime) -> AuditAct:
    return AuditAct(
        community_id=reveal.community_id,
        actor_account_id=reveal.account_id,
        action=action,
        subject=reveal.resident_id,
        purpose=reveal.reason,
        source_id=source_id,
        at=at,
    )


def _contact(resident: Resident) -> Contact | None:
    facts = resident.facts
    return Contact(facts.name, facts.phone, facts.birth_date) if facts else None
