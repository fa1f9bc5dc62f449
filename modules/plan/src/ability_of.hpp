// SPDX-License-Identifier: MIT
#pragma once

#include "defilada/proof/abilities.hpp"
#include "defilada/show/model.hpp"

namespace defilada::plan {

/// What a kind says of itself; what it does not say is not limited.
[[nodiscard]] proof::Ability ability_of(const show::Kind& kind);

}  // namespace defilada::plan
