// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "defilada/sheet/render.hpp"

namespace defilada::sheet {

/// The page's style.
[[nodiscard]] std::string html_style();

}  // namespace defilada::sheet
