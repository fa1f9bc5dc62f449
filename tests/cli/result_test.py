# SPDX-License-Identifier: MIT
"""What lies in the output folder."""
import subprocess

import program
from program import ProgramTest, contents


def sqlite(path, query):
    """As a person asks it: the shell, read-only."""
    done = subprocess.run(["sqlite3", "-readonly", str(path), query], check=True, stdout=subprocess.PIPE,
                          timeout=60)
    return done.stdout.decode().strip().splitlines()


class OutputFolder(ProgramTest):
    def test_is_named_after_the_show(self):
        self.assertEqual(self.call("run", program.PARADE).status, 0)
        self.assertEqual(sorted(contents(self.folder / "out" / "parade")), sorted(program.WRITTEN))

    def test_is_made_with_its_parents(self):
        self.run_parade("print/today/one")
        self.assertEqual(sorted(contents(self.folder / "print/today/one")), sorted(program.WRITTEN))

    def test_other_files_are_left_alone(self):
        out = self.folder / "out"
        out.mkdir()
        for name in ("notes.txt", "plan.sqlite.bak", "run-sheet.html~", "show.yaml", ".defilada-x.tmp"):
            (out / name).write_text(name)
        self.run_parade()
        self.run_parade()
        for name in ("notes.txt", "plan.sqlite.bak", "run-sheet.html~", "show.yaml", ".defilada-x.tmp"):
            self.assertEqual((out / name).read_text(), name)

    def test_a_build_without_the_player_says_so(self):
        told = self.call("run", program.PARADE)
        self.assertEqual("no playback.html is written" in told.err, not program.PLAYER)
        left_out = self.call("run", program.PARADE, "--no-playback")
        self.assertNotIn("playback", left_out.err + left_out.out)

    def test_files_of_ours_are_replaced(self):
        out = self.folder / "out"
        out.mkdir()
        for name in program.WRITTEN:
            (out / name).write_text("old")
        self.run_parade()
        for name, content in contents(out).items():
            self.assertGreater(len(content), 100, name)

    def test_may_be_the_folder_of_the_show(self):
        show = self.folder / "my show"
        show.mkdir()
        text = program.PARADE.read_bytes()
        (show / "show.yaml").write_bytes(text)
        self.assertEqual(self.call("run", "my show", "--out", "my show").status, 0)
        self.assertEqual((show / "show.yaml").read_bytes(), text)
        self.assertEqual(self.call("check", "my show").status, 0)


class LongLists(ProgramTest):
    """What is more than a screen is cut where something else was asked for than a list."""

    def faulty(self, faults):
        lines = "".join(f"      - extra {i}: {{blok: 1}}\n" for i in range(faults))
        return self.show_with("faulty.yaml", "      - fire brigade:\n", "      - fire brigade:\n" + lines)

    def test_run_shows_a_screenful_of_errors_and_check_all(self):
        show = self.faulty(60)
        run = self.call("run", show)
        self.assertEqual(run.status, 3)
        self.assertLessEqual(len(run.err.splitlines()), 41)
        shown = run.err.count("[show.unknown-key]")
        self.assertGreater(shown, 5)
        self.assertIn(f"... and {60 - shown} more: see defilada check {show}\n60 errors\n", run.err)
        check = self.call("check", show)
        self.assertEqual(check.status, 3)
        self.assertEqual(check.err.count("[show.unknown-key]"), 60)
        self.assertNotIn("more: see", check.err)

    def test_what_fits_is_shown_whole(self):
        run = self.call("run", self.faulty(3))
        self.assertEqual(run.err.count("[show.unknown-key]"), 3)
        self.assertNotIn("more: see", run.err)

    def test_of_a_long_sum_run_leaves_out_the_middle(self):
        text = program.INFEASIBLE.read_text(encoding="utf-8").split("  - thanks:")
        items = "".join(f"  - speech {i}: {{after: {'march-past' if i == 0 else f'speech {i - 1}'}, lasts: 10 s}}\n"
                        for i in range(12))
        show = self.folder / "long.yaml"
        show.write_text(text[0] + items + "  - thanks:" + text[1].replace("after: march-past", "after: speech 11"),
                        encoding="utf-8")
        run = self.call("run", show)
        check = self.call("check", show)
        self.assertEqual((run.status, check.status), (4, 4))
        self.assertIn("... and ", run.err)
        self.assertIn("Any one of these changes is enough", run.err)
        self.assertLess(len(run.err.splitlines()), 30)
        self.assertGreater(check.err.count("speech"), 24)
        self.assertIn("thanks ends, no later than", run.err)

    def test_the_last_line_says_what_to_open(self):
        last = self.call("run", program.PARADE, "--out", "out").out.splitlines()[-1]
        self.assertRegex(last, r"^  open +out/run-sheet\.pdf to print")
        self.assertEqual("out/playback.html in a browser" in last, program.PLAYER)
        last = self.call("run", program.PARADE, "--out", "out", "--no-pdf", "--lang", "pl").out.splitlines()[-1]
        self.assertRegex(last, r"^  otwórz +out/run-sheet\.html – w przeglądarce")


