// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "../figure_report.hpp"
#include "commands.hpp"
#include "defilada/core/interrupt.hpp"
#include "defilada/core/progress.hpp"
#include "defilada/core/suggest.hpp"
#include "defilada/figures/best.hpp"
#include "defilada/figures/report.hpp"
#include "defilada/language/words.hpp"
#include "defilada/legibility/ocr.hpp"
#include "perform.hpp"
#include "report.hpp"
#include "summary.hpp"
#include "work.hpp"

namespace defilada::app {
namespace {

constexpr std::uint64_t kSteps = 1000;

/// A progress line for one figure's report or search; Ctrl-C ends it.
class Watched {
 public:
  Watched(const Console& console, const Phrase& label) {
    if (!console.quiet()) progress_.emplace(label, kSteps, std::ref(console.words()));
  }
  bool operator()(double share) {
    const auto steps = static_cast<std::uint64_t>(std::clamp(share, 0.0, 1.0) * kSteps);
    if (progress_ && steps > done_) progress_->advance(steps - done_);
    done_ = std::max(done_, steps);
    return !interrupted();
  }

 private:
  std::optional<Progress> progress_;
  std::uint64_t done_ = 0;
};

std::size_t errors_of(const plan::Plan& plan) {
  return static_cast<std::size_t>(
      std::count_if(plan.findings.begin(), plan.findings.end(),
                    [](const Finding& each) { return each.severity == Severity::error; }));
}

/// What is asked of each figure.
class Asker {
 public:
  Asker(const Options& options, const Console& console, const Work& work)
      : options_(options), console_(console), work_(work), show_(*work.show) {}

  Result<FigureFound> ask(figures::FigureId id) {
    FigureFound found;
    const legibility::Measure measure = figures::measure_of(show_, id);
    auto report = report_of(show_, work_.plan, measure, id);
    if (!report) return tl::unexpected(report.error());
    found.report = std::move(*report);
    if (options_.ocr) {
      if (Status read = recognise(id, found); !read) return tl::unexpected(read.error());
    }
    if (options_.best && found.report.moment && !found.report.stands.empty()) {
      if (Status searched = search(id, measure, found); !searched) {
        return tl::unexpected(searched.error());
      }
    }
    return found;
  }

 private:
  Result<figures::Report> report_of(const show::Show& show, const plan::Plan& plan,
                                    const legibility::Measure& measure, figures::FigureId id) {
    Watched watched(console_, phrase("figure"));
    figures::ReportOptions options;
    options.places = options_.places;
    options.progress = [&](double share) { return watched(share); };
    const Time over = plan.contingents[id.contingent.value].over_target.value_or(Time{});
    return figures::make_report(show, plan.tracks, measure, id, over, options);
  }

  Status recognise(figures::FigureId id, FigureFound& found) {
    const auto program = legibility::Tesseract::find();
    if (!program) {
      return fail(
          Errc::environment,
          phrase("--ocr needs the program tesseract (Debian: tesseract-ocr); it is not in PATH"));
    }
    const legibility::Tesseract tesseract(*program);
    for (const figures::StandReading& stand : found.report.stands) {
      std::optional<int>& read = found.ocr.emplace_back();
      const auto picture = figures::picture_of(stand.eye, found.report.instant.spots);
      if (!picture) continue;
      const std::vector<std::vector<formation::Point>> pictures(1, *picture);
      const auto counts = legibility::count_read(tesseract, pictures, figures::name_of(show_, id));
      if (!counts) return tl::unexpected(counts.error());
      read = counts->front();
    }
    return {};
  }

  Status search(figures::FigureId id, const legibility::Measure& measure, FigureFound& found) {
    figures::Limits limits = figures::limits_of(show_, id);
    if (options_.keep_height) limits.highest_m = limits.lowest_m;
    if (options_.keep_spacing) limits.widest_m = limits.closest_m;
    std::vector<figures::Rated> rated;
    {
      Watched watched(console_, phrase("search"));
      figures::SearchOptions options;
      options.progress = [&](double share) { return watched(share); };
      auto searched = figures::search(show_, id, measure, limits, options);
      if (!searched) return tl::unexpected(searched.error());
      rated = std::move(*searched);
    }
    found.searched = true;
    if (rated.empty()) return {};
    found.best = rated.front();
    return confirm(id, measure, found);
  }

  /// Plans the show with the change, and looks at it as closely as at the show itself.
  Status confirm(figures::FigureId id, const legibility::Measure& measure, FigureFound& found) {
    const auto changed = figures::with_choice(show_, id, found.best->choice);
    if (!changed) return {};
    plan::Options options;
    options.progress = [](std::string_view, double) { return !interrupted(); };
    const auto plan = plan::make_plan(*changed, options);
    if (!plan) return tl::unexpected(plan.error());
    if (!plan->feasible) {
      found.worse = phrase("the programme cannot hold: it has no times");
      return {};
    }
    auto report = report_of(*changed, *plan, measure, id);
    if (!report) return tl::unexpected(report.error());
    if (report->spectators <= found.report.spectators) return {};
    found.better = std::move(*report);
    found.fix = figures::fix_of(show_, id, found.best->choice);
    if (errors_of(*plan) > errors_of(work_.plan)) found.worse = plan->findings.front().message;
    return {};
  }

  const Options& options_;
  const Console& console_;
  const Work& work_;
  const show::Show& show_;
};

/// The figures asked for; all of them without a name.
Result<std::vector<figures::FigureId>> asked(const Options& options, const show::Show& show) {
  std::vector<figures::FigureId> ids = figures::figures_of(show);
  if (options.contingent.empty()) return ids;
  std::vector<std::string> known;
  for (const auto& id : ids) known.push_back(show[id.contingent].name);
  std::erase_if(ids, [&](const figures::FigureId& id) {
    return show[id.contingent].name != options.contingent;
  });
  if (!ids.empty()) return ids;
  const std::string near = nearest(options.contingent, known);
  if (!near.empty()) {
    return fail(Errc::usage, phrase("'{}' draws no figure in the air; did you mean '{}'?",
                                    options.contingent, near));
  }
  return fail(Errc::usage, phrase("'{}' draws no figure in the air", options.contingent));
}

}  // namespace

int figure_command(const Options& options, Console& console) {
  Work work;
  if (const auto status = plan_with_times(options, console, work)) return *status;
  const auto ids = asked(options, *work.show);
  if (!ids) return report_failure(ids.error(), work, console);
  std::vector<FigureFound> found;
  Asker asker(options, console, work);
  for (const figures::FigureId id : *ids) {
    auto each = asker.ask(id);
    if (!each) return report_failure(each.error(), work, console);
    found.push_back(std::move(*each));
  }
  if (console.json()) {
    console.print(figure_json(found, work, console.words()));
  } else if (!console.quiet()) {
    console.print(figure_text(found, work, console.words(), console.colours_results()));
  }
  return 0;
}

}  // namespace defilada::app
