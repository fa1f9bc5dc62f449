// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "compiler.hpp"
#include "defilada/show/print.hpp"

namespace defilada::plan {
namespace {

/// Up to a whole microsecond, so that what is at least so long is.
Duration rounded_up(double seconds) {
  return {static_cast<std::int64_t>(std::ceil(seconds * 1e6))};
}

Measure seconds_text(double seconds) {
  return {show::print_duration({std::llround(std::max(seconds, 0.0)) * 1'000'000})};
}

}  // namespace

void Compiler::length_of_guests(show::ItemId id, const guests::Stage& stage) {
  const show::Item& item = show_[id];
  const StatementId statement =
      tell({phrase("{} takes the guests about {}", item.name, seconds_text(stage.length_s)),
            item.span,
            true,
            {}});
  out_.network.exactly(out_.item_start[id.value], out_.item_end[id.value],
                       rounded_up(stage.length_s), statement);
}

void Compiler::guest_stages() {
  for (std::size_t next = 1; next < guests_.stages.size(); ++next) {
    for (std::size_t previous = 0; previous < next; ++previous) {
      after_stage(guests_.stages[previous], guests_.stages[next]);
    }
  }
  for (std::uint32_t i = 0; i < show_.items.size(); ++i) {
    if (!show_.items[i].participants.empty()) meeting({i});
  }
}

void Compiler::after_stage(const guests::Stage& previous, const guests::Stage& next) {
  const auto least_s = guests::least_delay_s(previous, next);
  if (!least_s) return;
  const show::Item& then = show_[next.item];
  const StatementId statement = tell({phrase("{} starts only when the guests have done with {}",
                                             then.name, show_[previous.item].name),
                                      then.span,
                                      true,
                                      {}});
  const CueId from =
      previous.planned ? out_.item_end[previous.item.value] : out_.item_start[previous.item.value];
  out_.network.at_least(from, out_.item_start[next.item.value], rounded_up(*least_s), statement);
}

void Compiler::meeting(show::ItemId id) {
  const show::Item& item = show_[id];
  for (const show::DelegationId who : item.participants) {
    const auto takes_there = [&](const guests::Stage& stage) {
      if (!stage.motorcade || show_[*stage.motorcade].to != *item.venue) return false;
      return std::any_of(stage.cars.begin(), stage.cars.end(), [&](const guests::CarRun& car) {
        return std::find(car.who.begin(), car.who.end(), who) != car.who.end();
      });
    };
    const auto stage = std::find_if(guests_.stages.begin(), guests_.stages.end(), takes_there);
    if (stage == guests_.stages.end()) continue;  // told when the times are known
    const StatementId statement = tell(
        {phrase("{} starts when {} is at {}", item.name, show_[who].name, show_[*item.venue].name),
         item.span,
         true,
         {}});
    out_.network.at_least(out_.item_end[stage->item.value], out_.item_start[id.value], {},
                          statement);
  }
}

}  // namespace defilada::plan
