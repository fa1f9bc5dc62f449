// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "defilada/language/words.hpp"
#include "source_dir.hpp"

namespace defilada::language {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAreArray;

/// A pattern with the file and the line where it stands.
struct Found {
  fs::path file;
  std::size_t line = 0;
  std::string pattern;
  bool literal = true;
};

std::size_t past_space(const std::string& text, std::size_t at) {
  while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at])) != 0) ++at;
  return at;
}

/// The value of the string literals that stand one after another at `at`; false where there is
/// none.
bool read_literals(const std::string& text, std::size_t at, std::string& value) {
  bool any = false;
  while (at < text.size() && text[at] == '"') {
    any = true;
    for (++at; at < text.size() && text[at] != '"'; ++at) {
      const bool escaped = text[at] == '\\';
      if (escaped) ++at;
      value += escaped && text[at] == 'n' ? '\n' : text[at];
    }
    at = past_space(text, at + 1);
  }
  return any;
}

/// Every phrase("…") of a file: not the declarations, whose arguments are types.
void scan(const fs::path& file, std::vector<Found>& found) {
  std::ifstream stream(file);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  constexpr std::string_view kCall = "phrase(";
  for (std::size_t at = text.find(kCall); at != std::string::npos; at = text.find(kCall, at + 1)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    const std::size_t line_begin = text.rfind('\n', at) + 1;
    const bool comment = text.substr(line_begin, at - line_begin).find("//") != std::string::npos;
    if (std::isalnum(static_cast<unsigned char>(before)) != 0 || before == '_' || before == '.' ||
        comment) {
      continue;
    }
    Found each{
        file,
        static_cast<std::size_t>(
            std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1),
        {},
        true};
    each.literal = read_literals(text, past_space(text, at + kCall.size()), each.pattern);
    found.push_back(each);
  }
}

/// The words of the table of keys, which messages say: .what = "…" and .name = "…".
void scan_table(const fs::path& file, std::vector<Found>& found) {
  std::ifstream stream(file);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  for (const std::string_view field : {".what = ", ".name = "}) {
    for (std::size_t at = text.find(field); at != std::string::npos;
         at = text.find(field, at + 1)) {
      Found each{
          file,
          static_cast<std::size_t>(
              std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1),
          {},
          true};
      if (read_literals(text, at + field.size(), each.pattern)) found.push_back(each);
    }
  }
}

/// All sources that say something: not tests, not the template itself.
std::vector<Found> phrases_of_the_sources() {
  const fs::path root(test::source_dir());
  std::vector<Found> found;
  for (const char* const top : {"modules", "apps"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const fs::path file = fs::relative(entry.path(), root);
      const std::string name = file.string();
      const bool source = file.extension() == ".cpp" || file.extension() == ".hpp";
      const bool aside = name.find("/test/") != std::string::npos ||
                         name.find("/language/") != std::string::npos ||
                         file.filename() == "phrase.hpp";
      if (source && !aside) scan(entry.path(), found);
      if (file.filename().string().starts_with("schema_")) scan_table(entry.path(), found);
    }
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
  });
  return found;
}

/// "modules/show/src/read.cpp" -> "modules/language/src/polish/show.inc".
std::string table_of(const fs::path& file) {
  auto part = fs::relative(file, test::source_dir()).begin();
  return fmt::format("modules/language/src/polish/{}.inc", (*++part).string());
}

std::string as_literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return out + "\"";
}

/// The fields of a pattern of fmt, by the number of the argument; and whether it has a letter.
struct Pattern {
  std::set<std::string> arguments;
  std::set<std::string> whole;  ///< those shown without marks, as a whole number can be
  bool letters = false;
};
Pattern taken_apart(std::string_view text) {
  Pattern out;
  std::size_t next = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '{' && text[i + 1] != '{') {
      const std::size_t end = text.find('}', i);
      const std::string_view field = text.substr(i + 1, end - i - 1);
      const std::string_view index = field.substr(0, field.find(':'));
      const std::string name = index.empty() ? std::to_string(next++) : std::string(index);
      out.arguments.insert(name);
      if (field.find(':') == std::string_view::npos) out.whole.insert(name);
      i = end;
    } else if (c == '{' || c == '}') {
      ++i;
    } else {
      out.letters = out.letters || std::isalpha(static_cast<unsigned char>(c)) != 0;
    }
  }
  return out;
}

std::map<std::string_view, std::string_view> table() {
  std::map<std::string_view, std::string_view> all;
  for (const PhraseText& each : all_phrases()) all.emplace(each.english, each.polish);
  return all;
}

TEST(Phrases, all_have_a_polish_text) {
  const auto polish = table();
  std::map<std::string, std::string> missing;  // by table: the lines to add
  std::set<std::string> seen;
  for (const Found& each : phrases_of_the_sources()) {
    if (!each.literal) {
      ADD_FAILURE()
          << each.file.string() << ":" << each.line
          << ": phrase( must be followed by its English text, \"…\": a choice goes around "
             "it, n == 1 ? phrase(\"…\") : phrase(\"…\", n)";
      continue;
    }
    const bool known = !taken_apart(each.pattern).letters || polish.count(each.pattern) > 0;
    if (known || !seen.insert(each.pattern).second) continue;
    missing[table_of(each.file)] +=
        fmt::format("  DEFILADA_PHRASE({}, \"…\")   // said at {}:{}\n", as_literal(each.pattern),
                    fs::relative(each.file, test::source_dir()).string(), each.line);
  }
  for (const auto& [file, lines] : missing) {
    ADD_FAILURE()
        << "these phrases have no Polish text. Add to " << file
        << " (a new table: also to phrases.inc), with {0}, {1} … for the arguments in the "
           "order of the call:\n"
        << lines;
  }
}

