"""Every collection of a store in which every room has written: locked, rewrapped, shown."""

import base64
import json
import secrets
from collections.abc import AsyncIterator

import pytest
from chassis.mongo import Document, Store
from residents.application.ports import Cursor
from residents.bootstrap.foundation import Foundation
from residents.bootstrap.rooms import PLANS
from residents.domain.privacy.purposes import Purpose

from ..processes import settings
from .archive import NAME, OPENID, PHONE
from .journey import UNSPEAKABLE, Journey, travelled, words_in

FORMER = "former-key-of-the-test"
NOT_WRITTEN = {
    "early_arrivals", "dead_letters", "leases", "login_attempts", "person_holds",
}  # fmt: skip
"""Collections of what goes wrong, and of what is forgotten after minutes."""


@pytest.fixture(scope="module")
async def journey(mongodb_uri: str, kafka_bootstrap_servers: str) -> Journey:
    variables = settings(mongodb_uri, kafka_bootstrap_servers)
    key = variables["KEY_WRAPPING_KEYS"].partition(":")[2]
    return await travelled(variables | {"KEY_WRAPPING_KEYS": f"{FORMER}:{key}"})


@pytest.fixture
async def store(journey: Journey) -> AsyncIterator[Store]:
    store = Store.connect(journey.variables["MONGODB_URI"], journey.variables["MONGODB_DATABASE"])
    yield store
    await store.close()


async def _all(store: Store) -> dict[str, list[Document]]:
    names = await store.collection_names()
    return {name: await store.collection(name).find({}) for name in names}


async def test_every_room_has_written(store: Store) -> None:
    planned = {index.collection for plan in PLANS for index in plan.indexes}
    planned |= {name for plan in PLANS for name in plan.outboxes}
    planned |= {sealed.collection for plan in PLANS for sealed in plan.sealed}
    written = {name for name, documents in (await _all(store)).items() if documents}

    assert planned - written - NOT_WRITTEN == set()


async def test_nobodys_name_phone_or_note_is_anywhere_in_clear(
    journey: Journey, store: Store
) -> None:
    canary = {"_id": "canary", "in": [{PHONE: b"\x00" + NAME.encode()}]}
    assert words_in([canary], UNSPEAKABLE) == {NAME, PHONE}

    imported = await _phones_of_everybody(journey)
    assert len(imported) > 100
    found = {
        name: words
        for name, documents in (await _all(store)).items()
        if (words := words_in(documents, (*UNSPEAKABLE, *imported)))
    }

    assert found == {}


async def _phones_of_everybody(journey: Journey) -> set[str]:
    """As the service reads them."""
    rooms = journey.built()
    archive = rooms.archive
    view = await archive.reading.view(journey.community_id)
    phones: set[str] = set()
    after: Cursor | None = None
    while True:
        page = await archive.stores.residents.living(
            journey.community_id, view=view, first=100, after=after
        )
        phones |= {each.facts.phone for each in page.items if each.facts and each.facts.phone}
        if not page.has_next_page:
            await rooms.foundation.store.close()
            return phones
        after = page.cursors[-1]


async def test_what_lies_there_for_one_person_is_shown_byte_for_byte(journey: Journey) -> None:
    shown = journey.commands.done("show-stored", journey.resident.id)

    headings = {line.split()[0] for line in shown.splitlines() if not line.startswith(" ")}
    assert headings >= {
        "accounts", "audit_entries", "consents", "exports", "person_keys", "resident_claims",
        "residents", "reveals", "sessions", "wechat_identities",
    }  # fmt: skip
    lines = [line.split() for line in shown.splitlines() if line.startswith("  ")]
    facts = [line for line in lines if line[0] == "facts"]
    assert [(line[1], line[-1]) for line in facts] == [("bytes", "locked")]
    assert not any(word in shown for word in UNSPEAKABLE)

    unknown = journey.commands.run("show-stored", "resident_unknown")
    assert (unknown.returncode, unknown.stdout) == (1, "")


async def test_after_rewrapping_no_document_knows_the_former_key_and_all_reads(
    journey: Journey, store: Store
) -> None:
    before = {name for name, found in (await _all(store)).items() if words_in(found, (FORMER,))}
    assert before >= {"person_keys", "logins", "signing_keys", "audit_heads"}

    new = f"new:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}"
    both = {"KEY_WRAPPING_KEYS": f"{new},{journey.variables['KEY_WRAPPING_KEYS']}"}
    commands = type(journey.commands)(journey.variables | both)
    assert commands.done("rewrap-keys")
    assert commands.done("rewrap-keys", "--dry-run").startswith("0 keys of people and 0 secrets")

    after = {name for name, found in (await _all(store)).items() if words_in(found, (FORMER,))}
    assert after == set()
    await _everything_reads(journey, new)


async def _everything_reads(journey: Journey, new_key: str) -> None:
    only_new = journey.variables | {"KEY_WRAPPING_KEYS": new_key}
    rooms = journey.built(KEY_WRAPPING_KEYS=new_key)
    privacy = rooms.privacy.use_cases
    shown = await privacy.reveal_contact.read(journey.secretary, journey.reveal_id)
    assert shown.contact is not None
    assert (shown.contact.name, shown.contact.phone) == (NAME, PHONE)
    told = await privacy.take_export(journey.ticket.export.id, journey.ticket.secret)
    consents = told["consents"]
    assert isinstance(consents, list)
    assert [it["isGiven"] for it in consents] == [True] * len(Purpose)
    assert set(told) >= {
        "accounts", "bindings", "consents", "exports", "memberships", "ownership", "residents",
        "reveals", "sessions", "wechatLogins",
    }  # fmt: skip
    assert OPENID not in str(told)
    await _every_lock_opens(rooms.foundation)
    await rooms.foundation.store.close()

    verified = type(journey.commands)(only_new).done("verify-audit", "--json")
    (verdict,) = json.loads(verified)
    assert (verdict["whole"], verdict["communityId"]) == (True, journey.community_id)


async def _every_lock_opens(foundation: Foundation) -> None:
    """Every person's key that a document needs, and every secret of the service."""
    stored = await _all(foundation.store)
    people = {
        document["encrypted_for"]
        for documents in stored.values()
        for document in documents
        if "encrypted_for" in document
    }
    ciphers = await foundation.person_keys.ciphers(people)
    assert set(ciphers) == people
    assert len(people) > 100
    for plan in PLANS:
        for sealed in plan.sealed:
            documents = stored[sealed.collection]
            secrets_there = [it for document in documents for it in sealed.find(document)]
            assert secrets_there, sealed.collection
            for secret in secrets_there:
                assert foundation.box.open(secret.place, secret.sealed)
