# SPDX-License-Identifier: MIT
"""What the tests of the program share: how it is called, and the shows it is called with."""
import collections
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SHOWS = SOURCE / "tests" / "shows"
# CTest says which; by hand, the program of `make test`.
PROGRAM = os.environ.get("DEFILADA_PROGRAM", str(SOURCE / "build/dev/apps/defilada/defilada"))

if not os.access(PROGRAM, os.X_OK):
    raise SystemExit(f"no program at {PROGRAM}: build it first (make test), or set DEFILADA_PROGRAM")
# A sanitizer reserves more address space than any limit leaves.
SANITIZED = any(mark in pathlib.Path(PROGRAM).read_bytes() for mark in (b"__asan_init", b"__tsan_init"))

PARADE = SHOWS / "parade.yaml"
INFEASIBLE = SHOWS / "infeasible.yaml"
BREAKS_A_RULE = SHOWS / "breaks-a-rule.yaml"
BAD_INPUT = SHOWS / "bad-input.yaml"
NAMES = SHOWS / "names.yaml"

COMMANDS = ["run", "check", "plan", "prove", "crowd", "verify", "sheet", "diff", "rehearsal", "figure", "brief", "draw", "fix", "new", "studio", "schema", "completion", "man", "version"]
PLANNING = ["run", "check", "plan", "sheet"]
# Whether the program was built with the player of the playback (CMake option DEFILADA_PLAYER).
PLAYER = os.environ.get("DEFILADA_PLAYER", "1") == "1"
WRITTEN = ["brief.html", "brief.md", "plan.sqlite", *(["playback.html"] if PLAYER else []), "run-sheet.html", "run-sheet.pdf", "summary.json"]

Outcome = collections.namedtuple("Outcome", "status out err")


def environment(**changes):
    """The caller's, without what would change how the program speaks; None takes a name away."""
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "DEFILADA_CATALOGUE")}
    env["TERM"] = "xterm"
    for name, value in changes.items():
        env.pop(name, None) if value is None else env.update({name: value})
    return env


class ProgramTest(unittest.TestCase):
    """Each test has an empty folder and stands in it."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="defilada-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def call(self, *args, program=PROGRAM, cwd=None, env=None, **options):
        done = subprocess.run([str(program), *map(str, args)], cwd=cwd or self.folder,
                              env=env or environment(), stdin=subprocess.DEVNULL,
                              stdout=options.pop("stdout", subprocess.PIPE),
                              stderr=options.pop("stderr", subprocess.PIPE), timeout=120, **options)
        return Outcome(done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode())

    def call_json(self, *args, status=0, **options):
        """The object on standard output, which holds nothing else."""
        done = self.call(*args, "--json", **options)
        self.assertEqual(done.status, status, done.err)
        return json.loads(done.out)

    def run_parade(self, out="out"):
        done = self.call("run", PARADE, "--out", out)
        self.assertEqual(done.status, 0, done.err)
        return self.folder / out

    def show_with(self, name, old, new):
        """A copy of the small parade with one text in place of another."""
        text = PARADE.read_text(encoding="utf-8")
        self.assertIn(old, text)
        path = self.folder / name
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    def large_show(self, blocks, files=20, ranks=25):
        """So many blocks one behind the other, on a street that is long enough, that planning and
        writing them takes a while."""
        text = PARADE.read_text(encoding="utf-8").split("\nrules:")[0]
        for old, new in {
                "time: 20 s": "time: 30 s",
                "[[-200 m, 0 m]": "[[-%d m, 0 m]" % (200 + blocks * 40),
                "      - fire brigade:\n      - scouts:\n      - sports club:\n":
                    "      - guard: {times: %d, block: {files: %d, ranks: %d, interval: 0.9 m, distance: 1.2 m}}\n"
                    % (blocks, files, ranks)}.items():
            self.assertIn(old, text)
            text = text.replace(old, new)
        path = self.folder / "large.yaml"
        path.write_text(text, encoding="utf-8")
        return path


def contents(folder):
    """Name to bytes of what lies in a folder, hidden files too; the summary without its seconds,
    which differ from run to run."""
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if not path.is_file():
            continue
        found[path.name] = path.read_bytes()
        if path.name == "summary.json":
            summary = json.loads(found[path.name])
            del summary["seconds"]
            found[path.name] = json.dumps(summary).encode()
    return found


def main():
    unittest.main(verbosity=1)
