// SPDX-License-Identifier: MIT
// Section `spectators`: where people come from, what they pass, where they watch, how they go.
//
// Shares become people here, each whole: the largest remainders get what rounding leaves.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "resolver.hpp"
#include "spectator_shares.hpp"

namespace defilada::show {
namespace {

using What = CueRef::What;

constexpr std::int64_t kPeopleLimit = 2'000'000;
constexpr std::int64_t kLaneLimit = 10'000;

// Defaults, as the table of keys states them.
constexpr Duration kService{9'000'000};
constexpr Duration kGetUp{300LL * 1'000'000};
constexpr Duration kReact{60LL * 1'000'000};
constexpr Duration kEvacuate{8LL * 60 * 1'000'000};
constexpr double kDensity = 4.7;
constexpr Duration kDensityFor{180LL * 1'000'000};
constexpr Duration kHour{3600LL * 1'000'000};

class SpectatorResolver {
 public:
  explicit SpectatorResolver(Resolver& resolver)
      : r_(resolver), view_(resolver.root["spectators"]) {}

  void resolve() {
    if (!view_.is_mapping()) return;
    it_.span = view_.span();
    ground();
    fences();
    gates();
    exits();
    stops();
    for (const NamedView& each : view_["crossings"].named()) crossing(each);
    for (const NamedView& each : view_["closures"].named()) closing(each);
    zones();
    share_out_stops();
    resolve_amenities(r_, view_, it_,
                      [&](const View& view) { return moment(view, What::item_starts); });
    it_.population = resolve_population(r_, view_);
    for (const NamedView& each : view_["emergencies"].named()) emergency(each);
    day();
    limits();
    r_.show.spectators = std::move(it_);
  }

 private:
  // ---- small values

  std::optional<Moment> moment(const View& view, What bare) {
    if (!view.given()) return std::nullopt;
    Moment moment{.at = {}, .cue = {}, .span = view.scalar_span()};
    if (view.reads_as(Dimension::clock)) {
      const auto at = r_.clock_time(view);
      if (!at) return std::nullopt;
      moment.at = *at;
      return moment;
    }
    moment.cue = r_.cue(view, bare);
    return moment.cue ? std::optional(moment) : std::nullopt;
  }

  std::vector<During> periods(const View& view) {
    std::vector<During> all;
    for (const View& each : view.each()) {
      During during{moment(each["from"], What::item_starts), moment(each["to"], What::item_starts),
                    each.span()};
      const bool clocks = during.from && during.to && !during.from->cue && !during.to->cue;
      if (clocks && during.to->at <= during.from->at) {
        r_.error("show.crowd-time", each.span(), phrase("the period ends before it begins"));
      }
      all.push_back(std::move(during));
    }
    return all;
  }

  std::vector<geo::Vec2> line(const View& view) {
    bool sound = true;
    std::vector<geo::Vec2> points = r_.points(view, sound);
    for (std::size_t i = 1; i < points.size(); ++i) {
      if (geo::length(points[i] - points[i - 1]) > 0) continue;
      r_.error("show.route-geometry", view.span(),
               phrase("points {} and {} are the same place", i, i + 1));
      return {};
    }
    return sound && points.size() > 1 ? points : std::vector<geo::Vec2>{};
  }

  template <typename Id>
  std::vector<Id> references(const Namespace& space, const View& view, Named wanted) {
    std::vector<Id> all;
    for (const View& each : view.each()) {
      if (const Name* name = r_.reference(space, each, wanted)) all.push_back(Id{name->index});
    }
    return all;
  }

  template <typename T>
  bool declare(const NamedView& each, Named what, const std::vector<T>& list) {
    return names_.declare(
        {what, static_cast<std::uint32_t>(list.size()), std::string(each.name), each.name_span},
        r_.diagnostics);
  }

  // ---- the ground

