// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "changes.hpp"
#include "defilada/core/check.hpp"
#include "defilada/movement/motion.hpp"
#include "review.hpp"
#include "way.hpp"

/// Where everybody stands before they step off.
///
///   <- direction of march
///   station |[first  ]<-gap->[second]<-gap->[third ]   nose of the first at the station, then tail
///   to nose; with two abreast
///           |[second ]       [fourth]  ^ lane
///   axis    |- - - - - - - - - - - - - | - - -
///           |[first  ]<-gap->[third ]  v
namespace defilada::movement {
namespace {

/// Distances of ranks at the halt as a share of the formation's; of a formation of one rank, 1.
double scale_of(const show::Contingent& contingent, std::optional<double> distance_m) {
  if (!distance_m) return 1;
  for (const show::Part& part : contingent.parts) {
    if (part.formation.distance_m > 0) return *distance_m / part.formation.distance_m;
  }
  return 1;
}

/// Nose to tail with ranks at `scale` of their distances.
double depth_at(const Arrangement& arrangement, double scale) {
  return arrangement.front_m + scale * arrangement.backs_m.back() + arrangement.rear_m;
}

class LineUp {
 public:
  explicit LineUp(const show::Show& show) : show_(show) {
    motions_.by_contingent.resize(show.contingents.size());
    motions_.in_place.resize(show.contingents.size());
    last_tail_m_.resize(show.processions.size());
    lined_up_.resize(show.processions.size());
  }

  Motions run() {
    for (std::uint32_t p = 0; p < show_.processions.size(); ++p) line_up(show::ProcessionId{p});
    for (std::size_t c = 0; c < show_.contingents.size(); ++c) {
      if (!show_.contingents[c].in_place) continue;
      auto arrangement = arrange(show_, show_.contingents[c]);
      DEFILADA_CHECK(arrangement.has_value());  // the reader has laid it out before
      motions_.in_place[c] = std::move(*arrangement);
    }
    for (ReviewWay& review : motions_.reviews) measure_clearance(show_, review, motions_);
    return std::move(motions_);
  }

 private:
  /// Who stands behind another procession is lined up after it, and who drives past others after
  /// them, wherever the file has them.
  void line_up(show::ProcessionId id) {
    if (lined_up_[id.value]) return;
    lined_up_[id.value] = true;
    if (const auto& own = show_[id].line_up; own && own->behind) line_up(*own->behind);
    std::vector<SpeedProfile::Stop> stops;
    for (std::uint32_t i = 0; i < show_.items.size(); ++i) {
      const auto& review = show_.items[i].review;
      if (!review || !(review->drive == id)) continue;
      for (const show::ProcessionId past : review->past) line_up(past);
      const auto found = review_stops(show_, show::ItemId{i}, motions_);
      stops.insert(stops.end(), found.begin(), found.end());
    }
    procession(id, stops);
  }

  void procession(show::ProcessionId id, const std::vector<SpeedProfile::Stop>& stops) {
    const show::Procession& procession = show_[id];
    const show::LineUp layout = procession.line_up.value_or(show::LineUp{});
    Row row{.nose_m = first_nose(procession)};
    double stays_m = procession.stays ? show_[procession.stays->station].s_m : 0;
    double last_m = std::numeric_limits<double>::infinity();
    for (const show::ContingentId member : procession.order) {
      const show::Contingent& contingent = show_[member];
      auto arrangement = arrange(show_, contingent);
      DEFILADA_CHECK(arrangement.has_value());
      Way way = flown_or_drawn(procession, contingent);
      Motion::Standing standing = standing_of(procession, contingent, layout);
      standing.stops = stops;
      const double depth = depth_at(*arrangement, standing.start_scale);
      double start = row.nose_m;
      if (contingent.starts) {
        start = start_of(contingent, way);
      } else if (procession.air) {
        start = 0;
      } else {
        standing.lane_m = lane_of(layout, row.filled);
        row.add(depth, layout);
      }
      const double end = procession.stays ? stays_m : end_of(procession, way.route);
      if (procession.stays) {
        stays_m -= depth_at(*arrangement, standing.end_scale) + procession.stays->gap_m;
      }
      build(member, std::move(*arrangement), std::move(way), start, end, std::move(standing));
      last_m = std::min(last_m, start - depth);
      // Behind whom others stand: the last of the order, or the deepest beside it.
      double& behind = last_tail_m_[id.value];
      behind = row.filled > 1 || (row.filled == 0 && layout.abreast > 1)
                   ? std::min(behind, start - depth)
                   : start - depth;
    }
    if (!procession.air) fits(procession, row, last_m);
  }

