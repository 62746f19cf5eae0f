"""A mask hides: what is hidden of a name or a number cannot be read from what is shown."""

from hypothesis import given
from hypothesis import strategies as st
from residents.domain.archive.masking import masked_name, masked_phone

names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)
phones = st.text("0123456789+- ", max_size=20)
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(names)
def test_of_a_name_the_first_character_is_shown_at_most(name: str) -> None:
    masked = masked_name(name)

    assert masked[1:] == "*" * len(masked[1:])
    assert masked[:1] in ("*", name[:1])
    assert len(name) > 1 or masked == "*"


@given(phones)
def test_of_a_phone_four_characters_are_hidden_at_least(phone: str) -> None:
    masked = masked_phone(phone)

    assert len(masked) == len(phone)
    assert all(shown in ("*", typed) for shown, typed in zip(masked, phone, strict=True))
    hidden = masked.count("*")
    assert hidden >= min(4, len(phone))


@given(mobiles)
def test_a_mobile_number_is_masked_in_the_middle(phone: str) -> None:
    assert masked_phone(phone) == f"{phone[:3]}****{phone[-4:]}"


@given(mobiles, mobiles)
def test_numbers_that_differ_in_the_middle_alone_look_the_same(one: str, other: str) -> None:
    other = one[:3] + other[3:7] + one[7:]

    assert masked_phone(one) == masked_phone(other)
