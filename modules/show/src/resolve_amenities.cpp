// SPDX-License-Identifier: MIT
// What spectators need while they watch: where they go from their places, and how often.
#include <algorithm>
#include <array>

#include "resolver.hpp"
#include "spectator_shares.hpp"

namespace defilada::show {
namespace {

constexpr std::int64_t kPlaceLimit = 10'000;
/// In the order of Amenity::What.
constexpr std::array<std::string_view, Amenity::kWhats> kWhats{"toilets", "water", "food",
                                                               "first aid"};

bool is_there(const std::vector<Amenity>& amenities, std::size_t what) {
  return std::any_of(amenities.begin(), amenities.end(), [&](const Amenity& each) {
    return each.what == static_cast<Amenity::What>(what);
  });
}

std::optional<Amenity> amenity(Resolver& r, const NamedView& each) {
  auto polygon = resolve_polygon(r, each.value);
  const auto word = each.value["what"].word();
  const auto at = word ? std::find(kWhats.begin(), kWhats.end(), *word) : kWhats.end();
  const auto places = r.count(each.value["places"], kPlaceLimit);
  const auto visit = r.duration(each.value["visit"]);
  if (!polygon || at == kWhats.end() || !places || !visit) return std::nullopt;
  return Amenity{.name = collapsed(each.name),
                 .span = each.value.span(),
                 .what = static_cast<Amenity::What>(at - kWhats.begin()),
                 .polygon = std::move(*polygon),
                 .places = *places,
                 .visit = *visit};
}

/// Of those who set out, by what they want: as said, or equal parts. False: told why not.
bool shares(Resolver& r, const View& view, const std::vector<Amenity>& amenities,
            std::array<double, Amenity::kWhats>& out) {
  double sum = 0;
  double kinds = 0;
  for (std::size_t k = 0; k < kWhats.size(); ++k) {
    const View share = view[kWhats[k]];
    out[k] = share.share().value_or(0);
    sum += out[k];
    kinds += is_there(amenities, k) ? 1 : 0;
    if (share.given() && !is_there(amenities, k)) {
      r.error("show.crowd-share", share.scalar_span(),
              phrase("nobody says where there is that: {}", in_quotes(kWhats[k])),
              phrase("an amenity of that kind"));
      return false;
    }
  }
  if (sum > 0) return is_whole(r, sum, view, phrase("the shares of what people want"));
  for (std::size_t k = 0; k < kWhats.size(); ++k) out[k] = is_there(amenities, k) ? 1 / kinds : 0;
  return true;
}

}  // namespace

void resolve_amenities(Resolver& r, const View& spectators, Spectators& out,
                       const std::function<std::optional<Moment>(const View&)>& moment) {
  for (const NamedView& each : spectators["amenities"].named()) {
    if (auto made = amenity(r, each)) out.amenities.push_back(std::move(*made));
  }
  const View view = spectators["circulation"];
  if (!view.is_mapping()) return;
  if (out.amenities.empty()) {
    r.error("show.crowd-share", view.key_span(),
            phrase("people leave their places for a moment, and there is nowhere to go"),
            phrase("'amenities:' with their outlines"));
    return;
  }
  Circulation circulation;
  circulation.span = view.span();
  circulation.an_hour = view["an hour"].share().value_or(0);
  circulation.from = moment(view["from"]);
  circulation.to = moment(view["to"]);
  if (shares(r, view, out.amenities, circulation.shares)) out.circulation = std::move(circulation);
}

}  // namespace defilada::show
