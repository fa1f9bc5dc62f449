// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "pair.hpp"
#include "threads.hpp"

/// Which pairs are looked at one by one. Two ways lead there:
///
///   units   movers that keep their places to each other (a block on a straight, a rank in a wheel,
///           tracks that differ by a constant), and everybody when they are few:
///           boxes in slabs of time -> pairs of units -> relative motion, halved in time
///   slices  all others, when they are many: chords over short slices in a grid, tested by vectors
namespace defilada::proof {

/// What a piece of work has found; put together in the order of the work, never of the threads.
struct Found {
  std::vector<Approach> conflicts;
  Least least;
  std::vector<std::uint64_t> looked;  ///< a << 32 | b
  std::uint64_t extended = 0;
};

/// Conflicts of all parts joined and in order, and how many different pairs were looked at. `least`
/// is that of all. Of many, both are dealt out by pair and put in order on all threads.
[[nodiscard]] SeparationReport make_report(const Motions& motions, const SeparationOptions& options,
                                           Threads& threads, const std::vector<Found>& parts,
                                           const Least& least);

/// Movers that are at path(t) + left N(t) + offset, up to `drift`.
struct Unit {
  struct Member {
    std::uint32_t mover = 0;
    double left_m = 0;
    std::array<double, 3> offset_m{};
  };
  std::uint32_t path = 0;
  std::uint32_t of_class = 0;
  bool steady = false;  ///< left is 0, it is in the offsets
  std::vector<Member> members;
  std::vector<Member> corners;  ///< all others lie between them
  double drift_m = 0;
  double body_m = 0;                 ///< largest circumradius and error of the tracks
  double radius_m = 0;               ///< largest distance of a member from the path, horizontally
  std::array<double, 2> height_m{};  ///< least and largest offset in z
  std::array<double, 2> axis{1, 0};  ///< along which it is longest, of those without a normal
  bool level = false;                ///< all are on the path's own line: no offset along or across
  std::array<double, 2> beside_m{};  ///< least and largest place on that line
  bool discs = true;
  std::array<double, 2> time_s{};
};

/// Every mover that is anywhere is in a unit of several, or alone.
struct Units {
  std::vector<Unit> units;
  std::vector<std::uint32_t> alone;  ///< in order
};
/// `lanes` stays empty, or becomes a copy of `motions` with more paths, of ranks that were found
/// among tracks of their own: then the units' paths are among those.
[[nodiscard]] Units find_units(const Motions& motions, bool groups, Motions& lanes,
                               Threads& threads);

/// A unit of one mover.
[[nodiscard]] Unit lone_unit(const Motions& motions, std::uint32_t index);

using Velocity = std::array<double, 2>;

/// What most of `movers` do from one instant to another: the median. Taken off everybody's motion,
/// a march stands nearly still; any velocity is as right, it only costs time. The same each time.
[[nodiscard]] Velocity common_velocity(const Motions& motions,
                                       std::span<const std::uint32_t> movers, double from_s,
                                       double to_s);

/// How far movers may go in a piece of time, in the frame of what most do.
struct CutLimits {
  double chord_m;       ///< from its beginning to its end, nine tenths of them
  double bend_m;        ///< beside that, nine tenths of them
  double mean_chord_m;  ///< in the mean, which a few fast ones are in
  int least_halvings;   ///< of the whole time
  int most_halvings;
};

/// Where pieces of time begin and end, from the first instant to the last: halved until a sample of
/// `movers` keeps the limits.
[[nodiscard]] std::vector<double> halved_times(const Motions& motions,
                                               std::span<const std::uint32_t> movers,
                                               const std::array<double, 2>& whole_s,
                                               const CutLimits& limits, Threads& threads);

/// Two units, by their place in a list, and when they may be near.
struct Window {
  std::uint32_t a;
  std::uint32_t b;
  double from_s;
  double to_s;
};

/// One mover in a slice.
struct InSlice {
  std::uint32_t mover = 0;
  std::array<double, 3> from{};
  std::array<double, 3> to{};
  std::array<double, 3> half{};  ///< of the box about the chord
  double deviation_m = 0;        ///< of its corners
};
/// Everybody in a slice that is long.
struct LongSlice {
  double from_s = 0;
  double to_s = 0;
  Velocity common{};  ///< taken off all ways
  std::vector<InSlice> here;
};
/// Where somebody is at one instant, and who is near whom then.
struct Seen {
  std::array<double, 3> at;
  std::uint32_t mover;
};
struct NearestSeen {
  double value_m = 0;
  std::uint32_t first = 0;
  std::uint32_t second = 0;
};
/// Two in a slice who may come near each other.
struct NearInSlice {
  const InSlice* a;
  const InSlice* b;
  bool told;  ///< by the filter; false: one of them is too far out for it
};

struct NearUnits;
struct SliceRoom;

/// Rooms to work in that are kept between pieces of work: asking for memory again and again costs
/// more than the work where threads ask for it side by side.
template <class Room>
class Rooms {
 public:
  [[nodiscard]] std::shared_ptr<Room> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_shared<Room>();
    std::shared_ptr<Room> room = std::move(free_.back());
    free_.pop_back();
    return room;
  }
  void give(std::shared_ptr<Room> room) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(room));
  }

 private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<Room>> free_;
};

