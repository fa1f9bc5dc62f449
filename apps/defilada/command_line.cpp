// SPDX-License-Identifier: MIT
#include "command_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "command_table.hpp"
#include "completion.hpp"
#include "defilada/core/suggest.hpp"
#include "defilada/core/terminal.hpp"
#include "defilada/show/parse.hpp"
#include "help.hpp"
#include "manual.hpp"
#include "option_tree.hpp"

namespace defilada::app {
namespace {

std::string lower(std::string word) {
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return word;
}

std::optional<int> whole_number(const std::string& word, int least, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  const bool whole = error == std::errc() && end == word.data() + word.size();
  return whole && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

/// "a, b or c", to be said.
Phrase either_of(const std::vector<std::string>& words) {
  std::vector<Phrase> but_last;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    but_last.push_back(Phrase::verbatim(words[i]));
  }
  if (but_last.empty()) return Phrase::verbatim(words.back());
  return phrase("{} or {}", Phrase::joined(but_last, ", "), words.back());
}

/// Reads a line by the tree and says what is wrong with it.
class Parser {
 public:
  tl::expected<Options, Diagnostic> parse(int argc, const char* const* argv);

 private:
  [[nodiscard]] const CLI::App* chosen() const { return tree_.chosen(); }
  [[nodiscard]] Diagnostic bad_argument(const CLI::ParseError& error) const;
  [[nodiscard]] Diagnostic extra(const std::vector<std::string>& words) const;
  [[nodiscard]] Diagnostic misspelt_option(const std::string& word) const;
  [[nodiscard]] Diagnostic misspelt_command(const std::string& word) const;
  [[nodiscard]] Diagnostic fault(std::string code, Phrase message,
                                 std::string suggestion = {}) const;
  [[nodiscard]] tl::expected<Options, Diagnostic> help() const;
  [[nodiscard]] std::optional<Diagnostic> wrong_argument(const CLI::App& command) const;
  [[nodiscard]] std::optional<Diagnostic> wrong_separation() const;
  [[nodiscard]] std::optional<Diagnostic> wrong_port() const;
  [[nodiscard]] std::optional<Diagnostic> read_crowd(Options::Crowd& result) const;
  [[nodiscard]] tl::expected<Options, Diagnostic> checked(const CommandText& text) const;
  [[nodiscard]] Options options(Command command) const;
  [[nodiscard]] std::optional<Diagnostic> read_resolution(Options& result) const;

