"""Shares of a dwelling, exact: two integers, never a float."""

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from residents.domain.owners.errors import OwnerShareInvalid, OwnerSharesDoNotAddUp

LARGEST_DENOMINATOR = 1_000_000


class Share(msgspec.Struct, frozen=True):
    """A part of a dwelling, in lowest terms: above nothing, at most the whole."""

    numerator: int
    denominator: int

    @classmethod
    def of(cls, numerator: int, denominator: int) -> "Share":
        """The share in lowest terms. Raises: OwnerShareInvalid."""
        if denominator < 1:
            raise OwnerShareInvalid
        return cls.exactly(Fraction(numerator, denominator))

    @classmethod
    def exactly(cls, fraction: Fraction) -> "Share":
        """The share that this fraction is. Raises: OwnerShareInvalid."""
        if not 0 < fraction <= 1 or fraction.denominator > LARGEST_DENOMINATOR:
            raise OwnerShareInvalid
        return cls(fraction.numerator, fraction.denominator)

    @property
    def fraction(self) -> Fraction:
        """The same, to add up."""
        return Fraction(self.numerator, self.denominator)


WHOLE = Share(1, 1)


def settled_shares(shares: Sequence[Share | None]) -> tuple[Share | None, ...]:
    """The shares of all owners of one dwelling, as they are kept.

    None for each of several owners is joint ownership, without shares; a single owner has all.

    Raises: OwnerSharesDoNotAddUp unless they are exactly the whole, or owned jointly.
    """
    if len(shares) == 1 and shares[0] is None:
        return (WHOLE,)
    known = [share.fraction for share in shares if share is not None]
    if known and (len(known) < len(shares) or sum(known) != 1):
        raise OwnerSharesDoNotAddUp
    return tuple(shares)
