// SPDX-License-Identifier: MIT
#include "defilada/brief/brief.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "defilada/language/words.hpp"
#include "defilada/show/names.hpp"

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

/// "a, b and c"; with semicolons where one of them has a comma of its own.
std::string listed(const language::Words& words, const std::vector<std::string>& labels) {
  const bool plain = std::all_of(labels.begin(), labels.end(), [](const std::string& label) {
    return label.find(',') == std::string::npos;
  });
  return plain ? words.list(labels) : fmt::format("{}", fmt::join(labels, "; "));
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
    add(Is::dateline, words_(Msg::brief_dateline, words_.date(show_.clock.date(), Msg::date_long),
                             std::string(reader_.zone())));
    in_short();
    meetings();
    guests();
    programme();
    review();
    parade();
    exhibits();
    flypast();
    spectators();
    return std::move(document_);
  }

 private:
  using Labels = std::vector<std::string>;

  void add(Is is, std::string text, std::string origin = {}) {
    document_.push_back({is, std::move(text), std::move(origin)});
  }
  [[nodiscard]] const std::string& in(const show::Text& text) const {
    return text.in(words_.language());
  }
  [[nodiscard]] std::string counted(Msg message, std::int64_t n) const {
    return words_.counted(message, n, words_.number(n));
  }
  [[nodiscard]] Reading at(Time time) const { return read(reader_, time + shift_); }
  [[nodiscard]] std::string period(const Reading& when) const {
    return words_.day_period(digits(when.time, 0, 2) * 60 + digits(when.time, 3, 2));
  }

  // What is said, and who says so.
  [[nodiscard]] std::string quote(const show::Statement& said) const;
  [[nodiscard]] std::string origin(const show::Statement& said) const;
  void statements(const show::Item& item);
  bool report_in_short(const show::Item& item);
  void reports_of_others();

  // Meetings and guests.
  /// One at which somebody of few says something: not a reception of all.
  [[nodiscard]] static bool is_meeting(const show::Item& item) {
    return !item.participants.empty() && !item.statements.empty();
  }
  [[nodiscard]] std::string head_of(show::DelegationId id) const;
  [[nodiscard]] std::string who_meets(const show::Item& item) const;
  [[nodiscard]] std::optional<std::pair<Time, Time>> seated_together(const show::Item& item) const;
  [[nodiscard]] bool share_a_car(const show::Item& item) const;
  void meeting(const plan::ItemPlan& each);
  void meetings();
  void guests();

  // The show.
  void in_short();
  [[nodiscard]] std::string totals() const;
  void programme();
  void review();
  [[nodiscard]] std::string attribute(const show::Contingent& contingent, const char* name) const;
  [[nodiscard]] bool is_new(const show::Contingent& contingent) const;
  [[nodiscard]] std::string branch_label(const std::string& branch) const;
  [[nodiscard]] Labels labels(const show::Procession& procession) const;
  [[nodiscard]] bool any(bool air) const;
  void ground_counts();
  void parade();
  void branches();
  void exhibits();
  void figure(const show::Contingent& contingent, show::ContingentId id);
  void flypast();
  void spectators();
  [[nodiscard]] std::int64_t places() const;

  const show::Show& show_;
  const plan::Plan& plan_;
  language::Words words_;
  Clock reader_;
  Duration shift_;
  Document document_;
};

/// Its words in the reader's language where the show has them.
std::string Writer::quote(const show::Statement& said) const {
  const auto other = said.translated.find(words_.language());
  const std::string& text = other == said.translated.end() ? said.text : other->second;
  return said.to.empty() ? words_(Msg::brief_quote, said.who, text)
                         : words_(Msg::brief_quote_to, said.who, said.to, text);
}

std::string Writer::origin(const show::Statement& said) const {
  const std::string source = words_(Msg::brief_source, said.source);
  if (said.translated.count(words_.language()) == 0) return source;
  const std::string translated = said.translator.empty()
                                     ? words_(Msg::brief_translated, said.text)
                                     : words_(Msg::brief_translated_by, said.text, said.translator);
  return words_(Msg::brief_origin, source, translated);
}

void Writer::statements(const show::Item& item) {
  for (const show::Statement& said : item.statements) {
    if (said.text.empty()) {
      add(Is::report, words_(Msg::brief_reported, in(*said.reported)), origin(said));
      continue;
    }
    if (said.reported)
      add(Is::paragraph, words_(Msg::brief_reported_of, said.who, in(*said.reported)));
    add(Is::quotation, quote(said), origin(said));
  }
}

/// What a source says of an item as a whole, without quoting anybody.
bool Writer::report_in_short(const show::Item& item) {
  for (const show::Statement& said : item.statements) {
    if (!said.text.empty() || !said.reported) continue;
    add(Is::report, words_(Msg::brief_reported, in(*said.reported)), origin(said));
    return true;
  }
  return false;
}

