// SPDX-License-Identifier: MIT
// Section `published`: figures to hold the plan against.

#include <algorithm>
#include <array>
#include <set>

#include "defilada/core/suggest.hpp"
#include "resolver.hpp"

namespace defilada::show {
namespace {

using What = CueRef::What;

constexpr std::array<std::string_view, 9> kCounts{"contingents", "people",   "movers",
                                                  "mounted",     "vehicles", "aeroplanes",
                                                  "helicopters", "drones",   "spectators"};
constexpr std::string_view kOfProcession = "contingents in ";

/// What can be counted: the fixed words, and every role that somebody of the show has.
std::vector<std::string> countable(const Show& show) {
  std::set<std::string> roles;
  for (const Contingent& contingent : show.contingents) {
    for (const Part& part : contingent.parts) {
      if (!part.kind.valid()) continue;
      roles.insert(part.role.empty() ? show[part.kind].role : part.role);
    }
  }
  std::vector<std::string> all(kCounts.begin(), kCounts.end());
  all.insert(all.end(), roles.begin(), roles.end());
  if (show.guests) all.insert(all.end(), {"guests", "delegations"});
  return all;
}

class FigureResolver {
 public:
  FigureResolver(Resolver& resolver, const NamedView& named, const std::vector<std::string>& counts)
      : r_(resolver), view_(named.value), counts_(counts) {
    figure_.name = collapsed(named.name);
    figure_.span = Resolver::statement(named.name_span, view_);
  }

  void resolve() {
    const auto is = view_["is"].word();
    figure_.is = is == "identity"     ? Published::Is::identity
                 : is == "calibrated" ? Published::Is::calibrated
                                      : Published::Is::predicted;
    figure_.source = Resolver::text(view_["source"]);
    const bool sound = view_["from"].given()    ? length()
                       : view_["cue"].given()   ? clock()
                       : view_["count"].given() ? count()
                                                : false;
    if (sound) r_.show.published.push_back(std::move(figure_));
  }

 private:
  bool length() {
    figure_.from = r_.cue(view_["from"], What::item_starts);
    figure_.to = r_.cue(view_["to"], What::item_starts);
    const auto value = r_.duration(view_["value"]);
    if (value) figure_.value = value->seconds();
    return tolerance() && value && figure_.from && figure_.to;
  }

  bool clock() {
    figure_.from = r_.cue(view_["cue"], What::item_starts);
    const auto value = r_.clock_time(view_["value"]);
    if (value) figure_.value = value->seconds();
    return tolerance() && value && figure_.from;
  }

  bool tolerance() {
    if (!view_["within"].given()) return true;
    const auto within = r_.duration(view_["within"]);
    if (within) figure_.within = within->seconds();
    return within.has_value();
  }

  bool count() {
    figure_.count = collapsed(Resolver::text(view_["count"]));
    figure_.at_least = view_["at least"].given();
    const auto value = r_.count(figure_.at_least ? view_["at least"] : view_["value"]);
    const auto within = r_.count(view_["within"]);
    figure_.value = static_cast<double>(value.value_or(0));
    figure_.within = static_cast<double>(within.value_or(0));
    return can_be_counted() && value;
  }

  bool can_be_counted() {
    const View view = view_["count"];
    if (figure_.count.starts_with(kOfProcession)) {
      const std::string procession = figure_.count.substr(kOfProcession.size());
      const Name* name = r_.names.find(procession);
      if (name != nullptr && name->what == Named::procession) return true;
      r_.error("show.unknown-name", view.scalar_span(),
               phrase("there is no march or flypast {}", in_quotes(procession)), {},
               r_.names.nearest(procession, {Named::procession}));
      return false;
    }
    if (std::find(counts_.begin(), counts_.end(), figure_.count) != counts_.end()) return true;
    std::string near = nearest(figure_.count, counts_);
    std::vector<Phrase> counts;
    for (const std::string& each : counts_) counts.push_back(Phrase::verbatim(each));
    Phrase expected;
    if (near.empty()) {
      expected = phrase("one of: {}, or 'contingents in PROCESSION'", Phrase::joined(counts, ", "));
    }
    r_.error("show.unknown-count", view.scalar_span(),
             phrase("nothing is counted as {}", in_quotes(figure_.count)), std::move(expected),
             std::move(near));
    return false;
  }

  Resolver& r_;
  View view_;
  const std::vector<std::string>& counts_;
  Published figure_;
};

}  // namespace

void resolve_published(Resolver& r) {
  const auto figures = r.root["published"].named();
  if (figures.empty()) return;
  const std::vector<std::string> counts = countable(r.show);
  for (const NamedView& each : figures) FigureResolver(r, each, counts).resolve();
}

}  // namespace defilada::show
