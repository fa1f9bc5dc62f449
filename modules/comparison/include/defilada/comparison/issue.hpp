// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/show/model.hpp"

/// What was issued of a plan: the times, places and gaps that people were told. An issue comes from
/// a plan at hand or from a plan.sqlite that was handed out earlier, and it holds the same either
/// way.
namespace defilada::comparison {

/// A contingent at a station. Seconds of the show's day.
struct Passing {
  std::string station;
  double head_s = 0;
  double tail_s = 0;
  std::optional<double> headway_s;
  std::optional<double> gap_m;

  bool operator==(const Passing&) const = default;
};

struct IssuedContingent {
  std::string name;
  std::string label;
  std::string procession;  ///< "" in place
  int place = 0;           ///< in its procession, from 1; 0 in place
  std::string ahead;       ///< name of the one ahead in its procession; "" for the first
  std::int64_t people = 0;
  std::int64_t movers = 0;
  double depth_m = 0;
  double width_m = 0;
  std::optional<double> forms_up_s;
  std::optional<double> steps_off_s;
  std::optional<double> disperses_s;
  std::optional<double> over_target_s;
  std::optional<double> height_m;
  std::vector<Passing> passings;  ///< in the order of its way

  bool operator==(const IssuedContingent&) const = default;
};

struct IssuedItem {
  std::string name;
  std::string label;
  double start_s = 0;
  double end_s = 0;

  bool operator==(const IssuedItem&) const = default;
};

struct Issue {
  std::string show;
  std::string title;
  std::string midnight;  ///< 00:00 of the show's date: ISO 8601 with the zone's offset
  std::vector<IssuedContingent> contingents;
  std::vector<IssuedItem> items;  ///< by start, then name

  bool operator==(const Issue&) const = default;
};

/// Requires a feasible plan of this show.
[[nodiscard]] Issue issue_of(const show::Show& show, const plan::Plan& plan);

/// Reads a plan.sqlite. Law: what write_plan_file wrote of a plan reads back as issue_of(plan).
/// Errors: bad_input (not a plan file, or one of a format that this program does not know; says
/// which), environment (cannot be opened).
[[nodiscard]] Result<Issue> read_issue(const std::filesystem::path& plan_file);

}  // namespace defilada::comparison
