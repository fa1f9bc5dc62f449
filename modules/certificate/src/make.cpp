// SPDX-License-Identifier: MIT
#include "defilada/certificate/make.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "bounds.hpp"
#include "kerbs.hpp"
#include "rings.hpp"
#include "search.hpp"

namespace defilada::certificate {
namespace {

/// Movers by party, path and place on it; cut between parties while there are several, then between
/// paths, then anywhere, each time nearest to the middle.
class TreeMaker {
 public:
  explicit TreeMaker(const Statement& statement) : statement_(statement) {}

  Tree make() {
    tree_.order.resize(statement_.movers.size());
    std::iota(tree_.order.begin(), tree_.order.end(), 0U);
    std::sort(tree_.order.begin(), tree_.order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    if (!tree_.order.empty()) {
      add(0, static_cast<std::uint32_t>(tree_.order.size()));
    }
    return std::move(tree_);
  }

 private:
  [[nodiscard]] std::tuple<std::uint32_t, std::uint32_t, double, std::uint32_t> key(
      std::uint32_t m) const {
    const Mover& mover = statement_.movers[m];
    return {mover.party, mover.path, mover.left_m, m};
  }
  [[nodiscard]] bool cut_between(std::uint32_t i, bool parties) const {
    const Mover& a = statement_.movers[tree_.order[i - 1]];
    const Mover& b = statement_.movers[tree_.order[i]];
    return parties ? a.party != b.party : a.party != b.party || a.path != b.path;
  }
  /// Index in order where the second half begins.
  [[nodiscard]] std::uint32_t cut(std::uint32_t first, std::uint32_t count) const {
    const std::uint32_t middle = first + count / 2;
    for (const bool parties : {true, false}) {
      for (std::uint32_t away = 0; away < count; ++away) {
        if (middle + away < first + count && cut_between(middle + away, parties)) {
          return middle + away;
        }
        if (middle > first + away && cut_between(middle - away, parties)) return middle - away;
      }
    }
    return middle;
  }
  std::uint32_t add(std::uint32_t first, std::uint32_t count) {
    const auto own = static_cast<std::uint32_t>(tree_.nodes.size());
    tree_.nodes.push_back({first, count, 0, 0});
    if (count == 1) return own;
    const std::uint32_t at = cut(first, count);
    const std::uint32_t one = add(first, at - first);
    const std::uint32_t two = add(at, first + count - at);
    tree_.nodes[own].first_half = one;
    tree_.nodes[own].second_half = two;
    return own;
  }

  const Statement& statement_;
  Tree tree_;
};

}  // namespace

Result<Certificate> make_certificate(Statement statement, const MakeOptions& options) {
  if (Status status = statement.validate(); !status) return tl::unexpected(status.error());
  Certificate certificate;
  certificate.statement = std::move(statement);
  const Statement& what = certificate.statement;
  for (const Bound& bound : what.bounds) {
    if (auto fault = fault_of(what, bound)) return fail(Errc::bad_input, *fault);
  }
  for (std::uint32_t r = 0; r < what.rings.size(); ++r) {
    if (auto fault = fault_of_ring(what, r)) return fail(Errc::bad_input, *fault);
  }
  for (const Kerb& kerb : what.kerbs) {
    const auto room = room_of(what, kerb);
    if (!room) return tl::unexpected(room.error());
    certificate.rooms_m.push_back(*room);
  }
  certificate.tree = TreeMaker(what).make();
  const auto questions = static_cast<double>(what.questions.size());
  for (std::size_t q = 0; q < what.questions.size(); ++q) {
    Groups groups(what, what.questions[q], certificate.tree);
    const Search::Progress progress = [&](double share) {
      return !options.progress || options.progress((static_cast<double>(q) + share) / questions);
    };
    auto steps = Search(groups, progress).run();
    if (!steps) return tl::unexpected(steps.error());
    certificate.proofs.push_back(std::move(*steps));
  }
  return certificate;
}

}  // namespace defilada::certificate
