"""Figures of the whole community's money: who is told them, and how many."""

import pytest
from chassis.errors import Forbidden
from vouchers.application.ledger import voucher_figures
from vouchers.application.ledger.ports import MerchantCustomers
from vouchers.application.ledger.read_ledger import ReadLedger, StatementOrder
from vouchers.application.ledger.voucher_figures import ReadVoucherFigures
from vouchers.domain.actors import Actor, Role, RoleGrant
from vouchers.domain.cards.owed_reward import OwedReward

from ...neighbourhood import AUDITOR, CLERK, COMMUNITY, ESTATE, SECRETARY, Neighbourhood


def figures_of(here: Neighbourhood) -> ReadVoucherFigures:
    kept = here.stores
    return ReadVoucherFigures(kept.counts, kept.entries, kept.heads, kept.owed, here.clock)


@pytest.mark.parametrize("role", [Role.CLERK, Role.SECRETARY, Role.AUDITOR])
async def test_whose_role_is_of_one_estate_is_told_nothing(here: Neighbourhood, role: Role) -> None:
    scoped = Actor("account_scoped", COMMUNITY, (RoleGrant(role, (ESTATE,)),))
    merchant = await here.merchant()
    figures, books = figures_of(here), ReadLedger(here.stores.entries, here.stores.merchants)
    period = StatementOrder(merchant.id, here.clock.at, here.clock.advance(days=1))

    with pytest.raises(Forbidden):
        await figures(scoped)
    with pytest.raises(Forbidden):
        await figures.used(scoped, first=5, after=None)
    with pytest.raises(Forbidden):
        await books.statement(scoped, period, first=5, after=None)
    with pytest.raises(Forbidden):
        await books.newest_first(scoped, first=5, after=None)


@pytest.mark.parametrize("actor", [CLERK, SECRETARY, AUDITOR])
async def test_who_works_for_the_community_is_told(here: Neighbourhood, actor: Actor) -> None:
    told = await figures_of(here)(actor)

    assert (told.merchants_redeeming, told.customers) == (0, ())


async def test_a_reward_that_waits_for_its_campaign_is_counted(here: Neighbourhood) -> None:
    earned = OwedReward(
        claim_key="reward_1",
        community_id=COMMUNITY,
        account_id="account_1",
        issue_id="issue_1",
        earned_at=here.clock(),
    )
    await here.stores.owed.keep(earned)

    assert (await figures_of(here)(SECRETARY)).rewards_owed == 1


async def test_merchants_are_counted_all_and_the_busiest_are_named(
    here: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def customers(_: str) -> list[MerchantCustomers]:
        return [MerchantCustomers(f"merchant_{n}", new=n, returning=n % 2) for n in range(5)]

    monkeypatch.setattr(here.stores.counts, "customers", customers)
    monkeypatch.setattr(voucher_figures, "MOST_MERCHANTS", 3)

    told = await figures_of(here)(SECRETARY)

    assert told.merchants_redeeming == 5
    named = [each.merchant_id for each in told.customers]
    assert named == ["merchant_3", "merchant_4", "merchant_1"]
