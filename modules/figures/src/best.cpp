// SPDX-License-Identifier: MIT
#include "defilada/figures/best.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "defilada/figures/footprint.hpp"
#include "defilada/figures/report.hpp"
#include "defilada/figures/spectators.hpp"

namespace defilada::figures {
namespace {

constexpr double kCoarser = 2.5;  // cells, against those of a report
constexpr double kRound_m = 10;   // distances are told in tens of metres
constexpr std::array kDistances{0.0, 0.75, 1.5, 2.25, 3.0, 4.0};  // in heights
constexpr std::array kMultiples{1.0, 1.25, 1.5, 2.0};

double rounded(double value, double to) {
  return std::round(value / to) * to;
}

show::Part& part_in(show::Show& show, FigureId id) {
  return show.contingents[id.contingent.value].parts[id.part];
}

/// How long a footprint takes to pass over each place, whatever stands beside each other in rows
/// along the flight being looked at once.
class Passing {
 public:
  Passing(Footprint& footprint, double speed_mps) : footprint_(footprint), speed_(speed_mps) {}

  double seconds(double left_m) {
    const auto row =
        static_cast<long>(std::floor((left_m - footprint_.middle().left_m) / footprint_.cell_m()));
    const auto [at, fresh] = known_.try_emplace(row, 0);
    if (fresh) {
      const double reach = footprint_.reach_m();
      for (double ahead = -reach; ahead <= reach; ahead += footprint_.cell_m()) {
        if (footprint_.reads(ahead - footprint_.middle().back_m, left_m)) {
          at->second += footprint_.cell_m() / speed_;
        }
      }
    }
    return at->second;
  }

 private:
  Footprint& footprint_;
  double speed_;
  std::map<long, double> known_;
};

class Search {
 public:
  Search(const show::Show& show, FigureId id, const legibility::Measure& measure,
         const Limits& limits, const SearchOptions& options)
      : show_(show), id_(id), measure_(measure), limits_(limits), options_(options) {}

  Result<std::vector<Rated>> run() {
    const show::Part& part = part_of(show_, id_);
    const double own_m = std::clamp(figures::height_m(show_, id_), limits_.lowest_m,
                                    std::max(limits_.lowest_m, limits_.highest_m));
    const double spacing_m = std::max(part.formation.spacing_m, limits_.closest_m);
    std::vector<Choice> first;
    for (std::uint32_t a = 0; a < show_.site.areas.size(); ++a) {
      if (show_.site.areas[a].use != show::AreaUse::stand) continue;
      for (const double height_m : heights(own_m)) {
        for (const double distance : kDistances) {
          first.push_back({show::AreaId{a}, show_[show_[id_.contingent].procession].over,
                           rounded(distance * height_m, kRound_m), height_m, spacing_m});
        }
      }
    }
    expected_ = first.size() + 2 * kMultiples.size() * 3 + 8;
    if (Status going = try_all(first); !going) return tl::unexpected(going.error());
    for (const auto& widen : {&Search::other_heights, &Search::other_spacings, &Search::nearer}) {
      if (rated_.empty()) break;
      if (Status going = try_all((this->*widen)(rated_.front().choice)); !going) {
        return tl::unexpected(going.error());
      }
    }
    return rated_;
  }

