"""Know better what is known of somebody: facts, and tags."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from chassis.requests import Request
from msgspec import UNSET, UnsetType

from residents.application.archive.keeping import KeepFigures
from residents.application.archive.move import within_reach
from residents.application.archive.ports import Residents, Today
from residents.application.archive.reading import ArchiveReading
from residents.application.archive.recognise_person import RecognisePerson
from residents.application.authorisation import demand
from residents.application.ports import Now
from residents.domain.archive.errors import PersonAlreadyHere, ResidentNotFound
from residents.domain.archive.fact_checks import (
    checked_facts,
    checked_identity_number,
    checked_tags,
)
from residents.domain.archive.marks import (
    KeyedHash,
    identity_mark,
    marks_of,
    person_marks_of,
)
from residents.domain.archive.people import Gender, PersonFacts
from residents.domain.archive.permissions import CORRECT_RESIDENT, TAG_RESIDENT, UNTAG_RESIDENT
from residents.domain.archive.reach import governs_resident
from residents.domain.archive.residents import Outcome, Resident
from residents.domain.roles import Actor


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be different; what is not set stays as it is, and None takes it away."""

    name: str | UnsetType = UNSET
    phone: str | UnsetType | None = UNSET
    birth_date: date | UnsetType | None = UNSET
    gender: Gender | UnsetType | None = UNSET
    relation: str | UnsetType | None = UNSET
    identity_number: str | UnsetType = UNSET

    def facts(self, before: PersonFacts, today: date) -> PersonFacts:
        """The facts after it. Raises: see `checked_facts`."""
        return checked_facts(
            name=before.name if self.name is UNSET else self.name,
            phone=before.phone if self.phone is UNSET else self.phone,
            birth_date=before.birth_date if self.birth_date is UNSET else self.birth_date,
            gender=before.gender if self.gender is UNSET else self.gender,
            relation=before.relation if self.relation is UNSET else self.relation,
            tags=before.tags,
            today=today,
        )

    def identity(self, before: Resident, facts: PersonFacts, keyed_hash: KeyedHash) -> str | None:
        """The mark of the identity number after it. Raises: IdentityNumberInvalid."""
        if self.identity_number is UNSET:
            return before.identity_mark
        number = checked_identity_number(self.identity_number, facts.birth_date)
        return identity_mark(number, keyed_hash) if number else before.identity_mark


@dataclass(frozen=True)
class ChangeFacts:
    """Changes what is known of somebody whom the actor keeps the books of."""

    reading: ArchiveReading
    residents: Residents
    keep_figures: KeepFigures
    keyed_hash: KeyedHash
    today: Today
    now: Now

    async def __call__(
        self,
        actor: Actor,
        resident_id: str,
        better: Callable[[Resident, PersonFacts], tuple[PersonFacts, str | None]],
        request: Request,
    ) -> Resident:
        """Apply what gives the better facts and identity mark; ages are counted anew.

        Raises: ResidentNotFound; RequestIdReused; what `better` raises.
        """
        view = await self.reading.view(actor.community_id)

        def correct(before: Resident) -> Outcome:
            here = before.effective(view.edition)
            if here.facts is None:
                raise ResidentNotFound
            facts, identity = better(here, here.facts)
            marks = marks_of(
                facts, identity=identity, today=self.today(), keyed_hash=self.keyed_hash
            )
            return before.corrected(facts, marks, edition=view.edition, at=self.now())

        after = await self.residents.change(
            actor.community_id, resident_id, within_reach(actor, view, correct), request=request
        )
        if after.home is not None:
            await self.keep_figures(actor.community_id, [after.home.building_id])
        return after


@dataclass(frozen=True)
class CorrectResident:
    """A clerk knows better."""

    reading: ArchiveReading
    change_facts: ChangeFacts
    recognise: RecognisePerson
    keyed_hash: KeyedHash
    today: Today

    async def __call__(
        self, actor: Actor, *, resident_id: str, correction: Correction, request: Request
    ) -> Resident:
        """Correct what is known of somebody.

        Raises: ResidentNotFound; PersonAlreadyHere when it makes two of one person; NameInvalid;
            PhoneInvalid; BirthDateInvalid; IdentityNumberInvalid; RelationInvalid;
            RequestIdReused.
        """
        demand(actor, CORRECT_RESIDENT)
        who = await self._held(actor, resident_id, correction)

        def better(before: Resident, facts: PersonFacts) -> tuple[PersonFacts, str | None]:
            after = correction.facts(facts, self.today())
            return after, correction.identity(before, after, self.keyed_hash)

        after = await self.change_facts(actor, resident_id, better, request)
        await self.recognise.drop_coming(*who)
        return after

    async def _held(
        self, actor: Actor, resident_id: str, correction: Correction
    ) -> tuple[str, str, Sequence[str], str | None]:
        """Hold who they will be taken for.

        Returns: that person, by every mark.
        Raises: ResidentNotFound; PersonAlreadyHere.
        """
        (there,) = await self.reading.residents_by_id(actor.community_id, [resident_id])
        if there is None or there.facts is None or not governs_resident(actor, there):
            raise ResidentNotFound
        facts = correction.facts(there.facts, self.today())
        identity = correction.identity(there, facts, self.keyed_hash)
        marks = person_marks_of(facts, identity, self.keyed_hash)
        new = actor.community_id, resident_id, sorted(set(marks) - set(there.marks)), identity
        await self.recognise.hold(*new)
        for other in await self.recognise.others(*new):
            if other.lives_here:
                raise PersonAlreadyHere(other.id)
        # a repeat after a crash finds no mark that is new
        return actor.community_id, resident_id, marks, identity


@dataclass(frozen=True)
class TagResident:
    """Tags say what the office cares for; they are sensitive, and shown to nobody else."""

    change_facts: ChangeFacts

    async def add(self, actor: Actor, *, resident_id: str, tag: str, request: Request) -> Resident:
        """Give somebody a tag; once is enough.

        Raises: ResidentNotFound; TagInvalid; RequestIdReused.
        """
        demand(actor, TAG_RESIDENT)

        def better(before: Resident, facts: PersonFacts) -> tuple[PersonFacts, str | None]:
            tags = checked_tags((*facts.tags, tag))
            return msgspec.structs.replace(facts, tags=tags), before.identity_mark

        return await self.change_facts(actor, resident_id, better, request)

    async def remove(
        self, actor: Actor, *, resident_id: str, tag: str, request: Request
    ) -> Resident:
        """Take a tag away; one that is not there is gone already.

        Raises: ResidentNotFound; TagInvalid; RequestIdReused.
        """
        demand(actor, UNTAG_RESIDENT)
        gone = set(checked_tags([tag]))

        def better(before: Resident, facts: PersonFacts) -> tuple[PersonFacts, str | None]:
            tags = tuple(each for each in facts.tags if each not in gone)
            return msgspec.structs.replace(facts, tags=tags), before.identity_mark

        return await self.change_facts(actor, resident_id, better, request)
