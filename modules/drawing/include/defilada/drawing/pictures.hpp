// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/drawing.hpp"

/// The pictures of a show, each a page of its own with its title.
namespace defilada::drawing {

enum class What { site, time_distance, gantt, formations, air, nearness, poster };

struct WhatName {
  What what;
  std::string_view name;  ///< as the command line has it
  bool needs_times;       ///< not drawn of a programme that cannot hold
};
inline constexpr std::array kWhats{
    WhatName{What::site, "site", false},     WhatName{What::time_distance, "time-distance", true},
    WhatName{What::gantt, "gantt", true},    WhatName{What::formations, "formations", false},
    WhatName{What::air, "air", true},        WhatName{What::nearness, "nearness", true},
    WhatName{What::poster, "poster", false},
};

struct Picture {
  std::string name;  ///< of its file, without an ending: [a-z0-9-]+, unique among all pictures
  What what = What::site;
  Drawing drawing;
};

/// Pictures of one kind, in a fixed order; none where the show has nothing of it: no air picture
/// without flypasts, no time-distance diagram where nothing moves, nothing with times where the
/// programme cannot hold. `site` and `formations` are drawn of any show.
[[nodiscard]] std::vector<Picture> draw_pictures(const Context& context, What what);

/// The poster: 594 x 420 mm (A2).
[[nodiscard]] Drawing draw_poster(const Context& context);

}  // namespace defilada::drawing
