// SPDX-License-Identifier: MIT
#include "overlay.hpp"

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "defilada/core/check.hpp"

namespace defilada::crowd::overlay {
namespace {

using geo::Vec2;
using Ring = std::vector<Vec2>;

/// One handle for each call: handles are not shared between threads.
class Geos {
 public:
  struct Free {
    GEOSContextHandle_t handle;
    void operator()(GEOSGeometry* geometry) const { GEOSGeom_destroy_r(handle, geometry); }
  };
  using Geometry = std::unique_ptr<GEOSGeometry, Free>;

  Geos() : handle_(GEOS_init_r()) { DEFILADA_CHECK(handle_ != nullptr); }
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;
  ~Geos() { GEOS_finish_r(handle_); }

  Geometry united(const Polygons& polygons) {
    std::vector<GEOSGeometry*> parts;
    for (const geo::Polygon& polygon : polygons) parts.push_back(polygon_of(polygon));
    const Geometry all = own(GEOSGeom_createCollection_r(
        handle_, GEOS_GEOMETRYCOLLECTION, parts.data(), static_cast<unsigned>(parts.size())));
    return own(GEOSUnaryUnion_r(handle_, all.get()));
  }
  Geometry less(const Geometry& a, const Geometry& b) {
    return own(GEOSDifference_r(handle_, a.get(), b.get()));
  }
  Geometry common(const Geometry& a, const Geometry& b) {
    return own(GEOSIntersection_r(handle_, a.get(), b.get()));
  }

  /// The parts of `geometry` that have an area, in GEOS's normal order.
  Polygons polygons(const Geometry& geometry) {
    DEFILADA_CHECK(GEOSNormalize_r(handle_, geometry.get()) == 0);
    Polygons out;
    const int n = GEOSGetNumGeometries_r(handle_, geometry.get());
    for (int i = 0; i < n; ++i) collect(GEOSGetGeometryN_r(handle_, geometry.get(), i), out);
    return out;
  }

 private:
  Geometry own(GEOSGeometry* geometry) const {
    DEFILADA_CHECK(geometry != nullptr);
    return Geometry(geometry, Free{handle_});
  }

  GEOSGeometry* ring_of(const Ring& ring) {
    GEOSCoordSequence* points =
        GEOSCoordSeq_create_r(handle_, static_cast<unsigned>(ring.size() + 1), 2);
    for (std::size_t i = 0; i <= ring.size(); ++i) {
      const Vec2 p = ring[i % ring.size()];
      GEOSCoordSeq_setXY_r(handle_, points, static_cast<unsigned>(i), p.x, p.y);
    }
    GEOSGeometry* out = GEOSGeom_createLinearRing_r(handle_, points);
    DEFILADA_CHECK(out != nullptr);
    return out;
  }

  GEOSGeometry* polygon_of(const geo::Polygon& polygon) {
    // Even-odd, as geo::contains reads it: a hole that pokes out of its outline is no fault here.
    GEOSGeometry* outer = GEOSGeom_createPolygon_r(handle_, ring_of(polygon.outer), nullptr, 0);
    for (const Ring& hole : polygon.holes) {
      const Geometry whole = own(outer);
      const Geometry off = own(GEOSGeom_createPolygon_r(handle_, ring_of(hole), nullptr, 0));
      outer = GEOSDifference_r(handle_, whole.get(), off.get());
      DEFILADA_CHECK(outer != nullptr);
    }
    return outer;
  }

  void collect(const GEOSGeometry* part, Polygons& out) {
    if (GEOSGeomTypeId_r(handle_, part) != GEOS_POLYGON || GEOSisEmpty_r(handle_, part) == 1) {
      return;
    }
    geo::Polygon polygon;
    polygon.outer = points(GEOSGetExteriorRing_r(handle_, part), true);
    const int holes = GEOSGetNumInteriorRings_r(handle_, part);
    for (int i = 0; i < holes; ++i) {
      polygon.holes.push_back(points(GEOSGetInteriorRingN_r(handle_, part, i), false));
    }
    out.push_back(std::move(polygon));
  }

  Ring points(const GEOSGeometry* ring, bool anticlockwise) {
    const GEOSCoordSequence* sequence = GEOSGeom_getCoordSeq_r(handle_, ring);
    unsigned size = 0;
    GEOSCoordSeq_getSize_r(handle_, sequence, &size);
    Ring out(size - 1);
    for (unsigned i = 0; i + 1 < size; ++i) {
      GEOSCoordSeq_getXY_r(handle_, sequence, i, &out[i].x, &out[i].y);
    }
    double twice = 0;
    for (std::size_t i = 1; i + 1 < out.size(); ++i) {
      twice += cross(out[i] - out[0], out[i + 1] - out[0]);
    }
    if ((twice > 0) != anticlockwise) std::reverse(out.begin(), out.end());
    return without_straight_corners(std::move(out));
  }

  /// Unions leave corners where polygons met along a straight edge.
  static Ring without_straight_corners(Ring ring) {
    Ring out;
    const std::size_t n = ring.size();
    for (std::size_t i = 0; i < n; ++i) {
      const Vec2 before = out.empty() ? ring[(i + n - 1) % n] : out.back();
      const Vec2 in = ring[i] - before;
      const Vec2 on = ring[(i + 1) % n] - ring[i];
      const bool straight =
          dot(in, on) > 0 && std::abs(cross(in, on)) <= 1e-9 * length(in) * length(on);
      if (!straight) out.push_back(ring[i]);
    }
    return out.size() < 3 ? ring : out;
  }

  GEOSContextHandle_t handle_;
};

}  // namespace

Polygons merged(const Polygons& parts, const Polygons& taken_off) {
  if (parts.empty()) return {};
  Geos geos;
  Geos::Geometry ground = geos.united(parts);
  if (!taken_off.empty()) ground = geos.less(ground, geos.united(taken_off));
  return geos.polygons(ground);
}

Polygons common(const Polygons& a, const Polygons& b) {
  if (a.empty() || b.empty()) return {};
  Geos geos;
  return geos.polygons(geos.common(geos.united(a), geos.united(b)));
}

}  // namespace defilada::crowd::overlay
