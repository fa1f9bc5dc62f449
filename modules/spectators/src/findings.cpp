// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "defilada/geo/polygon.hpp"
#include "defilada/show/print.hpp"
#include "defilada/spectators/hand.hpp"

namespace defilada::spectators {
namespace {

Vec2 middle_of(const std::vector<Vec2>& line) {
  return 0.5 * (line.front() + line.back());
}

double distance_to(const std::vector<Vec2>& line, Vec2 p, bool closed) {
  double least = 1e18;
  const std::size_t n = line.size();
  for (std::size_t k = 0; k + (closed ? 0 : 1) < n; ++k) {
    const Vec2 d = line[(k + 1) % n] - line[k];
    const double t = std::clamp(geo::dot(p - line[k], d) / geo::dot(d, d), 0.0, 1.0);
    least = std::min(least, geo::length(p - (line[k] + t * d)));
  }
  return least;
}

double distance_to(const geo::Polygon& polygon, Vec2 p) {
  return geo::contains(polygon, p) ? 0 : distance_to(polygon.outer, p, true);
}

/// To the second; from two minutes on to the minute.
Measure length_of_time(double seconds) {
  const double unit_s = std::abs(seconds) < 120 ? 1 : 60;
  return Measure{
      show::print_duration(duration_from_seconds(std::round(seconds / unit_s) * unit_s))};
}

Finding finding(Severity severity, std::string code, Span span, Phrase message) {
  Finding it;
  it.severity = severity;
  it.code = std::move(code);
  it.span = span;
  it.message = std::move(message);
  return it;
}

void place(Finding& it, Vec2 at) {
  it.place = {at.x, at.y, 0};
}

void during(Finding& it, double from_s, double to_s) {
  it.begin = time_from_seconds(std::round(from_s));
  it.end = time_from_seconds(std::round(to_s));
}

class RunFindings {
 public:
  RunFindings(const show::Show& show, const Scene& scene, double share)
      : show_(show), said_(*scene.said), share_(share) {}

  void ingress(const Phase& phase) {
    const std::uint64_t late = phase.people - phase.seated_in_time;
    if (late > 0) {
      Finding it = finding(
          Severity::error, "crowd.not-seated", said_.seated_by_span,
          phase.seated == phase.people
              ? phrase("no place by {2} for {0} of {1} spectators: the last comes to one at {3}",
                       Count{static_cast<std::int64_t>(late)}, phase.people,
                       clock(said_.seated_by.seconds()), clock(phase.last_s))
              : phrase("no place by {2} for {0} of {1} spectators; never: {3}",
                       Count{static_cast<std::int64_t>(late)}, phase.people,
                       clock(said_.seated_by.seconds()), phase.people - phase.seated));
      during(it, said_.seated_by.seconds(), std::max(phase.last_s, said_.seated_by.seconds()));
      found.push_back(std::move(it));
    }
    for (std::size_t g = 0; g < phase.gates.size(); ++g) gate(g, phase.gates[g]);
    dense(phase);
    lanes(phase);
  }

  void egress(const Phase& phase) {
    not_out(phase, said_.limits.span);
    const double took_s = phase.last_s - phase.begin_s;
    if (took_s > said_.limits.clear.seconds() && phase.out == phase.people) {
      Finding it =
          finding(Severity::warning, "crowd.slow-clearance", said_.limits.span,
                  phrase("the last spectator is out {} after the time to leave, later than "
                         "{}: wider exits, or people who leave zone by zone",
                         length_of_time(took_s), length_of_time(said_.limits.clear.seconds())));
      during(it, phase.begin_s, phase.last_s);
      found.push_back(std::move(it));
    }
    dense(phase);
    lanes(phase);
  }

  void emergency(const Phase& phase) {
    const show::Emergency& what = said_.emergencies[phase.emergency];
    not_out(phase, what.span);
    const double took_s = phase.last_s - phase.begin_s;
    if (what.within && took_s > what.within->seconds() && phase.out == phase.people) {
      Finding it = finding(
          Severity::error, "crowd.slow-emergency", what.span,
          phrase("emergency '{}': everybody is out after {}, later than {}; 95 % after {}",
                 what.label.said(), length_of_time(took_s), length_of_time(what.within->seconds()),
                 length_of_time(phase.last_95_s - phase.begin_s)));
      during(it, phase.begin_s, phase.last_s);
      found.push_back(std::move(it));
    }
    dense(phase);
  }

