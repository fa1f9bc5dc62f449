# SPDX-License-Identifier: MIT
"""The studio's server, over sockets: the show file, its plan, and edits of both."""
import concurrent.futures
import http.client
import json
import os
import struct
import threading

import program
from studio_server import Studio, StudioTest


class Saving(StudioTest):
    def test_every_byte_is_kept_and_the_new_plan_is_told(self):
        studio = self.studio()
        wait_for = studio.events()
        status, headers, body = studio.get("/api/show")
        changed = body.decode().replace("time: 20 s", "time: 25 s") + "# żółw\n"
        status, after, _ = studio.ask("PUT", "/api/show", changed.encode(), {"If-Match": headers["ETag"], "X-Defilada-Tab": "me"})
        self.assertEqual(status, 200)
        self.assertEqual(self.text, changed)
        self.assertEqual(wait_for("changed"), {"etag": after["ETag"], "tab": "me"})
        told = wait_for("planned", lambda data: data["etag"] == after["ETag"] and data["proven"])
        plan = studio.json("/api/plan")
        self.assertEqual((plan["revision"], plan["proven"]), (told["revision"], True))

    def test_of_two_tabs_the_second_is_asked(self):
        studio = self.studio()
        etag = studio.get("/api/show")[1]["ETag"]
        first, second = self.text + "# first\n", self.text + "# second\n"
        self.assertEqual(studio.ask("PUT", "/api/show", first, {"If-Match": etag})[0], 200)
        status, headers, body = studio.ask("PUT", "/api/show", second, {"If-Match": etag})
        self.assertEqual((status, self.text), (412, first))
        self.assertEqual((json.loads(body)["text"], json.loads(body)["etag"]), (first, headers["ETag"]))
        self.assertEqual(studio.ask("PUT", "/api/show", second, {"If-Match": headers["ETag"]})[0], 200)
        self.assertEqual(self.text, second)

    def test_of_many_at_once_exactly_one_wins(self):
        studio = self.studio()
        etag = studio.get("/api/show")[1]["ETag"]
        texts = [self.text + f"# {number}\n" for number in range(12)]
        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            statuses = list(pool.map(lambda text: studio.ask("PUT", "/api/show", text, {"If-Match": etag})[0], texts))
        self.assertEqual(sorted(statuses), [200] + [412] * 11)
        self.assertEqual(self.text, texts[statuses.index(200)])

    def test_a_file_that_was_changed_outside_is_not_written_over(self):
        studio = self.studio()
        before = self.text
        etag = studio.get("/api/show")[1]["ETag"]
        wait_for = studio.events()
        outside = before.replace("time: 20 s", "time: 22 s")
        (self.folder / "show" / "show.yaml").write_text(outside, encoding="utf-8")
        self.assertEqual(studio.ask("PUT", "/api/show", before + "# mine\n", {"If-Match": etag})[0], 412)
        self.assertEqual(studio.ask("PUT", "/api/show", before + "# mine\n")[0], 409)  # who has not looked
        self.assertEqual(wait_for("changed")["tab"], None)
        self.assertEqual(studio.ask("PUT", "/api/show", before + "# mine\n")[0], 409)
        self.assertEqual(self.text, outside)
        wait_for("planned")
        self.assertEqual(studio.get("/api/show")[2].decode(), outside)
        self.assertEqual(studio.ask("PUT", "/api/show", before + "# mine\n")[0], 200)  # who has looked

    def test_what_is_written_outside_while_a_save_is_under_way_is_not_lost(self):
        studio = self.studio()
        folder = self.folder / "show"
        mine = self.text + "# mine\n" * 700_000  # so that writing it takes a while
        etag = studio.get("/api/show")[1]["ETag"]
        outside = self.text + "# outside\n"
        before = set(os.listdir(folder))

        def write_as_soon_as_it_begins():
            while set(os.listdir(folder)) == before:
                pass
            (folder / "show.yaml").write_text(outside, encoding="utf-8")

        other = threading.Thread(target=write_as_soon_as_it_begins)
        other.start()
        status, _, body = studio.ask("PUT", "/api/show", mine, {"If-Match": etag})
        if status == 200:  # the other must not wait for ever
            (folder / "more").write_text("")
        other.join()
        self.assertEqual(self.text, outside)
        self.assertEqual((status, json.loads(body)["text"]), (412, outside))
        self.assertEqual(set(os.listdir(folder)), before)  # nothing is left of the attempt

    def test_no_wildcard_saves_over_what_was_not_seen(self):
        studio = self.studio()
        before = self.text
        studio.get("/api/show")
        self.assertEqual(studio.ask("PUT", "/api/show", before + "# mine\n", {"If-Match": "*"})[0], 412)
        self.assertEqual(self.text, before)

    def test_who_may_read_the_file_stays(self):
        studio = self.studio()
        path = self.folder / "show" / "show.yaml"
        path.chmod(0o640)
        studio.get("/api/show")
        self.assertEqual(studio.ask("PUT", "/api/show", self.text + "# more\n")[0], 200)
        self.assertEqual(path.stat().st_mode & 0o777, 0o640)

    def test_nonsense_is_not_saved(self):
        studio = self.studio()
        before = self.text
        for body in (b"", b" \n", b"\xff\xfe", b"defilada: \xc3"):
            self.assertEqual(studio.ask("PUT", "/api/show", body)[0], 422)
        self.assertEqual(self.text, before)
        # A text with faults is: it is the person's, who goes on with it tomorrow.
        self.assertEqual(studio.ask("PUT", "/api/show", "defilada: 1\ntitle: [")[0], 200)
        plan = studio.json("/api/plan")
        while plan["etag"] != studio.get("/api/show")[1]["ETag"]:
            plan = studio.json("/api/plan")
        self.assertEqual(plan["state"], "wrong")
        self.assertTrue(plan["diagnostics"])


