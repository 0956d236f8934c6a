#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Backtests of the real data sets: the tables of docs/methods/backtest.md, in Markdown.

    REATIVA=build/reativa bench/backtest.py [NAME...]

Reads sales histories below REATIVA_DATA (default ../shared/data, from the root of the source), imports each into a
database of its own in a temporary folder, and asks the program: at 90 days everything, at 30 and 180 days the best of
each kind. Names: online_retail cdnow grocery apparel; none: all.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(os.environ.get("REATIVA") or os.path.join(os.path.dirname(__file__), "../build/reativa"))
DATA = os.path.abspath(os.environ.get("REATIVA_DATA") or os.path.join(os.path.dirname(__file__), "../../shared/data"))
SETS = {
    "online_retail": ("Online Retail II", "2011-12-09", ["online_retail_ii/year_2009_2010.csv.xz", "online_retail_ii/year_2010_2011.csv.xz"]),
    "cdnow": ("CDNOW, all 23,570 customers", "1998-06-30", ["btyd/cdnow_master_elog.csv.gz"]),
    "grocery": ("Online grocery", "2007-12-30", ["btyd/grocery_elog.csv"]),
    "apparel": ("Apparel (simulated)", "2010-12-20", ["btyd/apparel_trans.csv"]),
}
MODELS = ("nbd", "bgnbd", "mbgnbd", "bgcnbd", "mbgcnbd", "mixk", "pnbd")
DAYS = (30, 60, 90, 120, 180, 365)
OTHER_DAYS = (7, 14, 21, 45, 75, 105, 135, 150, 210, 240, 270, 300, 330, 420, 480, 540, 600, 660)  # among which the best N is looked for
USUAL = 90
OTHER_HORIZONS = (30, 180)


def run(*words):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"reativa {' '.join(words)}\n{done.stderr}")
    return done.stdout


def imported(db, files):
    run("init", "--db", db)
    run("import", "orders", *[os.path.join(DATA, file) for file in files], "--db", db)


def asked(db, name, horizon):
    rules = ["probability", "stack", *MODELS, "longest silent", "mean gap 2", "cycle 2", "policy", *[f"days {n}" for n in sorted(DAYS + OTHER_DAYS)]]
    began = time.monotonic()
    answer = json.loads(run("backtest", "--db", db, "--as-of", SETS[name][1], "--horizon", str(horizon), "--rules", "; ".join(rules), "--format", "json"))
    print(f"{name}, {horizon} days: {time.monotonic() - began:.1f} s", file=sys.stderr)
    return answer


def figure(value, places=3):
    return "-" if value is None else f"{round(value, places) + 0.0:.{places}f}"


def interval(estimate, places=3):
    low, high = figure(estimate["low"], places), figure(estimate["high"], places)
    return figure(estimate["value"], places) if low == "-" else f"{figure(estimate['value'], places)} ({low} to {high})"


def verdict(estimate, better):
    """Of `probability` minus another: nothing is added where the interval leaves no doubt that it is better."""
    low, high = estimate["low"], estimate["high"]
    if low is None or low <= 0 <= high:
        return " ="
    return "" if (estimate["value"] < 0) == (better < 0) else " **lost**"


def against(one):
    contrast = one["probability_minus_this"]
    if one["candidate"] == "probability":
        return ["", ""]
    return [interval(contrast[key], places) + verdict(contrast[key], better)
            for key, places, better in (("log_score_95", 4, -1), ("auc_95", 3, 1))]


def table(heads, rows):
    print("| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
    for cells in rows:
        print("| " + " | ".join(cells) + " |")


def best(candidates, names, key):
    """The first by log score (they come in that order) or by AUC."""
    of = [one for one in candidates if one["candidate"] in names]
    return of[0] if key == "log_score" else max(of, key=lambda one: one["auc"]["value"] or 0)


def named(one):
    chosen = ", ".join(dict.fromkeys(cut["chosen"] for cut in one["by_cut"] if cut["chosen"]))
    if one["in_force"]:
        return "default rule (cycle 2.5)"
    return one["candidate"] + (f" ({chosen})" if one["candidate"] == "probability" else "")


def rules_of_days(candidates):
    every = {f"days {n}" for n in DAYS + OTHER_DAYS}
    return {best(candidates, every, "log_score")["candidate"]: "best N by log score", best(candidates, every, "auc")["candidate"]: "best N by AUC"}


def everything(name, answer):
    candidates, cuts = answer["candidates"], answer["cuts"]
    best_days = rules_of_days(candidates)
    print(f"### {SETS[name][0]}\n\nKnown up to {answer['known_until']}; cuts {', '.join(cut['day'] for cut in cuts)}; {answer['customers']:,} customers, "
          f"{answer['cases']:,} cases, {100 * answer['bought'] / answer['cases']:.1f} % bought within {answer['horizon_days']} days.\n")
    rows = []
    for one in candidates:
        days = int(one["candidate"].split()[1]) if one["candidate"].startswith("days ") else 0
        if days in OTHER_DAYS and one["candidate"] not in best_days:
            continue
        remark = best_days.get(one["candidate"])
        rows.append([named(one) + (f" ({remark})" if remark else ""), interval(one["log_score"]), interval(one["auc"]), *against(one)])
    table(["candidate", "log score", "AUC", "probability minus this: log score", "AUC"], rows)
    single = best(candidates, MODELS, "log_score")["candidate"]
    print("\nBy cut, log score / AUC:\n")
    table(["candidate", *[cut["day"] for cut in cuts]],
          [[one["candidate"], *[f"{figure(cut['log_score']['value'])} / {figure(cut['auc']['value'])}" + (f" {cut['chosen']}" if one["candidate"] == "probability" else "") for cut in one["by_cut"]]]
           for one in candidates if one["candidate"] in ("probability", "stack", "longest silent", single)])
    print(flush=True)


def other_horizon(name, answer):
    """The best of each kind, found with hindsight, each against `probability`."""
    candidates = answer["candidates"]
    itself = best(candidates, ("probability",), "log_score")
    days = {f"days {n}" for n in DAYS + OTHER_DAYS}
    cells = [SETS[name][0].split(",")[0], f"{answer['horizon_days']}", f"{len(answer['cuts'])}", f"{figure(itself['log_score']['value'])} / {figure(itself['auc']['value'])}"]
    for names in (MODELS, days, ("mean gap 2",), ("longest silent",)):
        one, ranked = best(candidates, names, "log_score"), best(candidates, names, "auc")
        words = "" if len(names) == 1 else ", ".join(sorted({one["candidate"], ranked["candidate"]})) + ": "
        cells.append(words + against(one)[0] + "; " + against(ranked)[1])
    return cells


def main():
    names = [name for name in sys.argv[1:] or SETS if all(os.path.exists(os.path.join(DATA, file)) for file in SETS[name][2])]
    others = []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="reativa-bench.") as folder:
            db = os.path.join(folder, "b.db")
            imported(db, SETS[name][2])
            everything(name, asked(db, name, USUAL))
            others += [other_horizon(name, asked(db, name, horizon)) for horizon in OTHER_HORIZONS]
    print("### Other horizons\n")
    table(["set", "days", "cuts", "probability: log score / AUC", "minus the best model", "minus the best N", "minus mean gap 2", "minus longest silent"], others)


main()
