"""Take consent back, wherever it was given: what a person agreed to at the counter, too."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.application.privacy.consent_ports import ConsentBooks, NothingSaid
from residents.application.privacy.consent_reading import PersonSubjects
from residents.application.privacy.reach import Reach
from residents.domain.privacy.consents import ConsentChannel, Consents, Said
from residents.domain.privacy.errors import ConsentChannelInvalid, ConsentNotFound
from residents.domain.privacy.permissions import CONSENTS_AT_THE_COUNTER, OWN_CONSENTS
from residents.domain.privacy.purposes import Purpose
from residents.domain.roles import Actor


@dataclass(frozen=True)
class WithdrawConsent:
    """As easy as giving it. One write for each name under which it stands, each done once."""

    books: ConsentBooks
    subjects: PersonSubjects
    reach: Reach
    now: Now

    async def own(self, actor: Actor, purpose: Purpose, *, request: Request) -> Consents:
        """Raises: ConsentNotFound; RequestIdReused. Emits: consent.withdrawn v1."""
        demand(actor, OWN_CONSENTS)
        subjects = await self.subjects.of_account(actor.community_id, actor.account_id)
        said = Said(ConsentChannel.ONLINE, actor.account_id, self.now())
        return await self._withdraw(actor.community_id, subjects, purpose, said, request)

    async def at_the_counter(
        self, actor: Actor, resident_id: str, purpose: Purpose, channel: ConsentChannel, *,
        request: Request,
    ) -> Consents:  # fmt: skip
        """Raises: ResidentNotFound; ConsentChannelInvalid; as `own`. Emits: as `own`."""
        demand(actor, CONSENTS_AT_THE_COUNTER)
        if channel is ConsentChannel.ONLINE:
            raise ConsentChannelInvalid
        await self.reach.resident(actor, resident_id, CONSENTS_AT_THE_COUNTER)
        subjects = await self.subjects.of_resident(actor.community_id, resident_id)
        said = Said(channel, actor.account_id, self.now())
        return await self._withdraw(actor.community_id, subjects, purpose, said, request)

    async def _withdraw(
        self, community_id: str, subjects: Sequence[str], purpose: Purpose, said: Said,
        request: Request,
    ) -> Consents:  # fmt: skip
        withdrawn = None
        for subject_id in subjects:
            book_id = self.books.id_of(community_id, subject_id, purpose)
            try:
                book = await self.books.change(
                    community_id, book_id, lambda book: book.withdraw(said), request=request
                )
            except (NothingSaid, ConsentNotFound):
                continue
            withdrawn = withdrawn or book
        if withdrawn is None:
            raise ConsentNotFound
        return withdrawn
