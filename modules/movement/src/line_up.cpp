// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "changes.hpp"
#include "defilada/core/check.hpp"
#include "defilada/movement/motion.hpp"
#include "way.hpp"

/// Where everybody stands before they step off.
///
///   <- direction of march
///   station |[first  ]<-gap->[second]<-gap->[third ]   nose of the first at the station, then tail
///   to nose
namespace defilada::movement {
namespace {

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
    return std::move(motions_);
  }

 private:
  /// Who stands behind another procession is lined up after it, wherever the file has it.
  void line_up(show::ProcessionId id) {
    std::vector<show::ProcessionId> waiting;
    for (std::optional<show::ProcessionId> next = id; next && !lined_up_[next->value];) {
      lined_up_[next->value] = true;
      waiting.push_back(*next);
      next = show_[*next].line_up ? show_[*next].line_up->behind : std::nullopt;
    }
    for (auto each = waiting.rbegin(); each != waiting.rend(); ++each) procession(*each);
  }

  void procession(show::ProcessionId id) {
    const show::Procession& procession = show_[id];
    double nose = first_nose(procession);
    told_short_ = false;
    const double gap = procession.line_up ? procession.line_up->gap_m : 0;
    for (const show::ContingentId member : procession.order) {
      const show::Contingent& contingent = show_[member];
      auto arrangement = arrange(show_, contingent);
      DEFILADA_CHECK(arrangement.has_value());
      auto way = way_of(show_, contingent);
      if (!way) {
        report("movement.line-too-tight", procession.span,
               fmt::format("{} cannot fly the line of {}: {}", contingent.name, procession.name,
                           way.error().message));
        way = Way{show_[procession.route].geometry};
      }
      const double depth = arrangement->depth_m();
      double start = nose;
      if (contingent.starts) {
        start = start_of(contingent, *way);
      } else if (procession.air) {
        start = 0;
      } else {
        nose -= depth + gap;
      }
      start = fit(procession, contingent, start, depth);
      const double end = end_of(procession, way->route);
      motions_.by_contingent[member.value].emplace(show_, member, std::move(*arrangement),
                                                   std::move(*way), start, end);
      const Motion& motion = *motions_.by_contingent[member.value];
      check_acceleration(contingent, motion);
      tell_changes(show_, motion, motions_.findings);
      tell_wind(show_, motion, motions_.findings);
      last_tail_m_[id.value] = start - depth;
    }
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

  /// A contingent that would stand before the beginning of its route cannot.
  double fit(const show::Procession& procession, const show::Contingent& contingent, double start,
             double depth) {
    if (procession.air || start - depth >= -1e-6) return start;
    if (!told_short_) {
      const Span span = procession.line_up ? procession.line_up->span : procession.span;
      report("movement.line-up-too-long", span,
             fmt::format(
                 "the line-up does not fit: {} would stand {:.0f} m before the beginning of {}",
                 contingent.name, depth - start, show_[procession.route].name));
      motions_.findings.back().finding.who = {contingent.name};
      told_short_ = true;
    }
    return start;
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
           fmt::format("{} must change speed at {:.2f} m/s2 at {:.0f} m along {}: the stretch is "
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

  void report(std::string code, Span span, std::string message) {
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
  bool told_short_ = false;          ///< of the procession that is being lined up
};

}  // namespace

Motions make_motions(const show::Show& show) {
  return LineUp(show).run();
}

}  // namespace defilada::movement