  OptionTree tree_;
};

Diagnostic Parser::fault(std::string code, Phrase message, std::string suggestion) const {
  const CLI::App* const command = chosen();
  const bool named = command != nullptr && command->get_name() != kHelpCommand;
  return {Severity::error,
          "usage." + std::move(code),
          std::move(message),
          {},
          phrase("see 'defilada {}--help'", named ? command->get_name() + " " : ""),
          std::move(suggestion),
          {}};
}

Diagnostic Parser::misspelt_option(const std::string& word) const {
  const CLI::App* const command = chosen() == nullptr ? &tree_.app : chosen();
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> known;
  for (const CLI::Option* option : command->get_options()) {
    for (const std::string& long_name : option->get_lnames()) known.push_back("--" + long_name);
  }
  return fault("unknown-option",
               command == &tree_.app
                   ? phrase("unknown option '{}'", name)
                   : phrase("unknown option '{}' of '{}'", name, command->get_name()),
               nearest(name, known));
}

Diagnostic Parser::misspelt_command(const std::string& word) const {
  std::vector<std::string> known;
  for (const CommandText& text : kCommands) known.emplace_back(text.name);
  known.emplace_back(kHelpCommand);
  return fault("unknown-command", phrase("unknown command '{}'", word), nearest(word, known));
}

Diagnostic Parser::extra(const std::vector<std::string>& words) const {
  const auto option = std::find_if(words.begin(), words.end(), [](const std::string& word) {
    return word.size() > 1 && word.front() == '-';
  });
  if (option != words.end()) return misspelt_option(*option);
  if (chosen() == nullptr) return misspelt_command(words.front());
  return fault("unexpected-argument", phrase("unexpected argument '{}'", words.front()));
}

/// The parser's own words for a missing value are for its programmers: "--out: 1 required DIR
/// missing".
Diagnostic Parser::bad_argument(const CLI::ParseError& error) const {
  const std::string words = error.what();
  const CLI::App* const command = chosen() == nullptr ? &tree_.app : chosen();
  for (const CLI::Option* option : command->get_options()) {
    const std::string type = option->get_type_name();
    const std::string name = option->get_name();
    if (!type.empty() && words.find(name + ":") == 0 &&
        words.find("missing") != std::string::npos) {
      return fault("missing-value", phrase("{} needs a value: {}", name, type));
    }
  }
  return fault("bad-argument", Phrase::verbatim(words));
}

tl::expected<Options, Diagnostic> Parser::help() const {
  Options result;
  result.command = Command::help;
  const int columns = std::min(terminal_columns(STDOUT_FILENO), 100);
  const CLI::App* command = chosen();
  if (command != nullptr && command->get_name() == kHelpCommand) {
    command = nullptr;
    if (!tree_.raw.help_about.empty() && tree_.raw.help_about != kHelpCommand) {
      const auto found = tree_.app.get_subcommands(
          [&](const CLI::App* candidate) { return candidate->get_name() == tree_.raw.help_about; });
      if (found.empty()) return tl::unexpected(misspelt_command(tree_.raw.help_about));
      command = found.front();
    }
  }
  result.text =
      command == nullptr ? program_help(tree_.app, columns) : command_help(*command, columns);
  result.json = tree_.raw.json;
  return result;
}

double length_m(const std::string& text) {
  return show::parse_length_m(text).value_or(0);  // checked before
}

Options Parser::options(Command command) const {
  Options result;
  result.command = command;
  result.show = tree_.raw.show;
  if (!tree_.raw.out.empty()) result.out = tree_.raw.out;
  if (!tree_.raw.tracks.empty()) result.tracks = tree_.raw.tracks;
  result.catalogues.assign(tree_.raw.catalogues.begin(), tree_.raw.catalogues.end());
  result.variant = tree_.raw.variant;
  result.variants = !tree_.raw.no_variants && tree_.raw.variant.empty();
  result.paper = tree_.raw.paper == "letter" ? sheet::Paper::letter : sheet::Paper::a4;
  result.language_given = !tree_.raw.language.empty();
  if (result.language_given) result.language = tree_.raw.language;
  result.pdf = !tree_.raw.no_pdf;
  result.playback = !tree_.raw.no_playback;
  result.other = tree_.raw.other;
  if (!tree_.raw.separation.empty()) result.separation_m = length_m(tree_.raw.separation);
  if (!tree_.raw.horizontal.empty()) result.horizontal_m = length_m(tree_.raw.horizontal);
  if (!tree_.raw.vertical.empty()) result.vertical_m = length_m(tree_.raw.vertical);
  if (!tree_.raw.threads.empty()) result.threads = std::stoi(tree_.raw.threads);
  if (!tree_.raw.port.empty()) result.port = static_cast<std::uint16_t>(std::stoi(tree_.raw.port));
  result.listen = tree_.raw.listen;
  result.host_names = tree_.raw.host_names;
  result.browser = !tree_.raw.no_browser;
  if (!tree_.raw.contingent.empty()) result.contingent = tree_.raw.contingent.front();
  result.best = tree_.raw.best;
  result.keep_height = tree_.raw.keep_height;
  result.keep_spacing = tree_.raw.keep_spacing;
  result.ocr = tree_.raw.ocr;
  result.zone = tree_.raw.zone;
  result.format = command == Command::draw ? tree_.raw.picture_format : tree_.raw.format;
  result.pictures = tree_.raw.pictures;
  result.codes = tree_.raw.codes;
  result.dry_run = tree_.raw.dry_run;
  if (!tree_.raw.sarif.empty()) result.sarif = tree_.raw.sarif;
  if (!tree_.raw.certificate.empty()) result.certificate = tree_.raw.certificate;
  result.what = tree_.raw.what;
  result.folder = tree_.raw.folder;
  if (command == Command::man) result.text = manual_page(tree_);
  if (command == Command::completion) result.text = completion_script(tree_, tree_.raw.shell);
  result.json = tree_.raw.json;
  result.findings = tree_.raw.findings;
  result.cues = tree_.raw.cues;
  result.cards = tree_.raw.cards;
  result.quiet = tree_.raw.quiet;
  result.colour = !tree_.raw.no_colour;
  return result;
}

/// Missing arguments, and words that are none of the few that can be.
std::optional<Diagnostic> Parser::wrong_argument(const CLI::App& command) const {
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_positional() || option->count() > 0 || option->get_items_expected_min() == 0) {
      continue;
    }
    if (option->get_name() == "AFTER" && !tree_.raw.variant.empty()) continue;
    if (option->get_name() == "SHOW" && command.get_name() == "verify") continue;
    return fault("no-" + lower(option->get_name()),
                 option->get_name().front() == 'A'
                     ? phrase("'{}' needs an {}: {}", command.get_name(), option->get_name(),
                              option->get_description())
                     : phrase("'{}' needs a {}: {}", command.get_name(), option->get_name(),
                              option->get_description()));
  }
  for (const OptionTree::Choice& choice : tree_.choices) {
    const auto& words = choice.words;
    if (choice.command != &command || choice.option->count() == 0) continue;
    const std::vector<std::string> typed =
        choice.values != nullptr ? *choice.values : std::vector{*choice.value};
    const auto wrong = std::find_if(typed.begin(), typed.end(), [&](const std::string& word) {
      return std::find(words.begin(), words.end(), word) == words.end();
    });
    if (wrong == typed.end()) continue;
    return fault("unknown-" + lower(choice.option->get_type_name()),
                 phrase("{} is {}, not '{}'", choice.option->get_name(), either_of(words), *wrong),
                 nearest(*wrong, words));
  }
  return std::nullopt;
}

