"""`python -m wechat_simulator serve`: WeChat's servers and residents' phones on one port."""

import signal
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from wechat_simulator.callbacks import Patience
from wechat_simulator.server import create_app
from wechat_simulator.state_file import IN_MEMORY

_KEEP_ALIVE_SECONDS = 600
"""Longer than its clients keep one: who closes first must not be the one who is asked."""

app = typer.Typer(help="A stand-in for WeChat's servers and residents' phones.")


@app.callback()
def wechat_simulator() -> None:
    """A stand-in for WeChat's servers and residents' phones."""


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port to listen on.")],
    state: Annotated[
        str, typer.Option(help="File that keeps everything, or `memory`.")
    ] = IN_MEMORY,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    retry_seconds: Annotated[
        float, typer.Option(help="From one attempt of a callback to the next.")
    ] = Patience.next_attempt_after_seconds,
) -> None:
    """Serve until SIGTERM or Ctrl-C, then end with exit code 0."""
    if state != IN_MEMORY:
        Path(state).parent.mkdir(parents=True, exist_ok=True)
    application = create_app(state, patience=Patience(next_attempt_after_seconds=retry_seconds))
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=5,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
    )
    # uvicorn raises the signal again when it has stopped; nothing is left to do then.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: None)
    server = uvicorn.Server(config)
    server.run()
    if not server.started:
        raise typer.Exit(1)


if __name__ == "__main__":
    app()
