// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "commands.hpp"
#include "defilada/core/file.hpp"
#include "defilada/core/interrupt.hpp"
#include "defilada/core/progress.hpp"
#include "defilada/drawing/pictures.hpp"
#include "defilada/drawing/render.hpp"
#include "perform.hpp"
#include "products.hpp"
#include "report.hpp"
#include "staging.hpp"
#include "summary.hpp"
#include "work.hpp"

namespace defilada::app {
namespace {

namespace fs = std::filesystem;
using drawing::Picture;

constexpr double kDpi = 150;
constexpr double kMmPerInch = 25.4;
constexpr std::size_t kPairs = 8;  ///< of contingents that come near each other

/// In the order of kWhats, whatever the order on the command line.
std::vector<Picture> pictures_of(const Options& options, const drawing::Context& context) {
  std::vector<Picture> pictures;
  for (const drawing::WhatName& what : drawing::kWhats) {
    const auto& wanted = options.pictures;
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), what.name) == wanted.end()) {
      continue;
    }
    std::vector<Picture> some =
        what.what == drawing::What::nearness
            ? drawing::draw_nearness_pictures(
                  context, plan::nearest_pairs(context.show, context.plan, kPairs))
            : drawing::draw_pictures(context, what.what);
    std::move(some.begin(), some.end(), std::back_inserter(pictures));
  }
  return pictures;
}

double dpi_of(const Options& options, const drawing::Drawing& drawing) {
  if (options.width_px) return *options.width_px * kMmPerInch / drawing.width_mm;
  return options.dpi.value_or(kDpi);
}

Result<std::string> bytes_of(const Options& options, const Picture& picture,
                             const std::string& created, const drawing::Lettering& lettering) {
  if (options.format == "svg") return drawing::svg_file(picture.drawing);
  if (options.format == "pdf") return drawing::pdf_file(picture.drawing, created, lettering);
  auto png = drawing::png_file(picture.drawing, dpi_of(options, picture.drawing), lettering);
  if (png || png.error().code != Errc::bad_input) return png;
  return fail(Errc::usage, phrase("{}: {}", picture.name, png.error().message));
}

/// All files grow beside their places and are renamed when all are there.
Result<std::vector<fs::path>> write_pictures(const Options& options, const Work& work,
                                             const std::vector<Picture>& pictures,
                                             const Console& console) {
  const auto lettering = drawing::Lettering::make(options.language);
  if (!lettering) return tl::unexpected(lettering.error());
  const fs::path folder = out_folder(options, *work.show);
  const Result<Staging> staging = Staging::in(folder);
  if (!staging) return tl::unexpected(staging.error());
  const std::string created = work.show->clock.iso8601(Time{});
  std::unique_ptr<Progress> progress;
  if (!console.quiet()) {
    progress = std::make_unique<Progress>(phrase("pictures"), pictures.size(), console.words());
  }
  const auto name_of = [&](const Picture& picture) { return picture.name + "." + options.format; };
  for (const Picture& picture : pictures) {
    if (Status status = check_interrupt(); !status) return tl::unexpected(status.error());
    const auto bytes = bytes_of(options, picture, created, *lettering);
    if (!bytes) return tl::unexpected(bytes.error());
    const Status status = write_file_atomically(staging->path_of(name_of(picture)), *bytes);
    if (!status) return tl::unexpected(staging->told(status.error()));
    if (progress) progress->advance();
  }
  std::vector<fs::path> files;
  for (const Picture& picture : pictures) {
    const std::string name = name_of(picture);
    if (Status status = commit_file(staging->path_of(name), folder / name); !status) {
      return tl::unexpected(staging->told(status.error()));
    }
    files.push_back(folder / name);
  }
  return files;
}

void report(const Options& options, const Work& work, const std::vector<Picture>& pictures,
            const std::vector<fs::path>& files, Console& console) {
  if (!console.json()) {
    if (console.quiet()) return;
    for (const fs::path& file : files) console.print(file.string() + "\n");
    return;
  }
  nlohmann::json list = nlohmann::json::array();
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const drawing::Drawing& drawing = pictures[i].drawing;
    const auto what = std::find_if(drawing::kWhats.begin(), drawing::kWhats.end(),
                                   [&](const auto& each) { return each.what == pictures[i].what; });
    list.push_back({{"file", files[i].string()},
                    {"what", what->name},
                    {"title", drawing.title},
                    {"width_mm", drawing.width_mm},
                    {"height_mm", drawing.height_mm}});
  }
  console.print(nlohmann::json{{"format", "defilada-pictures/1"},
                               {"show", work.show->name},
                               {"language", options.language},
                               {"feasible", work.plan.feasible},
                               {"pictures", std::move(list)}}
                    .dump() +
                "\n");
}

}  // namespace

int draw_command(const Options& options, Console& console) {
  Work work;
  const auto failed = [&](const Error& error) { return report_failure(error, work, console); };
  if (Status status = check_destinations(options); !status) return failed(status.error());
  if (Status status = read_and_plan(options, console, work); !status) return failed(status.error());
  const drawing::Context context(*work.show, work.plan, options.language);
  const std::vector<Picture> pictures = pictures_of(options, context);
  const auto files = write_pictures(options, work, pictures, console);
  if (!files) return failed(files.error());
  report(options, work, pictures, *files, console);
  if (work.plan.feasible) return 0;
  console.tell(
      conflict_list(work, console.message_columns(), console.colours_messages(), console.words()));
  return exit_status(Errc::infeasible);
}

}  // namespace defilada::app
