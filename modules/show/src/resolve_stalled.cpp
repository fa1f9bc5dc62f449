// SPDX-License-Identifier: MIT
// `stalled` of a contingent: which vehicle stops where, and what draws it away.
#include <algorithm>

#include "defilada/formation/layout.hpp"
#include "movement.hpp"

namespace defilada::show {
namespace {

/// The part in which rank `rank` (from 0, over all parts) stands, and how many stand in it.
struct Rank {
  const Part* part = nullptr;
  std::size_t slots = 0;
};

std::optional<Rank> rank_of(const std::vector<Part>& parts, std::size_t rank) {
  for (const Part& part : parts) {
    const auto layout = formation::layout(part.formation);
    if (!layout) return std::nullopt;
    const auto ranks = static_cast<std::size_t>(layout->ranks);
    if (rank >= ranks) {
      rank -= ranks;
      continue;
    }
    const auto in_it = [&](const formation::Slot& slot) {
      return static_cast<std::size_t>(slot.rank) == rank;
    };
    return Rank{&part, static_cast<std::size_t>(
                           std::count_if(layout->slots.begin(), layout->slots.end(), in_it))};
  }
  return std::nullopt;
}

class StalledReader {
 public:
  StalledReader(Resolver& resolver, const Contingent& contingent, const View& view)
      : r_(resolver), contingent_(contingent), view_(view) {}

  std::optional<Stalled> read() {
    const auto rank = r_.count(view_["rank"]);
    const auto place = r_.station_of(view_["station"], contingent_.procession);
    const View towed = view_["towed by"];
    const auto lasts = r_.duration(towed.given() ? towed["hitched in"] : view_["lasts"]);
    const std::int64_t file = view_["file"].given() ? r_.count(view_["file"]).value_or(0) : 1;
    if (!rank || !place || !lasts || *rank < 1 || file < 1) return std::nullopt;
    if (!vehicle(static_cast<std::size_t>(*rank), static_cast<std::size_t>(file), towed.given())) {
      return std::nullopt;
    }
    Stalled out;
    out.span = view_.span();
    out.rank = static_cast<std::size_t>(*rank - 1);
    out.file = static_cast<std::size_t>(file - 1);
    out.station = place->station;
    out.at_m = place->s_m;
    if (view_["before"].given()) out.at_m -= r_.length_m(view_["before"]).value_or(0);
    out.lasts = *lasts;
    if (towed.given()) {
      out.towed = Stalled::Towed{static_cast<std::uint16_t>(contingent_.parts.size() - 1),
                                 towed["side"].word() == "right"};
    }
    return out;
  }

 private:
  /// Whether there is such a vehicle, and whether it can stop by itself.
  bool vehicle(std::size_t rank, std::size_t file, bool towed) {
    std::vector<Part> parts = contingent_.parts;
    if (towed && !parts.empty()) parts.pop_back();
    const auto found = rank_of(parts, rank - 1);
    if (!found) {
      r_.error("show.stalled", view_["rank"].scalar_span(),
               phrase("{} has no rank {}", in_quotes(contingent_.name), rank));
      return false;
    }
    if (file > found->slots) {
      r_.error("show.stalled", view_["file"].scalar_span(),
               phrase("rank {} of {} has no file {}", rank, in_quotes(contingent_.name), file),
               phrase("at most {}", found->slots));
      return false;
    }
    const Kind& kind = r_.show[found->part->kind];
    if (kind.category != Category::vehicle) {
      r_.error("show.stalled", view_["rank"].scalar_span(),
               phrase("rank {} of {} is no vehicle: a stop of all is a 'halt' of the march", rank,
                      in_quotes(contingent_.name)))
          .notes.push_back({phrase("the kind is defined here"), kind.span});
      return false;
    }
    if (contingent_.drill.empty()) return true;
    r_.error("show.stalled", view_.span(),
             phrase("{} drills on its way: nobody is left behind in an evolution",
                    in_quotes(contingent_.name)))
        .notes.push_back({phrase("its drill"), contingent_.drill.front().span});
    return false;
  }

  Resolver& r_;
  const Contingent& contingent_;
  View view_;
};

}  // namespace

std::optional<Stalled> read_stalled(Resolver& r, const Contingent& contingent, const Line& line) {
  const View view = line.view["stalled"];
  if (!view.given() || !line.sound || !r.courses[line.procession.value].sound) return std::nullopt;
  if (line.numbered) {
    r.error("show.stalled", view.span(),
            phrase("{} is repeated: in each of them a vehicle would stop", in_quotes(line.name)),
            phrase("a line of its own for the contingent that is meant"));
    return std::nullopt;
  }
  return StalledReader(r, contingent, view).read();
}

void add_recovery(Resolver& r, Line& line, std::vector<Part>& parts) {
  if (!line.procession.valid() || r.show[line.procession].air) return;
  const View view = line.view["stalled"]["towed by"];
  if (!view.given()) return;
  const Name* name = r.kind(view["kind"], false);
  const auto behind_m = r.length_m(view["behind"]);
  if (name == nullptr || !behind_m) {
    line.sound = false;
    return;
  }
  if (r.show.kinds[name->index].category != Category::vehicle) {
    line.sound = false;
    r.error("show.stalled", view["kind"].scalar_span(),
            phrase("{} is no vehicle", in_quotes(r.show.kinds[name->index].name)));
    return;
  }
  Part part;
  part.span = view.span();
  part.kind = {name->index};
  part.formation.shape = formation::Shape::trail;
  part.formation.count = 1;
  part.formation.distance_m = 1;  // of nobody
  part.formation_span = view.span();
  part.behind_m = *behind_m;
  parts.push_back(std::move(part));
  line.ranks += 1;
  line.slots += 1;
}

}  // namespace defilada::show
