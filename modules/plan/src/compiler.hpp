// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "compile.hpp"

namespace defilada::plan {

using programme::CueId;
using programme::StatementId;

/// "09:44:30", with milliseconds only when there are any.
[[nodiscard]] std::string clock_text(const show::Show& show, Time time);

/// Builds the network of a show: see compile.hpp. Order and gaps are in compile_order.cpp, items
/// and rules in compile_items.cpp, what both use in compile.cpp.
class Compiler {
 public:
  Compiler(const show::Show& show, const movement::Motions& motions, const guests::Day& day)
      : show_(show), motions_(motions), guests_(day) {}
  Compiled run();

 private:
  // building blocks
  StatementId tell(Told told);
  CueId add_cue(Cue cue);
  /// `to` is `least` to `most` after `from`; each bound that is there becomes a constraint and,
  /// with a span, a knob.
  struct Bounds {
    std::optional<std::uint32_t> least;
    std::optional<std::uint32_t> most;
  };
  Bounds window(CueId from, CueId to, const show::Window& window, StatementId statement);
  static std::string window_text(const show::Window& window);
  static Phrase window_phrase(const show::Window& window);
  /// Knobs of a window: exact ones move both ways, open ones give way on the side that is bound.
  static std::vector<Knob> window_knobs(const Bounds& bounds, const show::Window& window, Span span,
                                        const Phrase& subject);
  std::string clock(Time time) const;

  // movement
  void contingent(show::ContingentId id);
  /// A cue that comes a fixed time after stepping off.
  CueId moved(show::ContingentId id, Cue::What what, show::StationId station, double after_s);
  CueId add_moved(show::ContingentId id, Cue cue, double after_s);
  /// All of it stands where it stays.
  CueId stands(show::ContingentId id);
  /// The begin or the end of an evolution of its drill (compile_drill.cpp).
  CueId evolution(show::ContingentId id, std::size_t index, bool ends);
  /// Stations that the contingent passes, in the order of its way.
  std::vector<show::StationId> stations_of(show::ContingentId id) const;
  bool on_shared_line(show::ContingentId id, const show::Station& station) const;
  /// A hold between entering it and leaving it on the way (compile_hold.cpp).
  void hold(show::ContingentId id);

  // order of march

  struct Pair {
    show::ContingentId ahead;
    show::ContingentId behind;
  };
  void spacing(const show::Procession& procession);
  static std::string spacing_value(const show::Spacing& spacing);
  StatementId tell_spacing(const show::Spacing& spacing, const std::string& owner);
  /// Delay of stepping off that gives exactly what is asked at the station.
  Duration asked_delay(const Pair& pair, const show::Spacing& spacing) const;
  void asked(const Pair& pair, const show::Spacing& spacing, StatementId statement);
  void spacing_knobs(const show::Spacing& spacing, StatementId statement, const std::string& owner);
  void keep_apart(const show::Procession& procession, const Pair& pair);

  // items
  void item_cues(show::ItemId id);
  void item(show::ItemId id);
  /// Beginning and end of a march or flypast come from its movement.
  void item_of_movement(show::ItemId id);
  /// The review's passes and stops, and that nobody whom it passes steps off before it ends.
  void review(show::ItemId id);
  CueId abeam(show::ContingentId party, show::ContingentId passed, bool again);
  void length(show::ItemId id);
  void clock_time(CueId cue, const show::Item::At& at, const Phrase& subject);
  void after(show::ItemId id, const show::Item::After& after);
  void rule(const show::Rule& rule);
  void clock_rule(const show::Rule& rule, CueId cue, StatementId statement);

  // guests

  /// How long a stage lasts comes from the guests' movement.
  void length_of_guests(show::ItemId id, const guests::Stage& stage);
  /// Nobody begins a stage before they have finished the one before, or a meeting before they are
  /// at its venue.
  void guest_stages();
  void after_stage(const guests::Stage& previous, const guests::Stage& next);
  void meeting(show::ItemId id);

  // cues by name
  CueId node_of(const show::CueRef& ref);
  CueId crossing(show::ContingentId id, Cue::What what, int rank, show::StationId station);
  void report_never_clears(show::ContingentId id, show::StationId station);
  const show::Show& show_;
  const movement::Motions& motions_;
  const guests::Day& guests_;
  Compiled out_;
  StatementId day_{};
  std::vector<StatementId> movement_of_;                               ///< (contingent)
  std::map<std::uint32_t, std::vector<std::uint32_t>> spacing_edges_;  ///< statement -> constraints
  std::map<std::tuple<std::uint32_t, int, int, std::uint32_t>, CueId> crossings_;
};

}  // namespace defilada::plan
