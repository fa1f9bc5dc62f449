// SPDX-License-Identifier: MIT
#include "yaml_syntax.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace defilada::show::yaml {
namespace {

struct Row {
  std::string_view problem;
  std::string_view id;
  std::string_view message;
  std::string_view expected;
  bool at_context = false;
  std::string_view context{};
};

constexpr std::string_view kMapping = "the mapping begins here";
constexpr std::string_view kList = "the list begins here";
constexpr std::string_view kAnchor = "'&' and '*' begin an anchor and an alias, and need a name";
constexpr std::string_view kNewScalar = "a text that begins with such a character, in quotes";
constexpr std::string_view kPair = "quotes around a text that holds ': '; or other indentation";

// libyaml 0.2.5, scanner.c and parser.c.
constexpr std::array kRows = {
    Row{"did not find expected key", "yaml.indentation",
        "this does not continue the mapping that it stands in",
        "a key as far to the right as the keys before it", false, kMapping},
    Row{"did not find expected '-' indicator", "yaml.indentation",
        "this does not continue the list that it stands in",
        "'-' as far to the right as the ones before it", false, kList},
    Row{"mapping values are not allowed in this context", "yaml.colon", "a ':' where no key can be",
        kPair},
    Row{"found unexpected ':'", "yaml.colon", "a ':' inside a text between brackets", kPair},
    Row{"could not find expected ':'", "yaml.colon", "this line has no ':' after its key",
        "'KEY: VALUE'", true},
    Row{"mapping keys are not allowed in this context", "yaml.colon", "a '?' where no key can be",
        "quotes around a text that begins with '?'"},
    Row{"block sequence entries are not allowed in this context", "yaml.indentation",
        "a '-' where no list can begin", "the list on the next line, or [A, B]"},
    Row{"did not find expected ',' or ']'", "yaml.bracket", "a ',' or the closing ']' is missing",
        "',' or ']'", false, "the '[' is here"},
    Row{"did not find expected ',' or '}'", "yaml.bracket", "a ',' or the closing '}' is missing",
        "',' or '}'", false, "the '{' is here"},
    Row{"did not find expected node content", "yaml.bracket", "a value is missing",
        "a text, '[' or '{'"},
    Row{"did not find expected <document start>", "yaml.indentation",
        "text after the end of the document", "one document"},
    Row{"found unknown escape character", "yaml.escape",
        "unknown escape in a text in double quotes",
        "an escape such as \\n, or '\\\\' for the backslash itself"},
    Row{"did not find expected hexdecimal number", "yaml.escape",
        "an escape lacks its hexadecimal digits", "\\xHH, \\uHHHH or \\UHHHHHHHH"},
    Row{"found invalid Unicode character escape code", "yaml.escape",
        "an escape is not a Unicode character", "a code up to 10FFFF"},
    Row{"did not find expected alphabetic or numeric character", "yaml.anchor", kAnchor,
        kNewScalar},
    Row{"did not find expected comment or line break", "yaml.block-scalar",
        "something stands after '|' or '>'", "the text on the next lines"},
    Row{"found an indentation indicator equal to 0", "yaml.block-scalar",
        "'|' and '>' take an indentation of 1 to 9", "'|' or '>' alone"},
    Row{"did not find expected whitespace or line break", "yaml.syntax", "a space is missing",
        "a space or the end of the line"},
    Row{"found a tab character that violates indentation", "yaml.tab", "a tab cannot indent",
        "spaces"},
    Row{"found a tab character where an indentation space is expected", "yaml.tab",
        "a tab cannot indent", "spaces"},
};

SyntaxFault fault(const Row& row) {
  return {row.id, std::string(row.message), std::string(row.expected), row.at_context, row.context};
}

SyntaxFault bad_first_character(char character) {
  if (character == '\t') return {"yaml.tab", "a tab cannot indent or begin a value", "spaces"};
  return {"yaml.first-character", fmt::format("a text cannot begin with '{}'", character),
          "quotes around it"};
}

bool contains(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

}  // namespace

SyntaxFault explain_syntax(std::string_view problem, std::string_view context, char character) {
  if (contains(context, "quoted scalar") && problem.starts_with("found unexpected"))
    return {"yaml.unterminated-quote", "the quote that opens here is never closed",
            "the same quote at the end of the text", true};
  if (problem == "found character that cannot start any token")
    return bad_first_character(character);
  if (contains(context, "directive") || contains(problem, "directive") ||
      contains(problem, "incompatible YAML document"))
    return {"yaml.directive", "'%' at the beginning of a line begins a directive",
            "quotes around a text that begins with '%'", !context.empty()};
  if (contains(context, "tag") || contains(problem, "tag"))
    return {"yaml.tag", "'!' begins a tag; tags have no meaning here",
            "quotes around a text that begins with '!'"};
  const auto row = std::find_if(kRows.begin(), kRows.end(),
                                [&](const Row& candidate) { return candidate.problem == problem; });
  if (row != kRows.end()) return fault(*row);
  return {"yaml.syntax",
          fmt::format("this is not YAML: {}{}{}", problem, context.empty() ? "" : " ", context),
          ""};
}

}  // namespace defilada::show::yaml
