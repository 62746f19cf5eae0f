"""The demo community's ledger, for the benchmarks that import it through a whole stack."""

import tempfile
from pathlib import Path

from demo_community.demo_files import LEDGER, write_demo


def demo_ledger(folder: Path) -> bytes:
    """Return the workbook; what is written for it in the folder is removed again."""
    with tempfile.TemporaryDirectory(dir=folder) as written:
        write_demo(Path(written))
        return (Path(written) / LEDGER).read_bytes()
