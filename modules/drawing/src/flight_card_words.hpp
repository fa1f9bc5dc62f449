// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "defilada/plan/flight_card.hpp"

namespace defilada::drawing {

/// The texts of a flight card.
class FlightCardWords {
 public:
  FlightCardWords(const Context& context, const plan::FlightCard& card)
      : context_(context), words_(context.words), card_(card) {}

  using Point = plan::FlightCard::Point;

  /// "268° T", "275° T 282° M": whole degrees, 360 for north.
  [[nodiscard]] std::string course(double true_rad) const;
  [[nodiscard]] std::string speed(double mps) const;          ///< "400 km/h (216 kt)"
  [[nodiscard]] static std::string minutes(Duration length);  ///< "9:40"
  [[nodiscard]] std::vector<std::string> heights() const;
  [[nodiscard]] std::string name_of(const Point& point) const;
  [[nodiscard]] std::string kind_of(const Point& point) const;
  [[nodiscard]] std::string neighbour(const plan::FlightCard::Neighbour& other, bool behind) const;
  [[nodiscard]] std::string break_off() const;
  [[nodiscard]] std::vector<std::string> hold() const;  ///< all but its two times
  [[nodiscard]] std::string reference() const;          ///< what the angles are
  /// The point over the target; nullptr: the line ends before.
  [[nodiscard]] const Point* target() const;

 private:
  [[nodiscard]] double ground_mps_over_target(const plan::FlightCard& card) const;

  const Context& context_;
  const Words& words_;
  const plan::FlightCard& card_;
};

}  // namespace defilada::drawing
