// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <numbers>

#include "movement.hpp"

namespace defilada::show {
namespace {

constexpr double kEqual = 1 + 1e-9;  ///< rounding of a quantity is no fault

View first_given(const View& a, const View& b) {
  return a.given() ? a : b;
}

/// "'rifle' goes on foot".
Phrase how_it_moves(const Kind& kind) {
  switch (kind.category) {
    case Category::foot: return phrase("{} goes on foot", in_quotes(kind.name));
    case Category::mounted: return phrase("{} rides", in_quotes(kind.name));
    case Category::vehicle: return phrase("{} drives", in_quotes(kind.name));
    case Category::aeroplane:
    case Category::helicopter:
    case Category::drone: return phrase("{} flies", in_quotes(kind.name));
  }
  return {};
}

class MemberResolver {
 public:
  MemberResolver(Resolver& resolver, ProcessionId id)
      : r_(resolver),
        id_(id),
        procession_(resolver.show[id]),
        course_(resolver.courses[id.value]) {}

  void resolve() {
    if (procession_.air) {
      stack_m_ = r_.length_m(r_.procession_views[id_.value]["stack"]).value_or(0);
    }
    for (std::size_t i = 0; i < procession_.order.size(); ++i) {
      const ContingentId id = procession_.order[i];
      resolve(r_.show.contingents[id.value], r_.order_lines[r_.line_of_contingent[id.value]], i);
    }
  }

 private:
  void resolve(Contingent& contingent, const Line& line, std::size_t place) {
    const bool own = line.view["headway"].given() || line.view["gap"].given();
    contingent.spacing = read_spacing(r_, id_, own ? line.view : line.defaults);
    starts(contingent, line);
    if (procession_.air) height(contingent, line, place);
    gaits(contingent, line);
    if (procession_.air) return;
    drill(contingent, line);
    contingent.stalled = read_stalled(r_, contingent, line);
  }

  void drill(Contingent& contingent, const Line& line) {
    const View own = first_given(line.view["drill"], line.defaults["drill"]);
    const View march = r_.procession_views[id_.value];
    const View view = first_given(own, march["drill"]);
    contingent.drill = read_drill(r_, id_, view);
    for (const View layout : {march["line-up"], march["stays"]}) {
      if (contingent.drill.empty() || !layout["distance"].given()) continue;
      r_.error(
            "show.drill-distance", layout["distance"].scalar_span(),
            phrase("{} drills on its way, and would stand at another distance between ranks "
                   "than it marches",
                   in_quotes(contingent.name)),
            phrase(
                "the formation's distance; 'open order' and 'close order' change it at a station"))
          .notes.push_back({phrase("its drill"), view.span()});
    }
  }

  void starts(Contingent& contingent, const Line& line) {
    if (procession_.air) come(contingent, line);
    const View view = begins(contingent, line);
    if (!view.given()) return;
    if (!course_.sound) {
      static_cast<void>(r_.station(view));
      return;
    }
    const RouteId way = contingent.joins ? contingent.joins->from : procession_.route;
    const auto place = r_.station_on(view, way);
    if (!place) return;
    contingent.starts = place->station;
    if (contingent.joins) return;
    if (r_.is_beyond_end(place->s_m, id_)) {
      r_.report_beyond_end(view.scalar_span(), place->station, id_);
    } else if (procession_.air && procession_.over.valid()) {
      const auto over_m = r_.arc_length(procession_.over, procession_.route);
      if (over_m && place->s_m > *over_m) {
        r_.error("show.starts", view.scalar_span(),
                 phrase("{} joins the line behind {}, where its time over target counts",
                        in_quotes(contingent.name), in_quotes(r_.show[procession_.over].name)));
      }
    }
  }

  /// The line and the hold from which a flight comes.
  void come(Contingent& contingent, const Line& line) {
    const View joins = first_given(line.view["joins"], line.defaults["joins"]);
    contingent.joins = read_joins(r_, joins, id_);
    if (joins.given() && !contingent.joins) return;  // reported
    const RouteId way = contingent.joins ? contingent.joins->from : procession_.route;
    if (!way.valid() || !r_.route_is_sound[way.value]) return;  // reported
    contingent.hold = read_hold(r_, hold_of(line), way);
    const View starts = first_given(line.view["starts"], line.defaults["starts"]);
    if (!contingent.hold || !starts.given()) return;
    const auto own = r_.station(starts);
    if (!own || *own == contingent.hold->fix) return;
    r_.error("show.hold-elsewhere", starts.scalar_span(),
             phrase("{} starts at {} and leaves its hold at {}", in_quotes(contingent.name),
                    in_quotes(r_.show[*own].name), in_quotes(r_.show[contingent.hold->fix].name)),
             phrase("one place; the hold's station is enough"));
  }