  void ground() {
    const auto outlines = [&](std::string_view key, std::vector<Outline>& out) {
      for (const NamedView& each : view_[key].named()) {
        if (auto polygon = resolve_polygon(r_, each.value)) {
          out.push_back({collapsed(each.name), each.value.span(), std::move(*polygon)});
        }
      }
    };
    outlines("ground", it_.ground);
    outlines("hindrances", it_.obstacles);
    for (const NamedView& each : view_["stairs"].named()) {
      auto polygon = resolve_polygon(r_, each.value);
      const View speed = each.value["speed"];
      const auto factor = speed.share();
      if (factor && *factor > 1) {
        r_.error("show.crowd-share", speed.scalar_span(),
                 phrase("people are not faster on stairs than on the level"),
                 phrase("a share up to 100 %"));
      }
      if (polygon && factor) {
        it_.stairs.push_back(
            {collapsed(each.name), each.value.span(), std::move(*polygon), *factor});
      }
    }
  }

  void fences() {
    for (const NamedView& each : view_["fences"].named()) {
      auto points = line(each.value["points"]);
      const View way = each.value["lets pass"];
      const auto direction = way.given() ? r_.direction_rad(way) : std::nullopt;
      if (!points.empty()) {
        it_.fences.push_back(
            {collapsed(each.name), each.value.span(), std::move(points), direction});
      }
    }
  }

  void gates() {
    for (const NamedView& each : view_["gates"].named()) {
      if (!declare(each, Named::gate, it_.gates)) continue;
      Gate& gate = it_.gates.emplace_back();
      gate.name = collapsed(each.name);
      gate.span = each.value.span();
      gate.points = line(each.value["points"]);
      gate.lanes = static_cast<int>(r_.count(each.value["lanes"], kLaneLimit).value_or(1));
      gate.lanes_span = each.value["lanes"].scalar_span();
      gate.service = r_.duration(each.value["service"]).value_or(kService);
      gate.opens = moment(each.value["opens"], What::item_starts);
      gate.shuts = moment(each.value["shuts"], What::item_starts);
      queue(each.value["queue"], gate);
      const bool clocks = gate.opens && gate.shuts && !gate.opens->cue && !gate.shuts->cue;
      if (clocks && gate.shuts->at <= gate.opens->at) {
        r_.error("show.crowd-time", gate.shuts->span,
                 phrase("gate {} shuts before it opens", in_quotes(gate.name)));
      }
    }
  }

  /// Lines, or else an outline.
  void queue(const View& view, Gate& gate) {
    if (!view.given()) return;
    for (const View& each : view.each()) {
      if (!each["points"].given()) continue;
      if (auto points = line(each["points"]); !points.empty()) {
        gate.queues.push_back({std::move(points), each.span()});
      }
    }
    if (gate.queues.empty() && !view["points"].given()) gate.queue = resolve_polygon(r_, view);
  }

  void exits() {
    double sum = 0;
    std::size_t said = 0;
    for (const NamedView& each : view_["exits"].named()) {
      if (!declare(each, Named::way_out, it_.exits)) continue;
      WayOut& exit = it_.exits.emplace_back();
      exit.name = collapsed(each.name);
      exit.span = each.value.span();
      exit.points = line(each.value["points"]);
      exit.share = each.value["share"].share();
      exit.flow_per_s = each.value["flow"].frequency_hz();
      exit.shut = periods(each.value["shut"]);
      sum += exit.share.value_or(0);
      said += exit.share ? 1 : 0;
    }
    if (said == 0) return;
    if (said != it_.exits.size()) {
      r_.error("show.crowd-share", view_["exits"].key_span(),
               phrase("some exits have a share and some have none"),
               phrase("a share for each, or for none"));
    } else {
      whole(sum, view_["exits"], phrase("the shares of the exits"));
    }
  }

  bool whole(double sum, const View& where, const Phrase& whose) {
    return is_whole(r_, sum, where, whose);
  }

