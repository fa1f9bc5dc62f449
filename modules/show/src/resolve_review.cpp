// SPDX-License-Identifier: MIT
// Of an item: the review, and what is released from where.

#include <algorithm>

#include "resolver.hpp"

namespace defilada::show {
namespace {

class ReviewResolver {
 public:
  ReviewResolver(Resolver& resolver, const Item& item, const View& view)
      : r_(resolver), item_(item), view_(view) {}

  std::optional<Review> resolve() {
    if (!item_.procession) {
      names_only();
      return std::nullopt;
    }
    review_.span = view_.span();
    review_.drive = *item_.procession;
    for (const View& each : view_["past"].each()) past(each);
    review_.clearance_m = r_.length_m(view_["clearance"]).value_or(separation_m());
    review_.clearance_span = view_["clearance"].given() ? view_["clearance"].scalar_span()
                                                        : view_["drive"].scalar_span();
    for (const View& each : view_["stops"].items()) stop(each);
    return std::move(review_);
  }

 private:
  /// Where the drive is not known, its other names still are to be.
  void names_only() {
    for (const View& each : view_["past"].each()) {
      static_cast<void>(r_.reference(r_.names, each, Named::procession));
    }
    for (const View& each : view_["stops"].items()) {
      static_cast<void>(r_.reference(r_.names, each["abeam"], Named::contingent));
      static_cast<void>(r_.station(each["station"]));
    }
  }

  void past(const View& view) {
    const Name* name = r_.reference(r_.names, view, Named::procession);
    if (name == nullptr) return;
    const ProcessionId id{name->index};
    const Procession& procession = r_.show[id];
    if (procession.air || id == review_.drive) {
      r_.error("show.wrong-procession", view.scalar_span(),
               procession.air ? phrase("{} is a flypast", in_quotes(name->text))
                              : phrase("{} cannot pass itself", in_quotes(name->text)),
               phrase("a march that stands in line"))
          .notes.push_back({phrase("defined here"), name->span});
      return;
    }
    for (const ItemId item : r_.items_of_procession[id.value]) {
      if (!r_.item_views[item.value]["review"].given()) continue;
      r_.error("show.review", view.scalar_span(),
               phrase("{} drives past others itself", in_quotes(name->text)),
               phrase("a march that stands in line"))
          .notes.push_back({phrase("its review is here"), r_.show[item].span});
      return;
    }
    if (std::find(review_.past.begin(), review_.past.end(), id) != review_.past.end()) {
      r_.error("show.review", view.scalar_span(),
               phrase("{} is passed already", in_quotes(name->text)));
      return;
    }
    if (!procession.line_up && !r_.procession_views[id.value]["line-up"].given()) {
      r_.error(
            "show.review-not-lined-up", view.scalar_span(),
            phrase("{} does not stand in line: nothing can drive past it", in_quotes(name->text)),
            phrase("'line-up: {{station: …, gap: …}}' of that march"))
          .notes.push_back({phrase("defined here"), name->span});
      return;
    }
    review_.past.push_back(id);
  }

  /// What the kinds of the drive keep between each other.
  [[nodiscard]] double separation_m() const {
    double most = 0;
    for (const ContingentId member : r_.show[review_.drive].order) {
      for (const Part& part : r_.show[member].parts) {
        if (part.kind.valid()) most = std::max(most, r_.show[part.kind].separation_m);
      }
    }
    return most;
  }

  void stop(const View& view) {
    ReviewStop stop;
    stop.lasts = r_.duration(view["lasts"]).value_or(Duration{});
    stop.greeting = Resolver::text(view["greeting"]);
    stop.again = view["way"].word() == "back";
    stop.where = view["part"].word() == "head"   ? ReviewStop::Where::head
                 : view["part"].word() == "tail" ? ReviewStop::Where::tail
                                                 : ReviewStop::Where::middle;
    if (view["station"].given()) {
      const auto place = r_.station_of(view["station"], review_.drive);
      if (!place) return;
      stop.station = place->station;
      stop.span = view["station"].scalar_span();
    } else {
      const Name* name = r_.reference(r_.names, view["abeam"], Named::contingent);
      if (name == nullptr) return;
      stop.abeam = {name->index};
      stop.span = view["abeam"].scalar_span();
      if (!is_past(stop.abeam)) return;
    }
    review_.stops.push_back(std::move(stop));
  }

  bool is_past(ContingentId id) {
    const Contingent& contingent = r_.show[id];
    const auto& past = review_.past;
    if (contingent.procession.valid() &&
        std::find(past.begin(), past.end(), contingent.procession) != past.end()) {
      return true;
    }
    if (past.size() == view_["past"].each().size()) {
      r_.error("show.review", view_.span(),
               phrase("the review stops abeam of {}, which it does not drive past",
                      in_quotes(contingent.name)),
               phrase("a contingent of a march under 'past'"))
          .notes.push_back({phrase("it is defined here"), contingent.span});
    }
    return false;
  }

  Resolver& r_;
  const Item& item_;
  View view_;
  Review review_;
};

}  // namespace

void resolve_review(Resolver& r, Item& item, const View& view) {
  item.review = ReviewResolver(r, item, view).resolve();
}

void resolve_releases(Resolver& r, Item& item, const View& view) {
  for (const NamedView& each : view.named()) {
    if (!each.value.is_mapping()) {
      if (const auto count = r.count(each.value)) item.released.emplace(each.name, *count);
      continue;
    }
    std::int64_t sum = 0;
    for (const View& from : each.value["from"].items()) {
      const auto place = r.point(from["place"]);
      const auto count = r.count(from["count"]);
      if (!place || !count) continue;
      sum += *count;
      item.release_points.push_back(
          {std::string(each.name), Resolver::text(from["label"]), *place, *count});
    }
    item.released.emplace(each.name, sum);
  }
}

}  // namespace defilada::show