void Writer::reports_of_others() {
  for (const show::Item& item : show_.items)
    if (!is_meeting(item)) report_in_short(item);
}

std::string Writer::head_of(show::DelegationId id) const {
  const std::string& label = in(show_[id].label);
  return show_[id].head.by_language.empty() ? label : in(show_[id].head) + " (" + label + ")";
}

std::string Writer::who_meets(const show::Item& item) const {
  Labels heads;
  for (const show::DelegationId id : item.participants) heads.push_back(head_of(id));
  return words_.list(heads);
}

/// From when to when all heads of a meeting sat in their places before it.
std::optional<std::pair<Time, Time>> Writer::seated_together(const show::Item& item) const {
  std::optional<std::pair<Time, Time>> together;
  std::size_t seated = 0;
  for (const plan::GuestCard& card : plan_.guests.guests) {
    const bool takes_part = std::find(item.participants.begin(), item.participants.end(),
                                      card.delegation) != item.participants.end();
    if (!takes_part || card.place != 0 || !card.seated || !card.leaves) continue;
    ++seated;
    if (!together) together = {*card.seated, *card.leaves};
    together->first = std::max(together->first, *card.seated);
    together->second = std::min(together->second, *card.leaves);
  }
  const bool all = seated == item.participants.size();
  return all && together && together->first < together->second ? together : std::nullopt;
}

/// A motorcade to the meeting's venue has all of its delegations in one car.
bool Writer::share_a_car(const show::Item& item) const {
  for (const plan::MotorcadePlan& drive : plan_.guests.motorcades) {
    if (!item.venue || show_[drive.motorcade].to != *item.venue || item.participants.size() < 2)
      continue;
    for (const plan::MotorcadeCar& car : drive.cars)
      if (car.who == item.participants) return true;
  }
  return false;
}

void Writer::meeting(const plan::ItemPlan& each) {
  const show::Item& item = show_[each.item];
  add(Is::heading, words_(Msg::brief_meeting));
  const Reading from = at(each.start);
  add(Is::paragraph,
      words_(Msg::brief_meeting_when, in(item.label), words_.date(from.date, Msg::date_long),
             period(from), from.time, at(each.end).time));
  add(Is::paragraph, words_(Msg::brief_meeting_who, who_meets(item)));
  if (const auto place = item.attributes.find("place"); place != item.attributes.end())
    add(Is::paragraph, words_(Msg::brief_place, in(place->second)));
  if (const auto seated = seated_together(item)) {
    add(Is::paragraph,
        words_(Msg::brief_before_that, at(seated->first).time, at(seated->second).time));
  }
  if (share_a_car(item)) add(Is::paragraph, words_(Msg::brief_same_car, who_meets(item)));
  statements(item);
}

void Writer::meetings() {
  for (const plan::ItemPlan& each : plan_.items)
    if (is_meeting(show_[each.item])) meeting(each);
}

void Writer::guests() {
  if (!show_.guests) return;
  add(Is::heading, words_(Msg::brief_guests));
  Labels heads;
  for (std::uint32_t d = 0; d < show_.guests->delegations.size(); ++d)
    heads.push_back(head_of({d}));
  add(Is::paragraph, words_(Msg::brief_precedence, listed(words_, heads)));
}

void Writer::in_short() {
  add(Is::heading, words_(Msg::brief_in_short));
  for (const plan::ItemPlan& each : plan_.items) {
    const show::Item& item = show_[each.item];
    if (!is_meeting(item)) continue;
    const Reading when = at(each.start);
    add(Is::paragraph, words_(Msg::brief_meets, in(show_.title), who_meets(item), in(item.label),
                              when.time, period(when)));
    if (report_in_short(item)) break;
    Labels last;
    const std::size_t count = item.statements.size();
    for (std::size_t i = count - std::min<std::size_t>(count, 2); i < count; ++i)
      if (!item.statements[i].text.empty()) last.push_back(quote(item.statements[i]));
    add(Is::paragraph, words_(Msg::brief_words, words_.list(last)));
    break;
  }
  reports_of_others();
  add(Is::paragraph, words_(Msg::brief_takes_part, totals()));
  const plan::Counts& n = plan_.counts;
  if (n.guests > 0) {
    add(Is::paragraph,
        words_(Msg::brief_watch, counted(Msg::brief_guests_count, n.guests),
               counted(Msg::brief_delegations, n.delegations), words_.number(places())));
  }
}

