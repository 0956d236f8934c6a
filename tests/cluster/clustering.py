# SPDX-License-Identifier: Apache-2.0
"""What tests of a cluster share: real servers of their own (tools/clickhouse_cluster), and orders that stand on all of them."""
import datetime
import os
import random
import sys
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from private import Private  # noqa: E402

FIRST, LAST = datetime.date(2023, 1, 1), datetime.date(2025, 12, 31)


class Cluster(Private):
    """cluster.url is what the program is given; cluster.ask(sql) asks the first server, ask(sql, 2) the second."""

    program = "clickhouse_cluster"

    def __init__(self, servers=2):
        self.start(str(servers))
        self.url = f"clickhouse://{self.user}:{self.password}@127.0.0.1:{self.http}/default"

    def ask(self, sql, server=1, data=None):
        words = {"user": self.user, "password": self.password, "insert_distributed_sync": "1"}
        if data is not None:
            words["query"] = sql
        address = f"http://127.0.0.1:{getattr(self, f'port{server}')}/?{urllib.parse.urlencode(words)}"
        try:
            with urllib.request.urlopen(address, data=(sql if data is None else data).encode(), timeout=120) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as fault:
            raise AssertionError(fault.read().decode()) from None

    def rows(self, sql):
        return [line.split("\t") for line in self.ask(sql).splitlines()]

    def tables(self):
        return {row[0] for row in self.rows("SHOW TABLES")}

    def table(self, name, columns, rows=(), shard="cityHash64(customer)"):
        """A table on every server, and one of that name over them; rows of texts as ClickHouse reads them."""
        for server in range(1, self.servers + 1):
            self.ask(f"CREATE TABLE {name}_here ({columns}) ENGINE = MergeTree ORDER BY tuple()", server)
        self.ask(f"CREATE TABLE {name} AS {name}_here ENGINE = Distributed({self.cluster}, default, {name}_here, {shard})")
        self.add(name, rows)

    def add(self, name, rows):
        if rows:
            self.ask(f"INSERT INTO {name} FORMAT TabSeparated", data="".join("\t".join(row) + "\n" for row in rows))


def shown(cents):
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def histories(customers, seed, code="C{:05d}"):
    """(customer, day, cents), in no order: rhythms from days to years, returns, gifts, days with several documents, and some leave."""
    chance = random.Random(seed)
    out = []
    for number in range(customers):
        step, leaves = chance.choice([2, 7, 14, 30, 30, 45, 90, 200]), chance.choice([0, 0.02, 0.1, 0.3])
        day = FIRST + datetime.timedelta(chance.randrange(900))
        while day <= LAST:
            cents = chance.randrange(100, 500000)
            kind = chance.random()
            out.append((code.format(number), day, -cents if kind < 0.06 else 0 if kind < 0.07 else cents))
            if chance.random() < leaves:
                break
            day += datetime.timedelta(0 if chance.random() < 0.05 else max(1, int(chance.expovariate(1 / step))))
    chance.shuffle(out)
    return out


def orders_csv(orders):
    def field(text):
        return '"' + text.replace('"', '""') + '"'

    lines = [f"{number},{field(customer)},{day},{shown(cents)}" for number, (customer, day, cents) in enumerate(orders, 1)]
    return "pedido,cliente,data,valor\n" + "\n".join(lines) + "\n"
