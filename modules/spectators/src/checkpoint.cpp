// SPDX-License-Identifier: MIT
#include "defilada/spectators/checkpoint.hpp"

#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

#include "defilada/core/file.hpp"
#include "defilada/core/hash.hpp"
#include "defilada/core/phrase.hpp"
#include "defilada/core/state_bytes.hpp"
#include "defilada/crowd/fingerprint.hpp"

namespace defilada::geo {
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Vec2, x, y)
}  // namespace defilada::geo

namespace defilada::crowd {
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Spell, place, from_s, to_s, density, cells)
}  // namespace defilada::crowd

namespace defilada::spectators {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Place, person, x, y)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(GateOutcome, passed, first_s, last_s, longest_wait_s,
                                   mean_wait_s, longest_queue, longest_queue_s, beside_queue, queue,
                                   through)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ExitOutcome, passed, first_s, last_s, most_a_minute, through)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(LaneOutcome, most, most_s, blocked_s, blocked_from_s)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(DensityMap, origin, cell_m, columns, rows, most, pressure)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Phase, what, emergency, begin_s, end_s, people, came, seated,
                                   seated_in_time, out, last_s, last_95_s, most_dense,
                                   most_dense_at, most_dense_s, gates, exits, lanes, zones, inside,
                                   spells, map, places, at_emergency, steps, agent_steps,
                                   state_hash, seconds)

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(AmenityOutcome, visits, mean_wait_s, longest_wait_s,
                                   longest_queue, longest_queue_s, busiest, queue)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Circulation, begin_s, end_s, set_out, back, most_away,
                                   most_away_s, mean_away_s, amenities, state_hash, seconds)

namespace {

constexpr std::uint64_t kLargest = 2'000'000'000;  ///< bytes
constexpr int kFormat = 5;

class Fnv {
 public:
  template <typename T>
  void add(const T& value) {
    static_assert(std::is_arithmetic_v<T>);
    unsigned char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    for (const unsigned char byte : bytes) hash = (hash ^ byte) * 0x100000001B3ULL;
  }
  void add(const std::vector<Vec2>& line) {
    add(line.size());
    for (const Vec2 point : line) {
      add(point.x);
      add(point.y);
    }
  }
  void add(const std::vector<std::vector<DayPeriod>>& all) {
    for (const auto& periods : all) {
      add(periods.size());
      for (const DayPeriod& each : periods) {
        add(each.from_s);
        add(each.to_s);
      }
    }
  }
  std::uint64_t hash = 0xCBF29CE484222325ULL;
};

}  // namespace

std::uint64_t key_of(const show::Show& show, const Scene& scene, const RunOptions& options) {
  Fnv fnv;
  fnv.add(kFormat);
  fnv.add(options.seed);
  fnv.add(options.share);
  fnv.add(options.step_s);
  fnv.add(options.cut_off_s);
  for (const Spectator& each : scene.people) {
    fnv.add(each.zone);
    fnv.add(each.gate);
    fnv.add(each.stop);
    fnv.add(each.speed_mps);
    fnv.add(each.radius_m);
    fnv.add(each.comes_s);
    fnv.add(each.party);
  }
  fnv.add(crowd::fingerprint(scene.ground));
  fnv.add(show.site.safety.lanes.size());
  for (const show::EmergencyLane& each : show.site.safety.lanes) {
    fnv.add(each.points);
    fnv.add(each.width_m);
  }
  fnv.add(scene.gate_shut);
  fnv.add(scene.closure_shut);
  fnv.add(scene.exit_shut);
  fnv.add(scene.begin_s);
  fnv.add(scene.leave_s);
  for (const double each : scene.emergency_s) fnv.add(each);
  for (const double each : scene.spacing_m) fnv.add(each);
  for (const auto& each : scene.look_at) fnv.add(each ? std::vector{*each} : std::vector<Vec2>{});
  for (const show::Zone& zone : scene.said->zones) {
    fnv.add(zone.leaves_by.size());
    for (const show::WayOutId id : zone.leaves_by) fnv.add(id.value);
  }
  for (const show::Emergency& each : scene.said->emergencies) {
    fnv.add(each.react.us);
    for (const show::WayOutId id : each.blocked) fnv.add(id.value);
    for (const show::GateId id : each.blocked_gates) fnv.add(id.value);
  }
  if (scene.circulation) {
    fnv.add(scene.circulation->from_s);
    fnv.add(scene.circulation->to_s);
    fnv.add(scene.said->circulation->an_hour);
    for (const double share : scene.said->circulation->shares) fnv.add(share);
    for (const show::Amenity& each : scene.said->amenities) {
      fnv.add(static_cast<int>(each.what));
      fnv.add(each.places);
      fnv.add(each.visit.us);
    }
  }
  fnv.add(scene.said->get_up.us);
  fnv.add(scene.said->limits.density);
  fnv.add(scene.said->limits.density_for.us);
  fnv.add(scene.said->seated_by.us);
  return fnv.hash;
}

