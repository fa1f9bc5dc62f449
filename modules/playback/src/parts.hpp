// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "defilada/core/clock.hpp"
#include "defilada/language/words.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/playback/crowd.hpp"
#include "defilada/show/model.hpp"
#include "defilada/track/tracks.hpp"

/// The parts of the block, each in a file of its own.
namespace defilada::playback {

using Json = nlohmann::ordered_json;  // keys stay in the order they are written in

/// {"en": ..., "pl": ...}
[[nodiscard]] Json text_json(const show::Text& text);

/// Routes as lines, stations, areas.
[[nodiscard]] Json site_json(const show::Show& show);
[[nodiscard]] Json kinds_json(const show::Show& show);
/// Contingents, then delegations; `groups` say which movers are whose.
[[nodiscard]] Json contingents_json(const show::Show& show, const plan::Plan& plan,
                                    const std::vector<track::Group>& groups);

[[nodiscard]] Json processions_json(const show::Show& show);
[[nodiscard]] Json items_json(const show::Show& show, const plan::Plan& plan);
[[nodiscard]] Json cues_json(const show::Show& show, const plan::Plan& plan,
                             const language::Words& say);
[[nodiscard]] Json findings_json(const plan::Plan& plan, const language::Words& say);
[[nodiscard]] Json conflicts_json(const plan::Plan& plan, const language::Words& say);
/// [[t_s, offset_s], ...]: from t_s on, the wall clock is offset_s ahead of UTC.
[[nodiscard]] Json offsets_json(const Clock& clock);

/// The arrays' bytes, and in `table` each array's type, offset and number of values.
[[nodiscard]] std::string arrays(const track::TrackSet& tracks, const Crowd* crowd, Json& table);
/// All but the frames, which are arrays.
[[nodiscard]] Json crowd_json(const Crowd& crowd);

}  // namespace defilada::playback