std::string Writer::totals() const {
  const plan::Counts& n = plan_.counts;
  Labels parts{counted(Msg::brief_contingents, n.contingents),
               counted(Msg::brief_people, n.people)};
  const auto more = [&](Msg message, std::int64_t count) {
    if (count > 0) parts.push_back(counted(message, count));
  };
  more(Msg::brief_mounted, n.mounted);
  more(Msg::brief_vehicles, n.vehicles);
  more(Msg::brief_aeroplanes, n.aeroplanes);
  more(Msg::brief_helicopters, n.helicopters);
  more(Msg::brief_drones, n.drones);
  return words_.list(parts);
}

/// Item by item, under the date on which it falls for the reader.
void Writer::programme() {
  if (plan_.items.empty()) return;
  add(Is::heading, words_(Msg::brief_programme));
  std::vector<const plan::ItemPlan*> order;
  for (const plan::ItemPlan& each : plan_.items) order.push_back(&each);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto* a, const auto* b) { return a->start < b->start; });
  std::string date;
  for (const plan::ItemPlan* each : order) {
    const show::Item& item = show_[each->item];
    const Reading when = at(each->start);
    if (std::string next = words_.date(when.date, Msg::date_long); next != date) {
      date = std::move(next);
      add(Is::paragraph, date);
    }
    std::string text = words_(Msg::brief_item, when.time, in(item.label));
    if (const auto place = item.attributes.find("place"); place != item.attributes.end())
      text = words_(Msg::brief_item_place, text, in(place->second));
    add(Is::entry, std::move(text));
  }
}

void Writer::review() {
  for (const plan::ReviewPlan& each : plan_.reviews) {
    const show::Item& item = show_[each.item];
    std::set<std::uint32_t> passed;
    for (const plan::ReviewPass& pass : each.passes) passed.insert(pass.contingent.value);
    Labels who;
    if (item.procession)
      for (const show::ContingentId id : show_[*item.procession].order)
        who.push_back(in(show_[id].label));
    add(Is::heading, words_(Msg::brief_review));
    const plan::ItemPlan& timed = plan_.items[each.item.value];
    const std::string length =
        words_(Msg::brief_kilometres, words_.decimal(each.length_m / 1000, 1));
    const auto n = static_cast<std::int64_t>(passed.size());
    add(Is::paragraph, words_(Msg::brief_review_when, in(item.label), at(timed.start).time,
                              at(timed.end).time, listed(words_, who)));
    add(Is::paragraph, words_(Msg::brief_review_past, n, length, words_.number(n)));
  }
}

std::string Writer::attribute(const show::Contingent& contingent, const char* name) const {
  const auto found = contingent.attributes.find(name);
  return found == contingent.attributes.end() ? std::string() : found->second;
}

bool Writer::is_new(const show::Contingent& contingent) const {
  return attribute(contingent, "first appearance") == std::to_string(show_.clock.date().year);
}

/// A branch has the label of the contingent that is called like it.
std::string Writer::branch_label(const std::string& branch) const {
  if (branch == "joint") return words_(Msg::brief_branch_joint);
  for (const show::Contingent& each : show_.contingents)
    if (each.name == branch) return in(each.label);
  return branch;
}

Writer::Labels Writer::labels(const show::Procession& procession) const {
  Labels out;
  for (const show::ContingentId id : procession.order) out.push_back(in(show_[id].label));
  return out;
}

/// Whether a formation of the parade marches, or flies.
bool Writer::any(bool air) const {
  return std::any_of(show_.processions.begin(), show_.processions.end(), [&](const auto& each) {
    return each.air == air && each.counted && !each.order.empty();
  });
}

void Writer::ground_counts() {
  Labels counts;
  const plan::Counts& n = plan_.counts;
  if (const auto found = n.people_by_role.find("marchers"); found != n.people_by_role.end())
    counts.push_back(counted(Msg::brief_marchers, found->second));
  if (n.mounted > 0) counts.push_back(counted(Msg::brief_mounted, n.mounted));
  if (n.vehicles > 0) counts.push_back(counted(Msg::brief_vehicles, n.vehicles));
  if (!counts.empty()) add(Is::paragraph, words_(Msg::brief_on_the_ground, words_.list(counts)));
}

void Writer::parade() {
  if (!any(false)) return;
  add(Is::heading, words_(Msg::brief_parade));
  for (const show::Item& item : show_.items)
    if (!is_meeting(item)) statements(item);
  ground_counts();
  Labels order;
  for (const show::Procession& each : show_.processions) {
    if (each.air || !each.counted) continue;
    for (std::string& label : labels(each)) order.push_back(std::move(label));
  }
  add(Is::paragraph, words_(Msg::brief_order, listed(words_, order)));
  branches();
}

