// SPDX-License-Identifier: MIT
// The file: little-endian numbers in gzip, arrays by member so that they pack well.
#include <bit>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include "defilada/certificate/certificate.hpp"
#include "packing.hpp"

namespace defilada::certificate {
namespace {

constexpr std::string_view kMagic = "defilada-certificate/1\n";

class Writer {
 public:
  template <class Number>
  void number(Number value) {
    if constexpr (std::is_same_v<Number, double>) {
      number(std::bit_cast<std::uint64_t>(value));
    } else {
      for (unsigned i = 0; i < sizeof value; ++i) {
        bytes_ += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xff);
      }
    }
  }
  void count(std::size_t value) { number(static_cast<std::uint64_t>(value)); }
  void text(std::string_view text) {
    count(text.size());
    bytes_ += text;
  }
  /// One member of all elements after another.
  template <class Element, class... Get>
  void columns(const std::vector<Element>& all, Get... get) {
    count(all.size());
    (column(all, get), ...);
  }
  void raw(std::string_view bytes) { bytes_ += bytes; }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  template <class Element, class Get>
  void column(const std::vector<Element>& all, Get get) {
    for (const Element& each : all) number(get(each));
  }
  std::string bytes_;
};

void put(const Statement& s, Writer& out) {
  out.text(s.show);
  out.count(s.parties.size());
  for (const std::string& name : s.parties) out.text(name);
  out.number(s.classes);
  out.count(s.coefficients.size());
  for (std::size_t d = 0; d < std::tuple_size_v<Coefficient>; ++d) {
    for (const Coefficient& c : s.coefficients) out.number(c[d]);
  }
  out.columns(
      s.pieces, [](const Piece& p) { return p.t0_s; }, [](const Piece& p) { return p.t1_s; },
      [](const Piece& p) { return p.first_coefficient; },
      [](const Piece& p) { return p.coefficient_count; },
      [](const Piece& p) { return p.facing_rad; });
  out.columns(
      s.paths, [](const Path& p) { return p.first_piece; },
      [](const Path& p) { return p.piece_count; }, [](const Path& p) { return p.error_centre_m; },
      [](const Path& p) { return p.error_normal; });
  out.columns(
      s.movers, [](const Mover& m) { return m.path; }, [](const Mover& m) { return m.of_class; },
      [](const Mover& m) { return m.party; }, [](const Mover& m) { return m.number; },
      [](const Mover& m) { return m.left_m; }, [](const Mover& m) { return m.offset_m[0]; },
      [](const Mover& m) { return m.offset_m[1]; }, [](const Mover& m) { return m.offset_m[2]; },
      [](const Mover& m) { return m.body.half_length_m; },
      [](const Mover& m) { return m.body.half_width_m; },
      [](const Mover& m) { return m.body.radius_m; });
  out.count(s.questions.size());
  for (const Question& question : s.questions) {
    out.text(question.name);
    out.number(static_cast<std::uint8_t>(question.outlines));
    out.columns(
        question.limits, [](const Limit& l) { return static_cast<std::uint8_t>(l.owed); },
        [](const Limit& l) { return l.distance_m; }, [](const Limit& l) { return l.vertical_m; });
    out.columns(question.of_classes, [](std::uint16_t index) { return index; });
  }
}

void put(const std::vector<Bound>& bounds, Writer& out) {
  out.columns(
      bounds, [](const Bound& b) { return b.of_class; }, [](const Bound& b) { return b.from_s; },
      [](const Bound& b) { return b.to_s; }, [](const Bound& b) { return b.speed_min_mps; },
      [](const Bound& b) { return b.speed_max_mps; },
      [](const Bound& b) { return b.climb_max_mps; }, [](const Bound& b) { return b.floor_m; },
      [](const Bound& b) { return b.ceiling_m; },
      [](const Bound& b) { return b.acceleration_mps2; },
      [](const Bound& b) { return b.turning_radius_m; },
      [](const Bound& b) { return b.sideways_mps2; });
}

void put(const std::vector<Cell>& cells, Writer& out) {
  out.columns(
      cells, [](const Cell& c) { return static_cast<std::uint8_t>(c.bend); },
      [](const Cell& c) { return c.x_m; }, [](const Cell& c) { return c.y_m; },
      [](const Cell& c) { return c.ux; }, [](const Cell& c) { return c.uy; },
      [](const Cell& c) { return c.wx; }, [](const Cell& c) { return c.wy; },
      [](const Cell& c) { return c.low_m; }, [](const Cell& c) { return c.high_m; },
      [](const Cell& c) { return c.side_m; }, [](const Cell& c) { return c.slack_m; });
}

void put_kerbs(const Statement& s, Writer& out) {
  put(s.cells, out);
  out.count(s.roads.size());
  for (const Road& road : s.roads) {
    out.text(road.name);
    out.number(road.first_cell);
    out.number(road.cell_count);
  }
  out.columns(
      s.kerbs, [](const Kerb& k) { return k.of_class; }, [](const Kerb& k) { return k.road; });
}

void put_rings(const Statement& s, Writer& out) {
  out.columns(
      s.rings, [](const Ring& r) { return r.first_mover; },
      [](const Ring& r) { return r.mover_count; });
  out.columns(
      s.within, [](const Within& w) { return w.mover; }, [](const Within& w) { return w.ring; });
}

/// How many of a node's movers are in its first half, node by node; 0: it has no halves.
void put(const Tree& tree, Writer& out) {
  out.columns(tree.order, [](std::uint32_t m) { return m; });
  out.columns(tree.nodes, [&](const Tree::Node& node) {
    return node.first_half == 0 ? std::uint32_t{0} : tree.nodes[node.first_half].count;
  });
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }

