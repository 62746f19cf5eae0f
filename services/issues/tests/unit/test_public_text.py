"""Nothing is made public that the redactor would have taken out."""

import json
from pathlib import Path

import pytest
from issues.domain.errors import PublicTextRevealsPerson
from issues.domain.public_text import checked_place, checked_public_text

_REDACTION = Path(__file__).parents[4] / "redaction" / "tests" / "fixtures"
VECTORS = json.loads((_REDACTION / "redaction_vectors.json").read_text())
REVEALING = [
    vector["text"] for kind, vectors in VECTORS.items() if kind != "innocent" for vector in vectors
]
INNOCENT = [vector["text"] for vector in VECTORS["innocent"]]


@pytest.mark.parametrize("text", [*REVEALING, "3号楼501的住户"])
def test_what_the_redactor_takes_out_is_neither_text_nor_place(text: str) -> None:
    with pytest.raises(PublicTextRevealsPerson):
        checked_public_text(text)
    with pytest.raises(PublicTextRevealsPerson):
        checked_place(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_what_helps_the_work_may_be_public(text: str) -> None:
    assert checked_public_text(f" {text} ") == text
    assert checked_place(text) == text


def test_control_characters_are_neither_kept_nor_a_way_around_the_redactor() -> None:
    assert checked_public_text("路灯\0坏了\x1b") == "路灯坏了"
    assert checked_place("东\x9f门\0") == "东门"
    assert checked_place("\0") is None
    with pytest.raises(PublicTextRevealsPerson):
        checked_public_text("138\0" + "12345678")
