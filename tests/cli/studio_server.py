# SPDX-License-Identifier: MIT
"""A running studio, and what its tests share."""
import http.client
import json
import re
import signal
import socket
import subprocess

import program
from program import PROGRAM, ProgramTest, environment

SEED = 20250903
SLOW = 4 if program.SANITIZED else 1  # a sanitizer slows everything down


class Studio:
    """A running studio of one show."""

    def __init__(self, test, show, *args, browser=False):
        alone = [] if browser else ["--no-browser"]
        self.process = subprocess.Popen([PROGRAM, "studio", str(show), *alone, *args], cwd=test.folder,
                                        env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        test.addCleanup(self.stop)
        self.address = self.process.stdout.readline().decode().strip()
        match = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/#([0-9a-f]{64})", self.address)
        test.assertIsNotNone(match, self.address)
        self.port, self.token = int(match[1]), match[2]
        self.host = f"127.0.0.1:{self.port}"

    def stop(self, how=signal.SIGINT):
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.communicate(timeout=60)
        return self.process.returncode

    def ask(self, method, path, body=None, headers=None, token=True, timeout=60):
        """Status, headers, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = {"X-Defilada-Token": self.token} if token else {}
        sent.update(headers or {})
        body = body.encode() if isinstance(body, str) else body
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, response.headers, content

    def get(self, path, **options):
        return self.ask("GET", path, **options)

    def json(self, path):
        status, _, content = self.get(path)
        if status != 200:
            raise AssertionError(f"{path}: {status} {content!r}")
        return json.loads(content)

    def draft(self, text, query="", tab="a"):
        status, _, content = self.ask("POST", "/api/plan" + query, text.encode(), {"X-Defilada-Tab": tab})
        return status, json.loads(content)

    def raw(self, request, timeout=15):
        """What comes back for bytes that may be no HTTP at all."""
        with socket.create_connection(("127.0.0.1", self.port), timeout) as connection:
            connection.settimeout(timeout)
            received = b""
            try:
                connection.sendall(request)
                while chunk := connection.recv(65536):
                    received += chunk
            except (ConnectionError, socket.timeout):
                pass
            return received

    def status_of(self, request):
        answer = self.raw(request)
        return int(answer.split()[1]) if answer.startswith(b"HTTP/1.1 ") else None

    def events(self):
        """Opens a stream of events; the function waits for the next one of a name."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30 * SLOW)
        connection.request("GET", "/api/events")
        response = connection.getresponse()
        if response.status != 200:
            raise AssertionError(response.status)

        def wait_for(name, fits=lambda data: True):
            event = None
            while line := response.readline():
                text = line.decode().rstrip("\n")
                if text.startswith("event: "):
                    event = text[7:]
                if text.startswith("data: ") and event == name:
                    data = json.loads(text[6:])
                    if fits(data):
                        return data
            raise AssertionError("the stream has ended")
        wait_for.close = connection.close
        return wait_for


class StudioTest(ProgramTest):
    def show(self, text=None):
        folder = self.folder / "show"
        folder.mkdir(exist_ok=True)
        (folder / "show.yaml").write_text(text or program.PARADE.read_text(encoding="utf-8"), encoding="utf-8")
        return folder

    def studio(self, text=None, *args):
        self.show(text)
        return Studio(self, self.folder / "show", *args)

    @property
    def text(self):
        return (self.folder / "show" / "show.yaml").read_text(encoding="utf-8")
