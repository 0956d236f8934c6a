# SPDX-License-Identifier: Apache-2.0
"""What the tests of the program share: running it in a folder of its own, and TAP.

A test is a function; its name is the sentence. It fails by assertion. REATIVA names the program.
"""
import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

PROGRAM = os.path.abspath(os.environ.get("REATIVA") or os.path.join(os.path.dirname(__file__), "../../build/reativa"))
SANITIZED = os.environ.get("REATIVA_SANITIZED") == "yes"  # everything is several times slower: less of the same
DATA = os.environ.get("REATIVA_DATA") or os.path.join(os.path.dirname(__file__), "../../../shared/data")


class Program:
    """The program in an empty folder, with an environment that holds nothing but what a test says."""

    prepared = {}  # by name

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="reativa-test.")
        self.env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "REATIVA_TODAY": "2021-07-01", "TMPDIR": self.folder, "HOME": self.folder}
        for name in os.environ:
            if name.endswith("SAN_OPTIONS"):
                self.env[name] = os.environ[name]

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "wb") as to:
            to.write(text if isinstance(text, bytes) else text.encode())
        return name

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as source:
            return source.read()

    def run(self, *words, status=0, stdin=b"", **env):
        """Runs it, asserts the exit status (None: any), returns the completed process with texts."""
        done = subprocess.run([PROGRAM, *words], cwd=self.folder, env={**self.env, **env}, input=stdin, capture_output=True, timeout=600, check=False)
        done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        said = f"$ reativa {' '.join(words)}\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}"
        assert status in (None, done.returncode), f"exit status {done.returncode}, expected {status}\n{said}"
        return done

    def init(self, db, foretold=True):
        """A new database; foretold False: without forecasts, which take longer to learn than all else that most tests look at."""
        self.run("init", "--db", db)
        if not foretold:
            self.run("score", "--model", "none", "--db", db)

    def prepare(self, name, make):
        """A copy of what make(program) leaves in its folder; it is made once, for all tests of a file."""
        if name not in Program.prepared:
            Program.prepared[name] = Program()
            make(Program.prepared[name])
        shutil.copytree(Program.prepared[name].folder, self.folder, dirs_exist_ok=True)

    def json(self, *words, **env):
        return json.loads(self.run(*words, "--format", "json", **env).stdout)

    def csv(self, *words, **env):
        return list(csv.DictReader(io.StringIO(self.run(*words, "--format", "csv", **env).stdout)))

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def main(*tests):
    """Each test gets a program of its own. Answers in TAP; exit 1 when one failed."""
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        program = Program()
        name = test.__name__.replace("_", " ")
        try:
            skipped = test(program)
            print(f"ok {number} - {name}" + (f" # SKIP {skipped}" if skipped else ""), flush=True)
        except Exception:  # whatever goes wrong is this test's failure, not the end of the others
            failed += 1
            print(f"not ok {number} - {name}")
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="", flush=True)
        finally:
            program.close()
    for program in Program.prepared.values():
        program.close()
    sys.exit(1 if failed else 0)
