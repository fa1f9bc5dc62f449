// SPDX-License-Identifier: MIT
#include "studio/preview.hpp"

#include <cstdint>

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/draw_figure_view.hpp"
#include "defilada/drawing/draw_formation.hpp"
#include "defilada/drawing/render.hpp"
#include "defilada/figures/report.hpp"

namespace defilada::app::studio {
namespace {

constexpr double kWidth_mm = 96;
constexpr double kFormation_mm = 80;
constexpr double kFigure_mm = 62;

}  // namespace

std::optional<std::string> formation_preview(std::string_view contingent, const Outcome& outcome,
                                             const std::string& language) {
  if (!outcome.has_plan()) return std::nullopt;
  const show::Show& show = *outcome.work.show;
  const drawing::Context context(show, outcome.work.plan, language);
  for (std::uint32_t c = 0; c < show.contingents.size(); ++c) {
    if (show.contingents[c].name != contingent) continue;
    return drawing::svg_file(drawing::draw_formation(context, {c}, kWidth_mm, kFormation_mm));
  }
  return std::nullopt;
}

std::optional<std::string> figure_preview(std::string_view contingent,
                                          std::optional<std::size_t> stand, const Outcome& outcome,
                                          const std::string& language) {
  if (!outcome.has_plan() || !outcome.work.plan.feasible) return std::nullopt;
  const show::Show& show = *outcome.work.show;
  const drawing::Context context(show, outcome.work.plan, language);
  for (const figures::FigureId id : figures::figures_of(show)) {
    const plan::ContingentPlan* timed = context.plan_of(id.contingent);
    if (show[id.contingent].name != contingent || timed == nullptr || !timed->over_target) continue;
    const figures::Report report =
        figures::glance(show, outcome.work.plan.tracks, id, *timed->over_target);
    const auto from = stand ? stand : drawing::main_stand(context, report);
    if (!report.moment || !from || *from >= report.stands.size()) continue;
    const auto view = drawing::draw_figure_view(context, report, *from, kWidth_mm, kFigure_mm);
    if (view) return drawing::svg_file(view->drawing);
  }
  return std::nullopt;
}

}  // namespace defilada::app::studio
