"""The accounts whose roles a term has changed are found by an index, however many there are."""

from datetime import timedelta
from typing import Any

import msgspec
from chassis.mongo import Collection, Document, Sort
from chassis.testing import FrozenClock
from residents.adapters.mongo import MongoAccounts

from .examples import an_account

FEW, MANY = 3, 60


class Recorded(Collection):
    """A collection that explains every list before it answers it."""

    def __init__(self, collection: Collection) -> None:
        super().__init__(collection._driver)
        self.plans: list[Document] = []

    async def find(
        self, where: Document, *, sort: Sort | None = None, limit: int = 0, **named: Any
    ) -> list[Document]:
        self.plans.append(await self.explain_find(where, sort=sort, limit=limit))
        return await super().find(where, sort=sort, limit=limit, **named)


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
