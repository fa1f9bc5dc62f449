// SPDX-License-Identifier: MIT
#include "products.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "crowd_film.hpp"
#include "defilada/brief/brief.hpp"
#include "defilada/core/file.hpp"
#include "defilada/core/interrupt.hpp"
#include "defilada/core/progress.hpp"
#include "defilada/language/words.hpp"
#include "defilada/plan/nearness.hpp"
#include "defilada/plan/plan_file.hpp"
#include "defilada/playback/page.hpp"
#include "defilada/safety/report.hpp"
#include "defilada/spectators/tables.hpp"
#include "defilada/track/tracks.hpp"
#include "staging.hpp"
#include "summary.hpp"

namespace defilada::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPlanFile = "plan.sqlite";
constexpr const char* kSheetPage = "run-sheet.html";
constexpr const char* kSheetPdf = "run-sheet.pdf";
constexpr const char* kPlayback = "playback.html";
constexpr const char* kSummaryFile = "summary.json";
constexpr const char* kBriefPage = "brief.html";
constexpr const char* kBriefText = "brief.md";
constexpr const char* kSafetyPage = "safety.html";
constexpr const char* kSafetyPdf = "safety.pdf";

/// A file to write: where it shall be, where it grows, and how.
struct Product {
  fs::path path;
  fs::path temporary;
  std::function<Status(const fs::path&)> write;
};

/// Least separation that any mover's kind asks for: what a proof of all of them can ask of each
/// pair.
double least_separation_m(const show::Show& show, const track::TrackSet& tracks) {
  double least = std::numeric_limits<double>::infinity();
  for (const track::Mover& mover : tracks.movers) {
    least = std::min(least, show.kinds[mover.kind].separation_m);
  }
  return tracks.movers.empty() ? 0.0 : least;
}

/// `folder`: where the spectators were recorded.
Status write_playback(const fs::path& path, const fs::path& folder, const Work& work,
                      const std::string& language) {
  std::optional<playback::Crowd> crowd;
  if (work.crowd) {
    Result<playback::Crowd> film = film_of(folder, work);
    if (!film) return tl::unexpected(film.error());
    crowd = std::move(*film);
  }
  const Result<std::string> page =
      playback::page(*work.show, work.plan, language, crowd ? &*crowd : nullptr);
  if (!page) return tl::unexpected(page.error());
  return write_file_atomically(path, *page);
}

Status write_chunk(void* context, std::string_view chunk) {
  auto* const file = static_cast<std::FILE*>(context);
  if (Status status = check_interrupt(); !status) return status;
  if (std::fwrite(chunk.data(), 1, chunk.size(), file) == chunk.size()) return {};
  return fail(Errc::environment, system_reason(errno));
}

std::vector<std::string> names_of(const track::TrackSet& tracks, const show::Show& show,
                                  std::string (*name)(const show::Show&, const track::Mover&)) {
  std::vector<std::string> ids;
  ids.reserve(tracks.movers.size());
  for (const track::Mover& mover : tracks.movers) ids.push_back(name(show, mover));
  return ids;
}

Status write_tracks(const fs::path& temporary, const fs::path& path, const Work& work) {
  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  const auto failed = [&](const Phrase& reason) {
    return fail(Errc::environment, phrase("cannot write '{}': {}", path.string(), reason));
  };
  if (Status made = make_temporary(temporary, path); !made) return made;
  std::unique_ptr<std::FILE, Close> file(std::fopen(temporary.c_str(), "wbe"));
  if (!file) return failed(system_reason(errno));
  const track::TrackSet& tracks = work.plan.tracks;
  const track::TrackSet& watchers = work.plan.guests.tracks;
  const auto ids = names_of(tracks, *work.show, plan::mover_name);
  const auto guests = names_of(watchers, *work.show, plan::guest_mover_name);
  const Status written = track::write_tracks_json(
      {tracks, ids},
      guests.empty() ? std::nullopt : std::optional(track::NamedTracks{watchers, guests}),
      least_separation_m(*work.show, tracks), write_chunk, file.get());
  if (!written && written.error().code == Errc::environment) {
    return failed(written.error().message);
  }
  if (!written) return written;
  if (std::fclose(file.release()) != 0) return failed(system_reason(errno));
  return {};
}

