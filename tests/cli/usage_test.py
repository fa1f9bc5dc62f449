# SPDX-License-Identifier: MIT
"""Help, misspelt words and exit codes."""
import re

import program
from program import COMMANDS, PLANNING, ProgramTest, contents

OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def options_of(help_text):
    """The options that a help lists, not those in its examples."""
    listed = help_text.split("\nOptions", 1)[1]
    return {m for line in listed.splitlines() for m in OPTION.findall(line[:22])}


class Help(ProgramTest):
    def test_of_the_program_names_every_command_and_exit_code(self):
        done = self.call("--help")
        self.assertEqual((done.status, done.err), (0, ""))
        for command in COMMANDS:
            self.assertRegex(done.out, rf"(?m)^  {command} +\w")
        for code in ("0 fine", "1 the show", "2 usage", "3 bad input", "4 the programme", "5 env", "130"):
            self.assertIn(code, done.out.replace("\n", " "))

    def test_of_each_command_begins_with_examples(self):
        for command in COMMANDS:
            with self.subTest(command):
                done = self.call(command, "--help")
                self.assertEqual((done.status, done.err), (0, ""))
                self.assertTrue(done.out.startswith("Examples:\n  defilada " + command), done.out)
                self.assertIn("\nUsage: defilada " + command, done.out)
                self.assertLessEqual({"--help", "--json", "--no-color", "--quiet"}, options_of(done.out))
                self.assertEqual(self.call("help", command).out, done.out)

    def test_examples_are_understood_by_the_parser(self):
        for command in COMMANDS:
            for line in self.call(command, "--help").out.split("\nUsage")[0].splitlines():
                if line.startswith("  defilada "):
                    words = line.split(">")[0].split()[1:]
                    self.assertNotEqual(self.call(*words).status, 2, line)

    def test_what_may_be_left_out_stands_in_brackets(self):
        for command, usage in (("verify", "verify FILE [SHOW]"), ("diff", "diff BEFORE [AFTER]"),
                               ("check", "check SHOW"), ("draw", "draw SHOW [WHAT...]"),
                               ("crowd", "crowd SITE...")):
            self.assertIn(f"\nUsage: defilada {usage} [OPTIONS]\n", self.call(command, "--help").out)

    def test_lines_fit_a_terminal(self):
        for command in COMMANDS:
            for line in self.call(command, "--help").out.splitlines():
                self.assertLessEqual(len(line), 90, line)

    def test_agrees_with_the_manual(self):
        manual = (program.SOURCE / "docs" / "commands.md").read_text(encoding="utf-8")
        sections = dict(re.findall(r"(?ms)^## defilada (\w+)\n(.*?)(?=^## |\Z)", manual))
        common = set(OPTION.findall(re.search(r"(?ms)^## Options of every command\n(.*?)^## ", manual)[1]))
        self.assertEqual(set(sections), set(COMMANDS))
        for command, text in sections.items():
            with self.subTest(command):
                rows = "\n".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
                listed = options_of(self.call(command, "--help").out)
                self.assertEqual(listed - common, set(OPTION.findall(rows)))
                self.assertLessEqual(common, listed)

    def test_without_a_command_is_shown_as_a_fault(self):
        done = self.call()
        self.assertEqual((done.status, done.out), (2, ""))
        self.assertIn("Commands:", done.err)


class Misspelt(ProgramTest):
    def fault(self, *args):
        done = self.call(*args)
        self.assertEqual((done.status, done.out), (2, ""), args)
        return done.err

    def test_commands(self):
        for word, meant in {"rnu": "run", "chekc": "check", "pan": "plan", "sheets": "sheet",
                            "shema": "schema", "versoin": "version"}.items():
            self.assertIn(f"unknown command '{word}'; did you mean '{meant}'?", self.fault(word))
        self.assertNotIn("did you mean", self.fault("levitate"))
        self.assertIn("did you mean 'plan'?", self.fault("help", "plna"))

    def test_options(self):
        show = program.PARADE
        self.assertIn("unknown option '--jsno' of 'run'; did you mean '--json'?",
                      self.fault("run", show, "--jsno"))
        self.assertIn("did you mean '--no-pdf'?", self.fault("sheet", show, "--nopdf"))
        self.assertIn("did you mean '--out'?", self.fault("plan", show, "--uot=x"))
        self.assertIn("see 'defilada check --help'", self.fault("check", show, "--out", "x"))
        self.assertIn("did you mean '--version'?", self.fault("--verison"))

    def test_values(self):
        self.assertIn("'a4'", self.fault("run", program.PARADE, "--paper", "a5"))
        self.assertIn("--out needs a value: DIR", self.fault("run", program.PARADE, "--out"))
        self.assertIn("not standard output", self.fault("plan", program.PARADE, "--tracks", "-"))
        self.assertIn("needs a SHOW", self.fault("run"))
        self.assertIn("unexpected argument 'two'", self.fault("run", "one", "two"))
        self.assertIn("no folder 'nowhere'",
                      self.fault("check", program.PARADE, "--catalogue", "nowhere"))


class ExitCodes(ProgramTest):
    def test_fine(self):
        for command in PLANNING:
            done = self.call(command, program.PARADE)
            self.assertEqual(done.status, 0, done.err)
            self.assertEqual(done.err, "")

    def test_a_rule_is_broken_and_the_result_is_written_all_the_same(self):
        for command in PLANNING:
            self.assertEqual(self.call(command, program.BREAKS_A_RULE).status, 1, command)
        self.assertEqual(sorted(contents(self.folder / "out" / "breaks-a-rule")), program.WRITTEN)

    def test_bad_input(self):
        for command in PLANNING:
            done = self.call(command, program.BAD_INPUT)
            self.assertEqual((done.status, done.out), (3, ""))

    def test_infeasible(self):
        for command in PLANNING:
            done = self.call(command, program.INFEASIBLE)
            self.assertEqual((done.status, done.out), (4, ""))

    def test_environment(self):
        (self.folder / "a file").write_text("kept")
        for command in ("run", "plan", "sheet"):
            done = self.call(command, program.PARADE, "--out", "a file")
            self.assertEqual((done.status, done.out), (5, ""))
            self.assertIn("'a file'", done.err)
        self.assertEqual((self.folder / "a file").read_text(), "kept")

    def test_no_show(self):
        (self.folder / "my-show").mkdir()
        done = self.call("check", "my-shwo")
        self.assertEqual(done.status, 3)
        self.assertIn("no show 'my-shwo'", done.err)
        self.assertIn("did you mean 'my-show'?", done.err)
        done = self.call("check", "my-show")
        self.assertEqual(done.status, 3)
        self.assertIn("has no show.yaml", done.err)
        self.assertEqual(self.call("check", self.folder / "a" / "b").status, 3)

    def test_version(self):
        project = (program.SOURCE / "CMakeLists.txt").read_text()
        number = re.search(r"project\(defilada VERSION (\S+)", project)[1]
        for words in (["version"], ["--version"]):
            self.assertEqual(self.call(*words), (0, f"defilada {number}\n", ""))
        self.assertEqual(self.call_json("version")["version"], number)


if __name__ == "__main__":
    program.main()
