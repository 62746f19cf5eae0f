"""A community with the demo's ledger and register in it, loaded once for all tests here."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from chassis.clock import utc_now
from chassis.ids import derived_id
from demo_community.demo_files import LEDGER, REGISTER, REGISTER_TRUTH, write_demo
from residents.application.create_community import CreateCommunity
from residents.application.ports import AccessClaims
from residents.bootstrap.rooms import Rooms
from residents.domain.login import AccountRef
from residents.domain.roles import Role, RoleGrant
from residents.domain.session import ACCESS_TOKEN_LIFETIME, Client

from ..conftest import Running, _secretary
from ..graph import Graph
from ..imports.office import Office

REGISTER_EDGE = "/imports/owners-register"


@dataclass(frozen=True)
class Demo:
    """The demo, imported.

    Attributes:
        truth: what a right import says of the register.
        checked: what the check of the register said.
        applied: the same import once it was applied.
    """

    office: Office
    register: bytes
    truth: dict[str, Any]
    checked: dict[str, Any]
    applied: dict[str, Any]


@pytest.fixture(scope="session")
async def demo(
    running: Running,
    create_community: CreateCommunity,
    rooms: Rooms,
    tmp_path_factory: pytest.TempPathFactory,
) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    secretary = await _secretary(create_community)
    logged_in = await Graph(running.api.address).logged_in(secretary.username, secretary.device)
    office = Office(running.api.address, logged_in["accessToken"], secretary.community_id, rooms)
    ledger = await office.checked((folder / LEDGER).read_bytes())
    await office.accept(ledger["id"])
    await office.until_in(ledger["id"], "APPLIED", "REFUSED", seconds=300)
    register = (folder / REGISTER).read_bytes()
    checked = await office.checked(register, edge=REGISTER_EDGE)
    await office.accept(checked["id"])
    return Demo(
        office=office,
        register=register,
        truth=json.loads((folder / REGISTER_TRUTH).read_text()),
        checked=checked,
        applied=await office.until_in(checked["id"], "APPLIED", "REFUSED", seconds=300),
    )


@pytest.fixture
def acting(running: Running, rooms: Rooms, demo: Demo) -> Callable[..., Awaitable[Graph]]:
    """Somebody of the demo's community with a good token of a role."""

    async def as_(role: Role, *scope: str, everywhere: bool = False) -> Graph:
        at = utc_now()
        token = await rooms.identity.ports.access_tokens.issue(
            AccessClaims(
                account=AccountRef(demo.office.community_id, derived_id("account", role.value)),
                session_id=derived_id("session", role.value),
                client=Client.CONSOLE,
                roles=(RoleGrant(role, None if everywhere else scope),),
                issued_at=at,
                expires_at=at + ACCESS_TOKEN_LIFETIME,
            )
        )
        return Graph(running.api.address, token)

    return as_