std::vector<plan::VariantRow> rows_of_variants(const Work& work) {
  std::vector<plan::VariantRow> rows;
  if (!work.outcomes) return rows;
  for (const auto& outcome : *work.outcomes) rows.push_back(comparison::row_of(outcome));
  return rows;
}

/// The press report in the language asked for; else in each of the show's title that we speak.
Result<std::vector<brief::Edition>> brief_editions(const Options& options, const Work& work) {
  std::vector<std::string> codes;
  for (const std::string_view each : language::kLanguages) {
    if (work.show->title.by_language.count(std::string(each)) > 0) codes.emplace_back(each);
  }
  if (options.language_given) codes = {options.language};
  std::vector<brief::Edition> editions;
  for (const std::string& code : codes) {
    auto document = brief::make_brief(*work.show, work.plan, {.language = code});
    if (!document) return tl::unexpected(document.error());
    editions.push_back({code, std::move(*document)});
  }
  return editions;
}

Status write_brief(const fs::path& path, const Options& options, const Work& work, bool page) {
  const auto editions = brief_editions(options, work);
  if (!editions) return tl::unexpected(editions.error());
  return write_file_atomically(path, page ? brief::html(*editions) : brief::markdown(*editions));
}

/// The safety report of the spectators, as a page or as a PDF.
Status write_safety(const fs::path& path, const Options& options, const Work& work, bool page) {
  std::vector<Finding> found;
  for (const Finding& each : work.plan.findings) {
    if (each.code.starts_with("crowd.")) found.push_back(each);
  }
  spectators::RunOptions run;
  run.seed = options.crowd.seed;
  run.share = options.crowd.share;
  const safety::Subject subject{
      .show = *work.show,
      .plan = work.plan,
      .sources = work.sources,
      .scene = work.crowd->scene,
      .hand = work.crowd->hand,
      .phases = work.crowd->phases,
      .runs = work.crowd->runs,
      .findings = found,
      .run = run,
      .circulation = work.crowd->circulation ? &*work.crowd->circulation : nullptr,
      .circulations = work.crowd->circulations};
  const safety::ReportOptions how{.language = options.language, .paper = options.paper};
  return page ? write_file_atomically(path, safety::report_html(subject, how))
              : safety::write_report_pdf(path, subject, how);
}

/// For the page of the run sheet; none where nothing was proven.
std::vector<plan::Nearness> near_pairs(const Work& work) {
  if (!work.plan.proof) return {};
  return plan::nearest_pairs(*work.show, work.plan, sheet::kSheetPairs);
}

/// All but the summary, which names them.
std::vector<Product> wanted(const Options& options, const Products& products,
                            const fs::path& folder, const Staging& staging, const Work& work) {
  const sheet::SheetOptions sheet{
      options.language, options.paper, work.outcomes ? &*work.outcomes : nullptr,
      products.sheet ? near_pairs(work) : std::vector<plan::Nearness>()};
  std::vector<Product> list;
  const auto add = [&](const char* name, std::function<Status(const fs::path&)> write) {
    list.push_back({folder / name, staging.path_of(name), std::move(write)});
  };
  if (products.brief) {
    add(kBriefPage,
        [&options, &work](const fs::path& path) { return write_brief(path, options, work, true); });
    add(kBriefText, [&options, &work](const fs::path& path) {
      return write_brief(path, options, work, false);
    });
  }
  if (products.plan_file) {
    add(kPlanFile, [&work](const fs::path& path) {
      const Status written = plan::write_plan_file(path, *work.show, work.plan, work.sources,
                                                   work.inputs, rows_of_variants(work));
      if (!written || !work.crowd) return written;
      return spectators::add_tables(path, *work.show, work.crowd->scene, work.crowd->hand,
                                    work.crowd->phases);
    });
  }
  if (products.playback && options.playback && playback::player_is_built()) {
    add(kPlayback, [&work, folder, language = options.language](const fs::path& path) {
      return write_playback(path, folder, work, language);
    });
  }
  if (products.sheet) {
    add(kSheetPage, [&work, sheet](const fs::path& path) {
      return write_file_atomically(
          path, sheet::run_sheet_html(*work.show, work.plan, work.sources, sheet));
    });
  }
  if (products.sheet && options.pdf) {
    add(kSheetPdf, [&work, sheet](const fs::path& path) {
      return sheet::write_run_sheet_pdf(path, *work.show, work.plan, work.sources, sheet);
    });
  }
  if (products.safety && work.crowd) {
    add(kSafetyPage, [&options, &work](const fs::path& path) {
      return write_safety(path, options, work, true);
    });
    if (options.pdf) {
      add(kSafetyPdf, [&options, &work](const fs::path& path) {
        return write_safety(path, options, work, false);
      });
    }
  }
  if (options.tracks && products.tracks) {
    list.push_back({*options.tracks, temporary_for(*options.tracks), [&](const fs::path& path) {
                      return write_tracks(path, *options.tracks, work);
                    }});
  }
  return list;
}

