"""Fields of an aggregate that only this service can read, and only while the person's key lives."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from chassis.encryption import FieldCipher
from chassis.person_keys import PersonKeys

Document = dict[str, Any]
ENCRYPTED_FOR = "encrypted_for"


class EncryptedFields:
    """A codec for `chassis.aggregates.Aggregates`.

    Args:
        fields: names, with dots into structures ("reply.text"). Their types must allow None:
            that is what is read once the person's key is destroyed.
        person_key: finds in the document (as the aggregate's fields, `_id` for the id) whose
            key locks it. The answer is stored beside the fields as `encrypted_for`.

    Encoding raises PersonKeyDestroyed for a value that would be locked for a destroyed key.
    """

    def __init__(
        self,
        keys: PersonKeys,
        *,
        fields: Sequence[str],
        person_key: Callable[[Document], str],
    ) -> None:
        self._keys = keys
        self._paths = [tuple(field.split(".")) for field in fields]
        self._person_key = person_key

    async def encode(self, document: Document) -> Document:
        """Lock the fields that hold something."""
        if not self._holds_something(document):
            return document
        person = self._person_key(document)
        return self._locked(document, person, await self._keys.cipher(person))

    async def encode_many(self, documents: Sequence[Document]) -> list[Document]:
        """Lock many documents, making the keys that are not there yet in one write.

        About 5 µs a field, and as much again for a key of a person's own.
        """
        people = [
            self._person_key(document) if self._holds_something(document) else None
            for document in documents
        ]
        ciphers = await self._keys.create_many(person for person in people if person is not None)
        return [
            document if person is None else self._locked(document, person, ciphers[person])
            for document, person in zip(documents, people, strict=True)
        ]

    async def decode(self, documents: Sequence[Document]) -> list[Document]:
        """Unlock many documents, reading the keys of all of them at once."""
        people = {document[ENCRYPTED_FOR] for document in documents if ENCRYPTED_FOR in document}
        ciphers = await self._keys.ciphers(people)
        return [self._unlocked(document, ciphers) for document in documents]

    def _holds_something(self, document: Document) -> bool:
        return any(holder[path[-1]] is not None for path, holder in self._holders(document))

    def _locked(self, document: Document, person: str, cipher: FieldCipher) -> Document:
        for path, holder in self._holders(document):
            if holder[path[-1]] is not None:
                clear = msgspec.msgpack.encode(holder[path[-1]])
                holder[path[-1]] = cipher.encrypt(clear, _place(path, person))
        document[ENCRYPTED_FOR] = person
        return document

    def _unlocked(self, document: Document, ciphers: dict[str, FieldCipher]) -> Document:
        person = document.get(ENCRYPTED_FOR)
        if person is None:
            return document
        cipher = ciphers.get(person)
        for path, holder in self._holders(document):
            locked = holder[path[-1]]
            if isinstance(locked, bytes):
                holder[path[-1]] = (
                    msgspec.msgpack.decode(cipher.decrypt(locked, _place(path, person)))
                    if cipher
                    else None
                )
        return document

    def _holders(self, document: Document) -> list[tuple[tuple[str, ...], Document]]:
        """The dictionary that holds each field, where the document has it."""
        found = []
        for path in self._paths:
            holder: Any = document
            for name in path[:-1]:
                holder = holder.get(name) if isinstance(holder, dict) else None
            if isinstance(holder, dict) and path[-1] in holder:
                found.append((path, holder))
        return found


def _place(path: tuple[str, ...], person: str) -> bytes:
    return f"{'.'.join(path)}\x00{person}".encode()
