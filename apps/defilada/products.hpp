// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <vector>

#include "defilada/core/result.hpp"
#include "options.hpp"
#include "work.hpp"

namespace defilada::app {

/// Which files a command writes.
struct Products {
  bool plan_file = false;
  bool sheet = false;
  bool playback = false;
  bool brief = false;
  bool safety = false;  ///< where the spectators were simulated
  bool summary_file = false;
  bool tracks = true;  ///< where --tracks asks for them

  [[nodiscard]] bool any() const noexcept {
    return plan_file || sheet || playback || brief || safety || summary_file;
  }
};

/// Where the products of a show go: --out, or out/NAME; of a variant, out/NAME/variants/SLUG.
[[nodiscard]] std::filesystem::path out_folder(const Options& options, const show::Show& show);

/// Refuses an --out or a --tracks that cannot be written to, before any work is spent on the show.
/// Errors (environment).
[[nodiscard]] Status check_destinations(const Options& options);

/// The one of an earlier run, which a person might take for this one's.
void remove_safety_report(const Options& options, const show::Show& show);

/// Writes the products: first all of them into a folder of their own inside the destination, then
/// each is renamed into place, so that an error, Ctrl-C or a kill meanwhile leaves the old result
/// whole. Only files of these names are replaced. Sets work.plan.seconds.write.
///     OUT/.defilada-PID.tmp/plan.sqlite  --rename-->  OUT/plan.sqlite
/// Returns the paths, as they were asked for. Errors: environment, interrupted.
[[nodiscard]] Result<std::vector<std::filesystem::path>> write_products(const Options& options,
                                                                        const Products& products,
                                                                        const Console& console,
                                                                        Work& work);

}  // namespace defilada::app
