"""Who has notices: everybody who may follow an issue."""

from chassis.graphql import scopes_for

FOLLOWERS = scopes_for("resident", "steward", "partner", "clerk", "secretary")
