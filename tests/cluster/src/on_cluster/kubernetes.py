"""kubectl and helm, in one namespace of the cluster that KUBECONFIG points at."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[4]
CHARTS = ROOT / "deploy" / "helm"
_SECONDS = 120.0
# 13,000 facts told again take two minutes on a node that is busy.
_EXEC_SECONDS = 600.0
_LAST_CHARACTERS = 2_000


class CommandFailed(Exception):
    """A command ended with another code than 0, or not in time; the message has its words."""


async def run(
    command: Sequence[str], *, given: str | None = None, within_seconds: float = _SECONDS
) -> str:
    """Run a command to its end; return what it printed. Raises: CommandFailed."""
    text = None if given is None else given.encode()
    return (await run_bytes(command, given=text, within_seconds=within_seconds)).decode()


async def run_bytes(
    command: Sequence[str], *, given: bytes | None = None, within_seconds: float = _SECONDS
) -> bytes:
    """Run a command whose output is no text. Raises: CommandFailed."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        stdin=asyncio.subprocess.DEVNULL if given is None else asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    shown = " ".join(command[:6])
    try:
        async with asyncio.timeout(within_seconds):
            said, complained = await process.communicate(given)
    except TimeoutError:
        raise CommandFailed(f"`{shown} …` took longer than {within_seconds:g} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        words = (complained or said).decode(errors="replace").strip()[-_LAST_CHARACTERS:]
        raise CommandFailed(f"`{shown} …` ended with {process.returncode}: {words}")
    return said


@dataclass(frozen=True)
class Cluster:
    """One namespace, and the programs that reach it.

    Attributes:
        helm: the path of helm.
    """

    namespace: str
    helm: str
    kubectl: str = "kubectl"

    async def do(
        self, *arguments: str, given: str | None = None, within_seconds: float = _SECONDS
    ) -> str:
        """Run kubectl in the namespace; return what it printed. Raises: CommandFailed."""
        command = (self.kubectl, "--namespace", self.namespace, *arguments)
        return await run(command, given=given, within_seconds=within_seconds)

    async def read(self, *arguments: str) -> Any:
        """Return what `kubectl get` finds, as JSON. Raises: CommandFailed."""
        return json.loads(await self.do("get", *arguments, "--output", "json"))

    async def apply(self, manifest: dict[str, Any]) -> str:
        """Make an object, or have it so. Raises: CommandFailed."""
        return await self.do("apply", "--filename", "-", given=json.dumps(manifest))

    async def chart(self, *arguments: str, within_seconds: float) -> str:
        """Run helm in the namespace. Raises: CommandFailed."""
        command = (self.helm, "--namespace", self.namespace, *arguments)
        return await run(command, within_seconds=within_seconds)

    async def operate(self, service: str, *arguments: str, given: str | None = None) -> str:
        """Run a service's command in one of its api's Pods, as an operator would.

        Raises: CommandFailed.
        """
        flags = ("--stdin",) if given is not None else ()
        where = f"deployment/{service}-api"
        command = ("exec", *flags, where, "--", "linli", *arguments)
        return await self.do(*command, given=given, within_seconds=_EXEC_SECONDS)

    async def in_pod(self, pod: str, *command: str, given: bytes | None = None) -> bytes:
        """Run a command in one Pod; return the bytes that it printed. Raises: CommandFailed."""
        flags = ("--stdin",) if given is not None else ()
        where = (self.kubectl, "--namespace", self.namespace, "exec", *flags, pod, "--")
        return await run_bytes((*where, *command), given=given, within_seconds=_EXEC_SECONDS)

    async def rolled_out(self, name: str, *, within_seconds: float) -> None:
        """Wait until a Deployment is wholly as it should be. Raises: CommandFailed."""
        seconds = f"{within_seconds:g}s"
        await self.do(
            *("rollout", "status", f"deployment/{name}", f"--timeout={seconds}"),
            within_seconds=within_seconds + 10,
        )

    async def deployments(self, part_of: str) -> list[str]:
        """Return the names of a chart's Deployments (`linli` or `linli-trial`)."""
        label = f"app.kubernetes.io/part-of={part_of}"
        found = await self.read("deployments", "--selector", label)
        return sorted(item["metadata"]["name"] for item in found["items"])

    async def pods_of(self, deployment: str) -> list[dict[str, Any]]:
        """Return the Pods of a Deployment that are not on their way out."""
        label = f"app.kubernetes.io/name={deployment}"
        found = (await self.read("pods", "--selector", label))["items"]
        return [pod for pod in found if "deletionTimestamp" not in pod["metadata"]]
