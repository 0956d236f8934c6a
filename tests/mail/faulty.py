# SPDX-License-Identifier: Apache-2.0
"""A mail server that does what a good one does not: refuses, puts off, is slow, ends the connection in the middle. In this process.

with Faulty() as server:
    server.plan = lambda to, n: "later"      # asked for each message, with its recipient and how many came before (of all); see BEHAVIOURS
    ... server.port ...
    server.taken                              # [Taken]: what was accepted, and whether the client was told
"""
import collections
import socket
import socketserver
import threading

# What may happen to one message. Words before the colon, the answer behind it where one may be chosen.
BEHAVIOURS = """
take            as a good server
refuse          550 to the recipient
later           451 to the recipient
refuse_sender   553 to the sender
later_sender    450 to the sender
refuse_data     554 to DATA
later_data      452 to DATA
refuse_end      554 after the end of the message; it is not kept
later_end       451 after the end of the message; it is not kept
busy            421 to the recipient, and the connection ends
cut_sender      the connection ends at MAIL FROM
cut_data        the connection ends after a piece of the message; it is not kept
cut_end         the connection ends after the end of the message and no answer; it is NOT kept
cut_taken       the connection ends after the end of the message and no answer; it IS kept
silent          after the end of the message nothing comes until the client or the test ends it; it is kept
slow            every answer waits for server.gate to be set
words:CODE TEXT this answer to the recipient
end:CODE TEXT   this answer after the end of the message; kept if the code is 2xx
"""
NAMES = {line.split()[0].split(":")[0] for line in BEHAVIOURS.strip().splitlines()}
Taken = collections.namedtuple("Taken", "sender to bytes told")


class Cut(Exception):
    pass


class Session(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def say(self, text):
        if self.slow:
            self.server.owner.gate.wait()
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        self.slow = False
        self.server.owner.opened(self.connection)
        try:
            if self.server.owner.greeting is not None:
                self.say(self.server.owner.greeting)
                if not self.server.owner.greeting.startswith("220"):
                    return
            else:
                self.say("220 faulty.example.test ESMTP")
            self.talk()
        except (Cut, OSError):
            pass
        finally:
            self.server.owner.closed(self.connection)

    def talk(self):
        sender, to, behaviour = "", "", "take"
        while True:
            line = self.rfile.readline(4096)
            if not line:
                return
            words = line.decode(errors="replace").strip()
            verb = words.split(" ")[0].upper()
            self.server.owner.log(words)
            if verb == "EHLO":
                self.say("250-faulty.example.test")
                self.say("250 8BITMIME")
            elif verb == "HELO" or verb in ("RSET", "NOOP"):
                self.say("250 ok")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            elif verb == "MAIL":
                sender = words.split("<", 1)[1].split(">")[0]
                ahead = self.server.owner.plan_sender(sender)
                self.sender_answer(ahead)
            elif verb == "RCPT":
                to = words.split("<", 1)[1].split(">")[0]
                behaviour = self.server.owner.next(to)
                self.recipient_answer(behaviour)
            elif verb == "DATA":
                self.data(sender, to, behaviour)
            else:
                self.say("502 what is that?")

    def sender_answer(self, behaviour):
        if behaviour == "refuse_sender":
            self.say("553 5.7.1 this sender may not send here")
        elif behaviour == "later_sender":
            self.say("450 4.7.0 not from you, not now")
        elif behaviour == "cut_sender":
            raise Cut
        else:
            self.say("250 ok")

    def recipient_answer(self, behaviour):
        self.slow = behaviour == "slow"
        if behaviour == "refuse":
            self.say("550 5.1.1 no such user")
        elif behaviour == "later":
            self.say("451 4.7.1 greylisted, come again in 5 minutes")
        elif behaviour == "busy":
            self.say("421 4.3.2 closing down, come again")
            raise Cut
        elif behaviour.startswith("words:"):
            self.say(behaviour[6:])
        else:
            self.say("250 ok")

    def data(self, sender, to, behaviour):
        if behaviour in ("refuse_data", "later_data"):
            self.say("554 5.7.1 no messages today" if behaviour == "refuse_data" else "452 4.3.1 disk is full")
            return
        self.say("354 go on")
        lines = []
        while True:
            line = self.rfile.readline(65536)
            if not line:
                raise Cut
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
            if behaviour == "cut_data":
                raise Cut
        self.end(Taken(sender, to, b"".join(lines), True), behaviour)

    def end(self, taken, behaviour):
        owner = self.server.owner
        if behaviour == "refuse_end":
            self.say("554 5.6.0 this looks like spam")
        elif behaviour == "later_end":
            self.say("451 4.3.0 try again")
        elif behaviour == "cut_end":
            owner.lost(taken)
            raise Cut
        elif behaviour == "cut_taken":
            owner.take(taken._replace(told=False))
            raise Cut
        elif behaviour == "silent":
            owner.take(taken._replace(told=False))
            self.rfile.readline(10)  # until the other side goes, or the test ends
            raise Cut
        elif behaviour.startswith("end:") and not behaviour.startswith("end:2"):
            self.say(behaviour[4:])
        else:
            owner.take(taken)  # before it is said, as a good server has it on its disk
            self.say(behaviour[4:] if behaviour.startswith("end:") else f"250 2.0.0 ok, number {len(owner.taken)}")


class Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 50


class Faulty:
    def __init__(self, greeting=None):
        self.greeting = greeting  # None: the usual one
        self.plan = lambda to, n: "take"
        self.plan_sender = lambda sender: "take"  # refuse_sender, later_sender, cut_sender
        self.gate = threading.Event()
        self.taken, self.gone, self.told, self.connections, self.seen = [], [], [], 0, 0
        self.changed = threading.Condition()
        self.open = set()

    def __enter__(self):
        self.listener = Listener(("127.0.0.1", 0), Session)
        self.listener.owner = self
        self.port = self.listener.server_address[1]
        self.thread = threading.Thread(target=self.listener.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *fault):
        self.gate.set()
        self.listener.shutdown()
        self.listener.server_close()
        with self.changed:
            for connection in self.open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def next(self, to):
        with self.changed:
            n = self.seen
            self.seen += 1
        behaviour = self.plan(to, n)
        assert behaviour.split(":")[0] in NAMES, behaviour
        return behaviour

    def log(self, words):
        with self.changed:
            self.told.append(words)
            self.changed.notify_all()

    def take(self, taken):
        with self.changed:
            self.taken.append(taken)
            self.changed.notify_all()

    def lost(self, taken):
        with self.changed:
            self.gone.append(taken)
            self.changed.notify_all()

    def opened(self, connection):
        with self.changed:
            self.connections += 1
            self.open.add(connection)
            self.changed.notify_all()

    def closed(self, connection):
        with self.changed:
            self.open.discard(connection)

    def wait(self, fact, most_s=120):
        """Until fact() is true; it is asked again whenever something happens here."""
        with self.changed:
            assert self.changed.wait_for(fact, most_s), "it does not happen"
