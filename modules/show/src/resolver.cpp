// SPDX-License-Identifier: MIT
#include "resolver.hpp"

#include <algorithm>

namespace defilada::show {
namespace {

/// 1 mm: what rounding may cost.
constexpr double kSamePlaceM = 1e-3;

/// "one of 'a', 'b', 'c'", while they are few.
Phrase choices(const std::vector<std::string>& names) {
  constexpr std::size_t kFew = 8;
  if (names.empty()) return {};
  std::vector<Phrase> quoted;
  for (std::size_t i = 0; i < std::min(names.size(), kFew); ++i) {
    quoted.push_back(in_quotes(names[i]));
  }
  const Phrase list = Phrase::joined(quoted, ", ");
  if (names.size() > kFew) return phrase("one of {} and {} more", list, names.size() - kFew);
  return names.size() == 1 ? list : phrase("one of {}", list);
}

}  // namespace

std::pair<std::string, Phrase> field_and_reason(const Phrase& message) {
  if (message.pattern() != "{}: {}") return {"", message};
  const auto* field = std::get_if<std::string>(&message.arguments()[0].value());
  const auto* reason = std::get_if<Phrase>(&message.arguments()[1].value());
  if (field == nullptr || reason == nullptr) return {"", message};
  return {*field, *reason};
}

Diagnostic& Resolver::report(Diagnostic diagnostic) {
  const bool first = reported_
                         .emplace(diagnostic.span.file.value, diagnostic.span.begin,
                                  diagnostic.code + diagnostic.message.english())
                         .second;
  if (first) return diagnostics.report(std::move(diagnostic));
  told_before_ = {};
  return told_before_;
}

Diagnostic& Resolver::error(std::string code, Span span, Phrase message, Phrase expected,
                            std::string suggestion) {
  return report({Severity::error,
                 std::move(code),
                 std::move(message),
                 span,
                 std::move(expected),
                 std::move(suggestion),
                 {}});
}

Diagnostic& Resolver::warning(std::string code, Span span, Phrase message, Phrase expected,
                              std::string suggestion) {
  return report({Severity::warning,
                 std::move(code),
                 std::move(message),
                 span,
                 std::move(expected),
                 std::move(suggestion),
                 {}});
}

Span Resolver::statement(Span name, const View& value) {
  if (value.given()) name.end = std::max(name.end, value.span().end);
  return name;
}

Span Resolver::inside(const View& scalar, TextRange range) const {
  const Span whole = scalar.scalar_span();
  const auto read = scalar.text();
  if (!read) return whole;
  const std::string_view written = sources.text(whole);
  std::size_t offset = 0;
  if (written.size() == read->size() + 2) {
    offset = 1;  // quoted, without escapes
  } else if (written.size() != read->size()) {
    return whole;
  }
  if (written.substr(offset, read->size()) != *read) return whole;
  const auto at = [&](std::size_t byte) {
    return static_cast<std::uint32_t>(whole.begin + offset + byte);
  };
  return {whole.file, at(range.begin), at(range.end)};
}

const Name* Resolver::reference(const Namespace& space, const View& view, Named wanted) {
  const auto written = view.text();
  if (!written) return nullptr;
  const Name* name = space.find(*written);
  if (name == nullptr) {
    if (names_taken(view)) return nullptr;
    // The missing catalogue is told already, and may well have it.
    if (lacks_catalogue && (wanted == Named::kind || wanted == Named::gait)) return nullptr;
    std::string near = space.nearest(*written, {wanted});
    Phrase expected = near.empty() ? choices(space.all(wanted)) : Phrase();
    if (wanted == Named::gait && expected.empty() && near.empty()) {
      expected =
          phrase("a speed such as 10 km/h, a gait of 'gaits', or of a catalogue under 'use'");
    }
    error("show.unknown-name", view.scalar_span(),
          phrase("there is no {} {}", noun(wanted), in_quotes(*written)), std::move(expected),
          std::move(near));
    return nullptr;
  }
  if (name->what != wanted) {
    error("show.wrong-name", view.scalar_span(),
          phrase("{} is {}, not {}", in_quotes(*written), with_article(name->what),
                 with_article(wanted)))
        .notes.push_back({phrase("defined here"), name->span});
    return nullptr;
  }
  return name;
}

bool Resolver::names_taken(const View& view) {
  const auto written = view.text();
  if (taken == nullptr || !written) return false;
  std::vector<std::string> there;
  for (const Named what : {Named::station, Named::item, Named::contingent, Named::procession}) {
    there.insert(there.end(), names.all(what).begin(), names.all(what).end());
  }
  const std::string name = mentioned(*written, *taken, there);
  if (name.empty()) return false;
  error("show.taken-away", view.scalar_span(),
        phrase("{} is taken away, and this names it", in_quotes(name)),
        phrase("in the variant, 'set' for what holds in its place, or 'without' for this as well; "
               "for rules, 'rules on them: fall away'"))
      .notes.push_back({phrase("it is taken away here"), taken->find(name)->second});
  return true;
}

std::optional<StationId> Resolver::station(const View& view) {
  const Name* name = reference(names, view, Named::station);
  return name == nullptr ? std::nullopt : std::optional(StationId{name->index});
}

double Resolver::shared_m(RouteId a, RouteId b) {
  const auto [at, added] = shared_.try_emplace({a.value, b.value}, 0.0);
  if (added) at->second = show[a].geometry.shared_length(show[b].geometry);
  return at->second;
}

std::optional<double> Resolver::arc_length(StationId id, RouteId route) {
  const Station& place = show[id];
  if (!station_is_sound[id.value] || !route_is_sound[route.value]) return std::nullopt;
  if (place.route == route) return place.s_m;
  if (place.s_m > shared_m(route, place.route) + kSamePlaceM) return std::nullopt;
  return place.s_m;
}

void Resolver::report_off_route(Span span, StationId id, RouteId route) {
  if (!station_is_sound[id.value] || !route_is_sound[route.value]) return;
  const Station& place = show[id];
  const double shared = shared_m(route, place.route);
  const Phrase station = in_quotes(place.name);
  const Phrase own = in_quotes(show[place.route].name);
  const Phrase other = in_quotes(show[route].name);
  Phrase message = show[place.route].air
                       ? phrase("station {} lies on air line {}, not on {}", station, own, other)
                       : phrase("station {} lies on route {}, not on {}", station, own, other);
  if (shared > 0) {
    message += phrase(": they part {:.0f} m from their beginning, {:.0f} m before the station",
                      shared, place.s_m - shared);
  }
  error("show.station-off-route", span, std::move(message),
        phrase("a station of {}", in_quotes(show[route].name)))
      .notes.push_back({phrase("the station is defined here"), place.span});
}

std::optional<Resolver::OnRoute> Resolver::station_on(const View& view, RouteId route) {
  const auto id = station(view);
  if (!id) return std::nullopt;
  const auto s_m = arc_length(*id, route);
  if (!s_m) {
    report_off_route(view.scalar_span(), *id, route);
    return std::nullopt;
  }
  return OnRoute{*id, *s_m};
}

bool Resolver::is_beyond_end(double s_m, ProcessionId id) const {
  const Course& course = courses[id.value];
  return course.sound && s_m > course.end_m + kSamePlaceM;
}

void Resolver::report_beyond_end(Span span, StationId id, ProcessionId procession) {
  const Course& course = courses[procession.value];
  error("show.beyond-end", span,
        show[procession].air
            ? phrase("{} does not come to station {}: it breaks off before, at {}",
                     in_quotes(show[procession].name), in_quotes(show[id].name), course.end_name)
            : phrase("{} does not come to station {}: it ends before, at {}",
                     in_quotes(show[procession].name), in_quotes(show[id].name), course.end_name));
}

std::optional<Resolver::OnRoute> Resolver::station_of(const View& view, ProcessionId procession) {
  if (!courses[procession.value].sound) {
    static_cast<void>(station(view));  // its name at least
    return std::nullopt;
  }
  const auto place = station_on(view, show[procession].route);
  if (!place) return std::nullopt;
  if (is_beyond_end(place->s_m, procession)) {
    report_beyond_end(view.scalar_span(), place->station, procession);
    return std::nullopt;
  }
  const Course& course = courses[procession.value];
  if (place->s_m < course.begin_m - kSamePlaceM) {
    error("show.before-begin", view.scalar_span(),
          phrase("{} does not come to station {}: it begins {:.0f} m further on, at {}",
                 in_quotes(show[procession].name), in_quotes(show[place->station].name),
                 course.begin_m - place->s_m, course.begin_name));
    return std::nullopt;
  }
  return place;
}

}  // namespace defilada::show
