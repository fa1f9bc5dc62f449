// SPDX-License-Identifier: MIT
#include "defilada/spectators/day.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "defilada/core/check.hpp"
#include "defilada/core/hash.hpp"
#include "defilada/core/phrase.hpp"
#include "defilada/core/random.hpp"
#include "defilada/core/slug.hpp"
#include "defilada/core/state_bytes.hpp"
#include "watch.hpp"

namespace defilada::spectators {
namespace {

/// A run in which nobody gets on for so long is over: who is left is told as left. Of an ingress,
/// hardly anybody: some find their place taken and walk about before it for hours.
constexpr double kStall_s = 1800;
constexpr std::uint64_t kHardlyAnybody = 1000;  ///< one in so many

constexpr std::uint64_t kGetUp = 5;  // what random numbers are for; others: scene.cpp
/// Of each emergency a stream of its own: people get up in another order, and not in that of an
/// emergency in a run with another seed.
constexpr std::uint64_t kEachEmergency = 256;

/// Who walks in a phase, as the engine takes them.
struct Cast {
  std::vector<crowd::Person> people;
  std::vector<std::uint32_t> who;  ///< (people) spectator
  std::vector<crowd::Journey> journeys;
};

/// Those of one party have numbers one after the other.
std::uint32_t group_of(const Scene& scene, std::uint32_t p) {
  const auto same = [&](std::size_t other) {
    return other < scene.people.size() && scene.people[other].party == scene.people[p].party;
  };
  return (p > 0 && same(p - 1)) || same(p + 1) ? scene.people[p].party : crowd::Person::kAlone;
}

Cast comers(const Scene& scene) {
  Cast cast;
  WaysIn ways = ways_in(scene);
  cast.journeys = std::move(ways.journeys);
  for (std::uint32_t p = 0; p < scene.people.size(); ++p) {
    const Spectator& each = scene.people[p];
    crowd::Person person;
    person.profile = {.free_speed_mps = each.speed_mps, .radius_m = each.radius_m};
    person.journey = ways.journey[p];
    person.start = each.stop;
    person.from_s = each.comes_s - scene.begin_s;
    person.group = group_of(scene, p);
    cast.people.push_back(person);
    cast.who.push_back(p);
  }
  return cast;
}

/// They get up one party after the other, evenly over that time.
Cast leavers(const Scene& scene, const std::vector<Place>& from, double within_s,
             std::uint64_t seed, std::uint64_t purpose) {
  Cast cast;
  cast.journeys = ways_out(scene);
  for (const Place& place : from) {
    const Spectator& each = scene.people[place.person];
    crowd::Person person;
    person.profile = {.free_speed_mps = each.speed_mps, .radius_m = each.radius_m};
    person.journey = each.zone;
    person.place = {crowd::to_metres(place.x), crowd::to_metres(place.y)};
    person.group = group_of(scene, place.person);
    person.premovement_s = Random(seed, each.party, purpose).uniform() * within_s;
    cast.people.push_back(person);
    cast.who.push_back(place.person);
  }
  return cast;
}

std::vector<Place> places_of(const crowd::Simulation& simulation,
                             const std::vector<std::uint32_t>& who) {
  std::vector<Place> places;
  for (const crowd::Columns* columns : {&simulation.walking(), &simulation.standing()}) {
    for (std::size_t i = 0; i < columns->size; ++i) {
      places.push_back({who[columns->person[i]], columns->x[i], columns->y[i]});
    }
  }
  std::sort(places.begin(), places.end(),
            [](const Place& a, const Place& b) { return a.person < b.person; });
  return places;
}

class PhaseRunner {
 public:
  PhaseRunner(const show::Show& show, const Scene& scene, const RunOptions& options)
      : show_(show), scene_(scene), options_(options) {}

