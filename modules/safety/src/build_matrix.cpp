// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "build.hpp"
#include "defilada/show/print.hpp"
#include "defilada/spectators/hand.hpp"

namespace defilada::safety {
namespace {

/// One cell of the matrix.
struct Box {
  std::vector<Phrase> stated;    ///< in the show file
  std::vector<Phrase> computed;  ///< by hand or by the run
  std::vector<Phrase> missing;   ///< what the show file says nothing of
};

/// Which of the three an emergency belongs to.
enum Column : std::size_t { kIngress, kCirculation, kEgress };

/// The matrix of design, information and management against ingress, circulation and egress.
/// Source: K. Still, "Introduction to Crowd Science" (2014), the DIM-ICE risk model. Each entry is
/// read off the show and the run; what they do not say is named as missing.
class Matrix {
 public:
  explicit Matrix(const Context& context)
      : context_(context),
        said_(context.said),
        safety_(context.show.site.safety),
        hand_(context.subject.hand) {}

  // ---- normal

  Box design_ingress() {
    Box box;
    box.stated.push_back(phrase("stops: {}; gates: {}, with lanes: {}", said_.stops.size(),
                                said_.gates.size(), hand_.lanes));
    if (hand_.lanes > 0) {
      box.computed.push_back(
          phrase("lanes needed by hand: {}; there are {}", hand_.lanes_needed, hand_.lanes));
    }
    const auto& gates = context_.ingress().gates;
    const auto longest = std::max_element(
        gates.begin(), gates.end(),
        [](const auto& a, const auto& b) { return a.longest_queue < b.longest_queue; });
    if (longest != gates.end()) {
      box.computed.push_back(
          phrase("longest queue: {} before '{}', at {}", context_.count(longest->longest_queue),
                 said_.gates[static_cast<std::size_t>(longest - gates.begin())].name,
                 context_.clock(longest->longest_queue_s)));
    }
    if (said_.gates.empty()) box.missing.push_back(phrase("gates: nobody is searched"));
    const auto placed =
        std::count_if(said_.gates.begin(), said_.gates.end(),
                      [](const show::Gate& gate) { return gate.queue || !gate.queues.empty(); });
    if (placed < static_cast<std::ptrdiff_t>(said_.gates.size())) {
      box.missing.push_back(phrase("where queues may form; gates without such a place: {}",
                                   static_cast<std::ptrdiff_t>(said_.gates.size()) - placed));
    }
    return box;
  }
  Box design_circulation() {
    Box box;
    box.stated.push_back(phrase("stands and areas: {}, with places: {}", said_.zones.size(),
                                context_.format.count(hand_.holding)));
    if (!said_.crossings.empty()) {
      box.stated.push_back(phrase("crossings: {}", said_.crossings.size()));
    }
    box.computed.push_back(
        phrase("densest on the ways: {:.2f} people per m², near '{}', at {}",
               context_.ingress().most_dense,
               spectators::nearest_name(context_.show, context_.ingress().most_dense_at),
               context_.clock(context_.ingress().most_dense_s)));
    amenities(box);
    return box;
  }
  Box design_egress() {
    Box box;
    double width_m = 0;
    for (const auto& each : hand_.exits) width_m += each.width_m;
    box.stated.push_back(
        phrase("exits: {}, {} wide together", said_.exits.size(), context_.format.length(width_m)));
    box.computed.push_back(phrase("get out by hand in {1}: {0}", context_.format.count(hand_.exit),
                                  context_.length(said_.limits.clear.seconds())));
    box.computed.push_back(last_out(context_.egress()));
    const bool shared = std::any_of(said_.exits.begin(), said_.exits.end(),
                                    [](const auto& exit) { return exit.share.has_value(); }) ||
                        std::any_of(said_.zones.begin(), said_.zones.end(),
                                    [](const auto& zone) { return !zone.leaves_by.empty(); });
    if (!shared) box.missing.push_back(phrase("who leaves by which exit: all take the nearest"));
    return box;
  }
  Box information_ingress() {
    Box box;
    box.stated.push_back(
        phrase("all at their places by {}", context_.format.clock(said_.seated_by)));
    const auto told = std::count_if(said_.zones.begin(), said_.zones.end(),
                                    [](const show::Zone& zone) { return !zone.by.empty(); });
    if (told > 0) {
      box.stated.push_back(
          phrase("stands and areas that name their gate: {} of {}", told, said_.zones.size()));
    }
    box.computed.push_back(phrase("at their places in time: {} of {}",
                                  context_.count(context_.ingress().seated_in_time),
                                  context_.count(context_.ingress().people)));
    box.missing.push_back(phrase("tickets, signs, and what people are told on their way"));
    return box;
  }
  Box information_circulation() {
    Box box;
    if (!said_.crossings.empty()) {
      box.stated.push_back(phrase("crossings open and shut by the programme's cues"));
    }
    box.missing.push_back(phrase("screens, loudspeakers, signs within the ground"));
    return box;
  }
  Box information_egress() {
    Box box;
    if (said_.leave && said_.leave->cue) {
      box.stated.push_back(phrase("people leave when '{}', at {}", said_.leave->cue->text,
                                  context_.clock(context_.egress().begin_s)));
    } else {
      box.stated.push_back(
          phrase("people leave from {}", context_.clock(context_.egress().begin_s)));
    }
    box.missing.push_back(phrase("what people are told about their way home"));
    return box;
  }
  Box management_ingress() {
    Box box;
    stewards(box);
    box.stated.push_back(
        phrase("nobody waits longer than {}", context_.length(said_.limits.wait.seconds())));
    double longest_s = 0;
    for (const auto& each : context_.ingress().gates) {
      longest_s = std::max(longest_s, each.longest_wait_s);
    }
    if (!said_.gates.empty()) {
      box.computed.push_back(phrase("longest wait: {}", context_.length(longest_s)));
    }
    box.missing.push_back(phrase("who may stop the inflow, and when"));
    return box;
  }
  Box management_circulation() {
    Box box;
    box.stated.push_back(phrase("at most {} people per m² for {}",
                                context_.format.decimal(said_.limits.density, 2),
                                context_.length(said_.limits.density_for.seconds())));
    lanes(box, context_.subject.phases.first(2));
    std::size_t spells = 0;
    for (const Phase& each : context_.subject.phases.first(2)) spells += each.spells.size();
    box.computed.push_back(spells == 0 ? phrase("that limit is kept everywhere")
                                       : phrase("places where that limit is broken: {}", spells));
    box.missing.push_back(phrase("where the stewards are"));
    return box;
  }
  Box management_egress() {
    Box box;
    box.stated.push_back(phrase("all get up within {}", context_.length(said_.get_up.seconds())));
    box.stated.push_back(
        phrase("all out within {}", context_.length(said_.limits.clear.seconds())));
    if (!said_.closings.empty()) {
      box.stated.push_back(phrase("closures at times: {}", said_.closings.size()));
    }
    box.missing.push_back(phrase("an order in which stands and areas leave"));
    return box;
  }

