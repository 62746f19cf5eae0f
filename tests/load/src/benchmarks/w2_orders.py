"""Who claims in a rush, in which order, and what has to come of it; pure."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

CLAIMED = "CLAIMED"
SOLD_OUT = "SOLD_OUT"
PERSON_CAP_REACHED = "PERSON_CAP_REACHED"
_REFUSALS = frozenset({SOLD_OUT, PERSON_CAP_REACHED})
_FIRST, _ANOTHER = "first", "another"
_NEAR = 150
_HALF = 0.5


class Order(msgspec.Struct, frozen=True):
    """One request to claim.

    Attributes:
        person: by number.
        request: its id; two orders of a person with the same one are one request, sent twice.
    """

    person: int
    request: str


class Answer(msgspec.Struct, frozen=True):
    """What came of an order.

    Attributes:
        code: `CLAIMED`, the code of a named error, or what else was said, to be found fault with.
        milliseconds: until the whole answer was there.
        at_milliseconds: since the first order was sent.
    """

    code: str
    milliseconds: float
    at_milliseconds: float
    voucher_id: str | None = None


class Taken(msgspec.Struct, frozen=True):
    """A voucher that the store says somebody has."""

    voucher_id: str
    person: int
    face_value_fen: int


class Rush(msgspec.Struct, frozen=True):
    """One rush.

    Attributes:
        stock: how many there are, of which a person may have one.
        repeats: how many people order again by the same request, and by another.
    """

    people: int
    stock: int
    repeats: int = 0

    def orders(self, seed: int) -> list[Order]:
        """Everybody once, by chance; some again, half of them among those who come first.

        Half of what is ordered again comes while the first may still be on its way.
        """
        draw = random.Random(seed)  # noqa: S311  who comes when is no secret
        people = draw.sample(range(self.people), self.people)
        placed = [(float(at), Order(person, _FIRST)) for at, person in enumerate(people)]
        for request in (_FIRST, _ANOTHER):
            for at in self._who_repeats(draw):
                near = draw.random() < _HALF
                later = draw.uniform(0, _NEAR) if near else draw.uniform(0, self.people)
                placed.append((at + later, Order(people[at], request)))
        return [order for _, order in sorted(placed, key=lambda each: each[0])]

    def _who_repeats(self, draw: random.Random) -> list[int]:
        early = draw.sample(range(min(self.stock, self.people)), self.repeats // 2)
        late = draw.sample(range(self.people), self.repeats - len(early))
        return [*early, *late]


def faults_of_answers(
    rush: Rush, orders: Sequence[Order], answers: Sequence[Answer | None]
) -> list[str]:
    """What is wrong with the answers of a rush, a line each."""
    given = [answer for answer in answers if answer is not None]
    codes = Counter(answer.code for answer in given)
    won = vouchers_of(orders, answers)
    by_request = _outcomes(orders, answers)
    unlike = sum(len(outcomes) > 1 for outcomes in by_request.values())
    twice = sum(len(vouchers) > 1 for vouchers in won.values())
    capped = sum(
        PERSON_CAP_REACHED in {code for code, _ in outcomes} and not won.get(order.person)
        for order, outcomes in by_request.items()
    )
    given_out = len({voucher for vouchers in won.values() for voucher in vouchers})
    expected = min(rush.stock, rush.people)
    unnamed = {code: codes[code] for code in codes.keys() - {CLAIMED, *_REFUSALS}}
    return [
        *_line(len(orders) - len(given), f"of {len(orders)} orders were not answered"),
        *(f"{count} orders were answered by {code}" for code, count in sorted(unnamed.items())),
        *_line(unlike, "requests that were sent twice had two answers"),
        *_line(twice, "people were given more than one voucher"),
        *_line(capped, "requests were refused for a voucher that nobody was given"),
        *_line(max(0, given_out - expected), f"vouchers more than {expected} were answered"),
        *_line(max(0, expected - given_out), f"vouchers fewer than {expected} were answered"),
    ]


def faults_of_store(
    orders: Sequence[Order], answers: Sequence[Answer | None], taken: Iterable[Taken]
) -> list[str]:
    """Where the store says otherwise than the answers did, a line each."""
    answered = {
        voucher: person for person, them in vouchers_of(orders, answers).items() for voucher in them
    }
    stored: dict[str, int] = {}
    people = Counter[int]()
    for each in taken:
        stored[each.voucher_id] = each.person
        people[each.person] += 1
    others = sum(stored[voucher] != answered[voucher] for voucher in stored.keys() & answered)
    untold, lost = stored.keys() - answered.keys(), answered.keys() - stored.keys()
    return [
        *_line(len(untold), "vouchers are somebody's who was not told so"),
        *_line(len(lost), "vouchers were answered and are nobody's"),
        *_line(others, "vouchers are another's than who was told so"),
        *_line(sum(n > 1 for n in people.values()), "people have more than one voucher"),
    ]


def vouchers_of(
    orders: Sequence[Order], answers: Sequence[Answer | None]
) -> Mapping[int, set[str]]:
    """Which vouchers each person was told to have."""
    won: dict[int, set[str]] = defaultdict(set)
    for order, answer in zip(orders, answers, strict=True):
        if answer is not None and answer.voucher_id is not None:
            won[order.person].add(answer.voucher_id)
    return won


def winners_per_second(answers: Iterable[Answer | None]) -> float:
    """Vouchers given in the time until the last of them was; 0 when nobody won."""
    won = [answer for answer in answers if answer is not None and answer.code == CLAIMED]
    if not won:
        return 0.0
    vouchers = {answer.voucher_id for answer in won}
    return len(vouchers) / (max(answer.at_milliseconds for answer in won) / 1_000)


def refusals_by_code(orders: Sequence[Order], answers: Sequence[Answer | None]) -> dict[str, int]:
    """How many of those who have no voucher were told what, each person's first order alone."""
    won = vouchers_of(orders, answers)
    told: dict[int, str] = {}
    for order, answer in zip(orders, answers, strict=True):
        if answer is not None and not won.get(order.person):
            told.setdefault(order.person, answer.code)
    return dict(Counter(told.values()))


def _outcomes(
    orders: Sequence[Order], answers: Sequence[Answer | None]
) -> Mapping[Order, set[tuple[str, str | None]]]:
    by_request: dict[Order, set[tuple[str, str | None]]] = defaultdict(set)
    for order, answer in zip(orders, answers, strict=True):
        if answer is not None:
            by_request[order].add((answer.code, answer.voucher_id))
    return by_request


def _line(count: int, what: str) -> list[str]:
    return [f"{count} {what}"] if count else []
