// SPDX-License-Identifier: MIT
// The head of the show, the declaration of all names, and the order of the sections.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "defilada/core/slug.hpp"
#include "resolver.hpp"

namespace defilada::show {
namespace {

std::optional<Date> date_of(const View& view) {
  const auto text = view.date();
  if (!text) return std::nullopt;
  Date date;
  const auto number = [&](std::size_t at, std::size_t size, int& out) {
    std::from_chars(text->data() + at, text->data() + at + size, out);
  };
  number(0, 4, date.year);
  number(5, 2, date.month);
  number(8, 2, date.day);
  return date;
}

/// Time zero of the show; nothing after a report, or where the table has reported.
std::optional<Clock> clock_of(Resolver& r) {
  const auto date = date_of(r.root["date"]);
  const auto zone = r.root["zone"].text();
  if (!zone) return std::nullopt;
  // Whose fault it is: a zone that knows no day at all is not in the database.
  const auto any_day = Clock::make({2000, 6, 15}, *zone);
  if (!any_day) {
    r.error("show.zone", r.root["zone"].scalar_span(), any_day.error().message);
    return std::nullopt;
  }
  if (!date) return std::nullopt;
  auto clock = Clock::make(*date, *zone);
  if (!clock) {
    r.error("show.midnight", r.root["date"].scalar_span(), clock.error().message);
    return std::nullopt;
  }
  return *clock;
}

void resolve_head(Resolver& r, const std::string& name) {
  r.show.name = slug(name);
  r.show.title = Resolver::label(r.root["title"], name);
  if (auto clock = clock_of(r)) {
    r.show.clock = std::move(*clock);
    r.clock_is_sound = true;
  }
}

// ---- names

class Declarer {
 public:
  explicit Declarer(Resolver& resolver) : r_(resolver) {}

  void declare() {
    stations();
    processions("marches", false);
    processions("flypasts", true);
    processions("movements", false);
    in_place();
    items();
    // In the order of the text: the first of two that share a name is the one that stands first.
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Name& a, const Name& b) { return a.span.begin < b.span.begin; });
    for (const Name& name : found_) r_.names.declare(name, r_.diagnostics);
    for (const Line& line : r_.order_lines) {
      const auto index = static_cast<std::uint32_t>(&line - r_.order_lines.data());
      r_.line_of_name.emplace(collapsed(line.name), index);
      if (!line.numbered) continue;
      for (std::uint32_t i = 0; i < line.times; ++i) {
        r_.line_of_name.emplace(r_.show.contingents[line.first + i].name, index);
      }
    }
    processions_of_items();
  }

 private:
  template <typename T>
  static std::uint32_t size(const std::vector<T>& list) {
    return static_cast<std::uint32_t>(list.size());
  }

  void stations() {
    for (const NamedView& each : r_.root["site"]["stations"].named()) {
      found_.push_back(
          {Named::station, size(r_.show.site.stations), std::string(each.name), each.name_span});
      Station& station = r_.show.site.stations.emplace_back();
      station.name = collapsed(each.name);
      station.span = each.value.span();
    }
    r_.station_is_sound.assign(r_.show.site.stations.size(), false);
  }

  void processions(std::string_view key, bool air) {
    for (const NamedView& each : r_.root[key].named()) {
      const ProcessionId id{size(r_.show.processions)};
      found_.push_back({Named::procession, id.value, std::string(each.name), each.name_span});
      Procession& procession = r_.show.processions.emplace_back();
      procession.name = collapsed(each.name);
      procession.span = each.name_span;
      procession.air = air;
      procession.counted = key != "movements";
      r_.procession_views.push_back(each.value);
      r_.courses.emplace_back();
      for (const NamedView& line : each.value["order"].named()) {
        add_line(line, each.value["defaults"], id);
      }
    }
    r_.items_of_procession.resize(r_.show.processions.size());
  }

  void in_place() {
    const View view = r_.root["in place"];
    if (view.is_list()) {
      for (const NamedView& line : view.named()) add_line(line, view["defaults"], {});
    } else {
      for (const NamedView& line : view["order"].named()) add_line(line, view["defaults"], {});
    }
  }

  void add_line(const NamedView& named, const View& defaults, ProcessionId procession) {
    Line line;
    line.name = collapsed(named.name);
    line.name_span = named.name_span;
    line.span = Resolver::statement(named.name_span, named.value);
    line.view = named.value;
    line.defaults = defaults;
    line.procession = procession;
    line.first = size(r_.show.contingents);
    line.times = procession.valid() ? times(named) : 1;
    line.numbered = procession.valid() && named.value["times"].given();
    for (std::uint32_t i = 0; i < line.times; ++i) add_contingent(line, i);
    r_.order_lines.push_back(std::move(line));
  }

