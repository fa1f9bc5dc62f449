// SPDX-License-Identifier: MIT
#pragma once

#include "defilada/core/source.hpp"
#include "defilada/drawing/context.hpp"
#include "defilada/drawing/draw_formation.hpp"
#include "defilada/drawing/draw_map.hpp"
#include "defilada/drawing/draw_time_distance.hpp"
#include "defilada/sheet/document.hpp"
#include "defilada/sheet/run_sheet.hpp"

namespace defilada::sheet {

// What the sheet says and shows in the words of the module below.
using drawing::Anchor;
using drawing::Box;
using drawing::ClipTo;
using drawing::Dash;
using drawing::Discs;
using drawing::fit_text;
using drawing::Format;
using drawing::Label;
using drawing::Map;
using drawing::MapRequest;
using drawing::MapView;
using drawing::Msg;
using drawing::Path;
using drawing::PlacedPart;
using drawing::Point;
using drawing::RouteGroup;
using drawing::Shape;
using drawing::Style;
using drawing::Tally;
using drawing::TimeDistance;
using drawing::Words;

/// What drawings ask of show and plan, and places in files besides. All references must outlive it.
class Context : public drawing::Context {
 public:
  Context(const show::Show& the_show, const plan::Plan& the_plan, const Sources& the_sources,
          const SheetOptions& options)
      : drawing::Context(the_show, the_plan, options.language),
        sources(the_sources),
        variants(options.variants),
        nearness(options.nearness) {}

  const Sources& sources;
  const std::vector<comparison::VariantOutcome>* variants;  ///< none: no page of them
  const std::vector<plan::Nearness>& nearness;              ///< empty: no page of them

  /// "show.yaml:12:7"; empty where the place is not known.
  [[nodiscard]] Rich where(Span span) const {
    return span.known() ? Rich(sources.where(span), Emphasis::code) : Rich();
  }
  /// Without folder and column, among much else: "show.yaml:142".
  [[nodiscard]] Rich line_of(Span span) const {
    if (!span.known()) return {};
    std::string where = sources.where(span);
    where.resize(where.rfind(':'));
    return Rich(where.substr(where.rfind('/') + 1), Emphasis::small);
  }
};

}  // namespace defilada::sheet
