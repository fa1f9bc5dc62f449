// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "node.hpp"

namespace defilada::show {

/// The spacing that was meant by a bare "25 s" or "8 m" at `value`: "{time: 25 s, station: salute
/// line}" with a station of the route of the march or flypast in which it stands. "" where it is no
/// quantity or there is no such station. Cost: a scan of the show's routes and stations.
[[nodiscard]] std::string meant_spacing(const Node& show, const Node& value);

}  // namespace defilada::show
