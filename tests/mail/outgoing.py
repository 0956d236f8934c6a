# SPDX-License-Identifier: Apache-2.0
"""An outbox as its tests see it: messages are put into its table, and how they stand is read from there."""
import sqlite3
import time

PATIENCE = 120  # seconds for what takes a moment: only a test that fails waits so long
STATES = {1: "due", 2: "sending", 3: "sent", 4: "parked", 5: "unknown", 6: "called_off", 7: "held"}
COLUMNS = ("id, cause, recipient, day, channel, kind, state, user_id, customer_id, person_id, from_user_id, template_id, gateway_id, offer, address, name, reply_to, "
           "subject, fold, token, header, made_us, due_us")


def until(fact):
    """Waits for it."""
    end = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)


class Outgoing:
    def __init__(self, site):
        self.site = site
        self.next = 1

    def path(self):
        return self.site.program.path(self.site.db)

    def rows(self, words, *args):
        with sqlite3.connect(self.path()) as db:
            db.execute("PRAGMA busy_timeout = 60000")
            return db.execute(words, args).fetchall()

    def clear(self):
        for table in ("message", "message_body"):
            self.rows(f"DELETE FROM {table}")

    def settings(self, port, per_minute=100000):
        version = self.rows("SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM setting WHERE name = 'mail_version'")[0][0]
        for name, value in (("mail_host", "127.0.0.1"), ("mail_port", port), ("mail_safety", "none"), ("mail_from", "reativa@example.com"), ("mail_per_minute", per_minute), ("mail_version", version + 1)):
            self.rows("INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, str(value))

    def mend(self):
        """As when somebody saves the settings: whoever waits for the server to be well looks again."""
        self.rows("UPDATE setting SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE name = 'mail_version'")
        self.go()

    def put_all(self, some):
        with sqlite3.connect(self.path()) as db:
            db.execute("PRAGMA busy_timeout = 60000")
            for name, address, subject, text, html, picture in some:
                n = self.next
                self.next += 1
                db.execute(f"INSERT INTO message ({COLUMNS}) VALUES (?, ?, 'user:1', 18800, 2, 1, 1, 1, 0, 0, 0, 0, 0, '', ?, ?, '', ?, '', ?, ?, 1, 1)", (n, f"test:{n}", address, name, subject, f"t{n}", f"h{n}"))
                db.execute("INSERT INTO message_body (message_id, text, html, picture) VALUES (?, ?, ?, ?)", (n, text, html, picture))

    def put(self, name, address, subject="Bom dia", text="Doze", html="", picture=b""):
        self.put_all([(name, address, subject, text, html, picture)])
        return self.next - 1

    def many(self, n):
        first = self.next
        self.put_all([("", f"rep{first + i}@example.com", f"Clientes de {first + i}", "Doze clientes em risco.\n" * 20, "<p>Doze clientes em risco.</p>\n" * 60, b"") for i in range(n)])
        return list(range(first, first + n))

    def one(self, number, column):
        return self.rows(f"SELECT {column} FROM message WHERE id = ?", number)[0][0]

    def column(self, column):
        return [value for value, in self.rows(f"SELECT {column} FROM message")]

    def state(self, number):
        return STATES[self.one(number, "state")]

    def states(self):
        return {STATES[state]: n for state, n in self.rows("SELECT state, count(*) FROM message GROUP BY state")}

    def count(self, state):
        return self.states().get(state, 0)

    def among(self, state, tries):
        return [number for number, which, n in self.rows("SELECT id, state, tries FROM message") if STATES[which] == state and n == tries]

    def due_now(self):
        self.rows("UPDATE message SET due_us = 1 WHERE state = 1")

    def back(self, seconds):
        """What went out did so longer ago."""
        self.rows("UPDATE message SET began_us = began_us - ? WHERE began_us > 0", seconds * 1000000)

    def go(self):
        pass
