"""Accounts that come by WeChat, with bindings."""

from datetime import datetime

from chassis.ids import derived_id
from residents.domain.account import Account
from residents.domain.logins.binding import HouseholdPlace, HouseholdRelation
from residents.domain.logins.binding_rules import BindingRequest, give_phone, request_binding
from residents.domain.logins.resetting import request_reset
from residents.domain.roles import Actor, Role, RoleGrant

from .conftest import PSEUDONYMS

COMMUNITY = derived_id("community", "here")
ELSEWHERE = derived_id("community", "elsewhere")
NAME, PHONE, REASON = "马曦", "17337406812", "手机掉进水池"
OPENID, UNIONID = "o6_bmjrPTlm6_2sgVt7hMZOPfL2M", "o6_bmasdasdsad6_2sgVt7hMZOPfL"


def by_wechat(name: str, at: datetime, *, community_id: str = COMMUNITY) -> Account:
    person_id = derived_id("wechat", name)
    account_id = PSEUDONYMS.account_id(community_id, person_id)
    account = Account.of_wechat_person(
        account_id,
        community_id=community_id,
        wechat_person_id=person_id,
        person_key=PSEUDONYMS.person_key(account_id),
        union_mark=None,
        at=at,
    )
    return give_phone(account, PHONE, PSEUDONYMS.phone_mark(PHONE))[0]


def with_binding(
    account: Account, at: datetime, *, estate_id: str = "estate_a", name: str = "b"
) -> Account:
    wanted = BindingRequest(
        binding_id=binding_id(account, name),
        place=HouseholdPlace(derived_id("household", name), "building_1", estate_id),
        relation=HouseholdRelation.FAMILY,
        name=NAME,
        name_mark=PSEUDONYMS.name_mark(NAME),
    )
    return request_binding(account, wanted, at)[0]


def binding_id(account: Account, name: str = "b") -> str:
    return derived_id("binding", account.id, name)


def with_reset(account: Account, at: datetime) -> Account:
    by = Actor("account_by", account.community_id, "", (RoleGrant(Role.SECRETARY),))
    return request_reset(account, derived_id("reset", account.id), REASON, by=by, at=at)[0]
