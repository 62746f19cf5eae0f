"""Many at the same moment."""

import asyncio
from collections import Counter

from .conftest import Person
from .graph import ACTIVATE, CREATE, LOG_IN, Graph
from .processes import PASSWORD

GUESSES = 12


async def test_of_many_guesses_at_once_no_more_are_tried_than_one_by_one(
    graph: Graph, secretary: Person
) -> None:
    guesses = [
        graph.as_(None).answer(
            LOG_IN,
            input={
                "username": secretary.username,
                "password": f"guess {number}",
                "totpCode": "000000",
                "client": "CONSOLE",
            },
        )
        for number in range(GUESSES)
    ]

    codes = Counter([_code(answer) for answer in await asyncio.gather(*guesses)])

    # Who lost too many races to be counted was not tried either.
    assert set(codes) <= {"LOGIN_REFUSED", "ACCOUNT_LOCKED", "UNAVAILABLE"}
    assert codes["LOGIN_REFUSED"] <= 5


async def test_a_code_shown_twice_at_once_lets_one_in(graph: Graph, secretary: Person) -> None:
    typed = {
        "username": secretary.username,
        "password": PASSWORD,
        "totpCode": await secretary.device.code(),
        "client": "CONSOLE",
    }

    answers = await asyncio.gather(*(graph.as_(None).ask(LOG_IN, input=typed) for _ in range(3)))

    kinds = Counter(answer["__typename"] for answer in answers)
    assert kinds == {"LogInStaffSuccess": 1, "LoginRefused": 2}


async def test_an_invitation_taken_twice_at_once_lets_one_in(
    graph: Graph, as_secretary: Graph
) -> None:
    new = {"requestId": "1", "username": "taken-at-once", "displayName": "李", "role": "CLERK"}
    code = (await as_secretary.ask(CREATE, input=new))["invitationCode"]

    answers = await asyncio.gather(
        *(graph.ask(ACTIVATE, code=code, password=f"{PASSWORD}-{n}") for n in range(3))
    )

    kinds = Counter(answer["__typename"] for answer in answers)
    assert kinds == {"ActivateStaffAccountSuccess": 1, "InvitationInvalid": 2}


def _code(answer: dict[str, object]) -> str:
    match answer:
        case {"errors": [{"extensions": {"code": str() as code}}]}:
            return code
        case {"data": {"logInStaff": {"code": str() as code}}}:
            return code
    raise AssertionError(answer)
