"""A ledger is sent, checked, accepted and applied."""

import json
from typing import Any

from chassis.testing_waits import until
from residents.bootstrap.rooms import Rooms

from .conftest import LEDGERS
from .office import DIFFERENCES, Office

TRUTH: dict[str, Any] = json.loads((LEDGERS / "resident-ledger.truth.json").read_text())


async def test_what_a_check_tells_is_the_truth_row_by_row(office: Office, ledger: bytes) -> None:
    batch = await office.checked(ledger)

    assert (batch["state"], batch["kind"], batch["asOf"]) == (
        "CHECKED", "RESIDENT_LEDGER", TRUTH["as_of"],
    )  # fmt: skip
    assert {each["name"]: each["value"] for each in batch["counts"]} == {
        "estates": len(TRUTH["estates"]),
        "old_estates": sum(estate["old"] for estate in TRUTH["estates"]),
        "buildings": TRUTH["buildings"],
        "households": TRUTH["households"],
        "households_without_door": 0,
        "vacant_households": TRUTH["vacant_households"],
        "residents": TRUTH["residents"],
        "elderly_60": TRUTH["elderly_60"],
        "area_cm2": sum(estate["area_cm2"] for estate in TRUTH["estates"]),
    }
    refused = [(row["sheet"], row["row"], row["code"]) for row in batch["refusedRows"]["nodes"]]
    assert refused == [(row["sheet"], row["row"], row["code"]) for row in TRUTH["bad_rows"]]
    assert all(row["reason"].endswith("。") for row in batch["refusedRows"]["nodes"])
    assert batch["rowsRefused"] == len(TRUTH["bad_rows"])
    assert {each["difference"]: each["count"] for each in batch["differenceCounts"]} == {
        "NEW": TRUTH["residents"], "MOVED": 0, "CHANGED": 0, "MISSING": 0, "UNCHANGED": 0,
    }  # fmt: skip
    assert batch["receivedBy"] is not None
    assert await office.totals() == {
        "edition": 0, "buildings": 0, "households": 0, "residents": 0, "elderly_60": 0,
    }  # fmt: skip


async def test_an_accepted_ledger_is_what_everybody_sees(office: Office, ledger: bytes) -> None:
    batch = await office.applied(ledger)

    assert batch["state"] == "APPLIED"
    assert batch["acceptedBy"] is not None
    totals = await office.totals()
    assert totals == {
        "edition": 1,
        "buildings": TRUTH["buildings"],
        "households": TRUTH["households"],
        "residents": TRUTH["residents"],
        "elderly_60": totals["elderly_60"],
    }
    await until(lambda: _no_file(office), within_seconds=30)


async def test_the_same_file_again_changes_nothing(office: Office, ledger: bytes) -> None:
    batch = await office.applied(ledger)
    totals = await office.totals()

    assert await office.sent(ledger) == batch["id"]

    assert (await office.look(batch["id"]))["state"] == "APPLIED"
    assert await office.totals() == totals
    assert await office.stored("import_batches") == 1
    await until(lambda: _no_file(office), within_seconds=30)


async def test_a_discarded_file_is_gone_and_may_come_again(office: Office, ledger: bytes) -> None:
    batch = await office.checked(ledger)

    assert (await office.discard(batch["id"]))["import"]["state"] == "DISCARDED"

    assert await office.stored("import_files", "import_pieces", "import_differing_rows") == 0
    assert (await office.accept(batch["id"]))["code"] == "IMPORT_NOT_CHECKED"
    again = await office.sent(ledger)
    assert again != batch["id"]
    await office.until_in(again, "CHECKED")


async def test_differences_are_listed_page_by_page(office: Office, ledger: bytes) -> None:
    batch = await office.checked(ledger)
    rows: list[Any] = []
    after = None
    while True:
        page = (
            await office.graph.ask(
                DIFFERENCES, id=batch["id"], difference="NEW", first=100, after=after
            )
        )["differences"]
        rows += [(row["sheet"], row["row"]) for row in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]

    assert len(rows) == len(set(rows)) == TRUTH["residents"]


async def test_a_file_lies_in_the_store_only_sealed(
    office: Office, rooms: Rooms, ledger: bytes
) -> None:
    batch = await office.checked(ledger)
    pieces = await rooms.foundation.store.collection("import_pieces").find(
        {"community_id": office.community_id}
    )
    (file,) = await rooms.foundation.store.collection("import_files").find(
        {"community_id": office.community_id}
    )

    assert sum(len(piece["sealed"]) for piece in pieces) > len(ledger)
    assert all(ledger[:64] not in piece["sealed"] for piece in pieces)
    assert rooms.foundation.box.open(f"import_file.{file['_id']}", file["sealed_key"])
    documents = await rooms.foundation.store.collection("import_batches").find(
        {"community_id": office.community_id}
    )
    assert [document["_id"] for document in documents] == [batch["id"]]


async def _no_file(office: Office) -> bool:
    return await office.stored("import_files", "import_pieces") == 0
