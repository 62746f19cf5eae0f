"""The arguments of lists."""

from typing import Annotated

import strawberry
from chassis.connections import AFTER, FIRST

First = Annotated[int, strawberry.argument(description=FIRST)]
After = Annotated[str | None, strawberry.argument(description=AFTER)]
