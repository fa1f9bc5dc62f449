# SPDX-License-Identifier: MIT
"""defilada crowd: a site, people on it, what comes out."""

import json
import signal
import sqlite3
import subprocess
import time
import xml.etree.ElementTree as xml

import program
from program import PROGRAM, ProgramTest, environment

SQUARE = program.SOURCE / "docs" / "crowd" / "square.geojson"


def feature(role, shape, **properties):
    kind = "Polygon" if isinstance(shape[0][0], list) else "LineString"
    return {"type": "Feature", "properties": {"role": role, **properties},
            "geometry": {"type": kind, "coordinates": shape}}


def box(x0, y0, x1, y1):
    return [[[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]]]


ROOM = feature("walkable", box(0, 0, 10, 10))
DOOR = feature("exit", [[10, 4], [10, 6]], name="door")
START = feature("start", box(1, 1, 6, 9), agents=40)


class Crowd(ProgramTest):
    def site(self, *features, name="site.geojson", **members):
        (self.folder / name).write_text(json.dumps(
            {"type": "FeatureCollection", "units": "m", **members, "features": features}))
        return name

    def test_everybody_leaves_and_is_counted(self):
        found = self.call_json("crowd", self.site(ROOM, DOOR, START))
        self.assertEqual((found["format"], found["agents"], found["out"], found["inside"], found["to_come"]),
                         ("defilada-crowd/1", 40, 40, 0, 0))
        self.assertEqual([(e["name"], e["persons"]) for e in found["exits"]], [("door", 40)])
        # 10 m at 1.34 m/s, and a door of 2 m that lets at least 2 people a second out.
        self.assertGreater(found["clearance_s"], 4)
        self.assertLess(found["clearance_s"], 40)
        self.assertAlmostEqual(found["exits"][0]["last_s"], found["clearance_s"], delta=0.051)
        self.assertGreater(found["max_density"], 1)
        self.assertLess(found["max_density"], 7)
        self.assertEqual(found["steps"], round(found["simulated_s"] / found["dt_s"]))
        self.assertLessEqual(found["agent_steps"], 40 * found["steps"])
        self.assertEqual(found["gates"], [])

    def test_the_same_seed_is_the_same_run_for_any_number_of_threads(self):
        site = self.site(ROOM, DOOR, START)
        def outcome(*args):
            found = self.call_json("crowd", site, *args)
            for clock in ("seconds", "agent_steps_per_s"):
                del found[clock]
            return found
        one = outcome("--threads", 1)
        self.assertEqual(one, outcome("--threads", 3))
        self.assertNotEqual(one["state_hash"], outcome("--seed", 2)["state_hash"])
        self.assertNotEqual(one["clearance_s"], outcome("--seed", 2)["clearance_s"])

    def test_an_interrupted_run_goes_on_to_the_same_outcome(self):
        gate = feature("gate", [[6, 0], [6, 10]], lanes=2, service_s=3)
        site = self.site(ROOM, DOOR, feature("start", box(0, 0, 6, 10), agents=40), gate,
                         limits={"density": 6})
        args = ("crowd", site, "--agents", 300, "--recording")
        whole = self.call_json(*args, "whole.recording")
        process = subprocess.Popen([PROGRAM, *map(str, args), "parts.recording"], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self.folder,
                                   env=environment())
        while process.poll() is None and not (self.folder / "parts.recording").exists():
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, said)
        self.assertIn("what is done is kept: --resume goes on from there", said.decode())
        kept = self.folder / "out" / "site" / "crowd.checkpoint"
        self.assertTrue(kept.exists())
        done = self.call("crowd", site, "--agents", 300, "--seed", 9, "--resume")
        self.assertEqual(done.status, 3, done.err)
        self.assertIn("'out/site/crowd.checkpoint': this saved run is of other people", done.err)
        found = self.call_json(*args, "parts.recording", "--resume", "--threads", 1)
        self.assertFalse(kept.exists())
        for run in (whole, found):
            for clock in ("seconds", "agent_steps_per_s"):
                del run[clock]
        self.assertEqual(found, whole)
        self.assertEqual((self.folder / "parts.recording").read_bytes(),
                         (self.folder / "whole.recording").read_bytes())

    def test_people_who_are_stuck_are_an_error_with_who_where_since_when_and_why(self):
        site = self.site(feature("walkable", box(0, 0, 10, 10), name="room"),
                         feature("walkable", box(10, 4.8, 14, 5.15)),
                         feature("exit", [[14, 4.8], [14, 5.15]], name="east"),
                         feature("start", box(1, 1, 9, 9), agents=12))
        done = self.call("crowd", site, "--until", 90, "--json")
        self.assertEqual((done.status, done.err), (1, ""))
        found = json.loads(done.out)["findings"]
        self.assertEqual({each["code"] for each in found}, {"crowd.stuck"})
        self.assertEqual(sorted(who for each in found for who in each["who"]),
                         sorted(f"person {k}" for k in range(12)))
        [narrow] = [each for each in found if "the way is 0.35 m wide there, a body 0.40 m" in each["message"]]
        self.assertEqual((narrow["severity"], narrow["file"]), ("error", site))
        self.assertAlmostEqual(narrow["place"][0], 10, delta=1.5)
        self.assertLess(narrow["t0_s"], 60)
        self.assertAlmostEqual(narrow["t1_s"], 90)
        done = self.call("crowd", site, "--until", 90)
        self.assertEqual(done.status, 1)
        self.assertIn("[crowd.stuck]", done.out)
        self.assertIn("person ", done.out)
        runs = self.call("crowd", site, "--until", 90, "--runs", 2, "--json")
        self.assertEqual(runs.status, 1)
        self.assertEqual(json.loads(runs.out)["runs"]["with_errors"], 2)

    def test_what_is_too_much_is_said_by_the_site(self):
        features = [ROOM, DOOR, START]
        site = self.site(*features, limits={"density": 1, "density_for_s": 0, "clear_s": 2})
        done = self.call("crowd", site, "--json")
        self.assertEqual(done.status, 1)
        found = {each["code"]: each for each in json.loads(done.out)["findings"]}
        self.assertEqual(found["crowd.dense"]["severity"], "error")
        self.assertIn("over 1.0 people per m²", found["crowd.dense"]["message"])
        self.assertEqual(found["crowd.slow-clearance"]["severity"], "warning")
        done = self.call("crowd", self.site(*features, limits={"desnity": 1, "service": "G"}))
        self.assertEqual(done.status, 3)
        self.assertIn("[crowd.limit]", done.err)
        self.assertIn("did you mean 'density'?", done.err)
        self.assertIn("'service' cannot be G", done.err)

    def test_of_several_runs_the_first_that_is_wrong_is_told(self):
        site = self.site(ROOM, DOOR, START, limits={"density": 1, "density_for_s": 0})
        done = self.call("crowd", site, "--runs", 2)
        self.assertEqual(done.status, 1)
        self.assertIn("2 runs: in 2 of them something is wrong", done.out)
        self.assertNotIn("with seed", done.out)  # the first run's are told anyway

    def test_the_worked_example_has_people_of_all_kinds_on_their_journeys(self):
        site = program.SOURCE / "docs" / "crowd" / "fair.geojson"
        found = self.call_json("crowd", site, "--recording", "fair.recording")
        self.assertEqual((found["agents"], found["out"]), (300, 300))
        self.assertEqual(found["findings"], [])
        self.assertEqual(found["gates"][0]["persons"], 300)
        # Nobody is out before the lawns' time, and the exits share them.
        self.assertGreater(min(each["first_s"] for each in found["exits"]), 900)
        self.assertTrue(all(each["persons"] > 60 for each in found["exits"]))

    def test_agents_and_until(self):
        site = self.site(ROOM, DOOR, START)
        found = self.call_json("crowd", site, "--agents", 120, "--until", 2, "--dt", 0.1)
        self.assertEqual((found["agents"], found["clearance_s"], found["steps"]), (120, None, 20))
        self.assertEqual(found["out"] + found["inside"], 120)
        self.assertGreater(found["inside"], 80)
        # Who is on his way is no error: the run was short.
        self.assertEqual([(each["code"], each["severity"]) for each in found["findings"]],
                         [("crowd.unfinished", "warning")])

    def test_without_a_start_people_are_everywhere(self):
        (self.folder / "room.wkt").write_text("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))")
        done = self.call("crowd", "room.wkt", "--agents", 50)
        self.assertEqual(done.status, 3)
        self.assertIn("[crowd.no-exit]", done.err)
        done = self.call("crowd", self.site(ROOM, DOOR))
        self.assertEqual(done.status, 3)
        self.assertIn("nothing says how many people", done.err)
        self.assertEqual(self.call_json("crowd", self.site(ROOM, DOOR), "--agents", 50)["out"], 50)

    def test_the_ground_may_be_well_known_text_beside_roles(self):
        (self.folder / "area.wkt").write_text("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))")
        done = self.call("crowd", "area.wkt", self.site(DOOR), "--agents", 50, "--json")
        self.assertEqual((done.status, done.err), (0, ""))
        self.assertEqual(json.loads(done.out)["out"], 50)

    def test_a_line_of_gates_serves_so_many_an_hour(self):
        # 2 lanes of 3 s: 60 people need 90 s at least.
        gates = self.site(ROOM, DOOR, feature("start", box(0.5, 0.5, 4, 9.5), agents=60),
                          feature("barrier", [[6, 0], [6, 10]]),
                          feature("gate", [[6, 4], [6, 6]], lanes=2, service_s=3, name="check"))
        found = self.call_json("crowd", gates)
        self.assertEqual(found["out"], 60)
        self.assertGreaterEqual(found["clearance_s"], 85)
        self.assertLess(found["clearance_s"], 150)
        [gate] = found["gates"]
        # Who is pushed back through the line passes it again.
        self.assertEqual(gate["name"], "check")
        self.assertGreaterEqual(gate["persons"], 60)
        self.assertLess(gate["persons"], 66)
        self.assertGreater(gate["longest_wait_s"], gate["mean_wait_s"])
        self.assertGreater(gate["longest_queue"], 10)

    def test_every_fault_at_once_each_with_its_place_and_a_drawing(self):
        site = self.site(ROOM, DOOR, START,
                         feature("walkable", [[[20, 0], [30, 9], [30, 0], [20, 9], [20, 0]]]),
                         feature("exit", [[50, 0], [50, 2]], name="far"),
                         feature("start", box(-5, 0, -3, 2), agents=3),
                         feature("obstacle", box(7, 1, 8, 3)), feature("obstacle", box(7.5, 2, 9, 4)),
                         feature("gate", [[6.5, 4], [6.5, 20]]))
        done = self.call("crowd", site, "--drawing", "site.svg", "--json")
        self.assertEqual(done.status, 3)
        told = json.loads(done.out)
        codes = {each["code"] for each in told["diagnostics"]}
        self.assertLessEqual({"crowd.polygon", "crowd.exit-unreachable", "crowd.start-outside",
                              "crowd.overlapping-walls", "crowd.gate-too-wide"}, codes)
        self.assertTrue(all(each["line"] for each in told["diagnostics"]))
        text = "".join(xml.parse(self.folder / "site.svg").getroot().itertext())
        for code in codes:
            self.assertIn(f"[{code}]", text)

    def test_what_is_no_site(self):
        done = self.call("crowd", "nowhere.geojson", "--agents", 5)
        self.assertEqual((done.status, done.out), (3, ""))
        self.assertIn("'nowhere.geojson' does not exist", done.err)
        (self.folder / "text").write_text("hello")
        self.assertIn("[crowd.wkt-syntax]", self.call("crowd", "text", "--agents", 5).err)
        for wrong in (["--agents", "-3"], ["--agents", "many"], ["--dt", "0"], ["--runs", "0"],
                      ["--model", "magic"], ["--seed", "1.5"], ["--threads", "0"],
                      ["--agents", "50", "--people-share", "3%"], ["--trajectory", "-"], ["--runs", "2", "--recording", "x"]):
            done = self.call("crowd", SQUARE, *wrong)
            self.assertEqual((done.status, done.out), (2, ""), wrong)

    def test_by_the_quickest_exit_a_wider_one_is_used_more(self):
        # A narrow door and, for most of them farther off, one that lets four times as many out.
        narrow = feature("exit", [[20, 1], [20, 2]], name="narrow")
        wide = feature("exit", [[0, 20], [4, 20]], name="wide")
        site = self.site(feature("walkable", box(0, 0, 20, 20)), narrow, wide,
                         feature("start", box(2, 0.5, 18, 12), agents=400))
        def left(*args):
            found = self.call_json("crowd", site, *args)
            self.assertEqual(found["out"], 400)
            return found["clearance_s"], {each["name"]: each["persons"] for each in found["exits"]}
        nearest_s, by_nearest = left()
        quickest_s, by_quickest = left("--exits", "quickest")
        self.assertGreater(by_quickest["wide"], by_nearest["wide"] + 30)
        self.assertLess(quickest_s, 0.9 * nearest_s)

    def test_runs_give_median_and_percentile(self):
        found = self.call_json("crowd", self.site(ROOM, DOOR, START), "--runs", 5, "--seed", 7)["runs"]
        self.assertEqual((found["count"], found["cleared"]), (5, 5))
        self.assertEqual([each["seed"] for each in found["each"]], [7, 8, 9, 10, 11])
        times = sorted(each["clearance_s"] for each in found["each"])
        self.assertEqual(found["clearance_s"]["median"], times[2])
        self.assertAlmostEqual(found["clearance_s"]["p95"], times[3] + 0.8 * (times[4] - times[3]))
        self.assertIn("5 runs:", self.call("crowd", "site.geojson", "--runs", 5).out)

    def test_trajectory_is_what_jupedsims_tools_read(self):
        found = self.call_json("crowd", self.site(ROOM, DOOR, START), "--trajectory", "walk.sqlite",
                               "--recording", "walk.dfcrowd", "--fps", 10)
        data = sqlite3.connect(self.folder / "walk.sqlite")
        meta = dict(data.execute("SELECT key, value FROM metadata"))
        self.assertEqual((meta["version"], float(meta["fps"])), ("2", 10))
        frames = data.execute("SELECT count(*) FROM frame_data").fetchone()[0]
        self.assertEqual(frames, 1 + int(found["simulated_s"] * 10 + 1e-6))
        ids = data.execute("SELECT count(DISTINCT id) FROM trajectory_data").fetchone()[0]
        self.assertEqual(ids, 40)
        fastest = data.execute(
            "SELECT max((b.pos_x-a.pos_x)*(b.pos_x-a.pos_x)+(b.pos_y-a.pos_y)*(b.pos_y-a.pos_y)) "
            "FROM trajectory_data a JOIN trajectory_data b ON a.id=b.id AND b.frame=a.frame+1").fetchone()[0]
        self.assertLess(fastest ** 0.5, 0.22)  # 2.1 m/s
        outside = data.execute("SELECT count(*) FROM trajectory_data WHERE pos_x<0 OR pos_y<0 OR pos_y>10").fetchone()
        self.assertEqual(outside[0], 0)
        self.assertLess((self.folder / "walk.dfcrowd").stat().st_size, 12 * 40 * frames)
        self.assertTrue((self.folder / "walk.dfcrowd").read_bytes().startswith(b"DFCROWD1"))

    def test_the_square_of_the_manual(self):
        done = self.call("crowd", SQUARE)
        self.assertEqual((done.status, done.err), (0, ""))
        self.assertIn("gate north gate:", done.out)
        self.assertIn("bramka north gate:", self.call("crowd", SQUARE, "--lang", "pl").out)


if __name__ == "__main__":
    program.main()
