"""What the tests ask of ownership."""

_PERIOD = """
  householdId validFrom isStartKnown until isJoint
  stakes {
    owner { id kind maskedName maskedPhone residence residentId }
    share { numerator denominator }
  }
"""
FIND = """
query Find($estate: ID!, $building: String!, $unit: String, $room: String!) {
  findHousehold(estateId: $estate, building: $building, unit: $unit, room: $room) { householdId }
}
"""
HOUSEHOLD = (
    """
query Household($id: ID!, $on: Date) {
  household(id: $id) {
    id owners(on: $on) {"""
    + _PERIOD
    + "} ownershipHistory {"
    + _PERIOD
    + """}
  }
}
"""
)
OWNER = """
query Owner($id: ID!) {
  owner(id: $id) { id maskedName residence dwellings { nodes { householdId household { room } } } }
}
"""
FIGURES = """
query Figures($community: ID!) {
  community(id: $community) {
    ownership {
      registerAsOf
      dwellingsWithKnownOwners { numerator denominator value excluded { reason count }
        rows(first: 1) { nodes { householdId } } }
      dwellingsWithCoOwners { numerator denominator excluded { reason count }
        rows(first: 1) { nodes { stakes { share { numerator denominator } } } } }
      owners { count rows(first: 100) { nodes { maskedName } pageInfo { hasNextPage } } }
      ownersLivingElsewhere { numerator denominator excluded { reason count }
        rows(first: 1) { nodes { residence } } }
    }
  }
}
"""
ESTATES = "query Estates { estates { id name } }"
RECORD = (
    """
mutation Record($input: RecordOwnershipInput!) {
  recordOwnership(input: $input) {
    __typename
    ... on RecordOwnershipSuccess { ownership {"""
    + _PERIOD
    + """} }
    ... on UserError { code message }
  }
}
"""
)
TRANSFER = (
    """
mutation Transfer($input: TransferOwnershipInput!) {
  transferOwnership(input: $input) {
    __typename
    ... on TransferOwnershipSuccess { ownership {"""
    + _PERIOD
    + """} }
    ... on UserError { code message }
  }
}
"""
)