  void crossing(const NamedView& each) {
    auto polygon = resolve_polygon(r_, each.value);
    auto open = periods(each.value["open"]);
    if (!polygon) return;
    it_.crossings.push_back(
        {collapsed(each.name), each.value.span(), std::move(*polygon), std::move(open)});
  }

  void closing(const NamedView& each) {
    Closing closing{.name = collapsed(each.name),
                    .span = each.value.span(),
                    .points = {},
                    .polygon = {},
                    .shut = periods(each.value["shut"])};
    if (each.value["points"].given()) {
      closing.points = line(each.value["points"]);
      if (closing.points.empty()) return;
    } else {
      closing.polygon = resolve_polygon(r_, each.value);
      if (!closing.polygon) return;
    }
    it_.closings.push_back(std::move(closing));
  }

  // ---- where they come from

  void stops() {
    for (const NamedView& each : view_["stops"].named()) {
      if (!declare(each, Named::stop, it_.stops)) continue;
      stop_views_.push_back(each.value);
      Stop& stop = it_.stops.emplace_back();
      stop.name = collapsed(each.name);
      stop.span = each.value.span();
      if (auto polygon = resolve_polygon(r_, each.value)) stop.polygon = std::move(*polygon);
      if (each.value["every"].given()) stop.every = r_.duration(each.value["every"]);
      arrivals(stop, each.value["arrivals"]);
      if (each.value["people"].given() && each.value["share"].given()) {
        r_.error("show.crowd-share", each.value["people"].scalar_span(),
                 phrase("stop {} has both a share and a number of people", in_quotes(stop.name)),
                 phrase("one of them"));
      }
    }
  }

  void arrivals(Stop& stop, const View& view) {
    const std::vector<View> pieces = view.each();
    double sum = 0;
    std::size_t said = 0;
    for (const View& each : pieces) {
      const auto from = r_.clock_time(each["from"]);
      const auto to = r_.clock_time(each["to"]);
      const auto share = each["share"].share();
      if (from && to && *to <= *from) {
        r_.error("show.crowd-time", each["to"].scalar_span(),
                 phrase("the arrivals end before they begin"));
      }
      sum += share.value_or(0);
      said += share ? 1 : 0;
      if (from && to) stop.arrivals.push_back({*from, *to, share.value_or(0), each.span()});
    }
    if (said == 0) {
      for (Stop::Arrivals& each : stop.arrivals) {
        each.share = 1.0 / static_cast<double>(stop.arrivals.size());
      }
      return;
    }
    if (said != pieces.size()) {
      r_.error("show.crowd-share", view.key_span(),
               phrase("some arrivals have a share and some have none"),
               phrase("a share for each, or for none"));
      return;
    }
    if (!whole(sum, view, phrase("the shares of the arrivals"))) return;
    for (Stop::Arrivals& each : stop.arrivals) each.share /= sum;
  }

  /// People of each stop: as said, and what is left in equal parts to those that say nothing.
  void share_out_stops() {
    std::vector<double> weights(it_.stops.size(), 0);
    double said = 0;
    std::size_t open = 0;
    const auto all = static_cast<double>(std::max<std::int64_t>(it_.people, 1));
    for (std::size_t i = 0; i < stop_views_.size(); ++i) {
      const auto people = r_.count(stop_views_[i]["people"], kPeopleLimit);
      const auto share = stop_views_[i]["share"].share();
      if (people) weights[i] = static_cast<double>(*people) / all;
      if (share) weights[i] = *share;
      said += weights[i];
      open += people || share ? 0 : 1;
    }
    const bool too_many = said > 1 + kShareError;
    const bool too_few = open == 0 && said < 1 - kShareError;
    if (it_.people > 0 && !stop_views_.empty() && (too_many || too_few)) {
      r_.error("show.crowd-share", view_["stops"].key_span(),
               phrase("the people of the stops sum to {:.0f} of {}", said * all, it_.people),
               phrase("all of them together, or a stop without 'share' and 'people' for the rest"));
      return;
    }
    for (std::size_t i = 0; i < stop_views_.size(); ++i) {
      if (stop_views_[i]["people"].given() || stop_views_[i]["share"].given()) continue;
      weights[i] = std::max(0.0, 1 - said) / static_cast<double>(open);
    }
    const auto parts = apportioned(it_.people, weights);
    for (std::size_t i = 0; i < it_.stops.size(); ++i) it_.stops[i].people = parts[i];
  }

