"""Ids and marks by keyed hashes: to be found again, not to be guessed."""

from chassis.encryption import LookupHash
from chassis.ids import derived_id

from residents.domain.archive.marks import name_mark, phone_mark

_UNION = "wechat.unionid"
_SECRET_CHARACTERS = 32


class DerivedPseudonyms:
    """See `Pseudonyms`.

    Args:
        keyed_hash: under this service's own key.
        union_hash: under the key that outreach has as well.
    """

    def __init__(self, keyed_hash: LookupHash, union_hash: LookupHash) -> None:
        self._keyed_hash = keyed_hash
        self._union_hash = union_hash

    def identity_id(self, app_id: str, openid: str) -> str:
        """See `Pseudonyms.identity_id`."""
        return derived_id("wechat", app_id, self._keyed_hash(f"wechat.openid.{app_id}", openid))

    def union_mark(self, unionid: str) -> str:
        """See `Pseudonyms.union_mark`."""
        return self._union_hash(_UNION, unionid)

    def union_id(self, union_mark: str) -> str:
        """See `Pseudonyms.union_id`."""
        return derived_id("union", union_mark)

    def account_id(self, community_id: str, person_id: str) -> str:
        """See `Pseudonyms.account_id`."""
        return derived_id("account", "wechat", community_id, person_id)

    def person_key(self, owner_id: str) -> str:
        """See `Pseudonyms.person_key`."""
        return derived_id("person", owner_id)

    def claim_id(self, community_id: str, resident_id: str) -> str:
        """See `Pseudonyms.claim_id`."""
        return derived_id("claim", community_id, resident_id)

    def new_resident_id(self, binding_id: str) -> str:
        """See `Pseudonyms.new_resident_id`."""
        return derived_id("resident", binding_id)

    def name_mark(self, name: str) -> str:
        """See `Pseudonyms.name_mark`."""
        return name_mark(name, self._keyed_hash)

    def phone_mark(self, phone: str) -> str:
        """See `Pseudonyms.phone_mark`."""
        return phone_mark(phone, self._keyed_hash)

    def reset_secret(self, account_id: str, reset_id: str) -> str:
        """See `Pseudonyms.reset_secret`."""
        secret = self._keyed_hash("credential_reset", f"{account_id}.{reset_id}")
        return secret[:_SECRET_CHARACTERS]
