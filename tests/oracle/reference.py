#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""reference -- a second, slow computation of what the program answers, to hold it to.

Written from the definitions (docs/methods, the words of the product) and from nothing in src/: whoever changes one of the two
must not make the other follow without asking which of them is right. Python's standard library only; every
number is an integer or a fraction until it is printed, so what is compared is compared to the last digit.

Days are integers (date.toordinal), months are 12 * year + month - 1, money is cents, *_e4 are ten-thousandths.

By hand:  tests/oracle/reference.py online_retail list 2011-12-10 'days 90'
          tests/oracle/reference.py cdnow flow 1998-07-01 'cycle 2.5 at-risk 1.5 between 20 and 365'
"""
import bisect
import collections
import csv
import datetime
import functools
import gzip
import io
import itertools
import lzma
import math
import os
import sys
import zipfile
from fractions import Fraction
from xml.etree import ElementTree

# ---------------------------------------------------------------------------------------------------------------------
# Exact numbers


@functools.lru_cache(maxsize=None)
def scaled(text, places):
    """'-2.55', 4 -> -25500. Raises when that would lose a digit."""
    value = Fraction(text) * 10**places
    if value.denominator != 1:
        raise ValueError(f"{text} has more than {places} decimals")
    return value.numerator


def half_away(numerator, denominator):
    """The nearest whole number to numerator / denominator; a half goes away from zero."""
    whole = int((2 * abs(numerator) + denominator) // (2 * denominator))
    return whole if numerator >= 0 else -whole


@functools.lru_cache(maxsize=None)
def line_cents(quantity, price, discount="0"):
    """quantity x price x (1 - discount), rounded once."""
    ten_powers = scaled(quantity, 4) * scaled(price, 4) * (10**4 - scaled(discount, 4))
    return half_away(ten_powers, 10**10)


def e4_text(value):
    """Ten-thousandths as decimal text of at most four places."""
    whole = f"{value // 10**4}.{value % 10**4:04d}" if value >= 0 else "-" + e4_text(-value)
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def money_text(cents):
    return ("-" if cents < 0 else "") + f"{abs(cents) // 100}.{abs(cents) % 100:02d}"


def root_e4(numerator, denominator):
    """The square root of a fraction in ten-thousandths, rounded half up, without a binary fraction on the way."""
    return (math.isqrt(4 * numerator * 10**8 // denominator) + 1) // 2


# ---------------------------------------------------------------------------------------------------------------------
# Days


@functools.lru_cache(maxsize=None)
def day_of(text):
    return datetime.date.fromisoformat(text).toordinal()


def iso(day):
    return datetime.date.fromordinal(day).isoformat()


@functools.lru_cache(maxsize=None)
def month_of(day):
    date = datetime.date.fromordinal(day)
    return 12 * date.year + date.month - 1


@functools.lru_cache(maxsize=None)
def month_begin(month):
    return datetime.date(month // 12, month % 12 + 1, 1).toordinal()


def month_text(month):
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


# ---------------------------------------------------------------------------------------------------------------------
# Documents: what was bought, by whom, when

SALE, RETURN, CANCELLED, UNVALUED = "sale", "return", "cancelled", "unvalued"


class Document:
    """One order or invoice. content stands for its lines as a multiset: equal content, equal documents."""

    __slots__ = ("number", "customer", "day", "kind", "cents", "lines", "content", "region", "rep")

    def __init__(self, number, customer, day, region="", rep=""):
        self.number, self.customer, self.day, self.region, self.rep = number, customer, day, region, rep
        self.kind, self.cents, self.lines, self.content = None, 0, 0, 0

    def add(self, cents, content):
        self.cents += cents
        self.lines += 1
        self.content += hash(content)

    def same_as(self, other):
        return (self.customer, self.day, self.lines, self.content) == (
            other.customer, other.day, other.lines, other.content)


def documents_merge(*files):
    """Files one after the other: a document that comes again with the same content is the same one, with another
    content it is its new version. Returns the documents by number and how many came again, changed."""
    merged, again, changed = {}, 0, 0
    for documents in files:
        for number, document in documents.items():
            if number in merged:
                again += 1
                changed += not merged[number].same_as(document)
            merged[number] = document
    return merged, again, changed


class History:
    """What is known of the customers of a set of documents on the day as_of. Nothing here changes after it is made."""

    def __init__(self, documents, as_of, known=(), segment_of=None):
        """known: customers that are on file with or without a document. segment_of: {customer: segment}."""
        self.as_of = as_of
        self.segment_of = segment_of or {}
        self.documents = collections.defaultdict(list)
        for customer in known:
            self.documents[customer] = []
        for document in documents:
            if document.day <= as_of:
                self.documents[document.customer].append(document)
        self.net = {c: self._net_by_day(d) for c, d in self.documents.items()}
        self.purchases = {c: self._purchase_days(c) for c in self.documents}
        firsts = [days[0] for days in self.purchases.values() if days]
        self.first_day = min(firsts) if firsts else None
        self._company = None
        self._closed = None

    @staticmethod
    def _net_by_day(documents):
        net = collections.Counter()
        for document in documents:
            if document.kind in (SALE, RETURN):
                net[document.day] += document.cents
        return net

    def _purchase_days(self, customer):
        """Days with a sale whose net, after the returns of the same day, is above zero; or with a sale of unknown worth."""
        sold, unvalued = set(), set()
        for document in self.documents[customer]:
            if document.kind == SALE:
                sold.add(document.day)
            if document.kind == UNVALUED:
                unvalued.add(document.day)
        return sorted({day for day in sold if self.net[customer][day] > 0} | unvalued)

    def value(self, customer, first, last):
        """Net value of the days first .. last, both included."""
        return sum(cents for day, cents in self.net[customer].items() if first <= day <= last)

    def company_value(self, first, last):
        if self._company is None:
            by_day = collections.Counter()
            for net in self.net.values():
                by_day.update(net)
            days = sorted(by_day)
            self._company = days, [0, *itertools.accumulate(by_day[day] for day in days)]
        days, upto = self._company
        return upto[bisect.bisect_right(days, last)] - upto[bisect.bisect_left(days, first)]

    # -- what a segment's rhythm was known to be (docs/methods/prior.md) --

    LEARNING_DAYS, ENOUGH_GAPS, ASSUMED_DAYS = 365, 30, 30

    def _lower_median(self, segment, month):
        """(how many gaps closed before the month began, the smallest d with at least half of them <= d)."""
        if self._closed is None:
            self._closed = collections.defaultdict(list)
            for customer, days in self.purchases.items():
                for before, day in zip(days, days[1:]):
                    self._closed[None].append((day, day - before))
                    if self.segment_of.get(customer):
                        self._closed[self.segment_of[customer]].append((day, day - before))
            self._medians = {}
        key = segment, month
        if key not in self._medians:
            gaps = sorted(gap for day, gap in self._closed[segment] if day < month_begin(month))
            self._medians[key] = len(gaps), (gaps[(len(gaps) + 1) // 2 - 1] if gaps else None)
        return self._medians[key]

    @functools.cached_property
    def learnt_month(self):
        """The first month that begins when the learning year is over."""
        month = month_of(self.first_day)
        while month_begin(month) < self.first_day + self.LEARNING_DAYS:
            month += 1
        return month

    def prior_days(self, customer, purchase):
        month = min(max(month_of(purchase), self.learnt_month), month_of(self.as_of) + 1)
        segment = self.segment_of.get(customer)
        if segment:
            gaps, median = self._lower_median(segment, month)
            if gaps >= self.ENOUGH_GAPS:
                return median
        gaps, median = self._lower_median(None, month)
        return median if gaps else self.ASSUMED_DAYS

    # -- the fold: what was known after each purchase --

    RECENT_GAPS, PRIOR_WEIGHT = 12, 2

    def cycle_e4(self, customer, days):
        """The gap to expect after the last of these purchases."""
        gaps = [b - a for a, b in zip(days, days[1:])][-self.RECENT_GAPS:]
        return cycle_e4(median_x2(gaps) if gaps else 0, len(gaps), self.prior_days(customer, days[-1]))

    def dates(self, customer, rule, known=None):
        """(at_risk_on, inactive_on, lost_on) after the first `known` purchases (None: all). rule: a Rule, or a function
        that gives the customer's."""
        days = self.purchases[customer][:known]
        rule = rule(customer) if callable(rule) else rule
        return rule.dates(days[-1], self.cycle_e4(customer, days))


