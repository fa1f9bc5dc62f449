// SPDX-License-Identifier: MIT
// Many movers, each for itself: slices of time over a grid.
#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "broad.hpp"
#include "envelope.hpp"
#include "filter.hpp"
#include "gauge.hpp"

namespace defilada::proof {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Further out, floats tell nothing: such movers are looked at with everybody.
constexpr double kFar_m = 1e7;

/// Not shorter than it is; faster than std::hypot, which no place needs.
double length(const std::array<double, 3>& v) {
  return std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]) * (1 + 1e-15);
}

/// Everybody of a slice, in the frame of what most do.
class Slice {
 public:
  /// Nobody is there yet; what was filled for another slice is room to be used again.
  void begin(const Motions& motions, double from_s, double to_s, const Velocity& common) {
    motions_ = &motions;
    from_s_ = from_s;
    to_s_ = to_s;
    common_ = common;
    here.clear();
  }

  /// Where a mover is in the slice; false: nowhere.
  bool place(std::uint32_t index, InSlice& out) const;
  /// Sorts those that a float can tell into the grid; the others are `far`.
  void fill_grid(const std::vector<double>& reach_m, double half_m, bool margin, bool flat,
                 Threads& threads);
  /// All who may come near each other, as long as `here` stays.
  void find_near(std::vector<NearInSlice>& out) const;

  std::vector<InSlice> here;

 private:
  using Pieces = std::span<const MotionPiece>;
  void place_in_a_box(InSlice& in, const MotionMover& mover, Pieces pieces) const;
  [[nodiscard]] std::array<double, 3> moved(const std::array<double, 4>& p, double t_s) const {
    const double dt = t_s - from_s_;
    return {p[0] - common_[0] * dt, p[1] - common_[1] * dt, p[2]};
  }
  /// Of those in the grid.
  struct Extent {
    std::size_t count = 0;
    double widest = 0;
    std::array<double, 3> low{kInfinity, kInfinity, kInfinity};  ///< of the middles of chords
    std::array<double, 3> high{-kInfinity, -kInfinity, -kInfinity};
    std::array<double, 3> first = low;  ///< of their ends
    std::array<double, 3> last = high;

    void take(const Extent& other) {
      count += other.count;
      widest = std::max(widest, other.widest);
      for (std::size_t d = 0; d < 3; ++d) {
        low[d] = std::min(low[d], other.low[d]);
        high[d] = std::max(high[d], other.high[d]);
        first[d] = std::min(first[d], other.first[d]);
        last[d] = std::max(last[d], other.last[d]);
      }
    }
  };
  void measure(std::size_t i, const std::vector<double>& reach_m, double half_m, bool margin,
               Extent& extent);
  void find_extent(const std::vector<double>& reach_m, double half_m, bool margin,
                   Threads& threads);
  double fast_width();
  void sort_into_cells();
  void fill_arrays(bool flat, Threads& threads);
  void filter(Threads& threads);

  const Motions* motions_ = nullptr;
  double from_s_ = 0;
  double to_s_ = 0;
  Velocity common_{};
  std::vector<double> reach_;          ///< (mover here) [m]
  std::vector<double> width_;          ///< (mover here) reach and half of the chord [m]
  std::vector<double> widths_;         ///< of a sample of those in the grid
  std::vector<std::uint32_t> cell_;    ///< (mover here) in the grid
  std::vector<std::uint32_t> next_;    ///< (cell) where its next goes
  std::vector<char> far_;              ///< (mover here)
  std::vector<std::uint32_t> sorted_;  ///< (place in the arrays) mover here
  std::array<double, 2> low_{};
  std::array<double, 2> high_{};
  double extent_ = 0;
  double limit_ = 0;  ///< wider ones are for no cell
  SliceArrays arrays_;
  std::vector<IndexPair> pairs_;
};

