// SPDX-License-Identifier: MIT
#include "site_people.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/core/suggest.hpp"
#include "defilada/geo/polygon.hpp"
#include "site_values.hpp"

namespace defilada::crowd {
namespace {

using geo::Feature;

constexpr double kYears = 5;  ///< people of an age are taken in parts of so many years
constexpr double kSds = 2.5;  ///< speeds further from the mean are not drawn
constexpr double kSlowest_mps = 0.1;

/// "a, b": names without the spaces about them.
std::vector<std::string> names_of(const std::string& list) {
  std::vector<std::string> out;
  std::size_t from = 0;
  while (from <= list.size()) {
    const std::size_t comma = std::min(list.find(',', from), list.size());
    std::string name = list.substr(from, comma - from);
    name.erase(0, name.find_first_not_of(' '));
    name.erase(name.find_last_not_of(' ') + 1);
    if (!name.empty()) out.push_back(std::move(name));
    from = comma + 1;
  }
  return out;
}

Vec2 middle_of(const Shape& shape) {
  const auto* line = std::get_if<Line>(&shape);
  return line != nullptr ? 0.5 * (line->front() + line->back())
                         : geo::centroid(std::get<geo::Polygon>(shape));
}

/// Whether people can come to some of it: to its middle or to a corner, as far as one looks.
bool is_on_ground(const Ground& ground, LevelId level, const Shape& shape) {
  const auto* line = std::get_if<Line>(&shape);
  const auto& points = line != nullptr ? *line : std::get<geo::Polygon>(shape).outer;
  if (walkable(ground, level, middle_of(shape))) return true;
  for (std::size_t k = 0; k < points.size(); ++k) {
    const Vec2 next = points[(k + 1) % points.size()];
    if (walkable(ground, level, points[k]) || walkable(ground, level, 0.5 * (points[k] + next))) {
      return true;
    }
  }
  return false;
}

}  // namespace

void SitePeople::refuse_unknown_keys(const Feature& it, const Names& keys) {
  for (const auto& [key, value] : it.properties) {
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    diagnostics_.error("crowd.people-key", it.span,
                       phrase("'{}' says nothing here", key.substr(0, 60)), {}, nearest(key, keys));
  }
}

void SitePeople::no_such(const Feature& it, Phrase message, const std::string& name,
                         const Names& all) {
  diagnostics_.error("crowd.no-such", it.span, std::move(message), {}, nearest(name, all));
}

void SitePeople::take_populations(const std::vector<Feature>& kinds) {
  populations_.emplace_back("pedestrians", pedestrians());
  populations_.emplace_back("passengers", passengers());
  const std::size_t given = populations_.size();
  for (const Feature& it : kinds) {
    refuse_unknown_keys(it, {"population", "kind", "name", "share", "age_from", "age_to",
                             "speed_mps", "spread_mps", "body_m", "group_share"});
    SiteValues values(it, diagnostics_);
    const std::string name = values.text("population");
    auto found = std::find_if(populations_.begin(), populations_.end(),
                              [&](const auto& each) { return each.first == name; });
    if (name.empty() || found < populations_.begin() + static_cast<std::ptrdiff_t>(given)) {
      diagnostics_.error("crowd.property", it.span,
                         name.empty() ? phrase("a kind of people of no population")
                                      : phrase("the population '{}' is given", name),
                         phrase("\"population\": a name of its own"));
      continue;
    }
    if (found == populations_.end()) {
      populations_.emplace_back(name, Population{});
      found = populations_.end() - 1;
    }
    add_kind(it, found->second);
  }
}

/// By age: a part for every few years, each at the speed of its middle.
void SitePeople::add_kind(const Feature& it, Population& to) {
  SiteValues values(it, diagnostics_);
  PeopleKind kind;
  kind.name = values.text("kind");
  kind.share = values.number("share", 0, 1e6).value_or(1);
  kind.radius_m = static_cast<float>(values.number("body_m", 0.1, 1).value_or(0.2));
  if (const auto share = values.number("group_share", 0, 0.95)) {
    to.company = company_of_share(*share);
  }
  const double spread = values.number("spread_mps", 0, 2).value_or(0);
  const auto walks_at = [&](double mean_mps) {
    kind.speed = {mean_mps, spread, std::max(kSlowest_mps, mean_mps - kSds * spread),
                  std::max(kSlowest_mps, mean_mps + kSds * spread)};
  };
  const auto from = values.number("age_from", 0, 120);
  const auto until = values.number("age_to", 0, 120);
  const auto speed = values.number("speed_mps", kSlowest_mps, 5);
  if (speed) {
    walks_at(*speed);
    to.kinds.push_back(kind);
    return;
  }
  if (!from || !until || *from >= *until) {
    diagnostics_.error("crowd.property", it.span,
                       phrase("it is not said how fast these people walk"),
                       phrase("\"speed_mps\", or \"age_from\" and a later \"age_to\" in years"));
    return;
  }
  const double share = kind.share;
  const double parts = std::ceil((*until - *from) / kYears);
  for (int k = 0; k < static_cast<int>(parts); ++k) {
    walks_at(speed_at_age_mps(*from + (*until - *from) * (k + 0.5) / parts));
    kind.share = share / parts;
    to.kinds.push_back(kind);
  }
}

void SitePeople::take_journeys(const std::vector<Feature>& stages,
                               const std::vector<SitePlace>& places) {
  for (const Feature& it : stages) {
    refuse_unknown_keys(
        it, {"journey", "stage", "to", "choice", "shares", "until_s", "for_s", "spread_s"});
    const std::string name = SiteValues(it, diagnostics_).text("journey");
    auto found = std::find_if(site_.journeys.begin(), site_.journeys.end(),
                              [&](const SiteJourney& each) { return each.name == name; });
    if (found == site_.journeys.end()) {
      site_.journeys.push_back({name, {}, it.span});
      found = site_.journeys.end() - 1;
    }
    add_stage(it, *found, places);
  }
  end_journeys();
}

void SitePeople::add_stage(const Feature& it, SiteJourney& to,
                           const std::vector<SitePlace>& places) {
  SiteValues values(it, diagnostics_);
  const std::string kind = values.text("stage");
  const Names kinds = {"go", "wait", "leave"};
  const auto which = std::find(kinds.begin(), kinds.end(), kind);
  if (which == kinds.end()) {
    no_such(it, phrase("there is no stage '{}'", kind.substr(0, 60)), kind, kinds);
    return;
  }
  if (!to.stages.empty() && to.stages.back().stage.kind == Stage::Kind::leave) {
    diagnostics_.error("crowd.journey", it.span,
                       phrase("the journey '{}' goes on after people have left", to.name));
    return;
  }
  SiteJourney::Stage out;
  out.stage.kind = static_cast<Stage::Kind>(which - kinds.begin());
  out.stage.until_s = values.number("until_s", 0, 1e7).value_or(0);
  out.stage.for_s = values.number("for_s", 0, 1e7).value_or(0);
  out.stage.spread_s = values.number("spread_s", 0, 1e7).value_or(0);
  if (!add_options(it, out, places)) return;
  add_choice(it, out);
  to.stages.push_back(std::move(out));
}

bool SitePeople::add_options(const Feature& it, SiteJourney::Stage& to,
                             const std::vector<SitePlace>& places) {
  const Ground& ground = site_.ground;
  const Stage::Kind kind = to.stage.kind;
  Names all;
  if (kind == Stage::Kind::leave) {
    for (const Exit& each : ground.exits) all.push_back(each.name);
  } else {
    for (const WaitingArea& each : ground.waits) all.push_back(each.name);
    for (const SitePlace& each : places) {
      if (kind == Stage::Kind::go) all.push_back(each.feature->name);
    }
  }
  Names names = names_of(SiteValues(it, diagnostics_).text("to"));
  if (names.empty() && kind == Stage::Kind::leave) names = all;
  if (names.empty()) {
    diagnostics_.error("crowd.journey", it.span, phrase("a stage that leads nowhere"),
                       phrase("\"to\": names of places"));
    return false;
  }
  for (const std::string& name : names) {
    Option option;
    const std::size_t before = to.waits.size();
    for (std::uint32_t k = 0; k < ground.exits.size() && kind == Stage::Kind::leave; ++k) {
      if (ground.exits[k].name == name) option.exits.push_back(k);
    }
    for (std::uint32_t k = 0; k < ground.waits.size() && kind != Stage::Kind::leave; ++k) {
      if (ground.waits[k].name != name) continue;
      option.targets.push_back({ground.waits[k].level, ground.waits[k].polygon, 0});
      if (to.waits.size() == before) to.waits.push_back(k);
    }
    for (const SitePlace& each : places) {
      if (kind != Stage::Kind::go || each.feature->name != name) continue;
      option.targets.push_back({each.level, each.shape, 0});
      if (!is_on_ground(ground, each.level, each.shape)) {
        diagnostics_.error("crowd.place-outside", each.feature->span,
                           phrase("the place '{}' lies off the ground: nobody comes there", name));
      }
    }
    if (option.exits.empty() && option.targets.empty()) {
      no_such(it,
              kind == Stage::Kind::leave  ? phrase("there is no exit '{}'", name)
              : kind == Stage::Kind::wait ? phrase("there is no waiting area '{}'", name)
                                          : phrase("there is no place '{}'", name),
              name, all);
      return false;
    }
    // Of the stage's exits without shares of its own: the exits' own.
    if (!option.exits.empty()) option.share = ground.exits[option.exits.front()].share.value_or(1);
    to.stage.options.push_back(std::move(option));
  }
  return true;
}

void SitePeople::add_choice(const Feature& it, SiteJourney::Stage& to) {
  SiteValues values(it, diagnostics_);
  Stage& stage = to.stage;
  const Names shares = names_of(values.text("shares"));
  std::string choice = values.text("choice");
  if (choice.empty()) choice = shares.empty() ? "nearest" : "share";
  const Names choices = {"nearest", "quickest", "share", "view"};
  const auto which = std::find(choices.begin(), choices.end(), choice);
  to.by_view = choice == "view";
  if (which == choices.end() || (to.by_view && stage.kind != Stage::Kind::wait)) {
    no_such(it, phrase("people cannot choose by '{}' here", choice.substr(0, 60)), choice,
            which == choices.end() ? choices : Names{});
    return;
  }
  if (!to.by_view) stage.choice = static_cast<Choice>(which - choices.begin());
  if (shares.empty()) return;
  if (stage.choice != Choice::share || shares.size() != stage.options.size()) {
    diagnostics_.error("crowd.journey", it.span,
                       phrase("{} shares for {} places", shares.size(), stage.options.size()),
                       phrase("a share for each name in \"to\", and no \"choice\" but share"));
    return;
  }
  double sum = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    Feature one = it;
    one.properties = {{"shares", shares[k]}};
    stage.options[k].share = SiteValues(one, diagnostics_).number("shares", 0, 1e6).value_or(0);
    sum += stage.options[k].share;
  }
  if (sum <= 0) {
    diagnostics_.error("crowd.journey", it.span, phrase("shares of nothing"));
  }
}

