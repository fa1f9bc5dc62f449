# SPDX-License-Identifier: MIT
"""The studio's server, over sockets: what it promises, and attacks on each promise."""
import base64
import concurrent.futures
import http.client
import json
import os
import pathlib
import random
import re
import signal
import socket
import struct
import subprocess
import threading
import time
import unittest.mock
import zlib

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


class Start(StudioTest):
    def test_tells_its_address_first_and_ends_well(self):
        studio = self.studio()
        self.assertEqual(studio.get("/api/show")[2].decode(), self.text)
        self.assertEqual(studio.stop(), 0)

    def test_listens_on_loopback_only(self):
        studio = self.studio()
        listening = []
        with open("/proc/net/tcp", encoding="ascii") as table:
            for line in table.readlines()[1:]:
                address, state = line.split()[1], line.split()[3]
                if state == "0A" and int(address.split(":")[1], 16) == studio.port:
                    listening.append(address.split(":")[0])
        self.assertEqual(listening, [struct.pack("<I", 0x7F000001).hex().upper()])

    def test_every_start_has_a_token_of_its_own(self):
        self.show()
        tokens = {Studio(self, self.folder / "show").token for _ in range(3)}
        self.assertEqual(len(tokens), 3)

    def test_a_port_that_is_taken_is_a_fault_of_the_environment(self):
        studio = self.studio()
        done = self.call("studio", self.folder / "show", "--no-browser", "--port", str(studio.port))
        self.assertEqual((done.status, done.out), (5, ""))
        self.assertIn(str(studio.port), done.err)
        done = self.call("studio", self.folder / "show", "--port", "70000")
        self.assertEqual(done.status, 2)
        self.assertEqual(self.call("studio", "nowhere", "--no-browser").status, 3)


    def test_the_browser_gets_neither_the_token_among_its_arguments_nor_the_socket(self):
        tools = self.folder / "tools"
        tools.mkdir()
        script = tools / "xdg-open"
        script.write_text(f"#!/bin/sh\nls -l /proc/$$/fd >{tools}/files\nprintf '%s\\n' \"$@\" >{tools}/new\n"
                          f"mv {tools}/new {tools}/arguments\n")
        script.chmod(0o755)
        path = f"{tools}:{os.environ['PATH']}"
        with unittest.mock.patch.dict(os.environ, {"TMPDIR": str(self.folder), "PATH": path}):
            studio = Studio(self, self.show(), browser=True)
        end = time.monotonic() + 20 * SLOW
        while not (tools / "arguments").exists() and time.monotonic() < end:
            time.sleep(0.05)
        [page] = (tools / "arguments").read_text().splitlines()
        self.assertNotIn(studio.token, page)
        self.assertNotIn("socket:", (tools / "files").read_text())
        page = pathlib.Path(page)
        self.assertEqual((page.stat().st_mode & 0o777, page.parent.stat().st_mode & 0o777), (0o600, 0o700))
        self.assertIn(f'content="0; url={studio.address}"', page.read_text())
        self.assertEqual(studio.stop(), 0)
        self.assertFalse(page.parent.exists())


class Gate(StudioTest):
    def test_only_its_own_host_names_are_answered_and_that_before_routing(self):
        studio = self.studio()
        for path in ("/", "/api/show", "/nothing"):
            for host in ("evil.example", f"evil.example:{studio.port}", "127.0.0.1", "127.0.0.1:1",
                         f"127.0.0.1.evil.example:{studio.port}", f"localhost:{studio.port}.", ""):
                request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
                self.assertEqual(studio.status_of(request), 403, (path, host))
        for host in (f"127.0.0.1:{studio.port}", f"localhost:{studio.port}", f"LOCALHOST:{studio.port}",
                     f"[::1]:{studio.port}"):
            request = f"GET /api/session HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
            self.assertEqual(studio.status_of(request), 200, host)

    def test_there_is_exactly_one_host(self):
        studio = self.studio()
        own = f"Host: {studio.host}\r\n"
        self.assertEqual(studio.status_of(b"GET /api/show HTTP/1.1\r\n\r\n"), 400)
        self.assertEqual(studio.status_of(b"GET /api/show HTTP/1.0\r\n\r\n"), 400)
        self.assertEqual(studio.status_of(f"GET / HTTP/1.1\r\n{own}{own}\r\n".encode()), 400)
        self.assertEqual(studio.status_of(f"GET / HTTP/1.1\r\n{own}Host: evil\r\n\r\n".encode()), 400)
        self.assertEqual(studio.status_of(f"GET http://evil/api/show HTTP/1.1\r\n{own}\r\n".encode()), 400)

    def test_what_changes_something_needs_the_token(self):
        studio = self.studio()
        before = self.text
        for method, path in (("PUT", "/api/show"), ("POST", "/api/plan"), ("POST", "/api/fix")):
            for headers in ({}, {"X-Defilada-Token": ""}, {"X-Defilada-Token": studio.token[:-1]},
                            {"X-Defilada-Token": studio.token.upper()}, {"X-Defilada-Token": "0" * 64},
                            {"Cookie": f"token={studio.token}"}):
                status, _, _ = studio.ask(method, path, before + "# x\n", headers, token=False)
                self.assertEqual(status, 403, (method, path, headers))
            status, _, _ = studio.ask(method, f"{path}?token={studio.token}", before, token=False)
            self.assertEqual(status, 403)
        self.assertEqual(self.text, before)
        status, _, _ = studio.ask("PUT", "/api/show", before + "# x\n",
                                  {"Authorization": f"Bearer {studio.token}"}, token=False)
        self.assertEqual((status, self.text), (200, before + "# x\n"))

    def test_requests_of_other_sites_are_refused_even_with_the_token(self):
        studio = self.studio()
        before = self.text
        for origin in ("http://evil.example", "null", f"https://{studio.host}", f"http://{studio.host}.evil",
                       f"http://127.0.0.1:{studio.port + 1}", "http://127.0.0.1"):
            for method, path in (("PUT", "/api/show"), ("POST", "/api/plan"), ("GET", "/api/show"), ("GET", "/api/events")):
                self.assertEqual(studio.ask(method, path, None if method == "GET" else "x", {"Origin": origin})[0],
                                 403, (origin, method))
        for site in ("cross-site", "same-site"):
            self.assertEqual(studio.get("/api/show", headers={"Sec-Fetch-Site": site})[0], 403)
            self.assertNotEqual(studio.get("/", headers={"Sec-Fetch-Site": site})[0], 403)  # a link may open it
        self.assertEqual(self.text, before)
        for origin in (f"http://{studio.host}", f"http://localhost:{studio.port}"):
            self.assertEqual(studio.ask("PUT", "/api/show", before, {"Origin": origin})[0], 200)

    def test_no_header_lets_another_site_read(self):
        studio = self.studio()
        status, headers, _ = studio.ask("OPTIONS", "/api/show", headers={
            "Origin": f"http://{studio.host}", "Access-Control-Request-Method": "PUT"})
        self.assertEqual(status, 405)
        for _, answer, _ in (studio.get("/api/show"), studio.get("/nothing"), studio.get("/", headers={"Host": "evil"})):
            self.assertFalse([name for name in answer if name.lower().startswith("access-control")])
        self.assertEqual(studio.ask("DELETE", "/api/show")[0], 405)
        self.assertEqual(studio.ask("PUT", "/api/plan", "x")[0], 405)
        self.assertEqual(studio.ask("POST", "/api/nothing", "x")[0], 404)

    def test_every_answer_has_a_strict_policy(self):
        studio = self.studio()
        for answer in (studio.get("/"), studio.get("/api/show"), studio.get("/nothing"), studio.get("/a%zz"),
                       studio.ask("PUT", "/api/show", "x", token=False)):
            headers = answer[1]
            policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
            self.assertEqual(policy["default-src"], "'none'")
            for kind in ("script-src", "style-src", "connect-src", "font-src"):
                self.assertEqual(policy[kind], "'self'", kind)
            self.assertEqual(policy["frame-ancestors"], "'none'")
            self.assertEqual(policy["base-uri"], "'none'")
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertEqual(headers["Cross-Origin-Resource-Policy"], "same-origin")
            self.assertEqual(headers["Cache-Control"], "no-store")