bool Slice::place(std::uint32_t index, InSlice& out) const {
  const MotionMover& mover = motions_->movers[index];
  const auto pieces = motions_->pieces_of(motions_->paths[mover.path]);
  auto piece = std::lower_bound(pieces.begin(), pieces.end(), from_s_,
                                [](const MotionPiece& p, double t) { return p.t1_s < t; });
  if (piece == pieces.end() || piece->t0_s > to_s_) return false;
  // A joint at the very beginning belongs to the slice before as well.
  if (piece->t1_s == from_s_ && piece + 1 != pieces.end() && (piece + 1)->t0_s == from_s_) ++piece;
  const Pieces rest = pieces.subspan(static_cast<std::size_t>(piece - pieces.begin()));
  out.mover = index;
  Envelope envelope;
  if (find_envelope(*motions_, mover, rest, from_s_, to_s_, envelope)) {
    std::copy_n(envelope.from.begin(), 3, out.from.begin());
    out.to = moved(envelope.to, to_s_);
    std::copy_n(envelope.half.begin(), 3, out.half.begin());
  } else {
    place_in_a_box(out, mover, rest);
  }
  out.deviation_m = length(out.half);
  return true;
}

/// There for a part of the time: a box about all control points.
void Slice::place_in_a_box(InSlice& in, const MotionMover& mover, Pieces pieces) const {
  std::array<double, 3> low{kInfinity, kInfinity, kInfinity};
  std::array<double, 3> high{-kInfinity, -kInfinity, -kInfinity};
  double error = 0;
  for (const MotionPiece& piece : pieces) {
    if (piece.t0_s > to_s_) break;
    const double from = std::max(from_s_, piece.t0_s);
    const double to = std::min(to_s_, piece.t1_s);
    const Curve<double> curve = safe_control_points(*motions_, mover, piece, from, to);
    error = std::max(error, curve.error);
    // A constant moves in this frame, too.
    const int last = std::max(curve.degree, 1);
    for (int k = 0; k <= last; ++k) {
      const double t = from + (to - from) * k / last;
      const auto at = moved(curve.p[std::min(k, curve.degree)], t);
      for (std::size_t d = 0; d < 3; ++d) {
        low[d] = std::min(low[d], at[d]);
        high[d] = std::max(high[d], at[d]);
      }
    }
  }
  for (std::size_t d = 0; d < 3; ++d) {
    in.from[d] = in.to[d] = 0.5 * (low[d] + high[d]);
    in.half[d] = 0.5 * (high[d] - low[d]) + error;
  }
}

void Slice::fill_grid(const std::vector<double>& reach_m, double half_m, bool margin,
                      bool flat_alone, Threads& threads) {
  find_extent(reach_m, half_m, margin, threads);
  if (limit_ == 0) return;
  sort_into_cells();
  fill_arrays(flat_alone, threads);
  filter(threads);
}

/// Bands of rows each by itself, put together in order.
void Slice::filter(Threads& threads) {
  constexpr std::size_t kBand = 1024;  // movers: fewer are not worth one of their own
  const std::uint32_t rows = arrays_.rows + 1;
  const auto bands =
      static_cast<std::uint32_t>(std::clamp<std::size_t>(sorted_.size() / kBand, 1, rows));
  pairs_.clear();
  if (bands == 1) return filter_pairs(arrays_, pairs_);
  std::vector<std::vector<IndexPair>> found(bands);
  threads.each(bands, [&](std::size_t band) {
    const auto b = static_cast<std::uint32_t>(band);
    filter_rows(arrays_, rows * b / bands, rows * (b + 1) / bands, found[band]);
  });
  for (const std::vector<IndexPair>& each : found)
    pairs_.insert(pairs_.end(), each.begin(), each.end());
}

/// What one of a slice needs around its chord.
void Slice::measure(std::size_t i, const std::vector<double>& reach_m, double half_m, bool margin,
                    Extent& extent) {
  const InSlice& in = here[i];
  const double own = reach_m[in.mover];
  reach_[i] = (margin ? own + half_m : std::max(own, half_m)) + in.deviation_m;
  width_[i] = reach_[i] +
              0.5 * length({in.to[0] - in.from[0], in.to[1] - in.from[1], in.to[2] - in.from[2]});
  double size = width_[i];
  for (std::size_t d = 0; d < 3; ++d)
    size = std::max({size, std::abs(in.from[d]), std::abs(in.to[d])});
  far_[i] = size < kFar_m ? 0 : 1;
  if (far_[i] != 0) return;
  ++extent.count;
  extent.widest = std::max(extent.widest, width_[i]);
  for (std::size_t d = 0; d < 3; ++d) {
    const double middle = 0.5 * (in.from[d] + in.to[d]);
    extent.low[d] = std::min(extent.low[d], middle);
    extent.high[d] = std::max(extent.high[d], middle);
    extent.first[d] = std::min({extent.first[d], in.from[d], in.to[d]});
    extent.last[d] = std::max({extent.last[d], in.from[d], in.to[d]});
  }
}

