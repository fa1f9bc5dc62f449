# SPDX-License-Identifier: MIT
"""Colours, pipes, closed streams."""
import os
import pty
import select
import subprocess
import threading
import time

import program
from program import PROGRAM, ProgramTest, environment

ESCAPE = b"\x1b"


def read_all(fd, chunks):
    while True:
        try:
            chunk = os.read(fd, 65536)
        except OSError:  # what Linux says when the other end of a pty is gone
            return
        if not chunk:
            return
        chunks.append(chunk)


class Colours(ProgramTest):
    def on_terminal(self, *words, **env):
        """Standard output and error as bytes, both on one terminal."""
        leader, follower = pty.openpty()
        process = subprocess.Popen([PROGRAM, *map(str, words)], stdin=subprocess.DEVNULL, stdout=follower,
                                   stderr=follower, cwd=self.folder, env=environment(**env))
        os.close(follower)
        chunks = []
        reader = threading.Thread(target=read_all, args=(leader, chunks))
        reader.start()
        process.wait(timeout=120)
        reader.join()
        os.close(leader)
        return b"".join(chunks)

    CALLS = (["check", program.BREAKS_A_RULE], ["check", program.BAD_INPUT],
             ["run", program.PARADE], ["check", program.INFEASIBLE], ["rnu"])

    def test_are_shown_on_a_terminal(self):
        for words in self.CALLS:
            self.assertIn(ESCAPE, self.on_terminal(*words), words)

    def test_are_left_out_when_not_wanted(self):
        for words in self.CALLS:
            self.assertNotIn(ESCAPE, self.on_terminal(*words, NO_COLOR="1"), words)
            self.assertNotIn(ESCAPE, self.on_terminal(*words, TERM="dumb"), words)
            self.assertNotIn(ESCAPE, self.on_terminal(*words, TERM=None), words)
            self.assertNotIn(ESCAPE, self.on_terminal(*words, "--no-color"), words)

    def test_an_empty_NO_COLOR_says_nothing(self):
        self.assertIn(ESCAPE, self.on_terminal(*self.CALLS[0], NO_COLOR=""))

    def test_are_left_out_in_a_pipe(self):
        for words in self.CALLS:
            done = self.call(*words)
            self.assertNotIn("\x1b", done.out + done.err, words)

    def test_json_on_a_terminal_has_none(self):
        self.assertNotIn(ESCAPE, self.on_terminal("check", program.PARADE, "--json", "--quiet"))

    def test_a_show_cannot_drive_the_terminal(self):
        codes = "\\e[2J\\u202e"
        for old, new in (("en: Small parade", f'en: "Small{codes}"'),
                         ("- scouts:", f'- scouts: {{people role: "x{codes}", label: "x{codes}"}}'),
                         ("- scouts:", f'- "scouts{codes}":'),
                         ("route: street\n", f'route: "{codes}street"\n'),
                         ("12:20, because: the", f'12:06, because: "{codes}" # the')):
            show = self.show_with("evil.yaml", old, new)
            for words in (["check", show, "--cues"], ["run", show]):
                shown = self.on_terminal(*words, NO_COLOR="1")
                self.assertNotIn(ESCAPE, shown, new)
                self.assertNotIn("\u202e".encode(), shown, new)
                self.assertGreater(len(shown), 50)


class Progress(ProgramTest):
    def test_is_shown_on_a_terminal_only_and_cleared(self):
        show = self.large_show(100)
        leader, follower = pty.openpty()
        process = subprocess.Popen([PROGRAM, "run", show], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=follower, cwd=self.folder,
                                   env=environment())
        os.close(follower)
        chunks = []
        read_all(leader, chunks)
        os.close(leader)
        self.assertIn(process.wait(timeout=120), (0, 1))
        shown = b"".join(chunks)
        self.assertRegex(shown, rb"(?s)\d+ %")
        self.assertTrue(shown.endswith(b"\r\x1b[2K"), shown[-60:])
        self.assertEqual(self.call("run", show).err, "")