class Files(StudioTest):
    def test_nothing_outside_the_folders_is_served(self):
        folder = self.show()
        secret = self.folder / "secret.txt"
        secret.write_text("secret")
        (folder / "map.geojson").write_text("{}")
        (folder / "sub").mkdir()
        (folder / "sub" / "a.txt").write_text("a")
        (folder / ".hidden").write_text("secret")
        (folder / "link.txt").symlink_to(secret)
        (folder / "up").symlink_to("..")
        os.mkfifo(folder / "pipe")
        studio = Studio(self, folder)
        for name, content in (("map.geojson", b"{}"), ("sub/a.txt", b"a"), ("show.yaml", self.text.encode())):
            status, headers, body = studio.get("/files/show/" + name)
            self.assertEqual((status, body), (200, content), name)
            self.assertNotIn("html", headers["Content-Type"])
        listed = studio.json("/api/files")
        self.assertEqual([each for each in listed if each.startswith("files/show/")],
                         ["files/show/map.geojson", "files/show/show.yaml", "files/show/sub/a.txt"])
        self.assertIn("files/catalogue/foot.yaml", listed)
        self.assertEqual(studio.get("/files/catalogue/foot.yaml")[0], 200)
        for path in ("link.txt", "up/secret.txt", "pipe", "sub", "", ".hidden", "../secret.txt", "sub/../../secret.txt",
                     "%2e%2e/secret.txt", "..%2fsecret.txt", "%2e%2e%2fsecret.txt", "..%5csecret.txt", "/etc/passwd",
                     "%2fetc%2fpasswd", "show.yaml%00.txt", "sub//a.txt", "./show.yaml"):
            status, _, body = studio.get("/files/show/" + path)
            self.assertIn(status, (400, 404), path)
            self.assertNotIn(b"secret", body)
            self.assertNotIn(b"root:", body)

    def test_a_show_file_that_is_a_link_is_written_through_once_and_for_all(self):
        folder = self.folder / "linked"
        folder.mkdir()
        real = self.folder / "real.yaml"
        real.write_text(program.PARADE.read_text(encoding="utf-8"), encoding="utf-8")
        other = self.folder / "other.txt"
        other.write_text("other")
        (folder / "show.yaml").symlink_to(real)
        studio = Studio(self, folder)
        text = real.read_text(encoding="utf-8") + "# more\n"
        self.assertEqual(studio.ask("PUT", "/api/show", text.encode())[0], 200)
        self.assertEqual(real.read_text(encoding="utf-8"), text)
        self.assertTrue((folder / "show.yaml").is_symlink())
        (folder / "show.yaml").unlink()
        (folder / "show.yaml").symlink_to(other)
        studio.ask("PUT", "/api/show", text.encode() + b"# again\n")
        self.assertEqual(other.read_text(), "other")


