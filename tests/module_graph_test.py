# SPDX-License-Identifier: MIT
"""Plants each kind of violation in a small tree and sees that scripts/check-module-graph finds it."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
CHECK = ROOT / "scripts" / "check-module-graph"

TREE = {
    "modules/modules.txt": "core:\ngeo: core\nshow: core geo\napps/tool: core show\n",
    "modules/core/CMakeLists.txt": "defilada_module(core\n  HEADERS a.hpp\n  SOURCES a.cpp)\n",
    "modules/core/include/defilada/core/a.hpp": "#pragma once\n",
    "modules/core/src/a.cpp": '#include "defilada/core/a.hpp"\n#include "hidden.hpp"\n',
    "modules/core/src/hidden.hpp": "#pragma once\n",
    "modules/geo/CMakeLists.txt": "defilada_module(geo HEADERS g.hpp SOURCES DEPENDS core)\n",
    "modules/geo/include/defilada/geo/g.hpp": '#include "defilada/core/a.hpp"\n',
    "modules/show/CMakeLists.txt":
        "defilada_module(show\n  HEADERS s.hpp\n  DEPENDS core geo  # both\n  LINKS fmt::fmt)\n",
    "modules/show/include/defilada/show/s.hpp":
        '#include <vector>\n#include "defilada/core/a.hpp"\n#include "defilada/geo/g.hpp"\n',
    "modules/show/test/s_test.cpp": '#include "../src/own.hpp"\n#include <defilada/geo/g.hpp>\n',
    "modules/show/src/own.hpp": "",
    "apps/tool/CMakeLists.txt": "",
    "apps/tool/main.cpp": '#include "defilada/core/a.hpp"\n#include "defilada/show/s.hpp"\n',
}


def result_of(changes):
    """Exit status and messages of the check over TREE with `changes` (None removes a file)."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**TREE, **changes}.items():
            if text is not None:
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, str(CHECK), "--root", folder], text=True,
                              capture_output=True, check=False)
        return done.returncode, done.stdout + done.stderr


class ModuleGraph(unittest.TestCase):
    def finds(self, changes, *words):
        status, output = result_of(changes)
        self.assertEqual(status, 1, output)
        for word in words:
            self.assertIn(word, output)
        self.assertEqual(len(output.splitlines()), 1, output)

    def test_the_sound_tree_passes(self):
        status, output = result_of({})
        self.assertEqual((status, output), (0, "module graph: 4 modules, 5 edges, as declared\n"))

    def test_an_include_that_is_not_declared(self):
        self.finds({"modules/core/src/a.cpp": '#include "defilada/show/s.hpp"\n'},
                   "modules/core/src/a.cpp:1: core may not use show", "modules.txt:1: 'core: show'")

    def test_a_comment_is_no_include(self):
        status, output = result_of({"modules/core/src/a.cpp": '// #include "defilada/geo/g.hpp"\n'})
        self.assertEqual(status, 0, output)

    def test_an_include_in_a_test(self):
        self.finds({"modules/geo/test/t.cpp": "#include <defilada/show/s.hpp>\n"},
                   "modules/geo/test/t.cpp:1: a test of geo may not use show", "'geo/test: show'")

    def test_a_declared_include_of_a_test(self):
        declared = "core:\ngeo: core\nshow: core geo\nshow/test:\napps/tool: core show\n"
        status, output = result_of({"modules/modules.txt": declared})
        self.assertEqual(status, 0, output)

    def test_what_only_the_tests_may_use_the_sources_may_not(self):
        self.finds({"modules/modules.txt":
                        "core:\ngeo: core\nshow: geo\nshow/test: core\napps/tool: core show\n",
                    "modules/show/CMakeLists.txt": "defilada_module(show HEADERS s.hpp DEPENDS geo)\n",
                    "modules/show/test/s_test.cpp": '#include "defilada/core/a.hpp"\n'},
                   "show/s.hpp:2: show may not use core", "'show: core geo'")

    def test_a_private_header_of_another_module(self):
        self.finds({"modules/geo/src/g.cpp": '#include "../../core/src/hidden.hpp"\n'},
                   "modules/geo/src/g.cpp:1", "modules/core/src/hidden.hpp is private")

    def test_a_header_that_is_not_public(self):
        self.finds({"modules/geo/src/g.cpp": '#include "defilada/core/hidden.hpp"\n'},
                   "'defilada/core/hidden.hpp' is no public header of core")

    def test_a_declared_edge_that_nobody_uses(self):
        self.finds({"apps/tool/main.cpp": '#include "defilada/show/s.hpp"\n'},
                   "modules.txt:4: apps/tool does not use core; write 'apps/tool: show'")

    def test_cmake_that_disagrees(self):
        self.finds({"modules/show/CMakeLists.txt": "defilada_module(show HEADERS s.hpp DEPENDS geo)\n"},
                   "modules/show/CMakeLists.txt", "write 'DEPENDS core geo'")

    def test_a_header_that_cmake_does_not_list(self):
        self.finds({"modules/geo/include/defilada/geo/new.hpp": ""},
                   "modules/geo/CMakeLists.txt: add 'new.hpp' to HEADERS")

    def test_a_cycle(self):
        self.finds({"modules/modules.txt": "core: geo\ngeo: core\nshow: core geo\napps/tool: core show\n"},
                   "modules.txt:1: 'geo' is not declared above 'core'")

    def test_a_module_that_nobody_declared(self):
        self.finds({"modules/crowd/src/c.cpp": ""}, "add a line 'crowd: ...'")

    def test_a_declared_module_that_is_gone(self):
        self.finds({"apps/tool/CMakeLists.txt": None}, "modules.txt:4: 'apps/tool' has no CMakeLists")


if __name__ == "__main__":
    unittest.main()
