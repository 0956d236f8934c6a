# SPDX-License-Identifier: Apache-2.0
"""docs/user/sql.md as the tests hold the database against it: the columns of each view, and the examples."""
import os
import re
import typing

PAGE = os.path.join(os.environ.get("REATIVA_SOURCE") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."), "docs/user/sql.md")
ON_PG = {"text": "text", "integer": "bigint", "number": "numeric", "date": "date", "moment": "timestamp with time zone"}
ROW = re.compile(r"^\| `(\w+)` \| (\w+) \| (.*?) \| (.*?) \|$", re.M)


class Column(typing.NamedTuple):
    name: str
    type: str
    meaning: str
    null: str  # when it has no value; empty: it always has one


def views():
    """Name -> its columns in their order."""
    with open(PAGE, encoding="utf-8") as text:
        parts = re.split(r"^### (v_\w+)$", text.read(), flags=re.M)
    out = {name: [Column(*row) for row in ROW.findall(body)] for name, body in zip(parts[1::2], parts[2::2])}
    assert len(out) > 9 and all(out.values()), out
    return out


def examples():
    with open(PAGE, encoding="utf-8") as text:
        out = re.findall(r"```sql\n(.*?)```", text.read(), re.S)
    assert len(out) > 4, out
    return out
