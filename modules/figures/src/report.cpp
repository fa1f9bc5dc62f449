// SPDX-License-Identifier: MIT
#include "defilada/figures/report.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "defilada/figures/footprint.hpp"
#include "defilada/figures/spectators.hpp"

namespace defilada::figures {
namespace {

constexpr double kSameShape_m = 0.5;
constexpr int kSteps = 8;            // towards the moment: each gains digits, the flight is steady
constexpr double kAtPlace_m = 0.01;  // this near to the place it is there

/// The movers of a figure.
std::span<const track::Mover> movers_of(const track::TrackSet& tracks, FigureId id) {
  for (const track::Group& group : tracks.groups) {
    if (group.contingent != id.contingent.value) continue;
    const auto all = std::span(tracks.movers).subspan(group.first_mover, group.mover_count);
    const auto first = std::find_if(all.begin(), all.end(),
                                    [&](const track::Mover& m) { return m.part == id.part; });
    const auto last =
        std::find_if(first, all.end(), [&](const track::Mover& m) { return m.part != id.part; });
    return {first, last};
  }
  return {};
}

double apart(Spot a, Spot b) {
  return std::hypot(a.back_m - b.back_m, a.left_m - b.left_m);
}

bool same_shape(const Instant& a, const Instant& b) {
  if (a.spots.size() != b.spots.size() || std::abs(a.height_m - b.height_m) > kSameShape_m) {
    return false;
  }
  for (std::size_t i = 0; i < a.spots.size(); ++i) {
    if (apart(a.spots[i], b.spots[i]) > kSameShape_m) return false;
  }
  return true;
}

Spot middle_of(const std::vector<Spot>& spots) {
  Spot low = spots.front();
  Spot high = low;
  for (const Spot s : spots) {
    low = {std::min(low.back_m, s.back_m), std::min(low.left_m, s.left_m)};
    high = {std::max(high.back_m, s.back_m), std::max(high.left_m, s.left_m)};
  }
  return {(low.back_m + high.back_m) / 2, (low.left_m + high.left_m) / 2};
}

/// A spectator's clock: for how long it has read, and whether it does now.
struct Watcher {
  geo::Vec2 place;
  double seconds = 0;
  bool now = false;
};

class Reporter {
 public:
  Reporter(const show::Show& show, const track::TrackSet& tracks,
           const legibility::Measure& measure, const ReportOptions& options, Report& report)
      : show_(show), tracks_(tracks), measure_(measure), options_(options), report_(report) {}

  Status run() {
    const double below_m = report_.instant.height_m - kEyes_m;
    if (below_m <= 0) return {};
    Footprint footprint(measure_, report_.instant.spots, below_m,
                        cell_for(below_m, options_.coarser));
    place_watchers();
    const double step_s = footprint.cell_m() / std::max(1.0, report_.instant.speed_mps);
    const auto steps = static_cast<int>(std::ceil(longest_way_m(footprint) / footprint.cell_m()));
    const double middle_s = report_.moment->seconds();
    for (int i = -steps; i <= steps; ++i) {
      if (const Status going = go_on(i + steps, 2 * steps + 1); !going) return going;
      const auto now = instant_of(tracks_, report_.figure, middle_s + i * step_s);
      if (!now) continue;
      const bool rigid = same_shape(*now, report_.instant);
      for (Watcher& watcher : watchers_) {
        const Eye eye = eye_at(watcher.place, now->origin, now->direction, now->height_m - kEyes_m);
        const bool reads =
            rigid ? footprint.reads(eye.ahead_m, eye.left_m) : looks(eye, now->spots);
        if (reads) watcher.seconds += step_s;
        if (i == 0) watcher.now = reads;
      }
    }
    tally();
    return {};
  }

 private:
  [[nodiscard]] Status go_on(int done, int all) const {
    if (!options_.progress || options_.progress(static_cast<double>(done) / all)) return {};
    return fail(Errc::interrupted, phrase("interrupted"));
  }

  [[nodiscard]] bool looks(const Eye& eye, const std::vector<Spot>& spots) const {
    const auto picture = picture_of(eye, spots);
    return picture && measure_.reads(*picture, legibility::kLeastOverlapAside);
  }

  void place_watchers() {
    for (const StandReading& stand : report_.stands) {
      for (const geo::Vec2 place : spectator_places(show_[stand.stand].polygon, options_.places)) {
        watchers_.push_back({place});
      }
    }
  }

  /// From where the figure is at the moment to where nobody sees it any more.
  [[nodiscard]] double longest_way_m(const Footprint& footprint) const {
    double longest = 0;
    for (const Watcher& watcher : watchers_) {
      longest = std::max(longest, std::hypot(watcher.place.x - report_.instant.origin.x,
                                             watcher.place.y - report_.instant.origin.y));
    }
    return longest + footprint.reach_m();
  }

