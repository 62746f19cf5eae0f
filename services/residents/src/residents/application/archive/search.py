"""Finding people by name, phone, door or tag, over keyed hashes: nothing is read to be compared."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from chassis.errors import BadUserInput, RateLimited

from residents.application.archive.ports import Estates, Identities, PageOf, Residents
from residents.application.archive.reading import ArchiveReading
from residents.application.authorisation import demand
from residents.application.hourly_limit import HourlyLimit
from residents.application.ports import Cursor, Now
from residents.domain.archive import marks
from residents.domain.archive.errors import PhoneInvalid
from residents.domain.archive.fact_checks import checked_phone, checked_tags
from residents.domain.archive.permissions import (
    READ_SENSITIVE,
    SEARCH_BY_WHOLE_PHONE,
    SEARCH_RESIDENTS,
)
from residents.domain.archive.places import Estate
from residents.domain.archive.residents import Resident
from residents.domain.hourly_counts import HourlyLimitReached
from residents.domain.ledger.doors import door_of
from residents.domain.ledger.faults import RowRefused
from residents.domain.permissions import OFFICE, Permission
from residents.domain.roles import Actor

_NOTHING_TO_SEARCH_BY = "请按姓名、电话、门牌号、标签中的一项查询，且内容不能为空。"
_DOOR_UNREADABLE = "门牌号无法识别，应类似“3-2-501”或“3号楼2单元501”。"
_PHONE_TOO_SHORT = "请输入完整的电话号码，或号码的后四位。"
_TOO_MANY_PHONES = "一小时内按完整电话号码查询的次数已达上限，请稍后再试。"


class SearchBy(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to search by.

    Attributes:
        name: the whole name, or any two neighbouring characters of it.
        phone: the whole number, for the office alone, or its last four digits.
        door: as people write it.
        tag: a code or a text; for the office alone.
    """

    name: str | None = None
    phone: str | None = None
    door: str | None = None
    tag: str | None = None


class Found(msgspec.Struct, frozen=True):
    """A page of people."""

    items: Sequence[Resident] = ()
    cursors: Sequence[Cursor] = ()
    has_next_page: bool = False


