// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "stages.hpp"

namespace defilada::plan {
namespace {

guests::Times times_of(const Plan& plan) {
  guests::Times times;
  for (const ItemPlan& item : plan.items) {
    times.item_start_s.push_back(item.start.seconds());
    times.item_end_s.push_back(item.end.seconds());
  }
  return times;
}

GuestCard card_of(const guests::Day& day, const std::vector<guests::Stay>& stays, std::size_t i) {
  using guests::Where;
  GuestCard card;
  card.delegation = day.people[i].delegation;
  card.place = day.people[i].place;
  if (!day.seats.empty()) card.seat = day.seats[i];
  if (!day.photograph.empty()) card.photograph = day.photograph[i];
  for (const guests::Stay& stay : stays) {
    const Time from = time_from_seconds(stay.from_s);
    const Time to = time_from_seconds(stay.to_s);
    card.stays.push_back(
        {from, to, stay.moves, stay.rides, stay.where, day.stages[stay.stage].item});
    if (stay.moves && stay.rides && !card.arrives) card.arrives = to;
    if (stay.moves) continue;
    if (stay.where == Where::host) card.greeted = from;
    if (stay.where == Where::seat) {
      card.seated = from;
      card.leaves = to;
    }
  }
  const bool sits_to_the_end =
      !stays.empty() && !stays.back().moves && stays.back().where == Where::seat;
  if (sits_to_the_end) card.leaves.reset();
  return card;
}

/// Stations of a road between where the cars wait and its end.
std::vector<show::StationId> stations_on(const show::Show& show, const show::Motorcade& motorcade) {
  std::vector<show::StationId> out;
  for (std::uint32_t s = 0; s < show.site.stations.size(); ++s) {
    const show::Station& station = show.site.stations[s];
    const bool shared =
        station.route == motorcade.route ||
        station.s_m <= show[motorcade.route].geometry.shared_length(show[station.route].geometry);
    if (shared && !show[station.route].air && station.s_m > show[motorcade.from].s_m) {
      out.push_back({s});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [&](show::StationId a, show::StationId b) { return show[a].s_m < show[b].s_m; });
  return out;
}

MotorcadePlan motorcade_of(const show::Show& show, const guests::Stage& stage, Time start) {
  MotorcadePlan out;
  out.motorcade = *stage.motorcade;
  out.item = stage.item;
  const show::Motorcade& motorcade = show[out.motorcade];
  const auto cars = static_cast<double>(stage.cars.size());
  out.length_m = cars * show[show.guests->car].length_m + (cars - 1) * motorcade.gap_m;
  const auto stations = stations_on(show, motorcade);
  for (const guests::CarRun& run : stage.cars) {
    MotorcadeCar car;
    car.who = run.who;
    const auto at = [&](double s) { return start + duration_from_seconds(s); };
    car.departs = at(run.leg.from_s);
    car.arrives = at(run.leg.to_s);
    for (const show::StationId station : stations) {
      const double passes = run.leg.profile.time_at(show[station].s_m - run.reference_m);
      if (run.leg.from_s + passes > run.leg.to_s) continue;  // it has stopped before
      car.passings.push_back({station, at(run.leg.from_s + passes)});
    }
    out.cars.push_back(std::move(car));
  }
  return out;
}

}  // namespace

std::string guest_mover_name(const show::Show& show, const track::Mover& mover) {
  const show::Delegation& delegation = show.guests->delegations[mover.contingent];
  if (mover.part == 0) return fmt::format("{}/{}", delegation.name, mover.slot + 1);
  return fmt::format("{}/car {}", delegation.name,
                     mover.slot + 1 - static_cast<std::uint32_t>(delegation.size));
}

void fill_guests(const show::Show& show, const guests::Day& day, bool tracks, Plan& plan) {
  if (day.empty()) return;
  const guests::Times times = times_of(plan);
  const auto stays = guests::stays(show, day, times);
  for (std::size_t i = 0; i < day.people.size(); ++i) {
    plan.guests.guests.push_back(card_of(day, stays[i], i));
  }
  for (const guests::Stage& stage : day.stages) {
    if (!stage.motorcade) continue;
    plan.guests.motorcades.push_back(motorcade_of(show, stage, plan.items[stage.item.value].start));
  }
  for (Finding& finding : guests::check(show, day, times)) {
    plan.findings.push_back(std::move(finding));
  }
  if (tracks) guests::bake(show, day, times, plan.guests.tracks);
}

bool performs(const show::Show& show, const show::Item& item) {
  if (show.day.empty()) return true;
  return std::any_of(show.items.begin(), show.items.end(), [&](const show::Item& other) {
    return other.procession && other.part == item.part;
  });
}

void fill_parts(const show::Show& show, Plan& plan) {
  for (std::uint32_t p = 0; p < show.day.size(); ++p) {
    std::optional<PartPlan> part;
    for (const ItemPlan& timed : plan.items) {
      const show::Item& item = show[timed.item];
      if (item.part != show::DayPartId{p}) continue;
      if (!part) part = PartPlan{{p}, timed.start, timed.end, performs(show, item)};
      part->start = std::min(part->start, timed.start);
      part->end = std::max(part->end, timed.end);
    }
    if (part) plan.parts.push_back(*part);
  }
}

}  // namespace defilada::plan
