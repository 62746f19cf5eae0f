"""Whatever is done in whatever order: no money is made, none is lost, none is negative."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from chassis.testing import REQUESTS
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from vouchers.domain.campaigns.terms import CampaignKind
from vouchers.domain.cards.uses import ReversalReason
from vouchers.domain.cards.voucher import Voucher, VoucherState
from vouchers.domain.errors import VouchersError

from ...neighbourhood import CLERK, COMMUNITY, Neighbourhood, merchant_actor, resident

T = TypeVar("T")
NAMES = ("安娜", "保罗", "克拉", "丹尼")
STOCK = 5
SHOPS = ("面馆", "理发店")
FEN = st.sampled_from([-1, 0, 1, 300, 999, 1_000, 1_001, 2_000]) | st.integers(-10, 2_000)


class Money(RuleBasedStateMachine):
    """Neighbours claim, shops take, the office takes back, time passes, the books are kept."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.here = Neighbourhood()
        self.keys = 0

    def teardown(self) -> None:
        self.loop.close()

    def done(self, doing: Awaitable[T]) -> T:
        async def wait() -> T:
            return await doing

        return self.loop.run_until_complete(wait())

    @initialize(single=st.booleans(), minimum_spend_fen=st.sampled_from([0, 0, 300]))
    def begin(self, single: bool, minimum_spend_fen: int) -> None:
        self.campaign = self.done(
            self.here.campaign(
                kind=CampaignKind.RED_PACKET if single else CampaignKind.WELFARE_CARD,
                face_value_fen=1_000,
                minimum_spend_fen=minimum_spend_fen,
                stock=STOCK,
                budget_fen=STOCK * 1_000 + 7,
                per_person=2,
                per_household=3,
            )
        )
        for shop in SHOPS:
            self.done(self.here.merchant(shop))
        for number, name in enumerate(NAMES):
            actor = self.done(self.here.neighbour(name, household=f"户{number // 2}"))
            self.done(self.here.claimed(actor, self.campaign, request="0"))

    @rule(name=st.sampled_from(NAMES), request=st.integers(1, 4))
    def claim(self, name: str, request: int) -> None:
        try:
            self.done(self.here.claimed(resident(name), self.campaign, request=str(request)))
        except VouchersError:
            return

    @rule(data=st.data(), shop=st.sampled_from(SHOPS), bill_fen=FEN)
    def use(self, data: st.DataObject, shop: str, bill_fen: int) -> None:
        voucher = self._one_of(data, self.claimed)
        if voucher is None:
            return
        holder = next(n for n in NAMES if resident(n).account_id == voucher.account_id)
        amount_fen = data.draw(st.none() | FEN)
        self.keys += data.draw(st.sampled_from([1, 1, 1, 0]))
        asked: dict[str, Any] = {
            "till": merchant_actor(shop),
            "store": self.done(self._store(shop)),
            "key": f"key-{self.keys}",
            "bill_fen": bill_fen,
            "amount_fen": amount_fen,
        }
        try:
            self.done(self.here.redeemed(resident(holder), voucher, **asked))
        except VouchersError:
            return

    @rule(seconds=st.sampled_from([31, 31, 31, 31, 20, 90, 86_400, 29 * 86_400]))
    def pass_time(self, seconds: int) -> None:
        self.here.clock.advance(seconds=seconds)

    @rule()
    def expire(self) -> None:
        self.done(self.here.expire())

    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        uses = [use for voucher in self.claimed for use in voucher.uses]
        if not uses:
            return
        use = data.draw(st.sampled_from(uses))
        self.keys += 1
        request = REQUESTS.request_for(CLERK.account_id, str(self.keys), use=use.id)
        try:
            self.done(
                self.here.till.reverse(CLERK, use.id, reason=ReversalReason.OTHER, request=request)
            )
        except VouchersError:
            return

    @rule()
    def keep_the_books(self) -> None:
        self.done(self.here.post_told(self.campaign))
        self.done(self.here.seal())

    @property
    def claimed(self) -> list[Voucher]:
        return [v for v in self.here.stores.vouchers.all if v.state is not VoucherState.AVAILABLE]

    async def _store(self, shop: str) -> str:
        merchant = await self.here.stores.merchants.get(
            COMMUNITY, next(iter(merchant_actor(shop).merchant_ids))
        )
        return str(merchant.stores[0].id)

    def _one_of(self, data: st.DataObject, vouchers: list[Voucher]) -> Voucher | None:
        return data.draw(st.sampled_from(vouchers)) if vouchers else None

    @invariant()
    def every_voucher_adds_up(self) -> None:
        for voucher in self.here.stores.vouchers.all:
            parts = (voucher.remaining_fen, voucher.used_fen, voucher.released_fen)
            assert min(parts) >= 0
            assert sum(parts) == voucher.face_value_fen
            assert voucher.is_used == any(use.stands for use in voucher.uses)
            assert 0 <= voucher.usable_fen <= voucher.remaining_fen
            assert (voucher.remaining_fen == 0) == (
                voucher.state in {VoucherState.SPENT, VoucherState.EXPIRED}
            )

    @invariant()
    def nobody_is_over_a_cap_and_nothing_over_the_stock(self) -> None:
        assert len(self.here.stores.vouchers.all) in {0, STOCK}
        for name in NAMES:
            mine = [v for v in self.claimed if v.account_id == resident(name).account_id]
            assert len(mine) <= 2
        for household in {v.household_id for v in self.claimed}:
            assert sum(v.household_id == household for v in self.claimed) <= 3

    @invariant()
    def a_code_is_used_once(self) -> None:
        for voucher in self.claimed:
            steps = [use.code_step for use in voucher.uses]
            assert steps == sorted(set(steps))

    @invariant()
    def the_books_balance(self) -> None:
        if not self.here.stores.heads.heads:
            return
        self.done(self.here.post_told(self.campaign))
        (report,) = self.done(self.here.verify())
        assert report.is_whole
        assert report.awaited == 0
        assert report.disagreeing == []


TestMoney = Money.TestCase
TestMoney.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