  Result<Phase> run(Phase::What what, std::size_t emergency, const std::vector<Place>& from,
                    const Running* running) {
    const auto started = Clock::now();
    phase_.what = what;
    phase_.emergency = static_cast<std::uint32_t>(emergency);
    for (const Place& place : from) {
      if (place.person < scene_.people.size()) continue;
      return fail(Errc::bad_input, phrase("what was kept is of another phase of the day"));
    }
    const bool ingress = what == Phase::What::ingress;
    const bool flight = what == Phase::What::emergency;
    phase_.begin_s =
        ingress ? scene_.begin_s : (flight ? scene_.emergency_s[emergency] : scene_.leave_s);
    Cast cast =
        ingress ? comers(scene_)
                : leavers(scene_, from,
                          flight ? scene_.said->emergencies[emergency].react.seconds()
                                 : scene_.said->get_up.seconds(),
                          options_.seed, kGetUp + (flight ? kEachEmergency * (emergency + 1) : 0));
    phase_.people = cast.people.size();
    crowd::SimulationOptions engine;
    engine.step_s = options_.step_s;
    engine.threads = options_.threads;
    engine.seed = options_.seed;
    auto simulation = crowd::Simulation::make(
        ground_at(scene_, phase_.begin_s, flight ? std::optional(emergency) : std::nullopt),
        std::move(cast.people), std::move(cast.journeys), engine);
    if (!simulation) return tl::unexpected(simulation.error());
    who_ = cast.who;
    phase_.at_emergency.resize(scene_.emergency_s.size());
    Watch watch(show_, scene_, *simulation, who_, options_, phase_);
    if (running != nullptr) {
      if (Status status = take_up(*running, *simulation, watch); !status) {
        return tl::unexpected(status.error());
      }
    }
    started_ = started - std::chrono::duration_cast<Clock::duration>(
                             std::chrono::duration<double>(phase_.seconds));
    if (Status status = go(*simulation, watch); !status) return tl::unexpected(status.error());
    watch.finish(*simulation);
    tell(*simulation);
    phase_.seconds = seconds();
    return std::move(phase_);
  }

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(Clock::now() - started_).count();
  }

  template <class Bytes>
  void keep(Bytes& bytes) {
    bytes(done_, done_at_s_, next_told_s_, next_print_s_, next_frame_s_, frames_);
  }

  Running running(const crowd::Simulation& simulation, Watch& watch) {
    StateWriter writer;
    keep(writer);
    watch.keep(writer);
    Running now{phase_, simulation.save(), std::move(writer).take(), frames_};
    now.phase.seconds = seconds();
    return now;
  }

  Status take_up(const Running& running, crowd::Simulation& simulation, Watch& watch) {
    const auto other = [] {
      return fail(Errc::bad_input, phrase("what was kept is of another phase of the day"));
    };
    const Phase& was = running.phase;
    if (was.what != phase_.what || was.emergency != phase_.emergency ||
        was.begin_s != phase_.begin_s || was.people != phase_.people || !alike(was, phase_)) {
      return other();
    }
    if (Status status = simulation.load(running.engine); !status) return status;
    StateReader reader(running.watch);
    keep(reader);
    phase_ = running.phase;
    if (!watch.take_up(reader) || !reader.whole() || frames_ != running.frames) return other();
    return {};
  }

  /// As many of each as the scene has.
  static bool alike(const Phase& a, const Phase& b) {
    return a.gates.size() == b.gates.size() && a.exits.size() == b.exits.size() &&
           a.lanes.size() == b.lanes.size() && a.zones.size() == b.zones.size() &&
           a.map.columns == b.map.columns && a.map.rows == b.map.rows &&
           a.map.most.size() == b.map.most.size() &&
           a.map.pressure.size() == b.map.pressure.size() && a.map.cell_m == b.map.cell_m &&
           a.at_emergency.size() == b.at_emergency.size();
  }

  [[nodiscard]] double end_s() const {
    if (phase_.what != Phase::What::ingress) return options_.cut_off_s;
    return std::max(scene_.leave_s - phase_.begin_s, 60.0);
  }

