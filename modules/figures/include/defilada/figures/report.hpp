// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "defilada/core/time.hpp"
#include "defilada/figures/flown.hpp"
#include "defilada/legibility/reading.hpp"
#include "defilada/track/tracks.hpp"

/// For whom, when and for how long a figure reads, by its aircraft's tracks.
namespace defilada::figures {

/// A glance that is long enough to read a number, s (assumed). Who has less is not counted.
inline constexpr double kLeastSeconds = 1;

/// One figure at one instant, as the tracks have it.
struct Instant {
  std::vector<Spot> spots;  ///< in the order of the tracks' movers
  geo::Vec2 origin;         ///< of the first mover, which is a spot at 0, 0
  geo::Vec2 direction;      ///< of flight
  double speed_mps = 0;
  double height_m = 0;  ///< mean, above the datum
};
/// Nothing while one of its aircraft is not there.
[[nodiscard]] std::optional<Instant> instant_of(const track::TrackSet& tracks, FigureId id,
                                                double t_s);

/// When the middle of the figure is over the place that it is made for: the station of its `reads
/// from`, else the flypast's target. `near` is the time over target of its contingent. Nothing
/// where the tracks do not have the figure there.
[[nodiscard]] std::optional<Time> moment_of(const show::Show& show, const track::TrackSet& tracks,
                                            FigureId id, Time near);

struct StandReading {
  show::AreaId stand;
  int places = 0;        ///< that were looked at
  double share = 0;      ///< of them, for whom it reads upright for kLeastSeconds or longer
  double error = 0;      ///< two standard errors of that share
  double share_now = 0;  ///< for whom it reads at the moment
  double seconds = 0;    ///< for how long: median over those for whom it reads; 0: for nobody
  Eye eye;               ///< of the middle of the stand at the moment, frame of the Instant
  std::optional<legibility::Reading> middle;  ///< what that eye reads; none: nothing of it
};

struct Report {
  FigureId figure;
  std::optional<Time> moment;        ///< none: the figure is never whole over its place
  Instant instant;                   ///< at the moment
  double least_spacing_m = 0;        ///< between two of its aircraft then
  double depth_m = 0;                ///< along the flight
  double width_m = 0;                ///< across it
  std::vector<StandReading> stands;  ///< in the order of the show
  /// Of all in the stands, by their capacities.
  double spectators = 0;  ///< for whom it reads upright
  double share = 0;
};

/// A report without spectators: moment, size, and the eyes of the middles of the stands; nobody has
/// looked yet (places 0, no `middle`). A pure function. Cost: a few states of each aircraft.
[[nodiscard]] Report glance(const show::Show& show, const track::TrackSet& tracks, FigureId id,
                            Time over_target);

struct ReportOptions {
  int places = 100;    ///< of each stand
  double coarser = 1;  ///< cells of the footprint, times a fifteenth of the height
  /// Called now and then with the share done; returning false interrupts.
  std::function<bool(double)> progress;
};

/// Spectators stand at places spread over each stand, eyes kEyes_m above the datum, and look up for
/// as long as the figure is in sight. Errors: interrupted. A pure function of show and tracks.
///
/// A figure that keeps its shape in the tracks (to half a metre) is looked at once for every cell
/// of its footprint; while it does not, every place looks for itself.
/// Cost: some thousand readings; 2 s for the six stands of Beijing.
[[nodiscard]] Result<Report> make_report(const show::Show& show, const track::TrackSet& tracks,
                                         const legibility::Measure& measure, FigureId id,
                                         Time over_target, const ReportOptions& options = {});

}  // namespace defilada::figures
