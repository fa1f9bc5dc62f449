// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "defilada/show/model.hpp"

/// A show file names its places in one language; a page may be in another.
namespace defilada::show {

/// The show with its names of routes, stations, areas, emergency lanes, first-aid posts,
/// processions, exhibits, of the datum and of all that spectators meet as they are called in that
/// language (`names` of the file, "pl" also of "pl_PL.UTF-8"); a name that is not given there
/// stays. Only for what people look at: cues, statements and findings keep the names of the file,
/// in which they are typed. Law: what is not a name is the same. Cost: O(names · log names), a copy
/// of the show.
[[nodiscard]] Show in_language(Show show, std::string_view language);

/// Calls `each` with every name that in_language() may replace.
void for_each_name(const Show& show, const std::function<void(const std::string&)>& each);

}  // namespace defilada::show