Status write_and_commit(const std::vector<Product>& list, const Console& console) {
  std::unique_ptr<Progress> progress;
  if (!console.quiet()) {
    progress = std::make_unique<Progress>(phrase("writing"), list.size(), console.words());
  }
  for (const Product& product : list) {
    if (Status status = check_interrupt(); !status) return status;
    if (Status status = product.write(product.temporary); !status) return status;
    if (progress) progress->advance();
  }
  if (Status status = check_interrupt(); !status) return status;
  for (const Product& product : list) {
    if (Status status = commit_file(product.temporary, product.path); !status) return status;
  }
  return {};
}

}  // namespace

fs::path out_folder(const Options& options, const show::Show& show) {
  if (options.out) return *options.out;
  const fs::path folder = fs::path("out") / show.name;
  return show.variant ? folder / "variants" / show.variant->slug : folder;
}

Status check_destinations(const Options& options) {
  std::error_code unknown;
  if (options.out && fs::exists(*options.out, unknown) &&
      !fs::is_directory(*options.out, unknown)) {
    return fail(Errc::environment,
                phrase("cannot write into '{}': it is not a folder", options.out->string()));
  }
  if (options.tracks && fs::exists(*options.tracks, unknown) &&
      !fs::is_regular_file(*options.tracks, unknown)) {
    return fail(Errc::environment,
                phrase("cannot write '{}': it is not a file", options.tracks->string()));
  }
  return {};
}

void remove_safety_report(const Options& options, const show::Show& show) {
  std::error_code ignored;
  for (const char* name : {kSafetyPage, kSafetyPdf}) {
    fs::remove(out_folder(options, show) / name, ignored);
  }
}

Result<std::vector<fs::path>> write_products(const Options& options, const Products& products,
                                             const Console& console, Work& work) {
  const double start_s = seconds_now();
  const double before_s = work.plan.seconds.write;  // of what was written before the spectators
  const fs::path folder = out_folder(options, *work.show);
  const Result<Staging> staging = Staging::in(folder);
  if (!staging) return tl::unexpected(staging.error());

  std::vector<Product> list = wanted(options, products, folder, *staging, work);
  std::vector<fs::path> outputs;
  for (const Product& product : list) outputs.push_back(product.path);
  if (products.summary_file) {
    outputs.push_back(folder / kSummaryFile);
    list.push_back({outputs.back(), staging->path_of(kSummaryFile), [&](const fs::path& path) {
                      work.plan.seconds.write = before_s + seconds_now() - start_s;
                      return write_file_atomically(
                          path, summary_json(work, outputs, {true, true, true}, console.words()));
                    }});
  }
  const Status written = write_and_commit(list, console);
  if (!written) {
    for (const Product& product : list) ::unlink(product.temporary.c_str());
    return tl::unexpected(staging->told(written.error()));
  }
  if (!products.summary_file) work.plan.seconds.write = before_s + seconds_now() - start_s;
  return outputs;
}

}  // namespace defilada::app
