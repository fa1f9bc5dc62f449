// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/drawing/drawing.hpp"
#include "defilada/drawing/format.hpp"
#include "defilada/formation/layout.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/show/model.hpp"

namespace defilada::drawing {

/// What a contingent, or several, count.
struct Tally {
  std::int64_t contingents = 0;
  std::int64_t people = 0;
  std::int64_t mounted = 0;
  std::int64_t vehicles = 0;
  std::int64_t aeroplanes = 0;
  std::int64_t helicopters = 0;
  std::int64_t drones = 0;

  [[nodiscard]] std::int64_t aircraft() const noexcept { return aeroplanes + helicopters + drones; }
  Tally& operator+=(const Tally& other) noexcept;
};

/// Slots of one part in the contingent's frame: behind its head, left of its axis.
struct PlacedPart {
  const show::Part* part = nullptr;
  formation::Layout layout;
  double back_m = 0;
};

/// What every drawing, and every section of the run sheet, asks of show and plan, answered in one
/// way. All references must outlive it.
class Context {
 public:
  Context(const show::Show& show, const plan::Plan& plan, const std::string& language);

  const show::Show& show;
  const plan::Plan& plan;
  Words words;
  Format format;

  /// The text in the language asked for; `name` if it has none.
  [[nodiscard]] std::string label(const show::Text& text, const std::string& name) const;
  [[nodiscard]] std::string label(show::ContingentId id) const;
  [[nodiscard]] std::string label(show::ItemId id) const;

  /// Ids of links: "card-navy".
  [[nodiscard]] const std::string& card_id(show::ContingentId id) const;
  [[nodiscard]] const std::string& procession_id(show::ProcessionId id) const;

  /// nullptr where the plan has none (infeasible).
  [[nodiscard]] const plan::ContingentPlan* plan_of(show::ContingentId id) const;
  [[nodiscard]] const plan::ItemPlan* plan_of(show::ItemId id) const;
  [[nodiscard]] const plan::Crossing* crossing(show::ContingentId id, show::StationId at) const;

  /// The station at which a procession is timed: over target, where its item starts, where its
  /// headway counts, or the first that its head contingent crosses. Invalid if there is none.
  [[nodiscard]] show::StationId key_station(show::ProcessionId id) const;

  [[nodiscard]] const std::vector<PlacedPart>& parts(show::ContingentId id) const;
  [[nodiscard]] const Tally& tally(show::ContingentId id) const;
  [[nodiscard]] const show::Kind& kind(show::ContingentId id) const;  ///< of its first part
  /// "14 × 25 + 2", "vic of 9 + figure “80” of 26"
  [[nodiscard]] std::string formation_words(show::ContingentId id) const;
  /// "352 people · 12 vehicles"
  [[nodiscard]] std::string tally_words(const Tally& tally) const;
  [[nodiscard]] std::string attribute(show::ContingentId id, const std::string& key) const;

  /// By branch where there are at most eight, else by procession.
  [[nodiscard]] Ink ink(show::ContingentId id) const;
  struct InkMeaning {
    Ink ink;
    std::string text;
    show::ProcessionId procession{};  ///< valid where inks tell processions: there they come round
  };
  [[nodiscard]] const std::vector<InkMeaning>& inks() const noexcept { return ink_meanings_; }

 private:
  void name_ids();
  void place_parts();
  void choose_inks();

  std::vector<std::string> card_ids_;
  std::vector<std::string> procession_ids_;
  std::vector<std::vector<PlacedPart>> parts_;
  std::vector<Tally> tallies_;
  std::vector<Ink> ink_of_;
  std::vector<InkMeaning> ink_meanings_;
};

}  // namespace defilada::drawing
