// SPDX-License-Identifier: MIT
#include "defilada/figures/faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "defilada/figures/best.hpp"
#include "defilada/figures/footprint.hpp"

namespace defilada::figures {
namespace {

constexpr double kClearly = 0.9;  // correlation with the figure upside down
constexpr double kItself = 0.95;  // with its mirror image: it is its own
constexpr double kCoarse = 3;     // steps of the way, in cells of a report
/// For a fix, in heights: about two read for most (docs/figures.md).
constexpr std::array kDistances{2.25, 3.0, 1.5, 4.0, 0.75, 0.0};
constexpr int kMoreSlots = 60;     // looked for beyond the figure's own
constexpr double kAlike_m = 1e-9;  // lengths

/// The best that eyes make of a figure that passes over them.
struct Seen {
  bool reads = false;
  double upside_down = 0;
};

/// From the middle of a stand, while the flight goes straight on.
Seen seen_from(const show::Show& show, FigureId id, const legibility::Measure& measure,
               const std::vector<Spot>& spots, const show::Area& stand) {
  const show::Procession& flypast = show[show[id.contingent].procession];
  const show::Station& over = show[flypast.over];
  const auto pose = show[flypast.route].geometry.at(over.s_m);
  const double below_m = height_m(show, id) - kEyes_m;
  Eye eye = eye_at(geo::centroid(stand.polygon), pose.position, pose.direction, below_m);
  eye.left_m -= part_of(show, id).left_m;
  const double step_m = kCoarse * cell_for(below_m);
  const double reach_m = below_m / std::tan(formation::kLowest_rad);
  Seen seen;
  for (double ahead = -reach_m; ahead <= reach_m && !seen.reads; ahead += step_m) {
    eye.ahead_m = ahead;
    const auto picture = picture_of(eye, spots);
    if (!picture) continue;
    const legibility::Reading reading = measure.read(*picture);
    seen.reads = reading.reads(legibility::kLeastOverlapAside);
    const bool in_shape =
        reading.aspect <= legibility::kMostAspect && reading.aspect >= 1 / legibility::kMostAspect;
    if (!in_shape) continue;
    seen.upside_down = std::max(seen.upside_down, reading.upside_down);
  }
  return seen;
}

class Faults {
 public:
  Faults(const show::Show& show, FigureId id, std::vector<Finding>& findings)
      : show_(show),
        id_(id),
        part_(part_of(show, id)),
        measure_(measure_of(show, id, legibility::Measure::Rivals::near)),
        plan_(plan_of(show, id)),
        findings_(findings) {}

  void find() {
    too_close();
    if (illegible()) return;
    if (part_.reads_from) {
      too_wide();
      too_deep();
    } else if (show_[show_[id_.contingent].procession].over.valid()) {
      for_nobody();
    }
  }

 private:
  Finding& add(Severity severity, const char* code, Phrase message) {
    Finding finding;
    finding.severity = severity;
    finding.code = code;
    finding.message = std::move(message);
    finding.span = part_.reads_from ? part_.reads_from->span : part_.formation_span;
    finding.who = {show_[id_.contingent].name};
    return findings_.emplace_back(std::move(finding));
  }

  [[nodiscard]] Phrase figure() const {
    return phrase("the figure '{}' of {}", name_of(show_, id_), show_[id_.contingent].name);
  }

  void too_close() {
    const double separation_m = show_[part_.kind].separation_m;
    const double spacing_m = part_.formation.spacing_m;
    if (spacing_m >= separation_m - kAlike_m) return;
    Finding& finding = add(
        Severity::error, "figure.too-close",
        phrase("{} has slots {:.4g} m apart, and {} must keep {:.4g} m: it cannot hold {} slots at "
               "this size",
               figure(), spacing_m, show_[part_.kind].name, separation_m, plan_.spots.size()));
    finding.span =
        part_.figure_spans.spacing.known() ? part_.figure_spans.spacing : part_.formation_span;
    formation::Spec wider = part_.formation;
    wider.spacing_m = separation_m;
    if (part_.figure_spans.spacing.known() && formation::layout(wider)) {
      finding.fix = Fix{phrase("{:.4g} m between slots", separation_m),
                        {{part_.figure_spans.spacing, fmt::format("{:.4g} m", separation_m)}}};
    }
  }

  bool illegible() {
    const formation::Spec& spec = part_.formation;
    const auto flat = spec.drawing.empty() ? formation::figure(spec.text, spec.count)
                                           : formation::figure(spec.drawing, spec.count);
    const legibility::Reading reading = measure_.read(flat->slots);
    own_mirrored_ = reading.mirrored;
    if (reading.reads()) return false;
    Phrase message = phrase("{} does not read with {} slots, from anywhere", figure(), spec.count);
    if (reading.margin() < legibility::kLeastMargin && !reading.rival_name.empty()) {
      message += phrase(": it might as well be '{}'", reading.rival_name);
    }
    const auto enough = slots_enough();
    message += enough ? phrase("; with {} it does", *enough)
                      : phrase("; a shorter text or a simpler drawing might");
    add(Severity::warning, "figure.illegible", std::move(message)).span = part_.formation_span;
    return true;
  }