class Limits(StudioTest):
    def test_of_headers_address_and_body(self):
        studio = self.studio()
        before = self.text
        own = f"Host: {studio.host}\r\nX-Defilada-Token: {studio.token}\r\n"
        long = "x" * 20_000
        self.assertEqual(studio.status_of(f"GET / HTTP/1.1\r\n{own}A: {long}\r\n\r\n".encode()), 431)
        many = "".join(f"A{i}: x\r\n" for i in range(5000))
        self.assertEqual(studio.status_of(f"GET / HTTP/1.1\r\n{own}{many}\r\n".encode()), 431)
        self.assertEqual(studio.status_of(f"GET /{long[:4000]} HTTP/1.1\r\n{own}\r\n".encode()), 414)
        self.assertEqual(studio.status_of(f"GET /{long} HTTP/1.1\r\n{own}\r\n".encode()), 431)
        put = f"PUT /api/show HTTP/1.1\r\n{own}"
        for length in (9 << 20, 1 << 62):
            self.assertEqual(studio.status_of(f"{put}Content-Length: {length}\r\n\r\n".encode()), 413)
        chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        self.assertEqual(studio.status_of(f"{put}Transfer-Encoding: chunked\r\n\r\n".encode() + chunk * 10), 413)
        self.assertEqual(studio.status_of(f"{put}Content-Length: -1\r\n\r\n".encode()), 400)
        self.assertEqual(studio.status_of(f"GET / HTTP/1.1\r\n{own}Content-Length: 5\r\n\r\nhello".encode()), 413)
        self.assertEqual(self.text, before)

    def test_noise_is_survived(self):
        studio = self.studio()
        noise = random.Random(SEED)
        good = f"PUT /api/show HTTP/1.1\r\nHost: {studio.host}\r\nX-Defilada-Token: x\r\nContent-Length: 3\r\n\r\nabc"
        before = self.text
        for _ in range(150):
            request = bytearray(good.encode())
            for _ in range(noise.randrange(1, 6)):
                at = noise.randrange(len(request))
                request[at:at + noise.randrange(3)] = noise.randbytes(noise.randrange(4))
            with socket.create_connection(("127.0.0.1", studio.port), 10) as connection:
                connection.sendall(bytes(request))
        self.assertEqual(studio.get("/api/show")[2].decode(), before)

    def test_two_hundred_slow_sockets_do_not_stop_it(self):
        studio = self.studio()
        studio.json("/api/plan")
        slow = []
        self.addCleanup(lambda: [each.close() for each in slow])
        for number in range(200):
            connection = socket.create_connection(("127.0.0.1", studio.port), 10)
            if number % 2:  # half of them are silent, half begin a request and go on with it very slowly
                connection.sendall(f"GET /api/show HTTP/1.1\r\nHost: {studio.host}\r\nX-Slow: ".encode())
            slow.append(connection)
        for _ in range(5):
            for each in slow[1::2]:
                each.sendall(b"x")
            start = time.monotonic()
            self.assertEqual(studio.get("/api/show")[0], 200)
            self.assertEqual(studio.draft(self.text)[0], 200)
            self.assertLess(time.monotonic() - start, 2 * SLOW)

    def test_a_flood_of_silent_sockets_locks_nobody_out(self):
        studio = self.studio()
        flood = []
        self.addCleanup(lambda: [each.close() for each in flood])
        for _ in range(700):  # more than it keeps open at once
            flood.append(socket.create_connection(("127.0.0.1", studio.port), 10))
        self.assertEqual(studio.get("/api/show")[0], 200)
        self.assertLess(len(os.listdir(f"/proc/{studio.process.pid}/fd")), 450)

    def test_a_slow_request_is_cut_off(self):
        studio = self.studio()
        start = time.monotonic()
        with socket.create_connection(("127.0.0.1", studio.port), 60) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\n")
            while True:  # a byte a second keeps no deadline away
                try:
                    connection.settimeout(1)
                    if connection.recv(1) == b"":
                        break
                except socket.timeout:
                    try:
                        connection.sendall(b"x")
                    except ConnectionError:
                        break
                except ConnectionError:
                    break
        self.assertLess(time.monotonic() - start, 20)

    def test_too_many_streams_are_refused(self):
        studio = self.studio()
        streams = [studio.events() for _ in range(32)]
        self.assertEqual(studio.get("/api/events")[0], 503)
        for each in streams:
            each.close()


class Saving(StudioTest):
    def test_every_byte_is_kept_and_the_new_plan_is_told(self):
        studio = self.studio()
        wait_for = studio.events()
        status, headers, body = studio.get("/api/show")
        changed = body.decode().replace("time: 20 s", "time: 25 s") + "# żółw\n"
        status, after, _ = studio.ask("PUT", "/api/show", changed.encode(), {"If-Match": headers["ETag"], "X-Defilada-Tab": "me"})
        self.assertEqual(status, 200)
        self.assertEqual(self.text, changed)
        self.assertEqual(wait_for("changed"), {"etag": after["ETag"], "tab": "me"})
        told = wait_for("planned", lambda data: data["etag"] == after["ETag"] and data["proven"])
        plan = studio.json("/api/plan")
        self.assertEqual((plan["revision"], plan["proven"]), (told["revision"], True))

    def test_of_two_tabs_the_second_is_asked(self):
        studio = self.studio()
        etag = studio.get("/api/show")[1]["ETag"]
        first, second = self.text + "# first\n", self.text + "# second\n"
        self.assertEqual(studio.ask("PUT", "/api/show", first, {"If-Match": etag})[0], 200)
        status, headers, body = studio.ask("PUT", "/api/show", second, {"If-Match": etag})
        self.assertEqual((status, self.text), (412, first))
        self.assertEqual((json.loads(body)["text"], json.loads(body)["etag"]), (first, headers["ETag"]))
        self.assertEqual(studio.ask("PUT", "/api/show", second, {"If-Match": headers["ETag"]})[0], 200)
        self.assertEqual(self.text, second)

    def test_of_many_at_once_exactly_one_wins(self):
        studio = self.studio()
        etag = studio.get("/api/show")[1]["ETag"]
        texts = [self.text + f"# {number}\n" for number in range(12)]
        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            statuses = list(pool.map(lambda text: studio.ask("PUT", "/api/show", text, {"If-Match": etag})[0], texts))
        self.assertEqual(sorted(statuses), [200] + [412] * 11)
        self.assertEqual(self.text, texts[statuses.index(200)])

    def test_a_file_that_was_changed_outside_is_not_written_over(self):
        studio = self.studio()
        before = self.text
        etag = studio.get("/api/show")[1]["ETag"]
        wait_for = studio.events()
        outside = before.replace("time: 20 s", "time: 22 s")
        (self.folder / "show" / "show.yaml").write_text(outside, encoding="utf-8")
        self.assertEqual(studio.ask("PUT", "/api/show", before + "# mine\n", {"If-Match": etag})[0], 412)
        self.assertEqual(studio.ask("PUT", "/api/show", before + "# mine\n")[0], 409)  # who has not looked
        self.assertEqual(wait_for("changed")["tab"], None)
        self.assertEqual(studio.ask("PUT", "/api/show", before + "# mine\n")[0], 409)
        self.assertEqual(self.text, outside)
        wait_for("planned")
        self.assertEqual(studio.get("/api/show")[2].decode(), outside)
        self.assertEqual(studio.ask("PUT", "/api/show", before + "# mine\n")[0], 200)  # who has looked

    def test_what_is_written_outside_while_a_save_is_under_way_is_not_lost(self):
        studio = self.studio()
        folder = self.folder / "show"
        mine = self.text + "# mine\n" * 700_000  # so that writing it takes a while
        etag = studio.get("/api/show")[1]["ETag"]
        outside = self.text + "# outside\n"
        before = set(os.listdir(folder))

        def write_as_soon_as_it_begins():
            while set(os.listdir(folder)) == before:
                pass
            (folder / "show.yaml").write_text(outside, encoding="utf-8")

        other = threading.Thread(target=write_as_soon_as_it_begins)
        other.start()
        status, _, body = studio.ask("PUT", "/api/show", mine, {"If-Match": etag})
        if status == 200:  # the other must not wait for ever
            (folder / "more").write_text("")
        other.join()
        self.assertEqual(self.text, outside)
        self.assertEqual((status, json.loads(body)["text"]), (412, outside))
        self.assertEqual(set(os.listdir(folder)), before)  # nothing is left of the attempt

    def test_no_wildcard_saves_over_what_was_not_seen(self):
        studio = self.studio()
        before = self.text
        studio.get("/api/show")
        self.assertEqual(studio.ask("PUT", "/api/show", before + "# mine\n", {"If-Match": "*"})[0], 412)
        self.assertEqual(self.text, before)

    def test_who_may_read_the_file_stays(self):
        studio = self.studio()
        path = self.folder / "show" / "show.yaml"
        path.chmod(0o640)
        studio.get("/api/show")
        self.assertEqual(studio.ask("PUT", "/api/show", self.text + "# more\n")[0], 200)
        self.assertEqual(path.stat().st_mode & 0o777, 0o640)

    def test_nonsense_is_not_saved(self):
        studio = self.studio()
        before = self.text
        for body in (b"", b" \n", b"\xff\xfe", b"defilada: \xc3"):
            self.assertEqual(studio.ask("PUT", "/api/show", body)[0], 422)
        self.assertEqual(self.text, before)
        # A text with faults is: it is the person's, who goes on with it tomorrow.
        self.assertEqual(studio.ask("PUT", "/api/show", "defilada: 1\ntitle: [")[0], 200)
        plan = studio.json("/api/plan")
        while plan["etag"] != studio.get("/api/show")[1]["ETag"]:
            plan = studio.json("/api/plan")
        self.assertEqual(plan["state"], "wrong")
        self.assertTrue(plan["diagnostics"])


