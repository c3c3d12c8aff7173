"""Prints the coverage that a run of the suite has measured, and the files that have
little of it; fails where the whole has less than pyproject.toml holds it at.

    pytest --cov --cov-report= --cov-fail-under=0; python scripts/report_coverage.py
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from coverage import Coverage

#: In percent, of lines and branches; files below it are named.
LITTLE = 90


def measured(coverage: Coverage) -> dict[str, Any]:
    """Everything that `coverage json` tells."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        coverage.json_report(outfile=str(file))
        report: dict[str, Any] = json.loads(file.read_text("utf-8"))
        return report


def main() -> None:
    coverage = Coverage()
    coverage.load()
    floor = float(str(coverage.get_option("report:fail_under")))
    report = measured(coverage)
    for name, file in sorted(report["files"].items()):
        covered = file["summary"]["percent_covered"]
        if covered < LITTLE:
            print(f"  {name}: {covered:.0f} % covered")
    total = report["totals"]["percent_covered"]
    print(f"Coverage of lines and branches: {total:.1f} %, held at {floor:g} %")
    if total < floor:
        sys.exit("Coverage has fallen.")


if __name__ == "__main__":
    main()
