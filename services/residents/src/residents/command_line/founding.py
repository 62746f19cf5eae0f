"""The command line's way to found a community."""

import secrets
from datetime import date

import msgspec
from chassis.errors import ChassisError
from chassis.ids import derived_id, new_id
from chassis.requests import Requests

from residents.application.create_community import CreateCommunity, NewCommunity
from residents.domain.errors import ResidentsError
from residents.domain.naming import folded_username

_CALLER = "command line"
_MADE_PASSWORD_BYTES = 15

Printed = dict[str, str | None]


class CommandRefused(Exception):
    """A named error, as one line for the operator."""


class FoundingOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What the operator typed; without a password one is made."""

    name: str
    founded_on: date | None
    secretary_username: str
    secretary_name: str
    request_id: str | None
    password: str | None


async def found_community(
    create: CreateCommunity, requests: Requests, order: FoundingOrder
) -> Printed:
    """Found it. Returns: what to print, null for what is not shown again.

    Raises: CommandRefused.
    """
    request_id = order.request_id or new_id("request")
    password = order.password or secrets.token_urlsafe(_MADE_PASSWORD_BYTES)
    new = NewCommunity(
        community_id=derived_id("community", _CALLER, request_id),
        account_id=derived_id("account", _CALLER, request_id),
        login_id=derived_id("login", folded_username(order.secretary_username)),
        name=order.name,
        founded_on=order.founded_on,
        secretary_username=order.secretary_username,
        secretary_name=order.secretary_name,
        secretary_password=password,
        password_was_made=order.password is None,
    )
    request = requests.request_for(
        _CALLER,
        request_id,
        name=order.name,
        founded_on=order.founded_on,
        secretary_username=folded_username(order.secretary_username),
        secretary_name=order.secretary_name,
    )
    try:
        founded = await create(new, request=request)
    except (ResidentsError, ChassisError) as error:
        raise CommandRefused(str(error)) from error
    return {
        "communityId": founded.community.id,
        "accountId": founded.account.id,
        "username": founded.account.username,
        "password": password if founded.totp_secret else None,
        "totpSecret": founded.totp_secret,
        "otpauthUri": founded.otpauth_uri,
        "requestId": request_id,
    }
