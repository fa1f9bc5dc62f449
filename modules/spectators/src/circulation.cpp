// SPDX-License-Identifier: MIT
#include "defilada/spectators/circulation.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "defilada/core/check.hpp"
#include "defilada/core/hash.hpp"
#include "defilada/core/phrase.hpp"
#include "defilada/core/random.hpp"
#include "defilada/core/state_bytes.hpp"
#include "defilada/crowd/field.hpp"
#include "defilada/geo/polygon.hpp"
#include "defilada/show/print.hpp"

namespace defilada::spectators {
namespace {

constexpr double kForever = std::numeric_limits<double>::infinity();
constexpr double kRest_s = 1800;
/// Who waits leaves room for those who come out.
constexpr double kApart_m = 1.1;
enum Purpose : std::uint64_t { kGaps = 6, kWants = 7 };  // others: scene.cpp, day.cpp

/// When one person sets out: gaps of `mean_s` in the mean, none below the rest where that can be.
std::vector<double> times_of(std::uint64_t seed, std::uint32_t person, double mean_s,
                             double window_s) {
  Random draw(seed, person, kGaps);
  const auto gap = [&](double mean) { return -std::log1p(-draw.uniform()) * mean; };
  const double rest_s = mean_s > kRest_s ? kRest_s : 0;
  std::vector<double> all;
  for (double at = gap(mean_s); at < window_s; at += rest_s + gap(mean_s - rest_s)) {
    all.push_back(at);
  }
  return all;
}

class CirculationRunner {
 public:
  CirculationRunner(const show::Show& show, const Scene& scene, const std::vector<Place>& places,
                    const RunOptions& options, const CirculationWatch& watch)
      : show_(show),
        scene_(scene),
        said_(*scene.said),
        places_(places),
        options_(options),
        watch_(watch) {
    queues_.resize(said_.amenities.size());
    served_.resize(said_.amenities.size());
    taken_until_s_.resize(said_.amenities.size());
    out_.amenities.resize(said_.amenities.size());
  }

  Result<Circulation> run(const RunningCirculation* running) {
    started_ = Clock::now();
    out_.begin_s = scene_.circulation->from_s;
    out_.end_s = std::max(scene_.circulation->to_s, out_.begin_s);
    for (AmenityOutcome& each : out_.amenities) each.longest_queue_s = out_.begin_s;
    const crowd::Ground where = ground();
    if (Status status = set_out(where); !status) return tl::unexpected(status.error());
    crowd::SimulationOptions engine;
    engine.step_s = options_.step_s;
    engine.threads = options_.threads;
    engine.seed = options_.seed;
    auto simulation = crowd::Simulation::make(where, people_, journeys(), engine);
    if (!simulation) return tl::unexpected(simulation.error());
    if (running != nullptr) {
      if (Status status = take_up(*running, *simulation); !status) {
        return tl::unexpected(status.error());
      }
    }
    if (Status status = go(*simulation); !status) return tl::unexpected(status.error());
    sum_up(*simulation);
    out_.seconds = seconds();
    return std::move(out_);
  }

 private:
  using Clock = std::chrono::steady_clock;
  enum class State : std::uint8_t { goes, waits, is_served, returns, stays };
  struct Trip {
    std::uint16_t zone;
    std::size_t amenity;
    std::uint32_t who;  ///< spectator
    State state = State::goes;
    double since_s = 0;
    template <class Bytes>
    void keep(Bytes& bytes) {
      bytes(state, since_s);
    }
  };

  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(Clock::now() - started_).count();
  }

