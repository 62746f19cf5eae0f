"""S7: workbooks of strangers, sent as the console sends them."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import httpx
from chassis.mongo import Store
from chassis.testing_waits import until
from local_stack.acting.one_of_each.asking import ask, http_client

from strangers.ledger_mutations import (
    Broken,
    Workbook,
    broken,
    drawn_by,
    good_ledger,
    good_register,
)
from strangers.outcome import Tally
from strangers.target import Effort, Target

_PROCESS = "residents-api"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LEDGER = "resident-ledger"
_GOOD: Mapping[str, Callable[[], Workbook]] = {
    _LEDGER: good_ledger,
    "owners-register": good_register,
}
_FILES_A_COMMUNITY = 16
"""An office may send 20 in an hour."""
_WITHIN_SECONDS = 180
_ENDED = {"CHECKED", "REFUSED"}
_ARCHIVE = ("estates", "buildings", "households", "residents", "owners", "ownerships")
_IMPORT = """
query Import($id: ID!) {
  import(id: $id) {
    state rowsRead rowsRefused counts { name value } refusal { code reason }
    refusedRows(first: 100) { nodes { row code reason } }
  }
}
"""
_ACCEPT = """
mutation Accept($input: AcceptImportInput!) {
  acceptImport(input: $input) { __typename ... on UserError { code message } }
}
"""


@dataclass
class Office:
    """A secretary of a community of the attack's own, with nothing in its archive.

    Attributes:
        checked: the resident ledger that was found good last, with what its check counted.
    """

    address: str
    token: str
    community_id: str
    store: Store
    client: httpx.AsyncClient
    checked: tuple[str, dict[str, int]] | None = field(default=None)

    async def send(self, kind: str, content: bytes, key: str) -> httpx.Response:
        """Send a file."""
        return await self.client.post(
            f"{self.address}/imports/{kind}",
            content=content,
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": _XLSX,
                "Idempotency-Key": key,
            },
        )

    async def until_in(self, import_id: str, states: set[str]) -> dict[str, Any]:
        """Wait for one of these states. Returns: the import. Raises: TimeoutError."""

        async def there() -> dict[str, Any] | None:
            answer = await ask(self.address, self.token, _IMPORT, {"id": import_id})
            seen: dict[str, Any] | None = (answer.data or {}).get("import")
            return seen if seen is not None and seen["state"] in states else None

        found: Any = await until(there, within_seconds=_WITHIN_SECONDS)
        return dict(found)

    async def stored(self) -> dict[str, int]:
        """How much of the community lies in the archive, by collection."""
        where = {"community_id": self.community_id}
        counts = [self.store.collection(name).count(where) for name in _ARCHIVE]
        return dict(zip(_ARCHIVE, await asyncio.gather(*counts), strict=True))


class BrokenLedgers:
    """Both kinds, at the api that takes them and the worker that checks them."""

    key: ClassVar[str] = "S7"
    rule: ClassVar[str] = (
        "A workbook is refused with a named code, or each of its rows that does not count is "
        "listed with a reason; a check writes nothing, and what is accepted is written whole."
    )

    async def run(self, target: Target, effort: Effort, tally: Tally) -> None:
        """Try as many files of each kind as the effort says."""
        async with http_client() as client:
            client.timeout = httpx.Timeout(_WITHIN_SECONDS)
            for first in range(0, effort.tries, _FILES_A_COMMUNITY // len(_GOOD)):
                office = await _office(target, client)
                last = min(first + _FILES_A_COMMUNITY // len(_GOOD), effort.tries)
                for number in range(first, last):
                    await _try_both(office, effort.seed + number, tally)
                await _accept(office, tally)


async def _office(target: Target, client: httpx.AsyncClient) -> Office:
    cast = target.world.cast
    secretary = await cast.person(await cast.community(), "secretary")
    return Office(
        address=target.door(_PROCESS).address,
        token=await cast.token(secretary),
        community_id=secretary.account.community_id,
        store=target.stores["residents"],
        client=client,
    )


async def _try_both(office: Office, seed: int, tally: Tally) -> None:
    for kind, good in _GOOD.items():
        file = broken(drawn_by(seed), good)
        given = f"{kind} SEED={seed}: {', '.join(file.changes)}"
        before = await office.stored()
        tally.answered(await _what_becomes_of(office, kind, file, f"{kind} {seed}", given, tally))
        if await office.stored() != before:
            tally.found(_PROCESS, given, "the check wrote into the archive")


async def _what_becomes_of(
    office: Office, kind: str, file: Broken, key: str, given: str, tally: Tally
) -> str:
    """Send a file and wait for its check. Returns: the code by which it is counted."""
    answer = await office.send(kind, file.content, key)
    body = _json(answer)
    if answer.status_code != httpx.codes.ACCEPTED:
        code = str(body.get("code", ""))
        if answer.is_server_error or not code:
            tally.found(_PROCESS, given, f"{answer.status_code} {answer.text}")
        return code or str(answer.status_code)
    try:
        seen = await office.until_in(body["importId"], _ENDED)
    except TimeoutError:
        tally.found("residents-worker", given, f"no end of the check in {_WITHIN_SECONDS} s")
        return "NO_END"
    _look_at(seen, file, given, tally)
    if seen["state"] == "CHECKED" and kind == _LEDGER:
        office.checked = body["importId"], {each["name"]: each["value"] for each in seen["counts"]}
    return str((seen["refusal"] or {}).get("code", "CHECKED"))


def _look_at(seen: dict[str, Any], file: Broken, given: str, tally: Tally) -> None:
    refusal, rows = seen["refusal"], seen["refusedRows"]["nodes"]
    if seen["state"] == "REFUSED" and not (refusal and refusal["code"] and refusal["reason"]):
        tally.found("residents-worker", given, "refused without a reason")
    if refusal and refusal["code"] == "IMPORT_CRASHED":
        tally.found("residents-worker", given, "the processes that worked on it crashed")
    if seen["state"] == "REFUSED" and file.people is not None:
        tally.found("residents-worker", given, f"refused whole for some cells: {refusal}")
    if [row for row in rows if not (row["code"] and row["reason"])]:
        tally.found("residents-worker", given, "a row is refused without a reason")
    if seen["state"] == "CHECKED" and len(rows) != min(seen["rowsRefused"], 100):
        tally.found("residents-worker", given, f"{seen['rowsRefused']} refused, {len(rows)} listed")


async def _accept(office: Office, tally: Tally) -> None:
    """Let the last good one of the community count, and look that it is there whole."""
    if office.checked is None:
        return
    import_id, counts = office.checked
    asked = {"requestId": f"accept {import_id}", "importId": import_id}
    answer = await ask(office.address, office.token, _ACCEPT, {"input": asked})
    given = f"accept {import_id}"
    if (answer.data or {}).get("acceptImport", {}).get("__typename") != "AcceptImportSuccess":
        tally.found(_PROCESS, given, answer.body)
        return
    ended = await office.until_in(import_id, {"APPLIED", "REFUSED"})
    stored = await office.stored()
    expected = counts["residents"] if ended["state"] == "APPLIED" else 0
    if stored["residents"] != expected:
        tally.found("residents-worker", given, f"{stored['residents']} of {expected} residents")
    tally.answered(ended["state"])


def _json(answer: httpx.Response) -> dict[str, Any]:
    """The body; nothing where it is none of ours."""
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
