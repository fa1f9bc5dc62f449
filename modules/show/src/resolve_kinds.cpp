// SPDX-License-Identifier: MIT
// Sections `gaits` and `kinds`: of the catalogues, then the show's own.

#include <algorithm>
#include <array>
#include <utility>

#include "movement.hpp"
#include "resolver.hpp"

namespace defilada::show {
namespace {

constexpr std::array<std::pair<std::string_view, Category>, 6> kCategories{{
    {"foot", Category::foot},
    {"mounted", Category::mounted},
    {"vehicle", Category::vehicle},
    {"aeroplane", Category::aeroplane},
    {"helicopter", Category::helicopter},
    {"drone", Category::drone},
}};

constexpr double kPaceLimitM = 10;
constexpr double kBodyLimitM = 500;

std::string default_role(Category category) {
  switch (category) {
    case Category::foot: return "marchers";
    case Category::mounted: return "riders";
    case Category::vehicle: return "crews";
    case Category::aeroplane:
    case Category::helicopter:
    case Category::drone: return "pilots";
  }
  return {};
}

Quality quality_of(const View& view) {
  const auto word = view.quality();
  if (!word) return Quality::unstated;
  if (*word == "published") return Quality::published;
  if (*word == "calibrated") return Quality::calibrated;
  return *word == "assumed" ? Quality::assumed : Quality::unstated;
}

void resolve_gait(Resolver& r, const NamedView& each) {
  const auto index = static_cast<std::uint32_t>(r.gaits.size());
  r.gait_names.declare({Named::gait, index, std::string(each.name), each.name_span}, r.diagnostics);
  Gait& gait = r.gaits.emplace_back();
  gait.name = collapsed(each.name);
  const auto pace_m = r.length_m(each.value["pace"]);
  const auto cadence_hz = each.value["cadence"].frequency_hz();
  if (!pace_m || !cadence_hz) return;
  if (*pace_m > kPaceLimitM) {
    r.error("show.too-large", each.value["pace"].scalar_span(), phrase("a step of more than 10 m"));
    return;
  }
  if (*pace_m * *cadence_hz > kSpeedLimitMps) {
    r.error("show.too-large", each.value["cadence"].scalar_span(),
            phrase("a gait of more than 1000 m/s"));
    return;
  }
  gait.pace_m = *pace_m;
  gait.cadence_hz = *cadence_hz;
  gait.speed_mps = *pace_m * *cadence_hz;
}

class KindResolver {
 public:
  KindResolver(Resolver& resolver, const NamedView& named)
      : r_(resolver), view_(named.value), name_(named.name), name_span_(named.name_span) {}

  /// Whether everything that must be said of a kind is sound.
  bool resolve(Kind& kind) {
    kind.name = collapsed(name_);
    kind.label = Resolver::label(view_["label"], kind.name);
    kind.span = name_span_;
    kind.source = view_.source().value_or("");
    kind.quality = quality_of(view_);
    const bool sound = category(kind);
    body(kind);
    limits(kind);
    separation(kind);
    crew(kind);
    gaits(kind);
    return sound && sound_;
  }

 private:
  bool category(Kind& kind) {
    const auto word = view_["category"].word();
    const auto found = std::find_if(kCategories.begin(), kCategories.end(),
                                    [&](const auto& each) { return word && each.first == *word; });
    if (found == kCategories.end()) return false;
    kind.category = found->second;
    return true;
  }

  void body(Kind& kind) {
    const View body = view_["body"];
    kind.length_m = extent(body["length"]);
    kind.width_m = extent(body["width"]);
    kind.height_m = extent(body["height"]);
    sound_ = sound_ && kind.length_m > 0 && kind.width_m > 0 && kind.height_m > 0;
  }

  double extent(const View& view) {
    const auto length_m = r_.length_m(view);
    if (length_m && *length_m > kBodyLimitM) {
      r_.error("show.too-large", view.scalar_span(), phrase("a body of more than 500 m"));
      return 0;
    }
    return length_m.value_or(0);
  }

  /// A limit that belongs to some categories only; reports one of another.
  /// As written; where none is, nothing else than a report says so.
  Phrase category_word() {
    const auto word = view_["category"].word();
    return word ? Phrase::verbatim(std::string(*word)) : phrase("none");
  }

  bool may_have(std::string_view key, bool belongs, const Phrase& whose) {
    if (belongs) return true;
    if (view_[key].given()) {
      r_.error("show.limit-of-other-kind", view_[key].key_span(),
               phrase("'{}' is a limit of {}, and the category of {} is {}", key, whose,
                      in_quotes(name_), category_word()));
    }
    return false;
  }

