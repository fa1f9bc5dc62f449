// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>

#include "defilada/crowd/simulation.hpp"

namespace defilada::crowd {

/// Tells a ground from others: all that people can do on it, who comes from its starts, and when;
/// not names and places in files. FNV-1a, 64 bit, of words, as all here.
[[nodiscard]] std::uint64_t fingerprint(const Ground& ground);
[[nodiscard]] std::uint64_t fingerprint(const Journey& journey);

/// Tells apart what a run is made of: everything that its outcome depends on, so not the number of
/// threads.
[[nodiscard]] std::uint64_t fingerprint(const Ground& ground, std::span<const Person> people,
                                        std::span<const Journey> journeys,
                                        const SimulationOptions& options);

}  // namespace defilada::crowd
