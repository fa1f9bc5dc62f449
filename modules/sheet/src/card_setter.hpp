// SPDX-License-Identifier: MIT
#pragma once

#include "defilada/sheet/document.hpp"
#include "pages.hpp"
#include "typesetter.hpp"

namespace defilada::sheet {

/// Cards side by side in rows, each whole on its page. One that is taller than a page is set as
/// running text instead.
void flow_cards(const Cards& cards, Typesetter& setter, Flow& flow);

/// Height of the first row of cards, to be kept with the heading before it; 0 where it fits no
/// page.
[[nodiscard]] double first_row_height(const Cards& cards, Typesetter& setter, const Frame& frame);

/// A drawing at its size, or smaller where it would be wider or taller than asked, and its caption.
[[nodiscard]] Canvas set_figure(const Figure& figure, double width_pt, double height_most_pt,
                                Typesetter& setter);

}  // namespace defilada::sheet