  Status go(crowd::Simulation& simulation, Watch& watch) {
    const double last_s = end_s();
    for (;;) {
      const double time_s = simulation.time_s();
      snapshots(simulation);
      watch.look(simulation);
      take_fingerprint(simulation);
      if (options_.frame && time_s + 1e-6 >= next_frame_s_) {
        next_frame_s_ += options_.frame_every_s;
        ++frames_;
        if (Status status = options_.frame(
                {phase_.begin_s + time_s, simulation.walking(), simulation.standing(), who_});
            !status) {
          return status;
        }
      }
      if (time_s + 1e-6 >= next_told_s_) {
        next_told_s_ += 5;
        const bool goes_on = told(simulation);
        if (options_.keep_running && (!goes_on || (options_.keeps_now && options_.keeps_now()))) {
          if (Status status = options_.keep_running(running(simulation, watch)); !status) {
            return status;
          }
        }
        if (!goes_on) return fail(Errc::interrupted, phrase("interrupted"));
      }
      if (simulation.finished() || time_s >= last_s || stalls(simulation)) return {};
      simulation.step();
    }
  }

  /// Over the whole phase: when all are out one end is like another.
  void take_fingerprint(const crowd::Simulation& simulation) {
    constexpr double kEvery_s = 10;
    if (simulation.time_s() + 1e-6 < next_print_s_) return;
    next_print_s_ += kEvery_s;
    phase_.state_hash = hash_word(phase_.state_hash, simulation.state_hash());
  }

  /// Nobody has come out, or to a place, for so long that nobody will.
  bool stalls(const crowd::Simulation& simulation) {
    const crowd::Counts counts = simulation.counts();
    const bool ingress = phase_.what == Phase::What::ingress;
    const std::uint64_t done = ingress ? counts.standing : counts.out;
    const std::uint64_t few = ingress ? phase_.people / kHardlyAnybody : 0;
    if (done > done_ + few || counts.to_come > 0) {
      done_ = done;
      done_at_s_ = simulation.time_s();
    }
    return simulation.time_s() - done_at_s_ > kStall_s;
  }

  /// Where everybody is when an emergency begins in this phase.
  void snapshots(const crowd::Simulation& simulation) {
    if (phase_.what == Phase::What::emergency) return;
    const double now_s = phase_.begin_s + simulation.time_s();
    for (std::size_t e = 0; e < scene_.emergency_s.size(); ++e) {
      const double at_s = scene_.emergency_s[e];
      if (now_s + 1e-6 < at_s || now_s - options_.step_s > at_s) continue;
      if (phase_.at_emergency[e].empty()) phase_.at_emergency[e] = places_of(simulation, who_);
    }
  }

  bool told(const crowd::Simulation& simulation) {
    if (!options_.progress) return true;
    const crowd::Counts counts = simulation.counts();
    const auto people = static_cast<double>(std::max<std::uint64_t>(phase_.people, 1));
    const bool ingress = phase_.what == Phase::What::ingress;
    const double done =
        (ingress ? static_cast<double>(counts.standing) : static_cast<double>(counts.out)) / people;
    return options_.progress({.what = phase_.what,
                              .people = phase_.people,
                              .in = phase_.people - counts.to_come,
                              .seated = ingress ? counts.standing : 0,
                              .out = counts.out,
                              .time_s = phase_.begin_s + simulation.time_s(),
                              .share = done});
  }

  void tell(const crowd::Simulation& simulation) {
    const crowd::Counts counts = simulation.counts();
    phase_.end_s = phase_.begin_s + simulation.time_s();
    phase_.came = phase_.people - counts.to_come;
    phase_.out = counts.out;
    phase_.places = places_of(simulation, who_);
    phase_.steps = simulation.steps();
    phase_.agent_steps = simulation.agent_steps();
    phase_.state_hash = hash_word(phase_.state_hash, simulation.state_hash());
  }

