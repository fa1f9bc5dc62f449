# SPDX-License-Identifier: MIT
"""The studio's server, over sockets: what is taken away, and the spectators."""
import base64
import json
import os
import re
import signal
import struct
import unittest.mock
import zlib

import program
from studio_server import StudioTest


class TakingAway(StudioTest):
    def test_the_files_are_those_that_the_program_writes(self):
        studio = self.studio()
        self.assertEqual(self.call("run", self.folder / "show", "--out", "out").status, 0)
        self.assertEqual(self.call("draw", self.folder / "show", "--out", "out").status, 0)
        studio.json("/api/plan")
        wait_for = studio.events()
        while not studio.json("/api/plan")["proven"]:
            wait_for("planned")
        listed = {each["name"] for each in studio.json("/api/downloads")}
        names = ["run-sheet.html", "run-sheet.pdf", "plan.sqlite", *(["playback.html"] if program.PLAYER else [])]
        self.assertLessEqual(set(names), listed)
        for name in names:
            status, headers, body = studio.get("/api/download/" + name)
            self.assertEqual(status, 200, name)
            self.assertEqual(body, (self.folder / "out" / name).read_bytes(), name)
            self.assertIn(f'filename="{name}"', headers["Content-Disposition"])
        pictures = [each for each in listed if each.startswith("pictures/")]
        self.assertGreater(len(pictures), 3)
        for name in pictures:
            body = studio.get(f"/api/download/{name}.svg")[2]
            self.assertEqual(body, (self.folder / "out" / (name.split("/")[1] + ".svg")).read_bytes(), name)
        self.assertEqual(studio.get("/api/download/pictures/site.png")[2][:4], b"\x89PNG")
        policy = studio.get("/api/download/run-sheet.html")[1]["Content-Security-Policy"]
        self.assertIn("sandbox", policy)
        self.assertNotIn("script-src", policy)
        for name in ("nothing", "../run-sheet.pdf", "pictures/none.svg", "pictures/site.exe", "pictures/site"):
            self.assertIn(studio.get("/api/download/" + name)[0], (400, 404), name)

    def test_formations_are_drawn_as_they_are_edited(self):
        studio = self.studio()
        before = studio.json("/api/plan")
        one = before["processions"][0]["order"][0]
        self.assertEqual(one["formations"][0]["shape"], "block")
        drawn = []
        for text in (self.text, self.text.replace("files: 6", "files: 7")):
            _, plan = studio.draft(text)
            status, headers, content = studio.get(
                f"/api/preview/formation?revision={plan['revision']}&contingent={one['name'].replace(' ', '%20')}")
            self.assertEqual((status, headers["Content-Type"]), (200, "image/svg+xml"))
            self.assertTrue(b"<svg" in content and "sandbox" in headers["Content-Security-Policy"])
            drawn.append(content)
        self.assertNotEqual(drawn[0], drawn[1])
        for path in ("/api/preview/formation?contingent=nobody", "/api/preview/figure?contingent=" + one["name"].replace(" ", "%20"),
                     "/api/preview/other?contingent=x"):
            self.assertEqual(studio.get(path)[0], 404, path)
        self.assertEqual(studio.get("/api/preview/formation?revision=999&contingent=x")[0], 410)

    def test_the_cards_are_handed_out_alone(self):
        studio = self.studio()
        studio.json("/api/plan")
        self.assertLessEqual({"cards.html", "cards.pdf"}, {each["name"] for each in studio.json("/api/downloads")})
        status, headers, page = studio.get("/api/download/cards.html?lang=pl")
        self.assertEqual((status, headers["Content-Type"]), (200, "text/html; charset=utf-8"))
        self.assertIn("sandbox", headers["Content-Security-Policy"])
        for name in ("fire brigade", "scouts", "sports club"):
            self.assertIn(name, page.decode().lower())
        self.assertNotIn(b'id="programme"', page)
        self.assertEqual(studio.get("/api/download/cards.pdf")[2][:5], b"%PDF-")

    def test_what_cannot_hold_has_pictures_only(self):
        studio = self.studio(program.INFEASIBLE.read_text(encoding="utf-8"))
        studio.json("/api/plan")
        names = {each["name"] for each in studio.json("/api/downloads")}
        self.assertIn("pictures/site", names)
        self.assertNotIn("run-sheet.pdf", names)
        self.assertEqual(studio.get("/api/download/run-sheet.pdf")[0], 404)


