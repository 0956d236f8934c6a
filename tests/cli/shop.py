# SPDX-License-Identifier: Apache-2.0
"""A small invented shop, the same every time, and the slow obvious way to compute what the program answers about it."""
import datetime
import decimal
import random
import statistics

DAY = datetime.timedelta(days=1)
AS_OF = datetime.date(2021, 7, 1)
SEGMENTS = ["Bares", "Mercados", "Padarias", "Farmácias"]


class Customer:
    def __init__(self, code, name, rep, segment, region, city):
        self.code, self.name, self.rep, self.segment, self.region, self.city = code, name, rep, segment, region, city
        self.lines = []  # (day, document, product, quantity, cents of one)


def shop(seed=7, customers=60):
    """Customers with rhythms from 5 to 60 days; some stop, some return goods, some buy once, one gets only gifts."""
    chance = random.Random(seed)
    made, document = [], 1000
    for number in range(customers):
        who = Customer(f"C{number:03}", f"Cliente {'ÁEIOU'[number % 5]} {number}", f"R{number % 6:02}", SEGMENTS[number % 4],
                       ["SP", "MG", "RJ"][number % 3], ["Campinas", "Betim", "Niterói"][number % 3])
        day = datetime.date(2019, 1, 1) + DAY * chance.randrange(200)
        rhythm = chance.choice([5, 12, 20, 30, 60])
        last = AS_OF - DAY * chance.choice([0, 0, 0, 30, 90, 200, 500])
        while day <= last:
            document += 1
            for product in chance.sample(range(20), chance.randrange(1, 4)):
                who.lines.append((day, document, f"P{product:02}", chance.randrange(1, 12), chance.randrange(50, 20000)))
            if chance.random() < 0.06:
                document += 1
                back = day + DAY * chance.choice([0, 3])
                if back <= AS_OF:
                    who.lines.append((back, document, who.lines[-1][2], -1, who.lines[-1][4]))
            day += DAY * max(1, round(rhythm * chance.uniform(0.6, 1.5)))
            if number % 17 == 3:
                break
        made.append(who)
    return made


def orders_csv(customers, delimiter=";"):
    """As a Brazilian ERP exports it: semicolons, decimal commas, day first."""
    rows = ["Pedido;Emissão;Cód. Cliente;Razão Social;Vendedor;Segmento;UF;Cidade;Produto;Qtde;Preço Unitário"]
    for who in customers:
        for day, document, product, quantity, cents in who.lines:
            price = f"{cents // 100},{cents % 100:02}"
            rows.append(f"{document};{day:%d/%m/%Y};{who.code};{who.name};{who.rep};{who.segment};{who.region};{who.city};{product};{quantity};{price}")
    return "\n".join(rows).replace(";", delimiter) + "\n"


def money(cents):
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


def number(value, places=4):
    """A decimal as the program writes it: rounded half away from zero, no zeros at the end."""
    quantum = decimal.Decimal(1).scaleb(-places)
    text = str(decimal.Decimal(value).quantize(quantum, decimal.ROUND_HALF_UP).normalize())
    return format(decimal.Decimal(text), "f")


def summary(who, as_of=AS_OF):
    """Purchases, days, gaps and values of one customer as of a day, straight from the rules."""
    net, sold = {}, set()
    for day, _, _, quantity, cents in who.lines:
        if day <= as_of:
            net[day] = net.get(day, 0) + quantity * cents
            if quantity > 0:
                sold.add(day)
    bought = sorted(day for day in sold if net[day] > 0)
    gaps = [(b - a).days for a, b in zip(bought, bought[1:])]
    within = lambda first, last: sum(cents for day, cents in net.items() if first < day <= last)
    year = DAY * 365
    out = {"code": who.code, "purchases": str(len(bought))}
    out["value_total"] = money(sum(net.values()))
    out["value_12m"] = money(within(as_of - year, as_of))
    out["value_prev_12m"] = money(within(as_of - 2 * year, as_of - year))
    if bought:
        out["first_purchase"], out["last_purchase"] = str(bought[0]), str(bought[-1])
        out["recency_days"] = str((as_of - bought[-1]).days)
    if gaps:
        out["gap_median_days"] = number(decimal.Decimal(str(statistics.median(gaps))))
        out["gap_mean_days"] = number(decimal.Decimal(sum(gaps)) / len(gaps))
    return out, bought