def median_x2(numbers):
    """Twice the median: a whole number."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return 2 * ordered[half] if len(ordered) % 2 else ordered[half - 1] + ordered[half]


@functools.lru_cache(maxsize=None)
def cycle_e4(own_x2, n, prior):
    """(own^n x prior^2)^(1 / (n + 2)) rounded half up to a tenth of a day: the largest k with
    (k - 1/2) / 10 <= the root, both sides raised to the power n + 2, in whole numbers."""
    power = n + History.PRIOR_WEIGHT
    right = own_x2**n * prior**History.PRIOR_WEIGHT * 20**power
    low, high = 0, 1
    while ((2 * high - 1)**power) << n <= right:
        high *= 2
    while high - low > 1:
        middle = (low + high) // 2
        if ((2 * middle - 1)**power) << n <= right:
            low = middle
        else:
            high = middle
    return low * 1000


class Rule:
    """`days N [at-risk M]` or `cycle K at-risk J between F and C`, and the days after which a customer is lost."""

    def __init__(self, text, lost=730):
        words = text.split()
        self.text, self.lost = text, lost
        self.by_cycle = words[0] == "cycle"
        if self.by_cycle:
            self.inactive, self.at_risk = Fraction(words[1]), Fraction(words[words.index("at-risk") + 1])
            self.floor, self.ceiling = int(words[words.index("between") + 1]), int(words[words.index("and") + 1])
        else:
            self.inactive = int(words[1])
            self.at_risk = int(words[3]) if "at-risk" in words else half_away(2 * self.inactive, 3)

    def dates(self, last, cycle_e4_):
        at_risk, inactive = self.days(cycle_e4_)
        return last + at_risk + 1, last + inactive + 1, last + max(self.lost, inactive) + 1

    @functools.lru_cache(maxsize=None)
    def days(self, cycle_e4_):
        """Without a purchase, until a customer is at risk and inactive."""
        if self.by_cycle:
            cycle = Fraction(cycle_e4_, 10**4)
            inactive, at_risk = math.floor(self.inactive * cycle), math.floor(self.at_risk * cycle)
            bounded = min(max(inactive, self.floor), self.ceiling)
            if bounded != inactive:
                inactive, at_risk = bounded, math.floor(bounded * self.at_risk / self.inactive)
        else:
            inactive, at_risk = self.inactive, self.at_risk
        return at_risk, inactive


# ---------------------------------------------------------------------------------------------------------------------
# The list: one row a customer, as the contract names it

COLUMNS = ("code,name,tax_id,company,rep,segment,region,city,status,purchases,first_purchase,last_purchase,recency_days,"
           "gap_median_days,gap_mean_days,gap_sd_days,cycle_days,overdue_ratio,at_risk_on,inactive_on,lost_on,value_total,"
           "value_12m,value_prev_12m,average_purchase,return_rate,trend,abc,r,f,m,segment_rfm,p_active_90d,p_active_low,"
           "p_active_high,p_alive,next_purchase_on,next_purchase_from,next_purchase_to,expected_purchases_90d,"
           "expected_value_365d,model,"
           "standing,open_titles,overdue_titles,open_quotes,open_quote_value,open_tickets,last_contact,last_outcome,last_objection,next_appointment,"
           "registered_on,blocked,credit_limit,credit_left,why").split(",")
# What a model foretells is not computed a second time here, but it must hold together: forecast_fault.
FORECAST = COLUMNS[COLUMNS.index("p_active_90d"):COLUMNS.index("standing")]
WORK = COLUMNS[COLUMNS.index("standing"):COLUMNS.index("why")]  # held by tests/app/test_standing.c
COMPARED = [column for column in COLUMNS if column not in (*FORECAST, *WORK, "why")]
MODELS = "cycle nbd bgnbd mbgnbd mbgcnbd mixk pnbd stack".split()


def forecast_fault(row, as_of):
    """What is wrong with a row's forecast whatever the model; None: nothing. as_of: the day, as text."""
    told = {column: row[column] for column in FORECAST if row[column] != ""}
    if row["purchases"] == "0" or row["status"] == "closed":
        return f"foretold: {told}" if told else None
    if row["model"] not in MODELS:
        return f"model {row['model']!r}"
    chances = [Fraction(row[column]) for column in ("p_active_low", "p_active_90d", "p_active_high") if row[column]]
    if len(chances) not in (0, 3) or chances != sorted(chances) or any(not 0 <= p <= 1 for p in chances):
        return f"chances {[row[c] for c in FORECAST[:3]]}"
    if row["p_alive"] and not 0 <= Fraction(row["p_alive"]) <= 1:
        return f"p_alive {row['p_alive']}"
    if chances and row["p_alive"] and Fraction(row["p_alive"]) < chances[1]:
        return f"buys, but is no customer: {row['p_active_90d']}, {row['p_alive']}"
    if row["purchases"] == "1" and int(row["recency_days"]) >= 365 and row["p_alive"] and Fraction(row["p_alive"]) > Fraction(99, 100):
        return f"alive for ever after one purchase: {row['p_alive']}"
    days = [row[column] for column in ("next_purchase_from", "next_purchase_on", "next_purchase_to") if row[column]]
    if len(days) not in (0, 3) or days != sorted(days) or (days and days[0] <= as_of):
        return f"next purchase {days}"
    if chances and row["expected_purchases_90d"] and Fraction(row["expected_purchases_90d"]) < chances[1]:
        return f"fewer purchases than their chance: {row['expected_purchases_90d']}, {row['p_active_90d']}"
    return None