class Plan(StudioTest):
    def test_says_what_the_summary_says(self):
        studio = self.studio()
        plan = studio.json("/api/plan")
        summary = self.call_json("check", self.folder / "show")
        for name in ("contingents", "people", "movers", "spectators", "cues", "feasible"):
            self.assertEqual(plan["summary"][name], summary[name], name)
        self.assertEqual([each["name"] for each in plan["items"]], ["welcome", "march-past", "thanks"])
        march = plan["items"][1]
        self.assertTrue(march["because"])
        self.assertEqual(march["kind"], "march")
        self.assertEqual([each["name"] for each in plan["processions"][0]["order"]],
                         ["fire brigade", "scouts", "sports club"])
        text = self.text.encode()
        for item in plan["items"]:
            self.assertIn(item["name"].encode(), text[item["place"]["start"]:item["place"]["end"]])
        self.assertEqual([each["name"] for each in plan["site"]["stations"]], ["start line", "salute line", "end line"])

    def test_a_draft_is_planned_and_not_saved(self):
        studio = self.studio()
        before = self.text
        status, plan = studio.draft(before.replace("time: 20 s", "time: 40 s"))
        self.assertEqual((status, plan["state"], plan["saved"]), (200, "holds", False))
        base = studio.json("/api/plan")
        self.assertGreater(plan["items"][1]["end_s"], base["items"][1]["end_s"] + 30)
        self.assertEqual(self.text, before)
        status, proven = studio.draft(before, "?proof=1")
        self.assertEqual((proven["proven"], proven["state"]), (True, "holds"))

    def test_only_what_changed_is_sent(self):
        studio = self.studio()
        whole = studio.json("/api/plan")
        sections = set(whole) & {"diagnostics", "summary", "site", "items", "processions", "lines", "findings", "conflicts", "spectators",
                                 "variants", "day"}
        for old, new in (("time: 20 s", "time: 30 s"), ("[60 m, 12 m]", "[61 m, 12 m]"), ("# A small", "# A tiny")):
            text = self.text.replace(old, new)
            _, full = studio.draft(text, tab="b")
            _, part = studio.draft(text, f"?base={whole['revision']}", tab="b")
            self.assertTrue(part["unchanged"])
            self.assertEqual(set(part["unchanged"]) | (set(part) & sections), sections)
            for name in sections:
                self.assertEqual(whole[name] if name in part["unchanged"] else part[name], full[name], name)

    def test_a_quick_draft_is_the_same_but_for_the_variants(self):
        text = (program.SHOWS / "square.yaml").read_text(encoding="utf-8")
        tail = "# after\nrules:\n  - {cue: welcome ends, no later than: 12:04}\n"
        studio = self.studio(text)
        same = ("state", "summary", "site", "items", "processions", "findings", "conflicts", "diagnostics")
        for each in (text, text + tail, text + "# at the end", text + "\n\n", text.rstrip("\n"),
                     text.replace("people: 120", "peeple: 120") + tail, tail + text,
                     text.replace("variants:\n", "variants:   # of the day\n\n"),
                     text.split("\nvariants:")[0] + "\nvariants: {one: {late: {}}}\n"):
            _, whole = studio.draft(each)
            _, quick = studio.draft(each, "?quick=1")
            self.assertNotIn("variants", quick)
            if whole["state"] != "wrong" or "variants: {" not in each:
                self.assertEqual({key: quick.get(key) for key in same}, {key: whole.get(key) for key in same}, each[-80:])
        # What mends such a plan keeps the variants in the text.
        _, quick = studio.draft(text + tail, "?quick=1")
        self.assertEqual(quick["state"], "cannot-hold")
        fixes = quick["conflicts"][0]["fixes"]
        self.assertTrue(fixes)
        edit = fixes[0]["edits"][0]
        self.assertEqual((text + tail).encode()[edit["start"]:edit["end"]], b"12:04")

    def test_faults_have_their_places(self):
        studio = self.studio()
        text = self.text.replace("headway:", "headwai:")
        _, plan = studio.draft(text)
        self.assertEqual(plan["state"], "wrong")
        fault = plan["diagnostics"][0]
        self.assertEqual(text.encode()[fault["place"]["start"]:fault["place"]["end"]].decode(), "headwai")
        self.assertEqual(fault["suggestion"], "headway")
        _, polish = studio.draft(text, "?lang=pl")
        self.assertNotEqual(polish["diagnostics"][0]["message"], fault["message"])

    def test_what_cannot_hold_is_explained_and_mended(self):
        studio = self.studio(program.INFEASIBLE.read_text(encoding="utf-8"))
        plan = studio.json("/api/plan")
        self.assertEqual(plan["state"], "cannot-hold")
        conflict = plan["conflicts"][0]
        self.assertGreater(conflict["short_by_s"], 0)
        self.assertTrue(any("no later than" in each["text"] for each in conflict["statements"]))
        before = self.text
        asked = json.dumps({"revision": plan["revision"], "codes": ["conflict.1.1"]})
        status, _, body = studio.ask("POST", "/api/fix", asked)
        self.assertEqual((status, self.text), (200, before))
        mended = json.loads(body)["text"]
        self.assertNotEqual(mended, before)
        self.assertEqual(studio.draft(mended)[1]["state"], "holds")
        for body, wanted in (("{", 400), ("[]", 400), (json.dumps({"revision": 999, "codes": []}), 410),
                             (json.dumps({"revision": plan["revision"], "codes": ["nothing"]}), 404)):
            self.assertEqual(studio.ask("POST", "/api/fix", body)[0], wanted)

    def test_a_newer_draft_takes_the_place_of_an_older_one(self):
        show = self.large_show(150)
        studio = Studio(self, show)
        text = show.read_text(encoding="utf-8")
        studio.json("/api/plan")
        # All are sent before the first answer is read: five come while the first is planned.
        connections = [http.client.HTTPConnection("127.0.0.1", studio.port, timeout=60) for _ in range(6)]
        for connection in connections:
            connection.connect()
        for number, connection in enumerate(connections):
            connection.request("POST", "/api/plan", f"{text}# {number}\n".encode(),
                               {"X-Defilada-Token": studio.token, "X-Defilada-Tab": "a"})
        statuses = []
        for connection in connections:
            statuses.append(connection.getresponse().status)
            connection.close()
        self.assertEqual(statuses[5], 200)
        self.assertTrue(all(status in (200, 409) for status in statuses), statuses)
        self.assertIn(409, statuses)

    def test_tracks_are_the_players_block(self):
        studio = self.studio()
        plan = studio.json("/api/plan")
        status, headers, block = studio.get("/api/tracks")
        self.assertEqual((status, block[:4]), (200, b"DFPB"))
        head = json.loads(block[8:8 + struct.unpack("<I", block[4:8])[0]])
        self.assertEqual([each["name"] for each in head["contingents"]], ["fire brigade", "scouts", "sports club"])
        self.assertEqual(head["start_s"], plan["summary"]["start_s"])
        self.assertEqual(studio.get(f"/api/tracks?revision={plan['revision']}")[2], block)
        self.assertEqual(studio.get("/api/tracks?revision=12345")[0], 410)
        _, wrong = studio.draft("defilada: 1\n")
        self.assertEqual(studio.get(f"/api/tracks?revision={wrong['revision']}")[0], 409)
        status, headers, nothing = studio.get(f"/api/tracks?any&revision={wrong['revision']}")
        self.assertEqual((status, nothing), (204, b""))
        self.assertNotIn("Content-Length", headers)

    def test_the_schema_is_that_of_the_program(self):
        studio = self.studio()
        self.assertEqual(studio.json("/api/schema"), json.loads(self.call("schema").out))


if __name__ == "__main__":
    program.main()
