"""Nothing reads or writes across communities by mistake.

Every method of an adapter that asks the store uses the `community_id` it is given; every unique
index starts with it. What is global, or works for all communities at once, is named here, with
the reason, and nowhere else.
"""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from chassis.mongo import Index

ROOT = Path(__file__).parents[2]
ASKS_THE_STORE = {
    "aggregate", "change_found", "count", "delete_many", "delete_one", "find", "find_one",
    "insert_missing", "insert_one", "page", "update_each", "update_many", "update_one",
}  # fmt: skip
GLOBAL = {
    "MongoFigures.as_of_before": "the worker counts all communities anew on a new day",
    "MongoSessions.standing_of": "a session is of an account, and an account of one community",
    "MongoAccounts.with_roles_to_tell": "the worker tells of terms for all communities",
    "MongoWeChatIdentities.of_person": "a person comes by the same openids to every community",
    "MongoSessions.revoked_since": "every process refuses every ended session",
    "MongoImportBatches.with_work": "the worker works for all communities",
    "MongoImportBatches.with_leftovers": "the worker clears up for all communities",
    "MongoImportBatches.lapsed": "the worker lets lapse for all communities",
    "MongoMerchantClients.of_id": "a client names itself and no community",
    "MongoCampaigns.with_work": "the worker makes vouchers for all communities",
    "MongoVouchers.expire_due": "the worker expires what is due of all communities",
    "MongoVouchers.count_due": "an operator is told what expire_due would do in all communities",
    "MongoLedgerHeads.all": "the sealer works for all communities",
    "MongoLedgerEntries.unsealed_communities": "the sealer works for all communities",
    "MongoCampaigns.communities_that_spend": "verify-ledger walks the books of all communities",
    "MongoOwedRewards.oldest_first": "the worker gives what is owed in all communities",
    "MongoCampaigns.over": "the worker ends campaigns for all communities",
    "MongoCommunityList.first": "an operator who names no community has one",
    "MongoArticles.published_since": "the poller works for all communities",
    "MongoComments.due_replies": "the sender works for all communities",
    "MongoNotifications.due": "the sender works for all communities",
    "MongoNotifications.sending_since_before": "the sender works for all communities",
    "MongoComments.sending_since_before": "the sender works for all communities",
    "MongoAuditEntries._tenants": "verify-audit walks the trails of all communities",
    "StoredDocuments._all": "show-stored leaves no collection out",
    "StoredDocuments.one": "show-stored is for an operator, of whatever community",
    "MongoDataExports.of_ticket": "a ticket names the export and no community",
    "MongoCommenters.due": "the worker asks WeChat about those of all communities",
    "MongoIssues.change_due": "the worker watches the clocks of all communities",
    "MongoIssues.due": "the worker watches the clocks of all communities",
    "MongoPhotos.of_ticket": "a ticket or a signed address names the photo and no community",
    "MongoPhotos.due_to_clear": "the worker clears up for all communities",
    "MongoChannels.of_callback": "WeChat names the channel and no community",
}


def queries(source: str) -> Iterator[tuple[str, bool]]:
    """Every method that asks the store, by class, and whether it is bound to a community."""
    for owner in ast.walk(ast.parse(source)):
        if not isinstance(owner, ast.ClassDef):
            continue
        for method in owner.body:
            if isinstance(method, ast.AsyncFunctionDef | ast.FunctionDef) and _asks(method):
                yield f"{owner.name}.{method.name}", _is_bound(method)


def _asks(method: ast.AST) -> bool:
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ASKS_THE_STORE
        and ("collection" in ast.unparse(call.func.value) or ast.unparse(call.func.value) == "self")
        for call in ast.walk(method)
    )


def _is_bound(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether it uses the `community_id` that it is given, alone or in an aggregate."""
    names = {node.id for node in ast.walk(method) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(method) if isinstance(node, ast.Attribute)}
    return "community_id" in names | attributes


def adapters() -> list[Path]:
    return sorted(ROOT.glob("services/*/src/*/adapters/**/*.py"))


def test_every_query_is_bound_to_a_community() -> None:
    found = [query for path in adapters() for query in queries(path.read_text())]

    assert found
    assert {name for name, bound in found if not bound} == set(GLOBAL)


def test_a_planted_query_across_communities_is_caught() -> None:
    planted = (
        "class MongoLoaves:\n"
        "    async def all_of(self, community_id: str) -> None:\n"
        "        await self.collection.find({'state': 'baked'})\n"
    )

    assert list(queries(planted)) == [("MongoLoaves.all_of", False)]


def _declared_indexes() -> list[Index]:
    modules = [import_module(_module_of(path)) for path in adapters()]
    return [
        index
        for module in modules
        for declared in vars(module).values()
        if isinstance(declared, list | tuple)
        for index in declared
        if isinstance(index, Index)
    ]


def _module_of(path: Path) -> str:
    _, package = str(path.relative_to(ROOT).with_suffix("")).split("/src/")
    return package.replace("/", ".").removesuffix(".__init__")


@pytest.mark.parametrize("index", _declared_indexes(), ids=lambda index: index.name)
def test_a_unique_index_starts_with_the_community(index: Index) -> None:
    assert not index.unique or index.keys[0][0] == "community_id"
