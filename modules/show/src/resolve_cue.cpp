// SPDX-License-Identifier: MIT
// Cues: whether what a cue names goes together.

#include "resolver.hpp"

namespace defilada::show {
namespace {

using What = CueRef::What;

class Fit {
 public:
  Fit(Resolver& resolver, const View& view, CueReading& reading)
      : r_(resolver), view_(view), reading_(reading), cue_(reading.ref) {}

  /// Whether the passage can happen; reports why not.
  bool holds() {
    if (cue_.what == What::item_starts || cue_.what == What::item_ends) return true;
    if (!cue_.contingent.valid()) return false;  // of an order that could not be read
    if (cue_.what == What::abeam) return meets();
    if (cue_.what == What::evolution_starts || cue_.what == What::evolution_ends) return drills();
    return moves() && verb() && rank() && place();
  }

 private:
  [[nodiscard]] const Contingent& contingent() const { return r_.show[cue_.contingent]; }
  [[nodiscard]] const Line& line() const {
    return r_.order_lines[r_.line_of_contingent[cue_.contingent.value]];
  }

  void report(std::string code, TextRange range, Phrase message, Phrase expected,
              std::string suggestion, Phrase note) {
    r_.error(std::move(code), r_.inside(view_, range), std::move(message), std::move(expected),
             std::move(suggestion))
        .notes.push_back({std::move(note), contingent().span});
  }

  /// Which evolution of its drill is meant.
  bool drills() {
    const std::vector<Evolution>& drill = contingent().drill;
    std::vector<std::size_t> these;
    for (std::size_t i = 0; i < drill.size(); ++i) {
      if (drill[i].what == reading_.evolution) these.push_back(i);
    }
    if (these.size() > (cue_.again ? 1U : 0U)) {
      cue_.evolution = cue_.again ? these.back() : these.front();
      return true;
    }
    report("show.cue-drill", reading_.verb,
           cue_.again ? phrase("the drill of {} has no second '{}'", in_quotes(contingent().name),
                               to_string(reading_.evolution))
                      : phrase("the drill of {} has no '{}'", in_quotes(contingent().name),
                               to_string(reading_.evolution)),
           phrase("'drill: [{{{}: …}}]' of it or of its march", to_string(reading_.evolution)), {},
           phrase("it is defined here"));
    return false;
  }

  /// A drive passes those whom its review names.
  bool meets() {
    if (!cue_.passed.valid()) return false;
    const ProcessionId drive = contingent().procession;
    const ProcessionId past = r_.show[cue_.passed].procession;
    if (drive.valid() && past.valid()) {
      for (const ItemId id : r_.items_of_procession[drive.value]) {
        for (const View& each : r_.item_views[id.value]["review"]["past"].each()) {
          const Name* name = r_.names.find(each.text().value_or(""));
          if (name != nullptr && name->what == Named::procession && name->index == past.value) {
            return true;
          }
        }
      }
    }
    report("show.cue-passes", reading_.verb,
           phrase("no review of the programme drives {} past {}", in_quotes(contingent().name),
                  in_quotes(r_.show[cue_.passed].name)),
           phrase("an item 'review: {{drive: …, past: […]}}' with both"), {},
           phrase("it is defined here"));
    return false;
  }

  bool moves() {
    if (contingent().procession.valid()) return true;
    report("show.cue-in-place", reading_.subject,
           phrase("{} performs in place and comes to no station", in_quotes(contingent().name)),
           phrase("a contingent of a march or flypast"), {}, phrase("it stands here"));
    return false;
  }

  bool verb() {
    if (cue_.passes != CueRef::Passes::over || r_.show[contingent().procession].air) return true;
    report("show.cue-verb", reading_.verb,
           phrase("only aircraft are over a station, and {} marches", in_quotes(contingent().name)),
           phrase("crosses or clears"), "crosses", phrase("it is in this order of march"));
    return false;
  }

  bool rank() {
    if (cue_.what != What::rank || !line().sound || cue_.rank <= line().ranks) return true;
    report("show.cue-rank", reading_.rank,
           line().ranks == 1 ? phrase("{} has 1 rank", in_quotes(contingent().name))
                             : phrase("the ranks of {} go from 1 to {}",
                                      in_quotes(contingent().name), line().ranks),
           phrase("a number from 1 to {}", line().ranks), {}, phrase("it is defined here"));
    return false;
  }

  bool place() {
    const ProcessionId procession = contingent().procession;
    if (!r_.courses[procession.value].sound || !r_.station_is_sound[cue_.station.value]) {
      return true;  // reported where it is defined
    }
    const RouteId route = r_.show[procession].route;
    const Span span = r_.inside(view_, reading_.station);
    if (const auto& joins = contingent().joins; joins && r_.arc_length(cue_.station, joins->from)) {
      return !head_begins_behind(*r_.arc_length(cue_.station, joins->from), joins->from, span);
    }
    const auto s_m = r_.arc_length(cue_.station, route);
    if (!s_m) {
      r_.report_off_route(span, cue_.station, route);
      return false;
    }
    if (r_.is_beyond_end(*s_m, procession)) {
      r_.report_beyond_end(span, cue_.station, procession);
      return false;
    }
    return !head_begins_behind(*s_m, route, span);
  }

  /// A head that joins the route further on does not cross what lies before.
  bool head_begins_behind(double s_m, RouteId route, Span span) {
    if (cue_.what != What::head) return false;
    const auto& joins = contingent().joins;
    const auto begin =
        joins && route != joins->from ? std::optional(joins->station) : contingent().starts;
    if (!begin) return false;
    const auto begin_m = r_.arc_length(*begin, route);
    if (!begin_m || s_m >= *begin_m - 1e-3) return false;
    r_.error("show.before-begin", span,
             phrase("{} joins the route at {}, {:.0f} m behind {}", in_quotes(contingent().name),
                    in_quotes(r_.show[*begin].name), *begin_m - s_m,
                    in_quotes(r_.show[cue_.station].name)));
    return true;
  }

  Resolver& r_;
  const View& view_;
  const CueReading& reading_;
  CueRef& cue_;
};

}  // namespace

std::optional<CueRef> Resolver::cue(const View& view, What bare) {
  const auto text = view.text();
  if (!text) return std::nullopt;
  CueParse parse = parse_cue(*text, bare, {names, show, items_of_procession});
  if (!parse.faults.empty() && names_taken(view)) return std::nullopt;
  for (CueFault& fault : parse.faults) {
    Diagnostic& told =
        error(std::move(fault.code), inside(view, fault.where), std::move(fault.message),
              std::move(fault.expected), std::move(fault.suggestion));
    told.notes = std::move(fault.notes);
  }
  if (!parse.faults.empty() || !Fit(*this, view, parse.readings.front()).holds()) {
    return std::nullopt;
  }
  CueRef cue = parse.readings.front().ref;
  cue.span = view.scalar_span();
  cue.text = collapsed(*text);
  return cue;
}

}  // namespace defilada::show
