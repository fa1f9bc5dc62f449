// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/crowd/ground.hpp"
#include "defilada/crowd/read_site.hpp"
#include "defilada/geo/geojson.hpp"

namespace defilada::crowd {

/// The properties of one feature of a site, read as what they must be. What is wrong is reported at
/// the feature and taken as not written.
class SiteValues {
 public:
  SiteValues(const geo::Feature& feature, Diagnostics& diagnostics)
      : feature_(feature), diagnostics_(diagnostics) {}

  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] std::string text(std::string_view key) const;
  /// Between `low` and `high`, both included; with `above`, `low` is not.
  std::optional<double> number(std::string_view key, double low, double high, bool above = false);
  std::optional<std::int64_t> count(std::string_view key, std::int64_t low, std::int64_t high);
  bool yes(std::string_view key);
  /// One capital letter of those from `first` to `last`.
  std::optional<char> letter(std::string_view key, char first, char last);
  /// When it is shut, from "shut" and "open": lists of periods, "0-300, 600-" in seconds. Of
  /// neither: always if `shut_unless_said`, else never.
  std::vector<Period> shut(bool shut_unless_said);

 private:
  void refuse(std::string_view key, Phrase expected);
  std::optional<std::vector<Period>> periods(std::string_view key);

  const geo::Feature& feature_;
  Diagnostics& diagnostics_;
};

/// What the collection's `limits` say, over what `out` has.
void read_limits(const geo::FeatureCollection& collection, SiteLimits& out,
                 Diagnostics& diagnostics);

}  // namespace defilada::crowd
