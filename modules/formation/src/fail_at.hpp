// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <utility>

#include "defilada/core/result.hpp"

namespace defilada::formation {

/// A fault of one field of what is asked for, "count: a box has 4 slots, not 5": bad_input.
[[nodiscard]] inline tl::unexpected<Error> fail_at(std::string_view field, Phrase why) {
  return fail(Errc::bad_input, phrase("{}: {}", field, std::move(why)));
}

}  // namespace defilada::formation
