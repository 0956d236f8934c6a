# SPDX-License-Identifier: Apache-2.0
"""What the tests of faults share: somebody who writes, and what a page says while the data cannot be reached."""
import threading
import urllib.error

from served import plain


class Writer:
    """Adds reasons, one form after the other; remembers those that were answered."""

    def __init__(self, site, person):
        self.site, self.person = site, person
        self.form = person.fields("/choices/new?kind=reason", "/choices")

    def write(self, name):
        return self.person.ask("/choices", {**self.form, "name": name}, follow=False)

    def written(self, name):
        answer = self.write(name)
        assert answer.status == 303, (answer.status, plain(answer.text))

    def many(self, mark, threads, seconds_to_live):
        """Writes from several threads until the server is gone; the names that it said it has."""
        answered, stop = [], threading.Event()

        def go(thread):
            n = 0
            while not stop.is_set():
                n += 1
                name = f"{mark}-{thread}-{n}"
                try:
                    if self.write(name).status == 303:
                        answered.append(name)
                except (OSError, urllib.error.URLError):
                    return

        writers = [threading.Thread(target=go, args=(thread,)) for thread in range(threads)]
        for writer in writers:
            writer.start()
        seconds_to_live()
        stop.set()
        for writer in writers:
            writer.join()
        return answered

    def kept(self):
        return [cell for row in self.person.get("/choices.csv?kind=reason").rows(";") for cell in row.values()]


def unavailable(answer, site, *words):
    """The page of a fault: its status, a sentence, nothing of the machine, and the fault itself in the log."""
    text = plain(answer.text)
    assert answer.status == 503 and answer.headers["Retry-After"], (answer.status, text)
    assert any(word in text for word in words), text
    assert site.program.folder not in answer.text and site.db not in answer.text, text
    assert answer.headers["X-Request-Id"] in text and f"request {answer.headers['X-Request-Id']}: db." in site.said()
