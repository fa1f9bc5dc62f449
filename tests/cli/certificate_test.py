# SPDX-License-Identifier: MIT
"""defilada check --certificate and defilada verify."""
import gzip

import program
from program import PARADE, SHOWS, ProgramTest


class Certificate(ProgramTest):
    def certified(self, show=PARADE, *options):
        done = self.call("check", show, "--certificate", "show.certificate", *options)
        self.assertEqual(done.status, 0, done.err)
        self.assertRegex(done.out, r"(?m)^certificate: show\.certificate \(\d+\.\d [kM]B\)$")
        return "show.certificate"

    def test_is_written_and_holds_for_its_show(self):
        found = self.call_json("check", PARADE, "--certificate", "show.certificate")
        self.assertEqual(found["outputs"], ["show.certificate"])
        verdict = self.call_json("verify", "show.certificate", PARADE)
        self.assertEqual((verdict["verdict"], verdict["reason"], verdict["of_show"]), ("holds", None, True))
        self.assertGreaterEqual(verdict["movers"], found["movers"])
        self.assertEqual({kerb["road"] for kerb in verdict["kerbs"]}, {"street"})
        self.assertTrue(all(kerb["room_m"] >= 0 for kerb in verdict["kerbs"]))
        self.assertEqual([q["outlines"] for q in verdict["questions"]], [False, True])
        done = self.call("verify", "show.certificate", PARADE)
        self.assertEqual((done.status, done.err), (0, ""))
        self.assertIn("at every instant", done.out)
        self.assertIn("outlines do not touch", done.out)
        self.assertIn("accelerations, turns, climbs and heights are kept", done.out)
        self.assertIn("between the kerbs of their roads", done.out)
        self.assertIn("not covered: guests and their cars, kerbs for who forms up beside", done.out)
        self.assertIn("it is about the plan of", done.out)
        self.assertIn("w każdej chwili", self.call("verify", "show.certificate", "--lang", "pl").out)
        self.assertIsNone(self.call_json("verify", "show.certificate")["of_show"])

    def test_of_another_show_is_told(self):
        self.certified()
        other = self.show_with("later.yaml", "headway: {time: 20 s", "headway: {time: 25 s")
        verdict = self.call_json("verify", "show.certificate", other, status=1)
        self.assertEqual((verdict["verdict"], verdict["of_show"]), ("holds", False))
        self.assertEqual(verdict["difference"], "its tracks are others")
        other = self.show_with("fewer.yaml", "files: 6", "files: 5")
        verdict = self.call_json("verify", "show.certificate", other, status=1)
        self.assertIn("movers", verdict["difference"])

    def test_is_the_same_each_time(self):
        first = (self.folder / self.certified()).read_bytes()
        self.assertEqual((self.folder / self.certified()).read_bytes(), first)

    def test_doctored_is_refused(self):
        path = self.folder / self.certified()
        inside = bytearray(gzip.decompress(path.read_bytes()))
        path.write_bytes(gzip.compress(inside))
        self.assertEqual(self.call("verify", path).status, 0)
        path.write_bytes(gzip.compress(inside[:-1]))
        self.assertEqual(self.call("verify", path).status, 3)
        refused = accepted = 0
        for place in range(200, len(inside), len(inside) // 60):
            doctored = bytearray(inside)
            doctored[place] ^= 0x55
            path.write_bytes(gzip.compress(doctored))
            done = self.call("verify", path, PARADE)
            self.assertIn(done.status, (0, 1, 3), place)
            refused += "refused: " in done.out
            accepted += done.status == 0
        self.assertGreater(refused, 5)
        # A step may claim less than it shows.
        self.assertLess(accepted, 5)
        path.write_text("no certificate")
        done = self.call("verify", path)
        self.assertEqual((done.status, done.out), (3, ""))
        self.assertIn("this is no certificate", done.err)

    def test_there_is_none_of_a_conflict(self):
        near = self.show_with("near.yaml", "interval: 0.9 m", "interval: 0.45 m")
        done = self.call("check", near, "--certificate", "show.certificate")
        self.assertEqual(done.status, 1, done.out + done.err)
        self.assertRegex(done.out, r"no certificate: .* and .* come too near at \d\d:\d\d")
        self.assertFalse((self.folder / "show.certificate").exists())

    def test_of_a_variant(self):
        show = SHOWS / "variants.yaml"
        self.assertTrue(show.exists())
        self.certified(show, "--variant", "no-flying-weather")
        self.assertEqual(self.call("verify", "show.certificate", show).status, 1)
        self.assertEqual(self.call("verify", "show.certificate", show, "--variant", "no-flying-weather").status, 0)


if __name__ == "__main__":
    program.main()