  std::uint32_t times(const NamedView& line) {
    const View view = line.value["times"];
    const std::size_t left =
        kContingentLimit - std::min(kContingentLimit, r_.show.contingents.size());
    const auto asked = r_.count(view).value_or(1);
    if (asked >= 1 && static_cast<std::size_t>(asked) <= left) {
      return static_cast<std::uint32_t>(asked);
    }
    if (asked > 1) {
      r_.error("show.too-large", view.scalar_span(),
               phrase("more than {} contingents", kContingentLimit));
    }
    return 1;
  }

  void add_contingent(const Line& line, std::uint32_t i) {
    const ContingentId id{size(r_.show.contingents)};
    Contingent& contingent = r_.show.contingents.emplace_back();
    contingent.name = line.numbered ? fmt::format("{} {}", line.name, i + 1) : line.name;
    contingent.span = line.span;
    contingent.procession = line.procession;
    found_.push_back({Named::contingent, id.value, contingent.name, line.name_span});
    r_.line_of_contingent.push_back(size(r_.order_lines));
    if (line.procession.valid()) {
      r_.show.processions[line.procession.value].order.push_back(id);
    }
  }

  void items() {
    for (const NamedView& each : r_.root["programme"].named()) {
      found_.push_back({Named::item, size(r_.show.items), std::string(each.name), each.name_span});
      Item& item = r_.show.items.emplace_back();
      item.name = collapsed(each.name);
      item.span = Resolver::statement(each.name_span, each.value);
      r_.item_views.push_back(each.value);
    }
  }

  /// Before any cue is read: a flypast's name in a cue stands for the item that runs it.
  void processions_of_items() {
    for (std::uint32_t i = 0; i < r_.item_views.size(); ++i) {
      for (const std::string_view key : {"march", "flypast", "review"}) {
        const bool air = key == "flypast";
        const bool review = key == "review";
        const View view = review ? r_.item_views[i][key]["drive"] : r_.item_views[i][key];
        const Name* name = r_.reference(r_.names, view, Named::procession);
        if (name == nullptr) continue;
        const ProcessionId id{name->index};
        if (r_.show[id].air != air) {
          r_.error("show.wrong-procession", view.scalar_span(),
                   air ? phrase("{} is a march", in_quotes(name->text))
                       : phrase("{} is a flypast", in_quotes(name->text)),
                   review ? phrase("a march or movement that drives past them")
                          : phrase("'{}: {}'", air ? "march" : "flypast", name->text))
              .notes.push_back({phrase("defined here"), name->span});
        }
        r_.show.items[i].procession = id;
        r_.items_of_procession[id.value].push_back({i});
      }
    }
  }

  Resolver& r_;
  std::vector<Name> found_;
};

/// Whether a catalogue that is used, by the show or another, cannot be had.
bool lacks_catalogue(const View& root, const std::vector<View>& catalogues, Files& files) {
  const auto lacks = [&](const View& user) {
    const std::vector<View> used = user["use"].items();
    if (user["use"].given() && used.empty()) return true;  // told by its shape
    return std::any_of(used.begin(), used.end(), [&](const View& each) {
      const auto name = each.text();
      return name && !files.catalogue(std::string(*name));
    });
  };
  return lacks(root) || std::any_of(catalogues.begin(), catalogues.end(), lacks);
}

}  // namespace

std::optional<Show> resolve(const View& root, const std::vector<View>& catalogues,
                            const std::string& name, Files& files, Sources& sources,
                            Diagnostics& diagnostics, const Taken* taken) {
  const std::size_t errors = diagnostics.errors();
  // For the time until the show's own is known.
  const auto clock = Clock::make({2000, 6, 15}, "Etc/UTC");
  if (!clock) {
    diagnostics.error("show.zone", root["zone"].scalar_span(), clock.error().message);
    return std::nullopt;
  }
  Resolver r(root, catalogues, files, sources, diagnostics, *clock);
  r.taken = taken;
  r.lacks_catalogue = lacks_catalogue(root, catalogues, files);
  resolve_head(r, name);
  Declarer(r).declare();
  resolve_site(r);
  resolve_outlines(r);
  resolve_kinds(r);
  resolve_contingents(r);
  resolve_processions(r);
  resolve_guests(r);
  resolve_figures(r);
  resolve_programme(r);
  resolve_rules(r);
  resolve_spectators(r);
  resolve_published(r);
  resolve_names(r);
  if (diagnostics.errors() != errors) return std::nullopt;
  collect_provenance(r);
  return std::move(r.show);
}

}  // namespace defilada::show
