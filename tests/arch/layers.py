# SPDX-License-Identifier: Apache-2.0
"""The table src/layers.txt, for the architecture tests, and the few lines of TAP they share."""
import os
import pathlib

ROOT = pathlib.Path(os.environ.get("REATIVA_SOURCE") or pathlib.Path(__file__).resolve().parents[2])


class Row:
    def __init__(self, includes, behind, calls, outside):
        self.includes, self.behind, self.calls, self.outside = includes, behind, calls, outside


def rows():
    table = {}
    for line in (ROOT / "src/layers.txt").read_text().splitlines():
        if "|" in line and not line.startswith("#"):
            name, *cells = [cell.strip() for cell in line.split("|")]
            table[name] = Row(*[set(cell.split()) for cell in cells])
    return table


class Tap:
    """Each case is a sentence and the list of places that break it."""

    def __init__(self):
        self.cases = 0
        self.failed = 0

    def case(self, sentence, faults, hint=""):
        self.cases += 1
        faults = sorted(set(faults))
        if faults:
            self.failed += 1
            print(f"not ok {self.cases} - {sentence}")
            for fault in faults:
                print(f"#   {fault}")
            if hint:
                print(f"#   {hint}")
        else:
            print(f"ok {self.cases} - {sentence}")

    def done(self):
        print(f"1..{self.cases}")
        raise SystemExit(1 if self.failed else 0)
