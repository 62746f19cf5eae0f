"""What holds for merchants in memory holds for those in MongoDB, by either driver."""

import msgspec
import pytest
from chassis.errors import RequestIdReused
from chassis.ids import derived_id
from chassis.mongo import Document, Store
from chassis.testing import REQUESTS, FrozenClock
from chassis.testing_explain import Recorded, assert_indexed, walks_sorted
from vouchers.application.merchants.ports import Shop
from vouchers.domain.actors import Actor
from vouchers.domain.errors import MakerMayNotApprove
from vouchers.domain.merchants.credit_code import check_character
from vouchers.domain.merchants.errors import CreditCodeTaken, MerchantNotFound
from vouchers.domain.merchants.merchant import Merchant, MerchantState, NewMerchant
from vouchers.domain.merchants.particulars import BusinessKind, Contact

from ...neighbourhood import CLERK, COMMUNITY, ELSEWHERE, SECRETARY, Neighbourhood
from ..conftest import stores_in

STRANGER = Actor("account_stranger", ELSEWHERE, SECRETARY.grants)


def a_merchant(here: Neighbourhood, number: int, *, by: Actor = CLERK) -> Merchant:
    body = f"91350100{number:09d}"
    new = NewMerchant(
        name=f"商户{number}",
        credit_code=body + check_character(body),
        business=BusinessKind.GROCERY,
        is_alliance_member=False,
        contact_name="王桂兰",
        contact_phone="13812345678",
        payee_name="王桂兰",
        payee_account_number="62220202",
    )
    merchant_id = derived_id("merchant", by.community_id, str(number))
    return Merchant.register(merchant_id, new, by=by, at=here.clock())


async def test_a_merchant_is_read_back_in_its_own_community_only(here: Neighbourhood) -> None:
    merchants = here.stores.merchants
    stored = await merchants.add(a_merchant(here, 1))

    assert await merchants.get(COMMUNITY, stored.id) == stored
    assert stored.contact == Contact("王桂兰", "13812345678")
    with pytest.raises(MerchantNotFound):
        await merchants.get(ELSEWHERE, stored.id)
    assert await merchants.get_many(ELSEWHERE, [stored.id]) == [None]


async def test_shops_are_named_in_order_and_in_their_own_community_only(
    here: Neighbourhood,
) -> None:
    merchants = here.stores.merchants
    first, second = [await merchants.add(a_merchant(here, number)) for number in (1, 2)]
    ids = [second.id, "merchant_unknown", first.id]

    assert await merchants.shops(COMMUNITY, ids) == [
        Shop(second.name, second.stores),
        None,
        Shop(first.name, first.stores),
    ]
    assert await merchants.shops(ELSEWHERE, ids) == [None, None, None]


async def test_a_code_is_registered_once_in_a_community(here: Neighbourhood) -> None:
    merchants = here.stores.merchants
    request = REQUESTS.request_for("anybody", "r-1", of=1)
    first = await merchants.add(a_merchant(here, 1), request=request)
    assert await merchants.add(a_merchant(here, 1), request=request) == first
    same_code = msgspec.structs.replace(a_merchant(here, 1), id=derived_id("merchant", "other"))

    with pytest.raises(CreditCodeTaken):
        await merchants.add(same_code)
    with pytest.raises(RequestIdReused):
        await merchants.add(
            a_merchant(here, 1), request=REQUESTS.request_for("anybody", "r-1", of=2)
        )
    elsewhere = await merchants.add(a_merchant(here, 1, by=STRANGER))

    assert await merchants.get_many(COMMUNITY, [first.id, same_code.id]) == [first, None]
    assert await merchants.get(ELSEWHERE, elsewhere.id) == elsewhere


async def test_a_refused_change_writes_nothing(here: Neighbourhood) -> None:
    merchants = here.stores.merchants
    stored = await merchants.add(a_merchant(here, 1))

    with pytest.raises(MakerMayNotApprove):
        await merchants.change(COMMUNITY, stored.id, lambda each: each.approve(CLERK, here.clock()))

    assert await merchants.get(COMMUNITY, stored.id) == stored


async def test_they_are_listed_the_newest_first_and_by_state(here: Neighbourhood) -> None:
    merchants, clock = here.stores.merchants, here.clock
    made: list[Merchant] = []
    for number in range(5):
        clock.advance(minutes=1)
        made.insert(0, await merchants.add(a_merchant(here, number)))
    await merchants.add(a_merchant(here, 9, by=STRANGER))
    approved = await merchants.change(
        COMMUNITY, made[1].id, lambda each: each.approve(SECRETARY, clock())
    )
    made[1] = approved

    page = await merchants.newest_first(COMMUNITY, None, first=2, after=None)
    rest = await merchants.newest_first(COMMUNITY, None, first=9, after=page.cursors[-1])
    applied = await merchants.newest_first(COMMUNITY, MerchantState.APPLIED, first=9, after=None)

    assert (page.items, page.has_next_page) == (made[:2], True)
    assert (rest.items, rest.has_next_page) == (made[2:], False)
    assert applied.items == [each for each in made if each.id != approved.id]


async def test_every_list_has_an_index(motor: Store, clock: FrozenClock) -> None:
    here = Neighbourhood(stores_in(motor, clock), clock)
    merchants = here.stores.merchants
    for number in range(40):
        clock.advance(seconds=1)
        await merchants.add(a_merchant(here, number))
        await merchants.add(a_merchant(here, number, by=STRANGER))
    plans: list[Document] = []
    merchants.collection = Recorded(merchants.collection, plans)

    for state in (None, MerchantState.APPLIED):
        page = await merchants.newest_first(COMMUNITY, state, first=5, after=None)
        await merchants.newest_first(COMMUNITY, state, first=5, after=page.cursors[-1])
    await merchants.get(COMMUNITY, page.items[0].id)
    await merchants.get_many(COMMUNITY, [each.id for each in page.items])

    assert len(plans) == 6
    assert_indexed(plans, strictly=await walks_sorted(motor))


async def test_people_accounts_and_reasons_are_not_in_clear_in_the_store(
    motor: Store, clock: FrozenClock
) -> None:
    here = Neighbourhood(stores_in(motor, clock), clock)
    merchants = here.stores.merchants
    stored = await merchants.add(a_merchant(here, 1))
    for step in (
        lambda each: each.approve(SECRETARY, clock()),
        lambda each: each.suspend("多次拒收消费券", SECRETARY, clock()),
    ):
        await merchants.change(COMMUNITY, stored.id, step)

    document = await motor.collection("merchants").find_one({"_id": stored.id})

    assert document is not None
    at_rest = b"".join(
        value if isinstance(value, bytes) else str(value).encode() for value in document.values()
    )
    for words in ("王桂兰", "13812345678", "62220202", "多次拒收消费券"):
        assert words.encode() not in at_rest
    read = await merchants.get(COMMUNITY, stored.id)
    assert read.suspension_reason == "多次拒收消费券"
