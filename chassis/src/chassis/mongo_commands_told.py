"""Tells of every command that the driver sends: what tests count by."""

from collections.abc import Callable

from pymongo import monitoring

OnCommand = Callable[[str, str], None]
"""Told the name of a command, and of the collection that it goes to."""


class CommandsTold(monitoring.CommandListener):
    """Tells of every command on its way to the store, before it is answered."""

    def __init__(self, on_command: OnCommand) -> None:
        self._on_command = on_command

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        command, name = event.command, event.command_name
        self._on_command(name, str(command.get("collection", command[name])))  # of a getMore

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        """Told of already."""

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        """Told of already."""
