"""A list that is asked of one person is of that person, whoever is asked about."""

from types import SimpleNamespace
from typing import Any

import pytest
from residents.api.privacy.queries import PrivacyQueries
from residents.domain.roles import Role
from strawberry.types import get_object_definition

from .desk import HERE


class Asked:
    """Stands for a use case: keeps what it was asked, and finds nothing."""

    def __init__(self) -> None:
        self.of: tuple[Any, ...] = ()

    async def __call__(self, actor: object, *which: object, **paging: Any) -> object:
        self.of = (*which, paging.get("resident_id"))
        return SimpleNamespace(items=[], cursors=[], has_next_page=False)


async def asked(field: str, **arguments: str) -> Asked:
    """Ask it as the graph does. Returns: what reached the use case."""
    use_case = Asked()
    privacy = SimpleNamespace(read_reveals=use_case, read_trail=use_case)
    principal = SimpleNamespace(
        account_id="account_1",
        community_id=HERE,
        session_id="session_1",
        roles=[SimpleNamespace(role=Role.AUDITOR.value, scope=None)],
    )
    info = SimpleNamespace(
        context=SimpleNamespace(
            application=SimpleNamespace(privacy=privacy), require_principal=lambda: principal
        )
    )
    definition = get_object_definition(PrivacyQueries, strict=True)
    (found,) = [each for each in definition.fields if each.python_name == field]
    resolve: Any = found.base_resolver
    await resolve(PrivacyQueries(), info, **arguments)
    return use_case


@pytest.mark.parametrize("resident_id", ["", "resident_ma"])
async def test_reveals_of_one_resident_are_of_nobody_else(resident_id: str) -> None:
    assert (await asked("reveals", resident_id=resident_id)).of == (resident_id,)


@pytest.mark.parametrize("name", ["subject", "actor_account_id"])
async def test_the_trail_of_one_id_is_of_no_other(name: str) -> None:
    which, _ = (await asked("audit_trail", **{name: ""})).of

    assert getattr(which, name) == ""


async def test_without_an_id_everything_is_listed() -> None:
    assert (await asked("reveals")).of == (None,)
    which, _ = (await asked("audit_trail")).of
    assert (which.subject, which.actor_account_id) == (None, None)