def status_of(purchases, at_risk_on, inactive_on, lost_on, as_of):
    if as_of >= lost_on:
        return "lost"
    if as_of >= inactive_on:
        return "inactive"
    if as_of >= at_risk_on:
        return "at_risk"
    return "new" if purchases == 1 else "active"


def gap_columns(days):
    gaps = [b - a for a, b in zip(days, days[1:])]
    n = len(gaps)
    out = {"gap_median_days": "", "gap_mean_days": "", "gap_sd_days": ""}
    if n:
        out["gap_median_days"] = e4_text(median_x2(gaps) * 5000)
        out["gap_mean_days"] = e4_text(half_away(sum(gaps) * 10**4, n))
    if n > 1:
        out["gap_sd_days"] = e4_text(root_e4(n * sum(g * g for g in gaps) - sum(gaps)**2, n * (n - 1)))
    return out


def trend_of(history, customer, cycle):
    """The arrow (docs/methods/trend.md)."""
    window = max(math.ceil(2 * Fraction(cycle, 10**4)), 14)
    t = history.as_of
    now = history.value(customer, t - window + 1, t)
    before = history.value(customer, t - 2 * window + 1, t - window)
    season = Fraction(1)
    if t - history.first_day >= 730:
        year = 365
        then = history.company_value(t - year - window + 1, t - year)
        then_before = history.company_value(t - year - 2 * window + 1, t - year - window)
        if then > 0 and then_before > 0:
            season = Fraction(then, then_before)
    if now <= 0 and before <= 0:
        return ""
    if before <= 0 < now:
        return "up"
    if now <= 0 < before:
        return "down"
    expected = before * season
    return "up" if now >= Fraction(6, 5) * expected else "down" if now <= Fraction(4, 5) * expected else "flat"