namespace {

/// The file: this, the checksum of the rest, the rest as CBOR.
constexpr std::string_view kMagic = "DFDAYKPT";

nlohmann::json binary(const std::string& bytes) {
  return nlohmann::json::binary({bytes.begin(), bytes.end()});
}

std::string bytes_of(const nlohmann::json& json) {
  const auto& bytes = json.get_binary();
  return {bytes.begin(), bytes.end()};
}

Error damaged(const std::filesystem::path& path) {
  return {Errc::bad_input,
          phrase("'{}' is damaged: remove it, or leave out --resume", path.string())};
}

}  // namespace

Status write_checkpoint(const std::filesystem::path& path, std::uint64_t key,
                        const std::vector<Phase>& done, const Running* running,
                        const RunningCirculation* meanwhile, const Circulation* circulation) {
  nlohmann::json json = {{"format", kFormat}, {"key", key}, {"phases", done}};
  if (running != nullptr) {
    json["running"] = {{"phase", running->phase},
                       {"engine", binary(running->engine)},
                       {"watch", binary(running->watch)},
                       {"frames", running->frames}};
  }
  if (meanwhile != nullptr) {
    json["meanwhile"] = {{"outcome", meanwhile->outcome},
                         {"engine", binary(meanwhile->engine)},
                         {"trips", binary(meanwhile->trips)},
                         {"frames", meanwhile->frames}};
  }
  if (circulation != nullptr) json["circulation"] = *circulation;
  std::string cbor;
  nlohmann::json::to_cbor(json, nlohmann::detail::output_adapter<char>(cbor));
  StateWriter sum;
  sum(fnv_1a(cbor));
  return write_file_atomically(path, std::string(kMagic) + std::move(sum).take() + cbor);
}

Result<Kept> read_checkpoint(const std::filesystem::path& path, std::uint64_t key) {
  const auto text = read_file(path, kLargest);
  if (!text) return tl::unexpected(text.error());
  std::string_view bytes = *text;
  std::uint64_t sum = 0;
  if (!bytes.starts_with(kMagic)) return tl::unexpected(damaged(path));
  bytes.remove_prefix(kMagic.size());
  StateReader reader(bytes.substr(0, sizeof(sum)));
  reader(sum);
  if (!reader.good()) return tl::unexpected(damaged(path));
  bytes.remove_prefix(sizeof(sum));
  if (fnv_1a(bytes) != sum) return tl::unexpected(damaged(path));
  const nlohmann::json json = nlohmann::json::from_cbor(bytes, true, false);
  try {
    if (json.at("format") != kFormat || json.at("key") != key) {
      return fail(Errc::bad_input,
                  phrase("'{}' is of another run, with another show, seed or share: remove it, or "
                         "leave out --resume",
                         path.string()));
    }
    Kept kept{json.at("phases").get<std::vector<Phase>>(), std::nullopt, std::nullopt,
              std::nullopt};
    if (const auto at = json.find("running"); at != json.end()) {
      kept.running = Running{at->at("phase").get<Phase>(), bytes_of(at->at("engine")),
                             bytes_of(at->at("watch")), at->at("frames").get<std::uint64_t>()};
    }
    if (const auto at = json.find("meanwhile"); at != json.end()) {
      kept.meanwhile =
          RunningCirculation{at->at("outcome").get<Circulation>(), bytes_of(at->at("engine")),
                             bytes_of(at->at("trips")), at->at("frames").get<std::uint64_t>()};
    }
    if (const auto at = json.find("circulation"); at != json.end()) {
      kept.circulation = at->get<Circulation>();
    }
    return kept;
  } catch (const nlohmann::json::exception&) {
    return tl::unexpected(damaged(path));
  }
}

}  // namespace defilada::spectators
