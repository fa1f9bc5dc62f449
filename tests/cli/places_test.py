# SPDX-License-Identifier: MIT
"""Where the program finds shows and catalogues."""
import os
import pathlib
import shutil
import subprocess
import unittest

import program
from program import PROGRAM, ProgramTest, environment


class Shows(ProgramTest):
    def test_folders_and_files(self):
        folder = self.folder / "my show"
        folder.mkdir()
        shutil.copy(program.PARADE, folder / "show.yaml")
        for name in ("my show", "my show/", "./my show", "my show/show.yaml", folder):
            summary = self.call_json("check", name)
            self.assertEqual(summary["show"], "my-show", name)
        self.assertEqual(self.call_json("check", ".", cwd=folder)["show"], "my-show")

    def test_names_of_any_alphabet(self):
        folder = self.folder / "Święto Ω 徒步"
        folder.mkdir()
        shutil.copy(program.PARADE, folder / "show.yaml")
        done = self.call("run", folder.name, "--out", "wyjście 出")
        self.assertEqual(done.status, 0, done.err)
        self.assertIn("wyjście 出/run-sheet.html", done.out)
        self.assertTrue((self.folder / "wyjście 出" / "plan.sqlite").exists())

    def test_names_that_are_not_utf8(self):
        path = os.fsencode(self.folder) + b"/par\xe9de.yaml"
        shutil.copy(program.PARADE, path)
        summary = self.call_json("run", "--out", "out", os.fsdecode(path))
        self.assertEqual(summary["movers"], 144)

    def test_a_name_that_begins_with_a_hyphen(self):
        shutil.copy(program.PARADE, self.folder / "-p.yaml")
        self.assertEqual(self.call("check", "--", "-p.yaml").status, 0)


class Catalogues(ProgramTest):
    """The program lies in PREFIX/bin, its catalogues in PREFIX/share/defilada/catalogue."""

    def setUp(self):
        super().setUp()
        self.installed = self.folder / "prefix" / "bin" / "defilada"
        self.installed.parent.mkdir(parents=True)
        shutil.copy(PROGRAM, self.installed)
        self.catalogue = program.SOURCE / "catalogue"

    def status(self, *words, env=None):
        done = self.call("check", program.PARADE, *words, program=self.installed, env=env)
        if done.status == 3:
            self.assertIn("foot", done.err)
        return done.status

    def test_are_found_beside_the_installed_program(self):
        self.assertEqual(self.status(), 3)
        shutil.copytree(self.catalogue, self.folder / "prefix" / "share" / "defilada" / "catalogue")
        self.assertEqual(self.status(), 0)
        # Through a link from elsewhere, too.
        link = self.folder / "defilada"
        link.symlink_to(self.installed)
        self.assertEqual(self.call("check", program.PARADE, program=link).status, 0)

    def test_can_be_named(self):
        self.assertEqual(self.status("--catalogue", self.catalogue), 0)
        self.assertEqual(self.status("--catalogue", self.folder, "--catalogue", self.catalogue), 0)
        self.assertEqual(self.status("--catalogue", self.folder), 3)

    def test_can_be_named_in_the_environment(self):
        for value in (str(self.catalogue), f"/nowhere:{self.catalogue}:"):
            self.assertEqual(self.status(env=environment(DEFILADA_CATALOGUE=value)), 0)

    def test_beside_the_show_go_first(self):
        show = self.folder / "show.yaml"
        shutil.copy(program.PARADE, show)
        (self.folder / "foot.yaml").write_text("defilada catalogue: 1\n")
        done = self.call("check", show)
        self.assertEqual(done.status, 3)
        self.assertIn("foot/uk", done.err)

    def test_no_path_of_the_building_machine_is_compiled_in(self):
        strings = pathlib.Path(PROGRAM).read_bytes()
        catalogue = os.fsencode(self.catalogue)
        self.assertNotIn(catalogue, strings)

    @unittest.skipIf(program.SANITIZED, "a sanitizer keeps whole paths among the constants, for its reports")
    def test_failed_checks_name_their_file_from_the_root_of_the_sources(self):
        """What a check prints lies among the constants; the debugger's own sections keep whole paths."""
        constants = self.folder / "constants"
        subprocess.run(["objcopy", "--output-target=binary", "--only-section=.rodata", PROGRAM, constants],
                       check=True, timeout=60)
        strings = constants.read_bytes()
        self.assertIn(b"modules/plan/src/", strings)
        for folder in ("modules", "apps"):
            self.assertNotIn(os.fsencode(program.SOURCE / folder), strings)


if __name__ == "__main__":
    program.main()
