// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/drawing.hpp"
#include "defilada/plan/nearness.hpp"

/// The pictures of a show, each a page of its own with its title.
namespace defilada::drawing {

enum class What { site, time_distance, gantt, formations, air, figures, nearness, poster };

struct WhatName {
  What what;
  std::string_view name;  ///< as the command line has it
  bool needs_times;       ///< not drawn of a programme that cannot hold
};
inline constexpr std::array kWhats{
    WhatName{What::site, "site", false},
    WhatName{What::time_distance, "time-distance", true},
    WhatName{What::gantt, "gantt", true},
    WhatName{What::formations, "formations", false},
    WhatName{What::air, "air", true},
    WhatName{What::figures, "figures", true},
    WhatName{What::nearness, "nearness", true},
    WhatName{What::poster, "poster", false},
};

struct Picture {
  std::string name;  ///< of its file, without an ending: [a-z0-9-]+, unique among all pictures
  What what = What::site;
  Drawing drawing;
};

/// Pictures of one kind, in a fixed order; none where the show has nothing of it: no air picture
/// without flypasts, no figures where none is drawn in the air, no time-distance diagram where
/// nothing moves, nothing with times where the programme cannot hold. `site` and `formations` are
/// drawn of any show.
[[nodiscard]] std::vector<Picture> draw_pictures(const Context& context, What what);

/// Who comes near whom, over time and on maps: on the ground, and on the air lines what lies
/// outside of it. draw_pictures leaves them to this, for it does not know the pairs. None without
/// pairs.
[[nodiscard]] std::vector<Picture> draw_nearness_pictures(const Context& context,
                                                          std::span<const plan::Nearness> pairs);

/// The poster: 594 x 420 mm (A2).
[[nodiscard]] Drawing draw_poster(const Context& context);

}  // namespace defilada::drawing