  template <class Number>
  void number(Number& value) {
    if constexpr (std::is_same_v<Number, double>) {
      std::uint64_t bits = 0;
      number(bits);
      value = std::bit_cast<double>(bits);
    } else if constexpr (std::is_same_v<Number, bool>) {
      std::uint8_t byte = 0;
      number(byte);
      ok_ = ok_ && byte <= 1;
      value = byte == 1;
    } else {
      value = 0;
      if (!has(sizeof value)) return;
      std::uint64_t bits = 0;
      for (unsigned i = 0; i < sizeof value; ++i) {
        bits |= std::uint64_t{static_cast<std::uint8_t>(bytes_[at_ + i])} << (8 * i);
      }
      at_ += sizeof value;
      value = static_cast<Number>(bits);
    }
  }
  /// Of things that take at least `size` bytes each: no more than there is room for.
  [[nodiscard]] std::size_t count(std::size_t size) {
    std::uint64_t value = 0;
    number(value);
    if (!ok_ || value > (bytes_.size() - at_) / size) {
      ok_ = false;
      return 0;
    }
    return static_cast<std::size_t>(value);
  }
  [[nodiscard]] std::string text() {
    const std::size_t size = count(1);
    std::string text(bytes_.substr(at_, size));
    at_ += size;
    return text;
  }
  /// `of(element)` is the member of each column.
  template <class Element, class... Of>
  void columns(std::vector<Element>& all, std::size_t size, Of... of) {
    all.resize(count(size));
    (column(all, of), ...);
  }
  [[nodiscard]] bool starts_with(std::string_view magic) {
    if (bytes_.substr(at_, magic.size()) != magic) return false;
    at_ += magic.size();
    return true;
  }

