// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace defilada::svg {

/// Numbers parted by spaces and commas; nothing where something else stands, or one is not finite.
[[nodiscard]] std::optional<std::vector<double>> read_numbers(std::string_view text);

/// A length in user units: "12", "12px"; nothing for other units.
[[nodiscard]] std::optional<double> read_length(std::string_view text);

}  // namespace defilada::svg
