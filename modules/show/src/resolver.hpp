// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "cue.hpp"
#include "defilada/core/diagnostics.hpp"
#include "defilada/core/source.hpp"
#include "defilada/geo/frame.hpp"
#include "defilada/geo/geojson.hpp"
#include "defilada/show/model.hpp"
#include "files.hpp"
#include "namespace.hpp"
#include "variant_names.hpp"
#include "view.hpp"

/// Resolving: from texts whose structure has been looked at (validate) to the model.
///
///     declare names --> site --> kinds --> contingents' formations --> processions --> programme
///     (resolve.cpp)                                                                    rules
///                                                                                      figures
///
/// A name stands for its index from the first step on, so that sections may refer to each other in
/// any order. What a fault has spoilt is marked as not sound, and whatever depends on it stays
/// silent: one fault, one report.
namespace defilada::show {

// Sensible caps: beyond them a show is a mistake or an attack.
inline constexpr double kLengthLimitM = 1e6;
inline constexpr double kHeightLimitM = 30'000;
inline constexpr double kSpeedLimitMps = 1000;
inline constexpr Duration kDurationLimit{48LL * 3600 * 1'000'000};
inline constexpr std::int64_t kCountLimit = 1'000'000'000;
/// Of all contingents together.
inline constexpr std::int64_t kSlotLimit = 1'000'000;
/// Of one figure: its cost grows as the square.
inline constexpr std::int64_t kFigureSlotLimit = 5'000;
inline constexpr std::size_t kContingentLimit = 20'000;
/// Points of one route.
inline constexpr std::size_t kPointLimit = 10'000;
/// Points of one outline: looking for edges that cross costs their square.
inline constexpr std::size_t kOutlineLimit = 5'000;
/// Contingents side by side in a line-up.
inline constexpr std::int64_t kAbreastLimit = 100;
/// Gaits of one procession.
inline constexpr std::size_t kZoneLimit = 50;
inline constexpr std::int64_t kHoldCircuitLimit = 200;
/// Of what `times` and `defaults` repeat.
inline constexpr std::size_t kCopyLimitBytes = 64U << 20U;
/// Routes that follow routes ...
inline constexpr int kFollowDepthLimit = 16;

/// How a contingent is arranged, before quantities are read: where each thing that `like` and the
/// defaults can give comes from.
struct Arrangement {
  View kind;
  View crew;
  View people_role;
  std::string_view shape;  ///< "block" ...; "parts"; "" when nothing is said
  View formation;          ///< of `shape`
  View defaults;           ///< of the procession: for an interval or distance that is left out
  bool from_defaults = false;
  bool is_own = false;  ///< said by the contingent itself: then its exhibits count
};

/// A line of an order: one contingent, or several with `times`.
struct Line {
  std::string name;
  Span name_span;
  Span span;
  View view;
  View defaults;
  ProcessionId procession;  ///< invalid: in place
  std::uint32_t first = 0;  ///< its contingents: [first, first + times)
  std::uint32_t times = 1;
  bool numbered = false;  ///< `times` is said
  enum class State { untouched, begun, done };
  State state = State::untouched;
  Arrangement arrangement;
  /// `reads from` of a part's figure, resolved when it is known where the flight passes.
  struct Viewed {
    std::size_t part = 0;
    View view;
    bool own = true;  ///< in the figure itself, not in its defaults
  };
  std::vector<Viewed> viewed;
  bool sound = false;  ///< parts are resolved
  int ranks = 0;       ///< of all parts
  std::int64_t slots = 0;
};

/// `gait` of a procession or a contingent.
struct Gaits {
  std::optional<Gait> base;
  Span base_span;
  std::vector<GaitZone> zones;
  std::vector<Span> zone_gait_spans;
};

/// Where a procession moves: for the checks of what is said of its way.
struct Course {
  bool sound = false;  ///< its route is
  double begin_m = 0;  ///< first head's line-up, or where aircraft join; 0 when not said
  Phrase begin_name;   ///< the station there
  double end_m = 0;    ///< where tracks end, or aircraft break off
  Phrase end_name;
  Gaits gaits;
};

/// What the modules below say of a field, "count: a box has 4 slots", taken apart; "" and all of it
/// where it names none.
[[nodiscard]] std::pair<std::string, Phrase> field_and_reason(const Phrase& message);

class Resolver {
 public:
  Resolver(View show_view, std::vector<View> catalogue_views, Files& show_files, Sources& texts,
           Diagnostics& reports, Clock clock)
      : root(std::move(show_view)),
        catalogues(std::move(catalogue_views)),
        files(show_files),
        sources(texts),
        diagnostics(reports),
        show{{}, {}, std::move(clock), {}, {}, {}, {}, {}, {}, {}, {}, {}} {}

