"""The accounts whose roles a term has changed are found by an index, however many there are."""

from datetime import timedelta

import msgspec
from chassis.testing import FrozenClock
from chassis.testing_explain import Recorded
from residents.adapters.mongo import MongoAccounts

from .examples import an_account

FEW, MANY = 3, 60


async def test_the_worker_walks_no_account_whose_roles_stay(
    mongo_accounts: MongoAccounts, now: FrozenClock
) -> None:
    accounts, at = mongo_accounts, now()
    for number in range(MANY):
        change_at = at if number < FEW else None if number % 2 else at + timedelta(days=1)
        account = an_account(f"n{number}", at)
        await accounts.add(msgspec.structs.replace(account, roles_change_at=change_at))
    accounts.collection = recorded = Recorded(accounts.collection)

    found = await accounts.with_roles_to_tell(at, limit=10)

    (plan,) = recorded.plans
    assert len(found) == FEW
    assert "COLLSCAN" not in repr(plan["queryPlanner"]["winningPlan"])
    assert plan["executionStats"]["totalKeysExamined"] <= FEW + 1
