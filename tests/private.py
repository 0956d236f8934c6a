# SPDX-License-Identifier: Apache-2.0
"""Servers that tests have to themselves: made, told what to do and taken away by a tool of tools/, in a folder that its own user may enter."""
import os
import shutil
import subprocess
import tempfile

SOURCE = os.environ.get("REATIVA_SOURCE") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


class Private:
    """What the tool prints when it starts, "name=value" a line, are attributes; a number is an int."""
    program = ""

    def start(self, *words):
        self.above = tempfile.mkdtemp(prefix=f"reativa-{self.program}-", dir="/tmp")
        os.chmod(self.above, 0o755)
        self.folder = os.path.join(self.above, "server")
        try:
            self.said(self.tool("start", *words))
        except BaseException:
            shutil.rmtree(self.above, ignore_errors=True)
            raise

    def close(self):
        try:
            self.tool("stop")
        finally:
            shutil.rmtree(self.above, ignore_errors=True)

    def tool(self, word, *more):
        run = subprocess.run([os.path.join(SOURCE, "tools", self.program), word, self.folder, *more], capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        return run.stdout

    def said(self, lines):
        for line in lines.splitlines():
            name, value = line.split("=", 1)
            setattr(self, name, int(value) if value.isdigit() else value)
