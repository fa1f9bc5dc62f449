// SPDX-License-Identifier: MIT
#include "decode.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstring>

namespace defilada::playback {
namespace {

template <typename T, typename Out>
std::vector<Out> values(std::string_view bytes, std::size_t count) {
  std::vector<Out> out;
  for (std::size_t i = 0; i < count; ++i) {
    T value;
    std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
    out.push_back(static_cast<Out>(value));
  }
  return out;
}

int digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : 63;
}

}  // namespace

Decoded::Decoded(std::string_view bytes) {
  EXPECT_EQ(bytes.substr(0, 4), "DFPB");
  std::uint32_t length = 0;
  std::memcpy(&length, bytes.data() + 4, sizeof length);
  EXPECT_EQ(length % 8, 0U);
  head = nlohmann::json::parse(bytes.substr(8, length));
  const std::string_view body = bytes.substr(8 + length);
  for (const auto& [name, entry] : head.at("arrays").items()) {
    const std::size_t offset = entry.at("offset");
    const std::size_t count = entry.at("count");
    const std::string type = entry.at("type");
    EXPECT_EQ(offset % 8, 0U) << name;
    EXPECT_LE(offset + count * (type == "f64" ? 8 : 4), body.size()) << name;
    const std::string_view own = body.substr(offset);
    if (type == "f64") reals_[name] = values<double, double>(own, count);
    if (type == "f32") reals_[name] = values<float, double>(own, count);
    if (type == "u32") wholes_[name] = values<std::uint32_t, std::uint32_t>(own, count);
  }
}

double Decoded::value(const std::string& name, std::size_t piece, double dt_s) const {
  const std::vector<double>& c = real(name);
  const std::size_t pieces = c.size() / 6;
  double sum = 0;
  double power = 1;
  for (std::size_t k = 0; k < 6; ++k) {
    sum += c[k * pieces + piece] * power;
    power *= dt_s;
  }
  return sum;
}

std::optional<std::array<double, 3>> Decoded::at(std::size_t mover, double t_s) const {
  const std::size_t path = whole("mover_path")[mover];
  const std::size_t first = whole("path_first_piece")[path];
  const std::size_t last = first + whole("path_piece_count")[path] - 1;
  const auto& t0 = real("piece_t0_s");
  const auto& t1 = real("piece_t1_s");
  if (t_s < t0[first] || t_s > t1[last]) return std::nullopt;
  std::size_t piece = first;
  while (piece < last && t_s >= t0[piece + 1]) ++piece;
  const double dt = t_s - t0[piece];
  const double left = real("mover_left_m")[mover];
  return std::array{
      value("piece_x", piece, dt) + left * value("piece_nx", piece, dt) + real("mover_dx_m")[mover],
      value("piece_y", piece, dt) + left * value("piece_ny", piece, dt) + real("mover_dy_m")[mover],
      value("piece_z", piece, dt) + real("mover_dz_m")[mover]};
}

std::string unpacked(std::string_view base64) {
  std::string packed;
  std::uint32_t group = 0;
  int bits = 0;
  for (const char c : base64) {
    if (c == '=') break;
    group = group << 6 | static_cast<std::uint32_t>(digit(c));
    bits += 6;
    if (bits >= 8) packed += static_cast<char>(group >> (bits -= 8) & 255U);
  }
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, -15), Z_OK);
  std::string out(1U << 24, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

}  // namespace defilada::playback
