// SPDX-License-Identifier: MIT
#include "spectator_shares.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace defilada::show {
namespace {

constexpr std::int64_t kPartyLimit = 50;
// Defaults, as the table of keys states them.
constexpr double kBodyM = 0.2;
constexpr double kWeidmannMps = 1.34;
constexpr double kWeidmannSpreadMps = 0.26;

class PopulationResolver {
 public:
  PopulationResolver(Resolver& resolver, const View& spectators)
      : r_(resolver), view_(spectators) {}

  std::vector<PeopleKind> resolve() {
    double sum = 0;
    for (const NamedView& each : view_["population"].named()) {
      PeopleKind& kind = all_.emplace_back();
      kind.name = collapsed(each.name);
      kind.label = Resolver::label(each.value["label"], kind.name);
      kind.span = each.value.span();
      kind.share = each.value["share"].share().value_or(0);
      kind.speed_mps = r_.speed_mps(each.value["speed"]).value_or(kWeidmannMps);
      kind.spread_mps = r_.speed_mps(each.value["spread"]).value_or(0);
      kind.body_m = body_m(each.value["body"]);
      kind.together = static_cast<int>(r_.count(each.value["together"], kPartyLimit).value_or(1));
      walks(kind, each.value);
      sum += kind.share;
    }
    if (sum > 1 + kShareError) {
      is_whole(r_, sum, view_["population"], phrase("the shares of the population"));
      return all_;
    }
    if (sum >= 1 - kShareError) {
      for (PeopleKind& kind : all_) kind.share /= sum;
      return all_;
    }
    all_.push_back({.name = "others",
                    .label = Text{{{"en", "others"}, {"pl", "pozostali"}}},
                    .span = view_.span(),
                    .share = 1 - sum,
                    .speed_mps = kWeidmannMps,
                    .spread_mps = kWeidmannSpreadMps,
                    .body_m = kBodyM,
                    .together = 1});
    return all_;
  }

 private:
  double body_m(const View& view) {
    const auto body = r_.length_m(view);
    if (body && (*body < 0.1 || *body > 0.6)) {
      r_.error("show.crowd-body", view.scalar_span(),
               phrase("a person of a radius of {:.2f} m", *body), phrase("from 0.1 m to 0.6 m"));
    }
    return body.value_or(kBodyM);
  }

  void walks(const PeopleKind& kind, const View& view) {
    if (kind.speed_mps >= 0.1 && kind.speed_mps <= 4 && kind.spread_mps <= kind.speed_mps / 2) {
      return;
    }
    r_.error("show.crowd-speed",
             kind.spread_mps > kind.speed_mps / 2 ? view["spread"].scalar_span()
                                                  : view["speed"].scalar_span(),
             phrase("{} walk at {:.2f} m/s with a spread of {:.2f} m/s", in_quotes(kind.name),
                    kind.speed_mps, kind.spread_mps),
             phrase("0.1 m/s to 4 m/s, and a spread up to half of it"));
  }

  Resolver& r_;
  View view_;
  std::vector<PeopleKind> all_;
};

}  // namespace

std::vector<std::int64_t> apportioned(std::int64_t total, const std::vector<double>& weights) {
  std::vector<std::int64_t> parts(weights.size(), 0);
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (!(sum > 0)) return parts;
  std::vector<std::pair<double, std::size_t>> remainders;
  std::int64_t left = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double exact = static_cast<double>(total) * weights[i] / sum;
    parts[i] = static_cast<std::int64_t>(std::floor(exact));
    left -= parts[i];
    remainders.emplace_back(-(exact - std::floor(exact)), i);
  }
  std::sort(remainders.begin(), remainders.end());
  for (std::size_t k = 0; left > 0 && k < remainders.size(); ++k, --left) {
    ++parts[remainders[k].second];
  }
  return parts;
}

bool is_whole(Resolver& r, double sum, const View& where, const Phrase& whose) {
  if (std::abs(sum - 1) <= kShareError) return true;
  r.error("show.crowd-share", where.key_span().file == FileId{} ? where.span() : where.key_span(),
          phrase("{} sum to {:.1f} %", whose, 100 * sum), phrase("100 % together"));
  return false;
}

std::vector<PeopleKind> resolve_population(Resolver& r, const View& spectators) {
  return PopulationResolver(r, spectators).resolve();
}

}  // namespace defilada::show
