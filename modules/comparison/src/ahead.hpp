// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/comparison/issue.hpp"

namespace defilada::comparison {

/// Fills `ahead` from procession and place.
void name_those_ahead(std::vector<IssuedContingent>& contingents);

}  // namespace defilada::comparison
