"""A till in the running stack: in by its credentials, out within seconds of a suspension."""

from chassis.testing_waits import until
from local_stack.acting.one_of_each.asking import ask, http_client
from local_stack.acting.one_of_each.world import World
from local_stack.acting.stack_by_commands import StackByCommands

OUT_WITHIN_SECONDS = 5
MERCHANT = "query Q($id: ID!) { merchant(id: $id) { id state } }"


async def test_a_suspended_merchants_till_is_refused_everywhere_within_seconds(
    world: World, stack: StackByCommands
) -> None:
    merchant_id = await world.shops.approved()
    client = await world.shops.credentials(merchant_id)
    token = await token_of(world, client)
    places = [stack.layout.address(name) for name in ("gateway", "vouchers-api")]
    for place in places:
        answer = await ask(place, token, MERCHANT, {"id": merchant_id})
        assert answer.data == {"merchant": {"id": merchant_id, "state": "APPROVED"}}, answer.body

    await world.shops.suspend(merchant_id)

    async def is_out_everywhere() -> bool:
        answers = [await ask(place, token, MERCHANT, {"id": merchant_id}) for place in places]
        return all(answer.codes == ["UNAUTHENTICATED"] for answer in answers)

    await until(is_out_everywhere, within_seconds=OUT_WITHIN_SECONDS)
    assert await token_of(world, client) == ""


async def token_of(world: World, client: tuple[str, str]) -> str:
    """What a client gets for its id and secret; "" where it is refused."""
    async with http_client() as http:
        answer = await http.post(
            f"{world.residents}/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=client,
        )
    if answer.is_success:
        return str(answer.json()["access_token"])
    assert answer.json() == {"error": "invalid_client"}
    return ""
