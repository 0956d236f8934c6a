#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How well the cycle foretells the next gap, over a grid of CYCLE_PRIOR_WEIGHT and CYCLE_RECENT.

Reads sales histories below REATIVA_DATA (default ../shared/data, from the root of the source) and prints the tables of
docs/methods/cycle.md. Each purchase with at least one gap behind it foretells the gap that follows it, by what was known
then; the error is log(foretold / true). Every customer counts the same, whatever the number of its purchases.
Invariant: the estimator and its prior are the program's (src/stats/cycle.c, prior.c), written a second time.
"""
import bisect
import collections
import csv
import datetime
import gzip
import io
import lzma
import math
import os
import sys

WEIGHTS = (0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10)
RECENT = (3, 4, 6, 8, 12, 16, 24, 36, 10**9)
CHOSEN = (2, 12)
LEARNING_DAYS = 365
ASSUMED_DAYS = 30


def rows(path):
    opener = {".gz": gzip.open, ".xz": lzma.open}.get(os.path.splitext(path)[1], open)
    with opener(path, "rb") as packed:
        yield from csv.DictReader(io.TextIOWrapper(packed, "utf-8-sig", newline=""))


def purchases(pairs):
    """{customer: sorted days with a net above zero} from (customer, ISO date, amount)."""
    net = collections.defaultdict(float)
    for customer, date, amount in pairs:
        if customer:
            net[customer, datetime.date.fromisoformat(date[:10])] += amount
    days = collections.defaultdict(list)
    for (customer, day), amount in sorted(net.items()):
        if amount > 0:
            days[customer].append(day)
    return days


def histories(folder):
    """(name, purchases) of each data set that is present."""
    btyd = os.path.join(folder, "btyd")
    retail = os.path.join(folder, "online_retail_ii")
    found = (
        ("grocery", [btyd + "/grocery_elog.csv"], lambda r: (r["cust"], r["date"], 1)),
        ("cdnow", [btyd + "/cdnow_master_elog.csv.gz"], lambda r: (r["customer_id"], r["date"], 1)),
        ("apparel", [btyd + "/apparel_trans.csv"], lambda r: (r["Id"], r["Date"], 1)),
        ("retail 1y", [btyd + "/online_retail_invoices.csv.gz"],
         lambda r: (r["customer_id"], r["timestamp"], float(r["amount"]))),
        ("retail 2y", [retail + "/year_2009_2010.csv.xz", retail + "/year_2010_2011.csv.xz"],
         lambda r: (r["Customer ID"], r["InvoiceDate"], float(r["Quantity"]) * float(r["Price"]))),
    )
    for name, paths, read in found:
        if all(os.path.exists(p) for p in paths):
            yield name, purchases(read(r) for p in paths for r in rows(p))
        else:
            print(f"{name}: not present below {folder}, left out", file=sys.stderr)


class Prior:
    """A lower median by what was known at the start of each month, the learning year applied.

    Each change is (day known, value out or None, value in): of gaps, none ever leaves; of customers, a new median
    replaces the old one.
    """

    def __init__(self, days, changes):
        first = min(d[0] for d in days.values())
        last = max(d[-1] for d in days.values())
        self.learned = first + datetime.timedelta(LEARNING_DAYS)
        if self.learned.day > 1:
            self.learned = next_month(self.learned)
        self.median, held, taken = {}, [], 0
        changes.sort(key=lambda c: c[0])
        self.end = first.replace(day=1)
        while True:
            while taken < len(changes) and changes[taken][0] < self.end:
                _, gone, come = changes[taken]
                if gone is not None:
                    held.pop(bisect.bisect_left(held, gone))
                bisect.insort(held, come)
                taken += 1
            self.median[self.end] = held[(len(held) - 1) // 2] if held else ASSUMED_DAYS
            if self.end > last:
                break
            self.end = next_month(self.end)

    def days(self, purchase):
        return self.median[min(max(purchase.replace(day=1), self.learned), self.end)]


def next_month(day):
    return (day.replace(day=1) + datetime.timedelta(32)).replace(day=1)


def prior_of_gaps(days):
    """The program's: every gap speaks, so who buys often speaks often."""
    return Prior(days, [(b, None, (b - a).days) for d in days.values() for a, b in zip(d, d[1:])])


def prior_of_customers(days):
    """The alternative: every customer speaks once, by the median of its own gaps so far."""
    changes = []
    for d in days.values():
        gaps, known = [], None
        for a, b in zip(d, d[1:]):
            bisect.insort(gaps, (b - a).days)
            changes.append((b, known, median(gaps)))
            known = median(gaps)
    return Prior(days, changes)


