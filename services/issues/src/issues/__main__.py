"""The commands of issues: python -m issues --help."""

import typer

from issues.bootstrap import commands as bootstrap

app = typer.Typer(no_args_is_help=True, help="Matters: intakes, issues and their clocks.")
bootstrap.mount_commands(app)

if __name__ == "__main__":
    app()
