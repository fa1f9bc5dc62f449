// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fixture.hpp"

namespace defilada::sheet::fixture {

using geo::Vec2;
using namespace show;

/// Builds the show by hand and its times by constant speed.
class Builder {
 public:
  Builder();

  Show& show() { return event_.show; }
  plan::Plan& plan() { return event_.plan; }
  Event take() { return std::move(event_); }

  Span line(std::uint32_t n) const;

  RouteId route(std::string name, std::vector<Vec2> points, double width_m, bool air = false,
                double radius_m = 0);
  StationId station(std::string name, RouteId route, double s_m);
  void area(std::string name, AreaUse use, Vec2 low, Vec2 high,
            std::optional<std::int64_t> capacity = {});
  KindId kind(Kind kind);
  ProcessionId procession(Procession procession);
  ContingentId contingent(Contingent contingent);

  /// Everybody of a procession passes `key` from `t0_s` on, `headway_s` apart, at one speed.
  void move(ProcessionId id, StationId key, double t0_s, double headway_s, double v_mps,
            double from_m, double to_m);
  void count();

 private:
  void move_one(ContingentId id, const Procession& procession, double t_key_s, double s_key_m,
                double v_mps, double from_m, double to_m);
  double depth_m(ContingentId id) const;

  Event event_;
  FileId file_;
};

}  // namespace defilada::sheet::fixture
