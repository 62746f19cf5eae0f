"""A funder has one id in a community, and nobody without the key comes from it to the name."""

from chassis.encryption import KEY_BYTES, LookupHash
from chassis.ids import derived_id
from vouchers.adapters.campaigns.funder_ids import funder_ids
from vouchers.domain.campaigns.terms import Funder, FunderKind

from ...neighbourhood import COMMUNITY, ELSEWHERE

FUNDER = Funder(FunderKind.CHARITY, "红十字会")


def test_it_is_the_same_for_the_same_funder_of_a_community() -> None:
    of = funder_ids(LookupHash(bytes(KEY_BYTES)))

    assert of(COMMUNITY, FUNDER) == of(COMMUNITY, FUNDER)
    others = {
        of(COMMUNITY, FUNDER),
        of(ELSEWHERE, FUNDER),
        of(COMMUNITY, Funder(FunderKind.OTHER, FUNDER.name)),
        of(COMMUNITY, Funder(FUNDER.kind, "慈善总会")),
    }
    assert len(others) == 4


def test_it_is_another_under_another_key_and_never_a_plain_hash() -> None:
    one, other = (funder_ids(LookupHash(key * KEY_BYTES)) for key in (b"a", b"b"))

    plain = derived_id("funder", COMMUNITY, FUNDER.kind.value, FUNDER.name)
    assert len({one(COMMUNITY, FUNDER), other(COMMUNITY, FUNDER), plain}) == 3
