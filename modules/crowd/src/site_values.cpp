// SPDX-License-Identifier: MIT
#include "site_values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "defilada/core/suggest.hpp"

namespace defilada::crowd {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

/// "300-600", "600-", "-300": not below 0.
std::optional<Period> period_of(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  Period out;
  const std::string_view from = trimmed(text.substr(0, dash));
  const std::string_view to = trimmed(text.substr(dash + 1));
  for (const auto& [part, value] : {std::pair(from, &out.from_s), std::pair(to, &out.to_s)}) {
    if (part.empty()) continue;
    const auto number = number_of(part);
    if (!number || *number < 0) return std::nullopt;
    *value = *number;
  }
  if (!(out.from_s < out.to_s)) return std::nullopt;
  return out;
}

/// All the time that `periods` leave.
std::vector<Period> others(std::vector<Period> periods) {
  std::sort(periods.begin(), periods.end(),
            [](const Period& a, const Period& b) { return a.from_s < b.from_s; });
  std::vector<Period> out;
  double at = -std::numeric_limits<double>::infinity();
  for (const Period& period : periods) {
    if (at < period.from_s) out.push_back({at, period.from_s});
    at = std::max(at, period.to_s);
  }
  if (std::isfinite(at) || periods.empty()) {
    out.push_back({at, std::numeric_limits<double>::infinity()});
  }
  return out;
}

}  // namespace

bool SiteValues::has(std::string_view key) const {
  return feature_.properties.find(std::string(key)) != feature_.properties.end();
}

std::string SiteValues::text(std::string_view key) const {
  const auto found = feature_.properties.find(std::string(key));
  return found == feature_.properties.end() ? std::string{} : found->second;
}

void SiteValues::refuse(std::string_view key, Phrase expected) {
  diagnostics_.error("crowd.property", feature_.span,
                     phrase("'{}' cannot be {}", key, text(key).substr(0, 60)),
                     std::move(expected));
}

std::optional<double> SiteValues::number(std::string_view key, double low, double high,
                                         bool above) {
  if (!has(key)) return std::nullopt;
  const auto value = number_of(text(key));
  if (value && *value >= low && *value <= high && !(above && *value == low)) return value;
  refuse(key, above ? phrase("a number above {:.6g}, at most {:.6g}", low, high)
                    : phrase("a number from {:.6g} to {:.6g}", low, high));
  return std::nullopt;
}

std::optional<std::int64_t> SiteValues::count(std::string_view key, std::int64_t low,
                                              std::int64_t high) {
  if (!has(key)) return std::nullopt;
  const auto value = number_of(text(key));
  if (value && *value == std::floor(*value) && *value >= static_cast<double>(low) &&
      *value <= static_cast<double>(high)) {
    return static_cast<std::int64_t>(*value);
  }
  refuse(key, phrase("a whole number from {} to {}", low, high));
  return std::nullopt;
}

bool SiteValues::yes(std::string_view key) {
  const std::string value = text(key);
  if (value == "true") return true;
  if (has(key) && value != "false") refuse(key, phrase("true or false"));
  return false;
}

std::optional<char> SiteValues::letter(std::string_view key, char first, char last) {
  if (!has(key)) return std::nullopt;
  const std::string value = text(key);
  if (value.size() == 1 && value[0] >= first && value[0] <= last) return value[0];
  refuse(key, phrase("a letter from {} to {}", first, last));
  return std::nullopt;
}

std::optional<std::vector<Period>> SiteValues::periods(std::string_view key) {
  if (!has(key)) return std::nullopt;
  std::vector<Period> out;
  const std::string all = text(key);
  std::string_view rest = all;
  while (true) {
    const std::size_t comma = rest.find(',');
    const auto period = period_of(trimmed(rest.substr(0, comma)));
    if (!period) {
      refuse(key, phrase("periods in seconds, such as \"0-300, 600-\""));
      return std::nullopt;
    }
    out.push_back(*period);
    if (comma == std::string_view::npos) return out;
    rest.remove_prefix(comma + 1);
  }
}

std::vector<Period> SiteValues::shut(bool shut_unless_said) {
  const auto shut = periods("shut");
  const auto open = periods("open");
  std::vector<Period> out = shut.value_or(std::vector<Period>{});
  if (open) {
    const auto closed = others(*open);
    out.insert(out.end(), closed.begin(), closed.end());
  } else if (!shut && shut_unless_said) {
    out.emplace_back();
  }
  return out;
}

void read_limits(const geo::FeatureCollection& collection, SiteLimits& out,
                 Diagnostics& diagnostics) {
  static const std::vector<std::string> kLimits = {"density", "density_for_s", "wait_s", "clear_s",
                                                   "service"};
  const auto written = collection.members.find("limits");
  if (written == collection.members.end()) return;
  for (const geo::Feature& each : written->second) {
    for (const auto& [key, value] : each.properties) {
      if (std::find(kLimits.begin(), kLimits.end(), key) != kLimits.end()) continue;
      diagnostics.error(
          "crowd.limit", each.span, phrase("there is no limit '{}'", key.substr(0, 60)),
          phrase("density, density_for_s, wait_s, clear_s or service"), nearest(key, kLimits));
    }
    SiteValues values(each, diagnostics);
    out.span = each.span;
    out.density = values.number("density", 0, 10, true).value_or(out.density);
    out.density_for_s = values.number("density_for_s", 0, 1e7).value_or(out.density_for_s);
    out.wait_s = values.number("wait_s", 0, 1e7, true).value_or(out.wait_s);
    out.clear_s = values.number("clear_s", 0, 1e7, true).value_or(out.clear_s);
    if (const auto letter = values.letter("service", 'A', 'F')) {
      out.service = static_cast<LevelOfService>(*letter - 'A');
    }
  }
}

}  // namespace defilada::crowd