  // ---- in an emergency

  Box emergency_design(Column column) {
    Box box;
    each_emergency(column, [&](const show::Emergency& what, const Phase& phase) {
      std::string blocked;
      for (const auto id : what.blocked) blocked += (blocked.empty() ? "" : ", ") + said_[id].name;
      for (const auto id : what.blocked_gates) {
        blocked += (blocked.empty() ? "" : ", ") + said_[id].name;
      }
      box.stated.push_back(blocked.empty()
                               ? phrase("'{}' from {}; all exits are open", context_.name_of(what),
                                        context_.clock(phase.begin_s))
                               : phrase("'{}' from {}; blocked: {}", context_.name_of(what),
                                        context_.clock(phase.begin_s), blocked));
      box.computed.push_back(phrase(
          "by hand the exits that are left let out {} a minute",
          context_.format.count(std::llround(hand_.emergencies[phase.emergency].per_minute))));
      box.computed.push_back(last_out(phase));
    });
    nothing_stated(column, box);
    return box;
  }
  Box emergency_information(Column column) {
    Box box;
    each_emergency(column, [&](const show::Emergency& what, const Phase&) {
      box.stated.push_back(phrase("'{}': all have started within {}", context_.name_of(what),
                                  context_.length(what.react.seconds())));
    });
    if (!nothing_stated(column, box)) {
      box.missing.push_back(phrase("who calls it, by which words, and how it is heard"));
    }
    return box;
  }
  Box emergency_management(Column column) {
    Box box;
    std::vector<const Phase*> phases;
    each_emergency(column, [&](const show::Emergency& what, const Phase& phase) {
      box.stated.push_back(phrase("'{}': all out within {}", context_.name_of(what),
                                  context_.length(what.within->seconds())));
      const bool kept =
          phase.out == phase.people && phase.last_s - phase.begin_s <= what.within->seconds();
      box.computed.push_back(kept ? phrase("'{}': that is kept", context_.name_of(what))
                                  : phrase("'{}': that is not kept", context_.name_of(what)));
      phases.push_back(&phase);
    });
    if (!nothing_stated(column, box)) {
      for (const Phase* phase : phases) lanes(box, std::span(phase, 1));
      if (safety_.posts.empty()) {
        box.missing.push_back(phrase("first-aid posts"));
      } else {
        box.stated.push_back(phrase("first-aid posts: {}", safety_.posts.size()));
      }
      box.missing.push_back(phrase("who decides, and where people gather"));
    }
    return box;
  }

