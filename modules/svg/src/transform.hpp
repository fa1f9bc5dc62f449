// SPDX-License-Identifier: MIT
#pragma once

#include <2geom/affine.h>

#include <optional>
#include <string_view>

namespace defilada::svg {

/// The `transform` attribute: matrix, translate, scale, rotate, skewX, skewY, one after the other.
/// Nothing where it cannot be read or is not finite. Source: SVG 1.1 (Second Edition), section 7.6,
/// https://www.w3.org/TR/SVG11/coords.html#TransformAttribute.
[[nodiscard]] std::optional<Geom::Affine> read_transform(std::string_view text);

}  // namespace defilada::svg
