// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "defilada/core/result.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/playback/crowd.hpp"
#include "defilada/show/model.hpp"

namespace defilada::playback {

/// Whether this build holds the player (CMake option DEFILADA_PLAYER). Without it there is no page.
[[nodiscard]] bool player_is_built() noexcept;

/// The playback as one self-contained HTML page: the player with the data of encode() in it,
/// deflated and in base64. It asks nothing of any network, and its content security policy forbids
/// that it could. `language` is the one it opens with: one of the show's.
/// Requires player_is_built(). Errors (environment): memory. Same plan, same bytes (for one build
/// and one zlib). Cost: about 50 ms for 10 000 movers.
[[nodiscard]] Result<std::string> page(const show::Show& show, const plan::Plan& plan,
                                       std::string_view language, const Crowd* crowd = nullptr);

/// Puts title, language and data at the marks of a template; page() does this with the player's.
/// Requires each mark once: the template is part of the program.
[[nodiscard]] std::string fill(std::string_view page_template, std::string_view title,
                               std::string_view language, std::string_view data);

/// RFC 1951 (deflate without a header), best compression, then RFC 4648 base64 with padding.
[[nodiscard]] Result<std::string> deflate_base64(std::string_view bytes);

}  // namespace defilada::playback
