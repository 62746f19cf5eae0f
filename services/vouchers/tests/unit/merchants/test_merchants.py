"""Merchants: registered by one, let in by another, shut out and let in again."""

from typing import Any

import pytest
from chassis.errors import Forbidden, RequestIdReused
from vouchers.application.merchants.add_store import NewStore
from vouchers.domain.actors import Actor, Role, RoleGrant
from vouchers.domain.errors import MakerMayNotApprove, VouchersError
from vouchers.domain.merchants.errors import (
    CreditCodeInvalid,
    CreditCodeTaken,
    MerchantContactInvalid,
    MerchantNameInvalid,
    MerchantNotApproved,
    MerchantNotFound,
    MerchantNotSuspended,
    MerchantNotWaiting,
    PayeeAccountInvalid,
    StoreAddressInvalid,
    SuspensionReasonInvalid,
    TooManyStores,
)
from vouchers.domain.merchants.events import MerchantApproved, MerchantSuspended
from vouchers.domain.merchants.masking import masked_contact, masked_payee
from vouchers.domain.merchants.merchant import MOST_STORES, MerchantState, merchant_facts
from vouchers.domain.merchants.particulars import Contact, Payee

from ...neighbourhood import AUDITOR, CLERK, ELSEWHERE, SECRETARY, merchant_actor
from .office import SCOPED, Office

STRANGER = Actor("account_stranger", ELSEWHERE, SECRETARY.grants)


async def test_who_registers_has_a_merchant_that_waits(office: Office) -> None:
    merchant = await office.registered()

    assert merchant.state is MerchantState.APPLIED
    assert merchant.contact == Contact("王桂兰", "13812345678")
    assert merchant.payee == Payee("王桂兰", "6222020200012345678")
    assert office.merchants.events == []
    assert merchant_facts(merchant) == ()


async def test_a_repeat_registers_nothing_more(office: Office) -> None:
    first = await office.registered()

    assert await office.registered() == first
    with pytest.raises(RequestIdReused):
        await office.registered(name="别的面馆")
    assert office.merchants.all == [first]


async def test_a_business_is_registered_once_in_a_community(office: Office) -> None:
    first = await office.registered()

    with pytest.raises(CreditCodeTaken):
        await office.registered(request_id="m-2", name="同一家")
    elsewhere = await office.registered(by=STRANGER)

    assert office.merchants.all == [first, elsewhere]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"name": " "}, MerchantNameInvalid),
        ({"name": "面" * 61}, MerchantNameInvalid),
        ({"credit_code": "91350100M000100Y44"}, CreditCodeInvalid),
        ({"contact_name": ""}, MerchantContactInvalid),
        ({"contact_phone": "12345"}, MerchantContactInvalid),
        ({"payee_account_number": "1234567"}, PayeeAccountInvalid),
        ({"payee_account_number": "6222-x"}, PayeeAccountInvalid),
        ({"payee_name": "\n"}, PayeeAccountInvalid),
    ],
    ids=lambda value: str(value),
)
async def test_what_cannot_be_right_is_not_registered(
    office: Office, changed: dict[str, Any], error: type[VouchersError]
) -> None:
    with pytest.raises(error):
        await office.registered(**changed)

    assert office.merchants.all == []


async def test_a_second_person_lets_it_in(office: Office) -> None:
    merchant = await office.approved()

    event = MerchantApproved(
        community_id=SECRETARY.community_id,
        merchant_id=merchant.id,
        store_ids=(),
        approved_at=office.now(),
        approved_by=SECRETARY.account_id,
    )
    assert merchant.is_approved
    assert office.merchants.events == [event]
    assert merchant_facts(merchant) == (event,)


async def test_who_registered_does_not_let_in(office: Office) -> None:
    merchant = await office.registered(by=SECRETARY)

    with pytest.raises(MakerMayNotApprove):
        await office.room.approve(SECRETARY, merchant.id, request=office.request())

    assert office.merchants.all == [merchant]


async def test_a_suspension_has_a_reason_and_ends(office: Office) -> None:
    suspended = await office.suspended()
    again = await office.room.reinstate(SECRETARY, suspended.id, request=office.request())

    assert suspended.suspension_reason == "多次拒收消费券"
    assert again.is_approved
    assert again.suspension_reason is None
    assert [event.type for event in office.merchants.events] == [
        MerchantApproved.type,
        MerchantSuspended.type,
        MerchantApproved.type,
    ]
    assert merchant_facts(suspended) == (office.merchants.events[1],)