@dataclass(frozen=True)
class SearchResidents:
    """For who works with people, each within their own estates."""

    reading: ArchiveReading
    estates: Estates
    residents: Residents
    identities: Identities
    phone_searches: HourlyLimit
    keyed_hash: marks.KeyedHash
    now: Now

    async def __call__(
        self, actor: Actor, by: SearchBy, *, first: int, after: Cursor | None,
        estate_id: str | None = None, moved_out: bool = False,
    ) -> PageOf[Resident]:  # fmt: skip
        """Who is found, by their doors.

        Args:
            estate_id: only there; nobody is found out of reach.
            moved_out: those who moved out instead; for who keeps the books of the community.
        Raises: Forbidden; BadUserInput for nothing, or more than one thing, to search by, or what
            cannot be read; RateLimited for too many whole phone numbers.
        """
        demand(actor, SEARCH_RESIDENTS)
        _only(by)
        permission = _permission(by)
        demand(actor, permission)
        mark = None if by.door is not None else self._mark(by)
        if permission is SEARCH_BY_WHOLE_PHONE:
            await self._count(actor, mark or "")
        if moved_out:
            return await self._moved_out(actor, mark, first=first, after=after)
        within = await self._within(actor, permission, estate_id)
        if by.door is not None:
            return await self._behind(actor, by.door, within, first=first, after=after)
        whole = estate_id is None and actor.holds_for_all(*permission.roles)
        places = None if whole else within
        return await self.reading.seen(
            actor.community_id,
            lambda view: self.residents.living(
                actor.community_id, view=view, within=places, mark=mark, first=first, after=after
            ),
        )

    def _mark(self, by: SearchBy) -> str:
        if by.tag is not None:
            return marks.tag_mark(checked_tags([by.tag])[0], self.keyed_hash)
        if by.phone is not None:
            return self._phone_mark(by.phone)
        name = marks.folded_name(by.name or "")
        if len(name) == marks.PAIR:
            return marks.name_pair_marks(name, self.keyed_hash)[0]
        return marks.name_mark(name, self.keyed_hash)

    def _phone_mark(self, typed: str) -> str:
        if _is_phone_end(typed):
            return marks.phone_end_mark(_unspaced(typed), self.keyed_hash)
        try:
            phone = checked_phone(typed)
        except PhoneInvalid:
            phone = None
        if phone is None:
            raise BadUserInput(_PHONE_TOO_SHORT, input_name="phone")
        return marks.phone_mark(phone, self.keyed_hash)

    async def _count(self, actor: Actor, mark: str) -> None:
        """Whoever tries one number after another finds the digits that are hidden."""
        name = self.keyed_hash("phone_search", mark)
        try:
            await self.phone_searches.count(actor, name, self.now())
        except HourlyLimitReached:
            raise RateLimited(_TOO_MANY_PHONES) from None

    async def _moved_out(
        self, actor: Actor, mark: str | None, *, first: int, after: Cursor | None
    ) -> PageOf[Resident]:
        if mark is None or not actor.holds_for_all(*OFFICE):
            return Found()
        return await self.reading.seen(
            actor.community_id,
            lambda view: self.residents.moved_out(
                actor.community_id, mark, view=view, first=first, after=after
            ),
        )

    async def _within(
        self, actor: Actor, permission: Permission, estate_id: str | None
    ) -> list[Estate]:
        """The estates that the actor reaches by a role that may search by this."""
        view = await self.reading.view(actor.community_id)
        estates = await self.estates.all_of(actor.community_id, view=view)
        return [
            estate
            for estate in estates
            if actor.reaches(estate.id, *permission.roles) and estate_id in (None, estate.id)
        ]

    async def _behind(
        self, actor: Actor, typed: str, within: Sequence[Estate], *, first: int,
        after: Cursor | None,
    ) -> PageOf[Resident]:  # fmt: skip
        """Who lives behind a door, in each of the estates that has such a one."""
        try:
            door = door_of(typed)
        except RowRefused:
            door = None
        if door is None:
            raise BadUserInput(_DOOR_UNREADABLE, input_name="door")
        community_id = actor.community_id
        ids = [
            self.identities.household(
                community_id,
                self.identities.building(community_id, estate.id, door.building),
                door.unit,
                door.room,
            )
            for estate in within
        ]
        homes = await self.reading.seen(
            community_id,
            lambda view: self.residents.of_households(community_id, ids, view=view),
        )
        people = sorted((each for one in ids for each in homes[one]), key=_place)
        rest = [each for each in people if after is None or _place(each) > after]
        return Found(rest[:first], [_place(each) for each in rest[:first]], len(rest) > first)


def _permission(by: SearchBy) -> Permission:
    """Which roles may search by this, each as far as it holds."""
    if by.tag is not None:
        return READ_SENSITIVE
    if by.phone is not None and not _is_phone_end(by.phone):
        return SEARCH_BY_WHOLE_PHONE
    return SEARCH_RESIDENTS


def _is_phone_end(typed: str) -> bool:
    """The four digits that everybody is shown, who is shown the person."""
    digits = _unspaced(typed)
    return len(digits) == marks.LAST_DIGITS and digits.isdecimal()


def _unspaced(typed: str) -> str:
    return "".join(typed.split())


def _only(by: SearchBy) -> None:
    asked = [each for each in (by.name, by.phone, by.door, by.tag) if each is not None]
    if len(asked) != 1 or not asked[0].strip():
        raise BadUserInput(_NOTHING_TO_SEARCH_BY, input_name="by")


def _place(resident: Resident) -> Cursor:
    return resident.home.order_key if resident.home else "", resident.id