/// --dpi and --width of a PNG.
std::optional<Diagnostic> Parser::read_resolution(Options& result) const {
  const auto number = [&](const char* option, const std::string& text, long most,
                          long& value) -> std::optional<Diagnostic> {
    char* end = nullptr;
    value = std::strtol(text.c_str(), &end, 10);
    if (end != text.c_str() && *end == '\0' && value >= 1 && value <= most) return std::nullopt;
    return fault("bad-number",
                 phrase("{} is a whole number from 1 to {}, not '{}'", option, most, text));
  };
  const bool png = result.format == "png";
  for (const auto& [option, text] :
       {std::pair{"--dpi", &tree_.raw.dpi}, std::pair{"--width", &tree_.raw.width}}) {
    if (text->empty()) continue;
    if (!png) {
      return fault("not-png", phrase("{} is of a PNG: add --format png", option));
    }
    long value = 0;
    const bool dpi = text == &tree_.raw.dpi;
    if (auto wrong = number(option, *text, dpi ? 2400 : 30'000, value)) return wrong;
    if (dpi) {
      result.dpi = static_cast<double>(value);
    } else {
      result.width_px = static_cast<int>(value);
    }
  }
  if (result.dpi && result.width_px) {
    return fault("bad-argument", phrase("--dpi and --width exclude each other"));
  }
  return std::nullopt;
}

/// Lengths and counts of `prove`.
std::optional<Diagnostic> Parser::wrong_separation() const {
  const Raw& raw = tree_.raw;
  const std::array<std::pair<const char*, const std::string*>, 3> lengths{
      {{"--separation", &raw.separation},
       {"--horizontal", &raw.horizontal},
       {"--vertical", &raw.vertical}}};
  for (const auto& [name, text] : lengths) {
    if (text->empty()) continue;
    const Result<double> length = show::parse_length_m(*text);
    if (!length) return fault("bad-length", phrase("{}: {}", name, length.error().message));
  }
  if (raw.horizontal.empty() != raw.vertical.empty()) {
    return fault("half-a-cylinder", phrase("--horizontal and --vertical belong together"));
  }
  if (!raw.separation.empty() && !raw.horizontal.empty()) {
    return fault("two-separations", phrase("--separation, or --horizontal and --vertical"));
  }
  int threads = 1;
  const auto* const end = raw.threads.data() + raw.threads.size();
  const auto read = std::from_chars(raw.threads.data(), end, threads);
  if (!raw.threads.empty() &&
      (read.ec != std::errc() || read.ptr != end || threads < 1 || threads > 1024)) {
    return fault("bad-threads",
                 phrase("--threads is a number from 1 to 1024, not '{}'", raw.threads));
  }
  return std::nullopt;
}

std::optional<Diagnostic> Parser::wrong_port() const {
  const std::string& text = tree_.raw.port;
  std::uint16_t port = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || (read.ec == std::errc() && read.ptr == text.data() + text.size())) {
    return std::nullopt;
  }
  return fault("bad-port", phrase("--port is a number from 0 to 65535, not '{}'", text));
}

/// Numbers and files of `crowd`.
std::optional<Diagnostic> Parser::read_crowd(Options::Crowd& result) const {
  const Raw& raw = tree_.raw;
  std::optional<Diagnostic> wrong;
  const auto number = [&](const char* option, const std::string& text, double low, double high,
                          bool whole) -> std::optional<double> {
    if (text.empty() || wrong) return std::nullopt;
    double value = 0;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    const bool good = read.ec == std::errc() && read.ptr == end && value >= low && value <= high &&
                      (!whole || value == std::floor(value));
    if (good) return value;
    wrong = fault(
        "bad-number",
        whole ? phrase("{} is a whole number from {:.17g} to {:.17g}, not '{}'", option, low, high,
                       text)
              : phrase("{} is a number from {:.6g} to {:.6g}, not '{}'", option, low, high, text));
    return std::nullopt;
  };
  result.sites.assign(raw.sites.begin(), raw.sites.end());
  if (const auto agents = number("--agents", raw.agents, 0, 10'000'000, true)) {
    result.agents = static_cast<std::int64_t>(*agents);
  }
  constexpr double kExact = 9007199254740991;  // beyond it a double is no whole number any more
  result.seed = static_cast<std::uint64_t>(number("--seed", raw.seed, 0, kExact, true).value_or(1));
  result.step_s = number("--dt", raw.step, 0.001, 1, false).value_or(0.05);
  result.until_s = number("--until", raw.until, 0, 1e6, false).value_or(3600);
  result.runs = static_cast<int>(number("--runs", raw.runs, 1, 10'000, true).value_or(1));
  result.fps = number("--fps", raw.fps, 0.001, 1000, false).value_or(8);
  result.model = raw.model;
  result.exits = raw.exits;
  result.trajectory = raw.trajectory;
  result.recording = raw.recording;
  result.drawing = raw.drawing;
  result.off = raw.no_crowd;
  result.resume = raw.resume;
  if (!raw.people_share.empty() && !wrong) {
    const std::string& said = raw.people_share;
    std::string text = said;
    while (!text.empty() && (text.back() == '%' || text.back() == ' ')) text.pop_back();
    if (const auto share = number("--people-share", text.empty() ? said : text, 0.01, 100, false)) {
      result.share = *share / 100;
      // 0.03 may be 3 % or 0.03 %: who gives a number alone is asked which.
      if (said.find('%') == std::string::npos) {
        wrong = fault("no-percent",
                      phrase("--people-share is in per cent, with their sign: not '{}'", text),
                      fmt::format("{:.6g}%", *share < 1 ? 100 * *share : *share));
      }
    }
  }
  for (const auto& [option, file] :
       {std::pair{"--trajectory", &raw.trajectory}, std::pair{"--recording", &raw.recording},
        std::pair{"--drawing", &raw.drawing}}) {
    if (*file == "-" && !wrong)
      wrong = fault(
          "no-file",
          phrase("{} writes a file, not standard output; './-' is a file of that name", option));
  }
  if (!wrong && result.runs > 1 && !(raw.trajectory.empty() && raw.recording.empty())) {
    wrong = fault("bad-argument",
                  phrase("--trajectory and --recording are of one run: not with --runs"));
  }
  return wrong;
}

tl::expected<Options, Diagnostic> Parser::checked(const CommandText& text) const {
  if (auto wrong = wrong_argument(*chosen())) return tl::unexpected(std::move(*wrong));
  if (auto wrong = wrong_port()) return tl::unexpected(std::move(*wrong));
  if (auto wrong = wrong_separation()) return tl::unexpected(std::move(*wrong));
  if (text.command == Command::diff && !tree_.raw.variant.empty() && !tree_.raw.other.empty()) {
    return tl::unexpected(
        fault("two-shows",
              phrase("with --variant there is one show: its base is held against the variant")));
  }
  for (const auto& [option, file] :
       {std::pair{"--tracks", &tree_.raw.tracks}, std::pair{"--sarif", &tree_.raw.sarif},
        std::pair{"--certificate", &tree_.raw.certificate}}) {
    if (*file != "-") continue;
    return tl::unexpected(fault(
        "no-file",
        phrase("{} writes a file, not standard output; './-' is a file of that name", option)));
  }
  for (const std::string& folder : tree_.raw.catalogues) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored)) {
      return tl::unexpected(
          fault("no-catalogue-folder", phrase("--catalogue: no folder '{}'", folder)));
    }
  }
  const Result<Duration> within = show::parse_duration(tree_.raw.within);
  if (!within) {
    return tl::unexpected(fault("bad-duration", phrase("--within: {}", within.error().message)));
  }
  const std::optional<int> places = whole_number(tree_.raw.places, 1, 10'000);
  if (!places) {
    return tl::unexpected(
        fault("bad-number",
              phrase("--places: '{}' is no whole number from 1 to 10 000", tree_.raw.places)));
  }
  Options result = options(text.command);
  result.places = *places;
  result.within_s = within->seconds();
  if (auto wrong = read_resolution(result)) return tl::unexpected(std::move(*wrong));
  if (auto wrong = read_crowd(result.crowd)) return tl::unexpected(std::move(*wrong));
  return result;
}

tl::expected<Options, Diagnostic> Parser::parse(int argc, const char* const* argv) {
  try {
    tree_.app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return help();
  } catch (const CLI::ExtrasError&) {
    return tl::unexpected(extra(tree_.app.remaining(true)));
  } catch (const CLI::ParseError& error) {
    return tl::unexpected(bad_argument(error));
  }
  if (tree_.raw.version) return options(Command::version);
  const CLI::App* const command = chosen();
  if (command == nullptr) {
    Options nothing = help().value();
    nothing.command = Command::none;
    return nothing;
  }
  if (command->get_name() == kHelpCommand) return help();
  const auto* const text = std::find_if(kCommands.begin(), kCommands.end(), [&](const auto& row) {
    return row.name == command->get_name();
  });
  return checked(*text);
}

}  // namespace

tl::expected<Options, Diagnostic> parse_command_line(int argc, const char* const* argv) {
  return Parser().parse(argc, argv);
}

bool has_flag(int argc, const char* const* argv, const char* flag) {
  for (int i = 1; i < argc && std::strcmp(argv[i], "--") != 0; ++i) {
    if (std::strcmp(argv[i], flag) == 0) return true;
  }
  return false;
}

std::string language_of(int argc, const char* const* argv) {
  std::string language = "en";
  for (int i = 1; i < argc && std::strcmp(argv[i], "--") != 0; ++i) {
    const std::string_view word = argv[i];
    for (const std::string_view name : {"--lang", "--language"}) {
      if (word == name && i + 1 < argc) language = argv[i + 1];
      if (word.starts_with(name) && word.substr(name.size()).starts_with('=')) {
        language = word.substr(name.size() + 1);
      }
    }
  }
  return language;
}

}  // namespace defilada::app
