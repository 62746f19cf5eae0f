"""Callbacks to the address that an account's owner gave: verification, and pushes with retries.

A push has five seconds to be answered and at most three attempts, all with the same MsgId.
"success" or an empty body ends it; an encrypted passive reply is shown on the phone; whatever
else, and no answer at all, ends with a notice on the phone that the account is out of order.
"""

import asyncio
import time
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape

import httpx
import msgspec
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from wechat_simulator.callback_crypto import NotForThisAccount, decrypt, encrypt, signature
from wechat_simulator.records import Attempt, Delivery, OfficialAccount, PhoneItem
from wechat_simulator.world import World, openid_of

OUT_OF_ORDER = "该公众号提供的服务出现故障，请稍后再试"


@dataclass(frozen=True)
class Patience:
    """How long WeChat waits, and how often it tries."""

    answer_within_seconds: float = 5.0
    attempts: int = 3
    # From the start of one attempt to the start of the next.
    next_attempt_after_seconds: float = 5.0


@dataclass(frozen=True)
class Verification:
    """What came of asking an address to prove that it knows the token."""

    verified: bool
    seen: str


class Callbacks:
    """Pushes messages and events to the accounts' callback addresses."""

    def __init__(self, world: World, client: httpx.AsyncClient, patience: Patience) -> None:
        self._world = world
        self._client = client
        self._patience = patience
        self._running: set[asyncio.Task[None]] = set()

    async def verify(self, account: OfficialAccount, url: str) -> Verification:
        """Ask the address for the echo of a random text, as the console does before saving it."""
        echo = str(int.from_bytes(self._world.surroundings.random_bytes(8)))
        query = {**self._signed(account), "echostr": echo}
        try:
            answer = await self._client.get(
                url, params=query, timeout=self._patience.answer_within_seconds
            )
        except httpx.HTTPError as error:
            return Verification(False, f"{type(error).__name__}: {error}")
        if answer.status_code != httpx.codes.OK or answer.text != echo:
            return Verification(False, f"HTTP {answer.status_code}: {answer.text[:200]}")
        return Verification(True, answer.text)

    def push(self, delivery: Delivery) -> None:
        """Deliver in the background, beginning now. The attempts are kept as they are made."""
        self._world.deliveries.put(delivery.delivery_id, delivery)
        task = asyncio.create_task(self._deliver(delivery))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def resume(self) -> None:
        """Go on with what an earlier run did not bring to an end."""
        for delivery in self._world.deliveries.all():
            if delivery.state == "pending":
                self.push(delivery)

    async def stop(self) -> None:
        """Stop delivering. What is not at its end is resumed by the next run."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _deliver(self, delivery: Delivery) -> None:
        while delivery.state == "pending":
            started = time.monotonic()
            delivery = await self._attempt(delivery, started)
            if delivery.state == "pending" and len(delivery.attempts) >= self._patience.attempts:
                delivery = msgspec.structs.replace(delivery, state="failed")
            self._world.deliveries.put(delivery.delivery_id, delivery)
            if delivery.state == "pending":
                next_at = started + self._patience.next_attempt_after_seconds
                await asyncio.sleep(max(0.0, next_at - time.monotonic()))
        if delivery.state == "failed":
            self._show(delivery, "fault_notice", OUT_OF_ORDER)

    async def _attempt(self, delivery: Delivery, started: float) -> Delivery:
        account = self._world.accounts.get(delivery.app_id)
        at = self._world.surroundings.seconds()
        if account is None or account.callback_url is None:
            return self._after(delivery, at, started, "no callback address", state="failed")
        try:
            answer = await self._post(account, account.callback_url, delivery)
        except (httpx.HTTPError, TimeoutError) as error:
            return self._after(delivery, at, started, type(error).__name__)
        if answer.status_code != httpx.codes.OK:
            return self._after(delivery, at, started, f"HTTP {answer.status_code}")
        body = answer.text.strip()
        if body in {"", "success"}:
            return self._after(delivery, at, started, body or "empty", state="accepted")
        try:
            text = _passive_reply(account, body)
        except (ParseError, DefusedXmlException, NotForThisAccount, LookupError) as error:
            return self._after(delivery, at, started, f"not a reply: {error}", state="failed")
        self._show(delivery, "account_message", text)
        return self._after(delivery, at, started, "passive reply", state="accepted")

    async def _post(self, account: OfficialAccount, url: str, delivery: Delivery) -> httpx.Response:
        encrypted = encrypt(
            delivery.xml,
            encoding_aes_key=account.encoding_aes_key,
            app_id=account.app_id,
            random=self._world.surroundings.random_bytes(16),
        )
        signed = self._signed(account)
        query = {
            **signed,
            "openid": delivery.openid,
            "encrypt_type": "aes",
            "msg_signature": signature(
                account.token, signed["timestamp"], signed["nonce"], encrypted
            ),
        }
        envelope = _xml({"ToUserName": account.original_id, "Encrypt": encrypted})
        # The limit is on the whole exchange; httpx's own is on each read.
        async with asyncio.timeout(self._patience.answer_within_seconds):
            return await self._client.post(
                url, params=query, content=envelope.encode(), headers={"content-type": "text/xml"}
            )

    def _signed(self, account: OfficialAccount) -> dict[str, str]:
        timestamp = str(self._world.surroundings.seconds())
        nonce = str(int.from_bytes(self._world.surroundings.random_bytes(4)))
        signed = signature(account.token, timestamp, nonce)
        return {"signature": signed, "timestamp": timestamp, "nonce": nonce}

    def _after(
        self, delivery: Delivery, at: int, started: float, outcome: str, *, state: str = "pending"
    ) -> Delivery:
        elapsed_ms = int((time.monotonic() - started) * 1000)
        attempts = (*delivery.attempts, Attempt(at, elapsed_ms, outcome))
        return msgspec.structs.replace(delivery, attempts=attempts, state=state)

    def _show(self, delivery: Delivery, kind: str, text: str) -> None:
        item = {
            "number": self._world.next_item_number(),
            "phone": delivery.phone,
            "app_id": delivery.app_id,
            "kind": kind,
            "received": True,
            "text": text,
            "at": self._world.surroundings.seconds(),
        }
        self._world.show(msgspec.convert(item, PhoneItem))


def text_message(world: World, account: OfficialAccount, phone: str, text: str) -> Delivery:
    """Return the push of a text that a follower wrote."""
    msg_id = world.next_number("msg_id", first=24_100_000_000_000_001)
    return _delivery(
        account, phone, str(msg_id), world, {"MsgType": "text", "Content": text, "MsgId": msg_id}
    )


def event(world: World, account: OfficialAccount, phone: str, name: str) -> Delivery:
    """Return the push of an event: `subscribe` or `unsubscribe`. Events have no MsgId."""
    number = world.next_number("event")
    return _delivery(
        account,
        phone,
        f"event-{number}",
        world,
        {"MsgType": "event", "Event": name, "EventKey": ""},
    )


def _delivery(
    account: OfficialAccount,
    phone: str,
    delivery_id: str,
    world: World,
    fields: dict[str, str | int],
) -> Delivery:
    openid = openid_of(account.app_id, phone)
    xml = _xml(
        {
            "ToUserName": account.original_id,
            "FromUserName": openid,
            "CreateTime": world.surroundings.seconds(),
            **fields,
        }
    )
    return Delivery(delivery_id, account.app_id, phone, openid, xml)


def _xml(fields: dict[str, str | int]) -> str:
    def value(field: str | int) -> str:
        if isinstance(field, int):
            return str(field)
        return "<![CDATA[" + field.replace("]]>", "]]]]><![CDATA[>") + "]]>"

    inner = "".join(f"<{escape(name)}>{value(field)}</{name}>" for name, field in fields.items())
    return f"<xml>{inner}</xml>"


def _passive_reply(account: OfficialAccount, body: str) -> str:
    encrypted = fromstring(body).findtext("Encrypt")
    if encrypted is None:
        raise LookupError("no Encrypt")
    xml = decrypt(encrypted, encoding_aes_key=account.encoding_aes_key, app_id=account.app_id)
    content: str | None = fromstring(xml).findtext("Content")
    if content is None:
        raise LookupError("no Content")
    return content