class Plan(StudioTest):
    def test_says_what_the_summary_says(self):
        studio = self.studio()
        plan = studio.json("/api/plan")
        summary = self.call_json("check", self.folder / "show")
        for name in ("contingents", "people", "movers", "spectators", "cues", "feasible"):
            self.assertEqual(plan["summary"][name], summary[name], name)
        self.assertEqual([each["name"] for each in plan["items"]], ["welcome", "march-past", "thanks"])
        march = plan["items"][1]
        self.assertTrue(march["because"])
        self.assertEqual(march["kind"], "march")
        self.assertEqual([each["name"] for each in plan["processions"][0]["order"]],
                         ["fire brigade", "scouts", "sports club"])
        text = self.text.encode()
        for item in plan["items"]:
            self.assertIn(item["name"].encode(), text[item["place"]["start"]:item["place"]["end"]])
        self.assertEqual([each["name"] for each in plan["site"]["stations"]], ["start line", "salute line", "end line"])

    def test_a_draft_is_planned_and_not_saved(self):
        studio = self.studio()
        before = self.text
        status, plan = studio.draft(before.replace("time: 20 s", "time: 40 s"))
        self.assertEqual((status, plan["state"], plan["saved"]), (200, "holds", False))
        base = studio.json("/api/plan")
        self.assertGreater(plan["items"][1]["end_s"], base["items"][1]["end_s"] + 30)
        self.assertEqual(self.text, before)
        status, proven = studio.draft(before, "?proof=1")
        self.assertEqual((proven["proven"], proven["state"]), (True, "holds"))

    def test_only_what_changed_is_sent(self):
        studio = self.studio()
        whole = studio.json("/api/plan")
        sections = set(whole) & {"diagnostics", "summary", "site", "items", "processions", "lines", "findings", "conflicts", "spectators",
                                 "variants", "day"}
        for old, new in (("time: 20 s", "time: 30 s"), ("[60 m, 12 m]", "[61 m, 12 m]"), ("# A small", "# A tiny")):
            text = self.text.replace(old, new)
            _, full = studio.draft(text, tab="b")
            _, part = studio.draft(text, f"?base={whole['revision']}", tab="b")
            self.assertTrue(part["unchanged"])
            self.assertEqual(set(part["unchanged"]) | (set(part) & sections), sections)
            for name in sections:
                self.assertEqual(whole[name] if name in part["unchanged"] else part[name], full[name], name)

    def test_a_quick_draft_is_the_same_but_for_the_variants(self):
        text = (program.SHOWS / "square.yaml").read_text(encoding="utf-8")
        tail = "# after\nrules:\n  - {cue: welcome ends, no later than: 12:04}\n"
        studio = self.studio(text)
        same = ("state", "summary", "site", "items", "processions", "findings", "conflicts", "diagnostics")
        for each in (text, text + tail, text + "# at the end", text + "\n\n", text.rstrip("\n"),
                     text.replace("people: 120", "peeple: 120") + tail, tail + text,
                     text.replace("variants:\n", "variants:   # of the day\n\n"),
                     text.split("\nvariants:")[0] + "\nvariants: {one: {late: {}}}\n"):
            _, whole = studio.draft(each)
            _, quick = studio.draft(each, "?quick=1")
            self.assertNotIn("variants", quick)
            if whole["state"] != "wrong" or "variants: {" not in each:
                self.assertEqual({key: quick.get(key) for key in same}, {key: whole.get(key) for key in same}, each[-80:])
        # What mends such a plan keeps the variants in the text.
        _, quick = studio.draft(text + tail, "?quick=1")
        self.assertEqual(quick["state"], "cannot-hold")
        fixes = quick["conflicts"][0]["fixes"]
        self.assertTrue(fixes)
        edit = fixes[0]["edits"][0]
        self.assertEqual((text + tail).encode()[edit["start"]:edit["end"]], b"12:04")

    def test_faults_have_their_places(self):
        studio = self.studio()
        text = self.text.replace("headway:", "headwai:")
        _, plan = studio.draft(text)
        self.assertEqual(plan["state"], "wrong")
        fault = plan["diagnostics"][0]
        self.assertEqual(text.encode()[fault["place"]["start"]:fault["place"]["end"]].decode(), "headwai")
        self.assertEqual(fault["suggestion"], "headway")
        _, polish = studio.draft(text, "?lang=pl")
        self.assertNotEqual(polish["diagnostics"][0]["message"], fault["message"])

    def test_what_cannot_hold_is_explained_and_mended(self):
        studio = self.studio(program.INFEASIBLE.read_text(encoding="utf-8"))
        plan = studio.json("/api/plan")
        self.assertEqual(plan["state"], "cannot-hold")
        conflict = plan["conflicts"][0]
        self.assertGreater(conflict["short_by_s"], 0)
        self.assertTrue(any("no later than" in each["text"] for each in conflict["statements"]))
        before = self.text
        asked = json.dumps({"revision": plan["revision"], "codes": ["conflict.1.1"]})
        status, _, body = studio.ask("POST", "/api/fix", asked)
        self.assertEqual((status, self.text), (200, before))
        mended = json.loads(body)["text"]
        self.assertNotEqual(mended, before)
        self.assertEqual(studio.draft(mended)[1]["state"], "holds")
        for body, wanted in (("{", 400), ("[]", 400), (json.dumps({"revision": 999, "codes": []}), 410),
                             (json.dumps({"revision": plan["revision"], "codes": ["nothing"]}), 404)):
            self.assertEqual(studio.ask("POST", "/api/fix", body)[0], wanted)

    def test_a_newer_draft_takes_the_place_of_an_older_one(self):
        show = self.large_show(150)
        studio = Studio(self, show)
        text = show.read_text(encoding="utf-8")
        studio.json("/api/plan")
        # All are sent before the first answer is read: five come while the first is planned.
        connections = [http.client.HTTPConnection("127.0.0.1", studio.port, timeout=60) for _ in range(6)]
        for connection in connections:
            connection.connect()
        for number, connection in enumerate(connections):
            connection.request("POST", "/api/plan", f"{text}# {number}\n".encode(),
                               {"X-Defilada-Token": studio.token, "X-Defilada-Tab": "a"})
        statuses = []
        for connection in connections:
            statuses.append(connection.getresponse().status)
            connection.close()
        self.assertEqual(statuses[5], 200)
        self.assertTrue(all(status in (200, 409) for status in statuses), statuses)
        self.assertIn(409, statuses)

    def test_tracks_are_the_players_block(self):
        studio = self.studio()
        plan = studio.json("/api/plan")
        status, headers, block = studio.get("/api/tracks")
        self.assertEqual((status, block[:4]), (200, b"DFPB"))
        head = json.loads(block[8:8 + struct.unpack("<I", block[4:8])[0]])
        self.assertEqual([each["name"] for each in head["contingents"]], ["fire brigade", "scouts", "sports club"])
        self.assertEqual(head["start_s"], plan["summary"]["start_s"])
        self.assertEqual(studio.get(f"/api/tracks?revision={plan['revision']}")[2], block)
        self.assertEqual(studio.get("/api/tracks?revision=12345")[0], 410)
        _, wrong = studio.draft("defilada: 1\n")
        self.assertEqual(studio.get(f"/api/tracks?revision={wrong['revision']}")[0], 409)
        status, headers, nothing = studio.get(f"/api/tracks?any&revision={wrong['revision']}")
        self.assertEqual((status, nothing), (204, b""))
        self.assertNotIn("Content-Length", headers)

    def test_the_schema_is_that_of_the_program(self):
        studio = self.studio()
        self.assertEqual(studio.json("/api/schema"), json.loads(self.call("schema").out))


