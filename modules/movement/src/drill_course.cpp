// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "changes.hpp"
#include "defilada/movement/drilled.hpp"

/// The order of things:
///
///   stations  ---x------------x--x------------->   nose
///   frame        | stop       | one stop for both: at the station less what the head line is ahead
///   formation 0  | 1             | 2, 3
namespace defilada::movement {
namespace {

using What = show::Evolution::What;

constexpr double kApartM = 0.01;  ///< between two stops
constexpr double kNearM = 1;      ///< a station this near to a bend is in it

class Planner {
 public:
  Planner(const show::Show& show, show::ContingentId contingent, const Arrangement& arrangement,
          const geo::Route& route, double start_m, double end_m,
          const std::vector<show::GaitZone>& zones)
      : show_(show),
        who_(show[contingent]),
        route_(route),
        start_m_(start_m),
        end_m_(end_m),
        zones_(zones),
        now_(arrangement) {}

  DrillCourse run() {
    for (std::size_t i = 0; i < who_.drill.size(); ++i) {
      const show::Evolution& evolution = who_.drill[i];
      halts_before(evolution.s_m);
      const bool bend = evolution.what == What::wheel || evolution.what == What::countermarch;
      if (!on_its_way(i, bend)) continue;
      if (bend) {
        in_bend(i);
      } else {
        at_the_halt(i);
      }
    }
    halts_before(std::numeric_limits<double>::infinity());
    return std::move(course_);
  }

 private:
  const show::Evolution& evolution(std::size_t index) const { return who_.drill[index]; }
  const std::string& station(std::size_t index) const {
    return show_[evolution(index).station].name;
  }
  void note(std::size_t index, DrillFault fault) {
    course_.notes.push_back({index, std::move(fault)});
  }
  void note(std::size_t index, std::string code, Phrase message) {
    note(index, DrillFault{std::move(code), std::move(message)});
  }

  bool on_its_way(std::size_t index, bool bend) {
    const double s = evolution(index).s_m;
    if (s > start_m_ + 1e-3 && (bend || s < end_m_ - 1e-3)) return true;
    note(index, "movement.drill-off-way",
         phrase("{} stands at {:.0f} m of {} before it steps off and is there to {:.0f} m; {} "
                "is at {:.0f} m: a station between them",
                who_.name, start_m_, route_name(), end_m_, station(index), s));
    return false;
  }
  const std::string& route_name() const { return show_[show_[who_.procession].route].name; }

  /// Halts of the march up to s, at stations where no evolution is done.
  void halts_before(double s) {
    const auto& halts = show_[who_.procession].halts;
    std::vector<std::pair<double, double>> due;
    for (const show::Halt& halt : halts) {
      const double at = show_[halt.station].s_m;
      if (at > told_to_ && at < s - 1e-6) due.emplace_back(at, halt.lasts.seconds());
    }
    std::sort(due.begin(), due.end());
    for (const auto& [at, lasts] : due) {
      // Its nose may be past it: then it halts where it is.
      const double last = course_.stops.empty() ? start_m_ : course_.stops.back().at_m;
      course_.stops.push_back({std::max(at - ahead_m_, last + kApartM), lasts});
    }
    told_to_ = std::max(told_to_, s - 1e-6);
  }

  double halt_at(double s) const {
    for (const show::Halt& halt : show_[who_.procession].halts) {
      if (std::abs(show_[halt.station].s_m - s) < 1e-6) return halt.lasts.seconds();
    }
    return 0;
  }

  /// The gait in force where the nose is at s.
  show::Gait gait_at(double s) const {
    for (const show::GaitZone& zone : zones_) {
      if (s >= zone.from_m - 1e-6 && s < zone.to_m - 1e-6) return zone.gait;
    }
    return who_.base_gait ? *who_.base_gait : show_[who_.procession].base_gait;
  }

  // ---- at the halt

