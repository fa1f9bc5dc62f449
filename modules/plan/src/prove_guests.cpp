// SPDX-License-Identifier: MIT
// Guests and their cars against those who perform and against what stands about (docs/proof.md).
#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "defilada/plan/guest_plan.hpp"
#include "defilada/proof/separation.hpp"
#include "prove_scene.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

using proof::Approach;

/// Rows and columns of the rules.
enum Role : std::uint32_t { performer, on_foot, car, obstacle, stand };
constexpr std::uint32_t kRoles = 5;

/// Everybody on the ground, guests and their cars behind those who perform, then the walls.
struct GuestScene {
  proof::Motions motions;
  std::vector<std::uint32_t> performers;  ///< (mover) of plan.tracks
  std::uint32_t guests_end = 0;           ///< movers before the walls
  std::vector<std::uint32_t> area;        ///< (mover from guests_end on)

  [[nodiscard]] std::uint32_t guests_begin() const {
    return static_cast<std::uint32_t>(performers.size());
  }
};

proof::MotionMover placed(const track::Mover& mover, std::size_t first_path, const show::Kind& kind,
                          Role role) {
  proof::MotionMover own;
  own.path = static_cast<std::uint32_t>(first_path + mover.path);
  own.left_m = mover.left_m;
  own.offset_m = mover.offset_m;
  own.body = body_of(kind);
  own.of_class = role;
  return own;
}

GuestScene make_guest_scene(const show::Show& show, const Plan& plan) {
  const track::TrackSet& guests = plan.guests.tracks;
  GuestScene scene;
  scene.motions.add_paths(plan.tracks);
  const std::size_t first_path = scene.motions.paths.size();
  scene.motions.add_paths(guests);
  for (std::uint32_t m = 0; m < plan.tracks.movers.size(); ++m) {
    const track::Mover& mover = plan.tracks.movers[m];
    const show::Kind& kind = show.kinds[mover.kind];
    if (show::flies(kind.category)) continue;
    scene.motions.movers.push_back(placed(mover, 0, kind, performer));
    scene.performers.push_back(m);
  }
  std::array<double, 2> time_s{std::numeric_limits<double>::infinity(),
                               -std::numeric_limits<double>::infinity()};
  for (const track::Mover& mover : guests.movers) {
    scene.motions.movers.push_back(
        placed(mover, first_path, show.kinds[mover.kind], mover.part == 0 ? on_foot : car));
    const auto [begin, end] = guests.interval(guests.paths[mover.path]);
    time_s = {std::min(time_s[0], begin), std::max(time_s[1], end)};
  }
  scene.guests_end = static_cast<std::uint32_t>(scene.motions.movers.size());
  const auto role = [](show::AreaUse use) {
    return std::uint32_t{use == show::AreaUse::stand ? stand : obstacle};
  };
  add_walls(show, time_s, role, scene.motions, scene.area);
  return scene;
}

/// Who steps out stands where the middle of their car is, and guests stand close to each other: so
/// they owe each other nothing. Guests on foot go into buildings, through gates and onto stands.
proof::Rules guest_rules() {
  const proof::Limit apart{proof::Limit::Shape::sphere, 0, 0};
  proof::Rules rules(kRoles);
  rules.set(performer, on_foot, apart);
  rules.set(performer, car, apart);
  rules.set(car, car, apart);
  rules.set(car, obstacle, apart);
  rules.set(car, stand, apart);
  return rules;
}

/// Guests, or their cars, that meet one contingent, one area or each other, for a while.
struct Meeting {
  bool rides = false;
  Role with = performer;
  std::uint32_t which = 0;  ///< contingent or area
  double t0_s = 0;
  double t1_s = 0;
  Approach worst;
  std::set<std::uint32_t> guests;  ///< movers of plan.guests.tracks
};

/// When guests sit in a car, whose body they are part of.
class InCars {
 public:
  explicit InCars(const Plan& plan) {
    for (const GuestCard& card : plan.guests.guests) {
      auto& own = stretches_[{card.delegation.value, static_cast<std::uint32_t>(card.place)}];
      for (const GuestStay& stay : card.stays) {
        if (!(stay.moves ? stay.rides : stay.where == guests::Where::car)) continue;
        const bool goes_on = !own.empty() && own.back()[1] == stay.from;
        if (goes_on) {
          own.back()[1] = stay.to;
        } else {
          own.push_back({stay.from, stay.to});
        }
      }
    }
  }
  [[nodiscard]] bool all_of(const track::Mover& guest, double from_s, double to_s) const {
    constexpr double kRounding_s = 1e-5;  // stays are in microseconds
    const auto own = stretches_.find({guest.contingent, guest.slot});
    return own != stretches_.end() &&
           std::any_of(own->second.begin(), own->second.end(), [&](const auto& stretch) {
             return stretch[0].seconds() <= from_s + kRounding_s &&
                    to_s <= stretch[1].seconds() + kRounding_s;
           });
  }

 private:
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::array<Time, 2>>> stretches_;
};

