"""S7: workbooks of strangers, sent as the console sends them."""

import asyncio
import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import httpx
from chassis.mongo import Store
from chassis.testing_waits import until
from local_stack.acting.one_of_each.asking import ask, http_client
from residents.domain.imports.errors import FileTooLarge
from residents.domain.imports.file_size import LARGEST_FILE_BYTES

from strangers.ledger_mutations import (
    WAYS,
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
_REGISTER = "owners-register"
_GOOD: Mapping[str, Callable[[], Workbook]] = {
    _LEDGER: good_ledger,
    _REGISTER: good_register,
}
_FILES_A_COMMUNITY = 14
"""Drawn ones: an office may send 20 in an hour, and some more are sent by each."""
_WITHIN_SECONDS = 180
_PASSED = "answered"
_TOO_LARGE = FileTooLarge.code
_ZIP_BEGINS = b"PK\x03\x04"
_PIECE_BYTES = 1_000_000
_PIECES = LARGEST_FILE_BYTES // _PIECE_BYTES
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
        sign: makes a token of theirs; one is good for some minutes only.
        checked: the resident ledger that was found good last, with what its check counted.
    """

    address: str
    sign: Callable[[], Awaitable[str]]
    community_id: str
    store: Store
    client: httpx.AsyncClient
    checked: tuple[str, dict[str, int]] | None = field(default=None)

    async def send(
        self, kind: str, content: bytes | AsyncIterator[bytes], key: str
    ) -> httpx.Response:
        """Send a file; one in pieces does not say how long it is."""
        return await self.client.post(
            f"{self.address}/imports/{kind}",
            content=content,
            headers={
                "Authorization": f"Bearer {await self.sign()}",
                "Content-Type": _XLSX,
                "Idempotency-Key": key,
            },
        )

    async def until_in(self, import_id: str, states: set[str]) -> dict[str, Any]:
        """Wait for one of these states. Returns: the import. Raises: TimeoutError."""

        async def there() -> dict[str, Any] | None:
            answer = await ask(self.address, await self.sign(), _IMPORT, {"id": import_id})
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
        """Try each way once at full size, and as many drawn files as the effort says."""
        wanted = [*(WAYS if effort.is_full else ()), *[""] * effort.tries]
        at_once = _FILES_A_COMMUNITY // len(_GOOD)
        async with http_client() as client:
            client.timeout = httpx.Timeout(_WITHIN_SECONDS)
            for first in range(0, len(wanted), at_once):
                office = await _office(target, client)
                for number, way in enumerate(wanted[first : first + at_once], first):
                    await _try_both(office, effort.seed + number, way, tally)
                await _accept_both(office, tally)
            if effort.is_full:
                await _try_too_large(await _office(target, client), tally)


async def _office(target: Target, client: httpx.AsyncClient) -> Office:
    cast = target.world.cast
    secretary = await cast.person(await cast.community(), "secretary")
    return Office(
        address=target.door(_PROCESS).address,
        sign=functools.partial(cast.token, secretary),
        community_id=secretary.account.community_id,
        store=target.stores["residents"],
        client=client,
    )


async def _try_both(office: Office, seed: int, wanted: str, tally: Tally) -> None:
    for kind, good in _GOOD.items():
        file = broken(drawn_by(seed), good, wanted)
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
        return code or f"HTTP {answer.status_code}"
    try:
        seen = await office.until_in(body["importId"], _ENDED)
    except TimeoutError:
        tally.found("residents-worker", given, f"no end of the check in {_WITHIN_SECONDS} s")
        return "no end"
    _look_at(seen, file, given, tally)
    if seen["state"] == "CHECKED" and kind == _LEDGER:
        office.checked = body["importId"], _counts(seen)
    return str((seen["refusal"] or {}).get("code", _PASSED))


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
    if seen["state"] == "CHECKED" and _told_of(seen) < len(file.people or ()):
        told = f"{_told_of(seen)} rows of {len(file.people or ())} count or are refused"
        tally.found("residents-worker", given, told)
    if seen["state"] == "CHECKED" and len(rows) != min(seen["rowsRefused"], 100):
        tally.found("residents-worker", given, f"{seen['rowsRefused']} refused, {len(rows)} listed")


def _told_of(seen: dict[str, Any]) -> int:
    """How many rows of a file that was checked count or are refused, by its own figures."""
    counts = _counts(seen)
    if "residents" not in counts:
        return int(seen["rowsRead"])
    return counts["residents"] + counts["vacant_households"] + int(seen["rowsRefused"])


def _counts(seen: dict[str, Any]) -> dict[str, int]:
    return {each["name"]: each["value"] for each in seen["counts"]}


async def _accept_both(office: Office, tally: Tally) -> None:
    """Let a ledger count, and then a register of its homes; look that each is there whole."""
    if office.checked is None:
        await _send_good(office, _LEDGER, tally)
    if office.checked is None:
        return
    import_id, counts = office.checked
    places = {
        "estates": counts["estates"],
        "buildings": counts["buildings"],
        "households": counts["households"] - counts["households_without_door"],
        "residents": counts["residents"],
    }
    if not await _accept(office, import_id, places, tally):
        return
    register_id, owned = await _send_good(office, _REGISTER, tally)
    if register_id is not None:
        owners = {"ownerships": owned["dwellings"], "owners": owned["owners"]}
        await _accept(office, register_id, {**places, **owners}, tally)


async def _send_good(office: Office, kind: str, tally: Tally) -> tuple[str | None, dict[str, int]]:
    """Send a good file, which must be found good. Returns: its import, and what it counts."""
    given = f"a good {kind}"
    answer = await office.send(kind, _GOOD[kind]().content(), f"{given} of {office.community_id}")
    if answer.status_code != httpx.codes.ACCEPTED:
        tally.found(_PROCESS, given, f"{answer.status_code} {answer.text}")
        return None, {}
    import_id = _json(answer)["importId"]
    seen = await office.until_in(import_id, _ENDED)
    if seen["state"] != "CHECKED":
        tally.found("residents-worker", given, str(seen["refusal"]))
        return None, {}
    tally.answered(_PASSED)
    if kind == _LEDGER:
        office.checked = import_id, _counts(seen)
    return import_id, _counts(seen)


async def _accept(
    office: Office, import_id: str, expected: Mapping[str, int], tally: Tally
) -> bool:
    """Accept what was checked. Returns: whether all of it is in the archive now."""
    before = await office.stored()
    asked = {"requestId": f"accept {import_id}", "importId": import_id}
    answer = await ask(office.address, await office.sign(), _ACCEPT, {"input": asked})
    given = f"accept {import_id}"
    if (answer.data or {}).get("acceptImport", {}).get("__typename") != "AcceptImportSuccess":
        tally.found(_PROCESS, given, answer.body)
        return False
    ended = await office.until_in(import_id, {"APPLIED", "REFUSED"})
    if ended["state"] == "REFUSED":
        tally.answered(str((ended["refusal"] or {}).get("code", "REFUSED")))
        expected = {"residents": before["residents"]}
    else:
        tally.answered(_PASSED)
    stored = await office.stored()
    if differing := {name: stored[name] for name in expected if stored[name] != expected[name]}:
        tally.found("residents-worker", given, f"{differing} in the archive, not {expected}")
        return False
    return str(ended["state"]) == "APPLIED"


async def _try_too_large(office: Office, tally: Tally) -> None:
    """One byte more than a file may have, announced and not.

    The connection may close under who still sends; one of them at least must hear the name.
    """
    before, heard = await office.stored(), set()
    announced = bytes(_PIECE_BYTES) * _PIECES + b"x"
    sent: dict[str, bytes | AsyncIterator[bytes]] = {
        "announced": announced,
        "in pieces": _too_large(),
    }
    for name, content in sent.items():
        given = f"{LARGEST_FILE_BYTES + 1:,} bytes, {name}"
        try:
            code = str(_json(await office.send(_LEDGER, content, given)).get("code", "?"))
        except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError):
            code = "cut off"
        tally.answered(code)
        heard.add(code)
        if code not in {_TOO_LARGE, "cut off"}:
            tally.found(_PROCESS, given, code)
    if _TOO_LARGE not in heard:
        tally.found(_PROCESS, "files that are too large", f"never refused by name: {heard}")
    if await office.stored() != before:
        tally.found(_PROCESS, "files that are too large", "something was written")


async def _too_large() -> AsyncIterator[bytes]:
    yield _ZIP_BEGINS + bytes(_PIECE_BYTES - len(_ZIP_BEGINS))
    for _ in range(_PIECES - 1):
        yield bytes(_PIECE_BYTES)
    yield b"x"


def _json(answer: httpx.Response) -> dict[str, Any]:
    """The body; nothing where it is none of ours."""
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