 private:
  template <class Element, class Of>
  void column(std::vector<Element>& all, Of of) {
    for (Element& each : all) number(of(each));
  }
  [[nodiscard]] bool has(std::size_t size) {
    ok_ = ok_ && bytes_.size() - at_ >= size;
    return ok_;
  }
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

void get(Reader& in, Statement& s) {
  s.show = in.text();
  s.parties.resize(in.count(8));
  for (std::string& name : s.parties) name = in.text();
  in.number(s.classes);
  s.coefficients.resize(in.count(sizeof(Coefficient)));
  for (std::size_t d = 0; d < std::tuple_size_v<Coefficient>; ++d) {
    for (Coefficient& c : s.coefficients) in.number(c[d]);
  }
  in.columns(
      s.pieces, 32, [](Piece& p) -> double& { return p.t0_s; },
      [](Piece& p) -> double& { return p.t1_s; },
      [](Piece& p) -> std::uint32_t& { return p.first_coefficient; },
      [](Piece& p) -> std::uint32_t& { return p.coefficient_count; },
      [](Piece& p) -> double& { return p.facing_rad; });
  in.columns(
      s.paths, 24, [](Path& p) -> std::uint32_t& { return p.first_piece; },
      [](Path& p) -> std::uint32_t& { return p.piece_count; },
      [](Path& p) -> double& { return p.error_centre_m; },
      [](Path& p) -> double& { return p.error_normal; });
  in.columns(
      s.movers, 72, [](Mover& m) -> std::uint32_t& { return m.path; },
      [](Mover& m) -> std::uint32_t& { return m.of_class; },
      [](Mover& m) -> std::uint32_t& { return m.party; },
      [](Mover& m) -> std::uint32_t& { return m.number; },
      [](Mover& m) -> double& { return m.left_m; },
      [](Mover& m) -> double& { return m.offset_m[0]; },
      [](Mover& m) -> double& { return m.offset_m[1]; },
      [](Mover& m) -> double& { return m.offset_m[2]; },
      [](Mover& m) -> double& { return m.body.half_length_m; },
      [](Mover& m) -> double& { return m.body.half_width_m; },
      [](Mover& m) -> double& { return m.body.radius_m; });
  s.questions.resize(in.count(25));
  for (Question& question : s.questions) {
    question.name = in.text();
    in.number(question.outlines);
    in.columns(
        question.limits, 17, [](Limit& l) -> bool& { return l.owed; },
        [](Limit& l) -> double& { return l.distance_m; },
        [](Limit& l) -> double& { return l.vertical_m; });
    in.columns(question.of_classes, 2,
               [](std::uint16_t& index) -> std::uint16_t& { return index; });
  }
}

void get(Reader& in, std::vector<Bound>& bounds) {
  in.columns(
      bounds, 84, [](Bound& b) -> std::uint32_t& { return b.of_class; },
      [](Bound& b) -> double& { return b.from_s; }, [](Bound& b) -> double& { return b.to_s; },
      [](Bound& b) -> double& { return b.speed_min_mps; },
      [](Bound& b) -> double& { return b.speed_max_mps; },
      [](Bound& b) -> double& { return b.climb_max_mps; },
      [](Bound& b) -> double& { return b.floor_m; },
      [](Bound& b) -> double& { return b.ceiling_m; },
      [](Bound& b) -> double& { return b.acceleration_mps2; },
      [](Bound& b) -> double& { return b.turning_radius_m; },
      [](Bound& b) -> double& { return b.sideways_mps2; });
}

void get_kerbs(Reader& in, Statement& s) {
  in.columns(
      s.cells, 81, [](Cell& c) -> bool& { return c.bend; },
      [](Cell& c) -> double& { return c.x_m; }, [](Cell& c) -> double& { return c.y_m; },
      [](Cell& c) -> double& { return c.ux; }, [](Cell& c) -> double& { return c.uy; },
      [](Cell& c) -> double& { return c.wx; }, [](Cell& c) -> double& { return c.wy; },
      [](Cell& c) -> double& { return c.low_m; }, [](Cell& c) -> double& { return c.high_m; },
      [](Cell& c) -> double& { return c.side_m; }, [](Cell& c) -> double& { return c.slack_m; });
  s.roads.resize(in.count(16));
  for (Road& road : s.roads) {
    road.name = in.text();
    in.number(road.first_cell);
    in.number(road.cell_count);
  }
  in.columns(
      s.kerbs, 8, [](Kerb& k) -> std::uint32_t& { return k.of_class; },
      [](Kerb& k) -> std::uint32_t& { return k.road; });
}

void get_rings(Reader& in, Statement& s) {
  in.columns(
      s.rings, 8, [](Ring& r) -> std::uint32_t& { return r.first_mover; },
      [](Ring& r) -> std::uint32_t& { return r.mover_count; });
  in.columns(
      s.within, 8, [](Within& w) -> std::uint32_t& { return w.mover; },
      [](Within& w) -> std::uint32_t& { return w.ring; });
}

/// The nodes from how many movers are in each first half. False: such nodes make no tree.
bool grow(const std::vector<std::uint32_t>& halves, Tree& tree) {
  struct Open {
    std::uint32_t first;
    std::uint32_t count;
    std::optional<std::uint32_t> second_of;  ///< it is the second half of that node
  };
  std::vector<Open> open;
  if (!tree.order.empty()) open.push_back({0, static_cast<std::uint32_t>(tree.order.size()), {}});
  for (const std::uint32_t half : halves) {
    if (open.empty()) return false;
    const Open at = open.back();
    open.pop_back();
    const auto own = static_cast<std::uint32_t>(tree.nodes.size());
    if (at.second_of) tree.nodes[*at.second_of].second_half = own;
    tree.nodes.push_back({at.first, at.count, 0, 0});
    if (half == 0) continue;
    if (half >= at.count) return false;
    tree.nodes.back().first_half = own + 1;
    open.push_back({at.first + half, at.count - half, own});
    open.push_back({at.first, half, {}});
  }
  return open.empty();
}

bool get(Reader& in, Tree& tree) {
  in.columns(tree.order, 4, [](std::uint32_t& m) -> std::uint32_t& { return m; });
  std::vector<std::uint32_t> halves;
  in.columns(halves, 4, [](std::uint32_t& n) -> std::uint32_t& { return n; });
  return in.ok() && grow(halves, tree);
}

}  // namespace

