# SPDX-License-Identifier: Apache-2.0
"""What the tests of the pages share: a running server over a small shop, people who sign in, forms as a browser sends them."""
import csv
import http.cookiejar
import io
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../cli"))
from program import PROGRAM, Program, main  # noqa: F401  (main is for the tests)
from shop import AS_OF, orders_csv, shop

FIELD = re.compile(r"<(input|textarea|select|button)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')


SOURCE = os.environ.get("REATIVA_SOURCE") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
TABLES = ("src/web/cockpit/routes.c", "src/web/manage/routes.c")  # of the pages


def route_tables():
    """Every address of the pages, as the tables have them: (method, path, permission)."""
    out = []
    for path in TABLES:
        with open(os.path.join(SOURCE, path), encoding="utf-8") as text:
            words = text.read()
        some = re.findall(r'\{\s*HTTP_(GET|POST),\s*"([^"]+)",\s*(\w+),', words)
        assert len(some) == words.count("HTTP_GET") + words.count("HTTP_POST"), path
        out += some
    assert len(out) > 30
    return out


class Answer:
    def __init__(self, response):
        self.status, self.url = response.status, response.url
        self.headers = response.headers
        self.bytes = response.read()
        self.text = self.bytes.decode(errors="replace")

    def rows(self, delimiter=","):
        """The lines of a file that a sheet opens, below its titles."""
        assert self.bytes.startswith(b"\xef\xbb\xbf"), self.bytes[:40]
        return list(csv.DictReader(io.StringIO(self.bytes.decode("utf-8-sig")), delimiter=delimiter))


class Person(urllib.request.HTTPRedirectHandler):
    """A browser without script: cookies, links, forms."""

    def __init__(self, site):
        self.site, self.jar = site, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.still = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), NoRedirect())

    def ask(self, path, form=None, follow=True, body=None, **headers):
        """GET, or POST of a form given as a dict or a list of pairs. Every status is an answer."""
        data = urllib.parse.urlencode(form, doseq=True).encode() if form is not None else body
        request = urllib.request.Request(self.site.base + path, data, {name.replace("_", "-"): value for name, value in headers.items()})
        try:
            return Answer((self.opener if follow else self.still).open(request, timeout=60))
        except urllib.error.HTTPError as error:
            return Answer(error)

    def get(self, path, status=200, **headers):
        answer = self.ask(path, **headers)
        assert answer.status == status, (path, answer.status, plain(answer.text)[-600:])
        return answer

    def elsewhere(self, site):
        """The same browser at another server of the same company."""
        other = Person(site)
        for cookie in self.jar:
            other.jar.set_cookie(cookie)
        return other

    def fields(self, path, action=None):
        """The hidden and filled fields of the form of a page (the one with this action, else the last)."""
        forms = re.findall(r"<form\b([^>]*)>(.*?)</form>", self.get(path).text, re.S)
        wanted = [body for head, body in forms if action is None or f'action="{action}"' in head]
        assert wanted, (path, action, [head for head, _ in forms])
        out = {}
        for _, attributes in FIELD.findall(wanted[-1]):
            given = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
            if "name" in given and given.get("type") not in ("checkbox", "radio", "submit") or "checked" in given:
                out[given.get("name")] = given.get("value", "")
        return out

    def bring(self, page, action, files, status=200, follow=True, **values):
        """Fills the form of a page and sends it with files: pairs of name and bytes."""
        edge = uuid.uuid4().hex
        parts = [(f'name="{name}"', value.encode()) for name, value in {**self.fields(page, action), **values}.items() if name != "file"]
        parts += [(f'name="file"; filename="{name}"\r\nContent-Type: application/octet-stream', data) for name, data in files]
        body = b"".join(b"--%s\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (edge.encode(), head.encode(), data) for head, data in parts)
        answer = self.ask(action, None, follow, body=body + b"--%s--\r\n" % edge.encode(), Content_Type=f"multipart/form-data; boundary={edge}")
        assert answer.status == status, (action, answer.status, plain(answer.text)[-600:])
        return answer

    def send(self, page, action, status=200, follow=True, **values):
        """Fills the form of a page and sends it."""
        answer = self.ask(action, {**self.fields(page, action), **values}, follow)
        assert answer.status == status, (action, answer.status, plain(answer.text)[-600:])
        return answer


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Site:
    """A server over the invented shop of tests/cli/shop.py, as of its last day."""

    def __init__(self, program, *options, customers=60, db=None):
        self.program, self.db = program, db or "site.db"
        if db is None:
            program.prepare(("site", customers), self.prepare(customers))
        self.options = options
        self.process = None
        self.start()

    @staticmethod
    def prepare(customers):
        def make(program):
            program.write("orders.csv", orders_csv(shop(customers=customers)))
            program.init("site.db", foretold=False)
            program.run("import", "orders", "orders.csv", "--db", "site.db")
            program.run("score", "--db", "site.db", "--as-of", str(AS_OF))
        return make

    def start(self):
        self.log = open(self.program.path("serve.log"), "ab")
        self.process = subprocess.Popen([PROGRAM, "serve", "--db", self.db, "--listen", "127.0.0.1:0", "--as-of", str(AS_OF), "--lang", "en", *self.options],
                                        cwd=self.program.folder, env=self.program.env, stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline().decode()
        assert line.startswith("Ready: "), (line, self.said())
        self.base = line.split()[1].strip()

    def said(self):
        with open(self.program.path("serve.log"), encoding="utf-8", errors="replace") as text:
            return text.read()

    def user(self, login, role="admin", **options):
        """Adds a user and gives a person who is signed in."""
        words = [word for name, value in options.items() for word in ("--" + name.replace("_", "-"), value)]
        said = self.program.run("user", "add", login, "--role", role, "--db", self.db, "--address", self.base, *words).stdout
        return self.enter(said)

    def enter(self, said):
        link = re.search(r"(/signin/link\?link=\S+)", said)[1]
        person = Person(self)
        person.ask(link)
        answer = person.send(link, "/signin/link", lang="en")
        assert "/signin" not in answer.url, plain(answer.text)
        return person

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(60)
        self.process.stdout.close()
        self.log.close()
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()


def unescape(text):
    for entity, char in (("&quot;", '"'), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text


def plain(html):
    """What a person reads of it."""
    body = html.split("<main", 1)[-1]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", "<main" + body))).strip()
