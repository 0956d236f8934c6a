# SPDX-License-Identifier: Apache-2.0
"""A provider of text messages on a free port."""
import http.server
import queue
import threading


class Provider(http.server.ThreadingHTTPServer):
    """Hears everything; answers 200, or by path what a test wants."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Hears)
        self.heard, self.answers = queue.Queue(), {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server_port}{path}"


class Hears(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.put((self.path, dict(self.headers.items()), body))
        status, said = self.server.answers.get(self.path.split("?")[0], (200, b'{"queued":true}'))
        if status is None:
            return self.connection.close()
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_):
        pass