  Status go(crowd::Simulation& simulation) {
    const double window_s = out_.end_s - out_.begin_s;
    while (simulation.time_s() + 1e-6 < window_s) {
      const double time_s = simulation.time_s();
      if (time_s + 1e-6 >= next_s_) {
        next_s_ += 1;
        look(simulation);
      }
      if (time_s + 1e-6 >= next_print_s_) {
        next_print_s_ += 10;
        out_.state_hash = hash_word(out_.state_hash, simulation.state_hash());
      }
      if (watch_.frame && time_s + 1e-6 >= next_frame_s_) {
        next_frame_s_ += options_.frame_every_s;
        ++frames_;
        if (Status status = give_frame(simulation); !status) return status;
      }
      if (time_s + 1e-6 >= next_minute_s_) {
        next_minute_s_ += 60;
        for (std::size_t a = 0; a < queues_.size(); ++a) {
          out_.amenities[a].queue.push_back(static_cast<std::uint32_t>(queues_[a].size()));
        }
        if (Status status = tell(simulation, window_s); !status) return status;
      }
      simulation.step();
    }
    return {};
  }

  Status tell(const crowd::Simulation& simulation, double window_s) {
    const double time_s = simulation.time_s();
    const bool goes_on =
        !watch_.progress || watch_.progress({.time_s = out_.begin_s + time_s,
                                             .share = time_s / window_s,
                                             .away = simulation.counts().inside()});
    if (watch_.keep_running && (!goes_on || (options_.keeps_now && options_.keeps_now()))) {
      if (Status status = watch_.keep_running(running(simulation)); !status) return status;
    }
    return goes_on ? Status{} : fail(Errc::interrupted, phrase("interrupted"));
  }

  Status give_frame(const crowd::Simulation& simulation) {
    away_.clear();
    is_away_.assign(scene_.people.size(), false);
    for (const crowd::Columns* columns : {&simulation.walking(), &simulation.standing()}) {
      for (std::size_t i = 0; i < columns->size; ++i) {
        const std::uint32_t who = trips_[columns->person[i]].who;
        is_away_[who] = true;
        away_.push_back({who, columns->x[i], columns->y[i]});
      }
    }
    at_places_.clear();
    for (const Place& place : places_) {
      if (!is_away_[place.person]) at_places_.push_back(place);
    }
    return watch_.frame({out_.begin_s + simulation.time_s(), at_places_, away_});
  }

  // ---- kept and gone on from

  template <class Bytes>
  void keep(Bytes& bytes) {
    bytes(next_s_, next_print_s_, next_minute_s_, next_frame_s_, frames_, next_trip_, stayed_);
    bytes(trips_, queues_, served_, taken_until_s_);
  }

  RunningCirculation running(const crowd::Simulation& simulation) {
    StateWriter writer;
    keep(writer);
    RunningCirculation now{out_, simulation.save(), std::move(writer).take(), frames_};
    now.outcome.seconds = seconds();
    return now;
  }

  Status take_up(const RunningCirculation& running, crowd::Simulation& simulation) {
    const auto other = [] {
      return fail(Errc::bad_input, phrase("what was kept is of another phase of the day"));
    };
    if (running.outcome.begin_s != out_.begin_s || running.outcome.end_s != out_.end_s ||
        running.outcome.amenities.size() != out_.amenities.size()) {
      return other();
    }
    if (Status status = simulation.load(running.engine); !status) return status;
    StateReader reader(running.trips);
    const std::vector<Trip> made = trips_;
    keep(reader);
    if (!reader.whole() || trips_.size() != made.size() || frames_ != running.frames ||
        next_trip_ > made.size()) {
      return other();
    }
    for (std::size_t k = 0; k < made.size(); ++k) {
      trips_[k].zone = made[k].zone;
      trips_[k].amenity = made[k].amenity;
      trips_[k].who = made[k].who;
    }
    if (!are_trips(queues_) || !are_trips(served_) || taken_until_s_.size() != queues_.size()) {
      return other();
    }
    out_ = running.outcome;
    started_ -=
        std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(out_.seconds));
    return {};
  }
  [[nodiscard]] bool are_trips(const std::vector<std::vector<std::uint32_t>>& lists) const {
    return lists.size() == said_.amenities.size() &&
           std::all_of(lists.begin(), lists.end(), [&](const auto& list) {
             return std::all_of(list.begin(), list.end(),
                                [&](std::uint32_t trip) { return trip < trips_.size(); });
           });
  }

  // ---- who sets out

