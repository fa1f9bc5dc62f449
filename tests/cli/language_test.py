# SPDX-License-Identifier: MIT
"""--lang pl: everything that is said is Polish, and nothing but that changes."""
import html.parser
import re

import program
from program import ProgramTest, SOURCE

# Words that no Polish sentence has.
STOP_WORDS = {
    "the", "is", "are", "of", "and", "than", "that", "which", "with", "when", "where", "from", "must", "cannot",
    "starts", "ends", "lasts", "steps", "waits", "expected", "error", "warning", "note", "short", "later", "earlier",
    "crosses", "clears", "headway", "gap", "least", "most", "keeps", "moves", "stands", "there", "this", "these",
}


def english_in(text):
    """The stop words that stand outside of quotations."""
    bare, shorter = "", text
    while bare != shorter:  # from the innermost outwards
        bare, shorter = shorter, re.sub(r"„[^„”]*”", "", shorter)
    return sorted(set(re.findall(r"[a-z]+", bare.lower())) & STOP_WORDS)


class Texts(html.parser.HTMLParser):
    """The texts of a page, without those of its style."""

    def __init__(self):
        super().__init__()
        self.texts, self.closed = [], 0

    def handle_starttag(self, tag, attributes):
        self.closed += tag in ("style", "script")

    def handle_endtag(self, tag):
        self.closed -= tag in ("style", "script")

    def handle_data(self, text):
        if not self.closed and text.strip():
            self.texts.append(" ".join(text.split()))


class Messages(ProgramTest):
    def test_a_faulty_show_is_told_in_polish(self):
        told = self.call("check", program.BAD_INPUT, "--lang", "pl")
        self.assertEqual(told.status, 3)
        self.assertIn(": błąd: ", told.err)
        # Lines of the show and the marks below them are the planner's.
        ours = [line for line in told.err.splitlines() if not re.match(r" *\d* *\|", line)]
        self.assertEqual(english_in("\n".join(ours)), [], told.err)

    def test_findings_and_verdict(self):
        told = self.call("check", program.BREAKS_A_RULE, "--lang", "pl")
        self.assertEqual(told.status, 1)
        self.assertRegex(told.out, r"\d+ (błąd|błędy|błędów), ")
        ours = [line for line in told.out.splitlines() if not re.match(r" *\d* *\|", line)]
        self.assertEqual(english_in("\n".join(ours)), [], told.out)

    def test_the_overview(self):
        told = self.call("run", program.PARADE, "--lang", "pl")
        self.assertEqual(told.status, 0)
        for label in ("program", "zastrzeżenia", "zapisano", "czas pracy"):
            self.assertIn(f"  {label}", told.out)
        self.assertRegex(told.out, r"\d,\d\d\u00a0s: \w+ \d,\d\d, program ")

    def test_conflicts_quote_the_planner_and_say_the_rest_in_polish(self):
        told = self.call("check", program.INFEASIBLE, "--lang", "pl")
        self.assertEqual(told.status, 4)
        self.assertRegex(told.err, r"błąd: .* nie da się wykonać razem: brakuje ")
        self.assertIn("zamiast", told.err)

    def test_usage(self):
        told = self.call("chekc", "--lang=pl")
        self.assertEqual(told.status, 2)
        self.assertIn("błąd: nieznane polecenie „chekc”; czy chodziło o „check”?", told.err)
        self.assertEqual(self.call("check", "--lang", "pl", "nowhere").err.splitlines()[0],
                         "błąd: nie ma widowiska „nowhere” [show.not-found]")

    def test_english_unless_asked(self):
        for language in ([], ["--lang", "en"], ["--lang", "de"]):
            told = self.call("check", program.BAD_INPUT, *language, env=program.environment(LANG="pl_PL.UTF-8"))
            self.assertIn(": error: ", told.err)

    def test_json_keeps_its_codes(self):
        english = self.call_json("check", program.BAD_INPUT, status=3)
        polish = self.call_json("check", program.BAD_INPUT, "--lang", "pl", status=3)
        self.assertEqual([each["code"] for each in polish["diagnostics"]],
                         [each["code"] for each in english["diagnostics"]])
        for one, other in zip(english["diagnostics"], polish["diagnostics"]):
            self.assertNotEqual(one["message"], other["message"])
            self.assertEqual(one["severity"], other["severity"])


class Sheet(ProgramTest):
    """What is not Polish in a Polish sheet stands so in the show or in what it uses."""

    def check_sheet(self, show):
        self.assertIn(self.call("sheet", SOURCE / "shows" / show, "--lang", "pl", "--no-pdf", "-o", "out").status, (0, 1))
        page = Texts()
        page.feed((self.folder / "out" / "run-sheet.html").read_text())
        written = " ".join(" ".join(path.read_text().split())
                           for folder in (SOURCE / "shows" / show, SOURCE / "catalogue") for path in folder.glob("**/*.*")
                           if path.suffix in (".yaml", ".geojson"))
        written = re.sub(r"[\"'>|]", "", written)
        self.assertGreater(len(page.texts), 200)
        for text in page.texts:
            # Names of the show stand in lists, behind colons and in brackets.
            while "„" in text and (bare := re.sub(r"„[^„”]*”", "", text)) != text:
                text = bare
            for part in re.split(r"[,;:·()–×/]|\. | i |\b\d+\b", re.sub(r"[\"'>|]", "", text)):
                own = part.strip(" .…")
                if own not in written:
                    self.assertEqual(english_in(own), [], text)

    def test_beijing(self):
        self.check_sheet("beijing-2025")

    def test_paris(self):
        self.check_sheet("paris-2025")


if __name__ == "__main__":
    program.main()
