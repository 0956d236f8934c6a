# SPDX-License-Identifier: Apache-2.0
"""held -- what the tests that hold the program to tests/oracle/reference.py share: cases as TAP, the program as a
child, tables compared row by row.

Environment: REATIVA (the program), REATIVA_SOURCE (the tree), REATIVA_DATA (the real exports; where they are missing every
case says so and is skipped), REATIVA_SANITIZED (yes: everything is several times slower).
"""
import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

import reference

ROOT = os.environ.get("REATIVA_SOURCE") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
DATA = os.environ.get("REATIVA_DATA") or os.path.join(ROOT, "../shared/data")
REATIVA = os.environ.get("REATIVA") or os.path.join(ROOT, "build/reativa")
SANITIZED = os.environ.get("REATIVA_SANITIZED") == "yes"
SHOWN = 8  # differences told of one comparison


class Difference(Exception):
    """The program answers one thing, the reference another."""


def hold(condition, *what):
    if not condition:
        raise Difference(" ".join(str(part) for part in what))


def hold_same(what, expected, got):
    hold(expected == got, f"{what}: expected {expected!r}, got {got!r}")


def hold_rows(expected, got, columns, key="code"):
    """Both {key: {column: text}}; every difference counted, the first few told."""
    lines = []
    for name, keys in (("missing", expected.keys() - got.keys()), ("unexpected", got.keys() - expected.keys())):
        if keys:
            lines.append(f"{len(keys)} {name}: {' '.join(sorted(keys)[:SHOWN])}")
    both = sorted(expected.keys() & got.keys())
    for column in columns:
        differ = [k for k in both if expected[k][column] != got[k].get(column)]
        if differ:
            lines.append(f"{column} differs for {len(differ)} of {len(expected)}")
            lines += [f"  {key} {k}: expected {expected[k][column]!r}, got {got[k].get(column)!r}" for k in differ[:SHOWN]]
    hold(not lines, "\n".join(lines))


class Program:
    """One database of the program in a folder of its own."""

    def __init__(self, folder, name, foretold=True, today=None):
        """foretold False: what is held against the reference has no forecast in it, and to learn one takes longer than the rest.
        today: the day that the program takes for today, as text; None: the clock's."""
        self.db, self.foretold, self.today = os.path.join(folder, name + ".db"), foretold, today
        self.run("init")
        if not foretold:
            self.run("score", "--model", "none")

    def run(self, *words, status=0, given=b""):
        """Standard output; the exit status is part of the answer. given: what stands on standard input."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("REATIVA_")} | {
            "LC_ALL": "C.UTF-8", "REATIVA_DB": self.db} | ({"REATIVA_TODAY": self.today} if self.today else {})
        done = subprocess.run([REATIVA, *words], input=given, env=environment, capture_output=True, check=False)
        self.said = done.stderr.decode("utf-8", "replace")
        hold(done.returncode == status, f"reativa {' '.join(words)}: exit {done.returncode}, not {status}\n{self.said}")
        return done.stdout.decode("utf-8")

    def foretell(self, as_of):
        self.run("score", "--as-of", as_of, "--model", "auto")
        self.foretold = True

    def take(self, kind, *words, given=b""):
        """import, and its report."""
        return json.loads(self.run("import", kind, *words, "--format", "json", given=given))

    def list_text(self, as_of, *words):
        return self.run("list", "--as-of", as_of, "--limit", "0", "--format", "csv", *words)

    def list(self, as_of, *words):
        """Whatever a list is asked for, what it foretells must hold together."""
        rows = table(self.list_text(as_of, *words), "code")
        fault = reference.forecast_fault if self.foretold else lambda row, _: row["model"] and "a model"
        faults = [(code, fault(row, as_of)) for code, row in rows.items() if "model" in row]
        faults = [fault for fault in faults if fault[1]]
        hold(not faults, f"{len(faults)} customers are foretold what cannot be: {faults[:SHOWN]}")
        return rows

    def flow(self, as_of, *words):
        return table(self.run("flow", "--as-of", as_of, "--by", "month", "--format", "csv", *words), "month")


def table(text, key):
    """CSV as {key: {column: text}}; a key that comes twice is an error of the program."""
    out = {}
    for row in csv.DictReader(io.StringIO(text)):
        hold(row[key] not in out, f"{key} {row[key]} comes twice")
        out[row[key]] = row
    return out


def counts(report):
    return {name: report[name] for name in ("rows", "added", "changed", "unchanged", "rejected", "blank")}


def main(cases, needs):
    """Runs the functions in order, with a folder that they share; needs: files of DATA without which there is nothing to do."""
    print("TAP version 13")
    print(f"1..{len(cases)}", flush=True)
    missing = [name for name in needs if not os.path.exists(os.path.join(DATA, name))]
    failed = 0
    folder = tempfile.mkdtemp(prefix="reativa-held-")
    try:
        for number, case in enumerate(cases, 1):
            name = case.__name__
            if missing:
                print(f"ok {number} - {name} # SKIP real data not present ({os.path.join(DATA, missing[0])})", flush=True)
                continue
            try:
                case(folder)
                print(f"ok {number} - {name}", flush=True)
            except Difference as difference:
                failed += 1
                print(f"not ok {number} - {name}")
                print("".join(f"# {line}\n" for line in str(difference).splitlines()), end="", flush=True)
            except Exception:  # a broken case must not hide the ones after it
                failed += 1
                print(f"not ok {number} - {name}")
                print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)
