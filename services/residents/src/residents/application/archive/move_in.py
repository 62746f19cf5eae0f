"""Somebody moves into a household, by a clerk's word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from chassis.requests import Request

from residents.application.archive.enter_person import EnterPerson, NewPerson
from residents.application.archive.ports import Today
from residents.application.archive.reading import ArchiveReading
from residents.application.authorisation import demand
from residents.domain.archive.errors import HouseholdNotFound
from residents.domain.archive.fact_checks import checked_facts, checked_identity_number
from residents.domain.archive.marks import KeyedHash, identity_mark
from residents.domain.archive.people import Gender
from residents.domain.archive.permissions import MOVE_IN
from residents.domain.archive.reach import governs_estate
from residents.domain.archive.residents import Resident
from residents.domain.roles import Actor


class PersonTyped(msgspec.Struct, frozen=True, kw_only=True):
    """What a clerk types of a person; the identity number is kept as a mark alone."""

    name: str
    phone: str | None = None
    birth_date: date | None = None
    gender: Gender | None = None
    relation: str | None = None
    tags: Sequence[str] = ()
    identity_number: str | None = None


@dataclass(frozen=True)
class MoveIn:
    """For the office, within the estates that it keeps."""

    reading: ArchiveReading
    enter_person: EnterPerson
    keyed_hash: KeyedHash
    today: Today

    async def __call__(
        self, actor: Actor, *, resident_id: str, household_id: str, person: PersonTyped,
        since: date | None, request: Request,
    ) -> Resident:  # fmt: skip
        """Enter somebody; who moved out comes back under their old id.

        Args:
            resident_id: the id of who is new, derived from the caller and the request.
        Raises: HouseholdNotFound; PersonAlreadyHere; NameInvalid; PhoneInvalid;
            BirthDateInvalid; IdentityNumberInvalid; RelationInvalid; TagInvalid; MoveInFuture;
            MoveBeforeHome; RequestIdReused.
        Emits: resident.verified v1, or resident.moved v1 for who is back.
        """
        demand(actor, MOVE_IN)
        household = await self.reading.household(actor.community_id, household_id)
        if not governs_estate(actor, household.estate_id):
            raise HouseholdNotFound
        facts = checked_facts(
            name=person.name,
            phone=person.phone,
            birth_date=person.birth_date,
            gender=person.gender,
            relation=person.relation,
            tags=person.tags,
            today=self.today(),
        )
        number = checked_identity_number(person.identity_number, facts.birth_date)
        entered = NewPerson(
            resident_id=resident_id,
            community_id=actor.community_id,
            household_id=household.id,
            facts=facts,
            identity=identity_mark(number, self.keyed_hash) if number else None,
            since=since,
        )
        return await self.enter_person(entered, request=request)
