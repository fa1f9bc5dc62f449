// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/drawing.hpp"
#include "defilada/figures/report.hpp"

/// A figure as spectators see it.
namespace defilada::drawing {

struct FigureView {
  Drawing drawing;
  std::string caption;  ///< when, from where, which way, how high
};

/// The sky as it is seen from the middle of a stand at the moment of the report: each aircraft in
/// perspective, as it lies over these eyes; degrees above the horizon at the side, and a bar of 10
/// degrees, which is a fist at arm's length. Bodies too small to print are drawn larger and the
/// caption says so. Dots that an eye joins are joined by dotted lines. Nothing where the figure is
/// too low or too wide to be taken in from there (figures::picture_of). Requires report.moment.
///
/// Law (tested): the middles of the bodies are the picture of figures::picture_of(), shifted and
/// scaled alike in x and y.
[[nodiscard]] std::optional<FigureView> draw_figure_view(const Context& context,
                                                         const figures::Report& report,
                                                         std::size_t stand, double width_mm,
                                                         double height_mm);

/// The stand for which a figure is best drawn: the one that it is placed for; else, or where it is
/// placed for a point, the one with most spectators. Nothing without stands.
[[nodiscard]] std::optional<std::size_t> main_stand(const Context& context,
                                                    const figures::Report& report);

/// The view of each figure of a flypast from its main stand, in the order of its contingents. Left
/// out: a figure that is never whole over its place, or not to be taken in from there.
[[nodiscard]] std::vector<FigureView> draw_figure_views(const Context& context,
                                                        show::ProcessionId flypast, double width_mm,
                                                        double height_mm);

}  // namespace defilada::drawing