/// Whoever does not say how people leave lets them leave by any exit.
void SitePeople::end_journeys() {
  for (SiteJourney& each : site_.journeys) {
    if (!each.stages.empty() && each.stages.back().stage.kind == Stage::Kind::leave) continue;
    each.stages.push_back({leave(site_.ground), {}, false});
  }
}

void SitePeople::give_to_starts(const std::vector<const Feature*>& starts) {
  Names populations;
  for (const auto& each : populations_) populations.push_back(each.first);
  Names journeys;
  for (const SiteJourney& each : site_.journeys) journeys.push_back(each.name);
  const auto index_of = [](const Names& all, const std::string& name) {
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), name) - all.begin());
  };
  site_.journey_of.resize(starts.size());
  for (std::size_t k = 0; k < starts.size(); ++k) {
    SiteValues values(*starts[k], diagnostics_);
    if (const std::string name = values.text("population"); !name.empty()) {
      const std::size_t index = index_of(populations, name);
      if (index < populations.size()) {
        site_.ground.starts[k].population = populations_[index].second;
      } else {
        no_such(*starts[k], phrase("there is no population '{}'", name.substr(0, 60)), name,
                populations);
      }
    }
    if (const std::string name = values.text("journey"); !name.empty()) {
      const std::size_t index = index_of(journeys, name);
      if (index < journeys.size()) {
        site_.journey_of[k] = static_cast<std::uint32_t>(index);
      } else {
        no_such(*starts[k], phrase("there is no journey '{}'", name.substr(0, 60)), name, journeys);
      }
    }
  }
}

void SitePeople::give_views(const std::vector<const Feature*>& waits,
                            const std::vector<SitePlace>& places) {
  Names names;
  for (const SitePlace& each : places) names.push_back(each.feature->name);
  for (std::size_t k = 0; k < waits.size(); ++k) {
    const std::string name = SiteValues(*waits[k], diagnostics_).text("view");
    if (name.empty()) continue;
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      no_such(*waits[k], phrase("there is no place '{}'", name), name, names);
      continue;
    }
    site_.ground.waits[k].look_at =
        middle_of(places[static_cast<std::size_t>(found - names.begin())].shape);
  }
}

}  // namespace defilada::crowd