void Writer::branches() {
  std::map<std::string, std::int64_t> people;
  Labels first;
  for (const plan::ContingentPlan& card : plan_.contingents) {
    const show::Contingent& contingent = show_[card.contingent];
    if (const std::string branch = attribute(contingent, "branch"); !branch.empty())
      people[branch] += card.people;
    if (is_new(contingent)) first.push_back(in(contingent.label));
  }
  Labels out;
  for (const auto& [branch, n] : people)
    out.push_back(words_(Msg::brief_pair, branch_label(branch), words_.number(n)));
  if (!out.empty()) add(Is::paragraph, words_(Msg::brief_branches, listed(words_, out)));
  if (!first.empty()) add(Is::paragraph, words_(Msg::brief_first_time, listed(words_, first)));
}

void Writer::exhibits() {
  Labels entries;
  std::int64_t first = 0;
  std::int64_t named = 0;
  std::int64_t vehicles = 0;
  for (const show::Contingent& contingent : show_.contingents) {
    if (!contingent.procession.valid() || !show_.counts(contingent)) continue;
    if (show_[contingent.procession].air) continue;
    std::size_t before = entries.size();
    bool rides = false;
    for (const show::Part& part : contingent.parts) {
      rides = rides || show_[part.kind].category == show::Category::vehicle;
      for (const show::Exhibit& exhibit : part.exhibits) {
        std::string entry = words_(Msg::brief_exhibit_entry, exhibit.name, in(contingent.label));
        first += is_new(contingent) ? 1 : 0;
        entries.push_back(is_new(contingent) ? words_(Msg::brief_exhibit_new, entry) : entry);
      }
    }
    vehicles += rides ? 1 : 0;
    named += rides && entries.size() > before ? 1 : 0;
  }
  if (entries.empty()) return;
  const auto all = static_cast<std::int64_t>(entries.size());
  add(Is::heading, words_(Msg::brief_exhibits));
  add(Is::paragraph, words_(Msg::brief_exhibit_share, words_.number(first), words_.number(all),
                            words_.percent(static_cast<double>(first) / static_cast<double>(all))));
  if (named < vehicles) {
    add(Is::paragraph,
        words_(Msg::brief_exhibits_of, words_.number(named), words_.number(vehicles)));
  }
  for (std::string& entry : entries) add(Is::entry, std::move(entry));
}

void Writer::figure(const show::Contingent& contingent, show::ContingentId id) {
  const auto& over = plan_.contingents[id.value].over_target;
  for (const show::Part& part : contingent.parts) {
    if (part.formation.text.empty() || !over) continue;
    add(Is::paragraph,
        words_(Msg::brief_figure, part.formation.text, words_.number(part.formation.count),
               show_[show_[contingent.procession].over].name, at(*over).time));
  }
}

void Writer::flypast() {
  if (!any(true)) return;
  add(Is::heading, words_(Msg::brief_flypast));
  const plan::Counts& n = plan_.counts;
  Labels counts;
  if (n.helicopters > 0) counts.push_back(counted(Msg::brief_helicopters, n.helicopters));
  if (n.aeroplanes > 0) counts.push_back(counted(Msg::brief_aeroplanes, n.aeroplanes));
  if (n.drones > 0) counts.push_back(counted(Msg::brief_drones, n.drones));
  if (!counts.empty()) add(Is::paragraph, words_(Msg::brief_in_the_air, words_.list(counts)));
  for (const show::Procession& procession : show_.processions) {
    if (!procession.air || procession.order.empty()) continue;
    for (const show::ContingentId id : procession.order) figure(show_[id], id);
    const auto& first = plan_.contingents[procession.order.front().value].over_target;
    std::string order = listed(words_, labels(procession));
    add(Is::paragraph, first ? words_(Msg::brief_air_order, at(*first).time, order)
                             : words_(Msg::brief_order, order));
  }
}

std::int64_t Writer::places() const {
  std::int64_t sum = 0;
  for (const show::Area& area : show_.site.areas)
    if (area.use == show::AreaUse::stand) sum += area.capacity.value_or(0);
  return sum;
}

void Writer::spectators() {
  if (places() == 0) return;
  add(Is::heading, words_(Msg::brief_spectators));
  add(Is::paragraph, words_(Msg::brief_places, words_.number(places())));
}

}  // namespace

Result<Document> make_brief(const show::Show& show, const plan::Plan& plan,
                            const Options& options) {
  Result<Clock> reader = options.zone.empty() ? Result<Clock>(show.clock)
                                              : Clock::make(show.clock.date(), options.zone);
  if (!reader) return tl::unexpected(reader.error());
  const show::Show shown = show::in_language(show, options.language);
  return Writer(shown, plan, options.language, std::move(*reader)).write();
}

}  // namespace defilada::brief