 private:
  /// Its own and the highest: what is too deep at the one is not at the other.
  [[nodiscard]] std::vector<double> heights(double own_m) const {
    std::vector<double> heights{own_m};
    if (limits_.highest_m > own_m) heights.push_back(limits_.highest_m);
    return heights;
  }
  /// With the height, the distance at which it looks the same grows.
  [[nodiscard]] std::vector<Choice> other_heights(const Choice& best) const {
    std::vector<Choice> choices;
    for (const double multiple : kMultiples) {
      const double height_m = rounded(best.height_m * multiple, 5);
      if (multiple == 1 || height_m > limits_.highest_m) continue;
      for (const double share : {0.75, 1.0, 1.25}) {
        Choice choice = best;
        choice.height_m = height_m;
        choice.before_m = rounded(best.before_m * multiple * share, kRound_m);
        choices.push_back(choice);
      }
    }
    return choices;
  }
  [[nodiscard]] std::vector<Choice> other_spacings(const Choice& best) const {
    std::vector<Choice> choices;
    for (const double multiple : kMultiples) {
      const double spacing_m = rounded(best.spacing_m * multiple, 1);
      if (multiple == 1 || spacing_m > limits_.widest_m) continue;
      for (const double share : {1.0, 1.25}) {
        Choice choice = best;
        choice.spacing_m = spacing_m;
        choice.before_m = rounded(best.before_m * share, kRound_m);
        choices.push_back(choice);
      }
    }
    return choices;
  }
  [[nodiscard]] std::vector<Choice> nearer(const Choice& best) const {
    std::vector<Choice> choices;
    for (const double heights : {-0.5, -0.25, 0.25, 0.5}) {
      Choice choice = best;
      choice.before_m = rounded(best.before_m + heights * best.height_m, kRound_m);
      choices.push_back(choice);
    }
    return choices;
  }

  [[nodiscard]] bool too_deep(const Choice& choice) const {
    const auto changed = with_choice(show_, id_, choice);
    if (!changed) return false;  // rate() says so
    return size_of(plan_of(*changed, id_).spots).depth_m >
           limits_.deepest * flat_height_m(*changed, id_);
  }

  Status try_all(const std::vector<Choice>& choices) {
    for (const Choice& choice : choices) {
      const double share = static_cast<double>(done_++) / static_cast<double>(expected_);
      if (options_.progress && !options_.progress(std::min(1.0, share))) {
        return fail(Errc::interrupted, phrase("interrupted"));
      }
      const bool known = std::any_of(rated_.begin(), rated_.end(),
                                     [&](const Rated& each) { return each.choice == choice; });
      if (known || too_deep(choice)) continue;
      const auto rating = rate(show_, id_, measure_, choice, options_.places);
      if (rating && rating->spectators > 0) rated_.push_back(*rating);
    }
    std::stable_sort(rated_.begin(), rated_.end(), [](const Rated& a, const Rated& b) {
      return std::pair(a.spectators, a.seconds) > std::pair(b.spectators, b.seconds);
    });
    return {};
  }

