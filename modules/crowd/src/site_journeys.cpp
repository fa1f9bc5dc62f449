// SPDX-License-Identifier: MIT
#include "site_journeys.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "defilada/core/phrase.hpp"
#include "defilada/core/random.hpp"
#include "defilada/crowd/field.hpp"
#include "spots.hpp"

namespace defilada::crowd {
namespace {

/// The stream of random numbers by which areas are chosen; those of the simulation are of persons
/// at steps, this is of persons at stages.
constexpr std::uint64_t kAreas = 1ULL << 50U;

Stage wait_at(const WaitingArea& wait) {
  Stage stage = wait_in(wait.level, wait.polygon, wait.until_s);
  stage.look_at = wait.look_at;
  return stage;
}

Stage leave_as(const Ground& ground, Choice exits) {
  const bool shares = std::any_of(ground.exits.begin(), ground.exits.end(),
                                  [](const Exit& exit) { return exit.share.has_value(); });
  return leave(ground, shares ? Choice::share : exits);
}

/// Where somebody is, or comes from.
struct Standing {
  LevelId level = 0;
  Vec2 at;
};

/// Hands out the room of waiting areas.
class Rooms {
 public:
  Rooms(const Ground& ground, const FieldGrid& grid) : ground_(ground) {
    std::vector<Destination> all;
    for (const WaitingArea& wait : ground.waits) {
      all.push_back({{{wait.level, wait.polygon, 0}}});
      const std::size_t places =
          Spots(grid, wait_at(wait), {all.back().targets, {}, 1}, nullptr).size();
      left_.push_back(wait.capacity ? static_cast<std::size_t>(*wait.capacity) : places);
    }
    fields_ = travel_times(grid, all);
  }

  [[nodiscard]] bool has_room(std::size_t area) const { return left_[area] > 0; }
  void take(std::size_t area) {
    if (left_[area] > 0) --left_[area];
  }