  // ---- where they watch

  void zones() {
    const View view = view_["zones"];
    std::vector<View> views;
    if (view.given()) {
      for (const NamedView& each : view.named()) zone(each, views);
    } else {
      for (std::uint32_t i = 0; i < r_.show.site.areas.size(); ++i) {
        if (r_.show.site.areas[i].use != AreaUse::stand) continue;
        it_.zones.emplace_back();
        it_.zones.back().area = AreaId{i};
        it_.zones.back().span = r_.show.site.areas[i].span;
        views.emplace_back();
      }
      if (it_.zones.empty()) {
        r_.error("show.crowd-zones", view_.key_span(),
                 phrase("the site has no stands, and no zones are said"),
                 phrase("'zones:' with the names of areas"));
      }
    }
    share_out_zones(views);
  }

  void zone(const NamedView& each, std::vector<View>& views) {
    const std::string written(each.name);
    const Name* name = r_.areas.find(written);
    if (name == nullptr) {
      std::string near = r_.areas.nearest(written, {Named::area});
      r_.error("show.unknown-name", each.name_span,
               phrase("there is no {} {}", noun(Named::area), in_quotes(written)), {},
               std::move(near));
      return;
    }
    const Area& area = r_.show.site.areas[name->index];
    if (area.use == AreaUse::obstacle || !r_.area_is_sound[name->index]) {
      if (area.use == AreaUse::obstacle) {
        r_.error("show.wrong-name", each.name_span,
                 phrase("{} is an obstacle: nobody watches in it", in_quotes(area.name)))
            .notes.push_back({phrase("defined here"), name->span});
      }
      return;
    }
    Zone& zone = it_.zones.emplace_back();
    views.push_back(each.value);
    zone.area = AreaId{name->index};
    zone.span = Resolver::statement(each.name_span, each.value);
    zone.from = references<StopId>(names_, each.value["from"], Named::stop);
    zone.by = references<GateId>(names_, each.value["by"], Named::gate);
    zone.leaves_by = references<WayOutId>(names_, each.value["leave by"], Named::way_out);
    if (each.value["fill"].word().value_or("") == "anywhere") zone.fill = Zone::Fill::anywhere;
  }

  /// People of each zone: as said; of the others by their capacity what is left of all.
  void share_out_zones(const std::vector<View>& views) {
    std::int64_t said = 0;
    std::vector<double> weights(it_.zones.size(), 0);
    double capacity = 0;
    for (std::size_t i = 0; i < it_.zones.size(); ++i) {
      const Area& area = r_.show[it_.zones[i].area];
      const View people = views[i].node() != nullptr ? views[i]["people"] : View();
      if (const auto count =
              people.node() != nullptr ? r_.count(people, kPeopleLimit) : std::nullopt) {
        it_.zones[i].people = *count;
        said += *count;
        if (area.capacity && *count > *area.capacity) {
          r_.error("show.crowd-people", people.scalar_span(),
                   phrase("{} holds {} people", in_quotes(area.name), *area.capacity),
                   phrase("at most {}", *area.capacity))
              .notes.push_back({phrase("defined here"), area.span});
        }
        continue;
      }
      weights[i] = static_cast<double>(area.capacity.value_or(0));
      capacity += weights[i];
    }
    it_.people_span = view_["people"].given() ? view_["people"].scalar_span() : it_.span;
    const auto all = r_.count(view_["people"], kPeopleLimit);
    it_.people = all.value_or(said + static_cast<std::int64_t>(capacity));
    const std::int64_t rest = it_.people - said;
    if (rest < 0 || static_cast<double>(rest) > capacity) {
      r_.error("show.crowd-people", it_.people_span,
               rest < 0 ? phrase("the zones hold {} people, more than the {} that come", said,
                                 it_.people)
                        : phrase("{} people come, and the zones have place for {}", it_.people,
                                 said + static_cast<std::int64_t>(capacity)));
      return;
    }
    const auto parts = apportioned(rest, weights);
    for (std::size_t i = 0; i < it_.zones.size(); ++i) it_.zones[i].people += parts[i];
  }

