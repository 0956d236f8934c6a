# SPDX-License-Identifier: Apache-2.0
"""A shop whose facts keep changing: imports of orders and customers, closings, undo; and the same database made anew
from the imports that are still in force, to compare with."""
import csv
import datetime
import io
import json
import os
import random
import re
import subprocess
import typing

from program import SANITIZED
from shop import AS_OF, DAY, SEGMENTS, shop

HEAD = "Pedido;Emissão;Cód. Cliente;Razão Social;Vendedor;Segmento;UF;Produto;Qtde;Preço Unitário;Situação"
FORETOLD = re.compile(r" (Almost all|Fewer than|About 1 in|[0-9]+ in [0-9]+) .*")
ORDERS = ["import", "orders", "next.csv", "--date-format", "dmy", "--decimal", "comma"]
POLICIES = [["days 90"], ["days 45 at-risk 30 lost 200"], ["cycle 2.5 at-risk 1.5 between 20 and 365"], ["days 60", "--segment", "Bares"],
            ["cycle 3 at-risk 2", "--region", "SP"], ["days 30 at-risk 15", "--abc", "A"], ["probability 0.3 at-risk 0.5"], ["probability 60% at-risk 70% lost 300", "--segment", "Bares"]]


class Document(typing.NamedTuple):
    number: int
    day: datetime.date
    code: str
    segment: str
    state: str
    lines: tuple  # (product, quantity, cents of one)

    def rows(self):
        for product, quantity, cents in self.lines:
            yield (f"{self.number};{self.day:%d/%m/%Y};{self.code};Cliente {self.code};R{ord(self.code[-1]) % 5};{self.segment};"
                   f"{['SP', 'MG', 'RJ'][ord(self.code[-1]) % 3]};{product};{quantity};{cents // 100},{cents % 100:02};{self.state}")


def orders(documents, chance=None):
    """As a file; its rows in any order when there is a chance to shuffle by."""
    rows = [row for document in documents for row in document.rows()]
    if chance:
        chance.shuffle(rows)
    return "\n".join([HEAD, *rows]) + "\n"


def first_documents(seed=7, customers=40):
    made = {}
    for who in shop(seed, customers):
        for day, number, product, quantity, cents in who.lines:
            before = made.get(number)
            lines = (before.lines if before else ()) + ((product, quantity, cents),)
            made[number] = Document(number, day, who.code, who.segment, "Faturado", lines)
    return made


class Changing:
    """The database, and the list of what was done to it: (words of the command, text of the file or None)."""

    databases = 0

    def __init__(self, program, seed=0, on_pg=False, foretold=not SANITIZED):
        self.program, self.chance, self.on_pg, self.foretold = program, random.Random(seed), on_pg, foretold
        self.done, self.undone = [], set()
        self.standing, self.next_number = {}, 100000
        self.db = self.database()

    def database(self):
        Changing.databases += 1
        if self.on_pg:
            schema = f"changing_{os.getpid()}_{Changing.databases}"
            base = os.environ["REATIVA_TEST_PG"]
            subprocess.run(["psql", "-q", "-c", f"CREATE SCHEMA {schema}", base], check=True, capture_output=True)
            name = f"{base}{'&' if '?' in base else '?'}options=-csearch_path%3D{schema}"
        else:
            name = f"changing{Changing.databases}.db"
        self.program.init(name, self.foretold)
        return name

    def play(self, database, words, text):
        if text is not None:
            self.program.write("next.csv", text)
        self.program.run(*words, "--db", database)

    def act(self, words, text=None):
        self.play(self.db, words, text)
        self.done.append((words, text))

    def undo(self, number):
        """Takes back the number-th thing done, from 1: each makes one import."""
        self.program.run("undo", str(number), "--db", self.db)
        self.undone.add(number)

    def never_done(self):
        """A database in which what was taken back was never imported."""
        fresh = self.database()
        for number, (words, text) in enumerate(self.done, 1):
            if number not in self.undone:
                self.play(fresh, words, text)
        return fresh

    def answers(self, database):
        """All that can be asked, as text."""
        ask = lambda *words: self.program.run(*words, "--db", database, "--format", "csv").stdout
        return ask("list", "--limit", "0") + ask("flow", "--by", "segment") + ask("cycle", "--by", "region")

    # -- things that happen to a shop --

    def a_number(self):
        return self.chance.choice(sorted(self.standing))

    def a_day(self):
        back = self.chance.choice([0, 0, 1, 5, 20, 60, 200]) if self.chance.random() < 0.95 else 800
        return AS_OF - back * DAY

    def new_document(self):
        known = self.standing[self.a_number()]
        code, segment = known.code, known.segment
        if self.chance.random() < 0.15:
            code, segment = f"N{self.chance.randrange(30):03}", self.chance.choice(SEGMENTS)
        if self.chance.random() < 0.04:
            segment = self.chance.choice(SEGMENTS + ["Novos", "Hotéis", ""])
        self.next_number += 1
        lines = tuple((f"P{self.chance.randrange(20):02}", self.chance.choice([1, 2, 3, 10, -1]), self.chance.choice([0, 990, 2550, 19999])) for _ in range(self.chance.randrange(1, 3)))
        return Document(self.next_number, self.a_day(), code, segment, "Faturado", lines)

    def changed_document(self):
        document = self.standing[self.a_number()]
        recent = [other for other in self.standing.values() if AS_OF - other.day < 300 * DAY]
        if recent and self.chance.random() < 0.8:
            document = self.chance.choice(recent)
        what = self.chance.randrange(6)
        if what == 0:
            return document._replace(state="Cancelado")
        if what == 1:
            return document._replace(code=self.standing[self.a_number()].code)
        if what == 2:
            return document._replace(day=min(AS_OF, document.day + self.chance.choice([-3, -1, 1, 3]) * DAY))
        if what == 3:
            product, quantity, cents = document.lines[0]
            return document._replace(lines=((product, quantity + 1, cents),) + document.lines[1:])
        if what == 4:
            return document._replace(lines=document.lines + document.lines[:1])
        return document

    def import_orders(self, most=4):
        documents = {}
        for _ in range(self.chance.randrange(1, most + 1)):
            document = self.new_document() if self.chance.random() < 0.6 else self.changed_document()
            documents[document.number] = document
        self.standing.update(documents)
        self.act(ORDERS, orders(documents.values(), self.chance))

    def import_customers(self):
        rows = ["Código;Razão Social;Segmento;Vendedor;Cidade"]
        for _ in range(self.chance.randrange(1, 4)):
            code = self.standing[self.a_number()].code if self.chance.random() < 0.8 else f"K{self.chance.randrange(9)}"
            segment = self.chance.choice(SEGMENTS + [""]) if self.chance.random() < 0.3 else ""
            rows.append(f"{code};Nome {self.chance.randrange(5)};{segment};R{self.chance.randrange(7)};Campinas")
        self.act(["import", "customers", "next.csv"], "\n".join(rows) + "\n")

    def close_or_reopen(self):
        code = self.standing[self.a_number()].code
        if not any(row["code"] == code for row in self.program.csv("list", "--limit", "0", "--columns", "code", "--db", self.db)):
            return
        if self.chance.random() < 0.3:
            self.act(["close", code, "--reopen"])
        else:
            self.act(["close", code, "--reason", "falência", "--on", str(AS_OF - self.chance.randrange(100) * DAY)])

    def undo_some(self):
        left = [number for number in range(2, len(self.done) + 1) if number not in self.undone]
        if left:
            self.undo(self.chance.choice(left[-8:] if self.chance.random() < 0.7 else left))

    def something(self):
        """One thing that happens, and its name."""
        happens = self.chance.choices([self.import_orders, self.import_customers, self.close_or_reopen, self.undo_some], [12, 2, 1, 4])[0]
        happens()
        return happens.__name__


