# SPDX-License-Identifier: MIT
"""Variants: planned beside the base, told, written, compared."""

import json
import sqlite3

import program
from program import ProgramTest

VARIANTS = program.SHOWS / "variants.yaml"
NAMES = ["no flying weather", "late speech", "very late speech", "late guest", "very late guest", "a band more"]


class Variants(ProgramTest):
    def sound(self):
        """The show without the variant that cannot hold."""
        text = VARIANTS.read_text()
        begin = text.index("  very late speech:")
        end = text.index("  late guest:")
        path = self.folder / "sound.yaml"
        path.write_text(text[:begin] + text[end:])
        return path

    def test_all_are_planned_beside_the_base(self):
        summary = self.call_json("check", VARIANTS, status=1)
        self.assertIsNone(summary["variant"])
        self.assertEqual([each["name"] for each in summary["variants"]], NAMES)
        by_name = {each["name"]: each for each in summary["variants"]}
        self.assertEqual([name for name in NAMES if not by_name[name]["holds"]], ["very late speech"])
        impossible = by_name["very late speech"]
        self.assertFalse(impossible["feasible"])
        self.assertIsNone(impossible["end"])
        self.assertGreater(impossible["conflicts"][0]["short_by_s"], 0)
        self.assertRegex(impossible["why"], r"^it misses by ")
        flightless = by_name["no flying weather"]
        self.assertEqual(flightless["slug"], "no-flying-weather")
        self.assertEqual(flightless["because"], "when the cloud is below 300 m")
        self.assertEqual(flightless["changed"], {"items": 2, "contingents": 1, "guests": 0})
        self.assertLess(flightless["end"], summary["end"])
        self.assertEqual(by_name["a band more"]["changed"]["contingents"], 3)

    def test_one_that_cannot_hold_is_a_finding_of_the_base_with_its_line(self):
        done = self.call("check", VARIANTS)
        self.assertEqual(done.status, 1)
        line = next(i for i, text in enumerate(VARIANTS.read_text().splitlines(), 1) if "very late speech:" in text)
        self.assertIn(f"variants.yaml:{line}:3: error: the variant 'very late speech' cannot hold: ", done.out)
        self.assertIn("[variant.cannot-hold]", done.out)
        self.assertIn("  very late speech: cannot hold\n", done.out)
        self.assertRegex(done.out, r"(?m)^  late guest: holds, 11:45:00 to 12:\d\d:\d\d; changed: 1 item, 0 contingents, 1 guest$")

    def test_without_them_nothing_is_planned_of_them(self):
        summary = self.call_json("check", VARIANTS, "--no-variants")
        self.assertIsNone(summary["variants"])
        self.assertIsNone(summary["seconds"]["variants"])

    def test_a_variant_in_place_of_the_base(self):
        for name in ("no flying weather", "no-flying-weather"):
            summary = self.call_json("check", VARIANTS, "--variant", name)
            self.assertEqual(summary["variant"], "no flying weather")
            self.assertIsNone(summary["variants"])
            self.assertEqual(summary["helicopters"], 0)
        done = self.call("check", VARIANTS, "--variant", "very late speech")
        self.assertEqual(done.status, 4)
        self.assertIn("statements cannot all hold", done.err)
        self.assertEqual(self.call("brief", VARIANTS, "--variant", "late guest").status, 0)
        cues = self.call_json("check", VARIANTS, "--variant", "late speech", "--cues")["cue_list"]
        self.assertTrue(any(cue["id"] == "speech.starts" and "T12:01:00" in cue["time"] for cue in cues))

    def test_the_separation_of_a_variant_is_proven_when_it_is_checked(self):
        self.assertGreater(self.call_json("check", VARIANTS, "--variant", "late speech")["proof"]["pairs"], 0)
        text = VARIANTS.read_text(encoding="utf-8")
        closer = "variants:\n  closed up:\n    set: {marches / column / defaults / block / interval: 0.48 m}\n"
        (self.folder / "closer.yaml").write_text(text.replace("variants:\n", closer), encoding="utf-8")
        done = self.call("check", "closer.yaml", "--variant", "closed up")
        self.assertEqual(done.status, 1, done.err)
        self.assertIn("[movement.slots-too-near]", done.out)
        nearer = closer.replace("0.48 m", "0.46 m")
        (self.folder / "nearer.yaml").write_text(text.replace("variants:\n", nearer), encoding="utf-8")
        done = self.call("check", "nearer.yaml", "--variant", "closed up", "--certificate", "c")
        self.assertEqual(done.status, 1, done.err)
        self.assertIn("[movement.slots-too-near]", done.out)
        self.assertNotIn("[plan.too-near]", done.out)  # the same cause
        self.assertIn("no certificate: ", done.out)

    def test_one_that_is_not_there_is_a_fault_of_the_command(self):
        done = self.call("check", VARIANTS, "--variant", "no flying wether")
        self.assertEqual(done.status, 2)
        self.assertIn("has no variant 'no flying wether'", done.err)
        self.assertIn("did you mean 'no flying weather'?", done.err)
        done = self.call("check", program.PARADE, "--variant", "x")
        self.assertEqual(done.status, 2)
        self.assertIn("it has none", done.err)

    def test_the_files_of_a_variant_lie_in_a_folder_of_its_own(self):
        done = self.call("run", VARIANTS, "--variant", "late guest", "--no-pdf")
        self.assertEqual(done.status, 0, done.err)
        folder = self.folder / "out/variants/variants/late-guest"
        self.assertTrue((folder / "plan.sqlite").is_file())
        self.assertFalse((self.folder / "out/variants/plan.sqlite").exists())
        summary = json.loads((folder / "summary.json").read_text())
        self.assertEqual(summary["variant"], "late guest")
        self.assertIn("Small parade: late guest", (folder / "run-sheet.html").read_text())

    def test_the_base_tells_what_they_change(self):
        done = self.call("run", self.sound(), "--out", "out", "--no-pdf")
        self.assertEqual(done.status, 0, done.err)
        self.assertIn("variants     5 planned; all hold", done.out)
        page = (self.folder / "out/run-sheet.html").read_text()
        self.assertIn('id="variants"', page)
        self.assertIn("No flying weather", page)
        database = sqlite3.connect(self.folder / "out/plan.sqlite")
        rows = database.execute("SELECT name, feasible, holds, why FROM variants").fetchall()
        self.assertEqual(len(rows), 5)
        self.assertTrue(all(row[1:] == (1, 1, "") for row in rows))
        changes = database.execute("SELECT whom, name, about, before, after FROM variant_changes "
                                   "WHERE variant = 'late guest' AND whom = 'guest'").fetchall()
        self.assertEqual(changes, [("guest", "beta", "arrives", 42330.0, 42405.0)])

    def test_the_polish_sheet_tells_them_in_polish(self):
        self.assertEqual(self.call("sheet", self.sound(), "--out", "out", "--no-pdf", "--lang", "pl").status, 0)
        page = (self.folder / "out/run-sheet.html").read_text()
        for words in ("Warianty", "Pogoda nielotna", "Plan podstawowy", "odpada"):
            self.assertIn(words, page)

    def test_the_base_is_compared_with_a_variant(self):
        done = self.call("diff", VARIANTS, "--variant", "no flying weather")
        self.assertEqual((done.status, done.err), (0, ""))
        self.assertIn("  helicopters is gone", done.out)
        done = self.call("diff", VARIANTS, "--variant", "late guest")
        self.assertIn("guests\n  beta arrives: 11:46:45.0, was 11:45:30.0 (75.0 s later)\n", done.out)
        found = self.call_json("diff", VARIANTS, "--variant", "late guest")
        self.assertEqual([guest["name"] for guest in found["guests"]], ["beta"])
        self.assertEqual(self.call("diff", VARIANTS, "--variant", "very late speech").status, 4)
        done = self.call("diff", VARIANTS, VARIANTS, "--variant", "late guest")
        self.assertEqual(done.status, 2)
        self.assertIn("with --variant there is one show", done.err)

    def test_the_same_twice(self):
        show = self.sound()
        for folder in ("a", "b"):
            self.assertEqual(self.call("plan", show, "--out", folder).status, 0)
        self.assertEqual((self.folder / "a/plan.sqlite").read_bytes(), (self.folder / "b/plan.sqlite").read_bytes())


if __name__ == "__main__":
    program.main()
