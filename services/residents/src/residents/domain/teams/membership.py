"""A person in a team: when they belonged to it, and the posts that they held in it.

One document for a person and a team, so that "not twice at a time" and "a post only while one
belongs to the team" are rules of one aggregate. Nothing of it is deleted: who was there, and who
held what, on any day is a question to it.
"""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from residents.domain.china_days import day_of
from residents.domain.events import Event
from residents.domain.naming import checked_name
from residents.domain.teams.appointment import Appointment
from residents.domain.teams.errors import (
    AppointmentNotFound,
    EndOutsideTerm,
    MembershipOverlaps,
    NotAMemberThen,
    PostHeldAlready,
    TooManyTerms,
)
from residents.domain.teams.events import TeamAppointed, TeamRelieved
from residents.domain.teams.person import MemberFacts, TeamPerson
from residents.domain.teams.posts import TeamKind, check_post
from residents.domain.teams.team import Team
from residents.domain.teams.terms import Term
from residents.domain.teams.wording import checked_reason

MOST_TERMS = 50
Changed = tuple["Membership", tuple[Event, ...]]


class Spell(msgspec.Struct, frozen=True):
    """One time of belonging to the team.

    Attributes:
        title: what the person does in it, as the team words it.
    """

    term: Term
    title: str


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """Made empty and once; joining is a change of it.

    Attributes:
        person_id: who it is, the same in every team.
        person_key: whose key locks the facts.
        facts: None once the person was erased.
        has_posts: whether there is or was an appointment; for the index.
    """

    id: str
    community_id: str
    team_id: str
    kind: TeamKind
    person_id: str
    account_id: str | None
    resident_id: str | None
    person_key: str
    facts: MemberFacts | None
    spells: tuple[Spell, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    has_posts: bool = False
    created_at: datetime
    version: int = 0

    @classmethod
    def empty(
        cls, membership_id: str, *, team: Team, person: TeamPerson, at: datetime
    ) -> "Membership":
        """Nobody's membership yet: there to be joined."""
        return cls(
            id=membership_id,
            community_id=team.community_id,
            team_id=team.id,
            kind=team.kind,
            person_id=person.person_id,
            account_id=person.account_id,
            resident_id=person.resident_id,
            person_key=person.person_key,
            facts=MemberFacts(name=person.name, birth_date=person.birth_date),
            created_at=at,
        )

    def belongs_on(self, day: date) -> bool:
        """Whether the person is in the team on that day."""
        return any(spell.term.includes(day) for spell in self.spells)

    def posts_on(self, day: date) -> tuple[Appointment, ...]:
        """The posts held on that day."""
        return tuple(each for each in self.appointments if each.stands_on(day))

    def appointment(self, appointment_id: str) -> Appointment:
        """Raises: AppointmentNotFound."""
        for each in self.appointments:
            if each.id == appointment_id:
                return each
        raise AppointmentNotFound

    def join(self, term: Term, title: str, birth_date: date | None) -> Changed:
        """Belong to the team for a time.

        Args:
            birth_date: as now known; None leaves what was known.
        Raises: MembershipOverlaps; NameInvalid; TooManyTerms.
        """
        if any(spell.term.overlaps(term) for spell in self.spells):
            raise MembershipOverlaps
        _check_room(self.spells)
        spells = (*self.spells, Spell(term, checked_name(title)))
        facts = self.facts
        if facts is not None and birth_date is not None:
            facts = msgspec.structs.replace(facts, birth_date=birth_date)
        return msgspec.structs.replace(self, spells=spells, facts=facts), ()

    def leave(self, on: date, at: datetime) -> Changed:
        """Belong to the team until that day, and hold its posts no longer than that.

        Raises: NotAMemberThen.
        Emits: team.relieved v1 for each post that was to be held longer.
        """
        if not self.belongs_on(on):
            raise NotAMemberThen
        spells = tuple(
            Spell(spell.term.ending(on), spell.title) if spell.term.includes(on) else spell
            for spell in self.spells
        )
        left = msgspec.structs.replace(self, spells=spells)
        return left._without_posts_outside(at)

    def end_with_team(self, last_day: date, at: datetime) -> Changed:
        """Belong to no team that is no more: nothing lasts longer than the team did."""
        spells = tuple(
            msgspec.structs.replace(spell, term=_until(spell.term, last_day))
            for spell in self.spells
        )
        return msgspec.structs.replace(self, spells=spells)._without_posts_outside(at)

    def appoint(self, appointment: Appointment) -> Changed:
        """Give a post for a term within the time in the team.

        Raises: PostNotInTeam; StewardWithoutEstates; EstatesOnlyForStewards; NotAMemberThen;
            PostHeldAlready; TooManyTerms.
        Emits: team.appointed v1.
        """
        check_post(self.kind, appointment.post, appointment.estate_ids)
        if not any(spell.term.contains(appointment.term) for spell in self.spells):
            raise NotAMemberThen
        for held in self.appointments:
            if held.post is appointment.post and held.term.overlaps(appointment.term):
                raise PostHeldAlready
        _check_room(self.appointments)
        appointed = msgspec.structs.replace(
            self, appointments=(*self.appointments, appointment), has_posts=True
        )
        return appointed, (appointed._appointed(appointment),)

    def relieve(self, appointment_id: str, on: date, reason: str, at: datetime) -> Changed:
        """End a term early; one that has not begun may be called off by an earlier day.

        Args:
            on: the last day of it.
        Raises: AppointmentNotFound; EndOutsideTerm; ReasonMissing.
        Emits: team.relieved v1.
        """
        held = self.appointment(appointment_id)
        why = checked_reason(reason)
        not_begun = day_of(at) < held.term.from_day
        if not held.term.includes(on) and not (not_begun and on < held.term.from_day):
            raise EndOutsideTerm
        relieved, events = self._cut({appointment_id: on}, at)
        if self.facts is None:
            return relieved, events
        reasons = {**self.facts.reasons, appointment_id: why}
        facts = msgspec.structs.replace(self.facts, reasons=reasons)
        return msgspec.structs.replace(relieved, facts=facts), events

    def _without_posts_outside(self, at: datetime) -> Changed:
        """Cut the terms that reach beyond the time in the team."""
        cut = {}
        for held in self.appointments:
            if held.term.is_empty or any(s.term.contains(held.term) for s in self.spells):
                continue
            ends = [s.term.until_day for s in self.spells if s.term.includes(held.term.from_day)]
            cut[held.id] = (ends[0] if ends else None) or date.min
        return self._cut(cut, at)

    def _cut(self, last_days: dict[str, date], at: datetime) -> Changed:
        appointments = tuple(
            msgspec.structs.replace(
                held, term=_until(held.term, last_days[held.id]), relieved_at=at
            )
            if held.id in last_days
            else held
            for held in self.appointments
        )
        cut = msgspec.structs.replace(self, appointments=appointments)
        return cut, tuple(cut._relieved(each) for each in appointments if each.id in last_days)

    def _appointed(self, appointment: Appointment) -> TeamAppointed:
        return TeamAppointed(
            community_id=self.community_id,
            team_id=self.team_id,
            appointment_id=appointment.id,
            kind=self.kind.value,
            post=appointment.post.value,
            account_id=appointment.account_id,
            estate_ids=appointment.estate_ids,
            from_day=appointment.term.from_day,
            until_day=appointment.term.until_day,
            appointed_at=appointment.appointed_at,
        )

    def _relieved(self, appointment: Appointment) -> TeamRelieved:
        assert appointment.term.until_day is not None  # noqa: S101 - for the type checker
        assert appointment.relieved_at is not None  # noqa: S101 - for the type checker
        return TeamRelieved(
            community_id=self.community_id,
            team_id=self.team_id,
            appointment_id=appointment.id,
            kind=self.kind.value,
            post=appointment.post.value,
            account_id=appointment.account_id,
            until_day=appointment.term.until_day,
            relieved_at=appointment.relieved_at,
        )


def membership_facts(membership: Membership) -> tuple[Event, ...]:
    """What there is to say of a membership as it now is, to somebody who heard nothing yet."""
    told: list[Event] = []
    for each in membership.appointments:
        told.append(membership._appointed(each))
        if each.relieved_at is not None:
            told.append(membership._relieved(each))
    return tuple(told)


def _until(term: Term, last_day: date) -> Term:
    """The term without the days after that one."""
    if last_day < term.from_day:
        return term.called_off()
    if term.until_day is not None and term.until_day <= last_day:
        return term
    return term.ending(last_day)


def _check_room(history: Sequence[object]) -> None:
    if len(history) >= MOST_TERMS:
        raise TooManyTerms
