"""The commands of vouchers: python -m vouchers --help."""

import typer

from vouchers.bootstrap import commands

app = typer.Typer(
    no_args_is_help=True, help="Money: merchants, campaigns, vouchers and the ledger."
)
commands.mount_commands(app)

if __name__ == "__main__":
    app()
