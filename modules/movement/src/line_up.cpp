// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "defilada/core/check.hpp"
#include "defilada/movement/motion.hpp"

/// Where everybody stands before they step off.
///
///   <- direction of march
///   station |[first  ]<-gap->[second]<-gap->[third ]   nose of the first at the station, then tail
///   to nose
namespace defilada::movement {
namespace {

constexpr double kGravity = 9.80665;

/// The way of one contingent: in the air corners are rounded by its own turn, and it may break off.
Result<geo::Route> way_of(const show::Show& show, const show::Contingent& contingent) {
  const show::Procession& procession = show[contingent.procession];
  const show::Route& route = show[procession.route];
  if (!procession.air) return route.geometry;
  const double speed =
      contingent.base_gait ? contingent.base_gait->speed_mps : procession.base_gait.speed_mps;
  const auto radius = [&](double bank) { return speed * speed / (kGravity * std::tan(bank)); };
  auto way = procession.turn_bank_rad > 0
                 ? geo::Route::make(route.points, radius(procession.turn_bank_rad))
                 : Result<geo::Route>(route.geometry);
  if (!way || !procession.break_off) return way;
  const show::BreakOff& off = *procession.break_off;
  const double at = way->project(show[off.station].position).s;
  return way->cut_and_turn(at, off.turn_rad, radius(off.bank_rad), off.then_m);
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
        way = show_[procession.route].geometry;
      }
      const double depth = arrangement->depth_m();
      double start = nose;
      if (contingent.starts) {
        start = station_s(procession, *way, *contingent.starts);
      } else if (procession.air) {
        start = 0;
      } else {
        nose -= depth + gap;
      }
      start = fit(procession, contingent, start, depth);
      motions_.by_contingent[member.value].emplace(show_, member, std::move(*arrangement), *way,
                                                   start, end_of(procession, *way));
      check_acceleration(contingent, *motions_.by_contingent[member.value]);
      last_tail_m_[id.value] = start - depth;
    }
  }

  double station_s(const show::Procession& procession, const geo::Route& way,
                   show::StationId station) const {
    return procession.air ? way.project(show_[station].position).s : show_[station].s_m;
  }

  double end_of(const show::Procession& procession, const geo::Route& way) const {
    if (!procession.end) return way.length();
    return station_s(procession, way, *procession.end);
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
      motions_.findings.back().who = {contingent.name};
      told_short_ = true;
    }
    return start;
  }

  void check_acceleration(const show::Contingent& contingent, const Motion& motion) {
    const SpeedProfile& profile = *motion.profile_of(0).profile;
    if (profile.needed_acceleration() == 0) return;
    report(
        "movement.change-too-short", contingent.span,
        fmt::format("{} must change speed at {:.2f} m/s2 at {:.0f} m along {}: the stretch is too "
                    "short for its limit",
                    contingent.name, profile.needed_acceleration(), profile.needed_at_m(),
                    show_[show_[contingent.procession].route].name));
    motions_.findings.back().who = {contingent.name};
  }

  void report(std::string code, Span span, std::string message) {
    Finding finding;
    finding.severity = Severity::error;
    finding.code = std::move(code);
    finding.span = span;
    finding.message = std::move(message);
    motions_.findings.push_back(std::move(finding));
  }

  const show::Show& show_;
  Motions motions_;
  std::vector<double> last_tail_m_;  ///< (procession)
  std::vector<bool> lined_up_;       ///< (procession)
  bool told_short_ = false;
};

}  // namespace

Motions make_motions(const show::Show& show) {
  return LineUp(show).run();
}

}  // namespace defilada::movement