  const show::Show& show_;
  FigureId id_;
  const legibility::Measure& measure_;
  const Limits& limits_;
  const SearchOptions& options_;
  std::vector<Rated> rated_;  // the best first
  std::size_t done_ = 0;
  std::size_t expected_ = 1;
};

}  // namespace

Limits limits_of(const show::Show& show, FigureId id) {
  const show::Part& part = part_of(show, id);
  Limits limits;
  limits.lowest_m = height_m(show, id);
  limits.highest_m = 2 * limits.lowest_m;
  limits.closest_m = std::max(part.formation.spacing_m, show[part.kind].separation_m);
  limits.widest_m = 2 * limits.closest_m;
  return limits;
}

Result<show::Show> with_choice(const show::Show& show, FigureId id, const Choice& choice) {
  show::Show changed = show;
  show::Part& part = part_in(changed, id);
  show::ReadsFrom from;
  from.span = part.reads_from ? part.reads_from->span : part.formation_span;
  from.stand = choice.stand;
  from.position = geo::centroid(show[choice.stand].polygon);
  from.eye_m = kEyes_m;
  from.at = choice.at;
  from.before_m = choice.before_m;
  part.reads_from = from;
  part.formation.spacing_m = choice.spacing_m;
  show::Contingent& contingent = changed.contingents[id.contingent.value];
  if (contingent.height_m) {
    contingent.height_m = choice.height_m;
  } else {
    changed.processions[contingent.procession.value].height_m = choice.height_m;
  }
  if (choice.height_m <= from.eye_m)
    return fail(Errc::bad_input, phrase("the flight is below the eyes"));
  part.formation.read_from =
      show::eye_of(changed, changed[contingent.procession], part, choice.height_m);
  if (const auto layout = formation::layout(part.formation); !layout) {
    return tl::unexpected(layout.error());
  }
  return changed;
}

std::optional<Rated> rate(const show::Show& show, FigureId id, const legibility::Measure& measure,
                          const Choice& choice, int places) {
  const auto changed = with_choice(show, id, choice);
  if (!changed) return std::nullopt;
  const show::Contingent& contingent = show[id.contingent];
  const show::Procession& flypast = show[contingent.procession];
  const Plan plan = plan_of(*changed, id);
  const double below_m = choice.height_m - kEyes_m;
  Footprint footprint(measure, plan.spots, below_m, cell_for(below_m, kCoarser));
  Passing passing(footprint, contingent.base_gait.value_or(flypast.base_gait).speed_mps);
  const auto pose = show::aim_of(*changed, flypast, *part_of(*changed, id).reads_from);
  const Size size = size_of(plan.spots);
  Rated rated{choice, 0, 0, size.depth_m, size.width_m};
  for (const show::Area& area : show.site.areas) {
    if (area.use != show::AreaUse::stand) continue;
    const auto spots = spectator_places(area.polygon, places);
    const double people =
        static_cast<double>(area.capacity.value_or(0)) / static_cast<double>(spots.size());
    for (const geo::Vec2 place : spots) {
      const Eye eye = eye_at(place, pose.position, pose.direction, below_m);
      const double seconds = passing.seconds(eye.left_m - part_of(show, id).left_m);
      if (seconds < kLeastSeconds) continue;
      rated.spectators += people;
      rated.seconds += people * seconds;
    }
  }
  return rated;
}

Result<std::vector<Rated>> search(const show::Show& show, FigureId id,
                                  const legibility::Measure& measure, const Limits& limits,
                                  const SearchOptions& options) {
  return Search(show, id, measure, limits, options).run();
}

std::optional<Fix> fix_of(const show::Show& show, FigureId id, const Choice& choice) {
  const show::Part& part = part_of(show, id);
  const show::Contingent& contingent = show[id.contingent];
  const show::Procession& flypast = show[contingent.procession];
  Fix fix;
  std::string from = show[choice.stand].name;
  if (choice.before_m != 0) {
    from = fmt::format("{{stand: {}, before: {:.0f} m}}", from, choice.before_m);
  }
  if (part.reads_from && part.reads_from->own) {
    fix.edits.push_back({part.reads_from->span, from});
  } else if (part.figure_spans.first_key.known()) {
    fix.edits.push_back({part.figure_spans.first_key,
                         fmt::format("reads from: {}{}", from, part.figure_spans.separator)});
  } else {
    return std::nullopt;
  }
  fix.text = phrase("let it read from: {}", show[choice.stand].name);
  if (choice.before_m != 0) {
    fix.text += phrase(", {:.0f} m before: {}", choice.before_m, show[choice.at].name);
  }
  if (std::abs(choice.spacing_m - part.formation.spacing_m) > 1e-9) {
    if (!part.figure_spans.spacing.known()) return std::nullopt;
    fix.edits.push_back({part.figure_spans.spacing, fmt::format("{:.4g} m", choice.spacing_m)});
    fix.text += phrase(", {:.4g} m apart", choice.spacing_m);
  }
  if (std::abs(choice.height_m - height_m(show, id)) > 1e-9) {
    const Span height = contingent.height_m ? Span{} : flypast.height_span;
    if (!height.known()) return std::nullopt;
    fix.edits.push_back({height, fmt::format("{:.4g} m", choice.height_m)});
    fix.text += phrase(", at {:.4g} m", choice.height_m);
  }
  return fix;
}

}  // namespace defilada::figures