class Spectators(StudioTest):
    """Runs of the spectators: begun, followed, stopped, looked at."""

    def square(self, *args):
        return self.studio((program.SHOWS / "square.yaml").read_text(encoding="utf-8"), *args)

    def run_of(self, studio, query, text=None):
        events = studio.events()
        status, _, content = studio.ask("POST", "/api/crowd" + query, (text or self.text).encode())
        self.assertEqual(status, 202, content)
        number = json.loads(content)["run"]
        last = events("crowd", lambda said: said["run"] == number and said["state"] != "running")
        events.close()
        return number, last

    def test_a_run_has_figures_curves_and_a_film_of_everybody(self):
        studio = self.square()
        number, last = self.run_of(studio, "?share=1")
        self.assertEqual(last["state"], "done", last)
        result = studio.json(f"/api/crowd?run={number}")
        self.assertEqual((result["people"], result["simulated"], result["etag"]),
                         (120, 120, studio.json("/api/plan")["etag"]))
        self.assertEqual([phase["phase"] for phase in result["phases"]], ["ingress", "egress", "emergency"])
        come, leave, fire = result["phases"]
        self.assertEqual((come["seated"], leave["out"], fire["out"]), (120, 120, 120))
        self.assertEqual(come["gates"][0]["people"], 120)
        # Curves: nobody is lost, what has passed only grows, at the end all are seated, then out.
        self.assertEqual(come["in_zones"][-1], 120)
        self.assertEqual(leave["left"], sorted(leave["left"]))
        self.assertEqual(leave["left"][-1], 120)
        self.assertTrue(0 < max(come["gates"][0]["queue"]) <= come["gates"][0]["longest_queue"])
        # 12 a minute come, 4 lanes of 12 s let 20 pass: those who come together wait a little.
        self.assertTrue(10 < come["gates"][0]["longest_wait_s"] < 60, come["gates"][0]["longest_wait_s"])
        self.assertEqual([exit["people"] for exit in fire["exits"] if exit["name"] == "east"], [0])
        # The film's densities over the ground of its cells: everybody, when all are seated.
        film = result["film"]
        frames = self.frames(studio, number, 0, come["film"]["frames"], film["chunk"])
        self.assertEqual(len(frames), come["film"]["frames"])
        people = sum(density / film["steps"] * film["cell_m"] ** 2 for _, density in frames[-1])
        # Cells at the edge count their ground alone, and tell more; density comes in twentieths.
        self.assertTrue(0.95 * 120 < people < 2.5 * 120, people)
        for cell, _ in frames[-1]:
            y = film["y"] + (cell // film["columns"] + 0.5) * film["cell_m"]
            self.assertTrue(28 < y < 42, y)

    def places(self, studio, run, phase, chunk, stride=1):
        """{person: [place in each frame, None where away]} of a chunk, and how many stand."""
        result = studio.json(f"/api/crowd?run={run}")["places"]
        query = f"?run={run}&phase={phase}&chunk={chunk}&stride={stride}"
        status, _, content = studio.get("/api/crowd/places" + query)
        if status != 200:
            return status
        samples, standing, moving = struct.unpack_from("<3I", content)
        self.assertEqual(samples, result["chunk"] + 1)
        self.assertEqual(len(content), 12 + 8 * standing + (4 + 4 * samples) * moving)
        who = struct.unpack_from(f"<{standing + moving}I", content, 12)
        steps = struct.unpack_from(f"<{2 * (standing + moving * samples)}H", content, 12 + 4 * len(who))

        def place(k):
            x, y = steps[2 * k], steps[2 * k + 1]
            if x == 0xFFFF:
                return None
            return (result["x"] + result["step_m"] * x, result["y"] + result["step_m"] * y)

        found = {person: [place(i)] * samples for i, person in enumerate(who[:standing])}
        for i, person in enumerate(who[standing:]):
            found[person] = [place(standing + i * samples + k) for k in range(samples)]
        self.assertEqual(len(found), standing + moving)  # nobody twice
        return found, standing

    def test_places_are_those_of_the_simulation(self):
        studio = self.square()
        number, _ = self.run_of(studio, "?share=1")
        result = studio.json(f"/api/crowd?run={number}")
        come, leave, _ = result["phases"]
        every_s, chunk = result["places"]["every_s"], result["places"]["chunk"]
        count = come["places"]["frames"]
        self.assertLess(abs(come["end_s"] - come["begin_s"] - every_s * count), 2 * every_s)
        last = (count - 1) // chunk
        people, standing = self.places(studio, number, 0, last)
        self.assertEqual(len(people), 120)
        self.assertGreater(standing, 100)  # who sits costs eight bytes
        for ways in people.values():
            self.assertTrue(28 < ways[-1][1] < 42, ways[-1])  # all in the stand
        # Nobody jumps, and each chunk begins where the one before ends.
        before = None
        for k in range(last + 1):
            now, _ = self.places(studio, number, 0, k)
            for person, ways in now.items():
                for a, b in zip(ways, ways[1:]):
                    if a and b:
                        self.assertLess(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5, 2.5 * every_s)
                if before and ways[0]:
                    self.assertEqual(before[person][-1], ways[0])
            before = now
        # Frames further apart are some of the same.
        coarse, _ = self.places(studio, number, 0, 1, 2)
        fine = [self.places(studio, number, 0, k)[0] for k in (2, 3)]
        for person, ways in coarse.items():
            both = [fine[k].get(person, [None] * (chunk + 1)) for k in (0, 1)]
            self.assertEqual(ways, both[0][0:chunk:2] + both[1][0::2])
        self.assertGreater(len(coarse), 5)
        # All are there when they begin to leave.
        people, _ = self.places(studio, number, 1, 0)
        self.assertEqual(sum(1 for ways in people.values() if ways[0]), leave["people"])

    def test_places_that_are_not_there(self):
        studio = self.square()
        number, _ = self.run_of(studio, "?share=1")
        self.assertEqual(self.places(studio, number, 0, 900_000), 404)
        self.assertEqual(self.places(studio, number, 9, 0), 404)
        for query in ("phase=x", "phase=0&chunk=99999999999999999", "phase=0&stride=0", "phase=0&stride=17"):
            status = studio.get(f"/api/crowd/places?run={number}&{query}")[0]
            self.assertEqual(status, 400, query)
        self.assertEqual(studio.get("/api/crowd/places?run=99")[0], 410)

    def test_what_the_command_has_simulated_is_opened(self):
        studio = self.square()
        self.assertIsNone(studio.json("/api/crowd")["kept"])
        self.assertEqual(studio.ask("POST", "/api/crowd/open", self.text.encode())[0], 404)
        self.assertEqual(self.call("crowd", self.folder / "show").status, 0)
        kept = studio.json("/api/crowd")["kept"]
        self.assertEqual((kept["share"], kept["seed"], kept["variant"]), (1, 1, ""))
        self.assertEqual(kept["etag"], studio.json("/api/plan")["etag"])
        other = self.text.replace("people: 120", "people: 100").encode()
        self.assertEqual(studio.ask("POST", "/api/crowd/open", other)[0], 409)
        opened, last = self.run_of(studio, "/open")
        self.assertEqual(last["state"], "done", last)
        simulated, _ = self.run_of(studio, "?share=1")
        one, two = (studio.json(f"/api/crowd?run={number}") for number in (opened, simulated))
        for result in (one, two):
            del result["run"], result["took_s"]
        self.assertEqual(one, two)  # the same figures, curves, findings, films
        for phase in (0, 1):
            self.assertEqual(self.places(studio, opened, phase, 0), self.places(studio, simulated, phase, 0))
            count = one["phases"][phase]["film"]["frames"]
            frames = [self.frames(studio, number, phase, count, 32) for number in (opened, simulated)]
            self.assertEqual([len(each) for each in frames], [count, count])
            for a, b in zip(*frames):  # somebody within a centimetre of a cell's edge may be in the next
                self.assertLessEqual(abs(sum(n for _, n in a) - sum(n for _, n in b)), 3)
        # One that is damaged says so.
        result = next(self.folder.glob("out/*/crowd.result"))
        result.write_bytes(result.read_bytes()[:-7])
        _, last = self.run_of(studio, "/open")
        self.assertEqual(last["state"], "failed")
        self.assertIn("damaged", last["message"])

    def test_a_note_of_another_kind_is_no_run_and_no_end(self):
        studio = self.square()
        self.assertEqual(self.call("crowd", self.folder / "show").status, 0)
        self.assertTrue(studio.json("/api/crowd")["kept"])
        recording = next(self.folder.glob("out/*/crowd-ingress.recording"))
        whole = recording.read_bytes()
        note = re.search(rb'"show":"([0-9a-f]{16})"', whole)
        for other in (b'"show":' + b"1" * 18, b'"show":[' + b" " * 16 + b"]"):  # as long
            recording.write_bytes(whole.replace(note[0], other))
            self.assertIsNone(studio.json("/api/crowd")["kept"])
            self.assertEqual(studio.ask("POST", "/api/crowd/open", self.text.encode())[0], 404)

    def test_an_opened_run_that_was_simulated_anew_says_so(self):
        studio = self.square()
        self.assertEqual(self.call("crowd", self.folder / "show").status, 0)
        number, _ = self.run_of(studio, "/open")
        self.assertNotIsInstance(self.places(studio, number, 0, 0), int)
        recording = next(self.folder.glob("out/*/crowd-ingress.recording"))
        self.assertEqual(self.call("crowd", self.folder / "show", "--seed", "2").status, 0)
        self.assertTrue(recording.exists())
        status, _, body = studio.get(f"/api/crowd/places?run={number}&phase=0&chunk=0")
        self.assertEqual(status, 500)
        self.assertIn("written anew", json.loads(body)["message"])
        self.assertEqual(studio.get("/api/show")[0], 200)

    def test_recordings_go_when_the_program_ends(self):
        folder = self.folder / "temporary"
        folder.mkdir()
        # Ctrl-C, a manager of services, a terminal that is closed.
        for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(how.name):
                with unittest.mock.patch.dict(os.environ, {"TMPDIR": str(folder)}):
                    studio = self.square()
                self.run_of(studio, "?share=1")
                self.assertTrue(list(folder.glob("*/*.recording")))
                self.assertEqual(studio.stop(how), 0)
                self.assertEqual(list(folder.iterdir()), [])

    def test_the_playback_has_the_spectators_when_they_were_simulated(self):
        studio = self.square()
        studio.json("/api/plan")
        alone = studio.get("/api/download/playback.html")
        self.run_of(studio, "?share=1")
        status, _, page = studio.get("/api/download/playback.html")
        if status == 404:
            self.skipTest("built without the player")
        self.assertEqual(status, 200)
        head = self.head_of(page)
        self.assertNotIn("crowd", {key for key, value in self.head_of(alone[2]).items() if value})
        zones = studio.json("/api/crowd?run=1")["zones"]
        self.assertEqual([zone["area"] for zone in head["crowd"]["zones"]], [zone["area"] for zone in zones])
        self.assertEqual(sum(zone["people"] for zone in head["crowd"]["zones"]), 120)

    def head_of(self, page):
        """The JSON head of the block in a playback (docs/formats.md)."""
        mark = b'type="application/octet-stream">'
        begin = page.index(mark) + len(mark)
        block = zlib.decompress(base64.b64decode(page[begin:page.index(b"</script>", begin)]), -15)
        self.assertEqual(block[:4], b"DFPB")
        return json.loads(block[8:8 + struct.unpack_from("<I", block, 4)[0]])

    def test_the_safety_report_is_of_the_text_that_was_run(self):
        studio = self.square()
        plan = studio.json("/api/plan")
        safety = {"safety.html", "safety.pdf"}
        listed = lambda query="": {each["name"] for each in studio.json("/api/downloads" + query)}  # noqa: E731
        self.assertFalse(safety & listed())
        self.assertEqual(studio.get("/api/download/safety.html")[0], 404)
        self.run_of(studio, "?share=1&variant=half%20the%20lanes")
        self.assertFalse(safety & listed())  # a variant is another show
        self.run_of(studio, "?share=1")
        self.assertLessEqual(safety, listed())
        status, _, page = studio.get("/api/download/safety.html")
        self.assertEqual(status, 200)
        self.assertEqual(self.call("run", self.folder / "show", "--out", "out", "--no-pdf").status, 0)
        self.assertEqual(page, (self.folder / "out" / "safety.html").read_bytes())
        self.assertEqual(studio.get("/api/download/safety.pdf")[2][:5], b"%PDF-")
        _, other = studio.draft(self.text.replace("people: 120", "people: 100"))
        self.assertEqual(other["state"], "holds", other["diagnostics"])
        self.assertFalse(safety & listed(f"?revision={other['revision']}"))
        self.assertLessEqual(safety, listed(f"?revision={plan['revision']}"))

    def frames(self, studio, run, phase, count, chunk):
        frames = []
        for number in range((count + chunk - 1) // chunk):
            status, _, content = studio.get(f"/api/crowd/density?run={run}&phase={phase}&chunk={number}")
            self.assertEqual(status, 200)
            words = struct.unpack(f"<{len(content) // 4}I", content)
            at = 0
            while at < len(words):
                frames.append([(word >> 8, word & 255) for word in words[at + 1:at + 1 + words[at]]])
                at += 1 + words[at]
        return frames

    def test_the_same_run_is_the_same_and_a_variant_is_not(self):
        studio = self.square()
        whole, _ = self.run_of(studio, "?share=1")
        same, _ = self.run_of(studio, "?share=1&seed=1")
        fewer, _ = self.run_of(studio, "?share=0.5")
        variant, last = self.run_of(studio, "?share=1&variant=half%20the%20lanes")
        self.assertEqual(last["state"], "done", last)
        runs = [studio.json(f"/api/crowd?run={number}") for number in (whole, same, fewer, variant)]
        phases = [[{key: value for key, value in phase.items()} for phase in run["phases"]] for run in runs]
        self.assertEqual(phases[0], phases[1])  # the same seed: the same to the last figure
        self.assertEqual((runs[2]["people"], runs[2]["simulated"], runs[2]["phases"][0]["seated"]), (120, 60, 60))
        waits = [run["phases"][0]["gates"][0]["mean_wait_s"] for run in runs]
        self.assertGreater(waits[3], 1.5 * waits[0])
        self.assertEqual(runs[3]["phases"][0]["gates"][0]["lanes"], 2)
        self.assertEqual([each["run"] for each in studio.json("/api/crowd")["runs"]], [whole, same, fewer, variant])

    def test_a_run_can_be_stopped_and_there_is_one_at_a_time(self):
        studio = self.square()
        text = self.text.replace("people: 120", "people: 2000").replace("capacity: 200", "capacity: 2000")
        events = studio.events()
        status, _, content = studio.ask("POST", "/api/crowd", text.encode())
        self.assertEqual(status, 202)
        number = json.loads(content)["run"]
        events("crowd", lambda said: said["state"] == "running")
        self.assertEqual(studio.ask("POST", "/api/crowd", text.encode())[0], 409)
        self.assertEqual(studio.get(f"/api/crowd?run={number}")[0], 409)
        # A plan does not wait for it.
        self.assertEqual(studio.draft(self.text)[0], 200)
        status, _, content = studio.ask("POST", "/api/crowd/stop", b"")
        self.assertEqual(json.loads(content), {"stopped": True})
        self.assertEqual(events("crowd", lambda said: said["state"] != "running")["state"], "stopped")
        self.assertEqual(studio.get(f"/api/crowd?run={number}")[0], 410)
        self.assertEqual(json.loads(studio.ask("POST", "/api/crowd/stop", b"")[2]), {"stopped": False})

    def test_what_cannot_be_run_says_why(self):
        studio = self.studio()
        _, last = self.run_of(studio, "?share=1")
        self.assertEqual(last["state"], "failed")
        self.assertIn("spectators", last["message"])
        for query in ("?share=0", "?share=2", "?share=x", "?seed=-1", "?share=nan"):
            self.assertEqual(studio.ask("POST", "/api/crowd" + query, self.text.encode())[0], 400, query)
        self.assertEqual(studio.ask("POST", "/api/crowd", self.text.encode(), token=False)[0], 403)
        for path in ("/api/crowd?run=99", "/api/crowd?run=x", "/api/crowd/density?run=1&phase=0&chunk=0"):
            self.assertEqual(studio.get(path)[0], 410, path)


if __name__ == "__main__":
    program.main()
