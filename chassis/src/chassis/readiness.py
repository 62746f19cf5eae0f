"""Whether a process can do its work, asked by name."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from chassis.errors import StoreUnavailable

_TIMEOUT_SECONDS = 2.0

# Answers, or raises NotReady (or anything else); a plain False means not ready as well.
Check = Callable[[], Awaitable[object] | bool]

_log = structlog.stdlib.get_logger("chassis.readiness")


class NotReady(Exception):
    """Why a part cannot do its work now."""


class Readiness:
    """Asks every check at once and says which fail; a change is one log line."""

    def __init__(self, *, timeout_seconds: float = _TIMEOUT_SECONDS) -> None:
        self._timeout_seconds = timeout_seconds
        self._checks: dict[str, Check] = {}
        self._last: list[str] | None = None
        self._closed_for: str | None = "starting"

    def add(self, name: str, check: Check) -> None:
        """Ask this too."""
        self._checks[name] = check

    def open(self) -> None:
        """Every part has started: from now on the checks decide."""
        self._closed_for = None

    def close(self, reason: str) -> None:
        """Be unready from now on, whatever the checks say."""
        self._closed_for = reason

    async def not_ready(self) -> list[str]:
        """Name what is not ready, sorted; empty when all is well."""
        if self._closed_for is not None:
            names, reasons = [self._closed_for], {}
        else:
            answers = await asyncio.gather(*(self._ask(check) for check in self._checks.values()))
            reasons = {
                name: reason
                for name, reason in zip(self._checks, answers, strict=True)
                if reason is not None
            }
            names = sorted(reasons)
        self._say(names, reasons)
        return names

    def _say(self, names: list[str], reasons: Mapping[str, str]) -> None:
        """Log a change; the reason of what is missing once, however the others come and go."""
        before, self._last = self._last, names
        if names == before:
            return
        if names:
            known = before or ()
            new = {name: reason for name, reason in reasons.items() if name not in known}
            _log.warning("not ready", not_ready=names, reasons=new)
        else:
            _log.info("ready")

    async def _ask(self, check: Check) -> str | None:
        """Give the reason why not, or None. Whatever a check raises is its answer."""
        try:
            async with asyncio.timeout(self._timeout_seconds):
                answer = check()
                if isinstance(answer, bool):
                    return None if answer else "says no"
                await answer
        except TimeoutError:
            return f"no answer within {self._timeout_seconds:g} s"
        except StoreUnavailable as error:
            return error.for_operators
        except Exception as error:
            return str(error) or type(error).__name__
        return None
