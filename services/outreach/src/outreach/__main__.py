"""The commands of outreach: python -m outreach --help."""

import typer

from outreach.bootstrap import commands

app = typer.Typer(no_args_is_help=True, help="Channels, articles, comments and replies.")
commands.mount_commands(app)

if __name__ == "__main__":
    app()