std::vector<Meeting> meetings_of(const Plan& plan, const GuestScene& scene,
                                 const std::vector<Approach>& conflicts) {
  const auto guest_of = [&](std::uint32_t mover) { return mover - scene.guests_begin(); };
  const InCars in_cars(plan);
  std::vector<Meeting> all;
  for (const Approach& each : conflicts) {
    // a < b: performers come first, walls last.
    const bool performs = each.a < scene.guests_begin();
    const std::uint32_t guest = guest_of(performs ? each.b : each.a);
    const track::Mover& mover = plan.guests.tracks.movers[guest];
    if (mover.part == 0 && in_cars.all_of(mover, each.t0_s, each.t1_s)) continue;
    Meeting meeting;
    meeting.rides = mover.part != 0;
    meeting.with = static_cast<Role>(scene.motions.movers[performs ? each.a : each.b].of_class);
    if (performs) meeting.which = plan.tracks.movers[scene.performers[each.a]].contingent;
    if (each.b >= scene.guests_end) meeting.which = scene.area[each.b - scene.guests_end];
    meeting.t0_s = each.t0_s;
    meeting.t1_s = each.t1_s;
    meeting.worst = each;
    meeting.guests = {guest};
    if (meeting.with == car) meeting.guests.insert(guest_of(each.b));
    all.push_back(std::move(meeting));
  }
  const auto key = [](const Meeting& m) { return std::tie(m.rides, m.with, m.which); };
  std::stable_sort(all.begin(), all.end(), [&](const Meeting& x, const Meeting& y) {
    return std::tuple_cat(key(x), std::tie(x.t0_s)) < std::tuple_cat(key(y), std::tie(y.t0_s));
  });
  std::vector<Meeting> joined;
  for (Meeting& each : all) {
    if (joined.empty() || key(joined.back()) != key(each) ||
        each.t0_s > joined.back().t1_s + kOneCause_s) {
      joined.push_back(std::move(each));
      continue;
    }
    Meeting& last = joined.back();
    last.t1_s = std::max(last.t1_s, each.t1_s);
    if (each.worst.missing_m() > last.worst.missing_m()) last.worst = each.worst;
    last.guests.merge(each.guests);
  }
  return joined;
}

Phrase who_text(const show::Show& show, const Plan& plan, const Meeting& meeting) {
  const auto count = static_cast<std::int64_t>(meeting.guests.size());
  const std::string first =
      guest_mover_name(show, plan.guests.tracks.movers[*meeting.guests.begin()]);
  if (count == 1)
    return meeting.rides ? phrase("the car {}", first) : phrase("the guest {}", first);
  return meeting.rides ? phrase("{} cars of guests, {} first", Count{count}, first)
                       : phrase("{} guests, {} first", Count{count}, first);
}

Finding finding_of(const show::Show& show, const Plan& plan, const GuestScene& scene,
                   const Meeting& meeting) {
  const track::Mover& guest = plan.guests.tracks.movers[*meeting.guests.begin()];
  Finding finding;
  finding.severity = Severity::error;
  finding.code = "plan.guests-run-into";
  finding.span = show.guests->delegations[guest.contingent].span;
  finding.begin = time_from_seconds(meeting.t0_s);
  finding.end = time_from_seconds(meeting.t1_s);
  finding.place = meeting.worst.place_m;
  for (const std::uint32_t each : meeting.guests)
    finding.who.push_back(guest_mover_name(show, plan.guests.tracks.movers[each]));
  const Phrase who = who_text(show, plan, meeting);
  const Phrase where = place_text(show, meeting.worst.place_m);
  const std::string from = show.clock.wall_clock(finding.begin.value());
  const std::string to = show.clock.wall_clock(finding.end.value());
  if (meeting.with == car) {
    finding.message =
        phrase("cars of guests run into each other {}, from {} to {} ({})", where, from, to, who);
    return finding;
  }
  if (meeting.with == performer) {
    const track::Mover& other = plan.tracks.movers[scene.performers[meeting.worst.a]];
    finding.who.push_back(mover_name(show, other));
  }
  const std::string& what = meeting.with == performer ? show.contingents[meeting.which].name
                                                      : show.site.areas[meeting.which].name;
  finding.message =
      phrase("{} and {} run into each other {}, from {} to {}", who, what, where, from, to);
  return finding;
}

}  // namespace

bool prove_guests(const show::Show& show, const Options& options, Plan& plan) {
  if (plan.guests.tracks.movers.empty()) return true;
  const GuestScene scene = make_guest_scene(show, plan);
  proof::SeparationOptions wanted;
  wanted.measure = proof::SeparationOptions::Measure::margin;
  wanted.cap_m = 0;  // whether, not by how much
  wanted.threads = options.threads;
  // Quick beside the proof of the performers, whose last part it is.
  wanted.progress = [&](double) { return !options.progress || options.progress("proof", 1); };
  const auto report = proof::prove_separation(scene.motions, guest_rules(), wanted);
  if (!report) return false;
  for (const Meeting& each : meetings_of(plan, scene, report->conflicts))
    plan.findings.push_back(finding_of(show, plan, scene, each));
  return true;
}

}  // namespace defilada::plan
