# SPDX-License-Identifier: MIT
"""Ctrl-C, kill, a full disk: the old result or the new one, never a part of one."""
import json
import os
import pty
import random
import resource
import signal
import subprocess
import tempfile
import time
import unittest

import program
from program import PROGRAM, ProgramTest, contents, environment

SEED = 20250903


def catches(process, number):
    """Whether the process has a handler of that signal."""
    try:
        with open(f"/proc/{process.pid}/status") as status:
            caught = next(line for line in status if line.startswith("SigCgt:"))
    except (OSError, StopIteration):
        return False
    return bool(int(caught.split()[1], 16) >> number - 1 & 1)


class Interrupt(ProgramTest):
    def interrupted_run(self, blocks):
        """Sends Ctrl-C at the first sign of progress; the status and what was said."""
        leader, follower = pty.openpty()
        process = subprocess.Popen([PROGRAM, "run", self.large_show(blocks), "--out", "out"],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=follower,
                                   cwd=self.folder, env=environment())
        os.close(follower)
        said = b""
        while True:
            try:
                chunk = os.read(leader, 65536)
            except OSError:
                break
            if not chunk:
                break
            if not said:
                process.send_signal(signal.SIGINT)
            said += chunk
        os.close(leader)
        out, _ = process.communicate(timeout=120)
        return process.returncode, out, said

    def test_keeps_the_old_result(self):
        out = self.run_parade()
        before = contents(out)
        blocks = 300
        while True:
            status, printed, said = self.interrupted_run(blocks)
            if status == 130 or blocks > 3000:
                break
            blocks *= 3  # a machine that is done before the signal: ask for more
            self.run_parade()
        self.assertEqual(status, 130)
        self.assertEqual(printed, b"")
        self.assertIn(b"interrupted: nothing was written", said)
        self.assertEqual(contents(out), before)

    def test_json_says_so(self):
        status = 0
        blocks = 300
        while status != 130 and blocks < 3000:
            process = subprocess.Popen([PROGRAM, "run", self.large_show(blocks), "--json"],
                                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, cwd=self.folder, env=environment())
            while not catches(process, signal.SIGINT) and process.poll() is None:
                time.sleep(0.001)  # before that, Ctrl-C ends any program without a word
            time.sleep(0.1)  # into reading or planning
            process.send_signal(signal.SIGINT)
            out, _ = process.communicate(timeout=120)
            status = process.returncode
            blocks *= 3
        self.assertEqual(status, 130)
        self.assertEqual(json.loads(out)["status"], 130)

    def test_where_it_is_ignored_it_stays_ignored(self):
        process = subprocess.Popen([PROGRAM, "run", self.large_show(20)], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder,
                                   env=environment(),
                                   preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        for _ in range(20):
            process.send_signal(signal.SIGINT)
            time.sleep(0.01)
        self.assertIn(process.wait(timeout=120), (0, 1))


class Kill(ProgramTest):
    def test_at_any_moment_leaves_the_old_file_or_the_new_one(self):
        shows = [self.show_with("a.yaml", "time: 20 s", "time: 20 s"),
                 self.show_with("b.yaml", "time: 20 s", "time: 25 s")]
        whole = []
        start = time.monotonic()
        for show in shows:
            done = self.call("run", show, "--out", "out")
            self.assertEqual(done.status, 0, done.err)
            whole.append(contents(self.folder / "out"))
        lasts_s = (time.monotonic() - start) / 2
        moments = random.Random(SEED)
        killed = 0
        for attempt in range(40):
            process = subprocess.Popen([PROGRAM, "run", shows[attempt % 2], "--out", "out"],
                                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, cwd=self.folder, env=environment())
            time.sleep(moments.uniform(0, lasts_s))
            process.kill()
            killed += process.wait(timeout=60) == -signal.SIGKILL
            for name in program.WRITTEN:
                path = self.folder / "out" / name
                found = contents(path.parent)[name]
                self.assertTrue(any(found == content[name] for content in whole),
                                f"{name} is neither the old nor the new one (attempt {attempt})")
            check = subprocess.run(["sqlite3", "-readonly", self.folder / "out" / "plan.sqlite",
                                    "pragma integrity_check"], stdout=subprocess.PIPE, check=True)
            self.assertEqual(check.stdout, b"ok\n")
        self.assertGreater(killed, 10)
        # What the killed ones left behind goes with the next run.
        self.assertEqual(self.call("run", shows[0], "--out", "out").status, 0)
        self.assertEqual(contents(self.folder / "out"), whole[0])
        self.assertEqual(sorted(p.name for p in (self.folder / "out").iterdir()), program.WRITTEN)


class FullDisk(ProgramTest):
    def expect_old_result(self, out, before, done):
        self.assertEqual(done.status, 5, done.out + done.err)
        self.assertEqual(done.out, "")
        self.assertRegex(done.err, r"^error: cannot write [^\n]+\n$")
        self.assertNotIn(".tmp", done.err)
        self.assertEqual(contents(out), before)
        self.assertEqual(sorted(p.name for p in out.iterdir()), program.WRITTEN)

    def test_files_that_may_not_grow(self):
        out = self.run_parade()
        before = contents(out)
        sizes = {name: (out / name).stat().st_size for name in program.WRITTEN}
        other = self.show_with("other.yaml", "time: 20 s", "time: 25 s")
        for limit in {0, 100, 4096, *(size // 2 for size in sizes.values())}:
            if limit >= max(sizes.values()):
                continue
            with self.subTest(limit=limit):
                limits = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
                done = self.call("run", other, "--out", "out", preexec_fn=limits)
                self.expect_old_result(out, before, done)

    def test_tracks_that_do_not_fit(self):
        (self.folder / "tracks.json").write_text("old")
        limits = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        done = self.call("plan", self.large_show(20), "--tracks", "tracks.json", preexec_fn=limits)
        self.assertEqual(done.status, 5)
        self.assertEqual((self.folder / "tracks.json").read_text(), "old")
        self.assertEqual([p.name for p in self.folder.iterdir() if p.name.endswith(".tmp")], [])

    def test_a_file_system_of_few_kilobytes(self):
        disk = tempfile.mkdtemp(prefix="defilada-disk-")
        self.addCleanup(os.rmdir, disk)
        script = ('mount -t tmpfs -o size=100k none "$1" || exit 77; cd "$2"; "$0" run "$3" --out "$1"; '
                  'echo status $?; ls -A "$1"')
        done = subprocess.run(["unshare", "--map-root-user", "--mount", "sh", "-c", script, PROGRAM, disk,
                               self.folder, self.large_show(40)], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=environment(), timeout=120)
        if done.returncode in (1, 77) and b"status" not in done.stdout:
            self.skipTest("no small file system can be mounted here: " + done.stderr.decode())
        self.assertEqual(done.stdout, b"status 5\n")
        self.assertRegex(done.stderr, b"No space left on device|disk is full")


class Memory(ProgramTest):
    @unittest.skipIf(program.SANITIZED, "a sanitizer needs the memory itself")
    def test_is_little(self):
        limit = 120 << 20
        done = self.call("run", program.PARADE, "--out", "out", preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_AS, (limit, limit)))
        self.assertEqual((done.status, done.err), (0, ""))


class Unwritable(ProgramTest):
    def test_folder(self):
        if os.geteuid() == 0:
            done = self.call("run", program.PARADE, "--out", "/proc/defilada-test")
        else:
            (self.folder / "closed").mkdir(mode=0o555)
            done = self.call("run", program.PARADE, "--out", "closed")
        self.assertEqual((done.status, done.out), (5, ""))
        self.assertIn("cannot write into '", done.err)

    def test_below_a_file(self):
        (self.folder / "file").write_text("kept")
        done = self.call("run", program.PARADE, "--out", "file/below")
        self.assertEqual((done.status, done.out), (5, ""))
        self.assertEqual((self.folder / "file").read_text(), "kept")

    def test_a_folder_in_the_place_of_a_file(self):
        (self.folder / "out" / "run-sheet.html").mkdir(parents=True)
        done = self.call("run", program.PARADE, "--out", "out")
        self.assertEqual((done.status, done.out), (5, ""))
        self.assertIn("run-sheet.html", done.err)


if __name__ == "__main__":
    program.main()
