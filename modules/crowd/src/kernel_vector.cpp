// SPDX-License-Identifier: MIT
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernel_vector.cpp"
#include <hwy/foreach_target.h>
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

#if HWY_ONCE
namespace defilada::crowd {

HWY_EXPORT(step_rows_lanes);

void step_rows(const StepView& view, std::uint32_t first_row, std::uint32_t last_row,
               Scratch& scratch) {
  HWY_DYNAMIC_DISPATCH(step_rows_lanes)(view, first_row, last_row, scratch);
}

}  // namespace defilada::crowd
#endif
