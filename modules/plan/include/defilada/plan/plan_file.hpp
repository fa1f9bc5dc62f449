// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/core/source.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/show/read.hpp"

namespace defilada::plan {

/// What came of a variant of the show, as the plan file tells it.
struct VariantRow {
  std::string name;
  std::string slug;
  std::string label;
  std::string because;  ///< "": not said
  bool feasible = false;
  bool holds = false;
  std::string why;  ///< it does not hold; "" where it does
  std::optional<Time> start;
  std::optional<Time> end;
  std::array<int, 3> findings{};  ///< (severity) how many

  struct Change {
    std::string whom;  ///< item, contingent, guest
    std::string name;
    std::string about;  ///< "starts"; "later: steps off to disperses", with how much in `after`
    std::optional<double> before;
    std::optional<double> after;
    std::string before_text;
    std::string after_text;
  };
  std::vector<Change> changes;
};

/// Writes plan.sqlite (schema: docs/formats.md): programme, contingents, tracks, findings,
/// provenance, what came of the variants. A kill at any moment leaves the old file or the new one.
/// Same plan, same bytes. Errors (environment): named by what failed.
[[nodiscard]] Status write_plan_file(const std::filesystem::path& path, const show::Show& show,
                                     const Plan& plan, const Sources& sources,
                                     const std::vector<show::InputFile>& inputs,
                                     const std::vector<VariantRow>& variants = {});

}  // namespace defilada::plan
