// SPDX-License-Identifier: MIT
#pragma once

#include "defilada/geo/frame.hpp"
#include "defilada/geo/route.hpp"
#include "defilada/movement/profile.hpp"
#include "defilada/show/model.hpp"

namespace defilada::movement {

/// One wind for all heights. What flies keeps its speed through the air and its track over the
/// ground, and points into the wind by the crab angle:
///
///            wind              ground = air + wind
///         <-------             along the track   g = sqrt(v^2 - c^2) + w . d,   c = w . left(d)
///          `.    | air v       crab              asin(-c / v), > 0 to the left of the track
///            `.  |
///     ground g `.|
///
/// Source: the triangle of velocities of every navigation manual.
class Wind {
 public:
  explicit Wind(const show::Show& show);
  explicit Wind(geo::Vec2 velocity_mps) : velocity_(velocity_mps) {}

  [[nodiscard]] bool blows() const noexcept { return velocity_.x != 0 || velocity_.y != 0; }
  [[nodiscard]] geo::Vec2 velocity_mps() const noexcept { return velocity_; }

  /// Speed over the ground along the unit vector `track` at `air_mps` through the air; kSlowest
  /// where the wind lets nobody get along (see gets_along). Law (property-tested): the three
  /// velocities make a triangle.
  [[nodiscard]] double ground_mps(double air_mps, geo::Vec2 track) const;
  /// From the track to where the nose points, rad, > 0 to the left; for who does `ground_mps` along
  /// the track.
  [[nodiscard]] double crab_rad(double ground_mps, geo::Vec2 track) const;
  /// The fastest over the ground while a track turns from `from_rad` by `turn_rad`.
  [[nodiscard]] double fastest_mps(double air_mps, double from_rad, double turn_rad) const;
  [[nodiscard]] bool gets_along(double air_mps, geo::Vec2 track) const;

  static constexpr double kSlowest = 1;  ///< m/s

 private:
  geo::Vec2 velocity_;
};

/// The speed over the ground of what flies `way` at the speeds through the air of `still`: exact on
/// straights at one speed and at every 5 degrees of a turn, evenly changing between. A turn keeps
/// its circle over the ground; the bank changes with the speed (see turn_radius_m).
[[nodiscard]] SpeedProfile in_wind(const SpeedProfile& still, const geo::Route& way,
                                   const Wind& wind);

/// Radius of a turn over the ground in which the bank nowhere exceeds `bank_rad`: that of the
/// fastest moment of it.
[[nodiscard]] double turn_radius_m(const Wind& wind, double air_mps, double bank_rad,
                                   double from_rad, double turn_rad);

/// Nodes for SpeedProfile::through along elements `from` to `to` of a way flown at one speed.
void add_nodes(const geo::Route& way, double from_m, double to_m, double air_mps, const Wind& wind,
               std::vector<SpeedProfile::Node>& nodes);

}  // namespace defilada::movement
