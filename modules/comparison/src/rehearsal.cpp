// SPDX-License-Identifier: MIT
#include "defilada/comparison/rehearsal.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "csv.hpp"
#include "defilada/core/suggest.hpp"
#include "defilada/show/parse.hpp"

namespace defilada::comparison {
namespace {

Phrase header() {
  return phrase("a first line 'cue,time' or 'cue,time,note'");
}

/// Case and runs of spaces do not matter.
std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\t';
    if (space && (out.empty() || out.back() == ' ')) continue;
    out += space ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

class Reader {
 public:
  Reader(FileId file, const plan::Plan& plan, const Clock& clock, Diagnostics& diagnostics)
      : file_(file), plan_(plan), clock_(clock), diagnostics_(diagnostics) {
    for (std::size_t i = 0; i < plan.cues.size(); ++i) {
      by_name_.emplace(folded(plan.cues[i].label), i);
      by_name_.emplace(folded(plan.cues[i].id), i);
    }
  }

  std::vector<Measured> read(const CsvTable& table) {
    if (!table.sound) {
      diagnostics_.error("rehearsal.csv", {file_, table.fault_at, table.fault_at + 1},
                         phrase("a quote that is not closed, or one inside a field without quotes"),
                         phrase("a field in double quotes, those inside it doubled"));
      return {};
    }
    if (table.rows.empty()) {
      diagnostics_.error("rehearsal.empty", {file_, 0, 0}, phrase("there is nothing in the file"),
                         header());
      return {};
    }
    if (!read_header(table.rows.front())) return {};
    for (std::size_t i = 1; i < table.rows.size(); ++i) read_row(table.rows[i]);
    return std::move(measured_);
  }

 private:
  [[nodiscard]] Span span(const CsvField& field) const { return {file_, field.begin, field.end}; }

  bool read_header(const CsvRow& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string name = folded(row[i].text);
      if (!columns_.emplace(name, i).second) {
        diagnostics_.error("rehearsal.header", span(row[i]),
                           phrase("the column '{}' is there twice", name));
        return false;
      }
    }
    for (const char* needed : {"cue", "time"}) {
      if (columns_.count(needed) != 0) continue;
      std::vector<std::string> names;
      for (const auto& [name, index] : columns_) names.push_back(name);
      diagnostics_.error("rehearsal.header", {file_, row.front().begin, row.back().end},
                         phrase("no column '{}'", needed), header(), nearest(needed, names));
      return false;
    }
    return true;
  }

  [[nodiscard]] const CsvField* field(const CsvRow& row, const char* column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() || found->second >= row.size() ? nullptr : &row[found->second];
  }

  void read_row(const CsvRow& row) {
    const CsvField* const cue = field(row, "cue");
    const CsvField* const time = field(row, "time");
    if (cue == nullptr || time == nullptr) {
      diagnostics_.error("rehearsal.row", {file_, row.front().begin, row.back().end},
                         phrase("the row has fewer columns than the header"));
      return;
    }
    const auto index = find_cue(*cue);
    const auto at = find_time(*time);
    if (!index || !at) return;
    const CsvField* const note = field(row, "note");
    measured_.push_back({*index, *at, note == nullptr ? std::string() : note->text, span(*cue)});
  }

  std::optional<std::size_t> find_cue(const CsvField& field) {
    const auto found = by_name_.find(folded(field.text));
    if (found == by_name_.end()) {
      diagnostics_.error(
          "rehearsal.cue", span(field), phrase("the plan has no cue '{}'", field.text),
          phrase("a cue as 'defilada check SHOW --cues' lists it"), near(field.text));
      return std::nullopt;
    }
    if (!seen_.insert(found->second).second) {
      diagnostics_.error("rehearsal.twice", span(field),
                         phrase("'{}' is measured twice", field.text));
      return std::nullopt;
    }
    return found->second;
  }

  [[nodiscard]] std::string near(const std::string& text) const {
    std::vector<std::string> names;
    for (const plan::Cue& cue : plan_.cues) names.push_back(cue.label);
    return nearest(text, names);
  }

  std::optional<Time> find_time(const CsvField& field) {
    const auto clock_us = show::parse_clock_us(field.text);
    const auto time = clock_us ? clock_.at_wall_clock(*clock_us) : Result<Time>(Time{});
    if (!clock_us || !time) {
      diagnostics_.error("rehearsal.time", span(field),
                         clock_us ? time.error().message : clock_us.error().message);
      return std::nullopt;
    }
    return *time;
  }

  FileId file_;
  const plan::Plan& plan_;
  const Clock& clock_;
  Diagnostics& diagnostics_;
  std::map<std::string, std::size_t> by_name_;
  std::map<std::string, std::size_t> columns_;
  std::set<std::size_t> seen_;
  std::vector<Measured> measured_;
};

Duration beyond(const plan::Cue& cue, Time measured) {
  if (measured > cue.latest) return measured - cue.latest;
  return measured < cue.earliest ? measured - cue.earliest : Duration{};
}

}  // namespace

std::optional<std::vector<Measured>> read_rehearsal(FileId file, const Sources& sources,
                                                    const plan::Plan& plan, const Clock& clock,
                                                    Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.errors();
  auto measured = Reader(file, plan, clock, diagnostics).read(read_csv(sources.text(file)));
  if (diagnostics.errors() != errors) return std::nullopt;
  return measured;
}

std::vector<Held> hold_against(const plan::Plan& plan, const std::vector<Measured>& measured) {
  std::vector<Held> held;
  for (const Measured& row : measured) {
    const plan::Cue& cue = plan.cues[row.cue];
    held.push_back({row.cue, cue.time, row.time, row.time - cue.time, beyond(cue, row.time),
                    row.note, std::nullopt});
  }
  std::sort(held.begin(), held.end(), [&](const Held& a, const Held& b) {
    return a.planned != b.planned ? a.planned < b.planned
                                  : plan.cues[a.cue].id < plan.cues[b.cue].id;
  });
  std::map<show::ContingentId, Duration> late;
  for (Held& each : held) {
    const show::ContingentId who = plan.cues[each.cue].contingent;
    if (!who.valid()) continue;
    const auto before = late.find(who);
    if (before != late.end()) each.slower = each.late - before->second;
    late[who] = each.late;
  }
  return held;
}

}  // namespace defilada::comparison
