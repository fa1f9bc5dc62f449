// SPDX-License-Identifier: MIT
#pragma once

#include "context.hpp"
#include "defilada/sheet/document.hpp"

namespace defilada::sheet {

/// A document of the show without sections: title, date, place, foot of the page. `kind`: what it
/// is, "Run sheet".
[[nodiscard]] Document front_of(const Context& context, Msg kind);

}  // namespace defilada::sheet