  // ---- the day

  void day() {
    it_.seated_by = r_.clock_time(view_["seated by"]).value_or(Time{});
    it_.seated_by_span = view_["seated by"].scalar_span();
    it_.leave = moment(view_["leave"], What::item_ends);
    it_.get_up = r_.duration(view_["get up"]).value_or(kGetUp);
    it_.stewards = r_.count(view_["stewards"], kPeopleLimit).value_or(0);
    for (const Stop& stop : it_.stops) {
      for (const Stop::Arrivals& each : stop.arrivals) {
        if (it_.seated_by.us == 0 || each.to <= it_.seated_by) continue;
        r_.error("show.crowd-time", each.span,
                 phrase("people come to {} after they are to be seated", in_quotes(stop.name)),
                 phrase("arrivals that end before 'seated by'"))
            .notes.push_back({phrase("it is said here"), it_.seated_by_span});
      }
    }
  }

  void emergency(const NamedView& each) {
    const auto index = static_cast<std::uint32_t>(it_.emergencies.size());
    if (!emergencies_.declare({Named::emergency, index, std::string(each.name), each.name_span},
                              r_.diagnostics)) {
      return;
    }
    const auto from = moment(each.value["from"], What::item_starts);
    Emergency emergency{.name = collapsed(each.name),
                        .label = Resolver::label(each.value["label"], collapsed(each.name)),
                        .span = Resolver::statement(each.name_span, each.value),
                        .from = from.value_or(Moment{}),
                        .blocked = {},
                        .blocked_gates = {},
                        .react = r_.duration(each.value["react"]).value_or(kReact),
                        .within = r_.duration(each.value["within"]).value_or(kEvacuate)};
    for (const View& blocked : each.value["blocked"].each()) {
      const Name* name = names_.find(blocked.text().value_or(""));
      const bool gate = name != nullptr && name->what == Named::gate;
      name = r_.reference(names_, blocked, gate ? Named::gate : Named::way_out);
      if (name == nullptr) continue;
      if (gate) {
        emergency.blocked_gates.push_back({name->index});
      } else {
        emergency.blocked.push_back({name->index});
      }
    }
    if (!it_.exits.empty() && emergency.blocked.size() >= it_.exits.size()) {
      r_.error("show.crowd-blocked", each.value["blocked"].span(),
               phrase("all exits are blocked: nobody can leave"));
    }
    if (from) it_.emergencies.push_back(std::move(emergency));
  }

  void limits() {
    const View view = view_["limits"];
    it_.limits.span = view.given() ? view.span() : it_.span;
    it_.limits.density = view["density"].plain_number().value_or(kDensity);
    it_.limits.density_for = r_.duration(view["for"]).value_or(kDensityFor);
    it_.limits.wait = r_.duration(view["wait"]).value_or(kHour);
    it_.limits.clear = r_.duration(view["clear"]).value_or(kHour);
  }

  Resolver& r_;
  View view_;
  Spectators it_;
  Namespace names_;        ///< stops, gates and exits
  Namespace emergencies_;  ///< whose names nothing refers to: an exit may be called like one
  std::vector<View> stop_views_;
};

}  // namespace

void resolve_spectators(Resolver& r) {
  SpectatorResolver(r).resolve();
}

}  // namespace defilada::show
