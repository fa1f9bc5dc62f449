# SPDX-License-Identifier: MIT
"""The studio's server, over sockets: what it promises of who may ask for what, and attacks on each promise."""
import os
import pathlib
import random
import socket
import struct
import time
import unittest.mock

import program
from studio_server import SEED, SLOW, Studio, StudioTest


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


if __name__ == "__main__":
    program.main()
