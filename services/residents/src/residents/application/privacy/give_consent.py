"""Agree to a purpose: by oneself, or at the counter, where staff write down how it was said."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.archive.ports import Today
from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.application.privacy.consent_ports import ConsentBooks, NothingSaid
from residents.application.privacy.reach import Reach
from residents.domain.privacy.consents import ConsentChannel, Consents, Said
from residents.domain.privacy.errors import ConsentChannelInvalid, PolicyNotCurrent
from residents.domain.privacy.permissions import CONSENTS_AT_THE_COUNTER, OWN_CONSENTS
from residents.domain.privacy.policies import current_policy
from residents.domain.privacy.purposes import Purpose
from residents.domain.roles import Actor


@dataclass(frozen=True)
class GiveConsent:
    """To the text that counts today, and that the person was shown."""

    books: ConsentBooks
    reach: Reach
    today: Today
    now: Now

    async def own(
        self, actor: Actor, purpose: Purpose, policy_version: int, *, request: Request
    ) -> Consents:
        """Raises: PolicyNotCurrent; ConsentChangedTooOften; RequestIdReused."""
        demand(actor, OWN_CONSENTS)
        said = Said(ConsentChannel.ONLINE, actor.account_id, self.now())
        return await self._give(actor, actor.account_id, purpose, policy_version, said, request)

    async def at_the_counter(
        self, actor: Actor, resident_id: str, purpose: Purpose, policy_version: int,
        channel: ConsentChannel, *, request: Request,
    ) -> Consents:  # fmt: skip
        """Raises: ResidentNotFound; ConsentChannelInvalid; as `own`."""
        demand(actor, CONSENTS_AT_THE_COUNTER)
        if channel is ConsentChannel.ONLINE:
            raise ConsentChannelInvalid
        await self.reach.resident(actor, resident_id, CONSENTS_AT_THE_COUNTER)
        said = Said(channel, actor.account_id, self.now())
        return await self._give(actor, resident_id, purpose, policy_version, said, request)

    async def _give(
        self, actor: Actor, subject_id: str, purpose: Purpose, policy_version: int, said: Said,
        request: Request,
    ) -> Consents:  # fmt: skip
        if policy_version != current_policy(purpose, self.today()).version:
            raise PolicyNotCurrent
        community_id = actor.community_id
        book_id = self.books.id_of(community_id, subject_id, purpose)
        try:
            await self.books.get(community_id, book_id)
        except NothingSaid:
            await self.books.add(
                Consents(
                    id=book_id, community_id=community_id, subject_id=subject_id, purpose=purpose
                )
            )
        return await self.books.change(
            community_id, book_id, lambda book: book.give(policy_version, said), request=request
        )
