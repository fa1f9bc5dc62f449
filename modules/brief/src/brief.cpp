// SPDX-License-Identifier: MIT
#include "defilada/brief/brief.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "defilada/language/words.hpp"

namespace defilada::brief {
namespace {

using language::Msg;
using Is = Block::Is;

/// "2025-09-03T08:00:00+02:00", ISO 8601 as Clock writes it.
struct Reading {
  Date date;
  std::string time;  ///< "08:00"
  std::int64_t offset_s = 0;
};

int digits(const std::string& text, std::size_t at, std::size_t count) {
  int value = 0;
  std::from_chars(text.data() + at, text.data() + at + count, value);
  return value;
}

Reading read(const Clock& clock, Time time) {
  const std::string iso = clock.iso8601(time);
  Reading out{{digits(iso, 0, 4), digits(iso, 5, 2), digits(iso, 8, 2)}, iso.substr(11, 5)};
  if (const std::size_t sign = iso.find_last_of("+-"); sign != std::string::npos && sign > 10) {
    const int seconds = digits(iso, sign + 1, 2) * 3600 + digits(iso, sign + 4, 2) * 60;
    out.offset_s = iso[sign] == '-' ? -seconds : seconds;
  }
  return out;
}

class Writer {
 public:
  Writer(const show::Show& show, const plan::Plan& plan, std::string language, Clock reader)
      : show_(show),
        plan_(plan),
        words_(std::move(language)),
        reader_(std::move(reader)),
        // Both clocks begin at midnight of the same date.
        shift_{(read(reader_, {}).offset_s - read(show.clock, {}).offset_s) * 1'000'000} {}

  Document write() {
    add(Is::title, in(show_.title));
    add(Is::paragraph, words_(Msg::brief_dateline, words_.date(show_.clock.date(), Msg::date_long),
                              std::string(reader_.zone())));
    in_short();
    meetings();
    programme();
    parade();
    exhibits();
    flypast();
    spectators();
    return std::move(document_);
  }

 private:
  using Labels = std::vector<std::string>;

  void add(Is is, std::string text) { document_.push_back({is, std::move(text)}); }
  [[nodiscard]] const std::string& in(const show::Text& text) const {
    return text.in(words_.language());
  }
  [[nodiscard]] std::string counted(Msg message, std::int64_t n) const {
    return words_.counted(message, n, words_.number(n));
  }
  /// Its words in the reader's language where the show has them.
  [[nodiscard]] std::string quote(const show::Statement& said) const {
    const auto other = said.translated.find(words_.language());
    const std::string& text = other == said.translated.end() ? said.text : other->second;
    return said.to.empty() ? words_(Msg::brief_quote, said.who, text)
                           : words_(Msg::brief_quote_to, said.who, said.to, text);
  }
  void statements(const show::Item& item) {
    for (const show::Statement& said : item.statements) {
      if (said.reported) add(Is::paragraph, words_(Msg::brief_reported, in(*said.reported)));
      std::string origin = words_(Msg::brief_source, said.source);
      if (said.translated.count(words_.language()) > 0) {
        origin = (said.translator.empty()
                      ? words_(Msg::brief_translated, said.text)
                      : words_(Msg::brief_translated_by, said.text, said.translator)) +
                 "; " + origin;
      }
      add(Is::quotation, quote(said) + " (" + origin + ")");
    }
  }
  [[nodiscard]] std::string when(const plan::ItemPlan& item) const {
    const Reading at = read(reader_, item.start + shift_);
    return words_(Msg::brief_item, in(show_[item.item].label), words_.date(at.date, Msg::date_long),
                  at.time);
  }
  [[nodiscard]] std::string who_meets(const show::Item& item) const {
    Labels heads;
    for (const show::DelegationId id : item.participants) {
      const auto& head = show_[id].head.by_language;
      const std::string& label = in(show_[id].label);
      heads.push_back(head.empty() ? label : in(show_[id].head) + " (" + label + ")");
    }
    return words_.list(heads);
  }
  /// One at which somebody of few says something: not a reception of all.
  static bool is_meeting(const show::Item& item) {
    return !item.participants.empty() && !item.statements.empty();
  }

  void in_short() {
    add(Is::heading, words_(Msg::brief_in_short));
    for (const show::Item& item : show_.items) {
      if (!is_meeting(item)) continue;
      add(Is::paragraph, words_(Msg::brief_meets, in(show_.title), who_meets(item)));
      Labels last;
      const std::size_t count = item.statements.size();
      for (std::size_t i = count - std::min<std::size_t>(count, 3); i < count; ++i)
        last.push_back(quote(item.statements[i]));
      add(Is::paragraph, words_(Msg::brief_words, words_.list(last)));
      break;
    }
    add(Is::paragraph, words_(Msg::brief_takes_part, totals()));
  }
  [[nodiscard]] std::string totals() const {
    const plan::Counts& n = plan_.counts;
    Labels parts{counted(Msg::brief_contingents, n.contingents),
                 counted(Msg::brief_people, n.people)};
    if (n.vehicles > 0) parts.push_back(counted(Msg::brief_vehicles, n.vehicles));
    if (n.aeroplanes > 0) parts.push_back(counted(Msg::brief_aeroplanes, n.aeroplanes));
    if (n.helicopters > 0) parts.push_back(counted(Msg::brief_helicopters, n.helicopters));
    return words_.list(parts);
  }