  std::vector<Finding> found;

 private:
  [[nodiscard]] std::string clock(double seconds) const {
    return show_.clock.wall_clock(time_from_seconds(std::round(seconds)));
  }

  void gate(std::size_t index, const GateOutcome& outcome) {
    const show::Gate& what = said_.gates[index];
    if (outcome.longest_wait_s > said_.limits.wait.seconds()) {
      const int more = static_cast<int>(
          std::ceil(what.lanes * (outcome.longest_wait_s / said_.limits.wait.seconds() - 1)));
      Finding it = finding(
          Severity::warning, "crowd.long-wait", what.lanes_span,
          phrase(
              "somebody waits {} before '{}', longer than {}; up to {} people wait, at {}: about "
              "{} more lanes",
              length_of_time(outcome.longest_wait_s), what.name,
              length_of_time(said_.limits.wait.seconds()), outcome.longest_queue,
              clock(outcome.longest_queue_s), std::max(1, more)));
      during(it, outcome.longest_queue_s, outcome.longest_queue_s);
      place(it, middle_of(what.points));
      found.push_back(std::move(it));
    }
    // A few who step aside are no spill.
    if (outcome.beside_queue > 20 && outcome.beside_queue > outcome.longest_queue / 20) {
      Finding it = finding(
          Severity::warning, "crowd.queue-spills", what.span,
          phrase("the queue of '{}' does not stay in its place: up to {} people wait beside it",
                 what.name, outcome.beside_queue));
      during(it, outcome.longest_queue_s, outcome.longest_queue_s);
      place(it, middle_of(what.points));
      found.push_back(std::move(it));
    }
  }

  /// Where people press on a gate or an exit: a second one, so wide that the same people have as
  /// much more room as it is too dense.
  [[nodiscard]] Phrase measure_against(const Spell& spell) const {
    constexpr double kBefore_m = 15;
    const std::vector<Vec2>* narrow = nullptr;
    double least = kBefore_m;
    const auto offer = [&](const std::vector<Vec2>& line) {
      const double away = distance_to(line, spell.place, false);
      if (away >= least) return;
      least = away;
      narrow = &line;
    };
    for (const show::Gate& each : said_.gates) offer(each.points);
    for (const show::WayOut& each : said_.exits) offer(each.points);
    if (narrow == nullptr) return phrase("a wider or a second way there");
    double width_m = 0;
    for (std::size_t k = 0; k + 1 < narrow->size(); ++k) {
      width_m += geo::length((*narrow)[k + 1] - (*narrow)[k]);
    }
    const double more_m =
        std::max(1.0, std::ceil(width_m * (spell.density / said_.limits.density - 1)));
    const bool of_gate = std::any_of(said_.gates.begin(), said_.gates.end(),
                                     [&](const auto& each) { return &each.points == narrow; });
    return of_gate ? phrase("a second gate of about {:.0f} m", more_m)
                   : phrase("a second exit of about {:.0f} m", more_m);
  }

  void dense(const Phase& phase) {
    for (const Spell& spell : phase.spells) {
      Finding it = finding(
          phase.what == Phase::What::emergency ? Severity::warning : Severity::error, "crowd.dense",
          said_.limits.span,
          phase.what == Phase::What::emergency
              ? phrase("emergency '{}': over {:.1f} people per m² for {} near '{}' from {}, up to "
                       "{:.1f}: {}",
                       said_.emergencies[phase.emergency].label.said(), said_.limits.density,
                       length_of_time(spell.to_s - spell.from_s), nearest_name(show_, spell.place),
                       clock(spell.from_s), spell.density, measure_against(spell))
              : phrase("over {:.1f} people per m² for {} near '{}' from {}, up to {:.1f}: {}",
                       said_.limits.density, length_of_time(spell.to_s - spell.from_s),
                       nearest_name(show_, spell.place), clock(spell.from_s), spell.density,
                       measure_against(spell)));
      during(it, spell.from_s, spell.to_s);
      place(it, spell.place);
      found.push_back(std::move(it));
    }
  }

  void lanes(const Phase& phase) {
    for (std::size_t k = 0; k < phase.lanes.size(); ++k) {
      const LaneOutcome& lane = phase.lanes[k];
      if (lane.blocked_s < said_.limits.density_for.seconds()) continue;
      const show::EmergencyLane& what = show_.site.safety.lanes[k];
      Finding it = finding(
          Severity::warning, "crowd.lane-blocked", what.span,
          phrase("spectators stand in the emergency lane '{}' for {} from {}, up to "
                 "{} of them: a fence, or stewards who keep it free",
                 what.name, length_of_time(lane.blocked_s), clock(lane.blocked_from_s), lane.most));
      during(it, lane.blocked_from_s, lane.blocked_from_s + lane.blocked_s);
      place(it, what.points.front());
      found.push_back(std::move(it));
    }
  }

