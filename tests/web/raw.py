# SPDX-License-Identifier: Apache-2.0
"""Requests byte by byte, as no browser sends them."""
import gzip
import socket
import ssl
import urllib.parse


class Reply:
    def __init__(self, text):
        head, _, self.body = text.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1]) if lines[0] else 0
        self.headers = {}
        self.every = [tuple(part.strip() for part in line.split(":", 1)) for line in lines[1:] if ":" in line]
        for name, value in self.every:
            self.headers[name.lower()] = value

    def text(self):
        body = gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body
        return body.decode()


class Line:
    """A connection; `ask` sends and reads one answer, by its length."""

    def __init__(self, site, context=None, timeout=60):
        at = urllib.parse.urlsplit(site.base)
        self.host = at.netloc
        self.socket = socket.create_connection((at.hostname, at.port), timeout=timeout)
        if context is not None:
            self.socket = context.wrap_socket(self.socket, server_hostname=at.hostname)
        self.rest = b""

    def send(self, text):
        self.socket.sendall(text if isinstance(text, bytes) else text.encode())

    def get(self, target, *headers, method="GET", host=True):
        self.send("\r\n".join([f"{method} {target} HTTP/1.1", *([f"Host: {self.host}"] if host else []), *headers, "", ""]))

    def more(self):
        try:
            piece = self.socket.recv(65536)
        except (ConnectionError, ssl.SSLError):
            piece = b""
        self.rest += piece
        return bool(piece)

    def answer(self, body=True):
        while b"\r\n\r\n" not in self.rest:
            if not self.more():
                return None
        reply = Reply(self.rest)
        size = int(reply.headers.get("content-length", 0)) if body and reply.status != 304 else 0
        start = self.rest.index(b"\r\n\r\n") + 4
        while len(self.rest) < start + size and self.more():
            pass
        reply.body = self.rest[start:start + size]
        self.rest = self.rest[start + size:]
        return reply

    def ask(self, target, *headers, **how):
        self.get(target, *headers, **how)
        return self.answer(how.get("method") != "HEAD")

    def ended(self):
        """Has the other side closed? Waits for it."""
        while self.more():
            pass
        return True

    def close(self):
        self.socket.close()


def ask(site, text):
    """One request as it stands; the answer, or None when the connection was just closed."""
    line = Line(site)
    try:
        line.send(text)
        return line.answer()
    except (ConnectionError, BrokenPipeError):
        return None
    finally:
        line.close()