void Slice::find_extent(const std::vector<double>& reach_m, double half_m, bool margin,
                        Threads& threads) {
  constexpr std::size_t kPart = 1024;
  const std::size_t count = here.size();
  reach_.resize(count);
  width_.resize(count);
  far_.resize(count);
  std::vector<Extent> extents((count + kPart - 1) / kPart);
  threads.in_batches(count, kPart, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      measure(i, reach_m, half_m, margin, extents[begin / kPart]);
  });
  Extent all;
  for (const Extent& each : extents) all.take(each);
  sorted_.resize(all.count);
  limit_ = 0;
  if (all.count == 0) return;
  low_ = {all.low[0], all.low[1]};
  high_ = {all.high[0], all.high[1]};
  // The fastest tenth sets the cell unless it is far out of line; a sample tells how fast it is.
  limit_ = std::min(all.widest, 2 * fast_width());
  extent_ = std::max({all.widest, std::abs(all.first[2]), std::abs(all.last[2])});
  for (std::size_t d = 0; d < 2; ++d)
    extent_ = std::max({extent_, low_[d] - all.first[d], all.last[d] - low_[d]});
}

/// What nine of ten are not wider than, of a sample.
double Slice::fast_width() {
  constexpr std::size_t kSample = 1000;
  const std::size_t step = std::max<std::size_t>(1, here.size() / kSample);
  widths_.clear();
  for (std::size_t i = 0; i < here.size(); ++i) {
    // Scattered: every tenth may be the leader of nine.
    if ((i * 0x9E3779B97F4A7C15U >> 40U) % step == 0 && far_[i] == 0) widths_.push_back(width_[i]);
  }
  if (widths_.empty()) return kInfinity;  // the widest of those who are not in the sample
  const auto slow = widths_.begin() + static_cast<std::ptrdiff_t>(widths_.size() * 9 / 10);
  std::nth_element(widths_.begin(), slow, widths_.end());
  return *slow;
}

/// Cells as wide as two slow movers can be apart and still meet; counted, then placed.
void Slice::sort_into_cells() {
  const double cell = 2 * limit_ * (1 + 1e-6) + 1e-6;
  const double most = std::max(4.0, std::sqrt(4.0 * static_cast<double>(sorted_.size())));
  const auto cells = [&](std::size_t d) {
    return static_cast<std::uint32_t>(
        std::clamp(std::floor((high_[d] - low_[d]) / cell) + 2, 4.0, 4 * most));
  };
  arrays_.columns = cells(0);
  arrays_.rows = cells(1);
  const std::uint32_t total = arrays_.columns * arrays_.rows;
  cell_.resize(here.size());
  arrays_.cell_start.assign(total + 2, 0);
  for (std::size_t i = 0; i < here.size(); ++i) {
    if (far_[i] != 0) continue;
    std::uint32_t key = total;
    if (width_[i] <= limit_) {
      const auto along = [&](std::size_t d) {
        return static_cast<std::uint32_t>((0.5 * (here[i].from[d] + here[i].to[d]) - low_[d]) /
                                          cell);
      };
      key = along(1) % arrays_.rows * arrays_.columns + along(0) % arrays_.columns;
    }
    cell_[i] = key;
    ++arrays_.cell_start[key + 1];
  }
  for (std::size_t c = 1; c < arrays_.cell_start.size(); ++c)
    arrays_.cell_start[c] += arrays_.cell_start[c - 1];
  next_.assign(arrays_.cell_start.begin(), arrays_.cell_start.end() - 1);
  for (std::uint32_t i = 0; i < here.size(); ++i) {
    if (far_[i] == 0) sorted_[next_[cell_[i]]++] = i;
  }
  arrays_.wide_begin = arrays_.cell_start[total];
}