 private:
  [[nodiscard]] Column column_of(const Phase& emergency) const {
    if (emergency.begin_s < said_.seated_by.seconds()) return kIngress;
    return emergency.begin_s < context_.egress().begin_s ? kCirculation : kEgress;
  }
  template <typename Use>
  void each_emergency(Column column, const Use& use) {
    for (const Phase& phase : context_.emergencies()) {
      if (column_of(phase) == column) use(said_.emergencies[phase.emergency], phase);
    }
  }
  bool nothing_stated(Column column, Box& box) {
    bool any = false;
    each_emergency(column, [&](const auto&, const auto&) { any = true; });
    if (any) return false;
    box.missing.push_back(column == kIngress ? phrase("an emergency that begins while people come")
                          : column == kCirculation
                              ? phrase("an emergency that begins while all are at their places")
                              : phrase("an emergency that begins while people leave"));
    return true;
  }

  Phrase last_out(const Phase& phase) {
    return phase.out == phase.people
               ? phrase("simulated, the last one is out after {}",
                        context_.length(phase.last_s - phase.begin_s))
               : phrase("simulated, do not come out: {} of {}",
                        context_.count(phase.people - phase.out), context_.count(phase.people));
  }
  /// Toilets, water, food, first aid: how many there are, and the greatest load.
  void amenities(Box& box) {
    using What = show::Amenity::What;
    const auto state = [&](What what, const auto& sentence) {
      std::size_t count = 0;
      std::int64_t places = 0;
      for (const show::Amenity& each : said_.amenities) {
        if (each.what != what) continue;
        ++count;
        places += each.places;
      }
      if (count > 0) box.stated.push_back(sentence(count, context_.format.count(places)));
      return count > 0;
    };
    const bool toilets = state(What::toilets, [](auto count, auto places) {
      return phrase("toilets: {}, with places: {}", count, places);
    });
    const bool water = state(What::water, [](auto count, auto places) {
      return phrase("water: {}, with places: {}", count, places);
    });
    state(What::food, [](auto count, auto places) {
      return phrase("refreshments: {}, with places: {}", count, places);
    });
    state(What::first_aid, [](auto count, auto places) {
      return phrase("first aid: {}, with places: {}", count, places);
    });
    if (!toilets || !water) box.missing.push_back(phrase("toilets, water, refreshments"));
    if (context_.subject.circulation == nullptr) {
      if (!said_.amenities.empty()) box.missing.push_back(phrase("how many go there in an hour"));
      return;
    }
    const spectators::Circulation& it = *context_.subject.circulation;
    box.stated.push_back(
        phrase("people who leave their places in an hour: {}",
               context_.format.count(
                   std::llround(said_.circulation->an_hour * static_cast<double>(said_.people)))));
    box.computed.push_back(phrase("away from their places: {} at most, at {}",
                                  context_.count(it.most_away), context_.clock(it.most_away_s)));
    const auto& all = it.amenities;
    const auto longest = std::max_element(all.begin(), all.end(), [](const auto& a, const auto& b) {
      return a.longest_queue < b.longest_queue;
    });
    if (longest == all.end()) return;
    box.computed.push_back(
        phrase("longest queue: {} before '{}', at {}", context_.count(longest->longest_queue),
               said_.amenities[static_cast<std::size_t>(longest - all.begin())].name,
               context_.clock(longest->longest_queue_s)));
    double wait_s = 0;
    for (const auto& each : all) wait_s = std::max(wait_s, each.longest_wait_s);
    box.computed.push_back(phrase("longest wait: {}", context_.length(wait_s)));
  }
  void stewards(Box& box) {
    if (said_.stewards > 0) {
      box.stated.push_back(phrase("stewards: {}, one for every {}",
                                  context_.format.count(said_.stewards),
                                  context_.format.count(said_.people / said_.stewards)));
    } else {
      box.missing.push_back(phrase("stewards"));
    }
  }
  void lanes(Box& box, std::span<const Phase> phases) {
    if (safety_.lanes.empty()) {
      box.missing.push_back(phrase("emergency lanes"));
      return;
    }
    box.stated.push_back(phrase("emergency lanes: {}", safety_.lanes.size()));
    double blocked_s = 0;
    for (const Phase& each : phases) {
      for (const auto& lane : each.lanes) blocked_s = std::max(blocked_s, lane.blocked_s);
    }
    box.computed.push_back(
        blocked_s > 0 ? phrase("people stand on one of them for {}", context_.length(blocked_s))
                      : phrase("nobody stands on them"));
  }