  void build(show::ContingentId id, Arrangement arrangement, Way way, double start, double end,
             Motion::Standing standing) {
    auto& motion = motions_.by_contingent[id.value];
    motion.emplace(show_, id, std::move(arrangement), std::move(way), start, end,
                   std::move(standing));
    check_acceleration(show_[id], *motion);
    check_lane(show_[id], *motion);
    tell_drill(show_, *motion, motions_.findings);
    tell_changes(show_, *motion, motions_.findings);
    tell_stall(show_, *motion, motions_.findings);
    tell_wind(show_, *motion, motions_.findings);
    if (!motion->stays() || motion->end_m() > motion->start_m()) return;
    report("movement.stays-behind", show_[show_[id].procession].stays->span,
           phrase("{} would stay {:.1f} m behind where it stands before it steps off",
                  show_[id].name, motion->start_m() - motion->end_m()));
    motions_.findings.back().finding.who = {show_[id].name};
  }

  /// Contingents side by side, and where the next row stands.
  struct Row {
    double nose_m = 0;
    double depth_m = 0;   ///< of the deepest in this row
    int filled = 0;       ///< contingents in this row
    int rows = 0;         ///< begun
    double depths_m = 0;  ///< of all rows before

    void add(double depth_m_of_one, const show::LineUp& layout) {
      if (filled == 0) ++rows;
      depth_m = std::max(depth_m, depth_m_of_one);
      if (++filled < layout.abreast) return;
      nose_m -= depth_m + layout.gap_m;
      depths_m += depth_m;
      depth_m = 0;
      filled = 0;
    }
  };

  /// The first of a row stands to the right.
  static double lane_of(const show::LineUp& layout, int place) {
    return layout.left_m + (place - 0.5 * (layout.abreast - 1)) * layout.lane_m;
  }

  Way flown_or_drawn(const show::Procession& procession, const show::Contingent& contingent) {
    auto way = way_of(show_, contingent);
    if (way) return std::move(*way);
    report("movement.line-too-tight", procession.span,
           phrase("{} cannot fly the line of {}: {}", contingent.name, procession.name,
                  way.error().message));
    return Way{show_[procession.route].geometry};
  }

  Motion::Standing standing_of(const show::Procession& procession,
                               const show::Contingent& contingent, const show::LineUp& layout) {
    Motion::Standing standing{.merge_m = layout.merge_m};
    standing.start_scale = scale_of(contingent, layout.distance_m);
    if (standing.start_scale > 1 + 1e-9) {
      report("movement.line-up-opens", layout.span,
             phrase("the ranks of {} stand {:g} m apart, farther than they march: they would "
                    "have to close up on the move",
                    contingent.name, *layout.distance_m));
      motions_.findings.back().finding.who = {contingent.name};
      standing.start_scale = 1;
    }
    if (procession.stays) standing.end_scale = scale_of(contingent, procession.stays->distance_m);
    return standing;
  }

  /// Where a contingent starts that does not stand in the line-up. A flight may come by a line of
  /// its own.
  double start_of(const show::Contingent& contingent, const Way& way) const {
    const show::Station& starts = show_[*contingent.starts];
    if (!show_[contingent.procession].air) return starts.s_m;
    const double joins = std::max(0.0, way.line.own_m(way.line.begin_m()));
    const bool on_its_own = contingent.joins && starts.route == contingent.joins->from;
    const double leaves = std::min(way.leaves_line_m, way.route.length());
    return on_its_own ? way.route.project(starts.position, 0, joins).s
                      : way.route.project(starts.position, joins, leaves).s;
  }

  double end_of(const show::Procession& procession, const geo::Route& way) const {
    return procession.end ? show_[*procession.end].s_m : way.length();
  }

  double first_nose(const show::Procession& procession) const {
    if (!procession.line_up) return 0;
    const show::LineUp& line_up = *procession.line_up;
    if (!line_up.behind) return show_[line_up.station].s_m;
    return last_tail_m_[line_up.behind->value] - line_up.gap_m;
  }