/// The text between a parenthesis that opens at `at` and the one that closes it.
std::string_view arguments_at(std::string_view text, std::size_t at) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = at; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && text[i] == '(') {
      ++depth;
    } else if (!quoted && text[i] == ')' && --depth == 0) {
      return text.substr(at, i - at);
    }
  }
  return {};
}

/// fail, error and warning take phrases: a finished string would stay English.
TEST(Phrases, are_what_reports_are_made_of) {
  const fs::path root(test::source_dir());
  std::size_t calls = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root / "modules")) {
    const std::string name = entry.path().string();
    if (entry.path().extension() != ".cpp" || name.find("/src/") == std::string::npos) continue;
    std::ifstream stream(entry.path());
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    for (const std::string_view call : {"fail(Errc::", "error(\"", "warning(\"", "report(\""}) {
      for (std::size_t at = text.find(call); at != std::string::npos;
           at = text.find(call, at + 1)) {
        const std::string_view inside = arguments_at(text, text.find('(', at));
        const std::size_t message = inside.find(',');
        ++calls;
        if (message == std::string_view::npos) continue;
        std::string_view rest = inside.substr(message);
        const bool bare = rest.substr(0, 2) == ", " &&
                          rest.find_first_not_of(" \n", 1) < rest.size() &&
                          rest[rest.find_first_not_of(" \n", 1)] == '"';
        const bool formatted = rest.find("fmt::format(\"") < rest.find("phrase(\"");
        EXPECT_FALSE(bare || formatted)
            << fs::relative(entry.path(), root).string() << ":"
            << std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1
            << ": write phrase(\"…\", …) in place of a finished string, so that it can be said in "
               "other languages: "
            << inside.substr(0, 120);
      }
    }
  }
  EXPECT_GT(calls, 100U);
}

TEST(Phrases, are_all_said_somewhere) {
  // Said of the table of keys through a function: a name in it is enough.
  std::set<std::string> said{"a cue", "the name of a station", "names of marches"};
  for (const Found& each : phrases_of_the_sources()) said.insert(each.pattern);
  EXPECT_GT(said.size(), 20U);
  for (const PhraseText& each : all_phrases()) {
    EXPECT_TRUE(said.count(std::string(each.english)) > 0)
        << "no source says " << as_literal(each.english) << " any more: take its line out";
  }
}

TEST(Phrases, have_one_text_each_that_is_sound_and_names_the_same_arguments) {
  std::set<std::string_view> seen;
  for (const PhraseText& each : all_phrases()) {
    EXPECT_TRUE(seen.insert(each.english).second) << "twice: " << as_literal(each.english);
    const Anatomy anatomy = language::anatomy(each.polish);
    ASSERT_EQ(anatomy.error, "") << each.polish;
    const Pattern english = taken_apart(each.english);
    const std::set<std::string> polish(anatomy.arguments.begin(), anatomy.arguments.end());
    EXPECT_EQ(polish, english.arguments) << as_literal(each.english) << "\n" << each.polish;
    for (const std::string& chooses : anatomy.plural_over) {
      EXPECT_TRUE(english.whole.count(chooses) > 0)
          << each.polish << ": argument " << chooses << " is no whole number";
    }
    for (std::vector<std::string> forms : anatomy.categories) {
      std::erase_if(forms, [](const std::string& word) { return word.front() == '='; });
      std::sort(forms.begin(), forms.end());
      EXPECT_THAT(forms, ElementsAreArray(plural_categories("pl"))) << each.polish;
    }
  }
}

TEST(Phrases, are_said_in_the_language_asked_for) {
  const Phrase said = phrase("expected {}", phrase("did you mean '{}'?", "gap"));
  EXPECT_EQ(Words("en")(said), "expected did you mean 'gap'?");
  EXPECT_EQ(Words("pl")(said), "oczekiwane: czy chodziło o „gap”?");
  EXPECT_EQ(Words("de")(said), said.english());
}

TEST(Phrases, write_figures_as_the_language_does) {
  EXPECT_EQ(Words("pl")(
                phrase("{:.1f}; {:g}; {}; {}; {}", 1.25, 0.5, 7, "1.2.3", Measure{"2 min 3.5 s"})),
            "1,2; 0,5; 7; 1.2.3; 2 min 3,5 s");
  EXPECT_EQ(Words("en")(phrase("{:.1f}; {}", 1.25, Measure{"3.5 s"})), "1.2; 3.5 s");
  EXPECT_EQ(Words("pl")(Phrase::given({{"en", "army"}, {"pl", "wojsko"}})), "wojsko");
  EXPECT_EQ(Words("pl")(Phrase::given({{"en", "army"}})), "army");
  EXPECT_EQ(Words("pl")(Phrase::verbatim("gap: 1.5 m")), "gap: 1.5 m");
}

}  // namespace
}  // namespace defilada::language
