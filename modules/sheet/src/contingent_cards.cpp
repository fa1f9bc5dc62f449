// SPDX-License-Identifier: MIT
#include "defilada/sheet/contingent_cards.hpp"

#include "build.hpp"
#include "defilada/sheet/render.hpp"
#include "front.hpp"

namespace defilada::sheet {
namespace {

Document cards_document(const Context& context) {
  Document document = front_of(context, Msg::cards);
  document.sections.push_back(build_cards(context));
  document.sections.front().new_page = false;
  if (auto flights = build_flight_cards(context)) document.sections.push_back(std::move(*flights));
  return document;
}

}  // namespace

std::string contingent_cards_html(const show::Show& show, const plan::Plan& plan,
                                  const Sources& sources, const SheetOptions& options) {
  return render_html(cards_document(Context(show, plan, sources, options)));
}

Result<std::string> contingent_cards_pdf(const show::Show& show, const plan::Plan& plan,
                                         const Sources& sources, const SheetOptions& options) {
  return render_pdf(cards_document(Context(show, plan, sources, options)), options.paper);
}

}  // namespace defilada::sheet
