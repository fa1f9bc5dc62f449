// SPDX-License-Identifier: MIT
#include "figure_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "defilada/figures/spectators.hpp"
#include "defilada/legibility/ocr.hpp"
#include "json_parts.hpp"
#include "palette.hpp"

namespace defilada::app {
namespace {

using language::Msg;
using language::Words;

double all_spectators(const show::Show& show) {
  double people = 0;
  for (const show::Area& area : show.site.areas) {
    if (area.use == show::AreaUse::stand) people += static_cast<double>(area.capacity.value_or(0));
  }
  return people;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// Rounded to what such a count is worth.
std::int64_t round_people(double people) {
  return std::llround(people / 100) * 100;
}

/// One figure as a table for a terminal.
class Teller {
 public:
  Teller(const Work& work, const Words& words, const Palette& palette)
      : work_(work), show_(*work.show), words_(words), palette_(palette) {}

  std::string tell(const FigureFound& found) {
    out_.clear();
    heading(found.report);
    if (!found.report.moment) {
      line(words_(Msg::figure_never_there));
      return out_;
    }
    made_for(found.report);
    table(found);
    in_all(found.report);
    if (found.searched) best(found);
    return out_;
  }

 private:
  void line(const std::string& text) { out_ += "  " + text + "\n"; }
  [[nodiscard]] std::string metres(double m, int digits = 0) const {
    return words_.decimal(m, digits) + "\u00A0" + words_(Msg::unit_m);
  }
  [[nodiscard]] std::string clock(Time time) const { return show_.clock.wall_clock(time, 1); }

  void heading(const figures::Report& report) {
    const show::Part& part = figures::part_of(show_, report.figure);
    out_ += fmt::format(
        "{}{}{}\n", palette_.bold,
        words_(Msg::figure_heading, part.formation.text, show_[report.figure.contingent].name,
               part.formation.count, metres(figures::height_m(show_, report.figure)),
               metres(report.moment ? report.least_spacing_m : part.formation.spacing_m, 1),
               metres(report.depth_m), metres(report.width_m)),
        palette_.off);
  }

  void made_for(const figures::Report& report) {
    const show::Part& part = figures::part_of(show_, report.figure);
    const std::string time = clock(*report.moment);
    const show::Procession& flypast = show_[show_[report.figure.contingent].procession];
    if (!part.reads_from) {
      line(words_(Msg::figure_made_for_nobody, show_[flypast.over].name, time));
    } else if (!part.reads_from->stand) {
      line(words_(Msg::figure_made_for_point, time));
    } else if (part.reads_from->before_m != 0) {
      line(words_(Msg::figure_made_for_before, show_[*part.reads_from->stand].name,
                  metres(part.reads_from->before_m), show_[part.reads_from->at].name, time));
    } else {
      line(words_(Msg::figure_made_for, show_[*part.reads_from->stand].name, time));
    }
  }

  [[nodiscard]] std::string rival(const legibility::Reading& reading) const {
    std::string name = reading.rival_name;
    if (name == "mirror image") name = words_(Msg::figure_rival_mirror);
    if (name == "upside down") name = words_(Msg::figure_rival_upside_down);
    if (name.empty()) return "–";
    return words_(Msg::figure_rival, name, words_.fixed(reading.rival, 2));
  }

  [[nodiscard]] std::vector<std::string> row(const FigureFound& found, std::size_t i) const {
    const figures::StandReading& stand = found.report.stands[i];
    std::vector<std::string> cells{
        show_[stand.stand].name,
        words_(Msg::figure_share, words_.percent(stand.share), words_.percent(stand.error)),
        words_.percent(stand.share_now),
        stand.seconds > 0 ? words_.fixed(stand.seconds, 1) + "\u00A0" + words_(Msg::unit_s) : "–",
        stand.middle ? words_.fixed(stand.middle->correlation, 2)
                     : words_(Msg::figure_out_of_sight),
        stand.middle ? rival(*stand.middle) : ""};
    if (!found.ocr.empty()) {
      cells.push_back(
          found.ocr[i] ? words_(Msg::figure_of_five, *found.ocr[i], legibility::kOcrHeights.size())
                       : "–");
    }
    return cells;
  }

  void table(const FigureFound& found) {
    std::vector<std::vector<std::string>> rows{
        {words_(Msg::figure_col_stand), words_(Msg::figure_col_share), words_(Msg::figure_col_now),
         words_(Msg::figure_col_seconds), words_(Msg::figure_col_likeness),
         words_(Msg::figure_col_rival)}};
    if (!found.ocr.empty()) rows.front().push_back(words_(Msg::figure_col_ocr));
    for (std::size_t i = 0; i < found.report.stands.size(); ++i) rows.push_back(row(found, i));
    std::vector<std::size_t> widths(rows.front().size(), 0);
    for (const auto& cells : rows) {
      for (std::size_t c = 0; c < cells.size(); ++c) {
        widths[c] = std::max(widths[c], count_characters(cells[c]));
      }
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
      std::string text;
      for (std::size_t c = 0; c < rows[r].size(); ++c) {
        text += rows[r][c];
        if (c + 1 < rows[r].size()) {
          text += std::string(widths[c] + 2 - count_characters(rows[r][c]), ' ');
        }
      }
      line(r == 0 ? fmt::format("{}{}{}", palette_.label, text, palette_.off) : text);
    }
  }

  void in_all(const figures::Report& report) {
    if (report.stands.empty()) return;
    line(words_(Msg::figure_in_all, words_.number(round_people(report.spectators)),
                words_.number(std::llround(all_spectators(show_))), words_.percent(report.share),
                report.stands.front().places));
  }

  void best(const FigureFound& found) {
    if (!found.best) {
      line(words_(Msg::figure_best_none));
      return;
    }
    if (!found.better) {
      line(words_(Msg::figure_best_is_own));
      return;
    }
    const figures::Choice& choice = found.best->choice;
    line(words_(Msg::figure_best, show_[choice.stand].name, metres(choice.before_m),
                show_[choice.at].name, metres(choice.height_m), metres(choice.spacing_m, 1),
                words_.number(round_people(found.better->spectators)),
                words_.number(std::llround(all_spectators(show_))),
                words_.percent(found.better->share)));
    if (!found.worse.empty()) line(words_(Msg::figure_worse, words_(found.worse)));
    if (!found.fix) {
      line(words_(Msg::figure_edit_by_hand));
      return;
    }
    for (const Edit& edit : found.fix->edits) {
      const std::string where = work_.sources.where(edit.span);
      const std::string old(work_.sources.text(edit.span));
      line("  " + (old.empty() ? words_(Msg::figure_edit_insert, where, edit.text)
                               : words_(Msg::figure_edit_replace, where, old, edit.text)));
    }
  }

  const Work& work_;
  const show::Show& show_;
  const Words& words_;
  const Palette& palette_;
  std::string out_;
};

Json reading_json(const std::optional<legibility::Reading>& reading) {
  if (!reading) return nullptr;
  return {{"reads", reading->reads(legibility::kLeastOverlapAside)},
          {"correlation", reading->correlation},
          {"overlap", reading->overlap},
          {"rival", reading->rival_name},
          {"rival_correlation", reading->rival},
          {"mirrored", reading->mirrored},
          {"upside_down", reading->upside_down},
          {"aspect", reading->aspect}};
}

Json stands_json(const FigureFound& found, const show::Show& show) {
  Json stands = Json::array();
  for (std::size_t i = 0; i < found.report.stands.size(); ++i) {
    const figures::StandReading& stand = found.report.stands[i];
    Json json{{"stand", show[stand.stand].name},
              {"capacity", show[stand.stand].capacity.value_or(0)},
              {"places", stand.places},
              {"share", stand.share},
              {"error", stand.error},
              {"share_at_moment", stand.share_now},
              {"seconds", stand.seconds},
              {"middle", reading_json(stand.middle)}};
    if (!found.ocr.empty()) json["ocr"] = found.ocr[i] ? Json(*found.ocr[i]) : Json(nullptr);
    stands.push_back(std::move(json));
  }
  return stands;
}

Json best_json(const FigureFound& found, const Work& work, const Words& words) {
  if (!found.best || !found.better) return nullptr;
  const show::Show& show = *work.show;
  const figures::Choice& choice = found.best->choice;
  Json json{{"stand", show[choice.stand].name}, {"at", show[choice.at].name},
            {"before_m", choice.before_m},      {"height_m", choice.height_m},
            {"spacing_m", choice.spacing_m},    {"spectators", found.better->spectators},
            {"share", found.better->share},     {"worse", words(found.worse)}};
  json["fix"] = nullptr;
  if (found.fix) json["fix"] = fix_json(*found.fix, work.sources, words);
  return json;
}

Json reads_from_json(const show::Part& part, const show::Show& show) {
  if (!part.reads_from) return nullptr;
  const show::ReadsFrom& from = *part.reads_from;
  return {{"stand", from.stand ? Json(show[*from.stand].name) : Json(nullptr)},
          {"point", {from.position.x, from.position.y}},
          {"eye_height_m", from.eye_m},
          {"at", show[from.at].name},
          {"before_m", from.before_m}};
}

Json figure_object(const FigureFound& found, const Work& work, const Words& words) {
  const show::Show& show = *work.show;
  const figures::Report& report = found.report;
  const show::Part& part = figures::part_of(show, report.figure);
  Json json{{"contingent", show[report.figure.contingent].name},
            {"part", part.label},
            {"figure", part.formation.text},
            {"drawing", !part.formation.drawing.empty()},
            {"slots", part.formation.count},
            {"height_m", figures::height_m(show, report.figure)},
            {"least_spacing_m", report.least_spacing_m},
            {"depth_m", report.depth_m},
            {"width_m", report.width_m},
            {"reads_from", reads_from_json(part, show)},
            {"moment", report.moment ? Json(show.clock.iso8601(*report.moment)) : Json(nullptr)},
            {"spectators", report.spectators},
            {"share", report.share},
            {"stands", stands_json(found, show)}};
  if (found.searched) json["best"] = best_json(found, work, words);
  return json;
}

}  // namespace

std::string figure_text(const std::vector<FigureFound>& found, const Work& work,
                        const language::Words& words, bool colour) {
  if (found.empty()) return words(Msg::figure_none) + "\n";
  Teller teller(work, words, palette_of(colour));
  std::string text;
  for (const FigureFound& each : found) text += (text.empty() ? "" : "\n") + teller.tell(each);
  return text;
}

std::string figure_json(const std::vector<FigureFound>& found, const Work& work,
                        const Words& words) {
  Json figures = Json::array();
  for (const FigureFound& each : found) figures.push_back(figure_object(each, work, words));
  return text_of({{"format", "defilada-figure/1"},
                  {"show", work.show->name},
                  {"figures", std::move(figures)}});
}

}  // namespace defilada::app