def abc_classes(ranked):
    """ranked: {code: value of the last 12 months}, of those who bought in them."""
    total, before, classes = sum(ranked.values()), 0, {}
    for code, value in sorted(ranked.items(), key=lambda item: (-item[1], item[0].encode())):
        classes[code] = "C"
        if total > 0:
            classes[code] = "A" if 10 * before < 8 * total else "B" if 100 * before < 95 * total else "C"
        before += value
    return classes


def fifths(values):
    """{code: number} -> {code: 1..5}; equal numbers, equal scores."""
    ordered = sorted(values.values())
    n = len(ordered)
    return {code: 1 + sum(5 * bisect.bisect_left(ordered, value) >= k * n for k in (1, 2, 3, 4))
            for code, value in values.items()}


RFM_NAMES = {5: "new potential_loyal potential_loyal champions champions",
             4: "promising potential_loyal potential_loyal loyal loyal",
             3: "about_to_sleep about_to_sleep need_attention loyal loyal",
             2: "hibernating hibernating at_risk at_risk cannot_lose",
             1: "lost hibernating at_risk at_risk cannot_lose"}


def newest_label(documents, name):
    """What the newest document that says anything says; of several of that day the greater text."""
    said = [(document.day, getattr(document, name)) for document in documents if getattr(document, name)]
    return max(said)[1] if said else ""


