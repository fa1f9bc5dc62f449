// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/show/read.hpp"

namespace defilada::show::testing_support {

/// A show read from a text at hand, with the catalogue `walkers` of tests/shows-bad.
struct ShowReading {
  explicit ShowReading(std::string text, const std::vector<NamedText>& catalogues = walkers());

  Sources sources;
  Diagnostics diagnostics;
  std::optional<Show> show;
  std::string told;  ///< all diagnostics as a person sees them

  /// What stands at a span.
  [[nodiscard]] std::string at(Span span) const { return std::string(sources.text(span)); }
  [[nodiscard]] std::vector<std::string> codes() const;

  // By name; they fail when there is none.
  [[nodiscard]] const Contingent& contingent(std::string_view name) const;
  [[nodiscard]] const Procession& procession(std::string_view name) const;
  [[nodiscard]] const Item& item(std::string_view name) const;
  [[nodiscard]] const Station& station(std::string_view name) const;
  [[nodiscard]] const Route& route(std::string_view name) const;

  static std::vector<NamedText> walkers();
};

/// The text of a file of the project.
[[nodiscard]] std::string project_file(const std::string& path);

/// A show with everything in it, a street, a lane that leaves it, and a line in the air; reads
/// without a message.
[[nodiscard]] std::string good_show();

/// `text` with `from`, which must be there, replaced by `to`.
[[nodiscard]] std::string with(std::string text, const std::string& from, const std::string& to);

}  // namespace defilada::show::testing_support