  /// One person of the engine for each trip.
  Status set_out(const crowd::Ground& where) {
    auto grid = crowd::FieldGrid::make(where);
    if (!grid) return tl::unexpected(grid.error());
    std::vector<crowd::Destination> amenities;
    for (const show::Amenity& each : said_.amenities) {
      amenities.push_back({{{0, each.polygon, 0}}});
    }
    const auto times = crowd::travel_times(*grid, amenities);
    const double mean_s = 3600 / std::max(said_.circulation->an_hour, 1e-9);
    for (const Place& place : places_) {
      const Spectator& who = scene_.people[place.person];
      Random wants(options_.seed, place.person, kWants);
      for (const double at_s :
           times_of(options_.seed, place.person, mean_s, out_.end_s - out_.begin_s)) {
        crowd::Person person;
        person.profile = {.free_speed_mps = who.speed_mps, .radius_m = who.radius_m};
        person.place = {crowd::to_metres(place.x), crowd::to_metres(place.y)};
        person.from_s = at_s;
        const auto what = static_cast<show::Amenity::What>(wanted(wants.uniform()));
        std::size_t nearest = said_.amenities.size();
        float least_s = std::numeric_limits<float>::infinity();
        for (std::size_t a = 0; a < times.size(); ++a) {
          if (said_.amenities[a].what != what) continue;
          if (nearest == times.size()) nearest = a;
          if (!times[a]) continue;
          const float time_s = times[a]->time(0, static_cast<float>(person.place.x),
                                              static_cast<float>(person.place.y));
          if (time_s < least_s) {
            least_s = time_s;
            nearest = a;
          }
        }
        person.journey = static_cast<std::uint16_t>(nearest);
        people_.push_back(person);
        by_time_.push_back(static_cast<std::uint32_t>(trips_.size()));
        trips_.push_back({.zone = who.zone, .amenity = nearest, .who = place.person});
      }
    }
    std::stable_sort(by_time_.begin(), by_time_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return people_[a].from_s < people_[b].from_s;
    });
    return {};
  }

  /// Who is still away when he would set out again stays where he is.
  void call_off(crowd::Simulation& simulation) {
    std::vector<std::uint32_t> stay;
    const auto left_s = simulation.left_s();
    for (; next_trip_ < by_time_.size(); ++next_trip_) {
      const std::uint32_t trip = by_time_[next_trip_];
      // Until the next look; who sets out now is on his way already.
      if (people_[trip].from_s > simulation.time_s() + 1) break;
      std::uint32_t before = trip;
      while (before > 0 && trips_[before - 1].who == trips_[trip].who &&
             trips_[before - 1].state == State::stays) {
        --before;
      }
      if (before == 0 || trips_[before - 1].who != trips_[trip].who) continue;
      if (std::isfinite(left_s[before - 1])) continue;
      trips_[trip].state = State::stays;
      stay.push_back(trip);
    }
    if (stay.empty()) return;
    std::sort(stay.begin(), stay.end());
    stayed_ += stay.size();
    simulation.send([&](std::uint32_t trip) -> std::optional<std::uint16_t> {
      if (!std::binary_search(stay.begin(), stay.end(), trip)) return std::nullopt;
      return static_cast<std::uint16_t>(trips_[trip].amenity);
    });
  }

  [[nodiscard]] std::size_t wanted(double u) const {
    const auto& shares = said_.circulation->shares;
    std::size_t last = 0;
    for (std::size_t k = 0; k < shares.size(); ++k) {
      if (shares[k] <= 0) continue;
      last = k;
      if ((u -= shares[k]) < 0) break;
    }
    return last;
  }

  /// Nobody leaves the ground; who comes to his zone is back.
  [[nodiscard]] crowd::Ground ground() const {
    crowd::Ground ground = ground_at(scene_, out_.begin_s);
    for (crowd::Exit& exit : ground.exits) {
      exit.share.reset();
      exit.shut = {crowd::Period{}};
    }
    for (const show::Zone& zone : said_.zones) {
      const geo::Polygon& polygon = show_[zone.area].polygon;
      crowd::Exit& exit = ground.exits.emplace_back();
      exit.name = show_[zone.area].name;
      exit.shape = polygon;
      crowd::Stair& rows = ground.stairs.emplace_back();
      rows.polygon = polygon;
      rows.speed_factor = kThroughRows;
    }
    return ground;
  }

  /// To each amenity, then back to each zone.
  [[nodiscard]] std::vector<crowd::Journey> journeys() const {
    const auto exits = static_cast<std::uint32_t>(said_.exits.size());
    std::vector<crowd::Journey> all;
    for (const show::Amenity& each : said_.amenities) {
      crowd::Stage stay = crowd::wait_in(0, each.polygon, kForever);
      stay.spacing_m = kApart_m;
      all.push_back({{std::move(stay), crowd::leave_by({exits})}});  // never: they are sent back
    }
    for (std::uint32_t zone = 0; zone < said_.zones.size(); ++zone) {
      all.push_back({{crowd::leave_by({exits + zone})}});
    }
    return all;
  }

  /// Of a share of the people as much of the places; there is no part of a place.
  [[nodiscard]] double share_of_places(std::size_t amenity) const {
    return static_cast<double>(said_.amenities[amenity].places) * options_.share;
  }
  [[nodiscard]] std::size_t places_of(std::size_t amenity) const {
    return std::max<std::size_t>(1,
                                 static_cast<std::size_t>(std::lround(share_of_places(amenity))));
  }
  /// So long a place is taken by each, that all of them let in as many an hour as that share would:
  /// a person's visit is as long as ever.
  [[nodiscard]] double taken_s(std::size_t amenity) const {
    return said_.amenities[amenity].visit.seconds() * static_cast<double>(places_of(amenity)) /
           std::max(1e-9, share_of_places(amenity));
  }

  /// Once a second: who has come, whose visit is over, whose turn it is.
  void look(crowd::Simulation& simulation) {
    call_off(simulation);
    const double now_s = simulation.time_s();
    const crowd::Columns& standing = simulation.standing();
    for (std::size_t i = 0; i < standing.size; ++i) {
      const std::uint32_t person = standing.person[i];
      if (trips_[person].state != State::goes) continue;
      trips_[person].state = State::waits;
      trips_[person].since_s = now_s;
      queues_[trips_[person].amenity].push_back(person);
    }
    std::vector<std::uint32_t> go_back;
    for (std::size_t a = 0; a < queues_.size(); ++a) serve(a, now_s, go_back);
    if (!go_back.empty()) {
      std::sort(go_back.begin(), go_back.end());
      simulation.send([&](std::uint32_t person) -> std::optional<std::uint16_t> {
        if (!std::binary_search(go_back.begin(), go_back.end(), person)) return std::nullopt;
        return static_cast<std::uint16_t>(said_.amenities.size() + trips_[person].zone);
      });
    }
    const auto away = static_cast<std::uint32_t>(simulation.counts().inside());
    if (away > out_.most_away) {
      out_.most_away = away;
      out_.most_away_s = out_.begin_s + now_s;
    }
  }

  void serve(std::size_t a, double now_s, std::vector<std::uint32_t>& go_back) {
    AmenityOutcome& outcome = out_.amenities[a];
    std::vector<std::uint32_t>& queue = queues_[a];
    std::vector<std::uint32_t>& served = served_[a];  // all stay as long: who came first goes first
    const double visit_s = said_.amenities[a].visit.seconds();
    while (!served.empty() && trips_[served.front()].since_s + visit_s <= now_s) {
      trips_[served.front()].state = State::returns;
      go_back.push_back(served.front());
      served.erase(served.begin());
    }
    std::vector<double>& taken = taken_until_s_[a];  // ascending: each is taken as long
    taken.erase(taken.begin(), std::upper_bound(taken.begin(), taken.end(), now_s));
    while (!queue.empty() && taken.size() < places_of(a)) {
      Trip& trip = trips_[queue.front()];
      const double waited_s = now_s - trip.since_s;
      outcome.mean_wait_s += waited_s;  // the sum, until the end
      outcome.longest_wait_s = std::max(outcome.longest_wait_s, waited_s);
      ++outcome.visits;
      trip.state = State::is_served;
      trip.since_s = now_s;
      served.push_back(queue.front());
      taken.push_back(now_s + taken_s(a));
      queue.erase(queue.begin());
    }
    outcome.busiest = std::max(outcome.busiest, static_cast<std::uint32_t>(taken.size()));
    if (queue.size() > outcome.longest_queue) {
      outcome.longest_queue = static_cast<std::uint32_t>(queue.size());
      outcome.longest_queue_s = out_.begin_s + now_s;
    }
  }

  void sum_up(const crowd::Simulation& simulation) {
    const crowd::Counts counts = simulation.counts();
    out_.set_out = trips_.size() - counts.to_come - stayed_;
    out_.back = counts.out - stayed_;
    const auto left_s = simulation.left_s();
    for (std::size_t k = 0; k < trips_.size(); ++k) {
      if (std::isfinite(left_s[k])) out_.mean_away_s += double{left_s[k]} - people_[k].from_s;
    }
    if (out_.back > 0) out_.mean_away_s /= static_cast<double>(out_.back);
    for (AmenityOutcome& each : out_.amenities) {
      if (each.visits > 0) each.mean_wait_s /= static_cast<double>(each.visits);
    }
    out_.state_hash = hash_word(out_.state_hash, simulation.state_hash());
  }

  const show::Show& show_;
  const Scene& scene_;
  const show::Spectators& said_;
  const std::vector<Place>& places_;
  const RunOptions& options_;
  const CirculationWatch& watch_;
  Clock::time_point started_;
  Circulation out_;
  std::vector<crowd::Person> people_;   ///< (trips)
  std::vector<Trip> trips_;             ///< of one person one after the other
  std::vector<std::uint32_t> by_time_;  ///< trips, by when they begin
  std::size_t next_trip_ = 0;           ///< in by_time_
  std::uint64_t stayed_ = 0;            ///< trips that were called off
  /// (amenities) trips, in the order of coming
  std::vector<std::vector<std::uint32_t>> queues_;
  std::vector<std::vector<std::uint32_t>> served_;
  std::vector<std::vector<double>> taken_until_s_;  ///< (amenities) places that are not free
  double next_s_ = 0;
  double next_print_s_ = 0;
  double next_minute_s_ = 0;
  double next_frame_s_ = 0;
  std::uint64_t frames_ = 0;
  std::vector<bool> is_away_;
  std::vector<Place> away_;
  std::vector<Place> at_places_;
};

}  // namespace

