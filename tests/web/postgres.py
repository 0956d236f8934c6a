# SPDX-License-Identifier: Apache-2.0
"""What the tests on a PostgreSQL server share: a server of their own, its replica, a pooler, a small company there."""
import os
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../cli"))
from shop import AS_OF, orders_csv, shop  # noqa: E402

BASE = os.environ.get("REATIVA_TEST_PG")
NO_SERVER = "" if BASE else "no REATIVA_TEST_PG"
TOOLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tools")


def until(said, seconds=120):
    """The first answer that is one: for what other programs do in their own time."""
    end = time.monotonic() + seconds
    while True:
        answer = said()
        if answer:
            return answer
        assert time.monotonic() < end, said
        time.sleep(0.05)


def call(tool, *words):
    return subprocess.run([os.path.join(TOOLS, tool), *words], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def ask(url, text):
    return subprocess.run(["psql", url, "-qtAX", "-v", "ON_ERROR_STOP=1", "-c", text], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


class Server:
    """Something with a folder and a URL, gone afterwards."""
    tool = "pg_cluster"

    def __init__(self, *words):
        self.folder = tempfile.mktemp(prefix="reativa-pg.", dir="/tmp")
        self.url = call(self.tool, *self.words(*words))

    def sql(self, text):
        return ask(self.url, text)

    def call(self, what):
        return call(self.tool, what, self.folder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.call("stop")


class Cluster(Server):
    """One of its own: that of the other tests must not stop."""

    def words(self):
        return "start", self.folder


class Replica(Server):
    def words(self, cluster):
        return "replica", cluster.folder, self.folder


class Bouncer(Server):
    """Before the server of a URL; .url is that of the same database."""
    tool = "pg_bouncer"

    def __init__(self, url, connections=3):
        self.to, self.direct = urllib.parse.urlsplit(url), url
        super().__init__(connections)
        self.url = self.url.replace("/postgres?", self.to.path + "?")

    def words(self, connections):
        return "start", self.folder, urllib.parse.parse_qs(self.to.query)["host"][0], str(connections)


def database(name):
    """An empty database of its own on the server of the tests."""
    name = f"{name}_{os.getpid()}"
    ask(BASE, f"CREATE DATABASE {name}")
    return BASE.replace("/postgres?", f"/{name}?")


def company(program, url, customers=40):
    program.write("orders.csv", orders_csv(shop(customers=customers)))
    program.init(url, foretold=False)
    program.run("import", "orders", "orders.csv", "--db", url)
    program.run("score", "--db", url, "--as-of", str(AS_OF))
    return url