  /// The first with room by the way, or by what is seen; the first of all if none has.
  [[nodiscard]] std::size_t best(const std::vector<std::uint32_t>& areas, Standing from,
                                 bool by_view) const {
    const auto rank = [&](std::size_t area) {
      const WaitingArea& it = ground_.waits[area];
      const double way_s = double{time_s(from, area)};
      if (!by_view || !it.look_at || !std::isfinite(way_s)) return way_s;
      return length(geo::centroid(it.polygon) - *it.look_at);
    };
    std::vector<std::size_t> by_rank(areas.begin(), areas.end());
    std::stable_sort(by_rank.begin(), by_rank.end(),
                     [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    const auto free = std::find_if(by_rank.begin(), by_rank.end(), [&](std::size_t k) {
      return has_room(k) && std::isfinite(rank(k));
    });
    return free == by_rank.end() ? by_rank.front() : *free;
  }

 private:
  [[nodiscard]] float time_s(Standing from, std::size_t area) const {
    if (!fields_[area]) return INFINITY;
    return fields_[area]->time(from.level, static_cast<float>(from.at.x),
                               static_cast<float>(from.at.y));
  }

  const Ground& ground_;
  std::vector<std::size_t> left_;  ///< (areas)
  std::vector<Result<Field>> fields_;
};

class JourneyMaker {
 public:
  JourneyMaker(const Site& site, const SiteRunOptions& options)
      : site_(site), ground_(site.ground), options_(options) {}

  Result<std::vector<Journey>> make(std::vector<Person>& people) {
    if (!ground_.waits.empty()) {
      auto grid = FieldGrid::make(ground_, options_.simulation.grid);
      if (!grid) return tl::unexpected(grid.error());
      grid_.emplace(std::move(*grid));
      rooms_.emplace(ground_, *grid_);
    }
    std::size_t next = 0;
    for (std::size_t s = 0; s < ground_.starts.size() && next < people.size(); ++s) {
      const std::size_t end =
          std::min(people.size(), next + static_cast<std::size_t>(std::max<std::int64_t>(
                                             0, ground_.starts[s].agents.value_or(0))));
      group_ = Person::kAlone;
      for (; next < end; ++next) {
        const auto index = journey_of(s, people[next], static_cast<std::uint32_t>(next));
        if (!index) {
          return fail(Errc::bad_input, phrase("the stages of this site can be gone through in more "
                                              "ways than {}",
                                              kMost));
        }
        people[next].journey = *index;
      }
    }
    if (journeys_.empty()) journeys_.push_back({{leave_as(ground_, options_.exits)}});
    return std::move(journeys_);
  }

 private:
  static constexpr std::size_t kMost = 60'000;
  static constexpr std::uint32_t kNone = UINT32_MAX;
  /// What tells one journey from another: that of the site (or kNone), and the area of each stage
  /// that waits (or kNone).
  using Key = std::vector<std::uint32_t>;

  std::optional<std::uint16_t> journey_of(std::size_t start, const Person& person,
                                          std::uint32_t number) {
    const auto said = start < site_.journey_of.size() ? site_.journey_of[start] : std::nullopt;
    const bool with_last = person.group != Person::kAlone && person.group == group_;
    group_ = person.group;
    const Standing from = {person.level, person.start
                                             ? geo::centroid(ground_.starts[*person.start].polygon)
                                             : person.place};
    Key key = said ? areas_of(site_.journeys[*said], from, number, with_last)
                   : nearest_area(from, with_last);
    key.insert(key.begin(), said.value_or(kNone));
    last_ = key;
    const auto found = numbers_.find(key);
    if (found != numbers_.end()) return found->second;
    if (journeys_.size() >= kMost) return std::nullopt;
    const auto index = static_cast<std::uint16_t>(journeys_.size());
    journeys_.push_back(said ? journey_by(site_.journeys[*said], key) : journey_by(key));
    numbers_.emplace(std::move(key), index);
    return index;
  }

  /// Where somebody of the same group went, if there is room for one more.
  [[nodiscard]] std::optional<std::size_t> with_group(std::size_t stage, bool with_last) const {
    if (!with_last || stage + 1 >= last_.size() || last_[stage + 1] == kNone) return std::nullopt;
    const std::size_t area = last_[stage + 1];
    return rooms_->has_room(area) ? std::optional(area) : std::nullopt;
  }

  Key nearest_area(Standing from, bool with_last) {
    if (ground_.waits.empty()) return {};
    std::vector<std::uint32_t> all(ground_.waits.size());
    std::iota(all.begin(), all.end(), 0U);
    const std::size_t area = with_group(0, with_last).value_or(rooms_->best(all, from, false));
    rooms_->take(area);
    return {static_cast<std::uint32_t>(area)};
  }

  Key areas_of(const SiteJourney& journey, Standing from, std::uint32_t number, bool with_last) {
    Key key;
    for (std::size_t k = 0; k < journey.stages.size(); ++k) {
      const SiteJourney::Stage& each = journey.stages[k];
      key.push_back(kNone);
      if (each.stage.kind != Stage::Kind::wait || each.stage.choice == Choice::quickest) continue;
      std::size_t area = 0;
      if (const auto same = with_group(k, with_last)) {
        area = *same;
      } else if (each.stage.choice == Choice::share) {
        area = by_share(each, number, k);
      } else {
        area = rooms_->best(each.waits, from, each.by_view);
      }
      rooms_->take(area);
      key.back() = static_cast<std::uint32_t>(area);
      from = {ground_.waits[area].level, geo::centroid(ground_.waits[area].polygon)};
    }
    return key;
  }

  [[nodiscard]] std::size_t by_share(const SiteJourney::Stage& stage, std::uint32_t number,
                                     std::size_t k) const {
    double sum = 0;
    for (const Option& option : stage.stage.options) sum += option.share;
    double at = Random(options_.simulation.seed, number, kAreas + k).uniform() * sum;
    for (std::size_t n = 0; n + 1 < stage.waits.size(); ++n) {
      at -= stage.stage.options[n].share;
      if (at < 0) return stage.waits[n];
    }
    return stage.waits.back();
  }

  [[nodiscard]] Journey journey_by(const Key& key) const {
    Journey out;
    if (key.size() > 1) out.stages.push_back(wait_at(ground_.waits[key[1]]));
    if (!ground_.exits.empty()) out.stages.push_back(leave_as(ground_, options_.exits));
    return out;
  }

  [[nodiscard]] Journey journey_by(const SiteJourney& journey, const Key& key) const {
    Journey out;
    for (std::size_t k = 0; k < journey.stages.size(); ++k) {
      const SiteJourney::Stage& each = journey.stages[k];
      Stage& stage = out.stages.emplace_back(each.stage);
      if (stage.kind != Stage::Kind::wait) continue;
      const WaitingArea& area =
          ground_.waits[key[k + 1] == kNone ? each.waits.front() : key[k + 1]];
      stage.look_at = area.look_at;
      // A time of its own, else that of the area.
      if (stage.until_s <= 0 && stage.for_s <= 0) stage.until_s = area.until_s;
      if (key[k + 1] == kNone) continue;
      stage.choice = Choice::nearest;
      const auto option = std::find(each.waits.begin(), each.waits.end(), key[k + 1]);
      stage.options = {each.stage.options[static_cast<std::size_t>(option - each.waits.begin())]};
    }
    return out;
  }

  const Site& site_;
  const Ground& ground_;
  const SiteRunOptions& options_;
  std::optional<FieldGrid> grid_;
  std::optional<Rooms> rooms_;
  std::vector<Journey> journeys_;
  std::map<Key, std::uint16_t> numbers_;
  std::uint32_t group_ = Person::kAlone;  ///< of the last person
  Key last_;                              ///< of the last person
};

}  // namespace

Result<std::vector<Journey>> site_journeys(const Site& site, const SiteRunOptions& options,
                                           std::vector<Person>& people) {
  return JourneyMaker(site, options).make(people);
}

}  // namespace defilada::crowd
