// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace defilada::playback {

/// The player's page without data, as studio/ builds it; empty in a build without the player.
[[nodiscard]] std::string_view player_template() noexcept;

}  // namespace defilada::playback
