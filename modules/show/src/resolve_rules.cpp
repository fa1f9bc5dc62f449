// SPDX-License-Identifier: MIT
// Sections `rules` and `wanted length`.

#include "resolver.hpp"

namespace defilada::show {
namespace {

using What = CueRef::What;

/// A rule as a person would say it: what stands in the file, without its braces, on one line; why
/// it is there is kept apart.
std::string told(const Node& node) {
  std::string out;
  for (const Node::Member& member : node.members) {
    if (member.key == "source" || member.key == "quality" || member.key == "because") continue;
    const Node* value = &member.value;
    if (value->is_mapping() && value->find("value") != nullptr) value = value->find("value");
    if (!out.empty()) out += ", ";
    if (member.key != "cue") out += member.key + ": ";
    out += collapsed(value->text);
  }
  return out;
}

Window around(Time time, Duration within) {
  const Duration day = time - Time{};
  return {day - within, day + within};
}

class RuleResolver {
 public:
  RuleResolver(Resolver& resolver, const View& view) : r_(resolver), view_(view) {}

  void resolve() {
    if (!view_.is_mapping()) return;
    const auto cue = r_.cue(view_["cue"], What::item_starts);
    const bool sound = window();
    if (!cue || !sound) return;
    rule_.span = view_.span();
    rule_.text = told(*view_.node());
    rule_.because = Resolver::text(view_["because"]);
    rule_.cue = *cue;
    r_.show.rules.push_back(std::move(rule_));
  }

 private:
  bool window() {
    if (view_["then"].given()) return against(view_["then"], r_.window(view_["later"]));
    if (view_["same moment as"].given()) {
      const Duration within = r_.duration(view_["within"]).value_or(Duration{});
      return against(view_["same moment as"], Window{-within, within});
    }
    if (const View view = view_["no later than"]; view.given()) {
      return bound(view, rule_.later.most);
    }
    if (const View view = view_["no earlier than"]; view.given()) {
      return bound(view, rule_.later.least);
    }
    const auto time = r_.clock_time(view_["at"]);
    if (!time) return false;
    rule_.later = around(*time, r_.duration(view_["within"]).value_or(Duration{}));
    if (!view_["within"].given()) rule_.later_span = view_["at"].scalar_span();
    return true;
  }

  /// One side of the window, against the clock.
  bool bound(const View& view, std::optional<Duration>& side) {
    rule_.later_span = view.scalar_span();
    const auto time = r_.clock_time(view);
    if (time) side = *time - Time{};
    return time.has_value();
  }

  bool against(const View& view, const std::optional<Window>& later) {
    const auto then = r_.cue(view, What::item_starts);
    if (view_["later"].given()) rule_.later_span = view_["later"].scalar_span();
    if (!then || !later) return false;
    rule_.then = *then;
    rule_.later = *later;
    return true;
  }

  Resolver& r_;
  View view_;
  Rule rule_;
};

void resolve_wanted_length(Resolver& r) {
  const View view = r.root["wanted length"];
  if (!view.given()) return;
  const auto from = r.cue(view["from"], What::item_starts);
  const auto to = r.cue(view["to"], What::item_starts);
  const auto lasts = r.duration(view["lasts"]);
  if (from && to && lasts) r.show.wanted = WantedLength{view.span(), *from, *to, *lasts};
}

}  // namespace

void resolve_rules(Resolver& r) {
  for (const View& each : r.root["rules"].items()) RuleResolver(r, each).resolve();
  resolve_wanted_length(r);
}

}  // namespace defilada::show
