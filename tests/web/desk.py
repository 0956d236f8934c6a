# SPDX-License-Identifier: Apache-2.0
"""What the tests of the cockpit share: people at work, and what their page shows."""
import datetime
import re

from served import AS_OF

AT_HAND = re.compile(r'action="/cockpit/hold".*?name="code" value="([^"]+)"', re.S)


def at_hand(answer):
    found = AT_HAND.search(answer.text)
    return found[1] if found else None


def queue(answer):
    return re.findall(r'name="list" value="[^"]*"><input type="hidden" name="code" value="([^"]+)"', answer.text.split('class="people"')[1])


def agent_of(site, login="rui", role="agent", **options):
    person = site.user(login, role, **options)
    for opener in (person.opener, person.still):
        opener.addheaders.append(("Accept-Language", "en"))
    return person


def take(person, page="/cockpit", **values):
    return person.send(page, "/cockpit/next", **{"code": "", **values})


def log(person, status=200, page="/cockpit", **values):
    return person.send(page, "/cockpit/log", status, **{"channel": "call", **values})


def everybody(site):
    """A work list of all customers: more than are at risk."""
    manager = agent_of(site, "mara", "manager")
    answer = manager.send("/worklists/new", "/worklists", name="All", query="sort=-value_12m", capacity="0")
    return "/cockpit?list=" + answer.url.rsplit("/", 1)[1]


def next_day(days):
    return str(AS_OF + datetime.timedelta(days))
