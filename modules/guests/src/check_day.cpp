// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "defilada/guests/day.hpp"
#include "reach.hpp"

namespace defilada::guests {
namespace reach {
namespace {

Finding error(std::string code, Span span, Phrase message) {
  Finding finding;
  finding.severity = Severity::error;
  finding.code = std::move(code);
  finding.span = span;
  finding.message = std::move(message);
  return finding;
}

/// The first meeting of a delegation at a venue, in the order of the file.
std::optional<show::ItemId> meeting_of(const show::Show& show, show::DelegationId who,
                                       show::AreaId venue) {
  for (std::uint32_t i = 0; i < show.items.size(); ++i) {
    const show::Item& item = show.items[i];
    if (item.venue != venue) continue;
    const auto& who_meets = item.participants;
    if (std::find(who_meets.begin(), who_meets.end(), who) != who_meets.end()) return {{i}};
  }
  return std::nullopt;
}

/// Who goes where.
Phrase goes(const show::Show& show, show::DelegationId who, std::optional<show::ItemId> item) {
  return item ? phrase("{} goes to {}", show[who].name, show[*item].name)
              : phrase("{} goes to no meeting", show[who].name);
}

const show::Delegation& of_car(const show::Show& show, const CarRun& car) {
  return show[car.who.front()];
}

Finding too_close(const show::Show& show, const show::GuestArrival& plan, const CarRun& ahead,
                  const CarRun& next, const Phrase& gone) {
  const show::Delegation& first = of_car(show, ahead);
  const show::Delegation& second = of_car(show, next);
  if (first.late.us == 0 && second.late.us == 0) {
    return error("guests.cars-too-close", plan.every_span,
                 phrase("a car every {:.0f} s: the next comes when the one ahead has gone {}; "
                        "more time from car to car, or a shorter stop",
                        plan.every.seconds(), gone));
  }
  Finding finding =
      error("guests.cars-too-close", (second.late.us > 0 ? second : first).late_span,
            phrase("the car of {} comes {:.0f} s after that of {}, which has gone {}; let the "
                   "late one come somewhat sooner or later, between two others",
                   second.name, next.halts_s - ahead.halts_s, first.name, gone));
  finding.who = {first.name, second.name};
  return finding;
}

}  // namespace

void cars_apart(const show::Show& show, const show::GuestArrival& plan,
                const std::vector<CarRun>& runs, std::vector<Finding>& findings) {
  std::vector<const CarRun*> cars;
  for (const CarRun& car : runs) cars.push_back(&car);
  std::stable_sort(cars.begin(), cars.end(),
                   [](const CarRun* a, const CarRun* b) { return a->halts_s < b->halts_s; });
  const double needed_m = show[show.guests->car].length_m + 1;
  bool told = false;  // of those who come in their turn, who are all alike
  for (std::size_t k = 1; k < cars.size(); ++k) {
    const CarRun& ahead = *cars[k - 1];
    const double gone_m =
        ahead.leg.profile.s_at(cars[k]->halts_s - ahead.leg.from_s) - show[plan.station].s_m;
    if (gone_m >= needed_m) continue;
    const bool late = of_car(show, ahead).late.us > 0 || of_car(show, *cars[k]).late.us > 0;
    if (!late && std::exchange(told, true)) continue;
    findings.push_back(
        too_close(show, plan, ahead, *cars[k],
                  phrase("{:.1f} m of the {:.1f} m it needs", std::max(gone_m, 0.0), needed_m)));
  }
}

double car_m(const show::Show& show, const show::Motorcade& plan, std::size_t k) {
  const double length_m = show[show.guests->car].length_m;
  return show[plan.from].s_m - 0.5 * length_m - static_cast<double>(k) * (length_m + plan.gap_m);
}

void width(const show::Show& show, show::RouteId route, double width_m, const Phrase& who,
           Span span, std::vector<Finding>& findings) {
  const double road_m = show[route].width_m;
  if (road_m <= 0 || width_m <= road_m) return;
  findings.push_back(error(
      "guests.road-narrow", span,
      phrase("{} take {:.1f} m, and {} is {:.1f} m wide", who, width_m, show[route].name, road_m)));
}

void road_width(const show::Show& show, show::RouteId route, show::KindId car, Span span,
                std::vector<Finding>& findings) {
  width(show, route, show[car].width_m, phrase("cars"), span, findings);
}

void line_of_cars(const show::Show& show, const show::Motorcade& plan,
                  std::vector<Finding>& findings) {
  const double tail_m =
      car_m(show, plan, plan.cars.size() - 1) - 0.5 * show[show.guests->car].length_m;
  if (tail_m >= -1e-6) return;
  findings.push_back(error(
      "guests.line-of-cars", plan.span,
      phrase("the {} cars of {} do not fit behind {}: the last would stand {:.0f} m "
             "before the beginning of {}; let them wait farther on, or nearer together",
             plan.cars.size(), plan.name, show[plan.from].name, -tail_m, show[plan.route].name)));
}

void cars_in_reach(const show::Motorcade& plan, double walk_m, std::vector<Finding>& findings) {
  if (walk_m <= kWalkM) return;
  findings.push_back(
      error("guests.no-road", plan.span,
            phrase("the cars of {} wait {:.0f} m from where their guests come from ({:.0f} m "
                   "at most): let the road begin there, or say on which route they walk",
                   plan.name, walk_m, kWalkM)));
}

void together(const show::Show& show, const show::Motorcade& plan, std::vector<Finding>& findings) {
  for (std::size_t k = 0; k < plan.cars.size(); ++k) {
    const auto& who = plan.cars[k];
    const auto first = meeting_of(show, who.front(), plan.to);
    for (const show::DelegationId other : who) {
      const auto second = meeting_of(show, other, plan.to);
      if (second == first) continue;
      findings.push_back(error(
          "guests.together-apart", plan.car_spans[k],
          phrase("{} and {} leave together, but {} and {}: let both take part in one, or ride "
                 "apart",
                 show[who.front()].name, show[other].name, goes(show, who.front(), first),
                 goes(show, other, second))));
      break;
    }
  }
}

}  // namespace reach

namespace {

Time time_of(double s) {
  return time_from_seconds(s);
}

class Checker {
 public:
  Checker(const show::Show& show, const Day& day, const Times& times)
      : show_(show), day_(day), times_(times), stays_(stays(show, day, times)) {}

