"""Which edition of the owners' register readers see."""

from residents.application.owners.ports import NoRegister, OwnerIdentities, Registers


async def visible_edition(
    registers: Registers, identities: OwnerIdentities, community_id: str
) -> int:
    """The edition; 0 before anything was imported."""
    try:
        register = await registers.get(community_id, identities.register(community_id))
    except NoRegister:
        return 0
    return register.edition
