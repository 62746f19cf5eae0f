from uuid import UUID

from chassis.ids import derived_id, new_id
from hypothesis import given
from hypothesis import strategies as st
from typeid import TypeID

parts = st.lists(st.text(), min_size=1, max_size=4)


@given(parts)
def test_the_same_parts_give_the_same_id(given_parts: list[str]) -> None:
    assert derived_id("issue", *given_parts) == derived_id("issue", *given_parts)


@given(parts, parts)
def test_other_parts_give_another_id(one: list[str], other: list[str]) -> None:
    assert (derived_id("issue", *one) == derived_id("issue", *other)) == (one == other)


def test_parts_do_not_run_into_each_other() -> None:
    assert derived_id("issue", "ab", "c") != derived_id("issue", "a", "bc")


def test_the_prefix_is_part_of_what_is_derived() -> None:
    assert derived_id("issue", "a").split("_")[1] != derived_id("intake", "a").split("_")[1]


@given(parts)
def test_a_derived_id_is_a_uuid_of_version_8(given_parts: list[str]) -> None:
    uuid = UUID(bytes=TypeID.from_string(derived_id("issue", *given_parts)).uuid.bytes)

    assert (uuid.version, uuid.variant) == (8, "specified in RFC 4122")


def test_a_minted_id_is_a_uuid_of_version_7() -> None:
    assert UUID(bytes=TypeID.from_string(new_id("issue")).uuid.bytes).version == 7