  void tally() {
    auto watcher = watchers_.begin();
    double people = 0;
    for (StandReading& stand : report_.stands) {
      std::vector<double> seconds;
      int now = 0;
      for (int i = 0; i < stand.places; ++i, ++watcher) {
        if (watcher->seconds >= kLeastSeconds) seconds.push_back(watcher->seconds);
        now += watcher->now ? 1 : 0;
      }
      std::sort(seconds.begin(), seconds.end());
      stand.share = static_cast<double>(seconds.size()) / stand.places;
      stand.share_now = static_cast<double>(now) / stand.places;
      stand.error = error_of_share(stand.share, stand.places);
      if (!seconds.empty()) stand.seconds = seconds[seconds.size() / 2];
      const auto capacity = static_cast<double>(show_[stand.stand].capacity.value_or(0));
      report_.spectators += stand.share * capacity;
      people += capacity;
    }
    if (people > 0) report_.share = report_.spectators / people;
  }

  const show::Show& show_;
  const track::TrackSet& tracks_;
  const legibility::Measure& measure_;
  const ReportOptions& options_;
  Report& report_;
  std::vector<Watcher> watchers_;
};

void measure_size(Report& report) {
  const std::vector<Spot>& spots = report.instant.spots;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < spots.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) least = std::min(least, apart(spots[i], spots[j]));
  }
  const Size size = size_of(spots);
  report.least_spacing_m = spots.size() > 1 ? least : 0;
  report.depth_m = size.depth_m;
  report.width_m = size.width_m;
}

void read_from_the_middles(const legibility::Measure& measure, Report& report) {
  for (StandReading& stand : report.stands) {
    if (const auto picture = picture_of(stand.eye, report.instant.spots))
      stand.middle = measure.read(*picture);
  }
}

}  // namespace

std::optional<Instant> instant_of(const track::TrackSet& tracks, FigureId id, double t_s) {
  const auto movers = movers_of(tracks, id);
  if (movers.empty()) return std::nullopt;
  Instant now;
  for (const track::Mover& mover : movers) {
    const auto state = tracks.at(mover, t_s);
    if (!state) return std::nullopt;
    const auto [x, y, z] = state->position_m;
    if (now.spots.empty()) {
      now.origin = {x, y};
      now.speed_mps = std::hypot(state->velocity_mps[0], state->velocity_mps[1]);
      if (!(now.speed_mps > 0)) return std::nullopt;
      now.direction = {state->velocity_mps[0] / now.speed_mps,
                       state->velocity_mps[1] / now.speed_mps};
    }
    const Eye at = eye_at({x, y}, now.origin, now.direction, 1);
    now.spots.push_back({-at.ahead_m, at.left_m});
    now.height_m += z / static_cast<double>(movers.size());
  }
  return now;
}

std::optional<Time> moment_of(const show::Show& show, const track::TrackSet& tracks, FigureId id,
                              Time near) {
  const show::Part& part = part_of(show, id);
  const show::Procession& flypast = show[show[id.contingent].procession];
  const show::StationId station = part.reads_from ? part.reads_from->at : flypast.over;
  if (!station.valid()) return std::nullopt;
  geo::Vec2 place = show[station].position;
  if (part.reads_from) place = show::aim_of(show, flypast, *part.reads_from).position;
  const Plan plan = plan_of(show, id);
  // The middle of the picture as the plan has it, from the middle of the slots' box.
  const Spot box = middle_of(plan.spots);
  const Spot shift{plan.aim.back_m - box.back_m, plan.aim.left_m - box.left_m};
  double t_s = near.seconds();
  for (int step = 0; step < kSteps; ++step) {
    const auto now = instant_of(tracks, id, t_s);
    if (!now) return std::nullopt;
    const Spot middle = middle_of(now->spots);
    const Eye to = eye_at(place, now->origin, now->direction, 1);
    const double left_to_fly_m = to.ahead_m + middle.back_m + shift.back_m;
    if (std::abs(left_to_fly_m) < kAtPlace_m) return time_from_seconds(t_s);
    t_s += left_to_fly_m / now->speed_mps;
  }
  return std::nullopt;
}

Report glance(const show::Show& show, const track::TrackSet& tracks, FigureId id,
              Time over_target) {
  Report report;
  report.figure = id;
  for (std::uint32_t a = 0; a < show.site.areas.size(); ++a) {
    if (show.site.areas[a].use != show::AreaUse::stand) continue;
    StandReading stand;
    stand.stand = show::AreaId{a};
    report.stands.push_back(stand);
  }
  report.moment = moment_of(show, tracks, id, over_target);
  if (!report.moment) return report;
  const auto instant = instant_of(tracks, id, report.moment->seconds());
  if (!instant) {
    report.moment.reset();
    return report;
  }
  report.instant = *instant;
  measure_size(report);
  for (StandReading& stand : report.stands) {
    stand.eye = eye_at(geo::centroid(show[stand.stand].polygon), instant->origin,
                       instant->direction, instant->height_m - kEyes_m);
  }
  return report;
}

Result<Report> make_report(const show::Show& show, const track::TrackSet& tracks,
                           const legibility::Measure& measure, FigureId id, Time over_target,
                           const ReportOptions& options) {
  Report report = glance(show, tracks, id, over_target);
  for (StandReading& stand : report.stands) {
    stand.places =
        static_cast<int>(spectator_places(show[stand.stand].polygon, options.places).size());
    stand.error = error_of_share(0, stand.places);
  }
  if (!report.moment) return report;
  read_from_the_middles(measure, report);
  const Status done = Reporter(show, tracks, measure, options, report).run();
  if (!done) return tl::unexpected(done.error());
  return report;
}

}  // namespace defilada::figures
