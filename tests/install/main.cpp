// SPDX-License-Identifier: MIT
// A programme of two cues: the salute is fixed at 09:00:00, the march-past starts 10 to 12 minutes
// after it and before 09:11:00.
#include <cstdio>
#include <defilada/programme/network.hpp>

using namespace defilada;
using namespace defilada::programme;

int main() {
  constexpr std::int64_t kMinute_us = 60'000'000;
  Network network;
  const CueId salute = network.add_cue();
  const CueId march_past = network.add_cue();
  network.exactly(kMidnight, salute, Duration{9 * 60 * kMinute_us}, StatementId{0});
  network.at_least(salute, march_past, Duration{10 * kMinute_us}, StatementId{1});
  network.at_most(salute, march_past, Duration{12 * kMinute_us}, StatementId{1});
  network.at_most(kMidnight, march_past, Duration{(9 * 60 + 11) * kMinute_us}, StatementId{2});

  const Solution solution = solve(network);
  if (!solution.windows) return 1;
  const Time earliest = solution.windows->earliest[march_past.value];
  const Time latest = solution.windows->latest[march_past.value];
  std::printf("march-past between minute %lld and %lld after 09:00\n",
              static_cast<long long>(earliest.us / kMinute_us - 540),
              static_cast<long long>(latest.us / kMinute_us - 540));
  const bool right = earliest.us == 550 * kMinute_us && latest.us == 551 * kMinute_us &&
                     solution.windows->latest[salute.value].us == 540 * kMinute_us;
  if (!right) return 1;

  network.at_least(salute, march_past, Duration{15 * kMinute_us}, StatementId{3});
  const Solution impossible = solve(network);
  return !impossible.windows && !impossible.conflicts.empty() ? 0 : 1;
}
