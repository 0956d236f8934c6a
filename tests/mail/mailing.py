# SPDX-License-Identifier: Apache-2.0
"""What tests that send mail share: a real server of their own (tools/mail_server), and what it delivered as Python's email reads it."""
import email
import email.policy
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from private import Private  # noqa: E402


class MailServer(Private):
    """with MailServer() as mail: mail.plain, mail.starttls, mail.tls are ports, mail.user, mail.password, mail.ca; mail.messages().
    MailServer(imap=True) also has mail.imap and mail.imaps, the same maildir by Dovecot."""

    program = "mail_server"

    def __init__(self, imap=False):
        self.wanted = ["imap"] if imap else []

    def __enter__(self):
        self.start(*self.wanted)
        return self

    def __exit__(self, *fault):
        self.close()

    def pause(self):
        """Nobody answers from now on."""
        self.tool("pause")

    def resume(self):
        self.tool("resume")

    def files(self):
        """Of all that the server took, once it has delivered it."""
        deadline = time.monotonic() + 120
        while any(name.endswith("-D") for name in os.listdir(self.queue)) if os.path.isdir(self.queue) else False:
            assert time.monotonic() < deadline, "the server does not deliver what it took"
            time.sleep(0.01)
        new = os.path.join(self.maildir, "new")
        return [os.path.join(new, name) for name in sorted(os.listdir(new))]

    def messages(self):
        """The same, read. message["Envelope-To"] and ["Return-Path"] are what the server was told."""
        out = []
        for path in self.files():
            with open(path, "rb") as file:
                out.append(email.message_from_binary_file(file, policy=email.policy.default))
        return out

    def clear(self):
        for path in self.files():
            os.unlink(path)