  // ---- reports (resolver.cpp)
  /// The same fault of the same place is told once only: defaults and aliases are read many times.
  Diagnostic& error(std::string code, Span span, Phrase message, Phrase expected = {},
                    std::string suggestion = {});
  Diagnostic& warning(std::string code, Span span, Phrase message, Phrase expected = {},
                      std::string suggestion = {});
  /// From a name to the end of what is said of it; of an alias, which stands elsewhere, the name.
  [[nodiscard]] static Span statement(Span name, const View& value);
  /// The place of some bytes of a scalar, if it is written as it reads; else all of it.
  [[nodiscard]] Span inside(const View& scalar, TextRange range) const;

  // ---- references (resolver.cpp): nothing where there is nothing, or after a report
  const Name* reference(const Namespace& space, const View& view, Named wanted);
  /// A kind (resolve_unknown_kind.cpp). Of an unknown one it is told which kinds there are that
  /// fly, or do not, and which catalogue at hand declares it that the show does not use.
  const Name* kind(const View& view, std::optional<bool> fly);
  /// A kind of a catalogue, used or not.
  struct Elsewhere {
    std::string catalogue;
    Span span;
  };
  std::optional<StationId> station(const View& view);
  /// A station of this route, or of one with the same geometry up to there.
  struct OnRoute {
    StationId station;
    double s_m = 0;
  };
  std::optional<OnRoute> station_on(const View& view, RouteId route);
  /// Its arc length on the route; nothing if it does not lie there or is not sound.
  [[nodiscard]] std::optional<double> arc_length(StationId station, RouteId route);
  /// The same on a procession's way: neither before its beginning nor beyond its end.
  std::optional<OnRoute> station_of(const View& view, ProcessionId procession);
  [[nodiscard]] bool is_beyond_end(double s_m, ProcessionId procession) const;
  void report_off_route(Span span, StationId station, RouteId route);
  /// Whether a text names what the variant takes away; then that is told.
  bool names_taken(const View& view);
  void report_beyond_end(Span span, StationId station, ProcessionId procession);

  // ---- values (resolve_values.cpp): nothing where there is nothing, or after a report
  std::optional<double> length_m(const View& view);
  std::optional<double> coordinate_m(const View& view);
  std::optional<double> speed_mps(const View& view);
  std::optional<Duration> duration(const View& view);
  std::optional<Window> window(const View& view);
  std::optional<std::int64_t> count(const View& view, std::int64_t limit = kCountLimit);
  std::optional<Time> clock_time(const View& view);
  std::optional<double> bank_rad(const View& view);
  std::optional<geo::Vec2> point(const View& view);
  std::vector<geo::Vec2> points(const View& view, bool& sound);
  std::optional<geo::LatLon> place_on_earth(const View& view);
  std::optional<double> height_m(const View& view);
  std::optional<double> direction_rad(const View& view);
  std::optional<Gait> gait(const View& view);  ///< a name or a speed
  std::optional<Gait> gait_of_speed(const View& view);
  [[nodiscard]] static std::string text(const View& view);
  [[nodiscard]] static Text label(const View& view, std::string_view otherwise);
  /// A position of a GeoJSON file, in metres of the show's frame.
  std::optional<geo::Vec2> local(geo::Vec2 position, bool metres) const;
  /// The feature of a GeoJSON file that `geojson` and `feature` name.
  struct FoundFeature {
    const geo::Feature* feature = nullptr;
    bool metres = false;
  };
  std::optional<FoundFeature> feature(const View& geojson, const View& name,
                                      geo::Feature::Geometry wanted);

  /// The lines of an SVG file beside the show; read once.
  std::optional<std::vector<formation::Stroke>> drawing(const View& view);

