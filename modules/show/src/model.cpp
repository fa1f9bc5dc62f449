// SPDX-License-Identifier: MIT
#include "defilada/show/model.hpp"

namespace defilada::show {

std::string_view to_string(Quality quality) noexcept {
  switch (quality) {
    case Quality::unstated: return "unstated";
    case Quality::published: return "published";
    case Quality::calibrated: return "calibrated";
    case Quality::assumed: return "assumed";
  }
  return "unstated";
}

std::string_view to_string(Category category) noexcept {
  switch (category) {
    case Category::foot: return "foot";
    case Category::mounted: return "mounted";
    case Category::vehicle: return "vehicle";
    case Category::aeroplane: return "aeroplane";
    case Category::helicopter: return "helicopter";
    case Category::drone: return "drone";
  }
  return "foot";
}

}  // namespace defilada::show