  void not_out(const Phase& phase, Span span) {
    if (phase.out == phase.people) return;
    const auto left = static_cast<std::int64_t>(phase.people - phase.out);
    Finding it = finding(Severity::error, "crowd.not-out", span,
                         phase.what == Phase::What::emergency
                             ? phrase("emergency '{0}': not out by {3}: {1} of {2} spectators",
                                      said_.emergencies[phase.emergency].label.said(), Count{left},
                                      phase.people, clock(phase.end_s))
                             : phrase("not out by {2}: {0} of {1} spectators", Count{left},
                                      phase.people, clock(phase.end_s)));
    during(it, phase.begin_s, phase.end_s);
    found.push_back(std::move(it));
  }

  const show::Show& show_;
  const show::Spectators& said_;
  double share_;
};

}  // namespace

std::string nearest_name(const show::Show& show, Vec2 point) {
  const show::Spectators& said = *show.spectators;
  std::string best;
  double least = 1e18;
  const auto offer = [&](const std::string& name, double away) {
    if (away >= least) return;
    least = away;
    best = name;
  };
  for (const show::Gate& each : said.gates) {
    offer(each.name, distance_to(each.points, point, false));
  }
  for (const show::WayOut& each : said.exits) {
    offer(each.name, distance_to(each.points, point, false));
  }
  for (const show::Crossing& each : said.crossings)
    offer(each.name, distance_to(each.polygon, point));
  for (const show::Stop& each : said.stops) offer(each.name, distance_to(each.polygon, point));
  for (const show::Zone& each : said.zones) {
    offer(show[each.area].name, distance_to(show[each.area].polygon, point));
  }
  return best;
}

std::vector<Finding> findings_by_hand(const Scene& scene, const Hand& hand) {
  const show::Spectators& said = *scene.said;
  std::vector<Finding> found;
  for (std::size_t g = 0; g < hand.gates.size(); ++g) {
    const HandGate& gate = hand.gates[g];
    if (gate.lanes_needed <= gate.lanes) continue;
    const show::Gate& what = said.gates[g];
    Finding it =
        finding(Severity::error, "crowd.too-few-lanes", what.lanes_span,
                phrase("{} people at {:.0f} an hour and lane in {} are {} lanes; '{}' has {}",
                       gate.people, gate.per_hour, length_of_time(3600 * gate.hours),
                       gate.lanes_needed, what.name, gate.lanes));
    place(it, middle_of(what.points));
    it.fix = Fix{phrase("{} lanes", gate.lanes_needed),
                 {{what.lanes_span, std::to_string(gate.lanes_needed)}}};
    found.push_back(std::move(it));
  }
  const auto people = static_cast<std::int64_t>(scene.people.size());
  if (people > hand.exit) {
    found.push_back(finding(
        Severity::warning, "crowd.slow-exits", said.limits.span,
        phrase("the exits let {} people out in {} at {:.0f} a minute and metre; {} come", hand.exit,
               length_of_time(said.limits.clear.seconds()), kRatePerMetreMinute, people)));
  }
  for (std::size_t e = 0; e < hand.emergencies.size(); ++e) {
    const show::Emergency& what = said.emergencies[e];
    if (people <= hand.emergencies[e].capacity) continue;
    found.push_back(finding(
        Severity::warning, "crowd.narrow-emergency", what.span,
        phrase("emergency '{}': the exits that are left let {} people out in {}; {} are there",
               what.label.said(), hand.emergencies[e].capacity,
               length_of_time(what.within->seconds()), people)));
  }
  return found;
}

std::vector<Finding> findings_of_run(const show::Show& show, const Scene& scene,
                                     const std::vector<Phase>& phases, double share) {
  RunFindings run(show, scene, share);
  for (const Phase& phase : phases) {
    if (phase.what == Phase::What::ingress) run.ingress(phase);
    if (phase.what == Phase::What::egress) run.egress(phase);
    if (phase.what == Phase::What::emergency) run.emergency(phase);
  }
  return std::move(run.found);
}

}  // namespace defilada::spectators
