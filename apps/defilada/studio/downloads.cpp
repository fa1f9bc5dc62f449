// SPDX-License-Identifier: MIT
#include "studio/downloads.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "defilada/brief/brief.hpp"
#include "defilada/core/file.hpp"
#include "defilada/drawing/pictures.hpp"
#include "defilada/drawing/render.hpp"
#include "defilada/plan/nearness.hpp"
#include "defilada/plan/plan_file.hpp"
#include "defilada/playback/page.hpp"
#include "defilada/safety/report.hpp"
#include "defilada/sheet/contingent_cards.hpp"
#include "defilada/sheet/run_sheet.hpp"
#include "json_parts.hpp"
#include "studio/scratch.hpp"

namespace defilada::app::studio {
namespace {

namespace fs = std::filesystem;

using MaybeDownload = Result<std::optional<Download>>;

constexpr double kDpi = 150;
constexpr const char* kPage = "text/html; charset=utf-8";
/// A page of ours opened in the browser: nothing runs in it, nothing is loaded, it has no origin.
constexpr const char* kPagePolicy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-popups "
    "allow-modals";

/// What a library writes into a file, which is then read and gone.
template <typename Write>
MaybeDownload written(const std::string& type, const Write& write) {
  const Scratch scratch;
  if (scratch.folder().empty()) {
    return fail(Errc::environment, phrase("no folder for temporary files"));
  }
  const fs::path file = scratch.folder() / "file";
  if (const Status status = write(file); !status) return tl::unexpected(status.error());
  Result<std::string> bytes = read_file(file, UINT64_MAX);
  if (!bytes) return tl::unexpected(bytes.error());
  return Download{type, std::move(*bytes)};
}

MaybeDownload picture(std::string_view name, const Outcome& outcome, const std::string& language) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view ending = name.substr(dot + 1);
  const drawing::Context context(*outcome.work.show, outcome.work.plan, language);
  for (const drawing::WhatName& what : drawing::kWhats) {
    for (const drawing::Picture& each : drawing::draw_pictures(context, what.what)) {
      if (each.name != name.substr(0, dot)) continue;
      if (ending == "svg")
        return Download{"image/svg+xml", drawing::svg_file(each.drawing), kPagePolicy};
      const auto lettering = drawing::Lettering::make(language);
      if (!lettering) return tl::unexpected(lettering.error());
      Result<std::string> bytes;
      if (ending == "png") {
        bytes = drawing::png_file(each.drawing, kDpi, *lettering);
      } else if (ending == "pdf") {
        bytes =
            drawing::pdf_file(each.drawing, outcome.work.show->clock.iso8601(Time{}), *lettering);
      } else {
        return std::nullopt;
      }
      if (!bytes) return tl::unexpected(bytes.error());
      return Download{ending == "png" ? "image/png" : "application/pdf", std::move(*bytes)};
    }
  }
  return std::nullopt;
}

MaybeDownload press_report(const Outcome& outcome, const std::string& language, bool page) {
  auto document = brief::make_brief(*outcome.work.show, outcome.work.plan, {.language = language});
  if (!document) return tl::unexpected(document.error());
  const std::vector<brief::Edition> editions{{language, std::move(*document)}};
  if (page) return Download{kPage, brief::html(editions), kPagePolicy};
  return Download{"text/markdown; charset=utf-8", brief::markdown(editions)};
}

/// Whether a run of the spectators is one of this text, as it stands.
bool is_of(const WholeRunPtr& crowd, const Outcome& outcome) {
  return crowd && crowd->run->variant.empty() && crowd->run->etag == outcome.etag;
}

MaybeDownload safety_report(const WholeRun& all, const std::string& language, bool page) {
  const CrowdRun& run = *all.run;
  spectators::RunOptions how_many;
  how_many.seed = run.seed;
  how_many.share = run.share;
  const safety::Subject subject{.show = *run.work.show,
                                .plan = all.plan,
                                .sources = run.work.sources,
                                .scene = all.scene,
                                .hand = run.hand,
                                .phases = all.phases,
                                .runs = {},
                                .findings = run.findings,
                                .run = how_many};
  const safety::ReportOptions options{.language = language};
  if (page) return Download{kPage, safety::report_html(subject, options), kPagePolicy};
  return written("application/pdf", [&](const fs::path& path) {
    return safety::write_report_pdf(path, subject, options);
  });
}

MaybeDownload cards(const Work& work, const std::string& language, bool page) {
  const sheet::SheetOptions options{.language = language};
  if (page) {
    return Download{kPage,
                    sheet::contingent_cards_html(*work.show, work.plan, work.sources, options),
                    kPagePolicy};
  }
  auto bytes = sheet::contingent_cards_pdf(*work.show, work.plan, work.sources, options);
  if (!bytes) return tl::unexpected(bytes.error());
  return Download{"application/pdf", std::move(*bytes)};
}

}  // namespace

