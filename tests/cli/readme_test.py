# SPDX-License-Identifier: MIT
"""What the documents show is what the program says."""
import json
import re
import shutil

import program
from program import ProgramTest

README = (program.SOURCE / "README.md").read_text(encoding="utf-8")


def block_after(command):
    """The lines that the README shows below a command."""
    return re.search(rf"(?ms)^\$ {re.escape(command)}\n(.*?)^(?:```|\$)", README)[1].splitlines()


class Readme(ProgramTest):
    def setUp(self):
        super().setUp()
        shutil.copytree(program.SOURCE / "shows" / "beijing-2025", self.folder / "my-parade")

    def compare(self, command):
        words = command.split()
        self.assertEqual(words[0], "defilada")
        said = self.call(*words[1:]).out.splitlines()
        for line in block_after(command):
            if line == "...":
                continue
            if line.startswith("  took"):
                self.assertTrue(any(found.startswith("  took") for found in said))
            else:
                self.assertIn(line, said)

    def test_first_run_and_first_change(self):
        self.compare("defilada run my-parade --no-crowd")
        old, new = re.search(r"change `(headway: [^`]*)` to `(headway: [^`]*)`", README).groups()
        show = self.folder / "my-parade" / "show.yaml"
        text = show.read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1)
        show.write_text(text.replace(old, new), encoding="utf-8")
        self.compare("defilada check my-parade")

    def test_the_example_of_a_summary_is_one(self):
        formats = (program.SOURCE / "docs" / "formats.md").read_text(encoding="utf-8")
        shown = json.loads(re.search(r"(?s)```json\n(.*?)```", formats)[1])
        shutil.copytree(program.SOURCE / "shows" / "first-steps", self.folder / "first-steps")
        said = self.call_json("run", "first-steps")
        self.assertEqual(list(shown.pop("seconds")), list(said.pop("seconds")))
        self.assertEqual(shown, said)

    def test_links_lead_somewhere(self):
        for target in re.findall(r"\]\(([^)#:]+)\)", README):
            self.assertTrue((program.SOURCE / target).exists(), target)


if __name__ == "__main__":
    program.main()
