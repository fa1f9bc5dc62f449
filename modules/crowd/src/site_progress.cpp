// SPDX-License-Identifier: MIT
// Runs of a site as bytes:
//
//     saved = magic, format, key, runs that are done, the one that runs, checksum
#include "defilada/core/hash.hpp"
#include "defilada/core/phrase.hpp"
#include "defilada/core/state_bytes.hpp"
#include "defilada/crowd/fingerprint.hpp"
#include "defilada/crowd/site_run.hpp"
#include "gates.hpp"

namespace defilada::crowd {
namespace {

constexpr std::uint64_t kMagic = 0x31524554'49534644;  // "DFSITER1"
constexpr std::uint32_t kFormat = 2;

}  // namespace

template <class Bytes>
void keep(Bytes& bytes, Vec2& at) {
  bytes(at.x, at.y);
}

template <class Bytes>
void keep(Bytes& bytes, SiteRun& run) {
  bytes(run.agents, run.steps, run.agent_steps, run.out, run.inside, run.to_come, run.simulated_s,
        run.clearance_s, run.max_density, run.max_density_s, run.max_density_place.x,
        run.max_density_place.y, run.state_hash, run.seconds, run.interrupted, run.exits, run.gates,
        run.longest_queues, run.stuck, run.dense, run.poor_service);
}

template <class Bytes>
void keep(Bytes& bytes, SiteRunning& running) {
  bytes(running.so_far, running.engine, running.watch, running.frames);
}

std::uint64_t key_of(const Site& site, const SiteRunOptions& options) {
  StateWriter said;
  for (const auto& journey : site.journey_of) said(journey);
  for (const SiteJourney& journey : site.journeys) {
    for (const SiteJourney::Stage& each : journey.stages) {
      said(fingerprint(Journey{{each.stage}}), each.waits, each.by_view);
    }
  }
  const SiteLimits& limits = site.limits;
  said(limits.density, limits.density_for_s, limits.service);
  said(options.until_s, options.exits, options.recording_every_s, !options.recording.empty(),
       fingerprint(site.ground, {}, {}, options.simulation));
  return fnv_1a(std::move(said).take());
}

std::string save_progress(const SiteProgress& progress, std::uint64_t key) {
  StateWriter writer;
  SiteProgress copy = progress;
  writer(kMagic, kFormat, key, copy.done, copy.running);
  std::string bytes = std::move(writer).take();
  StateWriter sum;
  sum(fnv_1a(bytes));
  return bytes + std::move(sum).take();
}

Result<SiteProgress> load_progress(std::string_view bytes, std::uint64_t key) {
  const auto damaged = [] { return fail(Errc::bad_input, phrase("this saved run is damaged")); };
  std::uint64_t sum = 0;
  if (bytes.size() < sizeof(sum)) return damaged();
  StateReader end(bytes.substr(bytes.size() - sizeof(sum)));
  end(sum);
  bytes.remove_suffix(sizeof(sum));
  if (fnv_1a(bytes) != sum) return damaged();
  StateReader reader(bytes);
  std::uint64_t magic = 0;
  std::uint32_t format = 0;
  std::uint64_t of = 0;
  reader(magic, format, of);
  if (!reader.good() || magic != kMagic) return damaged();
  if (format != kFormat || of != key) {
    return fail(Errc::bad_input, phrase("this saved run is of other people, or of another ground"));
  }
  SiteProgress progress;
  reader(progress.done, progress.running);
  if (!reader.whole()) return damaged();
  return progress;
}

}  // namespace defilada::crowd
