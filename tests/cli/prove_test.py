# SPDX-License-Identifier: MIT
"""defilada prove: tracks from anywhere, decided at every instant."""

import json
import signal
import subprocess
import time

import program
from program import PROGRAM, ProgramTest


def mover(name, *pieces, **more):
    return {"id": name, "pieces": [{"t0": t0, "t1": t1, "x": x, "y": y} for t0, t1, x, y in pieces], **more}


class Prove(ProgramTest):
    def tracks(self, *movers, name="tracks.json", **limits):
        (self.folder / name).write_text(json.dumps(
            {"format": "defilada-tracks/1", **(limits or {"separation_m": 2}), "movers": movers}))
        return name

    def test_a_crossing_between_two_samples_is_a_conflict(self):
        # 300 m/s: 10 cm apart for a third of a millisecond, at no tenth of a second.
        jet = mover("jet", (0, 10, [-300 * 5.05, 300], [0]))
        self.tracks(jet, mover("walker", (0, 10, [0], [0.1])), separation_m=0.2)
        found = self.call_json("prove", "tracks.json", status=1)
        self.assertEqual(found["verdict"], "conflict")
        [conflict] = found["conflicts"]
        self.assertEqual((conflict["a"], conflict["b"]), ("jet", "walker"))
        self.assertAlmostEqual(conflict["t_least"], 5.05, places=6)
        self.assertAlmostEqual(conflict["least_m"], 0.1, places=6)
        self.assertAlmostEqual(conflict["wanted_m"], 0.2, places=9)
        self.assertAlmostEqual(conflict["t1"] - conflict["t0"], 2 * 0.03 ** 0.5 / 300, places=8)
        self.assertAlmostEqual(conflict["y"], 0.05, places=6)
        self.assertEqual((found["pairs"], found["movers"]), (1, 2))
        done = self.call("prove", "tracks.json")
        self.assertEqual((done.status, done.err), (1, ""))
        self.assertRegex(done.out, r"^conflicts: 1; 0\.2 m is asked \(movers: 2, pairs: 1, ")
        self.assertIn("jet and walker: 0.1000 m at t = 5.050 s, 0.1000 m too near; from 5.049 to 5.051 s", done.out)

    def test_equal_to_the_limit_is_clear_and_the_least_distance_is_told(self):
        self.tracks(mover("a", (0, 10, [0, 1], [0])), mover("b", (0, 10, [0, 1], [2])))
        found = self.call_json("prove", "tracks.json")
        self.assertEqual((found["verdict"], found["conflicts"]), ("clear", []))
        least = found["least_distance_m"]
        self.assertLessEqual(least["lower"], 2)
        self.assertGreaterEqual(least["upper"], 2)
        self.assertLess(least["upper"] - least["lower"], 0.01)
        self.assertEqual(self.call("prove", "tracks.json", "--separation", "2.00001 m").status, 1)
        self.assertRegex(self.call("prove", "tracks.json").out, r"^clear at every instant")

    def test_radii_and_cylinders(self):
        near = mover("a", (0, 1, [0], [0]), radius_m=0.5), mover("b", (0, 1, [2.2], [0]), radius_m=0.25)
        self.assertEqual(self.call("prove", self.tracks(*near)).status, 1)
        self.assertEqual(self.call("prove", self.tracks(*near, separation_m=1.4)).status, 0)
        high = mover("a", (0, 1, [0], [0])), mover("b", (0, 1, [0], [0]))
        high[1]["pieces"][0]["z"] = [10]
        self.assertEqual(self.call("prove", self.tracks(*high, horizontal_m=50, vertical_m=10)).status, 0)
        self.assertEqual(self.call("prove", self.tracks(*high, horizontal_m=50, vertical_m=10.1)).status, 1)
        self.assertEqual(self.call("prove", "tracks.json", "--horizontal", "50 m", "--vertical", "9 m").status, 0)

    def test_far_apart_is_given_as_the_cap(self):
        self.tracks(mover("a", (0, 1, [0], [0])), mover("b", (0, 1, [1000], [0])))
        self.assertEqual(self.call_json("prove", "tracks.json")["least_distance_m"], {"lower": 200, "upper": 200})

    def test_csv_is_joined_linearly(self):
        (self.folder / "t.csv").write_text("id,y,x,time\na,0,0,0\na,0,10,10\nb,-5,5,0\nb,5,5,10\n")
        done = self.call("prove", "t.csv")
        self.assertEqual(done.status, 2)
        self.assertIn("says no separation: give one, --separation '2 m'", done.err)
        found = self.call_json("prove", "t.csv", "--separation", "1 m", status=1)
        self.assertAlmostEqual(found["conflicts"][0]["t_least"], 5, places=4)
        self.assertIn("says no separation", self.call_json("prove", "t.csv", status=2)["error"])

    def test_a_plan_can_be_proven(self):
        self.assertEqual(self.call("plan", program.PARADE, "--tracks", "t.json").status, 0)
        found = self.call_json("prove", "t.json", "--separation", "0.3 m")
        self.assertGreater(found["pairs"], 1000)

    def test_any_number_of_threads_gives_the_same(self):
        movers = [mover(f"m{i}", (0, 60, [i * 37 % 101, (i % 7 - 3) / 2], [i * 53 % 97, (i % 5 - 2) / 2])) for i in range(400)]
        self.tracks(*movers)
        found = [self.call_json("prove", "tracks.json", "--threads", n, status=1) for n in (1, 2, 3, 4)]
        for each in found:
            del each["seconds"]
            self.assertEqual(each, found[0])

    def test_bad_tracks_are_told_with_their_place(self):
        self.tracks(mover("a", (0, 10, [0, 1], [0]), (9, 12, [9], [0])), mover("a", (3, 2, [0], [0])))
        done = self.call("prove", "tracks.json")
        self.assertEqual(done.status, 3)
        for code in ("tracks.overlap", "tracks.id", "tracks.backwards"):
            self.assertRegex(done.err, rf"tracks\.json:1:\d+: error: .*\[{code}\]")
        found = self.call_json("prove", "tracks.json", status=3)
        self.assertEqual(len(found["diagnostics"]), 3)
        self.assertEqual(self.call("prove", "none.json").status, 5)
        for wrong in (["--threads", "0"], ["--separation", "2"], ["--horizontal", "2 m"],
                      ["--separation", "2 m", "--horizontal", "2 m", "--vertical", "2 m"]):
            self.assertEqual(self.call("prove", "tracks.json", *wrong).status, 2, wrong)

    def test_ctrl_c_ends_it(self):
        # A crowd on one spot: every pair is in conflict.
        self.tracks(*[mover(f"m{i}", (0, 1000, [0, 1e-3 * (i % 31), 1e-6 * i], [0, 1e-3 * (i % 37)])) for i in range(3000)])
        started = subprocess.Popen([PROGRAM, "prove", "tracks.json"], cwd=self.folder, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        time.sleep(1.5)
        if started.poll() is None:
            started.send_signal(signal.SIGINT)
            out, _ = started.communicate(timeout=60)
            self.assertEqual((started.returncode, out), (130, b""))
        else:
            started.communicate()


if __name__ == "__main__":
    program.main()