std::string write(const Statement& statement) {
  Writer out;
  put(statement, out);
  put(statement.bounds, out);
  put_kerbs(statement, out);
  put_rings(statement, out);
  return out.take();
}

std::string write(const Certificate& certificate) {
  Writer out;
  out.raw(kMagic);
  put(certificate.statement, out);
  put(certificate.tree, out);
  out.count(certificate.proofs.size());
  for (const std::string& proof : certificate.proofs) out.text(proof);
  // Files of the time before there were bounds, kerbs or rings end earlier.
  const bool rings = !certificate.statement.rings.empty();
  const bool kerbs = rings || !certificate.statement.kerbs.empty();
  if (kerbs || !certificate.statement.bounds.empty()) put(certificate.statement.bounds, out);
  if (kerbs) {
    put_kerbs(certificate.statement, out);
    out.columns(certificate.rooms_m, [](double room) { return room; });
  }
  if (rings) put_rings(certificate.statement, out);
  return pack(out.take());
}

Result<Certificate> read(std::string_view bytes, std::uint64_t limit_bytes) {
  const auto unpacked = unpack(bytes, limit_bytes);
  if (!unpacked) {
    return fail(Errc::bad_input, phrase("this is no certificate, or it is cut off or damaged"));
  }
  Reader in(*unpacked);
  if (!in.starts_with(kMagic)) {
    return fail(Errc::bad_input, phrase("this is no certificate of this version"));
  }
  Certificate certificate;
  get(in, certificate.statement);
  const bool grown = get(in, certificate.tree);
  certificate.proofs.resize(in.ok() ? in.count(8) : 0);
  for (std::string& proof : certificate.proofs) proof = in.text();
  if (in.ok() && !in.at_end()) get(in, certificate.statement.bounds);
  if (in.ok() && !in.at_end()) {
    get_kerbs(in, certificate.statement);
    in.columns(certificate.rooms_m, 8, [](double& room) -> double& { return room; });
  }
  if (in.ok() && !in.at_end()) get_rings(in, certificate.statement);
  if (!grown || !in.ok() || !in.at_end()) {
    return fail(Errc::bad_input, phrase("the certificate is damaged inside"));
  }
  return certificate;
}

}  // namespace defilada::certificate
