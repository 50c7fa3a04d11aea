"""Run every benchmark in a process of its own and print what each measured.

A benchmark's last line is a JSON object: name of the measure, value. The process of its own keeps
one measurement's caches and memory out of the next.
"""

import json
import subprocess
import sys
from pathlib import Path
from unicodedata import east_asian_width

ROOT = Path(__file__).resolve().parent.parent


def measure(name: str) -> dict[str, object] | None:
    print(f"▸ 性能 {name}", flush=True)
    # The benchmarks' own progress goes to the terminal by stderr.
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        return None
    return dict(json.loads(lines[-1]))


def shown(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, float) and abs(value) < 1000 else str(value)


def wide(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def print_table(rows: list[tuple[str, str, str]]) -> None:
    widths = [max(wide(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = (cell + " " * (width - wide(cell)) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def main() -> None:
    names = sorted(path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py"))
    rows = [("测量", "项目", "值")]
    failed = []
    for name in names:
        measured = measure(name)
        if measured is None:
            failed.append(name)
            continue
        rows += [(name, key, shown(value)) for key, value in measured.items()]
    print_table(rows)
    if failed:
        sys.exit(f"✗ 性能 没有结果：{'、'.join(failed)}")


if __name__ == "__main__":
    main()
