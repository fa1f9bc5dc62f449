# SPDX-License-Identifier: MIT
"""What the program prints of itself: the manual page and the completions of shells."""
import os
import pathlib
import re
import shutil
import subprocess

import program
from program import COMMANDS, ProgramTest
from usage_test import options_of

# Runs the completion as bash would with the cursor at the end of the last word.
COMPLETE = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_defilada
printf '%s\\n' "${COMPREPLY[@]}"
"""


class Texts(ProgramTest):
    def text(self, *args):
        done = self.call(*args)
        self.assertEqual((done.status, done.err), (0, ""))
        return done.out

    def completed(self, *words):
        script = self.folder / "completion"
        script.write_text(self.text("completion", "bash"))
        done = subprocess.run(["bash", "-c", COMPLETE, "bash", str(script), "defilada", *words],
                              cwd=self.folder, capture_output=True, text=True, timeout=20)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return set(done.stdout.split())

    def test_every_option_is_in_the_page_and_in_each_completion(self):
        texts = {name: self.text(*words) for name, words in {
            "man": ["man"], "bash": ["completion", "bash"], "zsh": ["completion", "zsh"],
            "fish": ["completion", "fish"]}.items()}
        texts["man"] = texts["man"].replace("\\-", "-")
        for command in COMMANDS:
            for option in options_of(self.text(command, "--help")):
                for name, text in texts.items():
                    written = f"-l {option[2:]}" if name == "fish" else option
                    self.assertRegex(text, rf"{re.escape(written)}\b", f"{name}: {command}")
        for command in COMMANDS:
            self.assertIn(f".SS defilada {command}\n", texts["man"])

    def test_the_page_is_sound_roff(self):
        page = self.text("man")
        for line in page.splitlines():
            if line.startswith("."):
                self.assertRegex(line, r"^\.(TH|SH|SS|TP|PP|B|I)( |$)")
            self.assertNotIn("'", line[:1])
        if shutil.which("groff"):
            done = subprocess.run(["groff", "-man", "-ww", "-z"], input=page, capture_output=True,
                                  text=True, timeout=60)
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_shells_take_their_completion(self):
        self.assertTrue(shutil.which("bash"))
        for shell in ("bash", "zsh", "fish"):
            if not shutil.which(shell):
                continue
            done = subprocess.run([shell, "-n"], input=self.text("completion", shell),
                                  capture_output=True, text=True, timeout=60)
            self.assertEqual((done.returncode, done.stderr), (0, ""), shell)

    def test_bash_completes(self):
        self.assertEqual(self.completed(""), {*COMMANDS, "help"})
        self.assertEqual(self.completed("sch"), {"schema"})
        self.assertEqual(self.completed("run", "--pa"), {"--paper"})
        self.assertEqual(self.completed("run", "show", "--paper", ""), {"a4", "letter"})
        self.assertEqual(self.completed("new", "f"), {"flypast"})
        self.assertEqual(self.completed("help", "pl"), {"plan"})
        (self.folder / "shows").mkdir()
        self.assertEqual(self.completed("run", "sho"), {"shows"})
        self.assertEqual(self.completed("run", "--out", "sho"), {"shows"})

    def test_an_unknown_shell_is_refused(self):
        done = self.call("completion", "fihs")
        self.assertEqual((done.status, done.out), (2, ""))
        self.assertIn("bash, zsh or fish, not 'fihs'; did you mean 'fish'?", done.err)
        self.assertEqual(self.call("completion").status, 2)


class Built(ProgramTest):
    def test_what_is_installed_is_what_is_printed(self):
        here = pathlib.Path(os.path.dirname(program.PROGRAM))
        for name, words in {"defilada.1": ["man"], "defilada.bash": ["completion", "bash"],
                            "_defilada": ["completion", "zsh"],
                            "defilada.fish": ["completion", "fish"]}.items():
            self.assertEqual((here / name).read_text(), self.call(*words).out, name)


if __name__ == "__main__":
    program.main()
