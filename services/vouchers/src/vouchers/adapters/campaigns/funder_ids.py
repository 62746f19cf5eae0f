"""Ids of funders."""

from collections.abc import Callable

from chassis.ids import derived_id

from vouchers.application.campaigns.ports import FunderIds
from vouchers.domain.campaigns.terms import Funder


def funder_ids(keyed_hash: Callable[[str, str], str]) -> FunderIds:
    """The one id of a funder in a community, from which nobody guesses the name.

    Args:
        keyed_hash: (kind, value) → hexadecimal, under a key that is nowhere in the store.
    """

    def funder_id(community_id: str, funder: Funder) -> str:
        said = "\n".join((community_id, funder.kind.value, funder.name))
        return derived_id("funder", keyed_hash("funder.name", said))

    return funder_id