  void at_the_halt(std::size_t index) {
    const show::Evolution& asked = evolution(index);
    auto evolved = evolve(show_, asked, now_, gait_at(asked.s_m), who_.parts.front().formation,
                          acceleration_mps2(show_, who_));
    if (!evolved) return note(index, evolved.error());
    if (who_.parts.size() > 1 &&
        (asked.what == What::form_line || asked.what == What::form_column)) {
      return note(
          index, "movement.drill-parts",
          phrase("{} has parts, and a line or a column is formed of one formation", who_.name));
    }
    if (evolved->duration_s < 1e-3) {
      return note(index, "movement.drill-nothing",
                  phrase("'{}' changes nothing in the formation that {} has at {}: leave it "
                         "out",
                         show::to_string(asked.what), who_.name, station(index)));
    }
    if (passed(index)) return;
    const Ends ends = ends_of(show_, now_, *evolved);
    const double nose = evolved->after.slots[ends.nose].slot.back_m;
    const double forward = now_.slots[ends.nose].slot.back_m - nose + evolved->ahead_m;
    if (!on_a_straight(index, std::max(0.0, forward), evolved->after)) return;
    if (!fits_the_route(index, evolved->after)) return;
    same_stop(asked.s_m, evolved->duration_s);
    Drilled drilled;
    drilled.evolution = index;
    drilled.at_m = asked.s_m;
    drilled.after = evolved->after;
    ahead_m_ += evolved->ahead_m;
    drilled.ahead_m = ahead_m_;
    now_ = evolved->after;
    drilled.halted = std::move(*evolved);
    course_.drilled.push_back(std::move(drilled));
  }

  /// The evolution before it may have carried the nose past this station.
  bool passed(std::size_t index) {
    if (course_.drilled.empty() || !course_.drilled.back().halted) return false;
    const Drilled& before = course_.drilled.back();
    const double s = evolution(index).s_m;
    if (std::abs(before.at_m - s) < 1e-6) return false;
    const double nose = course_.stops.back().at_m + ahead_m_;
    if (s > nose + kApartM) return false;
    note(index, "movement.drill-passed",
         phrase("the evolution before it, at {}, carries the nose of {} {:.1f} m past {}: a "
                "station farther on, or the same one for both",
                station(before.evolution), who_.name, nose - s, station(index)));
    return true;
  }

  /// Evolutions of one station share its stop.
  void same_stop(double s, double duration) {
    if (!course_.drilled.empty() && course_.drilled.back().halted &&
        std::abs(course_.drilled.back().at_m - s) < 1e-6) {
      evolving_s_ += duration;
    } else {
      course_.stops.push_back({s - ahead_m_, 0});
      evolving_s_ = duration;
    }
    course_.stops.back().lasts_s = std::max(halt_at(s), evolving_s_);
  }

  bool on_a_straight(std::size_t index, double forward_m, const Arrangement& after) {
    const double nose = evolution(index).s_m;
    const double from = nose - std::max(now_.depth_m(), after.depth_m());
    const double to = nose + forward_m;
    for (const auto& element : route_.elements()) {
      if (element.s0 + element.length <= from + 1e-6 || element.s0 >= to - 1e-6) continue;
      if (element.curvature == 0) continue;
      note(index, "movement.drill-in-bend",
           phrase("{} would {} between {:.0f} m and {:.0f} m of {}, and the route bends at "
                  "{:.0f} m: a station with {:.1f} m of straight behind it and {:.1f} m before",
                  who_.name, show::to_string(evolution(index).what), from, to, route_name(),
                  element.s0, nose - from, forward_m));
      return false;
    }
    return true;
  }

  bool fits_the_route(std::size_t index, const Arrangement& after) {
    const double width = show_[show_[who_.procession].route].width_m;
    const double own = 2 * std::max(after.left_m, after.right_m);
    if (width <= 0 || own <= width + 1e-9) return true;
    Phrase mend = phrase("another station, or an evolution that needs less room");
    if (evolution(index).what == What::form_line) {
      const double file = after.width_m() / evolution(index).files;
      mend = phrase("a line fits that is {} abreast at most", static_cast<int>(width / file));
    }
    note(index, "movement.drill-too-wide",
         phrase("{} would be {:.1f} m wide about its axis after '{}', and {} is {:.1f} m wide: "
                "{}",
                who_.name, own, show::to_string(evolution(index).what), route_name(), width, mend));
    return false;
  }

  // ---- in a bend

  [[nodiscard]] double half_width() const {
    double half = 0;
    for (const PlacedSlot& placed : now_.slots) {
      half = std::max(half, std::abs(placed.slot.left_m));
    }
    return half;
  }

  /// Index of the arc in which the station lies.
  [[nodiscard]] std::optional<std::size_t> arc_at(double s) const {
    std::optional<std::size_t> nearest;
    double least = kNearM;
    for (std::size_t i = 0; i < route_.elements().size(); ++i) {
      const auto& element = route_.elements()[i];
      if (element.curvature == 0) continue;
      const double off = std::max({0.0, element.s0 - s, s - element.s0 - element.length});
      if (off > least || (nearest && off >= least)) continue;
      nearest = i;
      least = off;
    }
    return nearest;
  }

