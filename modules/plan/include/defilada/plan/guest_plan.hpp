// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "defilada/core/time.hpp"
#include "defilada/guests/day.hpp"
#include "defilada/show/model.hpp"
#include "defilada/track/tracks.hpp"

namespace defilada::plan {

/// Where a guest is from when to when.
struct GuestStay {
  Time from;
  Time to;
  bool moves = false;  ///< on the way to where the next stay is
  bool rides = false;
  guests::Where where = guests::Where::line;  ///< moving: where to
  show::ItemId item;                          ///< that leads there
};

/// The day of one guest.
struct GuestCard {
  show::DelegationId delegation;
  int place = 0;  ///< in the delegation, from 0: its head
  std::optional<guests::Place> seat;
  std::optional<guests::Place> photograph;
  std::optional<Time> arrives;  ///< the car stops
  std::optional<Time> greeted;  ///< the handshake begins
  std::optional<Time> seated;
  std::optional<Time> leaves;    ///< gets up from the seat
  std::vector<GuestStay> stays;  ///< without gaps or overlaps
};

/// A car of a motorcade.
struct MotorcadeCar {
  std::vector<show::DelegationId> who;
  Time departs;
  Time arrives;
  struct Passing {
    show::StationId station;
    Time nose;
  };
  std::vector<Passing> passings;  ///< stations of the road after its first, in the order of the way
};
struct MotorcadePlan {
  show::MotorcadeId motorcade;
  show::ItemId item;
  double length_m = 0;  ///< nose of the first car to tail of the last
  std::vector<MotorcadeCar> cars;
};

struct GuestPlan {
  std::vector<GuestCard> guests;  ///< delegation by delegation, each head first
  std::vector<MotorcadePlan> motorcades;
  track::TrackSet tracks;  ///< as guests::bake says; apart from those who perform
};

/// "Russia/1" for its head, "Russia/car 2" for its second car.
[[nodiscard]] std::string guest_mover_name(const show::Show& show, const track::Mover& mover);

}  // namespace defilada::plan
