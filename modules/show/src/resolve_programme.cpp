// SPDX-License-Identifier: MIT
// Section `programme`: items, their lengths, when they start, what they run.

#include "removal.hpp"
#include "resolver.hpp"

namespace defilada::show {
namespace {

using What = CueRef::What;

constexpr Duration kNone{};

class ItemResolver {
 public:
  ItemResolver(Resolver& resolver, ItemId id)
      : r_(resolver),
        id_(id),
        item_(resolver.show.items[id.value]),
        view_(resolver.item_views[id.value]) {}

  void resolve() {
    item_.label = Resolver::label(view_["label"], item_.name);
    item_.note = Resolver::text(view_["note"]);
    if (item_.procession) {
      stretch();
    } else {
      lasts();
    }
    part();
    guests();
    meeting();
    clock();
    after();
    statements();
    if (view_["review"].given()) resolve_review(r_, item_, view_["review"]);
    resolve_releases(r_, item_, view_["releases"]);
    attributes();
  }

 private:
  void lasts() {
    item_.lasts = {kNone, kNone};
    if (view_["lasts"].given()) {
      item_.lasts = r_.window(view_["lasts"]).value_or(item_.lasts);
      item_.lasts_span = view_["lasts"].scalar_span();
    } else if (view_["shots"].given()) {
      shots();
    }
  }