def customer_row(history, customer, rule):
    documents, days, t = history.documents[customer], history.purchases[customer], history.as_of
    row = dict.fromkeys(COLUMNS, "")
    row.update(code=customer, segment=history.segment_of.get(customer, ""), status="prospect", purchases=str(len(days)),
               region=newest_label(documents, "region"), rep=newest_label(documents, "rep"))
    row["value_total"] = money_text(sum(history.net[customer].values()))
    row["value_12m"] = money_text(history.value(customer, t - 364, t))
    row["value_prev_12m"] = money_text(history.value(customer, t - 729, t - 365))
    gross = sum(d.cents for d in documents if d.kind == SALE)
    returned = -sum(d.cents for d in documents if d.kind == RETURN)
    if gross > 0:
        row["return_rate"] = e4_text(half_away(returned * 10**4, gross))
    if not days:
        return row
    cycle = history.cycle_e4(customer, days)
    at_risk_on, inactive_on, lost_on = history.dates(customer, rule)
    row.update(gap_columns(days), first_purchase=iso(days[0]), last_purchase=iso(days[-1]),
               recency_days=str(t - days[-1]), cycle_days=e4_text(cycle),
               overdue_ratio=e4_text(half_away((t - days[-1]) * 10**8, cycle)),
               at_risk_on=iso(at_risk_on), inactive_on=iso(inactive_on), lost_on=iso(lost_on),
               status=status_of(len(days), at_risk_on, inactive_on, lost_on, t),
               average_purchase=money_text(half_away(sum(history.net[customer].values()), len(days))),
               trend=trend_of(history, customer, cycle))
    return row


def list_rows(history, rule):
    """{code: {column: text}}, every column but `why`."""
    rows = {customer: customer_row(history, customer, rule) for customer in history.documents}
    t = history.as_of
    bought = {c: days for c, days in history.purchases.items() if days}
    for code, letter in abc_classes({c: history.value(c, t - 364, t) for c, days in bought.items()
                                     if days[-1] >= t - 364}).items():
        rows[code]["abc"] = letter
    scores = {"r": fifths({c: days[-1] for c, days in bought.items()}),
              "f": fifths({c: len(days) for c, days in bought.items()}),
              "m": fifths({c: sum(history.net[c].values()) for c in bought})}
    for code in bought:
        row = rows[code]
        row.update({letter: str(score[code]) for letter, score in scores.items()})
        row["segment_rfm"] = RFM_NAMES[scores["r"][code]].split()[scores["f"][code] - 1]
    return rows


