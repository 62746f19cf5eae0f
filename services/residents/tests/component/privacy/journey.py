"""One community in which everything was done once: a store in which every room has written."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chassis.ids import new_id
from chassis.mongo import Document
from chassis.testing import REQUESTS
from residents.application.imports.ports import ReceivedFile
from residents.application.merchants.issue_client import NewClient
from residents.application.owners.ownership_by_hand import OrderedStake, OwnershipOrder
from residents.application.privacy.request_export import Ticket
from residents.application.privacy.reveal_contact import NewReveal
from residents.application.teams.add_member import NewMember
from residents.application.teams.award_honour import NewHonour
from residents.application.teams.create_team import NewTeam
from residents.bootstrap import rooms
from residents.bootstrap.rooms import Rooms
from residents.domain.archive.residents import Resident
from residents.domain.imports.batch import Kind
from residents.domain.owners.owner import OwnerKind
from residents.domain.owners.typed_owners import TypedOwner
from residents.domain.privacy.purposes import Purpose
from residents.domain.privacy.reveals import RevealReason
from residents.domain.roles import Actor, Role, RoleGrant
from residents.domain.session import Client
from residents.domain.teams.person import NamedPerson
from residents.domain.teams.posts import TeamKind
from residents.settings import ResidentsSettings

from ..processes import Commands
from .archive import NAME, OPENID, PHONE, UNIONID, Archive

LEDGER = Path(__file__).parents[2] / "fixtures" / "ledgers" / "resident-ledger.xlsx"
NOTE = "台风前逐户确认是否在家"
COUNTER_NOTE = "本人到窗口要求导出"
OWNER_NAME = "欧阳锦绣"
OWNER_PHONE = "13955667788"
OWNER_ADDRESS = "天津市和平区南京路九号"
OWNER_NUMBER = "130102196803071234"
MEMBER_NAME = "端木清扬"
SECRETARY_NAME = "陈书记"

UNSPEAKABLE = (
    NAME, PHONE, "1952-03-09", NOTE, COUNTER_NOTE, OWNER_NAME, OWNER_PHONE, OWNER_ADDRESS,
    OWNER_NUMBER, MEMBER_NAME, SECRETARY_NAME, OPENID, UNIONID,
)  # fmt: skip


@dataclass(frozen=True)
class Journey:
    """What was done, and as whom.

    Attributes:
        secretary: with the rights of an auditor and a resident besides.
    """

    variables: dict[str, str]
    community_id: str
    secretary: Actor
    resident: Resident
    account_id: str
    reveal_id: str
    ticket: Ticket

    @property
    def commands(self) -> Commands:
        """The commands over this store."""
        return Commands(self.variables)

    def built(self, **more: str) -> Rooms:
        """The rooms over this store, with other variables if need be; close the store after."""
        return built(self.variables | more)


def built(variables: dict[str, str]) -> Rooms:
    """The rooms over a store."""
    by_field = {name.lower(): value for name, value in variables.items()}
    return rooms.build(ResidentsSettings.model_validate(by_field))


async def travelled(variables: dict[str, str]) -> Journey:
    """Do everything once."""
    commands = Commands(variables)
    commands.done("create-indexes")
    made = commands.found_community(f"secretary-{new_id('u').lower()[-8:]}")
    community_id = made["communityId"]
    commands.done("import-ledger", str(LEDGER), "--community", community_id)
    rooms_here = built(variables)
    archive = Archive(rooms_here)
    resident = await archive.resident(community_id)
    account = await archive.account_of(resident)
    await archive.token(account, Role.RESIDENT)
    secretary = Actor(made["accountId"], community_id, "session_1", (RoleGrant(Role.SECRETARY),))
    person = Actor(account.account_id, community_id, "session_2", (RoleGrant(Role.RESIDENT),))
    reveal_id = await _privacy(rooms_here, secretary, person, resident)
    await _owners(rooms_here, secretary, resident)
    await _teams(rooms_here, secretary)
    await _merchants(rooms_here, secretary)
    await _imports(rooms_here, secretary)
    ticket = await rooms_here.privacy.use_cases.request_export.own(
        person, new_id("export"), request=_request(person, "own export")
    )
    await rooms_here.foundation.store.close()
    return Journey(
        variables, community_id, secretary, resident, account.account_id, reveal_id, ticket
    )


async def _privacy(rooms_here: Rooms, secretary: Actor, person: Actor, resident: Resident) -> str:
    privacy = rooms_here.privacy.use_cases
    wanted = NewReveal(
        reveal_id=new_id("reveal"),
        resident_id=resident.id,
        reason=RevealReason.EMERGENCY,
        note=NOTE,
    )
    shown = await privacy.reveal_contact(secretary, wanted, request=_request(secretary, "reveal"))
    for purpose in Purpose:
        await privacy.give_consent.own(person, purpose, 1, request=_request(person, purpose))
    ticket = await privacy.request_export.for_resident(
        secretary,
        new_id("export"),
        resident.id,
        COUNTER_NOTE,
        request=_request(secretary, "export"),
    )
    await privacy.take_export(ticket.export.id, ticket.secret)
    return shown.reveal.id


async def _owners(rooms_here: Rooms, secretary: Actor, resident: Resident) -> None:
    assert resident.home is not None
    owner = TypedOwner(
        kind=OwnerKind.PERSON,
        name=OWNER_NAME,
        phone=OWNER_PHONE,
        address=OWNER_ADDRESS,
        lives_elsewhere=True,
    )
    order = OwnershipOrder(
        household_id=resident.home.household_id,
        valid_from=date(2020, 1, 1),
        stakes=(OrderedStake(owner=owner, share=None),),
    )
    owners = rooms_here.owners.room.use_cases
    await owners.record_ownership(secretary, order, request=_request(secretary, "owner"))


async def _teams(rooms_here: Rooms, secretary: Actor) -> None:
    teams = rooms_here.teams.use_cases
    new = NewTeam(new_id("team"), TeamKind.RED_VOLUNTEERS, "红色志愿者", date(2020, 1, 1))
    team = await teams.create_team(secretary, new, request=_request(secretary, "team"))
    member = NewMember(
        team.id,
        NamedPerson(name=MEMBER_NAME, birth_date=date(1990, 5, 5)),
        "队员",
        date(2021, 1, 1),
    )
    await teams.add_member(secretary, member, request=_request(secretary, "member"))
    honour = NewHonour(new_id("honour"), team.id, None, "优秀团队", "街道", date(2022, 5, 4))
    await teams.award_honour(secretary, honour, request=_request(secretary, "honour"))


async def _merchants(rooms_here: Rooms, secretary: Actor) -> None:
    clients = rooms_here.merchants.use_cases
    merchant_id = new_id("merchant")
    await clients.settle(secretary.community_id, merchant_id, 1, is_approved=True)
    new = NewClient(new_id("client"), merchant_id, Client.TILL)
    await clients.issue(secretary, new, request=_request(secretary, "till"))


async def _imports(rooms_here: Rooms, secretary: Actor) -> None:
    """A file that was sent and that nobody has looked at yet."""

    async def pieces() -> AsyncIterator[bytes]:
        yield f"{OWNER_NAME},{OWNER_PHONE},{OWNER_NUMBER}".encode()

    sent = ReceivedFile(
        kind=Kind.OWNERS_REGISTER, request_id="register", as_of=None, pieces=pieces()
    )
    await rooms_here.imports.room.use_cases.receive_file(secretary, sent)


def _request(actor: Actor, request_id: str) -> Any:
    return REQUESTS.request_for(actor.account_id, request_id)


def texts(value: object) -> list[str]:
    """Every text in a document, names of fields too, bytes read as text where they are."""
    match value:
        case bytes():
            return [value.decode(errors="replace")]
        case dict():
            return [text for pair in value.items() for part in pair for text in texts(part)]
        case list():
            return [text for part in value for text in texts(part)]
    return [str(value)]


def words_in(documents: list[Document], words: tuple[str, ...]) -> set[str]:
    """Which of these words stand in documents."""
    found = "\n".join(text for document in documents for text in texts(document))
    return {word for word in words if word in found}
