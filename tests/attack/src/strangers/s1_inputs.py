"""S1: property-based inputs for every operation and every edge."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import httpx
import schemathesis
import yaml
from graphql import build_ast_schema, parse, print_schema
from hypothesis import strategies as st
from local_stack.acting.one_of_each.asking import http_client
from local_stack.layout import ROOT
from schemathesis import Case

from strangers.drawing import Broken, draw
from strangers.drawn_scalars import SCALARS, with_known_ids
from strangers.failure_logs import failures_in, log_sizes
from strangers.outcome import Tally
from strangers.replies import Reply
from strangers.target import Door, Effort, Target

EDGES = ROOT / "docs" / "edges.openapi.yaml"
_ANSWERS_WITHIN_SECONDS = 60
_AN_OPERATION_IN = 4
"""At the small size."""
_ASKED_BY = ("secretary", "resident", "merchant", None)
_LEFT_OUT = {"Mutation.logOut", "Mutation.revokeOtherSessions", "Mutation.registerChannel"}
"""They would end the sessions that ask, or leave a channel that is looked at for ever."""


class Inputs:
    """Schemathesis over every GraphQL schema and over the edges beside it."""

    key: ClassVar[str] = "S1"
    rule: ClassVar[str] = (
        "Whatever is sent, no answer is a 5xx or INTERNAL, and no process logs an exception "
        "that it does not handle."
    )

    async def run(self, target: Target, effort: Effort, tally: Tally) -> None:
        """Try them."""
        logged = log_sizes(target.layout.logs)
        known = {"community": target.world.community_id, "issue": await target.world.issue()}
        for name, strategy in SCALARS.items():
            schemathesis.graphql.scalar(name, strategy)
        with httpx.Client(timeout=_ANSWERS_WITHIN_SECONDS, trust_env=False) as client:
            for door in target.doors:
                before = await _standing(target, door)
                operations = list(_documents(door, known))
                for label, documents in effort.some_of(
                    f"{self.key} {door.process}", operations, one_in=_AN_OPERATION_IN
                ):
                    # Signed anew for each operation: a token is good for some minutes only.
                    sending = _Sending(client, door.address, await _tokens(target), tally)
                    await _try(sending.document, label, documents, effort, door.process)
                if (after := await _standing(target, door)) != before:
                    given = "all inputs: who asks must still be answered, or no more was tried"
                    tally.found(door.process, given, f"{before} before, {after} now")
            for process, label, cases in _edges():
                address = target.layout.address(process)
                sending = _Sending(client, address, await _tokens(target), tally)
                await _try(sending.case, label, cases, effort, process)
        for failure in failures_in(target.layout.logs, since=logged):
            tally.found(failure.process, "one of all inputs; see the log", failure.line)


class _Sending:
    """Sends what is drawn, as somebody or nobody."""

    def __init__(
        self, client: httpx.Client, address: str, tokens: list[str | None], tally: Tally
    ) -> None:
        self._client = client
        self._address = address
        self._tokens = tokens
        self.tally = tally

    def document(self, drawn: tuple[str, int]) -> None:
        """Ask the graph."""
        document, who = drawn
        self._send(document, who, "POST", "/graphql", {}, json={"query": document})

    def case(self, drawn: tuple[Case[Any], int]) -> None:
        """Ask an edge."""
        case, who = drawn
        shown = f"{case.method} {case.formatted_path} {case.query} {case.headers} {case.body!r}"
        sent: dict[str, Any] = {"params": case.query or None}
        if isinstance(case.body, bytes):
            sent["content"] = case.body
        elif case.media_type == "application/x-www-form-urlencoded":
            sent["data"] = case.body
        elif case.media_type:
            sent["json"] = case.body
        headers = {**dict(case.headers or {}), **_content_type(case)}
        self._send(shown, who, case.method, case.formatted_path, headers, **sent)

    def _send(
        self, shown: str, who: int, method: str, path: str, headers: Mapping[str, str], **sent: Any
    ) -> None:
        token = self._tokens[who]
        bearer = {"authorization": f"Bearer {token}"} if token else {}
        try:
            url = f"{self._address}{path}"
            response = self._client.request(method, url, headers={**headers, **bearer}, **sent)
        except (httpx.LocalProtocolError, httpx.InvalidURL, TypeError, ValueError):
            return  # what cannot be sent is no input
        except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError):
            self.tally.answered("cut off")  # a process that died of it is found by its id
            return
        except (httpx.TimeoutException, httpx.ConnectError) as error:
            self.tally.answered("no answer")
            seen = f"{type(error).__name__} after {_ANSWERS_WITHIN_SECONDS} s at most"
            self.tally.found(self._address, f"as {_ASKED_BY[who]}: {shown}", seen)
            return
        reply = Reply.of(response)
        self.tally.answered(reply.code)
        if (broken := reply.breaking()) is not None:
            raise Broken(f"as {_ASKED_BY[who]}: {shown}", broken)


async def _tokens(target: Target) -> list[str | None]:
    return [await target.world.token_of(role) for role in _ASKED_BY]


async def _standing(target: Target, door: Door) -> dict[str, str]:
    """Ask for nothing as each asker. Returns: the code that each is answered with."""
    codes = {}
    async with http_client() as client:
        for who, token in zip(_ASKED_BY, await _tokens(target), strict=True):
            headers = {"authorization": f"Bearer {token}"} if token else {}
            body = {"query": "{ __typename }"}
            reply = await Reply.to(client, "POST", door.graph, json=body, headers=headers)
            codes[who or "nobody"] = reply.code
    return codes


async def _try(
    send: Any, label: str, strategy: st.SearchStrategy[Any], effort: Effort, process: str
) -> None:
    who = st.integers(0, len(_ASKED_BY) - 1)
    by = f"{effort.seed} {process} {label}"
    drawn = st.tuples(strategy, who)
    broken = await asyncio.to_thread(draw, drawn, send, by=by, tries=effort.tries)
    if broken is not None:
        send.__self__.tally.found(f"{process} {label}", broken.given, broken.seen)


def _documents(
    door: Door, known: Mapping[str, str]
) -> Iterator[tuple[str, st.SearchStrategy[str]]]:
    schema = build_ast_schema(parse(door.schema_file.read_text()), assume_valid_sdl=True)
    chosen = st.lists(st.booleans(), max_size=8)
    for found in schemathesis.graphql.from_file(print_schema(schema)).get_all_operations():
        operation = _operation(found)
        if operation.label not in _LEFT_OUT:
            documents = operation.as_strategy().map(lambda case: str(case.body))
            yield (
                operation.label,
                st.builds(with_known_ids, documents, st.just(known), chosen),
            )


def _edges() -> Iterator[tuple[str, str, st.SearchStrategy[Case[Any]]]]:
    described = yaml.safe_load(EDGES.read_text())
    for found in schemathesis.openapi.from_dict(described).get_all_operations():
        operation = _operation(found)
        process = described["paths"][operation.path][operation.method.lower()]["x-process"]
        modes = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]
        strategies = [operation.as_strategy(generation_mode=mode) for mode in modes]
        yield process, operation.label, st.one_of(strategies)


def _content_type(case: Case[Any]) -> dict[str, str]:
    if case.media_type and isinstance(case.body, bytes):
        return {"content-type": case.media_type}
    return {}


def _operation(found: Any) -> Any:
    """Take what a schema describes. Raises: what is wrong with its description."""
    return found.ok()