/// The parts of prove_separation.
class Prover {
 public:
  /// `units`: none where everybody is looked at with everybody.
  Prover(const Motions& motions, const Rules& rules, const SeparationOptions& options, Units units,
         Threads& threads);
  [[nodiscard]] Result<SeparationReport> run();

 private:
  void inside_units();
  /// Two who are near each other at some instant.
  struct Guess {
    std::uint32_t a;
    std::uint32_t b;
    double t_s;
  };
  std::optional<Guess> sample();
  [[nodiscard]] NearestSeen nearest_at(double t_s, const std::vector<std::uint32_t>& edge,
                                       Threads& threads) const;
  [[nodiscard]] std::vector<std::uint32_t> at_the_edge() const;
  [[nodiscard]] std::vector<Seen> seen_at(double t_s, const std::vector<std::uint32_t>& movers,
                                          Threads& threads) const;
  void nearest_of(const std::vector<Seen>& seen, std::size_t i, std::size_t axis,
                  NearestSeen& found) const;
  void look_everywhere();
  void look_at_units();
  void look_at_slices();

  /// Lower bound of the distance asked, from which on a pair of classes is of no interest.
  void find_reaches(const std::vector<double>& asked);
  [[nodiscard]] double range_m(double demand_m) const;
  /// Of `all`, the first `own` are units, the others singles that go by slices.
  std::vector<Window> find_windows(const std::vector<const Unit*>& all, std::size_t own);
  void inside(const Unit& unit, Found& found) const;
  void near_pieces(const NearUnits& near, const MotionPiece& p, const MotionPiece& q, double from_s,
                   double to_s) const;
  void near_units(const Unit& a, const Unit& b, double from_s, double to_s, PairProof& proof,
                  Found& found) const;
  void look_at_slice(double from_s, double to_s, Found& found);
  void cut_into_slices();
  void place_slice(LongSlice& own);
  void look_at_long_slice(LongSlice& own);
  void look_at_near(std::span<const NearInSlice> near, double from_s, double to_s, PairProof& proof,
                    std::vector<std::uint64_t>& looked) const;
  [[nodiscard]] double spacing_m() const;
  /// Where slices begin and end, from the first instant to the last.
  [[nodiscard]] std::vector<double> slice_times() const;
  /// Runs work(i, found) for i < count on all threads and takes what was found in order.
  void in_parallel(std::size_t count, const std::function<void(std::size_t, Found&)>& work);
  /// Whether for any pair the distance on the ground alone counts: then heights tell nobody apart.
  [[nodiscard]] bool any_flat() const;
  [[nodiscard]] PairProof pair_proof() const;
  static void keep(PairProof& proof, Found& found);

  const Motions& motions_;
  const Rules& rules_;
  const SeparationOptions& options_;
  Threads& threads_;
  std::vector<Unit> units_;             ///< that go by boxes
  std::vector<std::uint32_t> singles_;  ///< movers that go by slices
  std::vector<double> slice_times_;     ///< where slices begin, and the end
  std::vector<LongSlice> long_slices_;  ///< none where there are many
  Rooms<SliceRoom> slice_rooms_;
  std::vector<double> reach_m_;  ///< (mover) half of what its class asks, its body and error
  std::array<double, 2> time_s_{};
  double interest_m_ = 0;
  double widest_m_ = 0;  ///< largest demand of any two
  bool any_flat_ = false;
  std::vector<Found> parts_;  ///< in the order of the work
  Least least_;               ///< of all parts
  std::atomic<std::size_t> done_{0};
  std::size_t total_ = 1;
  std::atomic<bool> stopped_{false};
};

}  // namespace defilada::proof
