// SPDX-License-Identifier: MIT
#include "build.hpp"
#include "draw_ground.hpp"

namespace defilada::safety {
namespace {

class Key {
 public:
  explicit Key(const Context& context) : context_(context) {
    table_.label = context.say(phrase("Short names on the plans"));
    table_.columns = {{.heading = ""},
                      {.heading = context.say(phrase("name")), .flex = 2},
                      {.heading = context.say(phrase("what is stated of it")), .flex = 3}};
    table_.compact = true;
  }

  Table make() {
    stops();
    gates();
    zones();
    crossings();
    exits();
    amenities();
    lanes();
    return std::move(table_);
  }

 private:
  void group(const Phrase& title) {
    table_.rows.push_back({.kind = Row::Kind::group, .cells = {{Rich(context_.say(title))}}});
  }
  void row(char letter, std::size_t index, const std::string& name, const std::string& stated) {
    table_.rows.push_back({.cells = {{Rich(Context::code(letter, index), Emphasis::strong)},
                                     {Rich(name)},
                                     {Rich(stated)}}});
  }

  void stops() {
    if (context_.said.stops.empty()) return;
    group(phrase("Stops: where people come from"));
    for (std::size_t i = 0; i < context_.said.stops.size(); ++i) {
      const show::Stop& stop = context_.said.stops[i];
      row('S', i, stop.name,
          context_.say(phrase("{} of the spectators, {} to {}", context_.format.count(stop.people),
                              context_.format.clock(stop.arrivals.front().from),
                              context_.format.clock(stop.arrivals.back().to))));
    }
  }
  void gates() {
    if (context_.said.gates.empty()) return;
    group(phrase("Gates"));
    for (std::size_t i = 0; i < context_.said.gates.size(); ++i) {
      const show::Gate& gate = context_.said.gates[i];
      row('G', i, gate.name,
          gate.service.us > 0 ? context_.say(phrase("lanes: {}, each {:.0f} an hour", gate.lanes,
                                                    3600 / gate.service.seconds()))
                              : context_.say(phrase("nobody is searched")));
    }
  }
  void zones() {
    group(phrase("Stands and areas"));
    for (std::size_t i = 0; i < context_.said.zones.size(); ++i) {
      const show::Zone& zone = context_.said.zones[i];
      const auto capacity = context_.show[zone.area].capacity;
      row('Z', i, context_.name_of(zone),
          capacity ? context_.say(phrase("spectators: {}, places: {}",
                                         context_.format.count(zone.people),
                                         context_.format.count(*capacity)))
                   : context_.say(phrase("spectators: {}", context_.format.count(zone.people))));
    }
  }
  void crossings() {
    if (context_.said.crossings.empty()) return;
    group(phrase("Crossings, shut but for their times"));
    for (std::size_t i = 0; i < context_.said.crossings.size(); ++i) {
      const show::Crossing& crossing = context_.said.crossings[i];
      row('C', i, crossing.name, opening(i));
    }
  }
  /// The rest of the periods in which it is shut.
  [[nodiscard]] std::string opening(std::size_t crossing) const {
    std::string text;
    double open_s = -1e18;
    for (const spectators::DayPeriod& shut : context_.subject.scene.closure_shut[crossing]) {
      if (shut.from_s > open_s && std::isfinite(shut.from_s)) add_period(open_s, shut.from_s, text);
      open_s = shut.to_s;
    }
    if (std::isfinite(open_s)) add_period(open_s, 1e18, text);
    if (!context_.said.emergencies.empty()) {
      text += (text.empty() ? "" : "; ") +
              context_.say(phrase("in an emergency open to those who flee"));
    }
    return text;
  }
  void add_period(double from_s, double to_s, std::string& text) const {
    if (!text.empty()) text += ", ";
    if (to_s > 1e17) {
      text += context_.say(phrase("open from {}", context_.clock(from_s)));
    } else if (from_s < -1e17) {
      text += context_.say(phrase("open until {}", context_.clock(to_s)));
    } else {
      text +=
          context_.say(phrase("open from {} to {}", context_.clock(from_s), context_.clock(to_s)));
    }
  }
  void exits() {
    group(phrase("Exits"));
    for (std::size_t i = 0; i < context_.said.exits.size(); ++i) {
      const spectators::HandExit& exit = context_.subject.hand.exits[i];
      row('E', i, context_.said.exits[i].name,
          context_.say(phrase("{} wide, {:.0f} a minute by hand",
                              context_.format.length(exit.width_m), exit.per_minute)));
    }
  }
  void amenities() {
    if (context_.said.amenities.empty()) return;
    group(phrase("Toilets, water, refreshments, first aid"));
    for (std::size_t i = 0; i < context_.said.amenities.size(); ++i) {
      const show::Amenity& each = context_.said.amenities[i];
      row('A', i, each.name,
          context_.say(phrase("places: {}, each for {}", context_.format.count(each.places),
                              context_.length(each.visit.seconds()))));
    }
  }
  void lanes() {
    const auto& lanes = context_.show.site.safety.lanes;
    if (lanes.empty()) return;
    group(phrase("Emergency lanes"));
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      row('L', i, lanes[i].name,
          context_.say(phrase("{} wide", context_.format.length(lanes[i].width_m))));
    }
  }

  const Context& context_;
  Table table_;
};

}  // namespace

Section build_plan(const Context& context) {
  Section section{.id = "plan", .title = context.say(phrase("The ground")), .new_page = true};
  const bool tall = aspect_of(context) > 0.9;
  drawing::Drawing map = draw_ground(context, nullptr, Layer::none, true, "ground",
                                     tall ? 110 : kWidth, tall ? 205 : 150);
  map.title = context.say(phrase("The ground of the spectators"));
  map.description = context.say(
      phrase("Where spectators walk. Gates: {}, stands and areas: {}, exits: {}.",
             context.said.gates.size(), context.said.zones.size(), context.said.exits.size()));
  // Whoever reads another language may take the names of the file for words left untranslated.
  const std::string names =
      context.words.language() == "en" || context.show.names.contains(context.words.language())
          ? ""
          : " " + context.say(phrase("Places bear the names that the show file gives them."));
  section.blocks.emplace_back(
      Figure{std::move(map),
             Rich(context.say(phrase("S stops, G gates, Z stands and areas, C crossings, E exits, "
                                     "A toilets, water, refreshments, first aid, L emergency lanes "
                                     "(dashed); fences are black, dotted where "
                                     "people pass in one direction; dashed lines before gates "
                                     "are queues.")) +
                      names,
                  Emphasis::small)});
  section.blocks.emplace_back(Key(context).make());
  return section;
}

}  // namespace defilada::safety
