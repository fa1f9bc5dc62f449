# SPDX-License-Identifier: MIT
"""The contract with other programs: docs/formats.md."""
import datetime
import json

import program
from program import ProgramTest

KEYS = ["format", "show", "contingents", "people", "people_by_role", "movers", "mounted", "vehicles",
        "aeroplanes", "helicopters", "drones", "spectators", "cues", "feasible", "start", "end",
        "findings", "proof", "seconds", "outputs", "variant", "variants"]
COUNTS = KEYS[2:4] + KEYS[5:13]
FINDING = ["severity", "code", "message", "file", "line", "column", "t0_s", "t1_s", "place", "who", "fix"]
CUE = ["id", "time", "earliest", "latest", "slack_s"]
DIAGNOSTIC = ["severity", "code", "message", "file", "line", "column", "expected", "suggestion"]


class Summary(ProgramTest):
    def test_has_the_keys_of_the_contract_in_their_order(self):
        for command in program.PLANNING:
            summary = self.call_json(command, program.PARADE)
            self.assertEqual(list(summary), KEYS)
            self.assertEqual(list(summary["findings"]), ["error", "warning", "note"])
            self.assertEqual(list(summary["seconds"]),
                             ["read", "programme", "tracks", "proof", "crowd", "write", "variants"])
            for key in COUNTS:
                self.assertIs(type(summary[key]), int, key)

    def test_says_what_the_show_says(self):
        summary = self.call_json("check", program.PARADE)
        self.assertEqual(summary["format"], "defilada-summary/1")
        self.assertEqual(summary["show"], "parade")
        self.assertEqual(summary["contingents"], 3)
        self.assertEqual(summary["people"], 3 * 6 * 8)
        self.assertEqual(summary["people_by_role"], {"marchers": 144})
        self.assertEqual(summary["movers"], 144)
        self.assertEqual(summary["spectators"], 900)
        self.assertTrue(summary["feasible"])

    def test_a_stage_that_did_not_run_is_null(self):
        check = self.call_json("check", program.PARADE)
        for stage in ("crowd", "write"):
            self.assertIsNone(check["seconds"][stage])
        self.assertEqual(check["outputs"], [])
        plan = self.call_json("plan", program.PARADE)
        self.assertIsNone(plan["proof"])
        self.assertIsNone(plan["seconds"]["proof"])
        run = self.call_json("run", program.PARADE)
        self.assertIsNone(run["seconds"]["crowd"])
        self.assertEqual(run["proof"]["pairs"], 144 * 143 // 2)
        self.assertGreater(run["proof"]["least_margin_m"], 0)
        self.assertLess(run["proof"]["least_margin_m"], 1)
        for stage in ("read", "programme", "tracks", "proof", "write"):
            self.assertGreaterEqual(run["seconds"][stage], 0)
        self.assertGreater(run["seconds"]["write"], 0)

    def test_times_carry_the_offset_of_the_zone(self):
        summary = self.call_json("check", program.PARADE)
        start = datetime.datetime.fromisoformat(summary["start"])
        end = datetime.datetime.fromisoformat(summary["end"])
        self.assertEqual(start.utcoffset(), datetime.timedelta(hours=2))  # Warsaw in May
        self.assertEqual(summary["start"], "2026-05-03T12:00:00+02:00")
        # Welcome and pause 4 min, the third head 40 s after the first, its tail 50 m on, thanks 2 min.
        self.assertLess(datetime.timedelta(minutes=6, seconds=40 + 50 / 1.48), end - start)
        self.assertLess(end - start, datetime.timedelta(minutes=8))

    def test_outputs_are_what_was_written(self):
        for command, names in {"run": program.WRITTEN, "plan": ["plan.sqlite"],
                               "sheet": ["run-sheet.html", "run-sheet.pdf"]}.items():
            summary = self.call_json(command, program.PARADE, "--out", command)
            self.assertEqual(summary["outputs"], [f"{command}/{name}" for name in names])
            self.assertEqual(sorted(p.name for p in (self.folder / command).iterdir()), sorted(names))
        summary = self.call_json("sheet", program.PARADE, "--out", "page", "--no-pdf")
        self.assertEqual(summary["outputs"], ["page/run-sheet.html"])
        summary = self.call_json("run", program.PARADE, "--out", "bare", "--no-pdf", "--no-playback")
        self.assertEqual(summary["outputs"], ["bare/brief.html", "bare/brief.md", "bare/plan.sqlite",
                                              "bare/run-sheet.html", "bare/summary.json"])

    def test_file_is_what_is_printed(self):
        printed = self.call_json("run", program.PARADE, "--findings", "--cues", "--cards")
        written = json.loads((self.folder / "out" / "parade" / "summary.json").read_bytes())
        self.assertEqual(printed, written)

    def test_nothing_else_is_on_standard_output(self):
        for show, status in ((program.PARADE, 0), (program.BREAKS_A_RULE, 1), (program.BAD_INPUT, 3),
                             (program.INFEASIBLE, 4)):
            self.call_json("run", show, status=status)

    def test_flag_may_come_before_the_command(self):
        before, after = (json.loads(self.call(*words).out) for words in
                         (["--json", "check", program.PARADE], ["check", program.PARADE, "--json"]))
        del before["seconds"], after["seconds"]
        self.assertEqual(before, after)


class Findings(ProgramTest):
    def test_add_up_to_the_counts(self):
        summary = self.call_json("check", program.BREAKS_A_RULE, "--findings", status=1)
        findings = summary["finding_list"]
        for severity, count in summary["findings"].items():
            self.assertEqual(count, sum(f["severity"] == severity for f in findings))
        self.assertGreater(summary["findings"]["error"], 0)
        order = [["error", "warning", "note"].index(f["severity"]) for f in findings]
        self.assertEqual(order, sorted(order))

    def test_point_at_a_statement(self):
        text = program.BREAKS_A_RULE.read_text().splitlines()
        for finding in self.call_json("check", program.BREAKS_A_RULE, "--findings", status=1)["finding_list"]:
            self.assertEqual(list(finding), FINDING)
            self.assertEqual(finding["file"], str(program.BREAKS_A_RULE))
            self.assertLessEqual(finding["column"], len(text[finding["line"] - 1]) + 1)
            self.assertRegex(finding["code"], r"^[a-z]+\.[a-z-]+$")
            self.assertRegex(finding["message"], r"\d")  # with its figures

    def test_are_left_out_unless_asked_for(self):
        self.assertNotIn("finding_list", self.call_json("check", program.PARADE))


class Cards(ProgramTest):
    def test_hold_what_a_crew_must_know(self):
        cards = self.call_json("check", program.SHOWS / "flypast.yaml", "--cards")["flight_cards"]
        self.assertEqual(len(cards), 10)
        lead = cards[1]
        self.assertEqual((lead["contingent"], lead["place"], lead["over"]), ("lead", 2, "datum"))
        # As published: over the datum at 12:01:30, in the hold from 10:10, out of it at 11:43.
        self.assertEqual(lead["time_over_target"], "2008-06-14T12:01:30+00:00")
        self.assertEqual(lead["hold"]["enters"], "2008-06-14T10:10:00+00:00")
        leaves = datetime.datetime.fromisoformat(lead["hold"]["leaves"])
        published = datetime.datetime.fromisoformat("2008-06-14T11:43:00+00:00")
        self.assertLess(abs(leaves - published), datetime.timedelta(seconds=30))
        enters = datetime.datetime.fromisoformat(lead["hold"]["enters"])
        self.assertAlmostEqual((leaves - enters).total_seconds(), lead["hold"]["in_hold_s"], delta=1e-3)
        hold = lead["hold"]
        self.assertAlmostEqual((hold["circuits"] - 1) * hold["circuit_s"] + hold["last_circuit_s"], hold["in_hold_s"], delta=1e-3)
        self.assertEqual([p["is"] for p in lead["points"]].count("target"), 1)
        self.assertEqual(lead["points"][0]["is"], "initial point")
        # The wind is from the west: over the run-in to the south-west the nose is to the right of the track.
        target = next(p for p in lead["points"] if p["is"] == "target")
        self.assertEqual(target["to_go_s"], 0)
        self.assertGreater(target["heading_deg"], target["track_deg"])
        self.assertIsNone(target["heading_magnetic_deg"])
        self.assertEqual([c["ahead"] is None for c in cards], [True] + 9 * [False])
        self.assertEqual(cards[2]["ahead"]["contingent"], "lead")
        self.assertEqual({c["break_off"]["turn"] for c in cards}, {"left", "right"})

    def test_have_magnetic_headings_where_the_declination_is_stated(self):
        text = (program.SHOWS / "flypast.yaml").read_text().replace("  datum: ground", "  declination: {west: 2.5 deg}\n  datum: ground")
        (self.folder / "west.yaml").write_text(text)
        for card in self.call_json("check", "west.yaml", "--cards")["flight_cards"]:
            self.assertEqual(card["declination_deg"], -2.5)
            for point in card["points"]:
                self.assertAlmostEqual(point["heading_magnetic_deg"], (point["heading_deg"] + 2.5) % 360, delta=0.011)

    def test_are_listed_for_people(self):
        out = self.call("check", program.SHOWS / "flypast.yaml", "--cards").out
        self.assertRegex(out, r"12:01:30\.0 +10:10:00\.0 +11:4\d:\d\d\.\d +lead, stream 2, hold at Southwold")


class Guests(ProgramTest):
    def test_are_in_the_tracks_apart_from_who_performs(self):
        self.call_json("plan", program.SHOWS / "guests.yaml", "--tracks", "tracks.json")
        tracks = json.loads((self.folder / "tracks.json").read_bytes())
        guests = {m["id"] for m in tracks["guests"]}
        self.assertEqual(len(tracks["movers"]), 160)
        self.assertEqual(len([g for g in guests if "/car " not in g]), 30)
        self.assertIn("Ruritania/2", guests)
        self.assertIn("Ruritania/car 3", guests)

    def test_are_in_the_brief_and_the_sheet(self):
        self.call("run", program.SHOWS / "guests.yaml", "--no-pdf", "--no-playback", "--out", "out")
        brief = (self.folder / "out" / "brief.md").read_text()
        self.assertIn("30 people of 28 delegations", brief)
        self.assertIn("W skrócie", brief)  # the title has both languages
        self.assertIn("On the way there in one car: Rudolf V (Ruritania) and Rufus T. Firefly (Freedonia)", brief)
        page = (self.folder / "out" / "brief.html").read_text()
        self.assertIn('<article lang="pl" id="pl">', page)
        sheet = (self.folder / "out" / "run-sheet.html").read_text()
        for text in ("Delegations by precedence", "Places for the photograph", "Drive to the talks"):
            self.assertIn(text, sheet)

    def test_have_a_brief_in_one_language_where_it_is_said(self):
        self.call("run", program.SHOWS / "guests.yaml", "--no-pdf", "--no-playback", "--out", "out", "--lang", "pl")
        brief = (self.folder / "out" / "brief.md").read_text()
        self.assertIn("W skrócie", brief)
        self.assertNotIn("In short", brief)


class Cues(ProgramTest):
    def test_lie_between_earliest_and_latest(self):
        summary = self.call_json("check", program.PARADE, "--cues")
        cues = summary["cue_list"]
        self.assertEqual(len(cues), summary["cues"])
        self.assertGreater(len(cues), 6)
        self.assertEqual([c["time"] for c in cues], sorted(c["time"] for c in cues))
        self.assertEqual(len({c["id"] for c in cues}), len(cues))
        for cue in cues:
            self.assertEqual(list(cue), CUE)
            self.assertRegex(cue["id"], r"^[a-z0-9.@#-]+$")
            instants = [datetime.datetime.fromisoformat(cue[k]) for k in ("earliest", "time", "latest")
                        if cue[k] is not None]
            self.assertEqual(instants, sorted(instants))
            if cue["latest"] is not None:
                slack = (instants[-1] - instants[0]).total_seconds()
                self.assertAlmostEqual(slack, cue["slack_s"], delta=0.002)


class Errors(ProgramTest):
    def test_are_objects(self):
        (self.folder / "file").write_text("")
        cases = [(["rnu"], 2), (["run"], 2), ([], 2), (["check", program.BAD_INPUT], 3),
                 (["check", "missing"], 3), (["run", program.PARADE, "--out", "file"], 5)]
        for words, status in cases:
            with self.subTest(words):
                done = self.call(*words, "--json")
                fault = json.loads(done.out)
                self.assertEqual(done.status, status)
                self.assertEqual(list(fault), ["format", "error", "status", "diagnostics"])
                self.assertEqual(fault["status"], status)
                self.assertGreater(len(fault["error"]), 0)
                self.assertGreater(len(done.err), 0)
                for diagnostic in fault["diagnostics"]:
                    self.assertEqual(list(diagnostic), DIAGNOSTIC)

    def test_a_misspelt_word_comes_with_the_right_one(self):
        fault = self.call_json("rnu", status=2)
        self.assertEqual(fault["diagnostics"][0]["suggestion"], "run")
        self.assertEqual(fault["diagnostics"][0]["code"], "usage.unknown-command")

    def test_of_a_show_have_their_places(self):
        fault = self.call_json("check", program.BAD_INPUT, status=3)
        lines = program.BAD_INPUT.read_text().splitlines()
        for word in ("14}", "rout:", "start lime", "25 o'clock"):
            line = next(i for i, text in enumerate(lines, 1) if word in text and i > 1)
            found = [d for d in fault["diagnostics"] if d["line"] == line]
            self.assertTrue(found, word)
            self.assertEqual(found[0]["file"], str(program.BAD_INPUT))
            self.assertEqual(found[0]["severity"], "error")
        meant = {d["suggestion"] for d in fault["diagnostics"]}
        self.assertLessEqual({"route", "start line"}, meant)


class Infeasible(ProgramTest):
    def summary(self):
        return self.call_json("check", program.INFEASIBLE, status=4)

    def test_says_which_statements_and_by_how_much(self):
        summary = self.summary()
        self.assertEqual(list(summary), KEYS + ["conflicts"])
        self.assertFalse(summary["feasible"])
        self.assertIsNone(summary["start"])
        self.assertIsNone(summary["seconds"]["tracks"])
        self.assertEqual(len(summary["conflicts"]), 1)
        conflict = summary["conflicts"][0]
        self.assertGreater(conflict["short_by_s"], 0)
        self.assertEqual(conflict["statements"][-1]["running_total_s"], conflict["short_by_s"])
        text = program.INFEASIBLE.read_text().splitlines()
        named = " ".join(text[s["line"] - 1] for s in conflict["statements"] if s["line"])
        self.assertIn("no later than: 12:06", named)
        self.assertIn("at: 12:00", named)

    def test_each_fix_alone_is_enough(self):
        fixes = self.summary()["conflicts"][0]["fixes"]
        self.assertGreater(len(fixes), 0)
        original = program.INFEASIBLE.read_bytes()
        for number, fix in enumerate(fixes):
            with self.subTest(fix["text"]):
                mended = original
                for edit in sorted(fix["edits"], key=lambda e: -e["start"]):
                    self.assertEqual(edit["file"], str(program.INFEASIBLE))
                    mended = mended[:edit["start"]] + edit["new"].encode() + mended[edit["end"]:]
                self.assertNotEqual(mended, original)
                path = self.folder / f"mended-{number}.yaml"
                path.write_bytes(mended)
                done = self.call("check", path)
                self.assertEqual(done.status, 0, done.err)

    def test_is_told_to_people_in_their_own_words(self):
        err = self.call("run", program.INFEASIBLE).err
        self.assertIn("cannot all hold", err)
        self.assertIn("12:06", err)
        self.assertIn(f"{program.INFEASIBLE}:", err)
        self.assertIn("running total", err)
        self.assertRegex(err, "enough:")
        self.assertIn("Nothing was written", err)

    def test_a_ring_is_named_and_can_be_cut(self):
        show = self.show_with("ring.yaml", "welcome:    {at: 12:00,", "welcome:    {after: thanks,")
        (conflict,) = self.call_json("check", show, status=4)["conflicts"]
        self.assertTrue(conflict["ring"])
        self.assertGreater(len(conflict["fixes"]), 1)
        err = self.call("check", show).err
        self.assertIn("wait for each other in a ring", err)
        self.assertNotIn("running total", err)
        self.assertIn("without waiting for", err)
        original = show.read_bytes()
        for fix in conflict["fixes"]:
            mended = original
            for edit in sorted(fix["edits"], key=lambda e: -e["start"]):
                mended = mended[:edit["start"]] + edit["new"].encode() + mended[edit["end"]:]
            show.write_bytes(mended)
            with self.subTest(fix["text"]):
                self.assertIn(self.call("check", show).status, (0, 1))

    def test_what_hides_behind_it_is_told(self):
        """All of it together is by how much the plan as it would be misses the rule."""
        self.assertEqual(self.call("new", "parade", "p").status, 0)
        end = datetime.datetime.fromisoformat(self.call_json("check", "p")["end"])
        show = self.folder / "p" / "show.yaml"
        text = show.read_text()
        self.assertIn("no later than: 12:25", text)
        show.write_text(text.replace("no later than: 12:25", "no later than: 12:12"))
        conflict = self.call_json("check", "p", status=4)["conflicts"][0]
        late = (end - end.replace(hour=12, minute=12, second=0, microsecond=0)).total_seconds()
        told = [conflict["short_by_s"], *(more["short_by_s"] for more in conflict["further"])]
        self.assertGreater(len(told), 2)
        self.assertAlmostEqual(sum(told), late, delta=0.01)
        self.assertTrue(conflict["fixes_cover_further"])
        err = self.call("check", "p").err
        self.assertRegex(err, r"[0-9]+ further statements cannot hold after that; they miss by .* more:")
        self.assertIn("enough for all of this", err)

    def test_leaves_the_last_plan_that_held_and_says_so(self):
        out = self.run_parade()
        before = program.contents(out)
        done = self.call("run", program.INFEASIBLE, "--out", out)
        self.assertEqual(done.status, 4)
        self.assertIn("of an earlier version", done.err)
        self.assertEqual(program.contents(out), before)


class Schema(ProgramTest):
    def test_is_json_and_knows_the_top_level(self):
        schema = json.loads(self.call("schema").out)
        self.assertIn("draft-07", schema["$schema"])
        self.assertIn('"march', self.call("schema").out)
        self.assertEqual(self.call("schema", "--json").out, self.call("schema").out)


class Tracks(ProgramTest):
    def test_cover_every_mover(self):
        done = self.call("plan", program.PARADE, "--tracks", "tracks.json")
        self.assertEqual(done.status, 0, done.err)
        tracks = json.loads((self.folder / "tracks.json").read_bytes())
        self.assertEqual(tracks["format"], "defilada-tracks/1")
        self.assertEqual(tracks["separation_m"], 0.5)
        movers = tracks["movers"]
        self.assertEqual(len(movers), 144)
        self.assertEqual(len({m["id"] for m in movers}), 144)
        self.assertIn("scouts/1", {m["id"] for m in movers})
        for mover in movers:
            for a, b in zip(mover["pieces"], mover["pieces"][1:]):
                self.assertEqual(a["t1"], b["t0"])
                for axis in "xy":
                    end = sum(c * (a["t1"] - a["t0"]) ** k for k, c in enumerate(a[axis]))
                    self.assertAlmostEqual(end, b[axis][0], delta=0.001)

    def test_are_an_output(self):
        summary = self.call_json("plan", program.PARADE, "--tracks", "tracks.json")
        self.assertEqual(summary["outputs"][-1], "tracks.json")

    def test_do_not_replace_a_folder(self):
        (self.folder / "folder").mkdir()
        self.assertEqual(self.call("plan", program.PARADE, "--tracks", "folder").status, 5)


if __name__ == "__main__":
    program.main()
