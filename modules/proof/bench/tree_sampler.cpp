// SPDX-License-Identifier: MIT
#include <nanoflann.hpp>

#include "over_frames.hpp"

namespace defilada::proof::bench {
namespace {

/// nanoflann's view of those who are there.
struct Cloud {
  std::vector<float> points;          ///< (mover, dimension)
  std::vector<std::uint32_t> movers;  ///< (point)
  std::size_t dims = 2;
  [[nodiscard]] std::size_t kdtree_get_point_count() const { return movers.size(); }
  [[nodiscard]] float kdtree_get_pt(std::size_t i, std::size_t d) const {
    return points[i * dims + d];
  }
  template <class Box>
  bool kdtree_get_bbox(Box& /*box*/) const {
    return false;
  }
};

template <int Dims>
void search(Cloud& cloud, const Frame& frame, float limit,
            std::vector<std::pair<std::uint32_t, float>>& near, Pairs& pairs) {
  cloud.dims = Dims;
  cloud.points.clear();
  cloud.movers.clear();
  for (std::uint32_t m = 0; m < frame.x.size(); ++m) {
    if (!(frame.x[m] == frame.x[m])) continue;
    cloud.points.push_back(frame.x[m]);
    cloud.points.push_back(frame.y[m]);
    if (Dims == 3) cloud.points.push_back(frame.z[m]);
    cloud.movers.push_back(m);
  }
  using Distance = nanoflann::L2_Simple_Adaptor<float, Cloud, float, std::uint32_t>;
  const nanoflann::KDTreeSingleIndexAdaptor<Distance, Cloud, Dims, std::uint32_t> tree(
      Dims, cloud, nanoflann::KDTreeSingleIndexAdaptorParams(10));
  const nanoflann::SearchParams unsorted(0, 0, false);
  for (std::uint32_t i = 0; i < cloud.movers.size(); ++i) {
    near.clear();
    tree.radiusSearch(&cloud.points[i * Dims], limit * limit, near, unsorted);
    for (const auto& [j, square] : near) {
      if (j > i) pairs.push_back(std::uint64_t{cloud.movers[i]} << 32U | cloud.movers[j]);
    }
  }
}

}  // namespace

Pairs sample_by_tree(const Motions& motions, double limit_m, double rate_hz, unsigned threads) {
  const auto limit = static_cast<float>(limit_m);
  const auto near = [limit, cloud = Cloud{},
                     found = std::vector<std::pair<std::uint32_t, float>>{}](
                        const Frame& frame, bool flat, Pairs& pairs) mutable {
    flat ? search<2>(cloud, frame, limit, found, pairs)
         : search<3>(cloud, frame, limit, found, pairs);
  };
  return over_frames(motions, rate_hz, threads, near);
}

}  // namespace defilada::proof::bench