  void in_bend(std::size_t index) {
    const auto arc = arc_at(evolution(index).s_m);
    if (!arc) {
      return note(index, "movement.drill-no-bend",
                  phrase("{} lies in no bend of {}: name a station within {:g} m of one",
                         station(index), route_name(), kNearM));
    }
    if (evolution(index).what == What::wheel) {
      wheel(index, route_.elements()[*arc]);
    } else {
      countermarch(index, *arc);
    }
  }

  void wheel(std::size_t index, const geo::Route::Element& arc) {
    const double radius = std::abs(1 / arc.curvature);
    const double half = half_width();
    if (radius < half - 1e-9) return;  // told as a wheel that is too tight
    const show::Gait gait = gait_at(arc.s0);
    const double to = arc.s0 + arc.length + now_.depth_m();
    for (const show::GaitZone& zone : zones_) {
      const bool all = zone.from_m <= arc.s0 && zone.to_m >= to;
      if (zone.to_m <= arc.s0 || zone.from_m >= to || all) continue;
      return note(index, "movement.drill-zone",
                  phrase("{} changes its gait between {:.0f} m and {:.0f} m of {}, while it "
                         "wheels: let it change before or after",
                         who_.name, arc.s0, to, route_name()));
    }
    if (!inner_file_has_room(index, radius, half)) return;
    show::GaitZone zone;
    zone.span = evolution(index).span;
    zone.gait = gait;
    const double share = radius / (radius + half);
    zone.gait.speed_mps *= share;
    zone.gait.pace_m *= share;
    zone.from_m = arc.s0;
    zone.to_m = to;
    Drilled drilled;
    drilled.evolution = index;
    drilled.at_m = arc.s0;
    drilled.bend = Bend{arc.s0, arc.s0 + arc.length, 0, left_at(arc.s0), zone.gait.speed_mps};
    drilled.after = now_;
    drilled.ahead_m = ahead_m_;
    course_.wheels.push_back(std::move(zone));
    course_.drilled.push_back(std::move(drilled));
  }

  [[nodiscard]] geo::Vec2 left_at(double s) const { return geo::left_of(route_.at(s).direction); }