  std::vector<Finding> run() {
    for (std::uint32_t i = 0; i < show_.items.size(); ++i) {
      const show::Item& item = show_.items[i];
      for (std::size_t k = 0; k < item.participants.size(); ++k) {
        const bool overlaps = one_meeting_at_a_time(i, item.participants[k]);
        if (!overlaps) present({i}, item.participants[k], item.participant_spans[k]);
      }
      speakers(item);
    }
    return std::move(findings_);
  }

 private:
  Finding& add(Severity severity, std::string code, Span span, Phrase message) {
    Finding& finding = findings_.emplace_back();
    finding.severity = severity;
    finding.code = std::move(code);
    finding.span = span;
    finding.message = std::move(message);
    return finding;
  }

  [[nodiscard]] std::string clock(double s) const { return show_.clock.wall_clock(time_of(s)); }

  bool one_meeting_at_a_time(std::uint32_t i, show::DelegationId who) {
    for (std::uint32_t j = 0; j < i; ++j) {
      const auto& others = show_.items[j].participants;
      if (std::find(others.begin(), others.end(), who) == others.end()) continue;
      const double from = std::max(times_.item_start_s[i], times_.item_start_s[j]);
      const double to = std::min(times_.item_end_s[i], times_.item_end_s[j]);
      if (!(from < to - 1e-6)) continue;
      overlap(i, j, who, from, to);
      return true;
    }
    return false;
  }

  void overlap(std::uint32_t i, std::uint32_t j, show::DelegationId who, double from, double to) {
    const bool i_later = times_.item_start_s[i] >= times_.item_start_s[j];
    const show::Item& later = show_.items[i_later ? i : j];
    const double free_s = times_.item_end_s[i_later ? j : i];
    Finding& finding =
        add(Severity::error, "guests.two-places", later.span,
            phrase("{} would be in {} and in {} at the same time, {} to {}", show_[who].name,
                   show_.items[j].name, show_.items[i].name, clock(from), clock(to)));
    finding.begin = time_of(from);
    finding.end = time_of(to);
    finding.who = {show_[who].name};
    if (!later.at) return;
    finding.fix = Fix{phrase("{} starts at {}", later.name, clock(free_s)),
                      {{later.at->span, clock(free_s)}}};
  }

  /// All of a delegation are at the venue from the meeting's beginning to its end.
  void present(show::ItemId id, show::DelegationId who, Span span) {
    const double from = times_.item_start_s[id.value];
    const double to = times_.item_end_s[id.value];
    for (std::size_t p = 0; p < day_.people.size(); ++p) {
      if (day_.people[p].delegation != who) continue;
      for (const Stay& stay : stays_[p]) {
        if (stay.to_s <= from + 1e-6 || stay.from_s >= std::max(to, from) - 1e-6) continue;
        if (!stay.moves && stay.where == Where::venue && is_at(stay, *show_[id].venue)) continue;
        absent(id, who, span, stay);
        return;
      }
      if (stays_[p].empty()) absent(id, who, span, {});
      return;
    }
  }

  [[nodiscard]] bool is_at(const Stay& stay, show::AreaId venue) const {
    const auto& motorcade = day_.stages[stay.stage].motorcade;
    return motorcade && show_[*motorcade].to == venue;
  }

  void absent(show::ItemId id, show::DelegationId who, Span span, const Stay& stay) {
    const std::string venue = show_[*show_[id].venue].name;
    const bool known = stay.to_s > stay.from_s;
    const Phrase elsewhere =
        known ? phrase(": from {} to {} it is elsewhere ({})", clock(stay.from_s), clock(stay.to_s),
                       day_.stages[stay.stage].name)
              : Phrase();
    Finding& finding =
        add(Severity::error, "guests.not-there", span,
            phrase("{} is not at {} while {} lasts{}; a motorcade must take it there before, "
                   "and none away until the end",
                   show_[who].name, venue, show_[id].name, elsewhere));
    finding.begin = time_of(times_.item_start_s[id.value]);
    finding.who = {show_[who].name};
  }

  /// Words at a meeting come from somebody who is there.
  void speakers(const show::Item& item) {
    if (item.participants.empty()) return;
    for (const show::Statement& said : item.statements) {
      const auto who = delegation_of(said.who);
      if (!who) continue;
      const auto& there = item.participants;
      if (std::find(there.begin(), there.end(), *who) != there.end()) continue;
      add(Severity::warning, "guests.speaker-absent", said.span,
          phrase("{} speaks at {}, but does not take part in it", said.who, item.name));
    }
  }

  [[nodiscard]] std::optional<show::DelegationId> delegation_of(const std::string& who) const {
    const auto& all = show_.guests->delegations;
    for (std::uint32_t d = 0; d < all.size(); ++d) {
      if (all[d].name == who || all[d].head.en() == who) return {{d}};
    }
    return std::nullopt;
  }

  const show::Show& show_;
  const Day& day_;
  const Times& times_;
  std::vector<std::vector<Stay>> stays_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check(const show::Show& show, const Day& day, const Times& times) {
  if (day.empty()) return {};
  return Checker(show, day, times).run();
}

}  // namespace defilada::guests
