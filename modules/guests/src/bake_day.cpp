// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "defilada/guests/day.hpp"
#include "defilada/movement/bake.hpp"

namespace defilada::guests {
namespace {

constexpr std::uint16_t kPersonPart = 0;
constexpr std::uint16_t kCarPart = 1;

double first_start(const Times& times) {
  double first = times.item_start_s.empty() ? 0 : times.item_start_s.front();
  for (const double start : times.item_start_s) first = std::min(first, start);
  return first;
}

double last_end(const Times& times) {
  double last = 0;
  for (const double end : times.item_end_s) last = std::max(last, end);
  return last;
}

/// Until when a guest is followed: whoever sits in the end sits there to the end.
double until(const show::Show& show, const Day& day, const Times& times, std::size_t person) {
  double end = 0;
  bool seated = !day.seats.empty();
  for (const Stage& stage : day.stages) {
    if (!stage.ways[person].takes_part) continue;
    end = std::max(end, times.item_end_s[stage.item.value]);
    if (stage.motorcade) seated = false;
  }
  if (seated) return last_end(times);
  for (std::uint32_t i = 0; i < show.items.size(); ++i) {
    const auto& who = show.items[i].participants;
    if (std::find(who.begin(), who.end(), day.people[person].delegation) == who.end()) continue;
    end = std::max(end, times.item_end_s[i]);
  }
  return end;
}

/// Where a guest is who has not moved yet.
Where at_first(const Day& day, std::uint32_t stage) {
  if (day.stages[stage].what == show::GuestStage::photograph) return Where::photograph;
  return day.seats.empty() ? Where::car : Where::seat;
}

class StayMaker {
 public:
  StayMaker(const show::Show& show, const Day& day, const Times& times)
      : show_(show), day_(day), times_(times) {}

  std::vector<Stay> of(std::size_t person) {
    out_.clear();
    for (std::uint32_t s = 0; s < day_.stages.size(); ++s) {
      const Way& way = day_.stages[s].ways[person];
      if (!way.takes_part) continue;
      const double start_s = times_.item_start_s[day_.stages[s].item.value];
      if (out_.empty()) begin(s, way, start_s);
      for (const Leg& leg : way.legs) add(leg, start_s, s);
    }
    end(person);
    return out_;
  }

 private:
  void begin(std::uint32_t s, const Way& way, double start_s) {
    const bool arrives = day_.stages[s].what == show::GuestStage::arrival;
    if (arrives) return;
    const double from = std::min(start_s, day_.seats.empty() ? start_s : first_start(times_));
    const double to = way.legs.empty() ? start_s : start_s + way.legs.front().from_s;
    out_.push_back({from, std::max(from, to), false, false, at_first(day_, s), s});
  }

  void add(const Leg& leg, double start_s, std::uint32_t s) {
    double from = start_s + leg.from_s;
    if (!out_.empty()) {
      from = std::max(from, out_.back().to_s);
      out_.back().to_s = from;
    }
    const double to = std::max(from, start_s + leg.to_s);
    out_.push_back({from, to, true, leg.rides, leg.then, s});
    out_.push_back({to, to, false, false, leg.then, s});
  }

  void end(std::size_t person) {
    if (out_.empty() && !day_.seats.empty()) {
      out_.push_back({first_start(times_), 0, false, false, Where::seat, 0});
    }
    if (out_.empty()) return;
    out_.back().to_s = std::max(out_.back().to_s, until(show_, day_, times_, person));
    std::erase_if(out_, [](const Stay& stay) { return !(stay.to_s > stay.from_s); });
  }

  const show::Show& show_;
  const Day& day_;
  const Times& times_;
  std::vector<Stay> out_;
};

/// Puts the pieces of one mover together.
class PathBaker {
 public:
  explicit PathBaker(track::TrackSet& tracks) : tracks_(tracks) {
    path_.first_piece = static_cast<std::uint32_t>(tracks.pieces.size());
  }

  void stand(double from_s, double to_s, geo::Vec2 place, double height_m, double facing_rad) {
    if (!(to_s > from_s)) return;
    track::Piece piece;
    piece.t0_s = from_s;
    piece.t1_s = to_s;
    piece.x = {place.x};
    piece.y = {place.y};
    piece.z = {height_m};
    piece.nx = {-std::sin(facing_rad)};
    piece.ny = {std::cos(facing_rad)};
    tracks_.pieces.push_back(piece);
  }

  void go(const Leg& leg, double departs_s, double ends_s) {
    const std::size_t first = tracks_.pieces.size();
    const track::Path part =
        movement::bake_way(leg.route, leg.profile, departs_s, ends_s, leg.left_m, tracks_);
    path_.error_centre_m = std::max(path_.error_centre_m,
                                    part.error_centre_m + std::abs(leg.left_m) * part.error_normal);
    path_.error_normal = std::max(path_.error_normal, part.error_normal);
    const double rise = (leg.to_height_m - leg.from_height_m) / (ends_s - departs_s);
    for (std::size_t i = first; i < tracks_.pieces.size(); ++i) {
      track::Piece& piece = tracks_.pieces[i];
      piece.z = {leg.from_height_m + rise * (piece.t0_s - departs_s), rise};
      for (int k = 0; k < track::kOrder; ++k) {
        piece.x[k] += leg.left_m * piece.nx[k];
        piece.y[k] += leg.left_m * piece.ny[k];
      }
    }
  }

