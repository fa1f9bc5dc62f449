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