void Slice::fill_arrays(bool flat_alone, Threads& threads) {
  arrays_.resize(sorted_.size());
  // 32 units of a float of everything that is subtracted, multiplied or divided.
  const double guard = 16 * 0x1p-24 * 2 * (extent_ + 1) + 4e-6;
  const auto fill = [&](std::size_t k) {
    const InSlice& in = here[sorted_[k]];
    arrays_.cx[k] = static_cast<float>(0.5 * (in.from[0] + in.to[0]) - low_[0]);
    arrays_.cy[k] = static_cast<float>(0.5 * (in.from[1] + in.to[1]) - low_[1]);
    arrays_.cz[k] = flat_alone ? 0 : static_cast<float>(0.5 * (in.from[2] + in.to[2]));
    arrays_.hx[k] = static_cast<float>(0.5 * (in.to[0] - in.from[0]));
    arrays_.hy[k] = static_cast<float>(0.5 * (in.to[1] - in.from[1]));
    arrays_.hz[k] = flat_alone ? 0 : static_cast<float>(0.5 * (in.to[2] - in.from[2]));
    arrays_.reach[k] = static_cast<float>((reach_[sorted_[k]] + guard) * (1 + 1e-6));
  };
  constexpr std::size_t kBatch = 1024;
  threads.in_batches(sorted_.size(), kBatch, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) fill(k);
  });
}

void Slice::find_near(std::vector<NearInSlice>& out) const {
  out.clear();
  if (limit_ > 0) {
    out.reserve(pairs_.size());
    for (const IndexPair& pair : pairs_)
      out.push_back({&here[sorted_[pair.i]], &here[sorted_[pair.j]], true});
  }
  for (std::size_t i = 0; i < here.size(); ++i) {
    if (far_[i] == 0) continue;
    for (std::size_t j = 0; j < here.size(); ++j) {
      if (j != i && (far_[j] == 0 || j > i)) out.push_back({&here[i], &here[j], false});
    }
  }
}

/// Lower bound of the distance of two in a slice: each axis by itself tells how far their boxes
/// stay apart. For those that a float tells apart: 10 nm is above what rounding does to them.
double box_gap(const InSlice& a, const InSlice& b, bool flat) {
  double square = 0;
  for (std::size_t d = 0; d < (flat ? 2 : 3); ++d) {
    const double first = b.from[d] - a.from[d];
    const double last = b.to[d] - a.to[d];
    if ((first > 0) != (last > 0)) continue;
    const double gap = std::min(std::abs(first), std::abs(last)) - a.half[d] - b.half[d] - 1e-8;
    if (gap > 0) square += gap * gap;
  }
  return std::sqrt(square) * (1 - 1e-15);
}

}  // namespace

/// Room for a slice, used again by the next.
struct SliceRoom {
  Slice slice;
  std::vector<NearInSlice> near;
  std::vector<std::uint64_t> looked;
  std::vector<Approach> conflicts;
};

double Prover::spacing_m() const {
  double x0 = kInfinity, x1 = -kInfinity, y0 = kInfinity, y1 = -kInfinity;
  const std::size_t step = std::max<std::size_t>(1, singles_.size() / 500);
  for (std::size_t i = 0; i < singles_.size(); i += step) {
    const MotionMover& mover = motions_.movers[singles_[i]];
    const auto pieces = motions_.pieces_of(motions_.paths[mover.path]);
    const MotionPiece& piece = pieces[pieces.size() / 2];
    std::array<double, 3> at{};
    motions_.position(mover, 0.5 * (piece.t0_s + piece.t1_s), at);
    x0 = std::min(x0, at[0]);
    x1 = std::max(x1, at[0]);
    y0 = std::min(y0, at[1]);
    y1 = std::max(y1, at[1]);
  }
  return std::sqrt((x1 - x0 + widest_m_) * (y1 - y0 + widest_m_) /
                   static_cast<double>(singles_.size()));
}

std::vector<double> Prover::slice_times() const {
  // Chords make the cells, bends make candidates.
  const double spacing = spacing_m();
  return halved_times(motions_, singles_, time_s_, {2 * spacing, 0.1 * spacing, kInfinity, 0, 20},
                      threads_);
}

/// Looks at those of `near` whose boxes do not tell them apart.
void Prover::look_at_near(std::span<const NearInSlice> near, double from_s, double to_s,
                          PairProof& proof, std::vector<std::uint64_t>& looked) const {
  const bool margin = options_.measure == SeparationOptions::Measure::margin;
  const bool flat = any_flat_;
  for (const NearInSlice& each : near) {
    const auto [a, b] = std::minmax(each.a->mover, each.b->mover);
    if (rules_.between(motions_.movers[a].of_class, motions_.movers[b].of_class).shape ==
        Limit::Shape::none) {
      continue;
    }
    proof.interest_m = std::min(proof.interest_m, proof.least.upper_m);
    if (each.told) {
      const double half = 0.5 * std::max(0.0, proof.interest_m - options_.tolerance_m);
      const auto asked = [&](double reach) {
        return margin ? reach + half : std::max(reach, half);
      };
      if (box_gap(*each.a, *each.b, flat) >= asked(reach_m_[a]) + asked(reach_m_[b])) continue;
    }
    looked.push_back(std::uint64_t{a} << 32U | b);
    proof.look(a, b, from_s, to_s);
  }
}