  void meetings() {
    for (const plan::ItemPlan& each : plan_.items) {
      const show::Item& item = show_[each.item];
      if (!is_meeting(item)) continue;
      add(Is::heading, words_(Msg::brief_meeting));
      add(Is::paragraph, when(each));
      if (const auto place = item.attributes.find("place"); place != item.attributes.end())
        add(Is::paragraph, words_(Msg::brief_place, place->second));
      statements(item);
    }
  }
  void programme() {
    if (plan_.items.empty()) return;
    add(Is::heading, words_(Msg::brief_programme));
    for (const plan::ItemPlan& each : plan_.items) {
      std::string text = when(each);
      const auto& attributes = show_[each.item].attributes;
      if (const auto place = attributes.find("place"); place != attributes.end())
        text += " " + words_(Msg::brief_place, place->second);
      add(Is::entry, std::move(text));
    }
  }

  [[nodiscard]] std::string attribute(const show::Contingent& contingent, const char* name) const {
    const auto found = contingent.attributes.find(name);
    return found == contingent.attributes.end() ? std::string() : found->second;
  }
  [[nodiscard]] bool is_new(const show::Contingent& contingent) const {
    return attribute(contingent, "first appearance") == std::to_string(show_.clock.date().year);
  }
  /// A branch has the label of the contingent that is called like it.
  [[nodiscard]] std::string branch_label(const std::string& branch) const {
    if (branch == "joint") return words_(Msg::brief_branch_joint);
    for (const show::Contingent& each : show_.contingents)
      if (each.name == branch) return in(each.label);
    return branch;
  }
  [[nodiscard]] Labels labels(bool air) const {
    Labels out;
    for (const show::Procession& procession : show_.processions) {
      if (procession.air != air) continue;
      for (const show::ContingentId id : procession.order) out.push_back(in(show_[id].label));
    }
    return out;
  }

  void parade() {
    if (labels(false).empty()) return;
    add(Is::heading, words_(Msg::brief_parade));
    for (const show::Item& item : show_.items)
      if (!is_meeting(item)) statements(item);
    add(Is::paragraph, words_(Msg::brief_order, words_.list(labels(false))));
    std::map<std::string, std::int64_t> people;
    Labels first;
    for (const plan::ContingentPlan& card : plan_.contingents) {
      const show::Contingent& contingent = show_[card.contingent];
      if (const std::string branch = attribute(contingent, "branch"); !branch.empty())
        people[branch] += card.people;
      if (is_new(contingent)) first.push_back(in(contingent.label));
    }
    Labels branches;
    for (const auto& [branch, n] : people)
      branches.push_back(words_(Msg::brief_pair, branch_label(branch), words_.number(n)));
    if (!branches.empty()) add(Is::paragraph, words_(Msg::brief_branches, words_.list(branches)));
    if (!first.empty()) add(Is::paragraph, words_(Msg::brief_first_time, words_.list(first)));
  }

  void exhibits() {
    Labels names;
    std::int64_t first = 0;
    for (const show::Contingent& contingent : show_.contingents) {
      if (!contingent.procession.valid() || show_[contingent.procession].air) continue;
      for (const show::Part& part : contingent.parts) {
        for (const show::Exhibit& exhibit : part.exhibits) {
          names.push_back(exhibit.name);
          first += is_new(contingent) ? 1 : 0;
        }
      }
    }
    if (names.empty()) return;
    const auto all = static_cast<std::int64_t>(names.size());
    add(Is::heading, words_(Msg::brief_exhibits));
    add(Is::paragraph,
        words_(Msg::brief_exhibit_share, words_.number(first), words_.number(all),
               words_.percent(static_cast<double>(first) / static_cast<double>(all))));
    for (std::string& name : names) add(Is::entry, std::move(name));
  }

  void flypast() {
    if (labels(true).empty()) return;
    add(Is::heading, words_(Msg::brief_flypast));
    Labels counts;
    if (plan_.counts.helicopters > 0)
      counts.push_back(counted(Msg::brief_helicopters, plan_.counts.helicopters));
    if (plan_.counts.aeroplanes > 0)
      counts.push_back(counted(Msg::brief_aeroplanes, plan_.counts.aeroplanes));
    if (!counts.empty()) add(Is::paragraph, words_(Msg::brief_in_the_air, words_.list(counts)));
    for (const show::Contingent& contingent : show_.contingents) {
      if (!contingent.procession.valid() || !show_[contingent.procession].air) continue;
      for (const show::Part& part : contingent.parts) {
        if (part.formation.text.empty()) continue;
        add(Is::paragraph,
            words_(Msg::brief_figure, part.formation.text, words_.number(part.formation.count)));
      }
    }
    add(Is::paragraph, words_(Msg::brief_order, words_.list(labels(true))));
  }
  void spectators() {
    if (plan_.counts.spectators == 0) return;
    add(Is::heading, words_(Msg::brief_spectators));
    add(Is::paragraph, words_(Msg::brief_places, words_.number(plan_.counts.spectators)));
  }

  const show::Show& show_;
  const plan::Plan& plan_;
  language::Words words_;
  Clock reader_;
  Duration shift_;
  Document document_;
};

}  // namespace

Result<Document> make_brief(const show::Show& show, const plan::Plan& plan,
                            const Options& options) {
  Clock reader = show.clock;
  if (!options.zone.empty()) {
    Result<Clock> clock = Clock::make(show.clock.date(), options.zone);
    if (!clock) return tl::unexpected(clock.error());
    reader = std::move(*clock);
  }
  return Writer(show, plan, options.language, std::move(reader)).write();
}

}  // namespace defilada::brief
