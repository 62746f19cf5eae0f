"""`python -m charted`: print where the pinned helm is, building it the first time."""

import sys

from local_stack.console import failed

from charted.helm_program import HelmNotBuilt, helm_program


def main() -> None:
    """Print the path alone: `$(python -m charted) install …`."""
    try:
        sys.stdout.write(f"{helm_program()}\n")
    except HelmNotBuilt as error:
        failed(str(error))
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
