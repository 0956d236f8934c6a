# SPDX-License-Identifier: Apache-2.0
"""What the benches of pages share: a server over a database, and somebody signed in."""
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/web"))
os.environ.setdefault("REATIVA", os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "build", "reativa"))
import bench  # noqa: E402
from served import Person  # noqa: E402


def processor_s(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as text:
        fields = text.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Server:
    def __init__(self, database, *options):
        self.began = time.monotonic()
        self.process = subprocess.Popen([bench.REATIVA, "serve", "--db", database, "--listen", "127.0.0.1:0", "--as-of", bench.AS_OF, "--lang", "en", *options],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.base = self.process.stdout.readline().decode().split()[1]
        Person(self).get("/signin")
        self.first_ms = (time.monotonic() - self.began) * 1000

    def memory_mb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as text:
            return int(re.search(r"VmRSS:\s+(\d+)", text.read())[1]) / 1024

    def sign_in(self, database):
        said = subprocess.run([bench.REATIVA, "user", "add", f"bench{time.time_ns()}", "--role", "admin", "--db", database, "--address", self.base, "--lang", "en"],
                              check=True, capture_output=True, text=True).stdout
        link, person = re.search(r"(/signin/link\?link=\S+)", said)[1], Person(self)
        person.ask(link)
        person.send(link, "/signin/link", lang="en")
        return person

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
