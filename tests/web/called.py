# SPDX-License-Identifier: Apache-2.0
"""What the tests of the API share: a program that asks with a token, and every answer held against the description it is served with."""
import itertools
import json
import re
import urllib.error
import urllib.parse
import urllib.request

import jsonschema

GRANTS = ["customers:read", "sales:read", "work:read", "work:write", "reports:read", "policies:read", "policies:write", "imports:read", "imports:write"]


def once(pairs):
    """An object in which no name comes twice."""
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), sorted(name for name in names if names.count(name) > 1)
    return dict(pairs)


class Reply:
    def __init__(self, response):
        self.status, self.headers, self.bytes = response.status, response.headers, response.read()
        self.text = self.bytes.decode()
        self.json = json.loads(self.text, object_pairs_hook=once) if self.text and "json" in (self.headers["Content-Type"] or "") else None

    def __repr__(self):
        return f"{self.status} {self.text[:400]}"


class Description:
    """The OpenAPI file as the server gives it."""

    def __init__(self, base):
        with urllib.request.urlopen(urllib.request.Request(base + "/api/v1/openapi.json", headers={"Accept-Language": "en"}), timeout=60) as response:
            self.document = json.loads(response.read(), object_pairs_hook=once)
        self.operations = {}  # (method, path) -> operation
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                self.operations[method.upper(), path] = operation
        self.seen = set()

    def find(self, method, path):
        """The operation that a path as asked belongs to."""
        parts = path.split("?")[0].split("/")
        for (known, template), operation in self.operations.items():
            wanted = template.split("/")
            if known == method and len(wanted) == len(parts) and all(a == b or a.startswith("{") for a, b in zip(wanted, parts)):
                # What has no {} goes first: /worklists/none is not a /worklists/{id}.
                if template == path.split("?")[0] or "{" in template:
                    return (known, template), operation
        return None, None

    def check(self, method, path, reply):
        """Any answer must be one that the operation says it gives."""
        place, operation = self.find(method, path)
        assert place, f"{method} {path} is not described"
        answers = operation["responses"]
        said = answers.get(str(reply.status)) or (answers.get("4XX") if 400 <= reply.status < 500 else None)
        assert said, f"{method} {path} answered {reply}, described are {list(answers)}"
        content = said.get("content")
        if not content:
            assert reply.text == "", (method, path, reply)
            return
        kind = reply.headers["Content-Type"]
        assert kind in content, (method, path, kind, list(content))
        schema = {**content[kind]["schema"], "components": self.document["components"]}
        faults = list(jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).iter_errors(reply.json))
        assert not faults, (method, path, reply, [(list(fault.path), fault.message[:300]) for fault in faults[:3]])
        self.seen.add((place, reply.status))


class Caller:
    """Another program with a token."""

    def __init__(self, site, token=None, lang="en", description=None):
        self.base, self.token, self.lang, self.description, self.keys = site.base, token, lang, description, 0

    def ask(self, method, path, body=None, status=None, key=None, checked=True, **headers):
        """path: below /api/v1. A write gets a new key unless one is given (False: none)."""
        sent = {"Accept-Language": self.lang, **{name.replace("_", "-"): value for name, value in headers.items()}}
        data = None
        if self.token:
            sent["Authorization"] = "Bearer " + self.token
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        if method not in ("GET", "HEAD") and key is not False:
            self.keys += 1
            sent["Idempotency-Key"] = key or f"{id(self)}-{self.keys}"
        request = urllib.request.Request(self.base + "/api/v1" + path, data, sent, method=method)
        try:
            reply = Reply(urllib.request.urlopen(request, timeout=60))
        except urllib.error.HTTPError as error:
            reply = Reply(error)
        assert status is None or reply.status == status, (method, path, body, reply)
        if checked and self.description and reply.status != 304:
            self.description.check(method, path, reply)
        return reply

    def get(self, path, status=200, **headers):
        return self.ask("GET", path, status=status, **headers)

    def all(self, path, limit=7):
        """Every row of a list, page by page."""
        rows, cursor = [], None
        for _ in range(1000):
            mark = "&" if "?" in path else "?"
            page = self.get(f"{path}{mark}limit={limit}" + (f"&cursor={cursor}" if cursor else "")).json
            rows += page["data"]
            cursor = page["next"]
            if not cursor:
                return rows
            assert len(page["data"]) == limit, page
        raise AssertionError("the pages do not end")


NAMES = itertools.count(1)


def token_of(site, login, grants="all", **options):
    options.setdefault("name", f"{login}-{next(NAMES)}")
    words = [word for name, value in options.items() for word in ("--" + name, str(value))]
    said = site.program.run("token", "add", login, "--grants", grants, "--db", site.db, *words).stdout
    return said.strip().splitlines()[-1]


def caller_of(site, login, grants="all", description=None, **options):
    options.setdefault("rate", 1000000)
    return Caller(site, token_of(site, login, grants, **options), description=description)


def add_user(site, login, role, **options):
    words = [word for name, value in options.items() for word in ("--" + name, str(value))]
    site.program.run("user", "add", login, "--role", role, "--db", site.db, *words)


def quoted(text):
    return urllib.parse.quote(text, safe="")


def routes(source):
    """(method, path, name, permission, grant) of the table."""
    with open(source + "/src/web/api/routes.c", encoding="utf-8") as text:
        table = text.read()
    out = []
    for row in re.findall(r"\{\.method(.*?)\},\n", table, re.S):
        fields = dict(re.findall(r"\.(\w+) = ([^,}]+)", ".method" + row))
        path = "/" + re.search(r'V1 "/([^"]*)"', fields["path"])[1]
        out.append((fields["method"].replace("HTTP_", ""), path, fields["name"].strip('"'), fields["permission"], fields.get("grant", "GRANT_UNSET")))
    assert len(out) == table.count("{.method") > 3
    return out