Result<Circulation> run_circulation(const show::Show& show, const Scene& scene,
                                    const std::vector<Place>& places, const RunOptions& options,
                                    const CirculationWatch& watch,
                                    const RunningCirculation* running) {
  DEFILADA_CHECK(scene.circulation.has_value());
  return CirculationRunner(show, scene, places, options, watch).run(running);
}

std::vector<Finding> findings_of_circulation(const show::Show& show,
                                             const Circulation& circulation) {
  const show::Spectators& said = *show.spectators;
  std::vector<Finding> all;
  for (std::size_t a = 0; a < circulation.amenities.size(); ++a) {
    const AmenityOutcome& outcome = circulation.amenities[a];
    if (outcome.longest_wait_s <= said.limits.wait.seconds()) continue;
    const show::Amenity& what = said.amenities[a];
    const auto minutes = [](double seconds) {
      return Measure{show::print_duration(duration_from_seconds(60 * std::round(seconds / 60)))};
    };
    Finding it;
    it.severity = Severity::warning;
    it.code = "crowd.long-wait";
    it.span = what.span;
    it.message = phrase(
        "somebody waits {} before '{}', longer than {}; up to {} people wait: more "
        "than {} places",
        minutes(outcome.longest_wait_s), what.name, minutes(said.limits.wait.seconds()),
        outcome.longest_queue, what.places);
    it.begin = it.end = time_from_seconds(std::round(outcome.longest_queue_s));
    const Vec2 at = geo::centroid(what.polygon);
    it.place = {at.x, at.y, 0};
    all.push_back(std::move(it));
  }
  return all;
}

}  // namespace defilada::spectators
