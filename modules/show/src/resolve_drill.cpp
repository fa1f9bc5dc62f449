// SPDX-License-Identifier: MIT
// `drill` of a march, a contingent or the defaults.
#include <array>

#include "movement.hpp"

namespace defilada::show {
namespace {

using What = Evolution::What;

struct Spelling {
  What what;
  std::string_view key;
  std::string_view verb;
};
constexpr std::array<Spelling, 8> kSpellings{{
    {What::open_order, "open order", "opens order"},
    {What::close_order, "close order", "closes order"},
    {What::countermarch, "countermarch", "countermarches"},
    {What::wheel, "wheel", "wheels"},
    {What::form_line, "form line", "forms line"},
    {What::form_column, "form column", "forms column"},
    {What::dress, "dress", "dresses"},
    {What::mark_time, "mark time", "marks time"},
}};

const Spelling& spelling(What what) {
  for (const Spelling& each : kSpellings) {
    if (each.what == what) return each;
  }
  return kSpellings.front();
}

Evolution::Side side_of(std::optional<std::string_view> word) {
  if (word == "right") return Evolution::Side::right;
  return word == "centre" ? Evolution::Side::centre : Evolution::Side::left;
}

/// Files of a formation and ranks that stand fast: numbers of people abreast.
constexpr std::int64_t kFilesLimit = 10'000;

std::optional<Evolution> read_evolution(Resolver& r, ProcessionId id, const View& view) {
  for (const Spelling& each : kSpellings) {
    const View value = view[each.key];
    if (!value.given()) continue;
    const bool bend = each.what == What::wheel || each.what == What::countermarch;
    const auto place = r.station_of(bend ? value : view["station"], id);
    if (!place) return std::nullopt;
    Evolution out;
    out.span = view.span();
    out.what = each.what;
    out.value_span = value.scalar_span();
    out.station = place->station;
    out.s_m = place->s_m;
    switch (each.what) {
      case What::open_order:
      case What::close_order:
        out.by_m = r.length_m(value).value_or(0);
        out.stands = static_cast<int>(r.count(view["stands"], kFilesLimit).value_or(0));
        break;
      case What::form_line:
      case What::form_column:
        out.files = static_cast<int>(r.count(value, kFilesLimit).value_or(0));
        out.side = side_of(view["side"].word());
        break;
      case What::dress:
        out.side = side_of(value.word());
        out.interval_m = r.length_m(view["interval"]);
        out.lasts = r.duration(view["lasts"]).value_or(Duration{});
        break;
      case What::mark_time: out.lasts = r.duration(value).value_or(Duration{}); break;
      case What::wheel:
      case What::countermarch: break;
    }
    return out;
  }
  return std::nullopt;  // reported: no evolution is named
}

}  // namespace

std::string_view to_string(What what) noexcept {
  return spelling(what).key;
}

std::string_view verb_of(What what) noexcept {
  return spelling(what).verb;
}

std::vector<Evolution> read_drill(Resolver& r, ProcessionId id, const View& view) {
  std::vector<Evolution> drill;
  const auto all = view.items();
  if (all.size() > kZoneLimit) {
    r.error("show.too-large", view.span(), phrase("more than {} evolutions", kZoneLimit));
    return drill;
  }
  for (const View& each : all) {
    const auto read = read_evolution(r, id, each);
    if (!read) continue;
    if (!drill.empty() && read->s_m < drill.back().s_m - 1e-6) {
      r.error("show.drill-order", each.span(),
              phrase("{} lies before {}, where the evolution above is done",
                     in_quotes(r.show[read->station].name),
                     in_quotes(r.show[drill.back().station].name)),
              phrase("evolutions in the order of the way"))
          .notes.push_back({phrase("the one above"), drill.back().span});
      continue;
    }
    drill.push_back(*read);
  }
  return drill;
}

}  // namespace defilada::show
