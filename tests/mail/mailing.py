# SPDX-License-Identifier: Apache-2.0
"""What tests that send mail share: a real server of their own (tools/mail_server), and what it delivered as Python's email reads it."""
import email
import email.policy
import os
import shutil
import subprocess
import tempfile
import time

SOURCE = os.environ.get("REATIVA_SOURCE") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
TOOL = os.path.join(SOURCE, "tools/mail_server")


class MailServer:
    """with MailServer() as mail: mail.plain, mail.starttls, mail.tls are ports, mail.user, mail.password, mail.ca; mail.messages().
    MailServer(imap=True) also has mail.imap and mail.imaps, the same maildir by Dovecot."""

    def __init__(self, imap=False):
        self.wanted = ["imap"] if imap else []

    def __enter__(self):
        self.above = tempfile.mkdtemp(prefix="reativa-mail-", dir="/tmp")
        os.chmod(self.above, 0o755)
        self.folder = os.path.join(self.above, "server")
        try:
            self.said(self.tool("start", *self.wanted))
        except BaseException:
            shutil.rmtree(self.above, ignore_errors=True)
            raise
        return self

    def __exit__(self, *fault):
        try:
            self.tool("stop")
        finally:
            shutil.rmtree(self.above, ignore_errors=True)

    def tool(self, word, *more):
        run = subprocess.run([TOOL, word, self.folder, *more], capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        return run.stdout

    def said(self, lines):
        for line in lines.splitlines():
            name, value = line.split("=", 1)
            setattr(self, name, int(value) if value.isdigit() else value)

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
