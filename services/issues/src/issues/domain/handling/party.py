"""Outside parties, by kind: what may be told of them in events."""

from enum import StrEnum


class PartyKind(StrEnum):
    """Whom the community coordinates with."""

    WATER = "water"
    POWER = "power"
    GAS = "gas"
    HEATING = "heating"
    TELECOM = "telecom"
    PROPERTY = "property"
    SUB_DISTRICT = "sub_district"
    DISTRICT = "district"
    NEIGHBOUR = "neighbour"
    OTHER = "other"
