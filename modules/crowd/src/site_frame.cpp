// SPDX-License-Identifier: MIT
#include "site_frame.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/crowd/kernel.hpp"

namespace defilada::crowd {
namespace {

using geo::Feature;

/// Farther from [0, 0] than this the ground is moved: in single precision a step would be lost.
constexpr double kFarM = 10'000;
/// As wide as the engine's coordinates reach on both sides of [0, 0], but for the middle's rounding
/// and for degrees, whose middle is not that of metres.
constexpr double kWidestM = 2 * kFarthest_m - 200;
/// Wider than this is too wide wherever it lies.
constexpr double kWidestDegrees = 180;

class Frame {
 public:
  Frame(std::vector<Feature>& features, bool metres, Site& site, Diagnostics& diagnostics)
      : features_(features), metres_(metres), site_(site), diagnostics_(diagnostics) {}

  bool bring() {
    if (features_.empty()) return true;
    const Bounds all = bounds();
    if (!metres_) {
      // The frame is good near its middle: what lies about the earth is told before.
      constexpr double kMPerDegree = 111'000;
      if (kMPerDegree * (all.high.y - all.low.y) > kWidestM || all.width() > kWidestDegrees) {
        return too_wide();
      }
      site_.origin = geo::LatLon{all.middle().y, all.middle().x};
      const auto frame = geo::LocalFrame::make(*site_.origin);
      if (!frame) return false;  // read_geojson has told of degrees out of range
      each_point([&](Vec2& p) { p = frame->to_local({p.y, p.x}); });
      return bounds().width() <= kWidestM || too_wide();
    }
    if (!(all.width() <= kWidestM)) return too_wide();
    const Vec2 middle = all.middle();
    if (all.width() / 2 + std::max(std::abs(middle.x), std::abs(middle.y)) > kFarM) {
      site_.offset = {std::round(middle.x), std::round(middle.y)};
      each_point([&](Vec2& p) { p = p - site_.offset; });
    }
    return true;
  }

 private:
  /// Names the feature that lies farthest from where most of them are.
  bool too_wide() {
    std::vector<double> x;
    std::vector<double> y;
    each_point([&](Vec2& p) {
      x.push_back(p.x);
      y.push_back(p.y);
    });
    const auto median = [](std::vector<double>& all) {
      const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
      std::nth_element(all.begin(), middle, all.end());
      return *middle;
    };
    const Vec2 most = {median(x), median(y)};
    const Feature* farthest = &features_.front();
    double away = -1;
    for (const Feature& feature : features_) {
      for (const auto& ring : feature.rings) {
        for (const Vec2& p : ring) {
          if (length(p - most) <= away) continue;
          away = length(p - most);
          farthest = &feature;
        }
      }
    }
    diagnostics_.error(
        "crowd.too-wide", farthest->span,
        phrase("the site is wider than {:.0f} km: this lies farthest from the rest of it",
               kWidestM / 1000),
        metres_ ? phrase("metres, as \"units\": \"m\" says")
                : phrase("[lon, lat] in degrees, or \"units\": \"m\" in the collection for "
                         "metres"));
    return false;
  }

  struct Bounds {
    Vec2 low{INFINITY, INFINITY};
    Vec2 high{-INFINITY, -INFINITY};
    [[nodiscard]] Vec2 middle() const { return 0.5 * (low + high); }
    [[nodiscard]] double width() const { return std::max(high.x - low.x, high.y - low.y); }
  };
  Bounds bounds() {
    Bounds out;
    each_point([&](Vec2& p) {
      out.low = {std::min(out.low.x, p.x), std::min(out.low.y, p.y)};
      out.high = {std::max(out.high.x, p.x), std::max(out.high.y, p.y)};
    });
    return out;
  }

  template <typename Do>
  void each_point(Do act) {
    for (Feature& feature : features_) {
      for (auto& ring : feature.rings) {
        for (Vec2& point : ring) act(point);
      }
    }
  }

  std::vector<Feature>& features_;
  bool metres_;
  Site& site_;
  Diagnostics& diagnostics_;
};

}  // namespace

bool bring_to_frame(std::vector<Feature>& features, bool metres, Site& site,
                    Diagnostics& diagnostics) {
  return Frame(features, metres, site, diagnostics).bring();
}

}  // namespace defilada::crowd
