"""The commands of issues: python -m issues --help."""

import typer

from issues import bootstrap

app = typer.Typer(no_args_is_help=True, help="Matters: intakes, issues and their clocks.")


@app.command()
def api() -> None:
    """Answer people."""
    raise typer.Exit(bootstrap.serve_api())


@app.command()
def worker() -> None:
    """Publish events and listen to others."""
    raise typer.Exit(bootstrap.serve_worker())


@app.command("create-indexes")
def create_indexes() -> None:
    """Make the store have every index; those already there cost nothing."""
    typer.echo(f"{bootstrap.create_indexes()} indexes")


@app.command()
def schema() -> None:
    """Print the SDL of this service's part of the graph."""
    typer.echo(bootstrap.schema())


bootstrap.add_event_commands(app)

if __name__ == "__main__":
    app()
