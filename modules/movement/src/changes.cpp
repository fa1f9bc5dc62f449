// SPDX-License-Identifier: MIT
#include "changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

/// Which stretches change by rank: see Motion.
///
///   one run                          another
///   |==zone==|..|=====zone=====|...........|==zone==|        .. shorter than depth and changes
///                               reach <--|halt|--> reach
namespace defilada::movement {
namespace {

class Changes {
 public:
  Changes(const show::Show& show, const show::Contingent& contingent,
          const std::vector<show::GaitZone>& zones, double depth_m, double start_m)
      : zones_(zones),
        base_(base_speed_mps(show, contingent)),
        acceleration_(acceleration_mps2(show, contingent)),
        depth_(depth_m) {
    halts_.push_back(start_m);
    for (const show::Halt& halt : show[contingent.procession].halts) {
      halts_.push_back(show[halt.station].s_m);
    }
    if (contingent.stalled) {
      // Of the nose, which is at most so far ahead of the vehicle that stops.
      halts_.push_back(contingent.stalled->at_m);
      halts_.push_back(contingent.stalled->at_m + depth_m);
    }
  }

  [[nodiscard]] std::vector<show::Change> run() const {
    std::vector<show::Change> changes;
    for (std::size_t first = 0; first < zones_.size();) {
      std::size_t next = first + 1;
      while (next < zones_.size() && zones_[next].from_m - zones_[next - 1].to_m <
                                         depth_ + change(next - 1) + change(next)) {
        ++next;
      }
      changes.insert(changes.end(), next - first, of_run(first, next - 1));
      first = next;
    }
    return changes;
  }

 private:
  /// The way that it takes from one speed to another.
  [[nodiscard]] double way(double from, double to) const {
    return std::abs(from * from - to * to) / (2 * acceleration_);
  }
  [[nodiscard]] double change(std::size_t zone) const {
    return way(base_, zones_[zone].gait.speed_mps);
  }

  [[nodiscard]] show::Change of_run(std::size_t first, std::size_t last) const {
    const auto from = zones_.begin() + static_cast<std::ptrdiff_t>(first);
    const auto to = zones_.begin() + static_cast<std::ptrdiff_t>(last) + 1;
    const bool by_rank =
        std::any_of(from, to, [](const auto& zone) { return zone.change == show::Change::rank; });
    if (!by_rank) return show::Change::contingent;
    const double begin = zones_[first].from_m - change(first) - way(base_, 0);
    const double end = zones_[last].to_m + change(last) + way(base_, 0) + depth_;
    const bool halts =
        std::any_of(halts_.begin(), halts_.end(), [&](double s) { return s > begin && s < end; });
    return halts ? show::Change::contingent : show::Change::rank;
  }

  const std::vector<show::GaitZone>& zones_;
  double base_;
  double acceleration_;
  double depth_;
  std::vector<double> halts_;  ///< of the nose, m; where it steps off is one
};

}  // namespace

double base_speed_mps(const show::Show& show, const show::Contingent& contingent) {
  return contingent.base_gait ? contingent.base_gait->speed_mps
                              : show[contingent.procession].base_gait.speed_mps;
}

double acceleration_mps2(const show::Show& show, const show::Contingent& contingent) {
  double least = std::numeric_limits<double>::infinity();
  for (const show::Part& part : contingent.parts) {
    least = std::min(least, show[part.kind].acceleration_mps2);
  }
  return least;
}

std::vector<show::Change> changes_of(const show::Show& show, const show::Contingent& contingent,
                                     const std::vector<show::GaitZone>& zones, double depth_m,
                                     double start_m) {
  return Changes(show, contingent, zones, depth_m, start_m).run();
}

void tell_changes(const show::Show& show, const Motion& motion,
                  std::vector<MotionFinding>& findings) {
  const show::Contingent& who = show[motion.contingent()];
  bool told[2] = {false, false};
  for (std::size_t i = 0; i < motion.zones().size(); ++i) {
    const show::GaitZone& zone = motion.zones()[i];
    if (motion.change(i) == zone.change || zone.to_m <= motion.start_m()) continue;
    const bool at_once = motion.change(i) == show::Change::contingent;
    const bool drills = !who.drill.empty();
    if (std::exchange(told[at_once ? 1 : 0], true)) continue;
    MotionFinding found;
    found.finding.severity = Severity::note;
    found.finding.code = drills    ? "movement.change-at-drill"
                         : at_once ? "movement.change-at-halt"
                                   : "movement.change-as-neighbours";
    found.finding.message =
        drills    ? phrase("{} drills on its way and changes into {} all at once, not rank by rank",
                           who.name, zone.gait.name)
        : at_once ? phrase(
                        "{} halts or steps off too near to where it changes into {} rank by "
                        "rank: it changes all at once, so that ranks keep their distances",
                        who.name, zone.gait.name)
                  : phrase(
                        "{} changes into {} rank by rank, as in the stretch that touches it or "
                        "is less than its depth away",
                        who.name, zone.gait.name);
    found.finding.span = zone.span;
    found.finding.who = {who.name};
    const geo::Vec2 place = motion.route().at(zone.from_m).position;
    found.finding.place = {place.x, place.y, height_m(show, motion.contingent())};
    found.contingent = motion.contingent();
    found.t0_s = motion.head_at(zone.from_m);
    found.t1_s = motion.tail_at(zone.to_m);
    findings.push_back(std::move(found));
  }
}

}  // namespace defilada::movement