def three_imports(program, on_pg=False):
    """They overlap in every way: the same, changed, changed back, cancelled, moved, returned, other names and segments."""
    shop = Changing(program, 0, on_pg)
    documents = list(first_documents(customers=12).values())
    one, two, three = documents[::2], [], []
    for number, document in enumerate(documents):
        product, quantity, cents = document.lines[0]
        variants = [document, document._replace(state="Cancelado"), document._replace(code="C900"), document._replace(segment="Hotéis", day=document.day - DAY),
                    document._replace(lines=((product, quantity, cents + 100),)), document._replace(lines=((product, -quantity, cents),))]
        if number % 3:
            two.append(variants[number % len(variants)])
        if number % 5:
            three.append(variants[number % 4])
    for part in (one, two, three):
        shop.act(ORDERS, orders(part))
    return shop


def live(program, seed, steps, on_pg=False, customers=40, foretold=True):
    """How many of the scores were incremental."""
    shop = Changing(program, seed, on_pg, foretold)
    shop.standing = first_documents(seed, customers)
    shop.act(ORDERS, orders(shop.standing.values()))
    program.run("score", "--db", shop.db)
    rules, few, story, looks = [], 0, [], 1 if SANITIZED else 4
    for step in range(1, steps + 1):
        if shop.chance.random() < 0.04:
            rules.append(shop.chance.choice(POLICIES))
            program.run("policy", "set", *rules[-1], "--db", shop.db)
            story.append(" ".join(rules[-1]))
        else:
            story.append(shop.something())
        few += program.json("score", "--db", shop.db)["incremental"]
        checked = json.loads(program.run("verify", "--db", shop.db, "--format", "json", status=None).stdout)
        assert checked["scored"] and not checked["stale"], (step, checked)
        assert not checked["derived_faults"] and not checked["database_faults"], (seed, step, story[-5:], checked)
        if step % (steps // looks) == 0:
            kept = shop.answers(shop.db)
            program.run("score", "--full", "--db", shop.db)
            anew = shop.answers(shop.db)
            assert without_forecast(kept) == without_forecast(anew), difference(*map(without_forecast, (kept, anew)), seed, step)
            fresh = shop.never_done()
            for rule in rules:
                program.run("policy", "set", *rule, "--db", fresh)
            assert anew == shop.answers(fresh), difference(anew, shop.answers(fresh), seed, step)
    return few


def without_forecast(answers):
    """What a model says, and its sentences, left out: few customers are foretold with the kept model (verify, after each step, holds
    that to the last bit), all of them with a new one."""
    head, *rows = csv.reader(io.StringIO(answers))
    first, last = head.index("p_active_90d"), head.index("model")
    return "\n".join(FORETOLD.sub("", "|".join(row[:first] + row[last + 1:] if len(row) == len(head) else row)) for row in rows)


def difference(kept, fresh, *where):
    return where, [pair for pair in zip(kept.splitlines(), fresh.splitlines()) if pair[0] != pair[1]][:3]
