// SPDX-License-Identifier: MIT
// The same text with vectors of one lane: the reference.
#define HWY_COMPILE_ONLY_SCALAR
#include <hwy/highway.h>

#include <cmath>

#include "kernel_lanes.hpp"

HWY_BEFORE_NAMESPACE();
namespace defilada::crowd::HWY_NAMESPACE {
namespace {
#include "kernel_lanes.inc"
}  // namespace
}  // namespace defilada::crowd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

namespace defilada::crowd {

void step_rows_scalar(const StepView& view, std::uint32_t first_row, std::uint32_t last_row,
                      Scratch& scratch) {
  HWY_NAMESPACE::step_rows_lanes(view, first_row, last_row, scratch);
}

}  // namespace defilada::crowd
