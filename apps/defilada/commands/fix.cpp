// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "defilada/core/edits.hpp"
#include "defilada/core/file.hpp"
#include "defilada/core/suggest.hpp"
#include "defilada/core/terminal.hpp"
#include "json_parts.hpp"
#include "mends.hpp"
#include "perform.hpp"
#include "report.hpp"
#include "words.hpp"
#include "work.hpp"

namespace defilada::app {
namespace {

namespace fs = std::filesystem;

/// One call: what the show is now, what is asked of it, what it would be.
class Mending {
 public:
  Mending(const Options& options, Console& console)
      : options_(options), console_(console), say_(console.words()) {}

  int perform();

 private:
  [[nodiscard]] int failed(const Error& error, const Work& work) const {
    return report_failure(error, work.diagnostics, work.sources, console_);
  }
  [[nodiscard]] int list() const;
  [[nodiscard]] int refuse() const;
  [[nodiscard]] Status edit();
  [[nodiscard]] Status write() const;
  [[nodiscard]] int told() const;
  [[nodiscard]] std::string told_text() const;
  [[nodiscard]] Json told_json() const;
  [[nodiscard]] Json mend_json(const Mend& mend) const;
  [[nodiscard]] std::string mend_text(const Mend& mend) const;

  const Options& options_;
  Console& console_;
  const language::Words& say_;
  Work before_;
  Work after_;
  std::vector<Mend> mends_;
  Choice choice_;
  std::map<std::string, std::string> texts_;  ///< the files that change, by the name in messages
};

std::string Mending::mend_text(const Mend& mend) const {
  std::string out = fmt::format("{}  {}\n  {}\n", mend.code, before_.sources.where(mend.span),
                                printable(say_(mend.message)));
  out += fmt::format("  {}\n", printable(say_(phrase("to mend it: {}", mend.fix.text))));
  for (const Edit& edit : mend.fix.edits) {
    out += fmt::format("      {}\n", edit_text(edit, before_.sources, say_));
  }
  return out;
}

Json Mending::mend_json(const Mend& mend) const {
  Json json{{"code", mend.code}, {"message", say_(mend.message)}};
  add_place(json, mend.span, before_.sources);
  json["fix"] = fix_json(mend.fix, before_.sources, say_);
  return json;
}

/// What could be mended.
int Mending::list() const {
  if (console_.json()) {
    Json json{{"format", "defilada-fix/1"}, {"mends", Json::array()}};
    for (const Mend& mend : mends_) json["mends"].push_back(mend_json(mend));
    console_.print(text_of(json));
    return 0;
  }
  std::string out;
  for (const Mend& mend : mends_) out += mend_text(mend);
  if (mends_.empty()) {
    out = say_(before_.plan.feasible ? phrase("nothing that an edit could mend")
                                     : phrase("no single edit makes this programme hold")) +
          "\n";
    if (before_.plan.feasible && !before_.plan.findings.empty()) {
      out += say_(phrase("what `defilada check` advises within a finding can be done in more than "
                         "one way, or changes what you want: that is yours to choose")) +
             "\n";
    }
  } else {
    out += "\n" +
           say_(phrase("To apply one: defilada fix {} {}", options_.show.string(),
                       mends_.front().code)) +
           "\n";
  }
  if (!console_.quiet()) console_.print(out);
  return 0;
}

int Mending::refuse() const {
  std::vector<std::string> known;
  for (const Mend& mend : mends_) known.push_back(mend.code);
  std::vector<Phrase> parts;
  for (const std::string& code : choice_.unknown) {
    const std::string near = nearest(code, known);
    parts.push_back(phrase("nothing of the code '{}' was found", code));
    if (!near.empty()) parts.push_back(phrase("did you mean '{}'?", near));
  }
  for (const std::string& code : choice_.unmendable) {
    parts.push_back(phrase("of '{}' no edit is known that would mend it", code));
  }
  parts.push_back(
      phrase("what can be mended is listed by: defilada fix {}", options_.show.string()));
  return failed({Errc::usage, Phrase::joined(parts, "; ")}, Work());
}

/// The new texts, and what they come to. A catalogue that shows share is not edited for one show.
Status Mending::edit() {
  std::map<std::string, std::pair<std::string_view, std::vector<Edit>>> files;
  for (const Mend& mend : choice_.chosen) {
    for (const Edit& each : mend.fix.edits) {
      auto& [text, edits] = files[std::string(before_.sources.name(each.span.file))];
      text = before_.sources.text(each.span.file);
      edits.push_back(each);
    }
  }
  std::error_code unknown;
  const bool is_folder = fs::is_directory(options_.show, unknown);
  const fs::path folder = is_folder ? options_.show : options_.show.parent_path();
  const fs::path own = fs::canonical(folder.empty() ? "." : folder, unknown);
  for (auto& [name, file] : files) {
    const fs::path real = fs::canonical(name, unknown);
    if (std::mismatch(own.begin(), own.end(), real.begin(), real.end()).first != own.end()) {
      return fail(Errc::bad_input,
                  phrase("the edit is one of '{}', which lies outside the show's folder and "
                         "may serve other shows: copy that catalogue beside the show first",
                         name));
    }
    texts_[name] = edited(file.first, std::move(file.second));
  }
  return read_and_plan(options_, console_, after_, texts_);
}

/// Nobody else's change is lost: what was planned must still stand on the disk.
Status Mending::write() const {
  for (const auto& [name, text] : texts_) {
    const Result<std::string> now = read_file(name, UINT64_MAX);
    if (!now) return tl::unexpected(now.error());
    FileId file{0};
    while (before_.sources.name(file) != name) ++file.value;
    if (*now != before_.sources.text(file)) {
      return fail(Errc::environment,
                  phrase("'{}' has changed meanwhile: nothing was written", name));
    }
  }
  std::error_code unknown;
  for (const auto& [name, text] : texts_) {
    // Through a link, so that the link stays.
    if (Status status = write_file_atomically(fs::canonical(name, unknown), text); !status) {
      return status;
    }
  }
  return {};
}

Json Mending::told_json() const {
  Json json{{"format", "defilada-fix/1"}, {"mended", Json::array()}, {"skipped", Json::array()}};
  for (const Mend& mend : choice_.chosen) json["mended"].push_back(mend_json(mend));
  for (const Mend& mend : choice_.skipped) json["skipped"].push_back(mend_json(mend));
  json["written"] = Json::array();
  for (const auto& [name, text] : texts_) {
    if (!options_.dry_run) json["written"].push_back(name);
  }
  json["feasible"] = after_.plan.feasible;
  const auto of = [&](Severity severity) {
    return std::count_if(after_.plan.findings.begin(), after_.plan.findings.end(),
                         [&](const Finding& each) { return each.severity == severity; });
  };
  json["findings"] = {{"error", of(Severity::error)},
                      {"warning", of(Severity::warning)},
                      {"note", of(Severity::note)}};
  return json;
}

std::string Mending::told_text() const {
  std::string out;
  for (const Mend& mend : choice_.chosen) {
    out += fmt::format("{}: {}\n", mend.code, printable(say_(mend.fix.text)));
    for (const Edit& each : mend.fix.edits) {
      out += fmt::format("    {}\n", edit_text(each, before_.sources, say_));
    }
  }
  for (const Mend& mend : choice_.skipped) {
    out += printable(say_(phrase("{}: not yet, it changes the same place; call again for it: {}",
                                 mend.code, mend.fix.text))) +
           "\n";
  }
  if (options_.dry_run) {
    out += say_(phrase("nothing was written (--dry-run); with these edits:")) + "\n";
  }
  if (!after_.plan.feasible) return out + say_(phrase("the programme cannot hold yet:")) + "\n";
  return out + finding_list(after_, console_.colours_results(), say_);
}

int Mending::told() const {
  if (console_.json()) {
    console_.print(text_of(told_json()));
  } else if (!console_.quiet()) {
    console_.print(told_text());
  }
  if (after_.plan.feasible) return status_of_findings(after_);
  if (!console_.json()) {
    console_.tell(
        conflict_list(after_, console_.message_columns(), console_.colours_messages(), say_));
  }
  return exit_status(Errc::infeasible);
}

int Mending::perform() {
  if (Status status = read_and_plan(options_, console_, before_); !status) {
    return failed(status.error(), before_);
  }
  mends_ = mends_of(before_);
  if (options_.codes.empty()) return list();
  choice_ = choose(before_, mends_, options_.codes);
  if (!choice_.unknown.empty() || !choice_.unmendable.empty()) return refuse();
  if (Status status = edit(); !status) return failed(status.error(), after_);
  if (!options_.dry_run) {
    if (Status status = write(); !status) return failed(status.error(), Work());
  }
  return told();
}

}  // namespace

int fix_command(const Options& options, Console& console) {
  return Mending(options, console).perform();
}

}  // namespace defilada::app
