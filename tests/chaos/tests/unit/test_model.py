"""What is known of a write, from the asking to the answer."""

from chaos.model import Deed, Model, State, retries


def test_a_write_is_unknown_from_the_lost_answer_to_the_next() -> None:
    model = Model()
    write = model.begin(Deed.CLAIM, key="k", actor="account_1")
    assert write.state is State.ASKED

    model.lost(write, "ReadError")
    assert model.in_state(State.UNKNOWN) == [write]
    assert model.done() == []

    model.acknowledged(write, {"voucher": {"id": "voucher_1"}})
    assert model.done(Deed.CLAIM) == [write]
    assert (write.tries, write.lost, retries(model.writes)) == (2, 1, 1)


def test_a_refusal_is_an_answer() -> None:
    model = Model()
    write = model.begin(Deed.CLAIM, key="k", actor="account_1")

    model.refused(write, "SoldOut")

    assert model.done() == []
    assert model.in_state(State.REFUSED) == [write]
    assert model.counted() == {"claimVoucher": {"refused": 1}}


def test_recovery_counts_from_a_write_that_began_since() -> None:
    moments = iter((1.0, 5.0, 6.0, 7.0, 8.0, 9.0))
    model = Model(lambda: next(moments))
    before = model.begin(Deed.CLAIM, key="1", actor="a")
    model.acknowledged(before, {})
    since = model.begin(Deed.CLAIM, key="2", actor="a")
    assert model.first_answered("vouchers", begun_after=3) is None

    model.acknowledged(since, {})
    other = model.begin(Deed.TEAM, key="3", actor="a")
    model.acknowledged(other, {})

    assert model.first_answered("vouchers", begun_after=3) == 7.0
    assert model.first_answered("residents", begun_after=3) == 9.0
    assert model.first_answered("issues", begun_after=3) is None
