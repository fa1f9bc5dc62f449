// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "context.hpp"
#include "defilada/sheet/document.hpp"

/// One builder for each section of the run sheet. Pure: a section depends on the context only.
namespace defilada::sheet {

/// Width of figures, mm: fits between the margins of A4 and Letter, upright and turned.
inline constexpr double kPortraitWidth = 178;
inline constexpr double kLandscapeWidth = 246;
inline constexpr double kLandscapeHeight = 148;

[[nodiscard]] Section build_cover(const Context& context);
[[nodiscard]] Section build_conflicts(const Context& context);
[[nodiscard]] Section build_programme(const Context& context);
[[nodiscard]] Section build_order(const Context& context);
[[nodiscard]] Section build_cards(const Context& context);
/// nullopt from here on: there is nothing to say.
[[nodiscard]] std::optional<Section> build_guests(const Context& context);
[[nodiscard]] std::optional<Section> build_flight_cards(const Context& context);
[[nodiscard]] std::optional<Section> build_flypasts(const Context& context);
[[nodiscard]] std::vector<Section> build_diagrams(const Context& context);
[[nodiscard]] std::optional<Section> build_nearness(const Context& context);
[[nodiscard]] std::optional<Section> build_variants(const Context& context);
[[nodiscard]] std::optional<Section> build_findings(const Context& context);
[[nodiscard]] std::optional<Section> build_published(const Context& context);
[[nodiscard]] std::optional<Section> build_provenance(const Context& context);

/// What somebody says, or is reported, with its source; `before` stands in front.
[[nodiscard]] Paragraph statement_block(const Context& context, const show::Statement& statement,
                                        Rich before);

/// The whole sheet. An infeasible programme comes first and takes the place of everything with
/// times.
[[nodiscard]] Document build_document(const Context& context);

}  // namespace defilada::sheet