  [[nodiscard]] View hold_of(const Line& line) const {
    const View own = first_given(line.view["hold"], line.defaults["hold"]);
    const bool comes = line.view["joins"].given() || line.defaults["joins"].given();
    return comes ? own : first_given(own, r_.procession_views[id_.value]["hold"]);
  }

  /// The station where its way begins: what is nearest to the flight itself counts.
  [[nodiscard]] View begins(const Contingent& contingent, const Line& line) const {
    View view = first_given(line.view["starts"], line.defaults["starts"]);
    if (!procession_.air) return view;
    if (contingent.hold) view = first_given(view, hold_of(line)["station"]);
    if (contingent.joins) return view;
    return first_given(view, r_.procession_views[id_.value]["starts"]);
  }

  void height(Contingent& contingent, const Line& line, std::size_t place) {
    const View view = first_given(line.view["height"], line.defaults["height"]);
    if (view.given()) {
      contingent.height_m = r_.height_m(view);
      if (line.view["height"]["agl"].given()) {
        contingent.height_span = line.view["height"]["agl"].scalar_span();
      }
    } else if (stack_m_ > 0) {
      contingent.height_m = procession_.height_m + static_cast<double>(place) * stack_m_;
      if (*contingent.height_m > kHeightLimitM) {
        r_.error("show.height", r_.procession_views[id_.value]["stack"].scalar_span(),
                 phrase("stacked, {} flies higher than 30 km", in_quotes(contingent.name)));
      }
    }
  }

  // ---- gaits, and what the kinds can do

  void gaits(Contingent& contingent, const Line& line) {
    const View view = first_given(line.view["gait"], line.defaults["gait"]);
    const Gaits own = view.given() ? read_gaits(r_, id_, view) : Gaits{};
    const Gaits& zoned = view.given() ? own : course_.gaits;
    contingent.base_gait = own.base;
    contingent.zones = zoned.zones;
    if (!line.sound || contingent.parts.empty()) return;
    bool can_move = true;
    for (const Part& part : contingent.parts) can_move = moves(part.kind, line) && can_move;
    if (!can_move) return;
    if (!own.base && !course_.gaits.base) {
      // One that is said, and is wrong, has been reported.
      const bool is_said = own.base_span.known() || course_.gaits.base_span.known();
      take_kinds_gait(contingent, line, is_said);
    }
    for (const Part& part : contingent.parts) {
      const Kind& kind = r_.show[part.kind];
      if (own.base) {
        fits(kind, *own.base, own.base_span);
      } else if (course_.gaits.base) {
        fits(kind, *course_.gaits.base, course_.gaits.base_span);
      }
      for (std::size_t i = 0; i < zoned.zones.size(); ++i) {
        fits(kind, zoned.zones[i].gait, zoned.zone_gait_spans[i]);
      }
    }
  }

  void take_kinds_gait(Contingent& contingent, const Line& line, bool is_said) {
    const Kind& kind = r_.show[contingent.parts.front().kind];
    if (!kind.gaits.empty()) {
      contingent.base_gait = kind.gaits.front();
    } else if (!is_said && r_.kind_is_sound[contingent.parts.front().kind.value]) {
      r_.error("show.no-gait", line.name_span,
               phrase("nothing says how fast {} moves: its kind {} has no gaits",
                      in_quotes(contingent.name), in_quotes(kind.name)),
               phrase("'{}' of {}, or 'gaits' of the kind", procession_.air ? "speed" : "gait",
                      in_quotes(procession_.name)));
    }
  }

  bool moves(KindId id, const Line& line) {
    const Kind& kind = r_.show[id];
    if (!r_.kind_is_sound[id.value]) return false;
    if (flies(kind.category) != procession_.air) {
      r_.error(
            "show.wrong-kind", line.name_span,
            procession_.air
                ? phrase("{} is a flypast, and {}", in_quotes(procession_.name), how_it_moves(kind))
                : phrase("{} is a march, and {}", in_quotes(procession_.name), how_it_moves(kind)),
            procession_.air ? phrase("a kind that flies")
                            : phrase("a kind that moves on the ground"))
          .notes.push_back({phrase("the kind is defined here"), kind.span});
      return false;
    }
    return has_limits(kind, line);
  }

