// SPDX-License-Identifier: MIT
#include "guests.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "defilada/core/slug.hpp"

namespace defilada::playback {
namespace {

/// Appends pieces [first, last) as a path with a mover on it.
void add_stretch(const track::TrackSet& from, const track::Mover& mover, std::size_t first,
                 std::size_t last, std::uint32_t contingent, track::TrackSet& to) {
  const track::Path& whole = from.paths[mover.path];
  track::Path path = whole;
  path.first_piece = static_cast<std::uint32_t>(to.pieces.size());
  path.piece_count = static_cast<std::uint32_t>(last - first);
  const auto begin = from.pieces.begin() + whole.first_piece;
  to.pieces.insert(to.pieces.end(), begin + static_cast<std::ptrdiff_t>(first),
                   begin + static_cast<std::ptrdiff_t>(last));
  track::Mover copy = mover;
  copy.path = static_cast<std::uint32_t>(to.paths.size());
  copy.contingent = contingent;
  to.paths.push_back(path);
  to.movers.push_back(copy);
}

const plan::GuestCard* card_of(const plan::Plan& plan, const track::Mover& mover) {
  if (mover.part != 0) return nullptr;  // a car
  for (const plan::GuestCard& card : plan.guests.guests) {
    if (card.delegation.value == mover.contingent && card.place == static_cast<int>(mover.slot))
      return &card;
  }
  return nullptr;
}

bool is_in_car(const plan::GuestCard& card, const track::Piece& piece) {
  const double middle = (piece.t0_s + piece.t1_s) / 2;
  return std::any_of(card.stays.begin(), card.stays.end(), [&](const plan::GuestStay& stay) {
    return middle >= stay.from.seconds() && middle < stay.to.seconds() &&
           (stay.rides || (!stay.moves && stay.where == guests::Where::car));
  });
}

/// The stretches of a mover that are drawn.
void add_mover(const plan::Plan& plan, const track::Mover& mover, std::uint32_t contingent,
               track::TrackSet& to) {
  const track::TrackSet& from = plan.guests.tracks;
  const auto pieces = from.pieces_of(from.paths[mover.path]);
  const plan::GuestCard* card = card_of(plan, mover);
  std::size_t first = 0;
  for (std::size_t i = 0; i <= pieces.size(); ++i) {
    const bool hidden = i < pieces.size() && card != nullptr && is_in_car(*card, pieces[i]);
    if (i < pieces.size() && !hidden) continue;
    if (i > first) add_stretch(from, mover, first, i, contingent, to);
    first = i + 1;
  }
}

struct GuestCue {
  Time time;
  show::DelegationId who;
  const char* what;
};

std::vector<GuestCue> cues_of(const plan::Plan& plan) {
  std::vector<GuestCue> cues;
  for (const plan::GuestCard& card : plan.guests.guests) {
    if (card.place != 0) continue;
    if (card.arrives) cues.push_back({*card.arrives, card.delegation, "arrives"});
    if (card.greeted) cues.push_back({*card.greeted, card.delegation, "greeted"});
  }
  for (const plan::MotorcadePlan& motorcade : plan.guests.motorcades) {
    for (const plan::MotorcadeCar& car : motorcade.cars) {
      for (const show::DelegationId who : car.who) {
        cues.push_back({car.departs, who, "departs"});
        cues.push_back({car.arrives, who, "there"});
      }
    }
  }
  return cues;
}

}  // namespace

track::TrackSet tracks_of_all(const show::Show& show, const plan::Plan& plan) {
  track::TrackSet all = plan.tracks;
  const auto contingents = static_cast<std::uint32_t>(show.contingents.size());
  for (const track::Group& group : plan.guests.tracks.groups) {
    track::Group added{contingents + group.contingent,
                       static_cast<std::uint32_t>(all.movers.size()), 0};
    for (std::uint32_t m = 0; m < group.mover_count; ++m)
      add_mover(plan, plan.guests.tracks.movers[group.first_mover + m], added.contingent, all);
    added.mover_count = static_cast<std::uint32_t>(all.movers.size()) - added.first_mover;
    all.groups.push_back(added);
  }
  return all;
}

void add_delegations(const show::Show& show, const std::vector<track::Group>& groups, Json& list) {
  if (!show.guests) return;
  Slugs slugs;
  for (const auto& each : list) std::ignore = slugs.add(each["name"].get<std::string>());
  const auto first = static_cast<std::uint32_t>(show.contingents.size());
  for (std::uint32_t d = 0; d < show.guests->delegations.size(); ++d) {
    const show::Delegation& delegation = show.guests->delegations[d];
    track::Group group;
    for (const track::Group& each : groups)
      if (each.contingent == first + d) group = each;
    Json attributes = Json::object();
    if (!delegation.head.by_language.empty()) attributes["head"] = delegation.head.en();
    list.push_back({{"id", slugs.add(delegation.name)},
                    {"name", delegation.name},
                    {"label", text_json(delegation.label)},
                    {"attributes", std::move(attributes)},
                    {"procession", Json()},
                    {"air", false},
                    {"place", d + 1},
                    {"people", delegation.size},
                    {"first_mover", group.first_mover},
                    {"movers", group.mover_count},
                    {"parts", Json::array()},
                    {"guest", true},
                    {"counted", false}});
  }
}

void add_guest_cues(const show::Show& show, const plan::Plan& plan, Json& list) {
  std::map<std::string, int> times;  // a delegation drives off more than once
  for (const GuestCue& cue : cues_of(plan)) {
    const std::string& name = show[cue.who].name;
    std::string id = "guest." + slug(name) + "." + cue.what;
    if (const int n = ++times[id]; n > 1) id += "-" + std::to_string(n);
    list.push_back({{"id", id},
                    {"label", name + " " + cue.what},
                    {"what", cue.what},
                    {"item", Json()},
                    {"contingent", show.contingents.size() + cue.who.value},
                    {"station", Json()},
                    {"t_s", cue.time.seconds()},
                    {"slack_s", Json()},
                    {"critical", false},
                    {"because", ""}});
  }
  std::stable_sort(list.begin(), list.end(), [](const Json& a, const Json& b) {
    return a["t_s"].get<double>() < b["t_s"].get<double>();
  });
}

}  // namespace defilada::playback
