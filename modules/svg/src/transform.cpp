// SPDX-License-Identifier: MIT
#include "transform.hpp"

#include <2geom/transforms.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "numbers.hpp"

namespace defilada::svg {
namespace {

using Numbers = std::vector<double>;

double radians(double degrees) {
  return degrees * M_PI / 180;
}

Geom::Affine rotation(const Numbers& n) {
  const Geom::Affine turn = Geom::Rotate(radians(n[0]));
  if (n.size() == 1) return turn;
  const Geom::Point about(n[1], n[2]);
  return Geom::Affine(Geom::Translate(-about)) * turn * Geom::Affine(Geom::Translate(about));
}

std::optional<Geom::Affine> one_of(std::string_view name, const Numbers& n) {
  const std::size_t count = n.size();
  if (name == "matrix" && count == 6) return Geom::Affine(n[0], n[1], n[2], n[3], n[4], n[5]);
  if (name == "translate" && (count == 1 || count == 2)) {
    return Geom::Affine(Geom::Translate(n[0], count == 2 ? n[1] : 0));
  }
  if (name == "scale" && (count == 1 || count == 2)) {
    return Geom::Affine(Geom::Scale(n[0], count == 2 ? n[1] : n[0]));
  }
  if (name == "rotate" && (count == 1 || count == 3)) return rotation(n);
  if (name == "skewX" && count == 1) return Geom::Affine(1, 0, std::tan(radians(n[0])), 1, 0, 0);
  if (name == "skewY" && count == 1) return Geom::Affine(1, std::tan(radians(n[0])), 0, 1, 0, 0);
  return std::nullopt;
}

}  // namespace

std::optional<Geom::Affine> read_transform(std::string_view text) {
  constexpr std::string_view kBetween = " \t\r\n,";
  Geom::Affine all;
  for (;;) {
    const std::size_t begin = text.find_first_not_of(kBetween);
    if (begin == std::string_view::npos) break;
    const std::size_t open = text.find('(', begin);
    const std::size_t close = text.find(')', begin);
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
      return std::nullopt;
    }
    std::string_view name = text.substr(begin, open - begin);
    while (!name.empty() && kBetween.find(name.back()) != std::string_view::npos) {
      name.remove_suffix(1);
    }
    const auto numbers = read_numbers(text.substr(open + 1, close - open - 1));
    const auto next = numbers ? one_of(name, *numbers) : std::nullopt;
    if (!next) return std::nullopt;
    all = *next * all;  // the first one written is the outermost
    text.remove_prefix(close + 1);
  }
  for (int i = 0; i < 6; ++i) {
    if (!std::isfinite(all[i])) return std::nullopt;
  }
  return all;
}

}  // namespace defilada::svg