  /// The limits against which movement is held.
  bool has_limits(const Kind& kind, const Line& line) {
    std::string missing;
    const auto need = [&missing](bool there, std::string_view key) {
      if (!there) missing += fmt::format("{}'{}'", missing.empty() ? "" : ", ", key);
    };
    need(kind.speed_max_mps > 0, "speed: max");
    need(kind.acceleration_mps2 > 0, "acceleration");
    need(kind.separation_m > 0, "separation");
    if (procession_.air) {
      need(kind.separation_vertical_m > 0, "separation: vertical");
      need(kind.bank_max_rad > 0, "bank");
      const BreakOff none;
      if (procession_.break_off.value_or(none).climb_mps > 0) need(kind.climb_max_mps > 0, "climb");
    }
    if (missing.empty()) return within_bank(kind, line);
    r_.error("show.kind-incomplete", kind.span,
             phrase("kind {} moves, but does not say its {}", in_quotes(kind.name), missing))
        .notes.push_back({phrase("it moves here"), line.name_span});
    return false;
  }

  bool within_bank(const Kind& kind, const Line& line) {
    const View& view = r_.procession_views[id_.value];
    if (!procession_.air) return true;
    constexpr double kDegrees = 180 / std::numbers::pi;
    const auto bank = [&](double asked, const View& where) {
      if (asked <= kind.bank_max_rad * kEqual) return;
      beyond(where,
             phrase("a bank of {:.1f} degrees, and {} banks {:.1f} degrees at most",
                    asked * kDegrees, in_quotes(kind.name), kind.bank_max_rad * kDegrees),
             kind);
    };
    bank(procession_.turn_bank_rad, view["turn bank"]);
    bank(r_.bank_rad(hold_of(line)["bank"]).value_or(0), hold_of(line)["bank"]);
    if (!procession_.break_off) return true;
    const View leave = view["break-off"];
    bank(procession_.break_off->bank_rad, leave["bank"]);
    if (procession_.break_off->climb_mps > kind.climb_max_mps * kEqual) {
      beyond(leave["climb"],
             phrase("a climb of {:.1f} m/s, and {} climbs {:.1f} m/s at most",
                    procession_.break_off->climb_mps, in_quotes(kind.name), kind.climb_max_mps),
             kind);
    }
    return true;
  }

  void beyond(const View& where, Phrase message, const Kind& kind) {
    r_.error("show.beyond-limit", where.scalar_span(), std::move(message))
        .notes.push_back({phrase("the kind is defined here"), kind.span});
  }

  void fits(const Kind& kind, const Gait& gait, Span span) {
    const bool on_foot = kind.category == Category::foot || kind.category == Category::mounted;
    Phrase message = gait_fault(kind, gait);
    Phrase expected;
    if (gait.pace_m > 0 && !on_foot) {
      message = phrase("{} is a gait of steps, and {}", in_quotes(gait.name), how_it_moves(kind));
      expected = phrase("a speed");
    } else if (gait.pace_m > 0 && !knows(kind, gait)) {
      message = phrase("{} is none of the gaits of {}", in_quotes(gait.name), in_quotes(kind.name));
      for (const Gait& each : kind.gaits) {
        expected = expected.empty() ? in_quotes(each.name)
                                    : phrase("{}, {}", expected, in_quotes(each.name));
      }
    }
    if (message.empty()) return;
    r_.error("show.gait-of-kind", span, std::move(message), std::move(expected))
        .notes.push_back({phrase("the kind is defined here"), kind.span});
  }

  static bool knows(const Kind& kind, const Gait& gait) {
    return std::any_of(kind.gaits.begin(), kind.gaits.end(),
                       [&](const Gait& each) { return each.name == gait.name; });
  }

