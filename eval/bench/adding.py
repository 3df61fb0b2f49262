"""Time and memory to add PDF reports to a library: `python -m eval.bench.adding FILE…`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.bench import record


def measure(paths: Sequence[Path]) -> dict[str, Any]:
    """Seconds a page, embedding included, and megabytes of a process that adds all files in one go.

    Raises:
        RuntimeError: If a file cannot be added.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "files.json").write_text(json.dumps([str(path.resolve()) for path in paths]), "utf-8")
        added = record.task("product", "add", folder)
    return {
        "pages": added["pages"],
        "seconds": round(sum(added["seconds"].values()), 2),
        "seconds_a_page": round(sum(added["seconds"].values()) / sum(added["pages"].values()), 4),
        "seconds_by_step": {step: round(seconds, 2) for step, seconds in added["seconds"].items()},
        "megabytes": {process: round(peak, 1) for process, peak in added["megabytes"].items()},
    }


if __name__ == "__main__":
    parser = record.parser(__doc__)
    parser.add_argument("files", type=Path, nargs="+", help="PDF files")
    options = parser.parse_args()
    record.write("adding", measure(options.files), options.out)
