"""What each service answers for when the federation asks, and what of it strangers may not see."""

from typing import Any

from local_stack.acting.one_of_each.neighbours import known_neighbour
from local_stack.acting.one_of_each.owned_dwellings import known_owner
from local_stack.acting.one_of_each.world import World

ENTITIES = {
    "residents": {
        "Community": "community_id",
        "Account": "account",
        "Estate": "estate",
        "Building": "building",
        "Household": "household",
        "Resident": "resident",
        "Owner": "owner",
    },
    "outreach": {
        "Community": "community_id",
        "Channel": "channel",
        "Article": "article",
        "Comment": "comment",
    },
    "issues": {"Community": "community_id", "Intake": "intake", "Issue": "issue"},
    "vouchers": {"Community": "community_id", "Merchant": "merchant", "Campaign": "campaign"},
}
"""By service and type: of what kind its id is."""
_SECRETS: dict[str, dict[str, str] | str] = {
    "Community": {
        "residents": "name",
        "outreach": "outreachFigures { __typename }",
        "issues": "issueFigures { received }",
        "vouchers": "voucherFigures { __typename }",
    },
    "Account": "displayName",
    "Estate": "name",
    "Building": "label",
    "Household": "room",
    "Resident": "maskedName",
    "Owner": "maskedName",
    "Channel": "name",
    "Article": "title",
    "Comment": "text redactedText",
    "Intake": "redactedText",
    "Issue": "redactedText",
    "Merchant": "name creditCode",
    "Campaign": "title",
}


def asked_of(service: str, entity: str, entity_id: str) -> dict[str, Any]:
    """The body of a request for one entity, as the gateway asks a service for it."""
    secrets = _SECRETS[entity]
    fields = secrets if isinstance(secrets, str) else secrets[service]
    document = (
        "query E($them: [_Any!]!) { _entities(representations: $them) "
        f"{{ ... on {entity} {{ {fields} }} }} }}"
    )
    them = [{"__typename": entity, "id": entity_id}]
    return {"query": document, "variables": {"them": them}}


async def one_there(world: World, kind: str) -> str:
    """See that one of a kind is in the community. Returns: its id."""
    return (
        await known_neighbour(world, kind)
        or await known_owner(world, kind)
        or await world.known_id(kind)
    )