class OtherFiles(ProgramTest):
    """What lies beside a show and is none is told as what it is, without its bytes."""

    def test_are_told_as_what_they_are(self):
        out = self.run_parade()
        for name, told in {"plan.sqlite": "is a plan, not a show", "run-sheet.pdf": "is a PDF, not a text",
                           "run-sheet.html": "is a page or a drawing, not a show"}.items():
            done = self.call("check", out / name)
            self.assertEqual(done.status, 3, name)
            self.assertIn(told, done.err)
            self.assertNotIn("\ufffd", done.err)
            self.assertLessEqual(len(done.err.splitlines()), 2, done.err)
        for command in (["prove"], ["crowd"], ["rehearsal", program.PARADE]):
            done = self.call(*command, out / "plan.sqlite")
            self.assertEqual(done.status, 3, command)
            self.assertIn("is a database (SQLite), not a text", done.err)
            self.assertNotIn("\ufffd", done.err)

    def test_a_show_in_utf_16_is_told_as_that(self):
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            (self.folder / "show.yaml").write_bytes(program.PARADE.read_text().encode(encoding))
            done = self.call("check", "show.yaml")
            self.assertEqual(done.status, 3)
            self.assertIn("the text is UTF-16", done.err)


class SameInput(ProgramTest):
    def outputs(self, folder, *words):
        (self.folder / folder).mkdir()
        done = self.call("run", *words, "--out", "out", cwd=self.folder / folder)
        self.assertIn(done.status, (0, 1), done.err)
        return contents(self.folder / folder / "out")

    def test_gives_the_same_bytes(self):
        for name, show in {"parade": program.PARADE, "names": program.NAMES,
                           "rule": program.BREAKS_A_RULE}.items():
            first = self.outputs(name + "-1", show)
            self.assertEqual(sorted(first), sorted(program.WRITTEN))
            second = self.outputs(name + "-2", show)
            for file in first:
                self.assertTrue(first[file] == second[file], f"{file} of {name} differs")

    def test_another_show_gives_others(self):
        first = self.outputs("one", program.PARADE)
        second = self.outputs("two", self.show_with("parade.yaml", "time: 20 s", "time: 21 s"))
        for file in first:
            if file.startswith("brief"):
                continue  # says when the first contingent passes; a second more between two is none of its news
            self.assertFalse(first[file] == second[file], f"{file} does not follow the show")

    def test_paper_changes_the_pdf_only(self):
        a4, letter = self.outputs("a4", program.PARADE), self.outputs("us", program.PARADE, "--paper",
                                                                      "letter")
        self.assertFalse(a4["run-sheet.pdf"] == letter["run-sheet.pdf"])
        self.assertTrue(a4["plan.sqlite"] == letter["plan.sqlite"])
        for folder, size in {"a4": "A4", "us": "letter"}.items():
            info = subprocess.run(["pdfinfo", self.folder / folder / "out" / "run-sheet.pdf"], check=True,
                                  stdout=subprocess.PIPE).stdout.decode()
            self.assertRegex(info, rf"Page size: .*\({size}\)")


class PlanFile(ProgramTest):
    def test_can_be_queried_with_the_shell(self):
        plan = self.run_parade() / "plan.sqlite"
        self.assertEqual(sqlite(plan, "pragma integrity_check"), ["ok"])
        summary = self.call_json("check", program.PARADE)
        self.assertEqual(sqlite(plan, "select count(*) from cues"), [str(summary["cues"])])
        self.assertEqual(sqlite(plan, "select name from contingents order by 1"),
                         ["fire brigade", "scouts", "sports club"])


class Languages(ProgramTest):
    def text_of(self, show, *words):
        done = self.call("sheet", show, "--out", "out", *words)
        self.assertEqual(done.status, 0, done.err)
        page = (self.folder / "out" / "run-sheet.html").read_text(encoding="utf-8")
        pdf = subprocess.run(["pdftotext", self.folder / "out" / "run-sheet.pdf", "-"], check=True,
                             stdout=subprocess.PIPE).stdout.decode()
        return page, pdf

    def test_titles_follow_the_language(self):
        for language, title in {"en": "Small parade", "pl": "Mała defilada", "de": "Small parade"}.items():
            for text in self.text_of(program.PARADE, "--language", language):
                self.assertIn(title, text)
        self.assertIn("Mała defilada",
                      self.call("run", program.PARADE, "--language", "pl", "--out", "o").out)

    def test_names_of_any_alphabet_reach_the_sheet(self):
        page, pdf = self.text_of(program.NAMES, "--language", "pl")
        for name in ("Straż Pożarna", "徒步方队", "敬礼线"):
            self.assertIn(name, page)
            self.assertIn(name, pdf)
        self.assertIn("&lt;b&gt;sons", page)
        self.assertNotIn("<b>sons", page)

    def test_names_of_any_alphabet_reach_the_summary(self):
        summary = self.call_json("check", program.NAMES, "--cues")
        self.assertIn("ułani 🐎", summary["people_by_role"])


if __name__ == "__main__":
    program.main()
