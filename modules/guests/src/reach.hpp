// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "defilada/core/finding.hpp"
#include "defilada/guests/day.hpp"
#include "defilada/show/model.hpp"

/// What can be wrong with the ways of guests before anything has a time: check_day.cpp.
namespace defilada::guests::reach {

/// How far guests may walk straight to their cars.
inline constexpr double kWalkM = 300;

/// Arc length of the middle of a motorcade's car k where it waits: the first has its nose at the
/// station.
[[nodiscard]] double car_m(const show::Show& show, const show::Motorcade& plan, std::size_t k);

/// Of an arrival: when a car stops, the one ahead must have left its place.
void cars_apart(const show::Show& show, const show::GuestArrival& plan,
                const std::vector<CarRun>& runs, std::vector<Finding>& findings);
void width(const show::Show& show, show::RouteId route, double width_m, const Phrase& who,
           Span span, std::vector<Finding>& findings);
void road_width(const show::Show& show, show::RouteId route, show::KindId car, Span span,
                std::vector<Finding>& findings);
void line_of_cars(const show::Show& show, const show::Motorcade& plan,
                  std::vector<Finding>& findings);
void cars_in_reach(const show::Motorcade& plan, double walk_m, std::vector<Finding>& findings);
/// Who shares a car must go to the same meeting.
void together(const show::Show& show, const show::Motorcade& plan, std::vector<Finding>& findings);

}  // namespace defilada::guests::reach
