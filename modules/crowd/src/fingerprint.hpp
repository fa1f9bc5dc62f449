// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>

#include "defilada/crowd/simulation.hpp"

namespace defilada::crowd {

/// Tells apart what a run is made of: everything that its outcome depends on, so not the number of
/// threads, nor names and places in files. FNV-1a, 64 bit, of words.
[[nodiscard]] std::uint64_t fingerprint(const Ground& ground, std::span<const Person> people,
                                        std::span<const Journey> journeys,
                                        const SimulationOptions& options);

}  // namespace defilada::crowd
