#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""defilada draw: which files it writes, what they are, and what it says of what it cannot draw."""
import struct
import unittest
import xml.etree.ElementTree

import program
from program import INFEASIBLE, PARADE


class DrawTest(program.ProgramTest):
    def names(self, folder="out"):
        return sorted(path.name for path in (self.folder / folder).iterdir())

    def test_draws_everything_as_svg(self):
        done = self.call("draw", PARADE, "--out", "out")
        self.assertEqual(done.status, 0, done.err)
        names = self.names()
        for name in ("gantt.svg", "poster.svg", "site.svg"):
            self.assertIn(name, names)
        self.assertTrue(any(name.startswith("time-distance-") for name in names), names)
        self.assertTrue(any(name.startswith("order-") for name in names), names)
        self.assertEqual(done.out.split(), [f"out/{name}" for name in
                                            (line.rsplit("/", 1)[1] for line in done.out.split())])
        self.assertEqual(sorted(line.rsplit("/", 1)[1] for line in done.out.split()), names)
        for name in names:
            root = xml.etree.ElementTree.parse(self.folder / "out" / name).getroot()
            self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")

    def test_draws_what_is_asked_for(self):
        found = self.call_json("draw", PARADE, "gantt", "site", "--out", "out", "--lang", "pl")
        self.assertEqual(found["format"], "defilada-pictures/1")
        self.assertEqual(found["language"], "pl")
        self.assertTrue(found["feasible"])
        self.assertEqual({each["what"] for each in found["pictures"]}, {"gantt", "site"})
        self.assertIn("Oś czasu", [each["title"] for each in found["pictures"]])
        for each in found["pictures"]:
            self.assertTrue((self.folder / each["file"]).is_file())
            self.assertGreater(each["width_mm"], 0)

    def test_a_png_is_as_wide_as_asked(self):
        done = self.call("draw", PARADE, "gantt", "--format", "png", "--width", "640", "--out", "out")
        self.assertEqual(done.status, 0, done.err)
        data = (self.folder / "out" / "gantt.png").read_bytes()
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual(struct.unpack(">I", data[16:20])[0], 640)

    def test_the_poster_is_a_page_of_a2(self):
        done = self.call("draw", PARADE, "poster", "--format", "pdf", "--out", "out")
        self.assertEqual(done.status, 0, done.err)
        data = (self.folder / "out" / "poster.pdf").read_bytes()
        self.assertEqual(data[:5], b"%PDF-")
        found = self.call_json("draw", PARADE, "poster", "--out", "svg")
        self.assertEqual([(each["width_mm"], each["height_mm"]) for each in found["pictures"]],
                         [(594.0, 420.0)])

    def test_writes_the_same_twice(self):
        for folder in ("a", "b"):
            self.assertEqual(self.call("draw", PARADE, "--out", folder, "--quiet").status, 0)
        self.assertEqual(program.contents(self.folder / "a"), program.contents(self.folder / "b"))

    def test_a_programme_that_cannot_hold_still_has_its_site(self):
        done = self.call("draw", INFEASIBLE, "--out", "out")
        self.assertEqual(done.status, 4, done.err)
        self.assertIn("site.svg", self.names())
        self.assertNotIn("gantt.svg", self.names())
        self.assertNotEqual(done.err, "")
        found = self.call_json("draw", INFEASIBLE, "gantt", "--out", "none", status=4)
        self.assertEqual((found["feasible"], found["pictures"]), (False, []))

    def test_says_what_it_does_not_know(self):
        for args, words in ((("gant",), "did you mean 'gantt'"),
                            (("--width", "640"), "--format png"),
                            (("--format", "png", "--width", "0"), "from 1 to"),
                            (("--format", "png", "--width", "9", "--dpi", "9"), "exclude")):
            done = self.call("draw", PARADE, *args, "--out", "out")
            self.assertEqual(done.status, 2, args)
            self.assertIn(words, done.err)
            self.assertFalse((self.folder / "out").exists())

    def test_a_picture_too_large_writes_nothing(self):
        done = self.call("draw", PARADE, "poster", "--format", "png", "--dpi", "2400", "--out", "out")
        self.assertEqual(done.status, 2, done.err)
        self.assertIn("30000", done.err)
        self.assertEqual(self.names(), [])

    def test_help_has_the_kinds_of_pictures(self):
        done = self.call("draw", "--help")
        self.assertEqual(done.status, 0)
        for word in ("[WHAT...]", "time-distance", "poster"):
            self.assertIn(word, done.out)


if __name__ == "__main__":
    program.main()
