"""What is asked of teams over the graph."""


def mutation(name: str, fields: str) -> str:
    """A mutation whose success has these fields."""
    kind = name[0].upper() + name[1:]
    return (
        f"mutation M($input: {kind}Input!) {{ {name}(input: $input) {{ __typename "
        f"... on {kind}Success {{ {fields} }} ... on UserError {{ code message }} }} }}"
    )


CREATE_TEAM = mutation("createTeam", "team { id }")
DISSOLVE_TEAM = mutation("dissolveTeam", "team { dissolvedOn }")
ADD_MEMBER = mutation("addMember", "member { id name }")
APPOINT = mutation("appoint", "member { id } appointment { id estateIds }")
END_APPOINTMENT = mutation("endAppointment", "appointment { untilDay reason }")
AWARD_HONOUR = mutation("awardHonour", "honour { id }")
TEAM = """
query Team($id: ID!, $on: Date!) {
  team(id: $id) {
    name
    members(on: $on) { nodes { name } }
    averageAge(on: $on) {
      value numerator denominator excluded { reason count } rows { nodes { name } }
    }
    honours { nodes { title } }
  }
}
"""
DUAL = """
query Dual($on: Date!) {
  dualAppointments(on: $on) { nodes { name posts { team { name } appointment { title } } } }
}
"""
MY_POSTS = "query Mine { myPosts { team { name } appointments { post estateIds } } }"
