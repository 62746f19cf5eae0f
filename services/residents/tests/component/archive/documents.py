"""What the tests ask of the archive."""

from typing import Any

from ..graph import Graph

BROWSE = """
query Browse {
  estates {
    id name kind
    buildings(first: 10) {
      nodes {
        id label
        households(first: 50) {
          nodes {
            id door areaCm2 vacant
            residents { id maskedName maskedPhone birthYear relation tags household { id } }
          }
        }
      }
    }
  }
}
"""
SEARCH = """
query Search($by: SearchResidentsBy!, $first: Int!, $after: String) {
  searchResidents(by: $by, first: $first, after: $after) {
    nodes { id maskedName maskedPhone household { door } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
POPULATION = """
query Population($id: ID!) {
  community(id: $id) {
    population {
      asOf ledgerAsOf
      estates { value } oldEstates { value } buildings { value } households { value }
      vacantHouseholds { value } residents { value }
      elderly { numerator denominator value excluded { reason count } }
      area { valueCm2 unknown }
      byEstate { estate { name } residents { value } elderly { numerator } }
    }
  }
}
"""
_ROWS = """
query Rows($id: ID!, $after: String) {
  community(id: $id) {
    population { %s { %s(first: 2, after: $after) {
      nodes { id } pageInfo { hasNextPage endCursor }
    } } }
  }
}
"""
SUCCESS = "__typename ... on UserError { code message }"
MOVE_IN = f"""
mutation MoveIn($input: MoveInInput!) {{
  moveIn(input: $input) {{
    {SUCCESS}
    ... on PersonAlreadyHere {{ residentId }}
    ... on MoveInSuccess {{ resident {{ id maskedName state household {{ id door }} }} }}
  }}
}}
"""
CHANGE = f"""
mutation Change($input: ChangeHouseholdInput!) {{
  changeHousehold(input: $input) {{
    {SUCCESS}
    ... on ChangeHouseholdSuccess {{ resident {{ id household {{ id }} history {{ until }} }} }}
  }}
}}
"""
MOVE_OUT = f"""
mutation Out($input: MoveOutInput!) {{
  moveOut(input: $input) {{
    {SUCCESS}
    ... on MoveOutSuccess {{ resident {{ id state history {{ until reason }} }} }}
  }}
}}
"""
CORRECT = f"""
mutation Correct($input: CorrectResidentInput!) {{
  correctResident(input: $input) {{
    {SUCCESS}
    ... on CorrectResidentSuccess {{ resident {{ id maskedName maskedPhone birthYear }} }}
  }}
}}
"""
TAG = f"""
mutation Tag($input: TagResidentInput!) {{
  tagResident(input: $input) {{ {SUCCESS} ... on TagResidentSuccess {{ resident {{ tags }} }} }}
}}
"""


async def rows(graph: Graph, community_id: str, figure: str, field: str = "rows") -> list[str]:
    """The ids of all rows of a figure, walked page by page."""
    found: list[str] = []
    after: str | None = None
    while True:
        answered = await graph.ask(_ROWS % (figure, field), id=community_id, after=after)
        page: Any = answered["population"][figure][field]
        found += [node["id"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]
