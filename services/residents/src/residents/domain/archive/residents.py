"""A resident: a person, and the one home that they have."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

import msgspec

from residents.domain.archive.ages import is_elderly
from residents.domain.archive.errors import (
    MoveBeforeHome,
    MoveInFuture,
    ResidentMovedOut,
    SameHousehold,
)
from residents.domain.archive.events import (
    ArchiveEvent,
    ResidentCorrected,
    ResidentMoved,
    ResidentVerified,
)
from residents.domain.archive.homes import HISTORY_KEPT, Home, MoveReason, PastHome
from residents.domain.archive.marks import Marks, folded_name
from residents.domain.archive.people import PersonFacts

Outcome = tuple["Resident", Sequence[ArchiveEvent]]


class ResidentState(StrEnum):
    """pending → verified → moved out, and back by a new home."""

    PENDING = "PENDING"
    VERIFIED = "VERIFIED"
    MOVED_OUT = "MOVED_OUT"


class StagedResident(msgspec.Struct, frozen=True, kw_only=True):
    """What an import says of somebody who was there before: all of it, not the difference.

    Attributes:
        moved_on: the day of a change of home: the file's, since it tells no other.
        facts: encrypted like the resident's own; None once the person is erased.
    """

    edition: int
    home: Home
    facts: PersonFacts | None
    marks: tuple[str, ...]
    facts_mark: str | None
    identity_mark: str | None
    moved_on: date | None = None


class Resident(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who lives, or lived, in the community.

    Attributes:
        home: None for who moved out, and for nobody else.
        facts: encrypted; None once the person is erased.
        marks: keyed hashes to find them by; see domain/archive/marks.py.
        facts_mark: of all facts at once.
        identity_mark: of the identity number, which is kept in no other form.
        from_edition: readers see them from this edition of the archive on.
        staged: waits for its edition.
        overruled_edition: a hand knew better than what was staged for it; it says nothing again.
        history: the homes that were left, the last one last.
    """

    id: str
    community_id: str
    person_key: str
    state: ResidentState
    home: Home | None
    facts: PersonFacts | None
    marks: tuple[str, ...]
    facts_mark: str | None
    identity_mark: str | None
    created_at: datetime
    from_edition: int = 0
    staged: StagedResident | None = None
    overruled_edition: int = 0
    history: tuple[PastHome, ...] = ()
    verified_at: datetime | None = None
    moved_out_at: datetime | None = None
    version: int = 0

    @classmethod
    def verified(
        cls, resident_id: str, *, community_id: str, person_key: str, home: Home,
        facts: PersonFacts, marks: Marks, from_edition: int, at: datetime,
    ) -> "Resident":  # fmt: skip
        """Somebody whom the committee knows: by its ledger, or because a clerk enters them.

        Store it with `verified_event()`.
        """
        return cls(
            id=resident_id,
            community_id=community_id,
            person_key=person_key,
            state=ResidentState.VERIFIED,
            home=home,
            facts=facts,
            marks=marks.search,
            facts_mark=marks.facts,
            identity_mark=marks.identity,
            created_at=at,
            from_edition=from_edition,
            verified_at=at,
        )

    def verified_event(self) -> ResidentVerified:
        """The fact that they live where they live."""
        if self.home is None or self.verified_at is None:
            raise ResidentMovedOut
        return ResidentVerified(
            community_id=self.community_id,
            resident_id=self.id,
            person_key=self.person_key,
            household_id=self.home.household_id,
            estate_id=self.home.estate_id,
            building_id=self.home.building_id,
            verified_at=self.verified_at,
        )

    def moved_out_event(self, at: datetime) -> ResidentMoved:
        """The fact that they left their last home for somewhere else."""
        return ResidentMoved(
            community_id=self.community_id,
            resident_id=self.id,
            person_key=self.person_key,
            from_household_id=self.history[-1].household_id if self.history else None,
            household_id=None,
            estate_id=None,
            building_id=None,
            moved_at=at,
        )

    def verify(self, at: datetime) -> Outcome:
        """Become known for certain; once is enough. Emits: resident.verified v1."""
        if self.state is not ResidentState.PENDING:
            return self, ()
        after = msgspec.structs.replace(self, state=ResidentState.VERIFIED, verified_at=at)
        return after, (after.verified_event(),)

    @property
    def lives_here(self) -> bool:
        """Whether they have a home in the community."""
        return self.home is not None

    def may_be(self, identity: str | None) -> bool:
        """Whether somebody of the same name and birth date is this person.

        Two whose identity numbers are known and differ are two people.
        """
        return identity is None or self.identity_mark is None or self.identity_mark == identity

    def is_visible(self, edition: int) -> bool:
        """Whether readers of an edition see them."""
        return self.from_edition <= edition

    def effective(self, edition: int) -> "Resident":
        """The resident as of an edition: what is staged for it or before is folded in."""
        staged = self.staged
        if staged is None or staged.edition > edition:
            return self
        moved = self.home is None or self.home.household_id != staged.home.household_id
        return msgspec.structs.replace(
            self,
            state=ResidentState.VERIFIED if self.home is None else self.state,
            home=staged.home if moved else self.home,
            facts=staged.facts,
            marks=staged.marks,
            facts_mark=staged.facts_mark,
            identity_mark=staged.identity_mark,
            history=self._history_with(staged.moved_on, MoveReason.LEDGER)
            if moved
            else self.history,
            moved_out_at=None,
            staged=None,
        )

    def stage(self, staged: StagedResident) -> Outcome:
        """Let an import's word wait for its edition. The same again changes nothing."""
        return msgspec.structs.replace(self, staged=staged), ()

    def settled(self, edition: int, at: datetime) -> Outcome:
        """Fold in what is staged for an edition that counts.

        Emits: resident.moved v1; resident.corrected v1.
        """
        after = self.effective(edition)
        corrected = after._corrected_events(self, at)
        if _household_of(after) == _household_of(self):
            return after, corrected
        return after, (after._moved_event(self, at), *corrected)

    def change_household(self, home: Home, *, edition: int, today: date, at: datetime) -> Outcome:
        """Move within the community; `home.since` is the day.

        Raises: ResidentMovedOut; SameHousehold; MoveBeforeHome; MoveInFuture.
        Emits: resident.moved v1; resident.corrected v1 for what was staged.
        """
        here = self._by_hand(edition)
        left = here._left_home()
        if left.household_id == home.household_id:
            raise SameHousehold
        _check_day(home.since, left, today)
        after = msgspec.structs.replace(
            here, home=home, history=here._history_with(home.since, MoveReason.MOVED)
        )
        return after, (after._moved_event(here, at), *after._corrected_events(self, at))

    def move_out(
        self, on: date, reason: MoveReason, *, edition: int, today: date, at: datetime
    ) -> Outcome:
        """Leave the community; the history is kept.

        Raises: ResidentMovedOut; MoveBeforeHome; MoveInFuture.
        Emits: resident.moved v1; resident.corrected v1 for what was staged.
        """
        here = self._by_hand(edition)
        _check_day(on, here._left_home(), today)
        after = msgspec.structs.replace(
            here,
            state=ResidentState.MOVED_OUT,
            home=None,
            history=here._history_with(on, reason),
            moved_out_at=at,
        )
        return after, (after._moved_event(here, at), *after._corrected_events(self, at))

    def return_home(
        self, home: Home, facts: PersonFacts, marks: Marks, *, edition: int, today: date,
        at: datetime,
    ) -> Outcome:  # fmt: skip
        """Live here again, under the same pseudonym.

        Raises: SameHousehold for who never left; MoveBeforeHome; MoveInFuture.
        Emits: resident.moved v1; resident.corrected v1.
        """
        here = self._by_hand(edition)
        if here.home is not None:
            raise SameHousehold
        _check_day(home.since, None, today)
        last = here.history[-1].until if here.history else None
        if home.since is not None and last is not None and home.since < last:
            raise MoveBeforeHome
        after = msgspec.structs.replace(
            here,
            state=ResidentState.VERIFIED,
            home=home,
            facts=facts,
            marks=marks.search,
            facts_mark=marks.facts,
            identity_mark=marks.identity,
            verified_at=here.verified_at or at,
            moved_out_at=None,
        )
        return after, (after._moved_event(here, at), *after._corrected_events(self, at))

    def corrected(self, facts: PersonFacts, marks: Marks, *, edition: int, at: datetime) -> Outcome:
        """Know better what is known of them.

        Emits: resident.corrected v1, for another name, birth date or identity number.
        """
        here = self._by_hand(edition)
        after = msgspec.structs.replace(
            here,
            facts=facts,
            marks=marks.search,
            facts_mark=marks.facts,
            identity_mark=marks.identity,
        )
        return after, after._corrected_events(self, at)

    def of_age(self, today: date, elderly: str) -> Outcome:
        """Be found under the age of today: a birthday makes somebody elderly."""
        staged = self.staged
        if staged is not None:
            marks = _of_age(staged.marks, staged.facts, today, elderly)
            staged = msgspec.structs.replace(staged, marks=marks)
        marks = _of_age(self.marks, self.facts, today, elderly)
        return msgspec.structs.replace(self, marks=marks, staged=staged), ()

    def _by_hand(self, edition: int) -> "Resident":
        """As it counts now; the hand knows better than what a file says that does not count yet."""
        staged, here = self.staged, self.effective(edition)
        if staged is None or staged.edition <= edition:
            return here
        return msgspec.structs.replace(here, staged=None, overruled_edition=staged.edition)

    def _left_home(self) -> Home:
        if self.home is None:
            raise ResidentMovedOut
        return self.home

    def _history_with(self, until: date | None, reason: MoveReason) -> tuple[PastHome, ...]:
        if self.home is None:
            return self.history
        return (*self.history, PastHome.left(self.home, until, reason))[-HISTORY_KEPT:]

    def _corrected_events(self, before: "Resident", at: datetime) -> tuple[ResidentCorrected, ...]:
        if _recognised_by(before) == _recognised_by(self):
            return ()
        return (ResidentCorrected(self.community_id, self.id, self.person_key, at),)

    def _moved_event(self, before: "Resident", at: datetime) -> ResidentMoved:
        return ResidentMoved(
            community_id=self.community_id,
            resident_id=self.id,
            person_key=self.person_key,
            from_household_id=_household_of(before),
            household_id=_household_of(self),
            estate_id=self.home.estate_id if self.home else None,
            building_id=self.home.building_id if self.home else None,
            moved_at=at,
        )