  /// Where the last piece ends.
  [[nodiscard]] geo::Vec2 position() const {
    const track::Piece& last = tracks_.pieces.back();
    const double dt = last.t1_s - last.t0_s;
    return {track::evaluate(last.x, dt), track::evaluate(last.y, dt)};
  }

  void finish(track::Mover mover) {
    path_.piece_count = static_cast<std::uint32_t>(tracks_.pieces.size()) - path_.first_piece;
    if (path_.piece_count == 0) return;
    tracks_.paths.push_back(path_);
    mover.path = static_cast<std::uint32_t>(tracks_.paths.size() - 1);
    tracks_.movers.push_back(mover);
  }

 private:
  track::TrackSet& tracks_;
  track::Path path_;
};

/// The stays of a person with the legs between them.
class PersonBaker {
 public:
  PersonBaker(const show::Show& show, const Day& day, track::TrackSet& tracks)
      : show_(show), day_(day), tracks_(tracks) {}

  void bake(std::size_t person, const std::vector<Stay>& stays) {
    PathBaker path(tracks_);
    std::vector<const Leg*> legs;
    for (const Stage& stage : day_.stages) {
      for (const Leg& leg : stage.ways[person].legs) legs.push_back(&leg);
    }
    std::size_t next = 0;
    for (const Stay& stay : stays) {
      if (stay.moves) {
        path.go(*legs[next], stay.from_s, stay.to_s);
        ++next;
      } else if (next > 0) {
        const Leg& last = *legs[next - 1];
        path.stand(stay.from_s, stay.to_s, path.position(), last.to_height_m, last.then_facing_rad);
      } else {
        first_stand(path, person, stay, legs);
      }
    }
    track::Mover mover;
    mover.contingent = day_.people[person].delegation.value;
    mover.slot = static_cast<std::uint32_t>(day_.people[person].place);
    mover.kind = show_.guests->on_foot.value;
    mover.part = kPersonPart;
    path.finish(mover);
  }

 private:
  /// Before any way: on the seat, or in the place for the photograph, or at the car.
  void first_stand(PathBaker& path, std::size_t person, const Stay& stay,
                   const std::vector<const Leg*>& legs) const {
    const show::Guests& guests = *show_.guests;
    if (stay.where == Where::car) {
      if (legs.empty()) return;
      const auto pose = legs.front()->route.at(legs.front()->profile.start_m());
      path.stand(stay.from_s, stay.to_s, pose.position, 0,
                 std::atan2(pose.direction.y, pose.direction.x));
      return;
    }
    const bool sits = stay.where == Where::seat;
    const show::PlaceRows& rows = sits ? *guests.seats : *guests.photograph;
    const Place place = sits ? day_.seats[person] : day_.photograph[person];
    path.stand(stay.from_s, stay.to_s, position(rows, place), rows.height_m, rows.facing_rad);
  }

  const show::Show& show_;
  const Day& day_;
  track::TrackSet& tracks_;
};

void bake_car(const show::Show& show, const CarRun& car, double start_s, std::uint32_t slot,
              track::TrackSet& tracks) {
  PathBaker path(tracks);
  path.go(car.leg, start_s + car.leg.from_s, start_s + car.leg.to_s);
  track::Mover mover;
  mover.contingent = car.who.front().value;
  mover.slot = slot;
  mover.kind = show.guests->car.value;
  mover.part = kCarPart;
  path.finish(mover);
}

}  // namespace

std::vector<std::vector<Stay>> stays(const show::Show& show, const Day& day, const Times& times) {
  StayMaker maker(show, day, times);
  std::vector<std::vector<Stay>> out;
  for (std::size_t person = 0; person < day.people.size(); ++person)
    out.push_back(maker.of(person));
  return out;
}

void bake(const show::Show& show, const Day& day, const Times& times, track::TrackSet& tracks) {
  const auto all = stays(show, day, times);
  PersonBaker baker(show, day, tracks);
  std::size_t person = 0;
  for (std::uint32_t d = 0; d < show.guests->delegations.size(); ++d) {
    track::Group group{d, static_cast<std::uint32_t>(tracks.movers.size()), 0};
    for (; person < day.people.size() && day.people[person].delegation.value == d; ++person) {
      if (!all[person].empty()) baker.bake(person, all[person]);
    }
    auto slot = static_cast<std::uint32_t>(show.guests->delegations[d].size);
    for (const Stage& stage : day.stages) {
      for (const CarRun& car : stage.cars) {
        if (car.who.front().value != d) continue;
        bake_car(show, car, times.item_start_s[stage.item.value], slot++, tracks);
      }
    }
    group.mover_count = static_cast<std::uint32_t>(tracks.movers.size()) - group.first_mover;
    tracks.groups.push_back(group);
  }
}

}  // namespace defilada::guests