  /// Men of the inner file are 2 (R - w) sin(d / 2 R) apart in the bend, ranks being d apart.
  bool inner_file_has_room(std::size_t index, double radius, double half) {
    double wanted = 0;
    for (const PlacedSlot& placed : now_.slots) {
      wanted = std::max(wanted, show_[placed.kind].separation_m);
    }
    for (std::size_t rank = 1; rank < now_.backs_m.size(); ++rank) {
      const double apart = now_.backs_m[rank] - now_.backs_m[rank - 1];
      const auto inner = [&](double r) { return 2 * (r - half) * std::sin(0.5 * apart / r); };
      if (inner(radius) >= wanted - 1e-6) continue;
      Phrase mend = phrase("open order before it");
      if (apart > wanted) {
        double enough = std::ceil(radius);
        while (inner(enough) < wanted && enough < 10'000) ++enough;
        mend = phrase("a radius of {:.0f} m would do, or open order before it", enough);
      }
      note(index, "movement.drill-too-near",
           phrase("in the wheel at {:.1f} m the inner file of {} would come to {:.2f} m from "
                  "rank to rank; {:.2f} m are wanted between its bodies: {}",
                  radius, who_.name, std::max(0.0, inner(radius)), wanted, mend));
      return false;
    }
    return true;
  }

  /// The elements around the arc that together turn back.
  [[nodiscard]] std::optional<Bend> turning_back(std::size_t arc) const {
    const auto& elements = route_.elements();
    std::optional<Bend> shortest;
    for (std::size_t first = arc + 1; first-- > 0 && arc - first < 4;) {
      if (elements[first].curvature == 0) continue;
      double turn = 0;
      for (std::size_t last = first; last < elements.size() && last < arc + 5; ++last) {
        turn += elements[last].curvature * elements[last].length;
        if (last < arc || elements[last].curvature == 0) continue;
        if (std::abs(std::abs(turn) - std::numbers::pi) > 1e-6) continue;
        Bend bend;
        bend.from_m = elements[first].s0;
        bend.to_m = elements[last].s0 + elements[last].length;
        bend.normal = left_at(bend.from_m);
        bend.aside_m =
            dot(route_.at(bend.to_m).position - route_.at(bend.from_m).position, bend.normal);
        if (!shortest || bend.to_m - bend.from_m < shortest->to_m - shortest->from_m) {
          shortest = bend;
        }
      }
    }
    return shortest;
  }

  void countermarch(std::size_t index, std::size_t arc) {
    auto bend = turning_back(arc);
    if (!bend) {
      return note(index, "movement.drill-no-turn",
                  phrase("{} does not turn back by 180 degrees at {}: draw the way back beside "
                         "the way out, at half an interval of its files ({:.2f} m), with a "
                         "corner radius of half of that",
                         route_name(), station(index), 0.5 * interval_m()));
    }
    if (!comes_back_clear(index, *bend) || !turns_within(index, *bend)) return;
    Drilled drilled;
    drilled.evolution = index;
    drilled.at_m = bend->from_m;
    drilled.bend = bend;
    drilled.turns_back = true;
    mirror();
    drilled.after = now_;
    drilled.ahead_m = ahead_m_;
    course_.drilled.push_back(std::move(drilled));
  }

  [[nodiscard]] double interval_m() const { return who_.parts.front().formation.interval_m; }

  bool comes_back_clear(std::size_t index, const Bend& bend) {
    double wanted = 0;
    std::vector<double> lefts;
    for (const PlacedSlot& placed : now_.slots) {
      wanted = std::max(wanted, show_[placed.kind].separation_m);
      lefts.push_back(placed.slot.left_m);
    }
    std::sort(lefts.begin(), lefts.end());
    lefts.erase(
        std::unique(lefts.begin(), lefts.end(), [](double a, double b) { return b - a < 1e-9; }),
        lefts.end());
    double least = std::numeric_limits<double>::infinity();
    for (const double a : lefts) {
      for (const double b : lefts) least = std::min(least, std::abs(bend.aside_m + a - b));
    }
    if (least >= wanted - 1e-6) return has_room(index, bend);
    const double half = 0.5 * interval_m();
    note(index, "movement.drill-too-near",
         phrase("those of {} who come back pass those who still go at {:.2f} m; {:.2f} m are "
                "wanted between its bodies: a way back {:.2f} m beside the way out does it",
                who_.name, least, wanted,
                half >= wanted ? half : lefts.back() - lefts.front() + wanted));
    return false;
  }

  bool has_room(std::size_t index, const Bend& bend) {
    const double width = show_[show_[who_.procession].route].width_m;
    const double needed = now_.width_m() + std::abs(bend.aside_m);
    if (width <= 0 || needed <= width + 1e-9) return true;
    note(index, "movement.drill-too-wide",
         phrase("{} needs {:.1f} m for its countermarch, {:.1f} m wide and {:.1f} m aside; {} "
                "is {:.1f} m wide: fewer files, or 'form column' before it",
                who_.name, needed, now_.width_m(), std::abs(bend.aside_m), route_name(), width));
    return false;
  }

  bool turns_within(std::size_t index, const Bend& bend) {
    for (const show::Part& part : who_.parts) {
      const show::Kind& kind = show_[part.kind];
      for (const auto& element : route_.elements()) {
        if (element.curvature == 0 || element.s0 < bend.from_m - 1e-9 ||
            element.s0 > bend.to_m - 1e-9) {
          continue;
        }
        const double radius = std::abs(1 / element.curvature);
        if (radius >= kind.turning_radius_m - 1e-9) continue;
        note(index, "movement.drill-too-tight",
             phrase("each file of {} would turn back at {:.1f} m; {} needs {:.1f} m", who_.name,
                    radius, kind.label.en(), kind.turning_radius_m));
        return false;
      }
    }
    return true;
  }

  void mirror() {
    std::vector<int> most(now_.backs_m.size(), 0);
    for (std::size_t i = 0; i < now_.slots.size(); ++i) {
      most[now_.rank_of[i]] = std::max(most[now_.rank_of[i]], now_.slots[i].slot.file);
    }
    for (std::size_t i = 0; i < now_.slots.size(); ++i) {
      formation::Slot& slot = now_.slots[i].slot;
      slot.left_m = -slot.left_m;
      slot.file = most[now_.rank_of[i]] - slot.file;
    }
    std::swap(now_.left_m, now_.right_m);
  }

  const show::Show& show_;
  const show::Contingent& who_;
  const geo::Route& route_;
  double start_m_;
  double end_m_;
  const std::vector<show::GaitZone>& zones_;
  Arrangement now_;
  double ahead_m_ = 0;
  double evolving_s_ = 0;
  double told_to_ = -std::numeric_limits<double>::infinity();
  DrillCourse course_;
};

}  // namespace

DrillCourse plan_drill(const show::Show& show, show::ContingentId contingent,
                       const Arrangement& arrangement, const geo::Route& route, double start_m,
                       double end_m, const std::vector<show::GaitZone>& zones) {
  return Planner(show, contingent, arrangement, route, start_m, end_m, zones).run();
}

}  // namespace defilada::movement
