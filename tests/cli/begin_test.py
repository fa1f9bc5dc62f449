# SPDX-License-Identifier: MIT
"""Starting from nothing: `defilada new`, and every command of the tutorial."""
import os
import re
import subprocess

import program
from program import ProgramTest, WRITTEN, contents

TEMPLATES = ["parade", "flypast", "carnival"]


class New(ProgramTest):
    def test_each_template_runs_without_a_finding(self):
        for what in TEMPLATES:
            with self.subTest(what):
                done = self.call("new", what, f"my-{what}")
                self.assertEqual((done.status, done.err), (0, ""))
                self.assertEqual(done.out, f"wrote my-{what}/show.yaml\nnext: defilada run my-{what}\n")
                summary = self.call_json("run", f"my-{what}")
                self.assertEqual(summary["findings"], {"error": 0, "warning": 0, "note": 0})
                self.assertGreater(summary["movers"], 10)
                self.assertEqual(sorted(contents(self.folder / "out" / f"my-{what}")), WRITTEN)

    def test_each_is_there_in_polish_too_and_runs(self):
        for what in TEMPLATES:
            with self.subTest(what):
                done = self.call("new", what, f"moj-{what}", "--lang", "pl")
                self.assertEqual((done.status, done.err), (0, ""))
                self.assertEqual(done.out, f"zapisano moj-{what}/show.yaml\ndalej: defilada run moj-{what}\n")
                self.call("new", what, f"my-{what}")
                polish = self.call_json("run", f"moj-{what}", "--lang", "pl")
                english = self.call_json("run", f"my-{what}")
                for counted in ("findings", "movers", "contingents", "people"):
                    self.assertEqual(polish[counted], english[counted], counted)

    def test_templates_are_commented(self):
        for what in TEMPLATES:
            for language in ("en", "pl"):
                folder = f"{what}-{language}"
                self.call("new", what, folder, "--lang", language)
                lines = (self.folder / folder / "show.yaml").read_text().splitlines()
                self.assertGreater(sum("# " in line for line in lines), 12, folder)
                self.assertLess(max(map(len, lines)), 145)

    def test_an_empty_folder_is_taken_and_another_is_left_alone(self):
        (self.folder / "empty").mkdir()
        self.assertEqual(self.call("new", "parade", "empty").status, 0)
        before = contents(self.folder)
        done = self.call("new", "carnival", "empty")
        self.assertEqual((done.status, done.out), (2, ""))
        self.assertIn("'empty' is there already", done.err)
        (self.folder / "file").write_text("kept")
        self.assertEqual(self.call("new", "parade", "file").status, 2)
        self.assertEqual(self.call("new", "parade", "file/below").status, 5)
        (self.folder / "file").unlink()
        self.assertEqual(contents(self.folder), before)

    def test_json(self):
        self.assertEqual(self.call_json("new", "flypast", "a/b"),
                         {"format": "defilada-new/1", "outputs": ["a/b/show.yaml"]})
        self.assertIn("error", self.call_json("new", "flypast", "a/b", status=2))

    def test_words_are_checked(self):
        done = self.call("new", "parde", "x")
        self.assertEqual((done.status, done.out), (2, ""))
        self.assertIn("did you mean 'parade'?", done.err)
        self.assertIn("'new' needs a DIR", self.call("new", "parade").err)
        self.assertFalse((self.folder / "x").exists())


class Tutorial(ProgramTest):
    """Each block of ```sh is run, line by line, and each of ```yaml that a line names is found in
    the show or put there; a block of ```text is what the line before it printed."""

    def test_it_can_be_followed(self):
        text = (program.SOURCE / "docs" / "tutorial.md").read_text(encoding="utf-8")
        path = os.pathsep.join([os.path.dirname(program.PROGRAM), os.environ["PATH"]])
        printed = ""
        ran = 0
        for language, block in re.findall(r"(?ms)^```(\w+)\n(.*?)^```$", text):
            if language == "sh":
                for line in block.splitlines():
                    done = subprocess.run(["bash", "-c", line], cwd=self.folder, text=True,
                                          capture_output=True, timeout=120,
                                          env=program.environment(PATH=path))
                    expected = 1 if "# ends with 1" in line else 4 if "# ends with 4" in line else 0
                    self.assertEqual(done.returncode, expected, line + "\n" + done.stderr)
                    printed = done.stdout + done.stderr
                    ran += 1
            elif language == "text":
                for line in block.splitlines():
                    if line.strip() != "…":
                        self.assertIn(line.strip(), printed)
            elif language == "diff":
                self.edit(block)
        self.assertGreater(ran, 8)
        self.assertTrue((self.folder / "out" / "my-parade" / "run-sheet.pdf").exists())

    def edit(self, block):
        """A line with - stands in the show; what has + takes its place."""
        show = self.folder / "my-parade" / "show.yaml"
        text = show.read_text(encoding="utf-8")
        lines = [line for line in block.splitlines() if line[:1] in "+- "]
        old = "".join(line[1:] + "\n" for line in lines if line[0] in "- ")
        new = "".join(line[1:] + "\n" for line in lines if line[0] in "+ ")
        self.assertEqual(text.count(old), 1, old)
        show.write_text(text.replace(old, new), encoding="utf-8")


if __name__ == "__main__":
    program.main()
