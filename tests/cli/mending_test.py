# SPDX-License-Identifier: MIT
"""Findings that are mended by `fix`, and told to editors by `check --sarif`."""
import json
import pathlib
import stat
import urllib.parse

import program
from program import ProgramTest

TOO_LONG = "movement.line-up-too-long"


class Fix(ProgramTest):
    def too_long(self):
        return self.show_with("long.yaml", "gap: 6 m}", "gap: 60 m}   # as wide as can be")

    def test_without_a_code_lists_what_can_be_mended(self):
        show = self.too_long()
        before = show.read_bytes()
        done = self.call("fix", show)
        self.assertEqual((done.status, done.err), (0, ""))
        self.assertIn(TOO_LONG, done.out)
        self.assertRegex(done.out, rf"long\.yaml:\d+:\d+: '60 m' becomes '[\d.]+ m'")
        self.assertIn(f"defilada fix {show} {TOO_LONG}", done.out)
        listed = self.call_json("fix", show)
        self.assertEqual(listed["format"], "defilada-fix/1")
        self.assertEqual([mend["code"] for mend in listed["mends"]], [TOO_LONG])
        self.assertEqual(show.read_bytes(), before)
        self.assertEqual(self.call("fix", program.PARADE).out, "nothing that an edit could mend\n")
        # Findings there are, and some advise something.
        self.assertRegex(self.call("fix", program.BREAKS_A_RULE).out,
                         r"\Anothing that an edit could mend\n.*yours to choose\n\Z")

    def test_the_finding_is_gone_and_nothing_else_of_the_file_has_changed(self):
        show = self.too_long()
        show.chmod(0o640)
        before = show.read_text()
        self.assertIn(TOO_LONG, self.call("check", show).out)
        done = self.call("fix", show, TOO_LONG)
        self.assertEqual((done.status, done.err), (0, ""))
        after = show.read_text()
        start = before.index("60 m}   #")
        self.assertTrue(after.startswith(before[:start]))
        self.assertTrue(after.endswith(before[start + len("60 m"):]))
        self.assertNotIn("gap: 60 m", after)
        self.assertEqual(stat.S_IMODE(show.stat().st_mode), 0o640)
        self.assertNotIn(TOO_LONG, self.call("check", show).out)
        self.assertEqual(self.call_json("check", show)["findings"]["error"], 0)

    def test_a_dry_run_tells_the_same_and_writes_nothing(self):
        show = self.too_long()
        before = show.read_bytes()
        told = self.call_json("fix", show, TOO_LONG, "--dry-run")
        self.assertEqual(told["written"], [])
        self.assertEqual(told["findings"]["error"], 0)
        self.assertEqual(show.read_bytes(), before)
        self.assertEqual(self.call_json("fix", show, TOO_LONG)["written"], [str(show)])
        self.assertNotEqual(show.read_bytes(), before)

    def test_a_line_may_be_named(self):
        show = self.too_long()
        line = self.call_json("fix", show)["mends"][0]["line"]
        self.assertEqual(self.call("fix", show, f"{TOO_LONG}:{line + 1}").status, 2)
        self.assertEqual(self.call("fix", show, f"{TOO_LONG}:{line}").status, 0)

    def test_the_changes_of_a_conflict_are_tried_by_their_number(self):
        text = program.INFEASIBLE.read_text()
        show = self.folder / "late.yaml"
        show.write_text(text)
        mends = self.call_json("fix", show)["mends"]
        self.assertGreater(len(mends), 1)
        for number, mend in enumerate(mends, 1):
            self.assertEqual(mend["code"], f"conflict.1.{number}")
            done = self.call("fix", show, mend["code"], "--dry-run")
            self.assertEqual(done.status, 0, done.err)
        self.assertEqual(self.call("check", show).status, 4)
        self.assertEqual(self.call("fix", show, "conflict.1.1").status, 0)
        self.assertEqual(self.call("check", show).status, 0)

    def test_what_is_unknown_or_has_no_edit_is_said_and_nothing_is_written(self):
        show = self.too_long()
        before = show.read_bytes()
        done = self.call("fix", show, "movement.line-up-to-long", TOO_LONG)
        self.assertEqual(done.status, 2)
        self.assertIn(f"did you mean '{TOO_LONG}'?", done.err)
        done = self.call("fix", program.BREAKS_A_RULE, "movement.outer-file-pace")
        self.assertEqual(done.status, 2)
        self.assertIn("no edit is known", done.err)
        self.assertEqual(self.call("fix", program.BAD_INPUT).status, 3)
        self.assertEqual(self.call("fix", "nowhere").status, 3)
        self.assertEqual(show.read_bytes(), before)

    def test_a_proven_conflict_is_mended_by_its_own_edit(self):
        """Two blocks follow each other nearer than marchers may: the proof finds it, and the spacing that clears it."""
        text = program.PARADE.read_text(encoding="utf-8").replace("    least gap: 4 m\n", "").replace("time: 20 s", "time: 6 s")
        show = self.folder / "near.yaml"
        show.write_text(text, encoding="utf-8")
        told = self.call_json("check", show, "--findings", status=1)
        self.assertLess(told["proof"]["least_margin_m"], 0)
        near = [each for each in told["finding_list"] if each["code"] == "plan.too-near"]
        self.assertEqual(len(near), 2)  # one for each pair of contingents, not for each pair of marchers
        self.assertRegex(near[0]["message"], r"^sports club closes to 0\.\d\d m behind scouts .*0\.50 m wanted")
        self.assertEqual(self.call("fix", show, "plan.too-near").status, 0)
        after = self.call_json("check", show, "--findings")
        self.assertGreater(after["proof"]["least_margin_m"], 0)
        self.assertNotIn("plan.too-near", [each["code"] for each in after["finding_list"]])
        self.assertEqual(show.read_text(encoding="utf-8").replace("time: 7 s", "time: 6 s"), text)

    def test_a_link_stays_a_link(self):
        show = self.too_long()
        link = self.folder / "link.yaml"
        link.symlink_to(show.name)
        self.assertEqual(self.call("fix", link, TOO_LONG).status, 0)
        self.assertTrue(link.is_symlink())
        self.assertNotIn("gap: 60 m", show.read_text())


