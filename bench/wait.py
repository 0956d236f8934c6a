#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How well the next purchase is foretold, what a season is worth and what regularity is: the tables of docs/methods/next_purchase.md,
season.md and mixk.md.

    tools/build build -- bench/wait && bench/wait.py [BUILD FOLDER]

Reads sales histories below REATIVA_DATA (default ../shared/data, from the root of the source) and lets bench/wait.c cut them. Each
model sees only what was known on the day of the cut; the levels are learnt from a cut one horizon before it.
"""
import csv
import datetime
import os
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cycle import histories, rows

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
DATA = os.environ.get("REATIVA_DATA") or os.path.join(ROOT, "../shared/data")
PROGRAM = os.path.join(sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "build"), "bench/wait")
EPOCH = datetime.date(1970, 1, 1)
NEXT = {
    "grocery": (("2006-09-30", 91), ("2006-12-31", 182), ("2007-03-31", 91), ("2007-06-30", 91)),
    "cdnow": (("1997-09-30", 91), ("1997-12-31", 180), ("1998-03-31", 91)),
    "apparel": (("2006-12-31", 180), ("2007-12-31", 180), ("2008-12-31", 365), ("2009-12-31", 180)),
    "retail 2y": (("2010-06-30", 90), ("2010-09-30", 90), ("2011-03-31", 90), ("2011-06-30", 90)),
}
SEASON = {
    "retail 2y": (("2010-09-30", 90), ("2010-12-31", 90), ("2011-01-31", 90), ("2011-03-31", 90), ("2011-06-30", 90), ("2011-08-31", 90),
                  ("2011-09-30", 70), ("2011-10-31", 39)),
    "apparel": (("2008-01-31", 90), ("2008-08-31", 90), ("2008-12-31", 90), ("2009-05-31", 90), ("2009-08-31", 90), ("2009-12-31", 90),
                ("2010-05-31", 90), ("2010-09-15", 90)),
    "grocery": (("2007-06-30", 90), ("2007-09-30", 90)),
    "cdnow": (("1998-03-31", 90),),
}
MODELS = {"3": "MBG/NBD", "6": "mixture"}


def segments(name):
    """{customer: number from 1} where the data have one."""
    if name == "apparel":
        table = os.path.join(DATA, "btyd/apparel_static_cov.csv")
        return {r["Id"]: 1 + int(r["Gender"]) + 2 * int(r["Channel"]) for r in csv.DictReader(open(table, encoding="utf-8"))}
    if name == "retail 2y":
        numbers, of = {}, {}
        for year in ("2009_2010", "2010_2011"):
            for r in rows(f"{DATA}/online_retail_ii/year_{year}.csv.xz"):
                of.setdefault(r["Customer ID"], numbers.setdefault(r["Country"], len(numbers) + 1))
        return of
    return {}


def as_day(iso):
    return (datetime.date.fromisoformat(iso) - EPOCH).days


def as_iso(day):
    return (EPOCH + datetime.timedelta(int(day))).isoformat()


def run(mode, purchases, cuts):
    words = [word for cut, horizon in cuts for word in (str(as_day(cut)), str(horizon))]
    done = subprocess.run([PROGRAM, mode, *words], input=purchases, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def table(title, columns, lines):
    print(f"\n{title}\n\n| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|")
    for cells in lines:
        print("| " + " | ".join(map(str, cells)) + " |")


def share(part, whole):
    return f"{float(part) / float(whole):.3f}" if float(whole) else "-"


def next_tables(found):
    by_cut, by_group, by_level = [], {}, []
    for name, lines in found.items():
        for line in lines:
            head, total, levels = (part.split() for part in line.split("|"))
            cut, horizon, kind, pooled, trust = head[:5]
            n, returned, said, covered, early, late, width, whether, when, ok, unlikely, vague = map(float, total)
            label = MODELS[kind] + (", by segment" if pooled == "1" else "") + (f", levels {trust}" if trust != "0" else "")
            by_cut.append((name, as_iso(cut), horizon, label, f"{n:.0f}", f"{returned:.0f}", f"{said:.0f}", f"{covered / returned:.3f}",
                           f"{early / returned:.3f}", f"{late / returned:.3f}", f"{width:.0f}", f"{when:.3f}", f"{whether:.4f}"))
            if pooled == "0" and trust != "1":
                sums = by_group.setdefault((name, label), [0.0] * 18)
                for i, value in enumerate(head[5:]):
                    sums[i] += float(value)
            if kind == "6" and pooled == "0" and trust != "1":
                by_level.append((name, as_iso(cut), label, *levels, f"{ok / n:.2f}", f"{unlikely / n:.2f}", f"{vague / n:.2f}"))
    table("Intervals of those who returned", ("data", "cut", "days", "by", "customers", "returned", "foretold", "inside", "before", "after",
                                              "mean width", "-log p(day)", "-log p(return)"), by_cut)
    groups = ("1", "2", "3", "4 to 6", "7 to 15", "16 and more")
    table("Inside the interval, by number of purchases (returned)", ("data", "by", *groups),
          [(*key, *(f"{share(s[i * 3 + 2], s[i * 3 + 1])} ({s[i * 3 + 1]:.0f})" for i in range(6))) for key, s in by_group.items()])
    table("Worth of the levels 1/9 .. 8/9", ("data", "cut", "by", *(f"{i / 9:.3f}" for i in range(1, 9)), "day named", "unlikely", "vague"),
          by_level)


def season_tables(found):
    index, scores = [], []
    for name, lines in found.items():
        for line in lines:
            head, months, plain, season = (part.split() for part in line.split("|")[:4])
            index.append((name, as_iso(head[0]), head[2], *months))
            scores.append((name, as_iso(head[0]), head[1], head[2], plain[0], season[0], plain[2], plain[1], season[1], plain[4], plain[3], season[3]))
    table("Index learnt", ("data", "cut", "two years", *"JFMAMJJASOND"), index)
    table("Foretold without and with it", ("data", "cut", "days", "two years", "log score", "with", "purchases", "foretold", "with",
                                           "customers who bought", "foretold", "with"), scores)


def regularity_table(found):
    lines = []
    for name, rows_found in found.items():
        for row in rows_found:
            head, mixed, weights, one, best = (part.split() for part in row.split("|")[:5])
            lines.append((name, as_iso(head[0]), head[1], mixed[1], one[1], f"{best[1]} (k = {best[0]})", *weights,
                          mixed[2], one[2], best[2], mixed[3], one[3], best[3]))
    table("The mixture, k = 1 and the best k", ("data", "cut", "days", "log-likelihood", "k = 1", "best k", "w1", "w2", "w4", "w8", "log score",
                                                "k = 1", "best k", "error of the number", "k = 1", "best k"), lines)


def main():
    next_found, season_found, regularity_found = {}, {}, {}
    for name, days in histories(DATA):
        if name not in NEXT:
            continue
        of = segments(name)
        numbers = {customer: i for i, customer in enumerate(days)}
        lines = "".join(f"{numbers[c]} {(d - EPOCH).days} {of.get(c, 0)}\n" for c, ds in days.items() for d in ds)
        next_found[name] = run("next", lines, NEXT[name])
        season_found[name] = run("season", lines, SEASON[name])
        regularity_found[name] = run("regularity", lines, NEXT[name])
    if not next_found:
        sys.exit(f"no data below {DATA}: set REATIVA_DATA")
    next_tables(next_found)
    season_tables(season_found)
    regularity_table(regularity_found)


if __name__ == "__main__":
    main()