  void limits(Kind& kind) {
    const bool air = flies(kind.category);
    kind.speed_max_mps = r_.speed_mps(view_["speed"]["max"]).value_or(0);
    kind.speed_min_mps =
        limit_in_speed("min", air) ? r_.speed_mps(view_["speed"]["min"]).value_or(0) : 0;
    if (kind.speed_max_mps > 0 && kind.speed_min_mps > kind.speed_max_mps) {
      r_.error("show.speed-range", view_["speed"]["min"].scalar_span(),
               phrase("the slowest speed is faster than the fastest"));
      sound_ = false;
    }
    kind.acceleration_mps2 = view_["acceleration"].acceleration_mps2().value_or(0);
    if (may_have("max pace", kind.category == Category::foot, phrase("kinds on foot"))) {
      kind.pace_max_m = r_.length_m(view_["max pace"]).value_or(0);
    }
    if (may_have("turning radius", kind.category == Category::vehicle, phrase("vehicles"))) {
      kind.turning_radius_m = r_.length_m(view_["turning radius"]).value_or(0);
    }
    if (may_have("bank", air, phrase("aircraft"))) {
      kind.bank_max_rad = r_.bank_rad(view_["bank"]).value_or(0);
    }
    if (may_have("climb", air, phrase("aircraft"))) {
      kind.climb_max_mps = r_.speed_mps(view_["climb"]).value_or(0);
    }
    heights(kind, air);
  }

  void heights(Kind& kind, bool air) {
    if (may_have("floor", air, phrase("aircraft"))) kind.floor_m = r_.length_m(view_["floor"]);
    if (may_have("ceiling", air, phrase("aircraft")))
      kind.ceiling_m = r_.length_m(view_["ceiling"]);
    if (!kind.floor_m || !kind.ceiling_m || *kind.floor_m < *kind.ceiling_m) return;
    r_.error("show.height", view_["ceiling"].scalar_span(),
             phrase("the ceiling of kind {} is not above its floor", in_quotes(name_)),
             phrase("a height above {:g} m", *kind.floor_m));
    sound_ = false;
  }

  bool limit_in_speed(std::string_view key, bool belongs) {
    const View view = view_["speed"][key];
    if (!view.given() || belongs) return belongs;
    r_.error("show.limit-of-other-kind", view.key_span(),
             phrase("only aircraft have a slowest speed, and the category of {} is {}",
                    in_quotes(name_), category_word()));
    return false;
  }

  void separation(Kind& kind) {
    const View view = view_["separation"];
    if (view.is_mapping()) {
      kind.separation_m = r_.length_m(view["horizontal"]).value_or(0);
      kind.separation_vertical_m = r_.length_m(view["vertical"]).value_or(0);
      if (!flies(kind.category)) {
        r_.error("show.separation", view.span(),
                 phrase("on the ground there is no separation in height"), phrase("one length"));
      }
    } else {
      kind.separation_m = r_.length_m(view).value_or(0);
    }
  }

  void crew(Kind& kind) {
    const int otherwise = kind.category == Category::drone ? 0 : 1;
    kind.crew = static_cast<int>(r_.count(view_["crew"], 10'000).value_or(otherwise));
    kind.role = view_["role"].given() ? Resolver::text(view_["role"]) : default_role(kind.category);
  }

  void gaits(Kind& kind) {
    for (const View& each : view_["gaits"].items()) {
      const auto gait = r_.gait(each);
      sound_ = sound_ && gait.has_value();
      if (!gait) continue;
      Phrase fault = gait_fault(kind, *gait);
      if (fault.empty()) {
        kind.gaits.push_back(*gait);
      } else {
        r_.error("show.gait-of-kind", each.scalar_span(), std::move(fault));
      }
    }
  }

  Resolver& r_;
  View view_;
  std::string_view name_;
  Span name_span_;
  bool sound_ = true;
};

void resolve_kind(Resolver& r, const NamedView& each) {
  const auto index = static_cast<std::uint32_t>(r.show.kinds.size());
  r.kinds.declare({Named::kind, index, std::string(each.name), each.name_span}, r.diagnostics);
  r.show.kinds.emplace_back();
  r.kind_is_sound.push_back(KindResolver(r, each).resolve(r.show.kinds.back()));
}

}  // namespace

void resolve_kinds(Resolver& r) {
  std::vector<View> texts = r.catalogues;
  texts.push_back(r.root);
  for (const View& text : texts) {
    for (const NamedView& each : text["gaits"].named()) resolve_gait(r, each);
  }
  for (const View& text : texts) {
    for (const NamedView& each : text["kinds"].named()) resolve_kind(r, each);
  }
}

}  // namespace defilada::show