  const Context& context_;
  const show::Spectators& said_;
  const show::Safety& safety_;
  const spectators::Hand& hand_;
};

Rich text_of(const Context& context, const Box& box) {
  Rich text;
  const auto part = [&](const Phrase& title, const std::vector<Phrase>& entries,
                        Emphasis emphasis) {
    if (entries.empty()) return;
    text.line().add(context.say(title), emphasis);
    for (const Phrase& each : entries) text.line().add("– " + context.say(each));
  };
  part(phrase("stated"), box.stated, Emphasis::strong);
  part(phrase("computed"), box.computed, Emphasis::strong);
  part(phrase("not stated"), box.missing, Emphasis::alarm);
  return text;
}

Table table_of(const Context& context, const Phrase& label,
               const std::array<std::array<Box, 3>, 3>& boxes) {
  Table table{.label = context.say(label),
              .columns = {{.heading = ""},
                          {.heading = context.say(phrase("Ingress")), .flex = 1},
                          {.heading = context.say(phrase("Circulation")), .flex = 1},
                          {.heading = context.say(phrase("Egress")), .flex = 1}},
              .compact = true};
  const std::array names{phrase("Design"), phrase("Information"), phrase("Management")};
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    Row row;
    row.cells.push_back({Rich(context.say(names[i]), Emphasis::strong)});
    for (const Box& each : boxes[i]) row.cells.push_back({text_of(context, each)});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Section build_matrix(const Context& context) {
  Section section{.id = "matrix",
                  .title = context.say(phrase("The matrix: design, information, management")),
                  .landscape = true};
  Matrix matrix(context);
  section.blocks.emplace_back(Paragraph{
      .kind = Paragraph::Kind::note,
      .text = Rich(context.say(
          phrase("What is stated stands in the show file; what is computed comes from the hand "
                 "arithmetic and from the simulated day; what is not stated nobody has put into "
                 "the show file, and it is left open here for the advisory group.")))});
  section.blocks.emplace_back(sheet::Heading{"matrix-normal", context.say(phrase("Normal"))});
  section.blocks.emplace_back(
      table_of(context, phrase("Normal"),
               {{{matrix.design_ingress(), matrix.design_circulation(), matrix.design_egress()},
                 {matrix.information_ingress(), matrix.information_circulation(),
                  matrix.information_egress()},
                 {matrix.management_ingress(), matrix.management_circulation(),
                  matrix.management_egress()}}}));
  return section;
}

Section build_emergency_matrix(const Context& context) {
  Section section{.id = "matrix-emergency",
                  .title = context.say(phrase("The matrix in an emergency")),
                  .landscape = true,
                  .new_page = true};
  Matrix matrix(context);
  std::array<std::array<Box, 3>, 3> emergency;
  for (const Column column : {kIngress, kCirculation, kEgress}) {
    emergency[0][column] = matrix.emergency_design(column);
    emergency[1][column] = matrix.emergency_information(column);
    emergency[2][column] = matrix.emergency_management(column);
  }
  section.blocks.emplace_back(table_of(context, phrase("In an emergency"), emergency));
  return section;
}

}  // namespace defilada::safety