MaybeDownload download(const std::string& name, const Outcome& outcome, const WholeRunPtr& crowd,
                       const std::string& language) {
  constexpr std::string_view kPictures = "pictures/";
  if (!outcome.has_plan()) return std::nullopt;
  if (name.starts_with(kPictures)) {
    return picture(std::string_view(name).substr(kPictures.size()), outcome, language);
  }
  const Work& work = outcome.work;
  if (!work.plan.feasible) return std::nullopt;
  if (name == "cards.html" || name == "cards.pdf") {
    if (work.show->contingents.empty()) return std::nullopt;
    return cards(work, language, name == "cards.html");
  }
  if (name == "safety.html" || name == "safety.pdf") {
    if (!is_of(crowd, outcome)) return std::nullopt;
    return safety_report(*crowd, language, name == "safety.html");
  }
  const sheet::SheetOptions sheet{language, sheet::Paper::a4, nullptr,
                                  plan::nearest_pairs(*work.show, work.plan, sheet::kSheetPairs)};
  if (name == "run-sheet.html") {
    return Download{kPage, sheet::run_sheet_html(*work.show, work.plan, work.sources, sheet),
                    kPagePolicy};
  }
  if (name == "run-sheet.pdf") {
    return written("application/pdf", [&](const fs::path& path) {
      return sheet::write_run_sheet_pdf(path, *work.show, work.plan, work.sources, sheet);
    });
  }
  if (name == "plan.sqlite") {
    return written("application/vnd.sqlite3", [&](const fs::path& path) {
      return plan::write_plan_file(path, *work.show, work.plan, work.sources, work.inputs);
    });
  }
  if (name == "brief.html" || name == "brief.md") {
    return press_report(outcome, language, name == "brief.html");
  }
  if (name == "playback.html" && playback::player_is_built()) {
    std::optional<playback::Crowd> people;
    if (is_of(crowd, outcome)) people = crowd_to_hand_over(*crowd->run);
    Result<std::string> page =
        playback::page(*work.show, work.plan, language, people ? &*people : nullptr);
    if (!page) return tl::unexpected(page.error());
    return Download{kPage, std::move(*page)};
  }
  return std::nullopt;
}

std::string downloads_json(const Outcome& outcome, const WholeRunPtr& crowd,
                           const std::string& language) {
  Json list = Json::array();
  if (outcome.has_plan() && outcome.work.plan.feasible) {
    for (const std::string_view name :
         {"run-sheet.html", "run-sheet.pdf", "cards.html", "cards.pdf", "safety.html", "safety.pdf",
          "brief.html", "brief.md", "playback.html", "plan.sqlite"}) {
      if (name == "playback.html" && !playback::player_is_built()) continue;
      if (name.starts_with("cards.") && outcome.work.show->contingents.empty()) continue;
      if (name.starts_with("safety.") && !is_of(crowd, outcome)) continue;
      list.push_back({{"name", name}, {"what", "file"}, {"title", nullptr}});
    }
  }
  if (outcome.has_plan()) {
    const drawing::Context context(*outcome.work.show, outcome.work.plan, language);
    for (const drawing::WhatName& what : drawing::kWhats) {
      for (const drawing::Picture& each : drawing::draw_pictures(context, what.what)) {
        list.push_back({{"name", "pictures/" + each.name},
                        {"what", what.name},
                        {"title", each.drawing.title}});
      }
    }
  }
  return list.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace defilada::app::studio
