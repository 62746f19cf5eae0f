"""How to try what joins a comment to an account."""

from .trial import Trial, Variables, mutation, query
from .world import World


async def _a_link(world: World, _: str) -> Variables:
    return {"code": await world.join_code()}


JOINING_TRIALS: dict[str, Trial] = {
    "Query.myComments": query("outreach", "myComments", "pageInfo { hasNextPage }"),
    "Mutation.takeOverComment": mutation("outreach", "takeOverComment", _a_link),
}
