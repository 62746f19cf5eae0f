"""Keys that sign access tokens: made once, rotated by command."""

from dataclasses import dataclass

from residents.application.ports import NoSigningKeys, Now, SigningKeyPairs, SigningKeySets
from residents.domain.login import GLOBAL
from residents.domain.signing_keys import SigningKeys


@dataclass(frozen=True)
class EnsureSigningKeys:
    """Every api does this as it starts; the first one's keys stand."""

    key_sets: SigningKeySets
    key_pairs: SigningKeyPairs
    keys_id: str
    now: Now

    async def __call__(self) -> SigningKeys:
        """The keys there are."""
        try:
            return await self.key_sets.get(GLOBAL, self.keys_id)
        except NoSigningKeys:
            first = SigningKeys.first(
                self.keys_id, self.key_pairs.new(), self.key_pairs.new(), self.now()
            )
            return await self.key_sets.add(first)


@dataclass(frozen=True)
class RotateSigningKey:
    """The next key signs from now on; tokens of the old one are believed until they expire."""

    key_sets: SigningKeySets
    key_pairs: SigningKeyPairs
    ensure: EnsureSigningKeys
    now: Now

    async def foretell(self, *, force: bool = False) -> SigningKeys:
        """What the keys would be, but for the one that is made. Raises: as `__call__` does."""
        keys = await self.key_sets.get(GLOBAL, self.ensure.keys_id)
        after, _ = keys.rotate(self.key_pairs.new(), self.now(), force=force)
        return after

    async def __call__(self, *, force: bool = False) -> SigningKeys:
        """The keys after it. Raises: NextKeyTooYoung, unless forced."""
        await self.ensure()
        at = self.now()
        following = self.key_pairs.new()
        return await self.key_sets.change(
            GLOBAL, self.ensure.keys_id, lambda keys: keys.rotate(following, at, force=force)
        )