class Streams(ProgramTest):
    def call_with_closed_pipe(self, *words):
        read, write = os.pipe()
        os.close(read)
        try:
            return self.call(*words, stdout=write)
        finally:
            os.close(write)

    def test_a_reader_that_has_seen_enough_is_no_fault(self):
        for words, status in ((["schema"], 0), (["--help"], 0), (["run", program.PARADE], 0),
                              (["check", program.BREAKS_A_RULE], 1),
                              (["check", program.BREAKS_A_RULE, "--json"], 1)):
            done = self.call_with_closed_pipe(*words)
            self.assertEqual((done.status, done.err), (status, ""), words)
        self.assertTrue((self.folder / "out" / "parade" / "summary.json").exists())

    def test_head(self):
        piped = subprocess.run(["bash", "-c", 'set -o pipefail; "$0" schema | head -n 1', PROGRAM],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        self.assertEqual((piped.returncode, piped.stdout, piped.stderr), (0, b"{\n", b""))

    def test_a_full_disk_behind_standard_output_is_told(self):
        with open("/dev/full", "wb") as full:
            done = self.call("check", program.PARADE, stdout=full)
        self.assertEqual(done.status, 5)
        self.assertIn("standard output", done.err)

    def test_closed_standard_output_is_told_and_writes_into_no_file(self):
        done = self.call("run", program.PARADE, stdout=None, preexec_fn=lambda: os.close(1))
        self.assertEqual(done.status, 5)
        self.assertIn("standard output", done.err)
        plan = self.folder / "out" / "parade" / "plan.sqlite"
        self.assertTrue(plan.read_bytes().startswith(b"SQLite format 3\0"))
        page = (self.folder / "out" / "parade" / "run-sheet.html").read_text()
        self.assertTrue(page.lstrip().lower().startswith("<!doctype html"))

    def test_closed_standard_error_writes_into_no_file(self):
        done = self.call("run", program.BREAKS_A_RULE, stderr=None, preexec_fn=lambda: os.close(2))
        self.assertEqual(done.status, 1)
        self.assertTrue((self.folder / "out/breaks-a-rule/plan.sqlite").read_bytes().startswith(b"SQLite"))

    def test_closed_streams_are_not_taken_over_by_a_file(self):
        process = subprocess.Popen([PROGRAM, "sheet", self.large_show(60)], stdin=subprocess.DEVNULL,
                                   cwd=self.folder, env=environment(),
                                   preexec_fn=lambda: (os.close(1), os.close(2)))
        out = self.folder / "out" / "large"
        while process.poll() is None and not any(out.glob(".defilada-*")):
            time.sleep(0.001)
        # Now it is writing.
        held = [os.readlink(f"/proc/{process.pid}/fd/{fd}") for fd in (1, 2)]
        self.assertEqual(held, ["/dev/null", "/dev/null"])
        self.assertIn(process.wait(timeout=120), (1, 5))

    def test_quiet_says_errors_only(self):
        self.assertEqual(self.call("run", program.PARADE, "--quiet"), (0, "", ""))
        self.assertEqual(self.call("check", program.BREAKS_A_RULE, "-q"), (1, "", ""))
        done = self.call("check", program.BAD_INPUT, "-q")
        self.assertEqual((done.status, done.out), (3, ""))
        self.assertIn("error:", done.err)

    def test_does_not_wait_for_input(self):
        read, write = os.pipe()
        try:
            process = subprocess.Popen([PROGRAM, "check", program.PARADE], stdin=read,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
            ready, _, _ = select.select([process.stdout], [], [], 60)
            self.assertTrue(ready)
            process.communicate(timeout=60)
            self.assertEqual(process.returncode, 0)
        finally:
            os.close(read)
            os.close(write)


if __name__ == "__main__":
    program.main()