  const show::Show& show_;
  const Scene& scene_;
  const RunOptions& options_;
  Phase phase_;
  std::vector<std::uint32_t> who_;
  std::uint64_t done_ = 0;
  double done_at_s_ = 0;
  double next_told_s_ = 0;
  double next_print_s_ = 0;
  double next_frame_s_ = 0;
  std::uint64_t frames_ = 0;
  Clock::time_point started_;
};

/// Where the emergency finds people: in the phase in which it begins, else where the ingress left
/// them.
const std::vector<Place>& found_at(const std::vector<Phase>& done, std::size_t emergency) {
  for (const Phase& phase : done) {
    if (phase.what == Phase::What::emergency) continue;
    if (!phase.at_emergency[emergency].empty()) return phase.at_emergency[emergency];
  }
  return done.front().places;
}

}  // namespace

Result<Phase> run_phase(const show::Show& show, const Scene& scene, Phase::What what,
                        std::size_t emergency, const std::vector<Place>& from,
                        const RunOptions& options, const Running* running) {
  return PhaseRunner(show, scene, options).run(what, emergency, from, running);
}

std::size_t phases_of(const Scene& scene) {
  return 2 + scene.emergency_s.size();
}

std::vector<std::string> phase_slugs(const show::Spectators& said) {
  Slugs slugs;
  std::vector<std::string> all{slugs.add("ingress"), slugs.add("egress")};
  std::string last = slugs.add("circulation");
  for (const show::Emergency& each : said.emergencies) all.push_back(slugs.add(each.name));
  all.push_back(std::move(last));
  return all;
}

namespace {

bool fits(const show::Show& show, const Scene& scene, const Phase& phase) {
  const auto is_there = [&](const Place& place) { return place.person < scene.people.size(); };
  const auto are_there = [&](const std::vector<Place>& places) {
    return std::all_of(places.begin(), places.end(), is_there);
  };
  return phase.gates.size() == scene.ground.gates.size() &&
         phase.exits.size() == scene.ground.exits.size() &&
         phase.lanes.size() == show.site.safety.lanes.size() &&
         phase.zones.size() == scene.said->zones.size() &&
         phase.at_emergency.size() == scene.emergency_s.size() &&
         (phase.what != Phase::What::emergency || phase.emergency < scene.emergency_s.size()) &&
         are_there(phase.places) &&
         std::all_of(phase.at_emergency.begin(), phase.at_emergency.end(), are_there);
}

}  // namespace

bool fits(const show::Show& show, const Scene& scene, const std::vector<Phase>& phases) {
  return phases.size() <= phases_of(scene) &&
         std::all_of(phases.begin(), phases.end(),
                     [&](const Phase& each) { return fits(show, scene, each); });
}

Result<std::vector<Phase>> run_day(const show::Show& show, const Scene& scene,
                                   const RunOptions& options, std::vector<Phase> done,
                                   const std::function<Status(const std::vector<Phase>&)>& keep,
                                   const Running* running) {
  static const std::vector<Place> nobody;
  if (!fits(show, scene, done)) {
    return fail(Errc::bad_input, phrase("what was kept is of another phase of the day"));
  }
  for (std::size_t k = done.size(); k < phases_of(scene); ++k) {
    const auto what = k == 0   ? Phase::What::ingress
                      : k == 1 ? Phase::What::egress
                               : Phase::What::emergency;
    const std::size_t emergency = k < 2 ? 0 : k - 2;
    const std::vector<Place>& from =
        k == 0 ? nobody : (k == 1 ? done.front().places : found_at(done, emergency));
    auto phase = run_phase(show, scene, what, emergency, from, options, running);
    running = nullptr;
    if (!phase) return tl::unexpected(phase.error());
    done.push_back(std::move(*phase));
    if (keep) {
      if (Status status = keep(done); !status) return tl::unexpected(status.error());
    }
  }
  return done;
}

}  // namespace defilada::spectators