async def test_each_step_is_taken_from_where_it_can_be(office: Office) -> None:
    room, merchant = office.room, await office.registered()
    with pytest.raises(MerchantNotApproved):
        await room.suspend(SECRETARY, merchant.id, "多次拒收消费券", request=office.request())
    with pytest.raises(MerchantNotSuspended):
        await room.reinstate(SECRETARY, merchant.id, request=office.request())
    approved = await room.approve(SECRETARY, merchant.id, request=office.request())
    with pytest.raises(MerchantNotWaiting):
        await room.approve(SECRETARY, merchant.id, request=office.request())
    with pytest.raises(SuspensionReasonInvalid):
        await room.suspend(SECRETARY, merchant.id, "无", request=office.request())

    assert office.merchants.all == [approved]
    assert len(office.merchants.events) == 1


async def test_shops_are_added_once_up_to_fifty(office: Office) -> None:
    merchant = await office.registered()
    for number in range(MOST_STORES):
        merchant = await _store_added(office, merchant.id, f"store_{number}")
    assert (await _store_added(office, merchant.id, "store_0")).stores == merchant.stores

    with pytest.raises(TooManyStores):
        await _store_added(office, merchant.id, "store_50")
    with pytest.raises(StoreAddressInvalid):
        await _store_added(office, merchant.id, "store_50", address="")
    with pytest.raises(MerchantNameInvalid):
        await _store_added(office, merchant.id, "store_50", name="")

    (kept,) = office.merchants.all
    assert len(kept.stores) == MOST_STORES


async def _store_added(
    office: Office, merchant_id: str, store_id: str, *, name: str = "一店", address: str = "东街"
) -> Any:
    new = NewStore(store_id, name, address, None)
    return await office.room.add_store(CLERK, merchant_id, new, request=office.request())


async def test_what_is_of_the_whole_community_is_not_a_scoped_secretarys(office: Office) -> None:
    merchant = await office.registered()

    with pytest.raises(Forbidden):
        await office.room.approve(SCOPED, merchant.id, request=office.request())
    with pytest.raises(Forbidden):
        await office.registered(by=SCOPED)
    with pytest.raises(Forbidden):
        await office.room.approve(CLERK, merchant.id, request=office.request())

    assert office.merchants.all == [merchant]


async def test_another_community_does_not_have_it(office: Office) -> None:
    merchant = await office.registered()

    with pytest.raises(MerchantNotFound):
        await office.room.approve(STRANGER, merchant.id, request=office.request())

    assert await office.room.read.by_id(STRANGER, [merchant.id]) == [None]
    assert office.merchants.all == [merchant]


async def test_a_merchants_system_reads_its_merchant_alone(office: Office) -> None:
    mine, other = await office.registered(), merchant_actor("别家")
    own = Actor("client_1", SECRETARY.community_id, (RoleGrant(Role.MERCHANT, (mine.id,)),))

    assert await office.room.read.by_id(own, [mine.id, "merchant_other"]) == [mine, None]
    assert await office.room.read.by_id(other, [mine.id]) == [None]
    with pytest.raises(Forbidden):
        await office.room.read.newest_first(own, None, first=5, after=None)


async def test_the_office_and_the_auditor_list_them_by_state(office: Office) -> None:
    approved = await office.approved()
    office.now.advance(minutes=1)
    waiting = await office.registered(request_id="m-2", credit_code="9144030071526726XG")

    everyone = await office.room.read.newest_first(AUDITOR, None, first=5, after=None)
    applied = await office.room.read.newest_first(CLERK, MerchantState.APPLIED, first=5, after=None)
    after = await office.room.read.newest_first(CLERK, None, first=1, after=everyone.cursors[0])

    assert everyone.items == [waiting, approved]
    assert applied.items == [waiting]
    assert after.items == [approved]


async def test_whose_role_is_of_one_estate_reads_no_merchant(office: Office) -> None:
    merchant = await office.registered()

    with pytest.raises(Forbidden):
        await office.room.read.newest_first(SCOPED, None, first=5, after=None)
    with pytest.raises(Forbidden):
        await office.room.read.by_id(SCOPED, [merchant.id])


def test_people_and_accounts_are_masked() -> None:
    assert masked_contact(Contact("王桂兰", "13812345678")) == Contact("王**", "138****5678")
    assert masked_payee(Payee("王桂兰", "6222020200012345678")) == Payee("王**", "****5678")
    assert masked_contact(None) is None
    assert masked_payee(None) is None