def median(sorted_values):
    n = len(sorted_values)
    return (sorted_values[(n - 1) // 2] + sorted_values[n // 2]) / 2


def cases(days, prior):
    """Per customer: [(log next gap, log prior, gaps before, {recent: log own median}, log own mean)]."""
    for d in days.values():
        gaps = [(b - a).days for a, b in zip(d, d[1:])]
        of_customer = []
        for k in range(1, len(gaps)):
            before = gaps[:k]
            own = {m: math.log(median(sorted(before[-m:]))) for m in RECENT}
            of_customer.append((math.log(gaps[k]), math.log(prior.days(d[k])), k, own, math.log(sum(before) / k)))
        if of_customer:
            yield of_customer


def scores(customers, estimate):
    """(mean absolute log error, mean squared log error), each customer counting once."""
    absolute = squared = 0.0
    for of_customer in customers:
        errors = [estimate(c) - c[0] for c in of_customer]
        absolute += sum(map(abs, errors)) / len(errors)
        squared += sum(e * e for e in errors) / len(errors)
    return absolute / len(customers), squared / len(customers)


def credible(weight, recent):
    def estimate(case):
        _, prior, k, own, _ = case
        n = min(k, recent)
        return (n * own[recent] + weight * prior) / (n + weight)

    return estimate


def ratios(rows_of_scores):
    """Mean over the data sets of the ratio to the best of the grid in that data set."""
    best = [min(column) for column in zip(*rows_of_scores.values())]
    return {key: sum(v / b for v, b in zip(row, best)) / len(best) for key, row in rows_of_scores.items()}


def shown(recent):
    return str(recent) if recent < RECENT[-1] else "all"


def heading(title, columns):
    print(f"\n{title}\n\n| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|")


def line(label, cells):
    print(f"| {label} | " + " | ".join(map(str, cells)) + " |")


def main():
    folder = os.environ.get("REATIVA_DATA", "../shared/data")
    names, sets, alternative = [], [], []
    for name, days in histories(folder):
        customers = list(cases(days, prior_of_gaps(days)))
        names.append(name)
        sets.append(customers)
        alternative.append(list(cases(days, prior_of_customers(days))))
        print(f"{name}: {len(days)} customers, {len(customers)} with two gaps or more, "
              f"{sum(map(len, customers))} gaps foretold", file=sys.stderr)
    if not sets:
        sys.exit(f"no data below {folder}: set REATIVA_DATA")

    everything = RECENT[-1]
    plain = {
        "segment alone": lambda c: c[1],
        "own mean": lambda c: c[4],
        "own median": lambda c: c[3][everything],
        "weight 3, recent 24": credible(3, 24),
        "weight {}, recent {} (chosen)".format(*CHOSEN): credible(*CHOSEN),
    }
    heading("Mean absolute log error (mean squared)", ["foretold by", *names])
    for label, estimate in plain.items():
        line(label, ("{:.3f} ({:.3f})".format(*scores(s, estimate)) for s in sets))

    heading("Histories of 24 gaps and more only, weight as chosen", ["recent", *names])
    long = [[of for of in ([c for c in of if c[2] >= 24] for of in s) if of] for s in sets]
    for m in RECENT:
        line(shown(m), ("{:.3f} ({:.3f})".format(*scores(s, credible(CHOSEN[0], m))) if s else "" for s in long))

    heading("The same with a prior in which each customer speaks once, recent as chosen", ["weight", *names])
    for w in WEIGHTS:
        line(w, ("{:.3f} ({:.3f})".format(*scores(s, credible(w, CHOSEN[1]))) for s in alternative))

    grid = {(w, m): [scores(s, credible(w, m)) for s in sets] for w in WEIGHTS for m in RECENT}
    for which, title in ((0, "absolute"), (1, "squared")):
        ratio = ratios({key: [s[which] for s in row] for key, row in grid.items()})
        heading(f"Mean {title} log error, per cent above the best of the grid, mean over the data sets",
                ["weight \\ recent", *map(shown, RECENT)])
        for w in WEIGHTS:
            line(w, (f"{100 * ratio[w, m] - 100:.2f}" for m in RECENT))
    heading("The best of the grid in each data set, against the chosen", ["", "weight", "recent", "its error", "chosen"])
    for i, name in enumerate(names):
        for which, title in ((0, "absolute"), (1, "squared")):
            w, m = min(grid, key=lambda k: grid[k][i][which])
            line(f"{name}, {title}", (w, shown(m), f"{grid[w, m][i][which]:.3f}", f"{grid[CHOSEN][i][which]:.3f}"))


if __name__ == "__main__":
    main()
