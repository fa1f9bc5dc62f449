// SPDX-License-Identifier: MIT
#include "defilada/core/state_bytes.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace defilada {
namespace {

struct Part {
  double time_s = 0;
  std::optional<std::uint16_t> lane;
  bool operator==(const Part&) const = default;
  template <class Bytes>
  void keep(Bytes& bytes) {
    bytes(time_s, lane);
  }
};
struct Whole {
  enum class Kind : std::uint8_t { one, two };
  Kind kind = Kind::one;
  bool open = false;
  std::string name;
  std::vector<float> speeds;
  std::vector<bool> seen;
  std::vector<Part> parts;
  std::vector<std::vector<std::uint32_t>> curves;
  bool operator==(const Whole&) const = default;
  template <class Bytes>
  void keep(Bytes& bytes) {
    bytes(kind, open, name, speeds, seen, parts, curves);
  }
};

Whole some() {
  return {Whole::Kind::two,    true,
          "brama północna",    {1.5F, -0.0F, std::numeric_limits<float>::infinity()},
          {true, false, true}, {{0.1, 3}, {-1e300, {}}},
          {{1, 2}, {}, {3}}};
}

std::string bytes_of(Whole whole) {
  StateWriter writer;
  writer(whole);
  return std::move(writer).take();
}

TEST(StateBytes, WhatIsReadIsWhatWasWritten) {
  const std::string bytes = bytes_of(some());
  StateReader reader(bytes);
  Whole found;
  reader(found);
  EXPECT_TRUE(reader.whole());
  EXPECT_EQ(found, some());
  EXPECT_EQ(bytes_of(found), bytes);
}

TEST(StateBytes, EachPrefixIsMissingSomething) {
  const std::string bytes = bytes_of(some());
  for (std::size_t count = 0; count < bytes.size(); ++count) {
    StateReader reader(std::string_view(bytes).substr(0, count));
    Whole found;
    reader(found);
    EXPECT_FALSE(reader.good()) << count;
  }
  const std::string longer = bytes + "x";
  StateReader more(longer);
  Whole found;
  more(found);
  EXPECT_TRUE(more.good());
  EXPECT_FALSE(more.whole());
}

/// A length that cannot be takes no memory.
TEST(StateBytes, AnyByteMayBeWrong) {
  const std::string bytes = bytes_of(some());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const int wrong : {0, 1, 0x7f, 0xff}) {
      std::string damaged = bytes;
      damaged[at] = static_cast<char>(wrong);
      StateReader reader(damaged);
      Whole found;
      reader(found);
      EXPECT_LE(found.speeds.capacity() + found.parts.capacity() + found.curves.capacity(),
                2 * bytes.size());
    }
  }
}

}  // namespace
}  // namespace defilada