def gap_windows(history, customers):
    """How many of these customers came back, their gaps, and the days within which 50, 80, 90 and 95 % of the gaps lie:
    the smallest whole number of days that really holds them."""
    days = [history.purchases[customer] for customer in customers]
    gaps = sorted(b - a for d in days for a, b in zip(d, d[1:]))
    out = {"repeat_customers": str(sum(len(d) > 1 for d in days)), "gaps": str(len(gaps))}
    for percent in (50, 80, 90, 95):
        out[f"within_{percent}"] = str(gaps[-(-percent * len(gaps) // 100) - 1]) if gaps else ""
    return out


# ---------------------------------------------------------------------------------------------------------------------
# The account of customers by month

FLOW = "month,opening,became_inactive,recovered,written_off,closing,bought,new_customers".split(",")


def account(first, as_of, became, recovered, bought, new):
    """Lines of the account from the counts of each month. Nobody is written off in data that nobody worked on."""
    out, open_now = [], 0
    for month in range(month_of(first), month_of(as_of) + 1):
        closing = open_now + became[month] - recovered[month]
        out.append(dict(zip(FLOW, [month_text(month)] + [str(n) for n in (
            open_now, became[month], recovered[month], 0, closing, bought[month], new[month])])))
        open_now = closing
    return out


def flow_rows(history, rule, customers=None):
    """From episodes: one begins on inactive_on if no purchase came before that day, and ends with the next purchase."""
    became, recovered, bought, new = (collections.Counter() for _ in range(4))
    for customer in customers if customers is not None else history.purchases:
        days = history.purchases[customer]
        if not days:
            continue
        new[month_of(days[0])] += 1
        bought.update({month_of(day) for day in days})
        for known, following in enumerate(days[1:] + [None], 1):
            inactive_on = history.dates(customer, rule, known)[1]
            if inactive_on <= (history.as_of if following is None else following):
                became[month_of(inactive_on)] += 1
                if following is not None:
                    recovered[month_of(following)] += 1
    return account(history.first_day, history.as_of, became, recovered, bought, new)


def flow_rows_slow(documents, rule, as_of, customers):
    """The same by living through it: each day has a morning, on which a customer may be found inactive by the
    purchases up to yesterday, and an evening, after that day's purchases. Nothing is carried over but yesterday's
    evening; every state is derived anew from what was known at that moment, gaps of segments included. The learning
    year is left out, in which the program knows better than it could have at the time, and the month after it, of
    which no evening before is known."""
    whole = History(documents, as_of)
    became, recovered, bought, new, closing = (collections.Counter() for _ in range(5))
    inactive = dict.fromkeys(customers, False)
    begin = month_begin(whole.learnt_month)
    for day in range(begin, as_of + 1):
        month = month_of(day)
        if day == month_begin(month):
            then = History(documents, day - 1)  # what is known of segments stands still within a month, see prior.md
        for customer in customers:
            days = whole.purchases[customer]
            yesterday, today = bisect.bisect_left(days, day), bisect.bisect_right(days, day)
            morning = yesterday > 0 and rule.dates(days[yesterday - 1], then.cycle_e4(customer, days[:yesterday]))[1] <= day
            evening = today > 0 and rule.dates(days[today - 1], then.cycle_e4(customer, days[:today]))[1] <= day
            became[month] += morning and not inactive[customer]
            recovered[month] += morning and not evening
            new[month] += yesterday == 0 < today
            inactive[customer] = evening
        closing[month] = sum(inactive.values())
    for customer in customers:
        bought.update({month_of(day) for day in whole.purchases[customer]})
    return [dict(zip(FLOW, [month_text(m)] + [str(n) for n in (
        closing[m - 1], became[m], recovered[m], 0, closing[m], bought[m], new[m])]))
            for m in range(whole.learnt_month + 1, month_of(as_of) + 1)]


# ---------------------------------------------------------------------------------------------------------------------
# The real exports


def open_text(path):
    opener = {".gz": gzip.open, ".xz": lzma.open}.get(os.path.splitext(path)[1], open)
    return io.TextIOWrapper(opener(path, "rb"), "utf-8-sig", newline="")


def code_text(text):
    """A code that a spreadsheet wrote as a number: 13085.0."""
    text = text.strip()
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


class Counts:
    """What became of the rows of one file."""

    def __init__(self):
        self.rows = self.rejected = self.kept = 0


def settle_kinds(documents):
    for document in documents.values():
        if document.kind is None:
            document.kind = RETURN if document.cents < 0 else SALE
    return documents


def online_retail_file(path):
    """One sheet: {number: Document}, Counts. Rows without a customer are refused."""
    documents, counts = {}, Counts()
    with open_text(path) as text:
        rows = csv.reader(text)
        header = next(rows)
        if header != "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country".split(","):
            raise ValueError(f"{path}: not the header expected")
        for row in rows:
            counts.rows += 1
            number, _, _, quantity, date, price, customer, country = row
            if not customer:
                counts.rejected += 1
                continue
            counts.kept += 1
            customer, day = code_text(customer), day_of(date[:10])
            document = documents.get(number)
            if document is None:
                document = documents[number] = Document(number, customer, day, country)
                document.kind = RETURN if number.startswith("C") else SALE
            if (document.customer, document.day, document.region) != (customer, day, country):
                raise ValueError(f"{path}: invoice {number} of two customers, days or countries")
            document.add(line_cents(quantity, price), tuple(row))
    return documents, counts


ONLINE_RETAIL = "online_retail_ii/year_2009_2010.csv.xz", "online_retail_ii/year_2010_2011.csv.xz"


def online_retail(folder):
    files = [online_retail_file(os.path.join(folder, name))[0] for name in ONLINE_RETAIL]
    return list(documents_merge(*files)[0].values())


def xlsx_rows(path, sheet):
    """The rows of the n-th sheet of a workbook as texts, numbers as they stand in the file."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        strings = ["".join(t.text or "" for t in item.iter(space + "t"))
                   for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        for row in ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml")).iter(space + "row"):
            cells = {}
            for cell in row:
                value = cell.find(space + "v")
                text = value.text if value is not None else ""
                cells[cell.get("r").rstrip("0123456789")] = strings[int(text)] if cell.get("t") == "s" else text
            yield [cells.get(letter, "") for letter in "ABCDEFGH"]


def online_retail_sheet(path, sheet):
    """The same as a file of it, from the workbook: dates are days since 1899-12-30."""
    documents = {}
    rows = xlsx_rows(path, sheet)
    next(rows)
    for number, _, _, quantity, date, price, customer, country in rows:
        if customer:
            day = datetime.date(1899, 12, 30).toordinal() + math.floor(Fraction(date))
            document = documents.setdefault(number, Document(number, customer, day, country))
            document.add(half_away(Fraction(quantity) * Fraction(repr(float(price))) * 100, 1), number)
    return settle_kinds(documents)


def northwind_rows(path):
    """Rows as the publisher meant them: texts with a comma are not quoted there, and each such comma has a blank after
    it, which no separator has."""
    with open_text(path) as text:
        for row in csv.reader(text):
            joined = []
            for cell in row:
                if joined and cell.startswith(" "):
                    joined[-1] += "," + cell
                else:
                    joined.append(cell)
            yield joined


def northwind_table(folder, name):
    rows = northwind_rows(os.path.join(folder, "northwind", name))
    header = next(rows)
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"{name}: {row}")
        yield dict(zip(header, row))


def northwind(folder):
    documents = {}
    for row in northwind_table(folder, "orders.csv"):
        documents[row["orderID"]] = Document(row["orderID"], row["customerID"], day_of(row["orderDate"][:10]),
                                             row["shipCountry"], row["employeeID"])
    for row in northwind_table(folder, "order-details.csv"):
        documents[row["orderID"]].add(line_cents(row["quantity"], row["unitPrice"], row["discount"]), tuple(row.values()))
    return list(settle_kinds(documents).values())


def month_first(text):
    """'10/2/2017 10:56'"""
    month, day, year = text.split()[0].split("/")
    return datetime.date(int(year), int(month), int(day)).toordinal()


def olist_table(folder, name):
    """Rows that hold anything, and how many hold nothing."""
    blank, rows = 0, []
    with open_text(os.path.join(folder, "olist_partial/excel_cut", name)) as text:
        for row in csv.DictReader(text):
            if any(cell.strip() for cell in row.values()):
                rows.append(row)
            else:
                blank += 1
    return rows, blank


def olist(folder):
    """Orders with their items: an order that is none of the items' is a purchase of unknown worth."""
    documents = {}
    for row in olist_table(folder, "olist_orders_dataset.csv.xz")[0]:
        document = Document(row["order_id"], row["customer_id"], month_first(row["order_purchase_timestamp"]))
        document.kind = CANCELLED if row["order_status"] in ("canceled", "unavailable") else UNVALUED
        documents[document.number] = document
    for row in olist_table(folder, "olist_order_items_dataset.csv.xz")[0]:
        document = documents.get(row["order_id"])
        if document is not None:
            document.add(line_cents("1", row["price"]), tuple(row.values()))
            if document.kind == UNVALUED:
                document.kind = SALE
    return list(documents.values())


def event_log(folder, name, customer, date, value):
    """One row an event, no document number: the document is the customer's day. value None: the file has none."""
    documents = {}
    with open_text(os.path.join(folder, "btyd", name)) as text:
        for row in csv.DictReader(text):
            day = day_of(row[date][:10])
            number = row[customer], day
            if number not in documents:
                documents[number] = Document(number, row[customer], day)
            documents[number].add(line_cents("1", row[value]) if value else 0, tuple(row.values()))
    for document in documents.values():
        document.kind = UNVALUED if value is None else RETURN if document.cents < 0 else SALE
    return list(documents.values())


def retail_invoices(folder):
    """One year of Online Retail by invoice and minute, as another package has it; rows without a customer are refused."""
    documents = {}
    with open_text(os.path.join(folder, "btyd/online_retail_invoices.csv.gz")) as text:
        for row in csv.DictReader(text):
            if row["customer_id"]:
                number = row["invoice"]
                if number not in documents:
                    documents[number] = Document(number, row["customer_id"], day_of(row["timestamp"][:10]), row["country"])
                documents[number].add(line_cents("1", row["amount"]), tuple(row.values()))
    return list(settle_kinds(documents).values())


def cdnow(folder):
    return event_log(folder, "cdnow_master_elog.csv.gz", "customer_id", "date", "dollars")


def cdnow_sample(folder):
    return event_log(folder, "cdnow_sample_elog.csv", "master_id", "date", "dollars")


def grocery(folder):
    return event_log(folder, "grocery_elog.csv", "cust", "date", None)


def apparel(folder):
    return event_log(folder, "apparel_trans.csv", "Id", "Date", "Price")


SETS = {"online_retail": online_retail, "northwind": northwind, "olist": olist, "cdnow": cdnow,
        "cdnow_sample": cdnow_sample, "grocery": grocery, "apparel": apparel, "retail_invoices": retail_invoices}


def main(words):
    if len(words) != 4 or words[0] not in SETS or words[1] not in ("list", "flow"):
        sys.exit(f"usage: reference.py {'|'.join(SETS)} list|flow AS-OF POLICY")
    folder = os.environ.get("REATIVA_DATA") or os.path.join(os.path.dirname(__file__), "../../../shared/data")
    history, rule = History(SETS[words[0]](folder), day_of(words[2])), Rule(words[3])
    listed = words[1] == "list"
    rows = list_rows(history, rule).values() if listed else flow_rows(history, rule)
    out = csv.DictWriter(sys.stdout, COLUMNS if listed else FLOW, lineterminator="\n")
    out.writeheader()
    out.writerows(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
