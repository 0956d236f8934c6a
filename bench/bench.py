# SPDX-License-Identifier: Apache-2.0
"""What the benchmarks share: the cache folder, the data, a run with its time and memory, medians and ratios.

Both sides of a comparison run in turn, several rounds, on the same machine in the same minute: a ratio of medians means
something even where other work goes on; a time alone does not. Processor time is shown beside the clock for that reason.
Files are kept in REATIVA_BENCH (default /var/tmp/reativa-bench), so that only the first time is slow; delete it to begin
anew, and after a change of the schema.
"""
import glob
import json
import lzma
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

SOURCE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
REATIVA = os.environ.get("REATIVA", os.path.join(SOURCE, "build", "reativa"))
DATA = os.environ.get("REATIVA_DATA", os.path.join(SOURCE, "..", "shared", "data"))
CACHE = os.environ.get("REATIVA_BENCH", "/var/tmp/reativa-bench")
ROUNDS = int(os.environ.get("ROUNDS", "3"))

CUSTOMERS, DAYS = 1_000_000, 1170  # of the large company: 10.5 million orders, a file of 1 GB
AS_OF = "2025-12-31"


class Run:
    """One run of a program: seconds by the clock, of the processor, and the most memory it held."""

    def __init__(self, command, stdin=None, output=subprocess.DEVNULL):
        start = time.monotonic()
        child = subprocess.Popen(command, stdin=stdin, stdout=output, stderr=subprocess.PIPE)
        said = child.stderr.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.clock = time.monotonic() - start
        self.processor = used.ru_utime + used.ru_stime
        self.memory_mb = used.ru_maxrss / 1024
        if child.returncode != 0:
            sys.exit(f"{' '.join(command)}: exit {child.returncode}\n{said.decode(errors='replace')}")


def reativa(*words, **more):
    return Run([REATIVA, *words], **more)


def cached(name):
    os.makedirs(CACHE, exist_ok=True)
    return os.path.join(CACHE, name)


def median(runs, what="clock"):
    return statistics.median(getattr(run, what) for run in runs)


def spread(runs):
    clock = sorted(run.clock for run in runs)
    return f"{clock[0]:.2f}..{clock[-1]:.2f}"


def line(name, runs):
    print(f"  {name:<44} {median(runs):8.2f} s  ({spread(runs)}), processor {median(runs, 'processor'):7.2f} s,"
          f" {max(run.memory_mb for run in runs):6.0f} MB")


def limit(name, value, most, unit=""):
    verdict = "" if most is None else f"   limit {most:g}{unit}: {'held' if value <= most else 'MISSED'}"
    print(f"  {name:<44} {value:8.2f}{unit}{verdict}")
    return most is None or value <= most


def title(text):
    print(f"\n{text}   (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors, {ROUNDS} rounds)", flush=True)


def remove(path):
    for each in glob.glob(glob.escape(path) + "*"):
        os.unlink(each)


def retail():
    """Both files of Online Retail II, unpacked; none where they are not present."""
    files = []
    for year in ("year_2009_2010.csv", "year_2010_2011.csv"):
        packed, plain = os.path.join(DATA, "online_retail_ii", year + ".xz"), cached(year)
        if not os.path.exists(plain):
            if not os.path.exists(packed):
                return []
            with lzma.open(packed) as source, open(plain + ".part", "wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
            os.rename(plain + ".part", plain)
        files.append(plain)
    return files


def program(name):
    """One of the programs of bench/meson.build, made anew when its source changed."""
    build = os.path.join(SOURCE, "build")
    subprocess.run([os.path.join(SOURCE, "tools", "build"), build, "-Dtests=false", "-Db_lto=true", "--", f"bench/{name}"],
                   check=True, stdout=subprocess.DEVNULL)
    return os.path.join(build, "bench", name)


ORDERS = []


def orders(*words):
    if not ORDERS:
        ORDERS.append(program("orders"))
    return subprocess.Popen([ORDERS[0], str(CUSTOMERS), str(DAYS), *words], stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL)


def large():
    """The database of 1 M customers, 10.5 M purchases, scored as of AS_OF; and what its import took."""
    database, notes = cached("large.db"), cached("large.json")
    if not os.path.exists(notes):
        print(f"making {database}: 10.5 million orders, some minutes", flush=True)
        remove(database)
        reativa("init", "--db", database)
        source = orders()
        run = reativa("import", "orders", "--db", database, "-", stdin=source.stdout)
        source.wait()
        with open(notes, "w") as file:
            json.dump({"clock": run.clock, "processor": run.processor, "memory_mb": run.memory_mb, "more": 0}, file)
    reativa("score", "--db", database, "--as-of", AS_OF)  # nothing to do, unless the program's derived tables are others now
    with open(notes) as file:
        return database, json.load(file)


def warm(path):
    """Read it once, so that a short run is not a measure of the disk."""
    with open(path, "rb") as file:
        while file.read(1 << 24):
            pass


def large_note(notes):
    with open(cached("large.json"), "w") as file:
        json.dump(notes, file)


class Cluster:
    """A private PostgreSQL for the time of a `with`: its URL; None where there is no server."""

    def __enter__(self):
        self.folder = os.path.join(tempfile.mkdtemp(prefix="rb"), "pg")
        os.chmod(os.path.dirname(self.folder), 0o755)
        made = subprocess.run([os.path.join(SOURCE, "tools", "pg_cluster"), "start", self.folder], capture_output=True,
                              text=True)
        self.up = made.returncode == 0
        return made.stdout.strip() if self.up else None

    def __exit__(self, *_):
        if self.up:
            subprocess.run([os.path.join(SOURCE, "tools", "pg_cluster"), "stop", self.folder], check=True)
        shutil.rmtree(os.path.dirname(self.folder), ignore_errors=True)
