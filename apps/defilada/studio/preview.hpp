// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "studio/planner.hpp"

/// Small drawings beside what is edited, as SVG.
namespace defilada::app::studio {

/// A contingent's formation from above. None: there is nobody of that name.
[[nodiscard]] std::optional<std::string> formation_preview(std::string_view contingent,
                                                           const Outcome& outcome,
                                                           const std::string& language);

/// A figure as it lies over the eyes in the middle of a stand; without one, of the stand that it is
/// best drawn for. None: nobody of that name draws a figure, or it is not to be taken in from
/// there.
[[nodiscard]] std::optional<std::string> figure_preview(std::string_view contingent,
                                                        std::optional<std::size_t> stand,
                                                        const Outcome& outcome,
                                                        const std::string& language);

}  // namespace defilada::app::studio
