// SPDX-License-Identifier: MIT
#include "yaml_syntax.hpp"

#include <algorithm>
#include <array>

namespace defilada::show::yaml {
namespace {

struct Row {
  std::string_view problem;
  std::string_view id;
  Phrase message;
  Phrase expected;
  bool at_context = false;
  Phrase context{};
};

/// What libyaml 0.2.5 says, scanner.c and parser.c, and what that means.
const auto& rows() {
  static const std::array kRows = {
      Row{"did not find expected key", "yaml.indentation",
          phrase("this does not continue the mapping that it stands in"),
          phrase("a key as far to the right as the keys before it"), false,
          phrase("the mapping begins here")},
      Row{"did not find expected '-' indicator", "yaml.indentation",
          phrase("this does not continue the list that it stands in"),
          phrase("'-' as far to the right as the ones before it"), false,
          phrase("the list begins here")},
      Row{"mapping values are not allowed in this context", "yaml.colon",
          phrase("a ':' where no key can be"),
          phrase("quotes around a text that holds ': '; other indentation; or a ':' behind the key "
                 "of the line before")},
      Row{"found unexpected ':'", "yaml.colon", phrase("a ':' inside a text between brackets"),
          phrase("quotes around a text that holds ': '; or other indentation")},
      Row{"could not find expected ':'", "yaml.colon", phrase("this line has no ':' after its key"),
          phrase("'KEY: VALUE'"), true},
      Row{"mapping keys are not allowed in this context", "yaml.colon",
          phrase("a '?' where no key can be"), phrase("quotes around a text that begins with '?'")},
      Row{"block sequence entries are not allowed in this context", "yaml.indentation",
          phrase("a '-' where no list can begin"), phrase("the list on the next line, or [A, B]")},
      Row{"did not find expected ',' or ']'", "yaml.bracket",
          phrase("a ',' or the closing ']' is missing"), phrase("',' or ']'"), false,
          phrase("the '[' is here")},
      Row{"did not find expected ',' or '}'", "yaml.bracket",
          phrase("a ',' or the closing '}}' is missing"), phrase("',' or '}}'"), false,
          phrase("the '{{' is here")},
      Row{"did not find expected node content", "yaml.bracket", phrase("a value is missing"),
          phrase("a text, '[' or '{{'")},
      Row{"did not find expected <document start>", "yaml.indentation",
          phrase("text after the end of the document"), phrase("one document")},
      Row{"found unknown escape character", "yaml.escape",
          phrase("unknown escape in a text in double quotes"),
          phrase("an escape such as \\n, or '\\\\' for the backslash itself")},
      Row{"did not find expected hexdecimal number", "yaml.escape",
          phrase("an escape lacks its hexadecimal digits"),
          phrase("\\xHH, \\uHHHH or \\UHHHHHHHH")},
      Row{"found invalid Unicode character escape code", "yaml.escape",
          phrase("an escape is not a Unicode character"), phrase("a code up to 10FFFF")},
      Row{"did not find expected alphabetic or numeric character", "yaml.anchor",
          phrase("'&' and '*' begin an anchor and an alias, and need a name"),
          phrase("a text that begins with such a character, in quotes")},
      Row{"did not find expected comment or line break", "yaml.block-scalar",
          phrase("something stands after '|' or '>'"), phrase("the text on the next lines")},
      Row{"found an indentation indicator equal to 0", "yaml.block-scalar",
          phrase("'|' and '>' take an indentation of 1 to 9"), phrase("'|' or '>' alone")},
      Row{"did not find expected whitespace or line break", "yaml.syntax",
          phrase("a space is missing"), phrase("a space or the end of the line")},
      Row{"found a tab character that violates indentation", "yaml.tab",
          phrase("a tab cannot indent"), phrase("spaces")},
      Row{"found a tab character where an indentation space is expected", "yaml.tab",
          phrase("a tab cannot indent"), phrase("spaces")},
  };
  return kRows;
}

SyntaxFault fault(const Row& row) {
  return {row.id, row.message, row.expected, row.at_context, row.context};
}

SyntaxFault bad_first_character(char character) {
  if (character == '\t')
    return {"yaml.tab", phrase("a tab cannot indent or begin a value"), phrase("spaces")};
  return {"yaml.first-character", phrase("a text cannot begin with '{}'", character),
          phrase("quotes around it")};
}

bool contains(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

}  // namespace

SyntaxFault explain_syntax(std::string_view problem, std::string_view context, char character) {
  if (contains(context, "quoted scalar") && problem.starts_with("found unexpected"))
    return {"yaml.unterminated-quote", phrase("the quote that opens here is never closed"),
            phrase("the same quote at the end of the text"), true};
  if (problem == "found character that cannot start any token")
    return bad_first_character(character);
  if (contains(context, "directive") || contains(problem, "directive") ||
      contains(problem, "incompatible YAML document"))
    return {"yaml.directive", phrase("'%' at the beginning of a line begins a directive"),
            phrase("quotes around a text that begins with '%'"), !context.empty()};
  if (contains(context, "tag") || contains(problem, "tag"))
    return {"yaml.tag", phrase("'!' begins a tag; tags have no meaning here"),
            phrase("quotes around a text that begins with '!'")};
  const auto row = std::find_if(rows().begin(), rows().end(),
                                [&](const Row& candidate) { return candidate.problem == problem; });
  if (row != rows().end()) return fault(*row);
  return {"yaml.syntax",
          context.empty() ? phrase("this is not YAML: {}", problem)
                          : phrase("this is not YAML: {} {}", problem, context),
          Phrase()};
}

}  // namespace defilada::show::yaml
