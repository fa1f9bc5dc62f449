# SPDX-License-Identifier: MIT
"""scripts/bench and scripts/check-scaling, run on made-up benchmark programs and reports."""
import json
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent

PROGRAM = """#!/usr/bin/env python3
import json, re, sys
options = dict(word.lstrip("-").split("=", 1) for word in sys.argv[1:])
rows = [{"name": n, "run_type": "iteration", "real_time": 1.0, "time_unit": "ms"} for n in NAMES
        if re.search(options["benchmark_filter"], n)]
if not rows:
    sys.stderr.write("Failed to match any benchmarks against regex\\n")
    sys.exit(0)
json.dump({"context": {"executable": sys.argv[0]}, "benchmarks": rows},
          open(options["benchmark_out"], "w"))
"""


class Bench(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.scratch.name)
        self.addCleanup(self.scratch.cleanup)
        # A build folder whose build program does nothing: the benchmarks are there already.
        self.programs = []
        for name, names in (("a_bench", ["plan/beijing", "plan/scaled/10"]), ("b_bench", ["proof/1"])):
            program = self.folder / name
            program.write_text(PROGRAM.replace("NAMES", repr(names)), encoding="utf-8")
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
            self.programs.append(str(program))
        (self.folder / "CMakeCache.txt").write_text(
            "CMAKE_PROJECT_NAME:STATIC=pretended\nCMAKE_GENERATOR:INTERNAL=Unix Makefiles\n"
            f"CMAKE_MAKE_PROGRAM:FILEPATH={shutil.which('true')}\n", encoding="utf-8")
        (self.folder / "benches.txt").write_text("\n".join(self.programs), encoding="utf-8")

    def bench(self, pattern):
        out = self.folder / "deep" / "out.json"
        done = subprocess.run(
            [sys.executable, str(ROOT / "scripts" / "bench"), "--build", str(self.folder), "--json",
             str(out), "--filter", pattern], text=True, capture_output=True, check=False)
        names = [b["name"] for b in json.loads(out.read_text())["benchmarks"]] if out.exists() else []
        return done.returncode, names, done.stderr

    def test_one_report_of_all_programs(self):
        self.assertEqual(self.bench(".")[:2], (0, ["plan/beijing", "plan/scaled/10", "proof/1"]))

    def test_the_filter_may_leave_a_program_out(self):
        self.assertEqual(self.bench("scaled")[:2], (0, ["plan/scaled/10"]))

    def test_a_filter_that_matches_nothing_fails(self):
        status, names, errors = self.bench("nothing")
        self.assertEqual((status, names), (1, []))
        self.assertIn("no benchmark matches 'nothing'", errors)

    def test_a_name_twice_fails(self):
        (self.folder / "benches.txt").write_text("\n".join(self.programs + self.programs[:1]))
        status, names, errors = self.bench(".")
        self.assertEqual((status, names), (1, []))
        self.assertIn("two benchmarks are named plan/beijing", errors)

    def test_a_program_that_fails_fails_all(self):
        pathlib.Path(self.programs[1]).write_text("#!/bin/sh\nexit 3\n")
        status, names, errors = self.bench(".")
        self.assertEqual((status, names), (1, []))
        self.assertIn("b_bench ended with status 3", errors)


class Scaling(unittest.TestCase):
    def scaling(self, times):
        rows = [{"name": f"plan/scaled/{n}/real_time", "real_time": t, "time_unit": "ms"}
                for n, t in times.items()]
        with tempfile.NamedTemporaryFile("w", suffix=".json") as report:
            json.dump({"benchmarks": rows}, report)
            report.flush()
            done = subprocess.run([sys.executable, str(ROOT / "scripts" / "check-scaling"), report.name,
                                   "plan/scaled"], text=True, capture_output=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def test_linear_passes(self):
        self.assertEqual(self.scaling({10000: 100, 20000: 205, 40000: 430})[0], 0)

    def test_quadratic_fails(self):
        status, output = self.scaling({10000: 100, 20000: 400})
        self.assertEqual(status, 1)
        self.assertIn("TOO STEEP", output)

    def test_a_report_without_the_name_fails(self):
        self.assertEqual(self.scaling({10000: 100})[0], 1)


if __name__ == "__main__":
    unittest.main()