def _of_age(
    marks: tuple[str, ...], facts: PersonFacts | None, today: date, elderly: str
) -> tuple[str, ...]:
    if facts is None or facts.birth_date is None:
        return marks
    is_marked, is_due = elderly in marks, is_elderly(facts.birth_date, today)
    if is_marked == is_due:
        return marks
    return (*marks, elderly) if is_due else tuple(mark for mark in marks if mark != elderly)


_HEADS = frozenset({"户主", "本人"})


def household_order(resident: Resident) -> tuple[bool, bool, date, str]:
    """The order in which a household lists its people: its head, then the oldest first."""
    facts = resident.facts or PersonFacts(name="")
    return (
        facts.relation not in _HEADS,
        facts.birth_date is None,
        facts.birth_date or date.max,
        resident.id,
    )


def _recognised_by(resident: Resident) -> tuple[str | None, date | None, str | None]:
    """What makes somebody the same person as one of another list."""
    facts = resident.facts
    if facts is None:
        return None, None, resident.identity_mark
    return folded_name(facts.name), facts.birth_date, resident.identity_mark


def _household_of(resident: Resident) -> str | None:
    return resident.home.household_id if resident.home else None


def _check_day(on: date | None, left: Home | None, today: date) -> None:
    if on is None:
        return
    if on > today:
        raise MoveInFuture
    if left is not None and left.since is not None and on < left.since:
        raise MoveBeforeHome