  Resolver& r_;
  ProcessionId id_;
  const Procession& procession_;
  const Course& course_;
  double stack_m_ = 0;
};

/// A stretch with a gait of its own; nothing after a report.
std::optional<GaitZone> read_zone(Resolver& r, ProcessionId id, const View& view) {
  const auto gait = r.gait(view["gait"]);
  const auto from = r.station_of(view["from"], id);
  const auto to = r.station_of(view["to"], id);
  if (!gait || !from || !to) return std::nullopt;
  if (from->s_m >= to->s_m) {
    r.error("show.stretch", view["to"].scalar_span(),
            phrase("the stretch ends at {}, which does not come after {}",
                   in_quotes(r.show[to->station].name), in_quotes(r.show[from->station].name)));
    return std::nullopt;
  }
  GaitZone zone;
  zone.span = view.span();
  zone.gait = *gait;
  zone.from_m = from->s_m;
  zone.to_m = to->s_m;
  if (view["facing"].given()) zone.facing_rad = r.direction_rad(view["facing"]);
  zone.change = view["change"].word() == "rank" ? Change::rank : Change::contingent;
  return zone;
}

}  // namespace

Phrase gait_fault(const Kind& kind, const Gait& gait) {
  const auto speed = [&](double mps) {
    return kind.category == Category::foot ? phrase("{:.2f} m/s", mps)
                                           : phrase("{:.1f} km/h", mps * 3.6);
  };
  const Phrase named = gait.pace_m > 0
                           ? phrase("{} ({})", in_quotes(gait.name), speed(gait.speed_mps))
                           : in_quotes(gait.name);
  if (kind.speed_max_mps > 0 && gait.speed_mps > kind.speed_max_mps * kEqual) {
    return phrase("{} is too fast: {} moves at {} at most", named, in_quotes(kind.name),
                  speed(kind.speed_max_mps));
  }
  if (gait.speed_mps * kEqual < kind.speed_min_mps) {
    return phrase("{} is too slow: {} flies at {} at least", named, in_quotes(kind.name),
                  speed(kind.speed_min_mps));
  }
  if (kind.pace_max_m > 0 && gait.pace_m > kind.pace_max_m * kEqual) {
    return phrase("a step of {} is {:.2f} m, and the longest of {} is {:.2f} m",
                  in_quotes(gait.name), gait.pace_m, in_quotes(kind.name), kind.pace_max_m);
  }
  return {};
}

std::optional<Spacing> read_spacing(Resolver& r, ProcessionId id, const View& holder) {
  const bool is_headway = holder["headway"].given();
  const View view = is_headway ? holder["headway"] : holder["gap"];
  if (!view.given()) return std::nullopt;
  const auto place = r.station_of(view["station"], id);
  Spacing spacing;
  spacing.measure = is_headway ? SpacingMeasure::headway : SpacingMeasure::gap;
  spacing.time = r.duration(view["time"]);
  spacing.distance_m = r.length_m(view["distance"]);
  if (!spacing.time && !spacing.distance_m) return std::nullopt;
  spacing.span = (spacing.time ? view["time"] : view["distance"]).scalar_span();
  if (is_headway && (spacing.time == Duration{} || spacing.distance_m == 0.0)) {
    r.error("show.headway", spacing.span,
            phrase("a headway of nothing: they would be in one place"), phrase("more than 0"));
    return std::nullopt;
  }
  if (!place) return std::nullopt;
  spacing.station = place->station;
  return spacing;
}

Gaits read_gaits(Resolver& r, ProcessionId id, const View& view) {
  Gaits out;
  const auto all = view.each();
  if (all.size() > kZoneLimit) {
    r.error("show.too-large", view.span(), phrase("more than {} gaits", kZoneLimit));
    return out;
  }
  for (const View& each : all) {
    if (!each.is_mapping()) {
      if (out.base_span.known()) {
        r.error("show.two-gaits", each.scalar_span(), phrase("a second gait for the whole way"),
                phrase("a stretch: {{gait: …, from: …, to: …}}"))
            .notes.push_back({phrase("the first is here"), out.base_span});
        continue;
      }
      out.base_span = each.scalar_span();
      out.base = r.gait(each);
      continue;
    }
    const auto zone = read_zone(r, id, each);
    if (!zone) continue;
    if (!out.zones.empty() && zone->from_m < out.zones.back().to_m - 1e-6) {
      const bool overlaps = zone->to_m > out.zones.back().from_m;
      r.error("show.stretch", each["from"].scalar_span(),
              overlaps ? phrase("this stretch overlaps the one before it")
                       : phrase("this stretch lies before the one that is written before it"),
              phrase("stretches in the order of the route"))
          .notes.push_back({phrase("the one before"), out.zones.back().span});
      continue;
    }
    out.zones.push_back(*zone);
    out.zone_gait_spans.push_back(each["gait"].scalar_span());
  }
  return out;
}

void resolve_members(Resolver& r, ProcessionId id) {
  MemberResolver(r, id).resolve();
}

void resolve_in_place(Resolver& r) {
  for (const Line& line : r.order_lines) {
    if (line.procession.valid()) continue;
    const View place = first_given(line.view["place"], line.defaults["place"]);
    const View facing = first_given(line.view["facing"], line.defaults["facing"]);
    const auto position = r.point(place);
    Contingent::InPlace in_place;
    in_place.facing_rad = std::numbers::pi / 2;  // north, unless it is said
    if (facing.given()) in_place.facing_rad = r.direction_rad(facing).value_or(0);
    if (position) in_place.position = *position;
    r.show.contingents[line.first].in_place = in_place;
  }
}

}  // namespace defilada::show
