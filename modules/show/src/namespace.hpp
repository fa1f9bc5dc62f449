// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"

namespace defilada::show {

/// What a name stands for. A cue can name the first four, which share one namespace.
enum class Named {
  station,
  item,
  contingent,
  procession,
  route,
  area,
  kind,
  gait,
  delegation,
  motorcade,
  day_part,
  stop,
  gate,
  way_out,
  emergency,
};
/// "a station", "an item of the programme" ...
[[nodiscard]] Phrase with_article(Named what);
/// "station".
[[nodiscard]] Phrase noun(Named what);

/// Every run of blanks as one space, none at the ends: how names are compared.
[[nodiscard]] std::string collapsed(std::string_view text);

/// 'text' for a message, its blanks collapsed and a long one cut.
[[nodiscard]] Phrase in_quotes(std::string_view text);

struct Name {
  Named what = Named::station;
  std::uint32_t index = 0;  ///< in the model's list of its kind
  std::string text;         ///< as declared
  Span span;                ///< of the declaration
};

/// Names that are declared once, with where; finds them, and those that were probably meant.
class Namespace {
 public:
  /// Reports and returns false when the name is taken or cannot be one (blank, longer than
  /// kNameLimit bytes, with a character that cannot be printed).
  bool declare(Name name, Diagnostics& diagnostics);

  /// nullptr when it is not declared. Blanks are compared as one space.
  [[nodiscard]] const Name* find(std::string_view text) const;
  /// The declared name nearest to `text` among those that stand for one of `what`; "" if none is
  /// near. A text with very many wrong names gets suggestions for the first ones only, so that it
  /// costs little.
  [[nodiscard]] std::string nearest(std::string_view text, std::initializer_list<Named> what) const;
  /// All names that stand for `what`, in the order of declaration.
  [[nodiscard]] const std::vector<std::string>& all(Named what) const;

  static constexpr std::size_t kNameLimit = 200;

 private:
  std::map<std::string, Name, std::less<>> by_name_;
  std::map<Named, std::vector<std::string>> by_what_;
  mutable std::size_t comparisons_left_ = 2'000'000;
};

}  // namespace defilada::show
