"""A phone is the same phone in every rhythm; what is none is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from residents.domain.ledger.cells import Cell
from residents.domain.ledger.faults import RowRefused
from residents.domain.ledger.phones import phone_of

from .writing_styles import MOBILE_STYLES, NO_PHONE

MOBILES = st.builds(
    lambda kind, rest: f"1{kind}{rest:09}", st.integers(3, 9), st.integers(0, 999_999_999)
)


@settings(deadline=None)
@given(phone=MOBILES, style=st.sampled_from(sorted(MOBILE_STYLES)))
def test_every_style_is_read(phone: str, style: str) -> None:
    assert phone_of(MOBILE_STYLES[style](phone)) == phone


@settings(deadline=None)
@given(
    phone=MOBILES, length=st.integers(9, 10), style=st.sampled_from(["text", "number", "dashes"])
)
def test_a_mobile_that_lacks_digits_is_refused(phone: str, length: int, style: str) -> None:
    with pytest.raises(RowRefused) as refused:
        phone_of(MOBILE_STYLES[style](phone[:length]))

    assert refused.value.fault == "PHONE_INVALID"


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("0931-8765432", "09318765432"),
        ("(0931)8765432", "09318765432"),
        ("（０１０）８７６５４３２１", "01087654321"),
        ("010 8765 4321", "01087654321"),
        ("+86 931 8765432", "09318765432"),
        ("0931-8765432转801", "09318765432"),
        ("8765432", "8765432"),
        (87654321, "87654321"),
        ("无/13800138000", "13800138000"),
        ("13800138000；0931-8765432", "13800138000"),
    ],
)
def test_landlines_and_the_first_of_several_are_read(written: Cell, phone: str) -> None:
    assert phone_of(written) == phone


@pytest.mark.parametrize("written", NO_PHONE)
def test_no_phone_is_none(written: Cell) -> None:
    assert phone_of(written) is None


@pytest.mark.parametrize(
    "written",
    [
        *(
            "1740895548",
            "123",
            "138001380001",
            "1380013800O",
            "10086100861",
            "abc",
            "见备注",
            "#REF!",
            True,
        ),
        *(1740895548, 1.5, float("nan"), float("inf"), -13800138000, "12345678901", "0000000000"),
    ],
)
def test_what_is_no_phone_is_refused(written: Cell) -> None:
    with pytest.raises(RowRefused) as refused:
        phone_of(written)

    assert refused.value.fault == "PHONE_INVALID"
    assert str(written) not in refused.value.reason