  void shots() {
    const auto shots = r_.count(view_["shots"], 100'000);
    const auto every = r_.duration(view_["every"]);
    if (!shots || !every || *shots < 1) return;
    const Duration length{(*shots - 1) * every->us};
    if (length > kDurationLimit) {
      r_.error("show.too-large", view_["every"].scalar_span(),
               phrase("{} shots take more than 48 h", *shots));
      return;
    }
    item_.shots = *shots;
    item_.lasts = {length, length};
    item_.lasts_span = view_["every"].scalar_span();
  }

  /// Of a march between its stations; a flypast is over one.
  void stretch() {
    const ProcessionId procession = *item_.procession;
    if (r_.show[procession].air) {
      if (r_.show[procession].over.valid()) {
        item_.from = r_.show[procession].over;
        item_.to = item_.from;
      }
      return;
    }
    const auto from = r_.station_of(view_["from"], procession);
    const auto to = r_.station_of(view_["to"], procession);
    if (from) item_.from = from->station;
    if (to) item_.to = to->station;
    if (from && to && from->s_m > to->s_m) {
      r_.error(
          "show.stretch", view_["to"].scalar_span(),
          phrase("{} comes to {} before {}", in_quotes(r_.show[procession].name),
                 in_quotes(r_.show[to->station].name), in_quotes(r_.show[from->station].name)));
    }
  }

  void clock() {
    if (const auto time = r_.clock_time(view_["at"])) {
      item_.at = {*time, r_.duration(view_["within"]).value_or(kNone), view_["at"].scalar_span()};
    }
    const View end = view_["ends at"];
    const View time_view = end.is_mapping() ? end["at"] : end;
    if (const auto time = r_.clock_time(time_view)) {
      const Duration within = end.is_mapping() ? r_.duration(end["within"]).value_or(kNone) : kNone;
      item_.ends_at = {*time, within, time_view.scalar_span()};
    }
    if (item_.at && item_.ends_at && !fits_between(*item_.at, *item_.ends_at)) {
      r_.error("show.ends-before", item_.ends_at->span,
               phrase("item {} ends before it starts", in_quotes(item_.name)))
          .notes.push_back({phrase("it starts here"), item_.at->span});
    }
  }

  static bool fits_between(const Item::At& start, const Item::At& end) {
    return end.time + end.within >= start.time - start.within;
  }

  void after() {
    Window later{kNone, std::nullopt};
    Span later_span;
    if (view_["later"].given()) {
      later = r_.window(view_["later"]).value_or(later);
      later_span = view_["later"].scalar_span();
    } else if (view_["within"].given() && !view_["at"].given()) {
      later = {kNone, r_.duration(view_["within"]).value_or(kNone)};
    }
    const auto all = view_["after"].each();
    for (std::size_t i = 0; i < all.size(); ++i) {
      add(all[i], What::item_ends, later, later_span,
          all.size() > 1 ? without_one(r_.sources, *view_["after"].node(), i)
                         : without_keys(*view_.node(), keys_of_after()));
    }
    if (view_["with"].given()) {
      add(view_["with"], What::item_starts, {kNone, kNone}, {},
          without_keys(*view_.node(), {"with"}));
    }
  }

  /// Keys that say nothing without `after`.
  [[nodiscard]] std::vector<std::string_view> keys_of_after() const {
    std::vector<std::string_view> keys{"after", "later"};
    if (!view_["at"].given()) keys.emplace_back("within");
    return keys;
  }

  void add(const View& view, What bare, const Window& later, Span later_span,
           std::vector<Edit> drop) {
    const auto cue = r_.cue(view, bare);
    if (!cue) return;
    if ((cue->what == What::item_starts || cue->what == What::item_ends) && cue->item == id_) {
      r_.error("show.own-cue", view.scalar_span(),
               phrase("item {} waits for itself", in_quotes(item_.name)));
      return;
    }
    item_.after.push_back({*cue, later, item_.span, later_span, std::move(drop)});
  }

  void part() {
    if (const Name* name = r_.reference(r_.day_parts, view_["part"], Named::day_part)) {
      item_.part = DayPartId{name->index};
    }
  }

  /// What the guests do, on foot or by car. Their movement says how long it takes; a photograph
  /// alone takes as long as the planner says.
  void guests() {
    if (const Name* name = r_.reference(r_.motorcades, view_["motorcade"], Named::motorcade)) {
      item_.motorcade = MotorcadeId{name->index};
      item_.lasts = {};
      once_only("motorcade", phrase("motorcade {}", name->text));
    }
    const auto word = view_["guests"].word();
    if (!word) return;
    item_.guests = *word == "arrival"    ? GuestStage::arrival
                   : *word == "greeting" ? GuestStage::greeting
                   : *word == "walk"     ? GuestStage::walk
                                         : GuestStage::photograph;
    if (!r_.show.guests || !r_.root["guests"][*word].given()) {
      r_.error("show.no-stage", view_["guests"].scalar_span(),
               phrase("nothing says how the {} goes", *word),
               phrase("'{}:' in the section 'guests'", *word));
    }
    once_only("guests", phrase("the {}", *word));
    if (*item_.guests == GuestStage::photograph) return;
    item_.lasts = {};
    if (view_["lasts"].given()) {
      r_.error("show.own-length", view_["lasts"].scalar_span(),
               phrase("how long the {} lasts comes from the guests' movement", *word),
               phrase("no 'lasts'"));
    }
  }

  void once_only(std::string_view key, const Phrase& what) {
    for (std::uint32_t i = 0; i < id_.value; ++i) {
      const Item& other = r_.show.items[i];
      const bool same =
          key == "motorcade" ? other.motorcade == item_.motorcade : other.guests == item_.guests;
      if (!same) continue;
      r_.error("show.stage-twice", view_[key].scalar_span(), phrase("{} is run already", what),
               phrase("one item"))
          .notes.push_back({phrase("it is run here"), r_.show.items[i].span});
      return;
    }
  }

  void meeting() {
    if (!view_["venue"].given()) return;
    item_.venue_span = view_["venue"].scalar_span();
    if (const Name* name = r_.reference(r_.areas, view_["venue"], Named::area)) {
      item_.venue = AreaId{name->index};
    }
    item_.participants = delegations_of(r_, view_["participants"], item_.participant_spans);
  }

  void statements() {
    for (const View& each : view_["statements"].items()) {
      Statement said{Resolver::text(each["who"]),
                     Resolver::text(each["to"]),
                     Resolver::text(each["text"]),
                     Resolver::text(each["source"]),
                     each.span(),
                     Resolver::text(each["language"]),
                     {},
                     {},
                     Resolver::text(each["translator"])};
      if (each["reported"].given()) said.reported = Resolver::label(each["reported"], "");
      for (const NamedView& words : each["translated"].named()) {
        if (const auto text = words.value.text()) said.translated.emplace(words.name, *text);
      }
      item_.statements.push_back(std::move(said));
    }
  }

  void attributes() {
    for (const std::string_view key : {"who", "place"}) {
      if (view_[key].given()) item_.attributes.emplace(key, Resolver::label(view_[key], ""));
    }
    for (const NamedView& each : view_["attributes"].named()) {
      const auto said = each.value.text();
      if (said && !item_.attributes.emplace(each.name, Text{{{"en", std::string(*said)}}}).second) {
        r_.error("show.attribute-twice", each.name_span,
                 phrase("the attribute {} is said already, under a key of its own",
                        in_quotes(each.name)));
      }
    }
  }

  Resolver& r_;
  ItemId id_;
  Item& item_;
  View view_;
};

/// Marches and flypasts whose time nothing gives.
void warn_of_idle(Resolver& r) {
  if (r.diagnostics.has_errors()) return;  // a misspelt name would make its march idle, too
  for (std::uint32_t i = 0; i < r.show.processions.size(); ++i) {
    const Procession& procession = r.show.processions[i];
    if (!r.items_of_procession[i].empty() || procession.follows) continue;
    r.warning(
        "show.idle-procession", procession.span,
        phrase("no item of the programme runs {}", in_quotes(procession.name)),
        phrase("an item with '{}: {}'", procession.air ? "flypast" : "march", procession.name));
  }
}

}  // namespace

void resolve_programme(Resolver& r) {
  for (std::uint32_t i = 0; i < r.show.items.size(); ++i) ItemResolver(r, {i}).resolve();
  warn_of_idle(r);
}

}  // namespace defilada::show
