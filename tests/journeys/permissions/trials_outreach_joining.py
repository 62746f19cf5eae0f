"""How to try what joins a comment to an account."""

from local_stack.acting.one_of_each.asking import Variables
from local_stack.acting.one_of_each.world import World

from .trial import Trial, mutation, query


async def _a_link(world: World, _: str) -> Variables:
    return {"code": await world.join_code()}


JOINING_TRIALS: dict[str, Trial] = {
    "Query.myComments": query("outreach", "myComments", "pageInfo { hasNextPage }"),
    "Mutation.takeOverComment": mutation("outreach", "takeOverComment", _a_link),
}
