// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "build.hpp"
#include "draw_ground.hpp"

namespace defilada::safety {
namespace {

/// What stands against the people who come: who is not placed, does not come out, or is too many.
Paragraph status(const Context& context) {
  const spectators::Hand& hand = context.subject.hand;
  Paragraph paragraph;
  const bool safe = context.said.people <= hand.safe;
  paragraph.kind = safe ? Paragraph::Kind::body : Paragraph::Kind::alarm;
  const std::string people = context.format.count(context.said.people);
  const std::string most = context.format.count(hand.safe);
  paragraph.text.add(
      safe ? context.say(
                 phrase("By hand the ground is safe for {} people, and {} come.", most, people))
           : context.say(phrase("By hand the ground is safe for {} people only, and {} come.", most,
                                people)),
      Emphasis::strong);
  std::array<std::int64_t, 3> counts{};
  for (const Finding& finding : context.subject.findings) {
    ++counts[static_cast<std::size_t>(finding.severity)];
  }
  paragraph.text.add(" ");
  if (context.subject.findings.empty()) {
    paragraph.text.add(context.say(phrase("The simulated day breaks none of the show's limits.")));
  } else {
    constexpr std::array kNames{drawing::Msg::n_errors, drawing::Msg::n_warnings,
                                drawing::Msg::n_notes};
    std::string joined;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] == 0) continue;
      joined += (joined.empty() ? "" : ", ") +
                context.words.counted(kNames[i], counts[i], context.format.count(counts[i]));
    }
    paragraph.text.add(joined, counts[0] > 0 ? Emphasis::alarm : Emphasis::plain, "#findings");
    paragraph.text.add(".");
  }
  return paragraph;
}

sheet::KeyFigures key_figures(const Context& context) {
  sheet::KeyFigures figures;
  const auto add = [&](std::string value, const Phrase& label) {
    figures.entries.push_back({std::move(value), context.say(label)});
  };
  const Phase& in = context.ingress();
  const Phase& out = context.egress();
  const spectators::Hand& hand = context.subject.hand;
  add(context.format.count(context.said.people), phrase("spectators"));
  if (context.said.stewards > 0) {
    add(context.format.count(context.said.stewards), phrase("stewards"));
  }
  add(context.format.count(hand.lanes), phrase("lanes at the gates"));
  add(context.format.count(hand.lanes_needed), phrase("lanes needed by hand"));
  add(in.people > 0 ? context.words.percent(static_cast<double>(in.seated_in_time) /
                                            static_cast<double>(in.people))
                    : "–",
      phrase("at their places in time"));
  // The unit stands in the label: a number is large, and shall not be broken.
  const auto minutes = [&](const Phase& phase) {
    return context.words.decimal((phase.last_s - phase.begin_s) / 60, 1);
  };
  add(minutes(out), phrase("minutes until the last one has left"));
  for (const Phase& each : context.emergencies()) {
    add(minutes(each), phrase("minutes, emergency: {}", context.name_of(each)));
  }
  return figures;
}

/// The day in a few lines.
Table day(const Context& context) {
  Table table{
      .label = context.say(phrase("The day of the spectators")),
      .columns = {{.heading = context.say(phrase("phase")), .flex = 2},
                  {.heading = context.say(phrase("from"))},
                  {.heading = context.say(phrase("people")), .align = Align::end},
                  {.heading = context.say(phrase("done")), .align = Align::end},
                  {.heading = context.say(phrase("95 % at")), .align = Align::end},
                  {.heading = context.say(phrase("all at")), .align = Align::end},
                  {.heading = context.say(phrase("densest, per m²")), .align = Align::end}}};
  for (const Phase& phase : context.subject.phases) {
    const bool in = phase.what == Phase::What::ingress;
    const std::uint64_t done = in ? phase.seated : phase.out;
    Row row{.marked = done < phase.people};
    row.cells = {
        {Rich(context.name_of(phase))},
        {Rich(context.clock(phase.begin_s))},
        {Rich(context.count(phase.people))},
        {Rich(context.count(done), done < phase.people ? Emphasis::alarm : Emphasis::plain)},
        {Rich(context.clock(std::round(phase.last_95_s)))},
        {Rich(context.clock(std::round(phase.last_s)))},
        {Rich(context.words.fixed(phase.most_dense, 2))}};
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Section build_cover(const Context& context) {
  Section section{.id = "cover", .title = context.say(phrase("The day in figures"))};
  section.blocks.emplace_back(status(context));
  if (context.is_part()) {
    section.blocks.emplace_back(Paragraph{
        .kind = Paragraph::Kind::alarm,
        .text = Rich(
            context.say(phrase("Simulated with {} of the people, and of lanes and exits in that "
                               "proportion: a trial. Densities are those of so few; only a run "
                               "with all of them belongs before an advisory group.",
                               context.share())),
            Emphasis::strong)});
  }
  section.blocks.emplace_back(key_figures(context));
  section.blocks.emplace_back(day(context));
  section.blocks.emplace_back(Paragraph{
      .kind = Paragraph::Kind::note,
      .text = Rich(context.say(
          phrase("A calculation, no permission. It says what the show file states, what follows "
                 "from it, and what nobody has stated; people who know the place decide.")))});
  section.blocks.emplace_back(sheet::Contents{});
  return section;
}

}  // namespace defilada::safety
