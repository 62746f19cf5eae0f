"""Waits for real effects, long enough for a busy machine."""

from functools import partial

from chassis.testing_waits import until

eventually = partial(until, within_seconds=60)