class TakingAway(StudioTest):
    def test_the_files_are_those_that_the_program_writes(self):
        studio = self.studio()
        self.assertEqual(self.call("run", self.folder / "show", "--out", "out").status, 0)
        self.assertEqual(self.call("draw", self.folder / "show", "--out", "out").status, 0)
        studio.json("/api/plan")
        wait_for = studio.events()
        while not studio.json("/api/plan")["proven"]:
            wait_for("planned")
        listed = {each["name"] for each in studio.json("/api/downloads")}
        names = ["run-sheet.html", "run-sheet.pdf", "plan.sqlite", *(["playback.html"] if program.PLAYER else [])]
        self.assertLessEqual(set(names), listed)
        for name in names:
            status, headers, body = studio.get("/api/download/" + name)
            self.assertEqual(status, 200, name)
            self.assertEqual(body, (self.folder / "out" / name).read_bytes(), name)
            self.assertIn(f'filename="{name}"', headers["Content-Disposition"])
        pictures = [each for each in listed if each.startswith("pictures/")]
        self.assertGreater(len(pictures), 3)
        for name in pictures:
            body = studio.get(f"/api/download/{name}.svg")[2]
            self.assertEqual(body, (self.folder / "out" / (name.split("/")[1] + ".svg")).read_bytes(), name)
        self.assertEqual(studio.get("/api/download/pictures/site.png")[2][:4], b"\x89PNG")
        policy = studio.get("/api/download/run-sheet.html")[1]["Content-Security-Policy"]
        self.assertIn("sandbox", policy)
        self.assertNotIn("script-src", policy)
        for name in ("nothing", "../run-sheet.pdf", "pictures/none.svg", "pictures/site.exe", "pictures/site"):
            self.assertIn(studio.get("/api/download/" + name)[0], (400, 404), name)

    def test_formations_are_drawn_as_they_are_edited(self):
        studio = self.studio()
        before = studio.json("/api/plan")
        one = before["processions"][0]["order"][0]
        self.assertEqual(one["formations"][0]["shape"], "block")
        drawn = []
        for text in (self.text, self.text.replace("files: 6", "files: 7")):
            _, plan = studio.draft(text)
            status, headers, content = studio.get(
                f"/api/preview/formation?revision={plan['revision']}&contingent={one['name'].replace(' ', '%20')}")
            self.assertEqual((status, headers["Content-Type"]), (200, "image/svg+xml"))
            self.assertTrue(b"<svg" in content and "sandbox" in headers["Content-Security-Policy"])
            drawn.append(content)
        self.assertNotEqual(drawn[0], drawn[1])
        for path in ("/api/preview/formation?contingent=nobody", "/api/preview/figure?contingent=" + one["name"].replace(" ", "%20"),
                     "/api/preview/other?contingent=x"):
            self.assertEqual(studio.get(path)[0], 404, path)
        self.assertEqual(studio.get("/api/preview/formation?revision=999&contingent=x")[0], 410)

    def test_the_cards_are_handed_out_alone(self):
        studio = self.studio()
        studio.json("/api/plan")
        self.assertLessEqual({"cards.html", "cards.pdf"}, {each["name"] for each in studio.json("/api/downloads")})
        status, headers, page = studio.get("/api/download/cards.html?lang=pl")
        self.assertEqual((status, headers["Content-Type"]), (200, "text/html; charset=utf-8"))
        self.assertIn("sandbox", headers["Content-Security-Policy"])
        for name in ("fire brigade", "scouts", "sports club"):
            self.assertIn(name, page.decode().lower())
        self.assertNotIn(b'id="programme"', page)
        self.assertEqual(studio.get("/api/download/cards.pdf")[2][:5], b"%PDF-")

    def test_what_cannot_hold_has_pictures_only(self):
        studio = self.studio(program.INFEASIBLE.read_text(encoding="utf-8"))
        studio.json("/api/plan")
        names = {each["name"] for each in studio.json("/api/downloads")}
        self.assertIn("pictures/site", names)
        self.assertNotIn("run-sheet.pdf", names)
        self.assertEqual(studio.get("/api/download/run-sheet.pdf")[0], 404)