class Sarif(ProgramTest):
    def log(self, show, status):
        done = self.call("check", show, "--sarif", "log.sarif")
        self.assertEqual(done.status, status, done.err)
        log = json.loads((self.folder / "log.sarif").read_text(encoding="utf-8"))
        self.assertEqual(log["version"], "2.1.0")
        (run,) = log["runs"]
        codes = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
        for result in run["results"]:
            self.assertIn(result["ruleId"], codes)
            self.assertIn(result["level"], ("error", "warning", "note"))
            self.assertTrue(result["message"]["text"])
            for location in [*result.get("locations", []), *result.get("relatedLocations", [])]:
                self.check_region(location["physicalLocation"]["artifactLocation"],
                                  location["physicalLocation"]["region"])
            for fix in result.get("fixes", []):
                for change in fix["artifactChanges"]:
                    for replacement in change["replacements"]:
                        self.check_region(change["artifactLocation"], replacement["deletedRegion"])
        return run["results"]

    def check_region(self, artifact, region):
        """Lines and columns say the same as the offsets."""
        text = self.text_of(artifact)
        begin, end = region["byteOffset"], region["byteOffset"] + region["byteLength"]
        for offset, line, column in ((begin, "startLine", "startColumn"), (end, "endLine", "endColumn")):
            before = text[:offset].decode()
            self.assertEqual(region[line], before.count("\n") + 1)
            self.assertEqual(region[column], len(before) - (before.rfind("\n") + 1) + 1)

    def text_of(self, artifact):
        uri = urllib.parse.urlsplit(artifact["uri"])
        return (self.folder / pathlib.Path(urllib.parse.unquote(uri.path))).read_bytes()

    def test_findings_stand_at_their_lines_with_their_fixes(self):
        show = self.show_with("łuk i ogień.yaml", "gap: 6 m}", "gap: 60 m}")
        (result,) = [each for each in self.log(show, 1) if each["ruleId"] == TOO_LONG]
        self.assertEqual((result["ruleId"], result["level"]), (TOO_LONG, "error"))
        change = result["fixes"][0]["artifactChanges"][0]
        (replacement,) = change["replacements"]
        region = replacement["deletedRegion"]
        text = self.text_of(change["artifactLocation"])
        self.assertEqual(text[region["byteOffset"]:][:region["byteLength"]], b"60 m")
        self.assertRegex(replacement["insertedContent"]["text"], r"^[\d.]+ m$")

    def test_bad_input_and_conflicts_are_in_it_too(self):
        results = self.log(program.BAD_INPUT, 3)
        self.assertTrue(all(result["level"] == "error" for result in results))
        (conflict,) = self.log(program.INFEASIBLE, 4)
        self.assertEqual(conflict["ruleId"], "programme.conflict")
        self.assertGreater(len(conflict["fixes"]), 1)
        self.assertGreater(len(conflict["relatedLocations"]), 2)

    def test_a_show_without_findings_has_an_empty_log(self):
        self.assertEqual(self.log(program.PARADE, 0), [])

    def test_a_place_that_cannot_be_written_to_is_told(self):
        self.assertEqual(self.call("check", program.PARADE, "--sarif", "missing/log.sarif").status, 5)
        self.assertEqual(self.call("check", program.PARADE, "--sarif", "-").status, 2)


if __name__ == "__main__":
    program.main()