  /// The fewest slots, more than its own, with which the flat drawing reads.
  [[nodiscard]] std::optional<int> slots_enough() const {
    const formation::Spec& spec = part_.formation;
    for (int n = spec.count + 1; n <= spec.count + kMoreSlots; ++n) {
      const auto flat = spec.drawing.empty() ? formation::figure(spec.text, n)
                                             : formation::figure(spec.drawing, n);
      if (!flat) return std::nullopt;
      const legibility::Measure measure(*flat, spec.drawing.empty() ? spec.text : "",
                                        legibility::Measure::Rivals::near);
      if (measure.reads(flat->slots)) return n;
    }
    return std::nullopt;
  }

  void too_wide() {
    const Eye eye = formation::from_head_line(*part_.formation.read_from, plan_.aim);
    if (picture_of(eye, plan_.spots)) return;
    const formation::Sight sight(eye, plan_.aim);
    double widest = 0;
    for (const Spot spot : plan_.spots) {
      const auto p = sight.picture(spot);
      if (p) widest = std::max(widest, 2 * std::atan(std::max(std::abs(p->x), std::abs(p->y))));
    }
    if (widest <= kWidest_rad) return;
    const double degrees = 180 / std::numbers::pi;
    add(Severity::warning, "figure.too-wide",
        phrase("{} is {:.0f} degrees wide to the eyes that it is placed for, more than the {:.0f} "
               "that are taken in at a glance: a higher flight, a smaller spacing or a place "
               "farther away ('before') mends it",
               figure(), widest * degrees, kWidest_rad * degrees));
  }

  void too_deep() {
    const double depth_m = size_of(plan_.spots).depth_m;
    const double flat_m = flat_height_m(show_, id_);
    if (depth_m <= kDeepest * flat_m * (1 + kAlike_m)) return;
    add(Severity::warning, "figure.too-deep",
        phrase(
            "{} is flown {:.0f} m deep, {:.1f} times as deep as it is high when it is drawn flat "
            "with the same spacing, because it is seen so low: a higher flight or a place nearer "
            "to it ('before') makes it shorter",
            figure(), depth_m, depth_m / flat_m));
  }

  void for_nobody() {
    const show::Area* largest = nullptr;
    Seen best;
    for (const show::Area& area : show_.site.areas) {
      if (area.use != show::AreaUse::stand) continue;
      const Seen seen = seen_from(show_, id_, measure_, plan_.spots, area);
      if (seen.reads) return;
      best.upside_down = std::max(best.upside_down, seen.upside_down);
      if (largest == nullptr || area.capacity.value_or(0) > largest->capacity.value_or(0)) {
        largest = &area;
      }
    }
    if (largest == nullptr) return;
    const char* code = "figure.reads-from-nowhere";
    Phrase said = phrase("{} reads from the middle of no stand", figure());
    // Whatever is laid out as it looks from above has the other hand from below, however turned.
    if (own_mirrored_ < kItself) {
      code = "figure.mirrored";
      said = phrase(
          "{} is seen mirrored from the stands, because it is laid out as it looks from above",
          figure());
    } else if (best.upside_down >= kClearly) {
      code = "figure.upside-down";
      said = phrase("{} is seen upside down from the stands", figure());
    }
    Finding& finding = add(Severity::warning, code, std::move(said));
    finding.fix = reads_from(*largest);
    if (finding.fix) finding.message += phrase("; 'reads from' places it for a stand");
  }

  /// The first distance at which it is neither too wide nor too deep, or else not too wide:
  /// `defilada figure --best` looks for the best.
  [[nodiscard]] std::optional<Fix> reads_from(const show::Area& stand) const {
    std::optional<Fix> deep;
    Choice choice;
    choice.stand = {static_cast<std::uint32_t>(&stand - show_.site.areas.data())};
    choice.at = show_[show_[id_.contingent].procession].over;
    choice.height_m = height_m(show_, id_);
    choice.spacing_m = part_.formation.spacing_m;
    for (const double heights : kDistances) {
      choice.before_m = std::round(heights * choice.height_m / 10) * 10;
      const auto changed = with_choice(show_, id_, choice);
      if (!changed) continue;
      const Plan plan = plan_of(*changed, id_);
      const formation::Spec& spec = part_of(*changed, id_).formation;
      if (!picture_of(formation::from_head_line(*spec.read_from, plan.aim), plan.spots)) continue;
      if (size_of(plan.spots).depth_m <= kDeepest * flat_height_m(*changed, id_)) {
        return fix_of(show_, id_, choice);
      }
      if (!deep) deep = fix_of(show_, id_, choice);
    }
    return deep;
  }

  const show::Show& show_;
  FigureId id_;
  const show::Part& part_;
  legibility::Measure measure_;
  Plan plan_;
  double own_mirrored_ = 0;  // correlation of the flat figure with its mirror image
  std::vector<Finding>& findings_;
};

}  // namespace

std::vector<Finding> find_faults(const show::Show& show) {
  std::vector<Finding> findings;
  const bool watched =
      std::any_of(show.site.areas.begin(), show.site.areas.end(),
                  [](const show::Area& area) { return area.use == show::AreaUse::stand; });
  if (!watched) return findings;
  for (const FigureId id : figures_of(show)) Faults(show, id, findings).find();
  return findings;
}

}  // namespace defilada::figures
