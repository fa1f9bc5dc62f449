# SPDX-License-Identifier: MIT
"""defilada figure: for whom a figure in the air reads, and the edit that makes it read for more."""
import re
import shutil
import signal
import subprocess
import time
import unittest

import program
from program import INFEASIBLE, PARADE, PROGRAM, ProgramTest

SHOW = """defilada: 1
title: A figure
date: 2026-05-03
zone: Europe/Warsaw
kinds:
  helicopter: {category: helicopter, body: {length: 12 m, width: 11 m, height: 3 m}, speed: {max: 60 m/s},
               acceleration: 3 m/s2, bank: 30 deg, separation: {horizontal: 15 m, vertical: 10 m}}
site:
  origin: {lat: 52.25, lon: 21.01}
  air lines: {line: {points: [[5000 m, 0 m], [-5000 m, 0 m]]}}
  stations: {middle: {route: line, abeam: [0 m, 0 m]}}
  stands:
    north stand: {polygon: [[-50 m, 90 m], [50 m, 90 m], [50 m, 110 m], [-50 m, 110 m]], capacity: 3000}
    south stand: {polygon: [[-60 m, -150 m], [60 m, -150 m], [60 m, -190 m], [-60 m, -190 m]], capacity: 1000}
flypasts:
  flight:
    line: line
    over: middle
    height: {agl: 200 m}
    speed: 40 m/s
    order:
      - eighty: {kind: helicopter, figure: {FIGURE}}
programme: [{flypast item: {flypast: flight, at: 10:00}}]
"""
PLAIN = "{text: 80, slots: 26, spacing: 20 m}"
PLACED = "{text: 80, slots: 26, spacing: 20 m, reads from: {stand: north stand, before: 200 m}}"


class FigureTest(ProgramTest):
    def show(self, figure, name="sky.yaml"):
        path = self.folder / name
        path.write_text(SHOW.replace("{FIGURE}", figure), encoding="utf-8")
        return path

    def applied(self, path, fix, name):
        """The show with the edits of --json, the last first."""
        text = path.read_bytes()
        for edit in sorted(fix["edits"], key=lambda each: each["start"], reverse=True):
            text = text[:edit["start"]] + edit["new"].encode() + text[edit["end"]:]
        changed = self.folder / name
        changed.write_bytes(text)
        return changed

    def test_says_for_whom_it_reads(self):
        found = self.call_json("figure", self.show(PLACED), "--places", "30")
        self.assertEqual(found["format"], "defilada-figure/1")
        [figure] = found["figures"]
        self.assertEqual((figure["figure"], figure["slots"], figure["contingent"]), ("80", 26, "eighty"))
        self.assertEqual(figure["reads_from"]["stand"], "north stand")
        self.assertAlmostEqual(figure["least_spacing_m"], 20, places=2)
        # 200 m before it is over the middle, at 40 m/s.
        self.assertRegex(figure["moment"], r"^2026-05-03T09:59:5")
        stands = {stand["stand"]: stand for stand in figure["stands"]}
        north = stands["north stand"]
        self.assertGreater(north["share"], 0.5)
        self.assertTrue(north["middle"]["reads"])
        self.assertGreater(north["middle"]["correlation"], 0.95)
        self.assertGreaterEqual(north["seconds"], 1)
        people = sum(each["share"] * each["capacity"] for each in figure["stands"])
        self.assertAlmostEqual(figure["spectators"], people, delta=1)
        self.assertAlmostEqual(figure["share"], people / 4000, places=3)
        text = self.call("figure", self.folder / "sky.yaml", "--places", "30")
        self.assertEqual((text.status, text.err), (0, ""))
        for words in ("80", "eighty", "north stand", "south stand", "200\u00a0m before middle"):
            self.assertIn(words, text.out)
        polish = self.call("figure", self.folder / "sky.yaml", "--places", "5", "--lang", "pl")
        self.assertIn("czytelna dla", polish.out)

    def test_the_edit_of_best_makes_it_read_for_more(self):
        path = self.show(PLAIN)
        [plain] = self.call_json("figure", path, "eighty", "--best", "--keep-height",
                                 "--keep-spacing", "--places", "20")["figures"]
        best = plain["best"]
        self.assertGreater(best["spectators"], plain["spectators"])
        self.assertEqual((best["height_m"], best["spacing_m"]), (200, 20))
        mended = self.applied(path, best["fix"], "mended.yaml")
        [figure] = self.call_json("figure", mended, "--places", "20")["figures"]
        self.assertAlmostEqual(figure["spectators"], best["spectators"], delta=1)
        done = self.call("check", mended)
        self.assertNotIn("figure.", done.out + done.err)

    def test_check_tells_of_a_figure_that_is_mirrored_and_fix_mends_it(self):
        path = self.show(PLAIN)
        done = self.call("check", path)
        self.assertEqual(done.status, 0, done.err)
        self.assertRegex(done.out + done.err, r"figure\.mirrored")
        done = self.call("fix", path, "figure.mirrored")
        self.assertEqual(done.status, 0, done.err)
        self.assertRegex(path.read_text(encoding="utf-8"), r"reads from: \{stand: north stand, before: \d+ m\}")
        done = self.call("check", path)
        self.assertNotIn("figure.", done.out + done.err)

    @unittest.skipUnless(shutil.which("tesseract"), "tesseract is not installed")
    def test_a_second_opinion(self):
        [figure] = self.call_json("figure", self.show(PLACED), "--ocr", "--places", "2")["figures"]
        self.assertGreaterEqual(figure["stands"][0]["ocr"], 4)

    def test_without_tesseract_ocr_is_told_to_be_missing(self):
        done = self.call("figure", self.show(PLACED), "--ocr", "--places", "2",
                         env=program.environment(PATH=str(self.folder)))
        self.assertEqual(done.status, 5, done.err)
        self.assertIn("tesseract-ocr", done.err)

    def test_shows_without_figures_and_wrong_names(self):
        done = self.call("figure", PARADE)
        self.assertEqual((done.status, done.out), (0, "The show has no figure in the air.\n"))
        self.assertEqual(self.call_json("figure", PARADE)["figures"], [])
        path = self.show(PLACED)
        done = self.call("figure", path, "eigthy")
        self.assertEqual(done.status, 2)
        self.assertIn("did you mean 'eighty'", done.err)
        done = self.call("figure", path, "eighty", "eighty")
        self.assertEqual(done.status, 2, done.out)
        for wrong in ("0", "many", "10001"):
            done = self.call("figure", path, "--places", wrong)
            self.assertEqual(done.status, 2, wrong)
            self.assertIn("--places", done.err)
        self.assertEqual(self.call("figure", INFEASIBLE).status, 4)

    def test_ctrl_c_ends_the_search(self):
        path = self.show(PLAIN)
        process = subprocess.Popen([PROGRAM, "figure", str(path), "--best", "--places", "10000"],
                                   cwd=self.folder, env=program.environment(),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(out, b"")

    def test_the_view_is_drawn(self):
        path = self.show(PLACED)
        found = self.call_json("draw", path, "figures", "--out", "out")
        [picture] = found["pictures"]
        self.assertEqual(picture["what"], "figures")
        svg = (self.folder / picture["file"]).read_text(encoding="utf-8")
        self.assertTrue(re.search(r"north stand", svg))


if __name__ == "__main__":
    program.main()
