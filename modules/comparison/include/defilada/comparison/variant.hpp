// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>
#include <vector>

#include "defilada/comparison/compare.hpp"
#include "defilada/core/finding.hpp"
#include "defilada/core/phrase.hpp"
#include "defilada/core/time.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/plan/plan_file.hpp"
#include "defilada/show/model.hpp"

/// What a variant of a show changes, held against the base.
namespace defilada::comparison {

/// The day of a delegation's head: "arrives", "is greeted", "is seated", "leaves".
struct GuestChange {
  std::string name;
  std::string label;
  Fate fate = Fate::changed;
  std::vector<Change> changes;  ///< clock times
};

/// What came of a variant: kept when its own plan, which is as large as the base's, is gone.
struct VariantOutcome {
  show::Variant variant;
  bool feasible = false;
  Time start;  ///< of the programme, when feasible
  Time end;
  Time begins;  ///< of the show proper: the parts of the day in which something marches or flies
  Time ends;
  std::array<int, 3> findings{};          ///< (severity) how many
  std::vector<Finding> breaks;            ///< of severity error, that the base does not have
  std::vector<plan::Conflict> conflicts;  ///< when infeasible
  Difference difference;                  ///< from the base; says nothing when infeasible
  std::vector<GuestChange> guests;        ///< likewise; by precedence

  /// It can be gone over to without breaking what the base keeps.
  [[nodiscard]] bool holds() const { return feasible && breaks.empty(); }
  /// Why it does not: the first conflict's statements, or the first of `breaks`. "" if it holds.
  [[nodiscard]] Phrase why() const;
};

/// Requires a feasible plan of the base. Findings are the same when code, message and who are.
[[nodiscard]] VariantOutcome outcome_of(const show::Show& base, const plan::Plan& base_plan,
                                        const show::Show& variant, const plan::Plan& plan,
                                        Tolerance tolerance = {});

/// How the day of the guests differs; requires feasible plans. Laws: nothing of the same; swapping
/// the sides swaps before and after.
[[nodiscard]] std::vector<GuestChange> compare_guests(const show::Show& before,
                                                      const plan::Plan& before_plan,
                                                      const show::Show& after,
                                                      const plan::Plan& after_plan,
                                                      Tolerance tolerance = {});

/// When the show proper begins and ends; requires a feasible plan. Without parts of the day, or
/// where nothing moves, the programme.
struct Proper {
  Time begins;
  Time ends;
};
[[nodiscard]] Proper show_proper(const show::Show& show, const plan::Plan& plan);

/// For the table of plan.sqlite.
[[nodiscard]] plan::VariantRow row_of(const VariantOutcome& outcome);

}  // namespace defilada::comparison
