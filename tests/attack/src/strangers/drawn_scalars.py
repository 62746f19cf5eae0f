"""What is drawn for the scalars of the graph: what they hold, their limits, and other things."""

import re
from collections.abc import Mapping

from graphql import IntValueNode, StringValueNode
from hypothesis import strategies as st
from hypothesis_graphql import nodes

_DATES = ["0001-01-01", "9999-12-31", "10000-01-01", "2026-02-29", "2024-02-29", "2026-00-00", ""]
_TIMES = [
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59-23:59",
    "2016-12-31T23:59:60Z",
    "2026-01-01T00:00:00",
    "2026-01-01T00:00:00+99:99",
    "1e400",
]
_WHOLE = [0, -1, 2**31, 2**53 - 1, 2**53, -(2**53), 2**63, 10**40]
_AN_ID = re.compile(r'(\b(\w*[iI]ds?): \[?)"[^"\\]*"')

SCALARS: Mapping[str, st.SearchStrategy[StringValueNode] | st.SearchStrategy[IntValueNode]] = {
    "Date": (st.dates().map(str) | st.sampled_from(_DATES) | st.text()).map(nodes.String),
    "DateTime": (
        st.datetimes(timezones=st.just(None) | st.timezones()).map(lambda it: it.isoformat())
        | st.sampled_from(_TIMES)
        | st.text()
    ).map(nodes.String),
    "SafeInt": (st.integers() | st.sampled_from(_WHOLE)).map(nodes.Int),
    "_Any": st.text().map(nodes.String),
}


def with_known_ids(document: str, known: Mapping[str, str], chosen: list[bool]) -> str:
    """Put ids that are there into some of a document's places for ids.

    Args:
        known: an id by its kind.
        chosen: for each place, in turn and again from the start, whether it gets one.
    """
    places = iter(range(len(document)))

    def replaced(place: re.Match[str]) -> str:
        name = place.group(2)
        kind = name.removesuffix("s").removesuffix("Id")
        wanted = known.get(kind) or known.get("issue", "")
        is_chosen = bool(chosen) and chosen[next(places) % len(chosen)]
        return f'{place.group(1)}"{wanted}"' if is_chosen else place.group()

    return _AN_ID.sub(replaced, document)