void Prover::look_at_slice(double from_s, double to_s, Found& found) {
  const std::shared_ptr<SliceRoom> room = slice_rooms_.take();
  Slice& slice = room->slice;
  slice.begin(motions_, from_s, to_s, common_velocity(motions_, singles_, from_s, to_s));
  slice.here.reserve(singles_.size());
  InSlice in;
  for (const std::uint32_t index : singles_) {
    if (slice.place(index, in)) slice.here.push_back(in);
  }
  Threads alone(1);  // this slice is work of one thread
  slice.fill_grid(reach_m_, 0.5 * range_m(0),
                  options_.measure == SeparationOptions::Measure::margin, any_flat_, alone);
  slice.find_near(room->near);
  PairProof proof = pair_proof();
  proof.conflicts.swap(room->conflicts);
  room->looked.clear();
  look_at_near(room->near, from_s, to_s, proof, room->looked);
  found.looked = room->looked;
  keep(proof, found);
  proof.conflicts.clear();
  proof.conflicts.swap(room->conflicts);
  slice_rooms_.give(room);
}

namespace {

constexpr std::size_t kBatch = 256;
std::size_t batches(std::size_t count) {
  return (count + kBatch - 1) / kBatch;
}

}  // namespace

/// Where everybody is in a long slice, found out on all threads.
void Prover::place_slice(LongSlice& own) {
  own.common = common_velocity(motions_, singles_, own.from_s, own.to_s);
  Slice slice;
  slice.begin(motions_, own.from_s, own.to_s, own.common);
  own.here.resize(singles_.size());
  std::vector<char> there(singles_.size());
  in_parallel(batches(singles_.size()), [&](std::size_t batch, Found&) {
    const std::size_t end = std::min(singles_.size(), (batch + 1) * kBatch);
    for (std::size_t i = batch * kBatch; i < end; ++i)
      there[i] = slice.place(singles_[i], own.here[i]) ? 1 : 0;
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < there.size(); ++i) {
    if (there[i] == 0) continue;
    if (kept != i) own.here[kept] = own.here[i];  // mostly everybody is there
    ++kept;
  }
  own.here.resize(kept);
}

void Prover::look_at_long_slice(LongSlice& own) {
  const std::shared_ptr<SliceRoom> room = slice_rooms_.take();
  Slice& slice = room->slice;
  slice.begin(motions_, own.from_s, own.to_s, own.common);
  slice.here.swap(own.here);
  slice.fill_grid(reach_m_, 0.5 * range_m(0),
                  options_.measure == SeparationOptions::Measure::margin, any_flat_, threads_);
  slice.find_near(room->near);
  const std::vector<NearInSlice>& near = room->near;
  in_parallel(batches(near.size()), [&](std::size_t batch, Found& found) {
    const auto first = batch * kBatch;
    PairProof proof = pair_proof();
    look_at_near(std::span(near).subspan(first, std::min(kBatch, near.size() - first)), own.from_s,
                 own.to_s, proof, found.looked);
    keep(proof, found);
  });
  slice.here.swap(own.here);
  slice_rooms_.give(room);
}

/// Cuts time; where that makes few slices, they are long, and everybody is placed in them at once.
void Prover::cut_into_slices() {
  if (singles_.size() < 2) return;
  constexpr std::size_t kMany = 8;  // as much as some threads need
  slice_times_ = slice_times();
  if (slice_times_.size() > kMany) return;
  for (std::size_t k = 0; k + 1 < slice_times_.size(); ++k) {
    long_slices_.push_back({slice_times_[k], slice_times_[k + 1], {}, {}});
    place_slice(long_slices_.back());
  }
}

void Prover::look_at_slices() {
  if (slice_times_.empty()) return;
  if (long_slices_.empty()) {
    in_parallel(slice_times_.size() - 1, [&](std::size_t k, Found& found) {
      look_at_slice(slice_times_[k], slice_times_[k + 1], found);
    });
  }
  for (LongSlice& each : long_slices_) look_at_long_slice(each);
}

}  // namespace defilada::proof