  /// Whether everybody stands where they may: needed and available length, and the largest gap that
  /// fits.
  void fits(const show::Procession& procession, const Row& row, double last_m) {
    const show::LineUp layout = procession.line_up.value_or(show::LineUp{});
    const double begin = layout.back_to ? show_[*layout.back_to].s_m : 0;
    const double short_by = begin - last_m;
    if (short_by <= 1e-6) return;
    const Phrase where = layout.back_to
                             ? Phrase::verbatim(show_[*layout.back_to].name)
                             : phrase("the beginning of {}", show_[procession.route].name);
    Finding finding;
    finding.severity = Severity::error;
    finding.code = "movement.line-up-too-long";
    finding.span = procession.line_up ? layout.span : procession.span;
    finding.message = phrase(
        "the line-up of {} does not fit: its last tail would stand {:.0f} "
        "m before {}",
        procession.name, short_by, where);
    finding.who = {procession.name};
    if (row.rows > 0) mend(procession, layout, row, begin, finding);
    motions_.findings.push_back({std::move(finding)});
  }

  void mend(const show::Procession& procession, const show::LineUp& layout, const Row& row,
            double begin, Finding& finding) const {
    const double front = first_nose(procession) + (layout.behind ? layout.gap_m : 0);
    const int gaps = row.rows - 1 + (layout.behind ? 1 : 0);
    const double bodies = row.depths_m + row.depth_m;
    const double available = front - begin;
    finding.message += phrase(": {:.1f} m are needed and {:.1f} m are there",
                              bodies + gaps * layout.gap_m, available);
    const double largest = gaps > 0 ? (available - bodies) / gaps : -1;
    if (largest < 0) {
      finding.message += phrase("; without any gap it is {:.1f} m too long", bodies - available);
      return;
    }
    const double gap = std::floor(largest * 10) / 10;
    finding.message += phrase("; a gap of {:g} m would fit", gap);
    finding.fix = Fix{phrase("gap: {:g} m in place of {:g} m", gap, layout.gap_m),
                      {{layout.span, fmt::format("{:g} m", gap)}}};
  }

  void check_acceleration(const show::Contingent& contingent, const Motion& motion) {
    // Ranks that change one by one have profiles of their own: the one that brakes hardest counts.
    std::size_t hardest = 0;
    const auto needed = [&](std::size_t rank) {
      return motion.profile_of(rank).profile->needed_acceleration();
    };
    for (std::size_t rank = 1; rank < motion.arrangement().backs_m.size(); ++rank) {
      if (needed(rank) > needed(hardest)) hardest = rank;
    }
    if (needed(hardest) == 0) return;
    const Motion::RankProfile profile = motion.profile_of(hardest);
    const double s = profile.profile->needed_at_m() + profile.shift_m;
    report("movement.change-too-short", contingent.span,
           phrase("{} must change speed at {:.2f} m/s2 at {:.0f} m along {}: the stretch is "
                  "too short for its limit",
                  contingent.name, needed(hardest), s,
                  show_[show_[contingent.procession].route].name));
    MotionFinding& found = motions_.findings.back();
    found.finding.who = {contingent.name};
    const geo::Vec2 place = motion.route().at(s).position;
    found.finding.place = {place.x, place.y, height_m(show_, motion.contingent())};
    found.contingent = motion.contingent();
    found.t0_s = found.t1_s = motion.rank_at(hardest, s);
  }

  /// A lane is left on a straight.
  void check_lane(const show::Contingent& contingent, Motion& motion) {
    if (motion.standing().lane_m == 0) return;
    const double from = motion.tail_s(0);
    const double to = motion.head_s(motion.merge_times()[1]);
    for (const auto& element : motion.route().elements()) {
      if (element.curvature == 0 || element.s0 >= to || element.s0 + element.length <= from) {
        continue;
      }
      const auto& line_up = show_[contingent.procession].line_up;
      report("movement.merge-in-bend", line_up ? line_up->span : contingent.span,
             phrase("{} stands {:.1f} m beside the axis of {} and would come to it in a bend "
                    "at {:.0f} m: it is planned on the axis; line it up farther from the bend, "
                    "or give a shorter 'merge'",
                    contingent.name, std::abs(motion.standing().lane_m),
                    show_[show_[contingent.procession].route].name, element.s0));
      motions_.findings.back().finding.who = {contingent.name};
      motion.stay_on_axis();
      return;
    }
  }

  void report(std::string code, Span span, Phrase message) {
    MotionFinding found;
    found.finding.severity = Severity::error;
    found.finding.code = std::move(code);
    found.finding.span = span;
    found.finding.message = std::move(message);
    motions_.findings.push_back(std::move(found));
  }

  const show::Show& show_;
  Motions motions_;
  std::vector<double> last_tail_m_;  ///< (procession)
  std::vector<bool> lined_up_;       ///< (procession)
};

}  // namespace

Motions make_motions(const show::Show& show) {
  return LineUp(show).run();
}

}  // namespace defilada::movement
