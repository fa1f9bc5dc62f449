# SPDX-License-Identifier: MIT
"""defilada crowd SHOW: the spectators of a show, their safety report, and what run makes of them."""

import base64
import json
import re
import signal
import subprocess
import time
import xml.etree.ElementTree as xml
import zlib

import program
from program import PROGRAM, ProgramTest, environment

SQUARE = program.SHOWS / "spectators.yaml"

AMENITIES = """
  amenities:
    toilets: {polygon: [[22 m, 20.5 m], [29 m, 20.5 m], [29 m, 25 m], [22 m, 25 m]], what: toilets, places: 2, visit: 100 s}
    taps: {polygon: [[1 m, 20.5 m], [4 m, 20.5 m], [4 m, 23 m], [1 m, 23 m]], what: water, places: 8, visit: 20 s}
  circulation: {an hour: 300 %, from: 11:30, to: 12:04}
"""


class Spectators(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.folder / "square.yaml").write_text(SQUARE.read_text())

    def test_the_report_lies_beside_the_recordings_in_both_languages(self):
        found = self.call_json("crowd", "square.yaml", "--out", "out")
        self.assertEqual(found["outputs"], ["out/safety.html", "out/safety.pdf"])
        self.assertEqual({path.name for path in (self.folder / "out").iterdir()},
                         {"safety.html", "safety.pdf", "crowd-ingress.recording", "crowd-egress.recording",
                          "crowd-fire.recording", "crowd.result"})
        page = (self.folder / "out" / "safety.html").read_text()
        xml.fromstring(page.split("\n", 1)[1])
        self.assertNotIn("<script", page)
        self.assertIn("Safety report", page)
        # What the program says as JSON stands in the report, too.
        self.assertIn(f">{found['by_hand']['safe_capacity']}<", page)
        self.assertEqual(found["phases"][0]["seated_in_time"], 60)
        self.assertIn("60 of 60 (100%)", page)
        done = self.call("crowd", "square.yaml", "--out", "pl", "--lang", "pl", "--no-pdf")
        self.assertEqual(done.status, 0)
        self.assertIn("raport bezpieczeństwa: pl/safety.html", done.out)
        self.assertFalse((self.folder / "pl" / "safety.pdf").exists())
        self.assertIn("Raport bezpieczeństwa", (self.folder / "pl" / "safety.html").read_text())

    def test_run_tells_what_they_took_and_where_they_are_listed(self):
        done = self.call("run", "square.yaml", "--out", "out")
        took = re.search(r"(?m)^  took +([\d.]+) s: (.*)$", done.out)
        parts = dict(part.rsplit(" ", 1) for part in took[2].split(", "))
        self.assertGreater(float(parts["spectators"]), 0)
        self.assertAlmostEqual(sum(map(float, parts.values())), float(took[1]), delta=0.05)
        self.assertIn("out/run-sheet.pdf and out/safety.pdf to print", done.out)

    def test_a_trial_says_so_first_and_last(self):
        done = self.call("crowd", "square.yaml", "--people-share", "50%", "--no-pdf")
        self.assertEqual(done.status, 0, done.err)
        lines = done.out.splitlines()
        self.assertIn("a trial with 50% of the people: 30 of 60", lines[0])
        self.assertIn("50% of the people", lines[-1])
        self.assertNotIn("trial", self.call("crowd", "square.yaml", "--no-pdf").out)
        self.assertIn("próba z 50% osób", self.call("crowd", "square.yaml", "--people-share", "50 %",
                                                  "--no-pdf", "--lang", "pl").out)

    def test_a_share_is_in_per_cent(self):
        for said, meant in (("0.03", "3%"), ("5", "5%"), ("0.5", "50%")):
            for command in ("crowd", "run"):
                done = self.call(command, "square.yaml", "--people-share", said)
                self.assertEqual((done.status, done.out), (2, ""), said)
                self.assertIn(f"did you mean '{meant}'", done.err)
        for wrong in ("0%", "101%", "%", "x%"):
            self.assertEqual(self.call("crowd", "square.yaml", "--people-share", wrong).status, 2, wrong)
        # How many come is said by the show.
        self.assertEqual(self.call("crowd", "square.yaml", "--agents", 5).status, 2)

    def test_the_same_run_gives_the_same_report(self):
        for out in ("a", "b"):
            self.assertEqual(self.call("crowd", "square.yaml", "--out", out, "--threads", 1 if out == "a" else 2).status, 0)
        for name in ("safety.html", "safety.pdf", "crowd-egress.recording"):
            self.assertEqual((self.folder / "a" / name).read_bytes(), (self.folder / "b" / name).read_bytes(), name)

    def interrupt(self, phase, *args, command="crowd"):
        """Ctrl-C as soon as the recording of that phase has something; the status."""
        return self.interrupt_at(f"crowd-{phase}.recording", *args, command=command)

    def interrupt_at(self, file, *args, command="crowd"):
        process = subprocess.Popen([PROGRAM, command, "square.yaml", "--no-pdf", *args], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self.folder,
                                   env=environment())
        recording = self.folder / "out" / "square" / file
        while process.poll() is None:
            if recording.exists() and recording.stat().st_size > 0:
                process.send_signal(signal.SIGINT)
                break
            time.sleep(0.001)
        _, said = process.communicate(timeout=120)
        return process.returncode, said.decode()

    def test_an_interrupted_run_goes_on_to_the_same_files(self):
        text = SQUARE.read_text()
        self.assertIn("people: 60", text)
        (self.folder / "square.yaml").write_text(text.replace("people: 60", "people: 180"))
        whole = self.call_json("crowd", "square.yaml", "--out", "whole", "--no-pdf")
        checkpoint = self.folder / "out" / "square" / "crowd.checkpoint"
        status, said = self.interrupt("ingress")
        self.assertEqual(status, 130, said)
        self.assertIn("what is done is kept: --resume goes on from there", said)
        self.assertNotIn("nothing was written", said)
        self.assertTrue(checkpoint.exists())
        # Of another run, or damaged: said, and left as it is.
        kept = checkpoint.read_bytes()
        done = self.call("crowd", "square.yaml", "--no-pdf", "--resume", "--seed", 2)
        self.assertEqual(done.status, 3, done.err)
        self.assertIn("'out/square/crowd.checkpoint' is of another run", done.err)
        middle = len(kept) // 2
        checkpoint.write_bytes(kept[:middle] + bytes([kept[middle] ^ 1]) + kept[middle + 1:])
        done = self.call("crowd", "square.yaml", "--no-pdf", "--resume")
        self.assertEqual(done.status, 3, done.err)
        self.assertIn("'out/square/crowd.checkpoint' is damaged", done.err)
        checkpoint.write_bytes(kept)
        # Once more, in the egress, with other threads.
        status, said = self.interrupt("egress", "--resume", "--threads", "2")
        self.assertEqual(status, 130, said)
        found = self.call_json("crowd", "square.yaml", "--no-pdf", "--resume", "--threads", 1)
        self.assertFalse(checkpoint.exists())
        for name in ("safety.html", "crowd-ingress.recording", "crowd-egress.recording", "crowd-fire.recording"):
            self.assertEqual((self.folder / "out" / "square" / name).read_bytes(),
                             (self.folder / "whole" / name).read_bytes(), name)
        for run in (whole, found):
            for part in (run, *run["phases"]):
                part.pop("seconds")
            run.pop("outputs")
        self.assertEqual(found, whole)

    def test_further_runs_are_kept_too(self):
        text = SQUARE.read_text().replace("people: 60", "people: 180") + AMENITIES
        (self.folder / "square.yaml").write_text(text)
        whole = self.call_json("crowd", "square.yaml", "--out", "whole", "--no-pdf", "--runs", 3)
        status, said = self.interrupt_at("crowd-run-2.checkpoint", "--runs", "3")
        self.assertEqual(status, 130, said)
        self.assertIn("what is done is kept: --resume goes on from there", said)
        out = self.folder / "out" / "square"
        self.assertTrue((out / "crowd.checkpoint").exists())
        written = {path: path.stat().st_mtime_ns for path in out.glob("*.recording")}
        self.assertEqual(len(written), 4)
        found = self.call_json("crowd", "square.yaml", "--no-pdf", "--resume", "--runs", 3)
        # What the first run did is not done again.
        self.assertEqual({path: path.stat().st_mtime_ns for path in written}, written)
        self.assertEqual(list(out.glob("*.checkpoint")), [])
        self.assertEqual(found["runs"], whole["runs"])
        # Of another show what is left of further runs is not taken up.
        self.interrupt_at("crowd-run-2.checkpoint", "--runs", "3", "--seed", "9")
        self.assertTrue((out / "crowd-run-2.checkpoint").exists())
        for path in written:
            path.unlink()
        self.interrupt("ingress", "--runs", "3")
        done = self.call("crowd", "square.yaml", "--no-pdf", "--resume", "--runs", 3)
        self.assertEqual(done.status, 0, done.err)

    def test_each_phase_has_a_recording_of_its_own(self):
        text = SQUARE.read_text() + "    Fire: {from: welcome ends}\n    egress: {from: welcome ends}\n"
        (self.folder / "square.yaml").write_text(text)
        found = self.call_json("crowd", "square.yaml", "--out", "out", "--no-pdf")
        self.assertEqual(len(found["phases"]), 5)
        self.assertEqual({path.name for path in (self.folder / "out").glob("*.recording")},
                         {f"crowd-{name}.recording" for name in ("ingress", "egress", "fire", "fire-2", "egress-2")})
        plain = self.folder / "plain.yaml"
        plain.write_text(SQUARE.read_text())
        self.call_json("crowd", "plain.yaml", "--out", "plain", "--no-pdf")
        frames = [self.without_note(self.folder / out / "crowd-egress.recording") for out in ("out", "plain")]
        self.assertEqual(frames[0], frames[1])

    @staticmethod
    def without_note(recording):
        data = recording.read_bytes()
        return data[28 + int.from_bytes(data[24:28], "little"):]

    def test_who_is_away_is_recorded_kept_and_in_the_report(self):
        (self.folder / "square.yaml").write_text(SQUARE.read_text() + AMENITIES)
        whole = self.call_json("crowd", "square.yaml", "--out", "whole", "--no-pdf", "--runs", 3)
        self.assertGreater(whole["circulation"]["set_out"], 50)
        runs = whole["runs"][-1]
        self.assertEqual((runs["name"], runs["count"]), ("circulation", 3))
        self.assertGreaterEqual(runs["longest_wait_s"]["p95"], runs["longest_wait_s"]["median"])
        page = (self.folder / "whole" / "safety.html").read_text()
        for text in ("While all watch", "A1 toilets", "A2 taps", ">A2<", "Over 3 runs: away at most"):
            self.assertIn(text, page)
        recording = "crowd-circulation.recording"
        self.assertTrue((self.folder / "whole" / recording).exists())
        status, said = self.interrupt("circulation")
        self.assertEqual(status, 130, said)
        found = self.call_json("crowd", "square.yaml", "--no-pdf", "--resume")
        self.assertEqual((self.folder / "out" / "square" / recording).read_bytes(),
                         (self.folder / "whole" / recording).read_bytes())
        for run in (whole, found):
            run["circulation"].pop("seconds")
        self.assertEqual(found["circulation"], whole["circulation"])

    def test_run_writes_the_plan_before_the_spectators_come(self):
        out = self.folder / "out" / "square"
        out.mkdir(parents=True)
        (out / "safety.html").write_text("of an earlier version")
        (self.folder / "square.yaml").write_text(SQUARE.read_text() + AMENITIES)
        status, said = self.interrupt("ingress", command="run")
        self.assertEqual(status, 130, said)
        self.assertIn("The plan is in 'out/square'", said)
        self.assertIn("interrupted: the plan is written, without the spectators", said)
        names = {path.name for path in out.iterdir()}
        self.assertTrue({"plan.sqlite", "run-sheet.html", "summary.json"} <= names, names)
        self.assertNotIn("safety.html", names)
        self.assertIsNone(json.loads((out / "summary.json").read_text())["seconds"]["crowd"])
        done = self.call("run", "square.yaml", "--no-pdf", "--resume")
        self.assertEqual(done.status, 0, done.err)
        self.assertTrue((out / "safety.html").exists())
        self.assertIsNotNone(json.loads((out / "summary.json").read_text())["seconds"]["crowd"])

    def test_runs_give_median_and_percentile(self):
        found = self.call_json("crowd", "square.yaml", "--runs", 5, "--seed", 7, "--no-pdf")
        one = [self.call_json("crowd", "square.yaml", "--seed", 7 + k, "--no-pdf", "--out", f"o{k}")["phases"] for k in range(5)]
        for phase in (1, 2):
            times = sorted(day[phase]["last_s"] - day[phase]["begin_s"] for day in one)
            run = found["runs"][phase]
            self.assertEqual(run["count"], 5)
            self.assertAlmostEqual(run["clearance_s"]["median"], times[2], places=2)
            self.assertAlmostEqual(run["clearance_s"]["p95"], times[3] + 0.8 * (times[4] - times[3]), places=2)
        early = sorted(11.5 * 3600 - day[0]["last_s"] for day in one)
        self.assertAlmostEqual(found["runs"][0]["to_spare_s"]["p05"], early[0] + 0.2 * (early[1] - early[0]), places=2)
        said = self.call("crowd", "square.yaml", "--runs", 5, "--seed", 7, "--no-pdf").out
        self.assertRegex(said, r"5 runs, leaving: the last one out after [\d.]+ min \(median\)")
        page = (self.folder / "out" / "square" / "safety.html").read_text()
        self.assertIn("95th percentile", page)

    def test_run_has_them_in_plan_report_and_playback(self):
        done = self.call("run", "square.yaml", "--out", "out", "--no-pdf")
        self.assertEqual(done.status, 0, done.err)
        summary = json.loads((self.folder / "out" / "summary.json").read_text())
        self.assertIn("out/safety.html", summary["outputs"])
        if not program.PLAYER:
            return
        head = self.playback_head("out/playback.html")
        self.assertEqual([zone["people"] for zone in head["crowd"]["zones"]], [60])
        self.assertEqual(self.call("run", "square.yaml", "--out", "bare", "--no-pdf", "--no-crowd").status, 0)
        self.assertIsNone(self.playback_head("bare/playback.html")["crowd"])
        self.assertFalse((self.folder / "bare" / "safety.html").exists())

    def playback_head(self, path):
        page = (self.folder / path).read_text()
        data = re.search(r'id="defilada-data"[^>]*>([^<]+)<', page).group(1)
        block = zlib.decompress(base64.b64decode(data), -15)
        length = int.from_bytes(block[4:8], "little")
        return json.loads(block[8:8 + length])


if __name__ == "__main__":
    program.main()
