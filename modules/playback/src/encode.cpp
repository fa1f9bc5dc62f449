// SPDX-License-Identifier: MIT
#include "defilada/playback/encode.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

#include "guests.hpp"
#include "parts.hpp"

namespace defilada::playback {
namespace {

Json head_json(const show::Show& show, const plan::Plan& plan, const track::TrackSet& tracks,
               std::string_view language) {
  const Time midnight{};
  const language::Words say{std::string(language)};
  return {
      {"format", kFormat},
      {"show", show.name},
      {"title", text_json(show.title)},
      {"language", language},
      {"zone", show.clock.zone()},
      {"midnight", show.clock.iso8601(midnight)},
      {"offsets", offsets_json(show.clock)},
      {"origin", {{"lat_deg", show.site.origin.lat_deg}, {"lon_deg", show.site.origin.lon_deg}}},
      {"datum", show.site.datum},
      {"feasible", plan.feasible},
      {"start_s", plan.start.seconds()},
      {"end_s", plan.end.seconds()},
      {"site", site_json(show)},
      {"kinds", kinds_json(show)},
      {"processions", processions_json(show)},
      {"contingents", contingents_json(show, plan, tracks.groups)},
      {"items", items_json(show, plan)},
      {"cues", cues_json(show, plan, say)},
      {"findings", findings_json(plan, say)},
      {"conflicts", conflicts_json(plan, say)}};
}

}  // namespace

std::string encode(const show::Show& show, const plan::Plan& plan, std::string_view language,
                   const Crowd* crowd) {
  constexpr std::string_view kMagic = "DFPB";
  constexpr std::size_t kAlignment = 8;
  const track::TrackSet tracks = tracks_of_all(show, plan);
  Json head = head_json(show, plan, tracks, language);
  head["crowd"] = crowd != nullptr ? crowd_json(*crowd) : Json();
  const std::string body = arrays(tracks, crowd, head["arrays"]);
  std::string text = head.dump();
  text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
  const auto length = static_cast<std::uint32_t>(text.size());
  std::string bytes(kMagic);
  bytes.resize(kMagic.size() + sizeof length);
  std::memcpy(bytes.data() + kMagic.size(), &length, sizeof length);
  return bytes + text + body;
}

}  // namespace defilada::playback
