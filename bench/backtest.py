#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Backtests of the real data sets: the tables of docs/methods/backtest.md, in Markdown.

    REATIVA=build/reativa bench/backtest.py [NAME...]

Reads sales histories below REATIVA_DATA (default ../shared/data, from the root of the source), imports each into a
database of its own in a temporary folder, and asks the program. Names: online_retail cdnow grocery apparel; none: all.
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


def run(*words):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"reativa {' '.join(words)}\n{done.stderr}")
    return done.stdout


def with_interval(estimate, places=3):
    if estimate["value"] is None:
        return "-"
    value, low, high = (f"{estimate[key]:.{places}f}" for key in ("value", "low", "high"))
    return f"{value} ({low} to {high})"


def plain(value, form):
    return "-" if value is None else form.format(value)


def row(one):
    chosen = ", ".join(dict.fromkeys(cut["chosen"] for cut in one["by_cut"] if cut["chosen"]))
    name = one["candidate"] + (f" ({chosen})" if chosen else "") + (" (in force)" if one["in_force"] else "")
    against = one.get("probability_minus_this")
    itself = one["candidate"] == "probability" or not against
    return [name, with_interval(one["auc"]), plain(one["lift"]["value"], "{:.2f}"), plain(one["brier"]["value"], "{:.4f}"),
            with_interval(one["log_score"], 4), plain(one["mae"]["value"], "{:.3f}"),
            plain(one["bias"]["value"] and 100 * one["bias"]["value"], "{:+.1f} %"),
            plain(one["lost_value_flagged"]["value"] and 100 * one["lost_value_flagged"]["value"], "{:.0f} %"),
            "" if itself else with_interval(against["log_score_95"], 4), "" if itself else with_interval(against["auc_95"])]


def table(name):
    title, as_of, files = SETS[name]
    with tempfile.TemporaryDirectory(prefix="reativa-bench.") as folder:
        db = os.path.join(folder, "b.db")
        run("init", "--db", db)
        run("import", "orders", *[os.path.join(DATA, file) for file in files], "--db", db)
        began = time.monotonic()
        answer = json.loads(run("backtest", "--db", db, "--as-of", as_of, "--format", "json"))
        took = time.monotonic() - began
    cuts = ", ".join(cut["day"] for cut in answer["cuts"])
    print(f"### {title}\n\n`reativa backtest --as-of {as_of}`: cuts {cuts}; {answer['customers']:,} customers, {answer['cases']:,} cases, "
          f"{100 * answer['bought'] / answer['cases']:.1f} % bought within {answer['horizon_days']} days. {took:.1f} s.\n")
    heads = ["candidate", "AUC", "lift", "Brier", "log score", "MAE", "bias", "lost value flagged", "probability minus this: log score", "AUC"]
    print("| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
    for one in answer["candidates"]:
        print("| " + " | ".join(row(one)) + " |")
    print(flush=True)


def main():
    for name in sys.argv[1:] or SETS:
        if all(os.path.exists(os.path.join(DATA, file)) for file in SETS[name][2]):
            table(name)
        else:
            print(f"{name}: data not present\n")


main()
