// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/core/source.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/show/read.hpp"

namespace defilada::plan {

/// Writes plan.sqlite (schema: docs/formats.md): programme, contingents, tracks, findings,
/// provenance. A kill at any moment leaves the old file or the new one. Same plan, same bytes.
/// Errors (environment): named by what failed.
[[nodiscard]] Status write_plan_file(const std::filesystem::path& path, const show::Show& show,
                                     const Plan& plan, const Sources& sources,
                                     const std::vector<show::InputFile>& inputs);

}  // namespace defilada::plan
