"""Aggregates that are locked with a person's key: of who was erased nothing is stored."""

from collections.abc import Sequence
from typing import TypeVar

from chassis.aggregates import Aggregate, Aggregates, Event, Transition
from chassis.person_keys import PersonKeyDestroyed
from chassis.requests import Request

from outreach.domain.errors import PersonErased

A = TypeVar("A", bound=Aggregate)


class PersonalAggregates(Aggregates[A]):
    """Say by name that the person's key is gone."""

    async def add(
        self, aggregate: A, events: Sequence[Event] = (), *, request: Request | None = None
    ) -> A:
        """Store once; a repeat gets the stored one. Raises: PersonErased."""
        try:
            return await super().add(aggregate, events, request=request)
        except PersonKeyDestroyed:
            raise PersonErased from None

    async def change(
        self,
        community_id: str,
        aggregate_id: str,
        transition: Transition[A],
        *,
        request: Request | None = None,
    ) -> A:
        """Apply a transition. Raises: PersonErased; what is not found; what the transition does."""
        try:
            return await super().change(community_id, aggregate_id, transition, request=request)
        except PersonKeyDestroyed:
            raise PersonErased from None
