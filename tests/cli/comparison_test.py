# SPDX-License-Identifier: MIT
"""Two issues of a plan, and a rehearsal held against one."""

import program
from program import ProgramTest


class Diff(ProgramTest):
    def test_the_same_show_has_not_changed(self):
        done = self.call("diff", program.PARADE, program.PARADE)
        self.assertEqual((done.status, done.err), (0, ""))
        self.assertRegex(done.out, r"^nothing changed: \d+ items and \d+ contingents as before\n$")

    def test_a_plan_that_was_issued_is_compared_with_the_show_of_today(self):
        self.assertEqual(self.call("plan", program.PARADE, "--out", "issued").status, 0)
        later = self.show_with("later.yaml", "time: 20 s", "time: 26 s")
        for before in ("issued", "issued/plan.sqlite"):
            done = self.call("diff", before, later)
            self.assertEqual((done.status, done.err), (0, ""))
            self.assertRegex(done.out, r"(?m)^  scouts: .*6\.0 s later")
            self.assertRegex(done.out, r"(?m)^  sports club: .*12\.0 s later")
            self.assertNotIn("fire brigade:", done.out)
        found = self.call_json("diff", "issued", later)
        self.assertEqual(found["format"], "defilada-diff/1")
        scouts = next(c for c in found["contingents"] if c["name"] == "scouts")
        self.assertAlmostEqual(scouts["moves"][-1]["shift_s"], 6, places=5)
        self.assertEqual(self.call_json("diff", "issued", later, "--within", "1 h")["contingents"][0]["moves"], [])

    def test_who_is_gone_and_who_comes_behind_another_is_told(self):
        without = self.show_with("without.yaml", "      - scouts:\n", "")
        done = self.call("diff", program.PARADE, without)
        self.assertIn("  scouts is gone", done.out)
        self.assertIn("  sports club behind: fire brigade, was scouts", done.out)
        self.assertIn("  scouts is new", self.call("diff", without, program.PARADE).out)

    def test_what_cannot_be_compared_is_said(self):
        self.assertEqual(self.call("diff", program.PARADE, program.INFEASIBLE).status, 4)
        self.assertEqual(self.call("diff", program.BAD_INPUT, program.PARADE).status, 3)
        (self.folder / "x.sqlite").write_text("not a database at all, not even nearly one")
        done = self.call("diff", "x.sqlite", program.PARADE)
        self.assertEqual(done.status, 3)
        self.assertIn("'x.sqlite' is not a plan that can be read", done.err)
        self.assertEqual(self.call("diff", "y.sqlite", program.PARADE).status, 5)
        done = self.call("diff", program.PARADE)
        self.assertEqual(done.status, 2)
        self.assertIn("'diff' needs an AFTER", done.err)
        self.assertEqual(self.call("diff", program.PARADE, program.PARADE, "--within", "2").status, 2)


class Rehearsal(ProgramTest):
    def write(self, *rows):
        (self.folder / "measured.csv").write_text("cue,time,note\n" + "".join(r + "\n" for r in rows))

    def test_cue_by_cue(self):
        planned = {c["id"]: c["time"] for c in self.call_json("check", program.PARADE, "--cues")["cue_list"]}
        head = planned["scouts.head@salute-line"][11:19]
        self.write(f"head of scouts crosses salute line,{head},", "welcome ends,23:00:00,rain")
        done = self.call("rehearsal", program.PARADE, "measured.csv")
        self.assertEqual((done.status, done.err), (0, ""))
        self.assertRegex(done.out, r"(?m)welcome ends .*beyond what the plan can take.*\(rain\)$")
        self.assertIn("2 cues measured", done.out)
        found = self.call_json("rehearsal", program.PARADE, "measured.csv")["cues"]
        by_id = {c["id"]: c for c in found}
        self.assertLess(abs(by_id["scouts.head@salute-line"]["late_s"]), 1)
        self.assertGreater(by_id["welcome.ends"]["beyond_s"], 3600)

    def test_faults_are_told_all_at_once(self):
        self.write("head of scuots crosses salute line,10:00,", "welcome ends,noon,")
        done = self.call("rehearsal", program.PARADE, "measured.csv")
        self.assertEqual((done.status, done.out), (3, ""))
        self.assertIn("measured.csv:2:1: error: the plan has no cue", done.err)
        self.assertIn("did you mean 'head of scouts crosses salute line'?", done.err)
        self.assertIn("measured.csv:3:14: error:", done.err)
        found = self.call_json("rehearsal", program.PARADE, "measured.csv", status=3)
        self.assertEqual([d["code"] for d in found["diagnostics"]], ["rehearsal.cue", "rehearsal.time"])
        self.assertEqual(self.call("rehearsal", program.PARADE, "none.csv").status, 5)


if __name__ == "__main__":
    program.main()
