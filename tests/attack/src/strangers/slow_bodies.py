"""Bodies that are announced, begun and never ended."""

import asyncio
import json
from urllib.parse import urlsplit

SLOW_BODIES = 20
_DRIBBLES_EVERY_SECONDS = 1.0
_ENDED_WITHIN_SECONDS = 60


async def ended_slow_bodies(address: str) -> list[str]:
    """Send some to `/graphql`, a byte a second each.

    Returns: the code that each was ended with; "open" for one that was not ended in a minute.
    """
    parts = urlsplit(address)
    sending = (_ended(str(parts.hostname), int(parts.port or 80)) for _ in range(SLOW_BODIES))
    return list(await asyncio.gather(*sending))


async def _ended(host: str, port: int) -> str:
    reader, writer = await asyncio.open_connection(host, port)
    head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
    writer.write(f"{head}content-length: 1000\r\n\r\n".encode())
    dribbling = asyncio.create_task(_dribble(writer))
    try:
        said = await asyncio.wait_for(reader.read(), timeout=_ENDED_WITHIN_SECONDS)
    except TimeoutError:
        return "open"
    except ConnectionError:
        return "cut off"
    finally:
        dribbling.cancel()
        writer.close()
    return code_in(said)


async def _dribble(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b" ")
        await asyncio.sleep(_DRIBBLES_EVERY_SECONDS)


def code_in(said: bytes) -> str:
    """The code of a whole HTTP answer, as it was received; "?" if it names none."""
    body = said.partition(b"\r\n\r\n")[2]
    try:
        return str(json.loads(body)["errors"][0]["extensions"]["code"])
    except (ValueError, LookupError, TypeError):
        return "?"