  /// How far two routes have the same geometry.
  [[nodiscard]] double shared_m(RouteId a, RouteId b);

  // ---- cues (resolve_cue.cpp)
  std::optional<CueRef> cue(const View& view, CueRef::What bare);

  // ---- what is read
  View root;
  std::vector<View> catalogues;
  Files& files;
  Sources& sources;
  Diagnostics& diagnostics;
  const Taken* taken = nullptr;  ///< of a variant: names that it takes away
  bool lacks_catalogue = false;  ///< one that is used cannot be read: kinds and gaits may be in it

  // ---- what comes out
  Show show;

  // ---- what is known on the way
  Namespace names;  ///< what cues can name
  Namespace lines;
  Namespace areas;
  Namespace kinds;
  Namespace gait_names;
  Namespace delegations;
  Namespace motorcades;
  Namespace day_parts;
  std::optional<geo::LocalFrame> frame;
  bool clock_is_sound = false;
  std::vector<bool> route_is_sound;
  std::vector<bool> station_is_sound;
  std::vector<bool> area_is_sound;
  std::vector<bool> kind_is_sound;
  std::vector<Gait> gaits;  ///< by index in gait_names; speed 0: not sound
  std::vector<Line> order_lines;
  std::map<std::string, std::uint32_t> line_of_name;  ///< also the name before `times` numbers it
  std::vector<std::uint32_t> line_of_contingent;
  std::int64_t slots = 0;  ///< of all contingents so far
  std::vector<View> procession_views;
  std::vector<Course> courses;
  std::vector<View> item_views;
  std::vector<std::vector<ItemId>> items_of_procession;

 private:
  Diagnostic& report(Diagnostic diagnostic);
  /// By name; the first catalogue wins. Reads them when it is first asked.
  const std::map<std::string, Elsewhere>& kinds_elsewhere();
  /// Those of the family of what is written ("foot" of "foot/china"), or else all.
  [[nodiscard]] std::vector<std::string> kinds_that(std::optional<bool> fly,
                                                    std::string_view written) const;

  std::optional<std::map<std::string, Elsewhere>> kinds_elsewhere_;
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::string>> reported_;  ///< file, place, text
  Diagnostic told_before_;  ///< what is added to a report that is dropped goes here
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> shared_;
  std::map<std::string, std::optional<geo::FeatureCollection>> geojson_;
  std::map<std::string, std::optional<std::vector<formation::Stroke>>> drawings_;
};

// The sections, one file each.
void resolve_names(Resolver& r);
void resolve_site(Resolver& r);
void resolve_wind(Resolver& r, const View& view);
void resolve_outlines(Resolver& r);  ///< areas, stands, obstacles
/// polygon, geojson or circle; nothing after a report. A faulty outline is reported.
std::optional<geo::Polygon> resolve_polygon(Resolver& r, const View& view);
void resolve_kinds(Resolver& r);
void resolve_contingents(Resolver& r);  ///< who they are and how they stand
void resolve_processions(Resolver& r);  ///< how they move
void resolve_guests(Resolver& r);       ///< and the parts of the day
void resolve_figures(Resolver& r);      ///< whose eyes figures are placed for
void resolve_programme(Resolver& r);
/// Names of delegations, each once; all of them for the word.
std::vector<DelegationId> delegations_of(Resolver& r, const View& view, std::vector<Span>& spans);
void resolve_review(Resolver& r, Item& item, const View& view);    ///< resolve_review.cpp
void resolve_releases(Resolver& r, Item& item, const View& view);  ///< resolve_review.cpp
void resolve_rules(Resolver& r);
void resolve_spectators(Resolver& r);
void resolve_published(Resolver& r);
void collect_provenance(Resolver& r);

/// The parts of a line, from its arrangement (resolve_formation.cpp).
void resolve_parts(Resolver& r, Line& line, std::vector<Part>& parts);

/// All of it. `name` is the show's folder or file, for its slug.
[[nodiscard]] std::optional<Show> resolve(const View& root, const std::vector<View>& catalogues,
                                          const std::string& name, Files& files, Sources& sources,
                                          Diagnostics& diagnostics, const Taken* taken = nullptr);

}  // namespace defilada::show
