from chassis.requests import request_for


def test_the_order_of_inputs_does_not_matter() -> None:
    assert request_for("ann", "r1", a=1, b=2) == request_for("ann", "r1", b=2, a=1)


def test_other_inputs_have_another_hash() -> None:
    assert request_for("ann", "r1", a=1).input_hash != request_for("ann", "r1", a=2).input_hash


def test_the_hash_does_not_hold_what_was_asked() -> None:
    assert "13812345678" not in request_for("ann", "r1", phone="13812345678").input_hash
