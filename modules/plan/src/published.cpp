// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string>

#include "defilada/core/check.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

/// The count that a published row names; the reader lets through only names that there are.
std::int64_t counted(const show::Show& show, const Counts& counts, const std::string& name) {
  if (name == "contingents") return counts.contingents;
  if (name == "people") return counts.people;
  if (name == "movers") return counts.movers;
  if (name == "mounted") return counts.mounted;
  if (name == "vehicles") return counts.vehicles;
  if (name == "aeroplanes") return counts.aeroplanes;
  if (name == "helicopters") return counts.helicopters;
  if (name == "drones") return counts.drones;
  if (name == "spectators") return counts.spectators;
  if (show.guests && name == "guests") return counts.guests;
  if (show.guests && name == "delegations") return counts.delegations;
  constexpr std::string_view kIn = "contingents in ";
  if (name.starts_with(kIn)) {
    for (const auto& procession : show.processions) {
      if (procession.name == name.substr(kIn.size())) {
        return static_cast<std::int64_t>(procession.order.size());
      }
    }
  }
  const auto role = counts.people_by_role.find(name);
  return role == counts.people_by_role.end() ? 0 : role->second;
}

bool holds(const show::Published& row, double computed) {
  constexpr double kRounding = 1e-6;  // times are whole microseconds
  if (row.at_least) return computed >= row.value - row.within - kRounding;
  return std::abs(computed - row.value) <= row.within + kRounding;
}

Phrase figure(std::string value) {
  return phrase("{}", Measure{std::move(value)});
}

Phrase bound(const show::Published& row, std::string value) {
  return row.at_least ? phrase("at least {}", Measure{std::move(value)}) : figure(std::move(value));
}

/// A length as a reader says it: "68.57 s", from five minutes on "1 h 9 min 8 s", to the second.
std::string length_text(double seconds) {
  if (std::abs(seconds) < 300) return fmt::format("{:.2f} s", seconds);
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  std::string text;
  if (whole / 3600 != 0) text += fmt::format("{} h ", whole / 3600);
  if (whole / 60 % 60 != 0) text += fmt::format("{} min ", whole / 60 % 60);
  if (whole % 60 != 0) text += fmt::format("{} s ", whole % 60);
  text.pop_back();
  return text;
}

PublishedRow row_of(const show::Published& row) {
  PublishedRow out;
  out.name = row.name;
  out.is = row.is;
  out.source = row.source;
  out.span = row.span;
  return out;
}

void compare_counts(const show::Published& row, std::int64_t computed, PublishedRow& out) {
  out.published = bound(row, fmt::format("{:.0f}", row.value));
  out.computed = figure(fmt::format("{}", computed));
  out.difference = figure(fmt::format("{:+.0f}", static_cast<double>(computed) - row.value));
  out.holds = holds(row, static_cast<double>(computed));
}

void compare_times(const show::Show& show, const show::Published& row, Time from, Time to,
                   PublishedRow& out) {
  const bool clock = !(row.from && row.to);
  const double computed = clock ? to.seconds() : (to - from).seconds();
  const auto text = [&](double seconds) {
    return clock ? show.clock.wall_clock(time_from_seconds(seconds)) : length_text(seconds);
  };
  out.published = bound(row, text(row.value));
  out.computed = figure(text(computed));
  out.difference = figure(fmt::format("{:+.2f} s", computed - row.value));
  out.holds = holds(row, computed);
}

}  // namespace

void fill_published(const show::Show& show, const Compiled& compiled,
                    const std::vector<Time>& times, Plan& plan) {
  for (std::size_t i = 0; i < show.published.size(); ++i) {
    const show::Published& row = show.published[i];
    PublishedRow out = row_of(row);
    if (!row.count.empty()) {
      compare_counts(row, counted(show, plan.counts, row.count), out);
    } else {
      compare_times(show, row, times[compiled.published_from[i].value],
                    times[compiled.published_to[i].value], out);
    }
    if (!out.holds) {
      Finding finding;
      finding.severity = Severity::warning;
      finding.code = "plan.published";
      finding.span = row.span;
      finding.message = phrase("{}: published {}, the plan gives {} ({})", row.name, out.published,
                               out.computed, out.difference);
      plan.findings.push_back(std::move(finding));
    }
    plan.published.push_back(std::move(out));
  }
}

}  // namespace defilada::plan