class Spectators(StudioTest):
    """Runs of the spectators: begun, followed, stopped, looked at."""

    def square(self, *args):
        return self.studio((program.SHOWS / "square.yaml").read_text(encoding="utf-8"), *args)

    def run_of(self, studio, query, text=None):
        events = studio.events()
        status, _, content = studio.ask("POST", "/api/crowd" + query, (text or self.text).encode())
        self.assertEqual(status, 202, content)
        number = json.loads(content)["run"]
        last = events("crowd", lambda said: said["run"] == number and said["state"] != "running")
        events.close()
        return number, last

    def test_a_run_has_figures_curves_and_a_film_of_everybody(self):
        studio = self.square()
        number, last = self.run_of(studio, "?share=1")
        self.assertEqual(last["state"], "done", last)
        result = studio.json(f"/api/crowd?run={number}")
        self.assertEqual((result["people"], result["simulated"], result["etag"]),
                         (120, 120, studio.json("/api/plan")["etag"]))
        self.assertEqual([phase["phase"] for phase in result["phases"]], ["ingress", "egress", "emergency"])
        come, leave, fire = result["phases"]
        self.assertEqual((come["seated"], leave["out"], fire["out"]), (120, 120, 120))
        self.assertEqual(come["gates"][0]["people"], 120)
        # Curves: nobody is lost, what has passed only grows, at the end all are seated, then out.
        self.assertEqual(come["in_zones"][-1], 120)
        self.assertEqual(leave["left"], sorted(leave["left"]))
        self.assertEqual(leave["left"][-1], 120)
        self.assertTrue(0 < max(come["gates"][0]["queue"]) <= come["gates"][0]["longest_queue"])
        # 12 a minute come, 4 lanes of 12 s let 20 pass: those who come together wait a little.
        self.assertTrue(10 < come["gates"][0]["longest_wait_s"] < 60, come["gates"][0]["longest_wait_s"])
        self.assertEqual([exit["people"] for exit in fire["exits"] if exit["name"] == "east"], [0])
        # The film's densities over the ground of its cells: everybody, when all are seated.
        film = result["film"]
        frames = self.frames(studio, number, 0, come["film"]["frames"], film["chunk"])
        self.assertEqual(len(frames), come["film"]["frames"])
        people = sum(density / film["steps"] * film["cell_m"] ** 2 for _, density in frames[-1])
        # Cells at the edge count their ground alone, and tell more; density comes in twentieths.
        self.assertTrue(0.95 * 120 < people < 2.5 * 120, people)
        for cell, _ in frames[-1]:
            y = film["y"] + (cell // film["columns"] + 0.5) * film["cell_m"]
            self.assertTrue(28 < y < 42, y)

    def places(self, studio, run, phase, chunk, stride=1):
        """{person: [place in each frame, None where away]} of a chunk, and how many stand."""
        result = studio.json(f"/api/crowd?run={run}")["places"]
        query = f"?run={run}&phase={phase}&chunk={chunk}&stride={stride}"
        status, _, content = studio.get("/api/crowd/places" + query)
        if status != 200:
            return status
        samples, standing, moving = struct.unpack_from("<3I", content)
        self.assertEqual(samples, result["chunk"] + 1)
        self.assertEqual(len(content), 12 + 8 * standing + (4 + 4 * samples) * moving)
        who = struct.unpack_from(f"<{standing + moving}I", content, 12)
        steps = struct.unpack_from(f"<{2 * (standing + moving * samples)}H", content, 12 + 4 * len(who))

        def place(k):
            x, y = steps[2 * k], steps[2 * k + 1]
            if x == 0xFFFF:
                return None
            return (result["x"] + result["step_m"] * x, result["y"] + result["step_m"] * y)

        found = {person: [place(i)] * samples for i, person in enumerate(who[:standing])}
        for i, person in enumerate(who[standing:]):
            found[person] = [place(standing + i * samples + k) for k in range(samples)]
        self.assertEqual(len(found), standing + moving)  # nobody twice
        return found, standing

    def test_places_are_those_of_the_simulation(self):
        studio = self.square()
        number, _ = self.run_of(studio, "?share=1")
        result = studio.json(f"/api/crowd?run={number}")
        come, leave, _ = result["phases"]
        every_s, chunk = result["places"]["every_s"], result["places"]["chunk"]
        count = come["places"]["frames"]
        self.assertLess(abs(come["end_s"] - come["begin_s"] - every_s * count), 2 * every_s)
        last = (count - 1) // chunk
        people, standing = self.places(studio, number, 0, last)
        self.assertEqual(len(people), 120)
        self.assertGreater(standing, 100)  # who sits costs eight bytes
        for ways in people.values():
            self.assertTrue(28 < ways[-1][1] < 42, ways[-1])  # all in the stand
        # Nobody jumps, and each chunk begins where the one before ends.
        before = None
        for k in range(last + 1):
            now, _ = self.places(studio, number, 0, k)
            for person, ways in now.items():
                for a, b in zip(ways, ways[1:]):
                    if a and b:
                        self.assertLess(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5, 2.5 * every_s)
                if before and ways[0]:
                    self.assertEqual(before[person][-1], ways[0])
            before = now
        # Frames further apart are some of the same.
        coarse, _ = self.places(studio, number, 0, 1, 2)
        fine = [self.places(studio, number, 0, k)[0] for k in (2, 3)]
        for person, ways in coarse.items():
            both = [fine[k].get(person, [None] * (chunk + 1)) for k in (0, 1)]
            self.assertEqual(ways, both[0][0:chunk:2] + both[1][0::2])
        self.assertGreater(len(coarse), 5)
        # All are there when they begin to leave.
        people, _ = self.places(studio, number, 1, 0)
        self.assertEqual(sum(1 for ways in people.values() if ways[0]), leave["people"])

    def test_places_that_are_not_there(self):
        studio = self.square()
        number, _ = self.run_of(studio, "?share=1")
        self.assertEqual(self.places(studio, number, 0, 900_000), 404)
        self.assertEqual(self.places(studio, number, 9, 0), 404)
        for query in ("phase=x", "phase=0&chunk=99999999999999999", "phase=0&stride=0", "phase=0&stride=17"):
            status = studio.get(f"/api/crowd/places?run={number}&{query}")[0]
            self.assertEqual(status, 400, query)
        self.assertEqual(studio.get("/api/crowd/places?run=99")[0], 410)

    def test_what_the_command_has_simulated_is_opened(self):
        studio = self.square()
        self.assertIsNone(studio.json("/api/crowd")["kept"])
        self.assertEqual(studio.ask("POST", "/api/crowd/open", self.text.encode())[0], 404)
        self.assertEqual(self.call("crowd", self.folder / "show").status, 0)
        kept = studio.json("/api/crowd")["kept"]
        self.assertEqual((kept["share"], kept["seed"], kept["variant"]), (1, 1, ""))
        self.assertEqual(kept["etag"], studio.json("/api/plan")["etag"])
        other = self.text.replace("people: 120", "people: 100").encode()
        self.assertEqual(studio.ask("POST", "/api/crowd/open", other)[0], 409)
        opened, last = self.run_of(studio, "/open")
        self.assertEqual(last["state"], "done", last)
        simulated, _ = self.run_of(studio, "?share=1")
        one, two = (studio.json(f"/api/crowd?run={number}") for number in (opened, simulated))
        for result in (one, two):
            del result["run"], result["took_s"]
        self.assertEqual(one, two)  # the same figures, curves, findings, films
        for phase in (0, 1):
            self.assertEqual(self.places(studio, opened, phase, 0), self.places(studio, simulated, phase, 0))
            count = one["phases"][phase]["film"]["frames"]
            frames = [self.frames(studio, number, phase, count, 32) for number in (opened, simulated)]
            self.assertEqual([len(each) for each in frames], [count, count])
            for a, b in zip(*frames):  # somebody within a centimetre of a cell's edge may be in the next
                self.assertLessEqual(abs(sum(n for _, n in a) - sum(n for _, n in b)), 3)
        # One that is damaged says so.
        result = next(self.folder.glob("out/*/crowd.result"))
        result.write_bytes(result.read_bytes()[:-7])
        _, last = self.run_of(studio, "/open")
        self.assertEqual(last["state"], "failed")
        self.assertIn("damaged", last["message"])

    def test_a_note_of_another_kind_is_no_run_and_no_end(self):
        studio = self.square()
        self.assertEqual(self.call("crowd", self.folder / "show").status, 0)
        self.assertTrue(studio.json("/api/crowd")["kept"])
        recording = next(self.folder.glob("out/*/crowd-ingress.recording"))
        whole = recording.read_bytes()
        note = re.search(rb'"show":"([0-9a-f]{16})"', whole)
        for other in (b'"show":' + b"1" * 18, b'"show":[' + b" " * 16 + b"]"):  # as long
            recording.write_bytes(whole.replace(note[0], other))
            self.assertIsNone(studio.json("/api/crowd")["kept"])
            self.assertEqual(studio.ask("POST", "/api/crowd/open", self.text.encode())[0], 404)

    def test_an_opened_run_that_was_simulated_anew_says_so(self):
        studio = self.square()
        self.assertEqual(self.call("crowd", self.folder / "show").status, 0)
        number, _ = self.run_of(studio, "/open")
        self.assertNotIsInstance(self.places(studio, number, 0, 0), int)
        recording = next(self.folder.glob("out/*/crowd-ingress.recording"))
        self.assertEqual(self.call("crowd", self.folder / "show", "--seed", "2").status, 0)
        self.assertTrue(recording.exists())
        status, _, body = studio.get(f"/api/crowd/places?run={number}&phase=0&chunk=0")
        self.assertEqual(status, 500)
        self.assertIn("written anew", json.loads(body)["message"])
        self.assertEqual(studio.get("/api/show")[0], 200)

    def test_recordings_go_when_the_program_ends(self):
        folder = self.folder / "temporary"
        folder.mkdir()
        # Ctrl-C, a manager of services, a terminal that is closed.
        for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(how.name):
                with unittest.mock.patch.dict(os.environ, {"TMPDIR": str(folder)}):
                    studio = self.square()
                self.run_of(studio, "?share=1")
                self.assertTrue(list(folder.glob("*/*.recording")))
                self.assertEqual(studio.stop(how), 0)
                self.assertEqual(list(folder.iterdir()), [])

    def test_the_playback_has_the_spectators_when_they_were_simulated(self):
        studio = self.square()
        studio.json("/api/plan")
        alone = studio.get("/api/download/playback.html")
        self.run_of(studio, "?share=1")
        status, _, page = studio.get("/api/download/playback.html")
        if status == 404:
            self.skipTest("built without the player")
        self.assertEqual(status, 200)
        head = self.head_of(page)
        self.assertNotIn("crowd", {key for key, value in self.head_of(alone[2]).items() if value})
        zones = studio.json("/api/crowd?run=1")["zones"]
        self.assertEqual([zone["area"] for zone in head["crowd"]["zones"]], [zone["area"] for zone in zones])
        self.assertEqual(sum(zone["people"] for zone in head["crowd"]["zones"]), 120)

    def head_of(self, page):
        """The JSON head of the block in a playback (docs/formats.md)."""
        mark = b'type="application/octet-stream">'
        begin = page.index(mark) + len(mark)
        block = zlib.decompress(base64.b64decode(page[begin:page.index(b"</script>", begin)]), -15)
        self.assertEqual(block[:4], b"DFPB")
        return json.loads(block[8:8 + struct.unpack_from("<I", block, 4)[0]])

    def test_the_safety_report_is_of_the_text_that_was_run(self):
        studio = self.square()
        plan = studio.json("/api/plan")
        safety = {"safety.html", "safety.pdf"}
        listed = lambda query="": {each["name"] for each in studio.json("/api/downloads" + query)}  # noqa: E731
        self.assertFalse(safety & listed())
        self.assertEqual(studio.get("/api/download/safety.html")[0], 404)
        self.run_of(studio, "?share=1&variant=half%20the%20lanes")
        self.assertFalse(safety & listed())  # a variant is another show
        self.run_of(studio, "?share=1")
        self.assertLessEqual(safety, listed())
        status, _, page = studio.get("/api/download/safety.html")
        self.assertEqual(status, 200)
        self.assertEqual(self.call("run", self.folder / "show", "--out", "out", "--no-pdf").status, 0)
        self.assertEqual(page, (self.folder / "out" / "safety.html").read_bytes())
        self.assertEqual(studio.get("/api/download/safety.pdf")[2][:5], b"%PDF-")
        _, other = studio.draft(self.text.replace("people: 120", "people: 100"))
        self.assertEqual(other["state"], "holds", other["diagnostics"])
        self.assertFalse(safety & listed(f"?revision={other['revision']}"))
        self.assertLessEqual(safety, listed(f"?revision={plan['revision']}"))

    def frames(self, studio, run, phase, count, chunk):
        frames = []
        for number in range((count + chunk - 1) // chunk):
            status, _, content = studio.get(f"/api/crowd/density?run={run}&phase={phase}&chunk={number}")
            self.assertEqual(status, 200)
            words = struct.unpack(f"<{len(content) // 4}I", content)
            at = 0
            while at < len(words):
                frames.append([(word >> 8, word & 255) for word in words[at + 1:at + 1 + words[at]]])
                at += 1 + words[at]
        return frames

    def test_the_same_run_is_the_same_and_a_variant_is_not(self):
        studio = self.square()
        whole, _ = self.run_of(studio, "?share=1")
        same, _ = self.run_of(studio, "?share=1&seed=1")
        fewer, _ = self.run_of(studio, "?share=0.5")
        variant, last = self.run_of(studio, "?share=1&variant=half%20the%20lanes")
        self.assertEqual(last["state"], "done", last)
        runs = [studio.json(f"/api/crowd?run={number}") for number in (whole, same, fewer, variant)]
        phases = [[{key: value for key, value in phase.items()} for phase in run["phases"]] for run in runs]
        self.assertEqual(phases[0], phases[1])  # the same seed: the same to the last figure
        self.assertEqual((runs[2]["people"], runs[2]["simulated"], runs[2]["phases"][0]["seated"]), (120, 60, 60))
        waits = [run["phases"][0]["gates"][0]["mean_wait_s"] for run in runs]
        self.assertGreater(waits[3], 1.5 * waits[0])
        self.assertEqual(runs[3]["phases"][0]["gates"][0]["lanes"], 2)
        self.assertEqual([each["run"] for each in studio.json("/api/crowd")["runs"]], [whole, same, fewer, variant])

    def test_a_run_can_be_stopped_and_there_is_one_at_a_time(self):
        studio = self.square()
        text = self.text.replace("people: 120", "people: 2000").replace("capacity: 200", "capacity: 2000")
        events = studio.events()
        status, _, content = studio.ask("POST", "/api/crowd", text.encode())
        self.assertEqual(status, 202)
        number = json.loads(content)["run"]
        events("crowd", lambda said: said["state"] == "running")
        self.assertEqual(studio.ask("POST", "/api/crowd", text.encode())[0], 409)
        self.assertEqual(studio.get(f"/api/crowd?run={number}")[0], 409)
        # A plan does not wait for it.
        self.assertEqual(studio.draft(self.text)[0], 200)
        status, _, content = studio.ask("POST", "/api/crowd/stop", b"")
        self.assertEqual(json.loads(content), {"stopped": True})
        self.assertEqual(events("crowd", lambda said: said["state"] != "running")["state"], "stopped")
        self.assertEqual(studio.get(f"/api/crowd?run={number}")[0], 410)
        self.assertEqual(json.loads(studio.ask("POST", "/api/crowd/stop", b"")[2]), {"stopped": False})

    def test_what_cannot_be_run_says_why(self):
        studio = self.studio()
        _, last = self.run_of(studio, "?share=1")
        self.assertEqual(last["state"], "failed")
        self.assertIn("spectators", last["message"])
        for query in ("?share=0", "?share=2", "?share=x", "?seed=-1", "?share=nan"):
            self.assertEqual(studio.ask("POST", "/api/crowd" + query, self.text.encode())[0], 400, query)
        self.assertEqual(studio.ask("POST", "/api/crowd", self.text.encode(), token=False)[0], 403)
        for path in ("/api/crowd?run=99", "/api/crowd?run=x", "/api/crowd/density?run=1&phase=0&chunk=0"):
            self.assertEqual(studio.get(path)[0], 410, path)


if __name__ == "__main__":
    program.main()
