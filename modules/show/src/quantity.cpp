// SPDX-License-Identifier: MIT
#include "quantity.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <tl/expected.hpp>
#include <utility>

#include "quantity_text.hpp"
#include "schema_words.hpp"
#include "units.hpp"

namespace defilada::show {
namespace {

using quantity_text::Number;
using quantity_text::Text;
template <typename T>
using Parsed = tl::expected<T, QuantityFault>;
using Failure = tl::unexpected<QuantityFault>;

constexpr double kMostSi = 1e12;
constexpr std::int64_t kMostDurationUs = std::int64_t{1000} * 86'400 * 1'000'000;
constexpr std::size_t kMostBytes = 100;

Failure failure(Dimension dimension, std::string_view id, Phrase message,
                std::string suggestion = {}) {
  return Failure(QuantityFault{id, std::move(message), quantity_text::expectation(dimension),
                               std::move(suggestion)});
}

Failure too_large(Dimension dimension) {
  return failure(dimension, "quantity.too-large", phrase("too large a number"));
}

/// What every dimension refuses alike.
std::optional<QuantityFault> text_fault(Dimension dimension, std::string_view text) {
  if (text.empty())
    return failure(dimension, "quantity.malformed", phrase("nothing is written")).value();
  if (text.size() > kMostBytes)
    return failure(dimension, "quantity.malformed", phrase("too long for a quantity")).value();
  const std::string_view bare = quantity_text::trimmed(text);
  if (bare.size() != text.size())
    return failure(dimension, "quantity.malformed", phrase("there is a space before or after it"),
                   std::string(bare))
        .value();
  return std::nullopt;
}

/// A fault of the number at the cursor, said in the words of the dimension.
Failure number_failure(Dimension dimension, const Text& text, const Number& number) {
  std::string suggestion = number.meant.empty() ? "" : number.meant + std::string(text.rest());
  return failure(dimension, number.fault_id, number.fault, std::move(suggestion));
}

Failure unit_failure(Dimension dimension, std::string_view number, std::string_view written) {
  if (written.empty())
    return failure(dimension, "quantity.unit-missing", phrase("'{}' has no unit", number));
  const std::string meant = meant_unit(dimension, written);
  const std::string suggestion = meant.empty() ? "" : fmt::format("{} {}", number, meant);
  const std::string_view other = measured_by(written);
  if (!other.empty())
    return failure(dimension, "quantity.unit-of-another-dimension",
                   phrase("'{}' is a unit of {}, not of {}", written, words::said(other),
                          quantity_text::name_of(quantity_text::measured(dimension))),
                   suggestion);
  return failure(dimension, "quantity.unit-unknown", phrase("unknown unit '{}'", written),
                 suggestion);
}

double in_si(double value, const Unit& unit) {
  return value * unit.numerator / unit.denominator;
}

/// number, spaces, unit.
Parsed<double> parse_amount(Dimension dimension, Text text) {
  const Number number = text.number();
  if (!number.fault.empty()) return number_failure(dimension, text, number);
  text.skip_spaces();
  const std::string_view written = text.rest();
  const Unit* unit = find_unit(dimension, written);
  if (unit == nullptr) return unit_failure(dimension, number.text, written);
  const double value = in_si(number.value, *unit);
  if (!(value < kMostSi)) return too_large(dimension);
  return value;
}

Parsed<double> parse_signed_amount(Dimension dimension, Text text) {
  const double sign = text.sign();
  const auto value = parse_amount(dimension, text);
  if (!value) return value;
  return sign * *value;
}

/// One "10 min" of a duration, in microseconds.
struct Piece {
  std::int64_t us = 0;
  std::size_t unit = 0;  ///< index from large to small
  bool whole = true;
};

Parsed<Piece> parse_piece(Dimension dimension, Text& text) {
  const Number number = text.number();
  if (!number.fault.empty()) return number_failure(dimension, text, number);
  text.skip_spaces();
  const std::string_view written = text.letters();
  const auto units = units_of(Dimension::duration);
  const Unit* unit = find_unit(Dimension::duration, written);
  if (unit == nullptr) {
    // Something that is no word, such as the colon of a clock time: show all of it.
    return unit_failure(dimension, number.text, written.empty() ? text.rest() : written);
  }
  const double us = number.value * unit->numerator * 1e6 / unit->denominator;
  if (!(us < static_cast<double>(kMostDurationUs))) return too_large(dimension);
  return Piece{std::llround(us), static_cast<std::size_t>(unit - units.data()), number.whole};
}

Parsed<Duration> parse_pieces(Dimension dimension, Text text) {
  Duration total;
  std::optional<Piece> before;
  do {
    const auto piece = parse_piece(dimension, text);
    if (!piece) return Failure(piece.error());
    if (before && piece->unit <= before->unit)
      return failure(dimension, "quantity.malformed",
                     phrase("the units of a duration go from large to small, each once"));
    if (before && !before->whole)
      return failure(dimension, "quantity.malformed",
                     phrase("only the last number of a duration has a fraction"));
    total.us += piece->us;
    before = *piece;
    text.skip_spaces();
  } while (!text.at_end());
  if (total.us >= kMostDurationUs) return too_large(dimension);
  return total;
}

Parsed<Duration> parse_signed_pieces(Dimension dimension, Text text) {
  const bool negative = text.sign() < 0;
  const auto value = parse_pieces(dimension, text);
  if (!value) return value;
  return negative ? -*value : *value;
}

Parsed<WindowText> parse_bounds(Dimension dimension, Text text) {
  if (text.take_word("at least")) {
    const auto least = parse_pieces(dimension, text);
    if (!least) return Failure(least.error());
    return WindowText{*least, std::nullopt};
  }
  if (text.take_word("at most")) {
    const auto most = parse_pieces(dimension, text);
    if (!most) return Failure(most.error());
    return WindowText{std::nullopt, *most};
  }
  const auto [first, second] = text.split_at_word("to");
  const auto least = parse_pieces(dimension, Text(first));
  if (!least) return Failure(least.error());
  if (!second) return WindowText{*least, *least};
  const auto most = parse_pieces(dimension, Text(*second));
  if (!most) return Failure(most.error());
  if (*most < *least)
    return failure(dimension, "quantity.window-order", phrase("the window ends before it begins"),
                   fmt::format("{} to {}", *second, first));
  return WindowText{*least, *most};
}

Parsed<WindowText> parse_window_text(Dimension dimension, Text text) {
  auto bounds = parse_bounds(dimension, text);
  if (bounds || !bounds.error().suggestion.empty()) return bounds;
  auto [meant, dash] = quantity_text::meant_window(text.rest());
  if (meant.empty() || !parse_bounds(dimension, Text(meant))) return bounds;
  if (dash) {
    return failure(dimension, "quantity.malformed",
                   phrase("a window is written with 'to', not a dash"), std::move(meant));
  }
  bounds.error().suggestion = std::move(meant);
  return bounds;
}

Parsed<double> parse_side_and_angle(Dimension dimension, Text text) {
  const bool left = text.take_word("left");
  if (!left && !text.take_word("right"))
    return failure(dimension, "quantity.turn-side", phrase("a turn begins with 'left' or 'right'"));
  const auto angle = parse_amount(dimension, text);
  if (!angle) return angle;
  return left ? *angle : -*angle;
}

Parsed<std::int64_t> parse_clock_text(Dimension dimension, Text text) {
  const auto clock = text.clock();
  if (!clock.fault.empty()) {
    std::string meant = clock.meant;
    if (meant.empty()) meant = quantity_text::meant_clock(text.rest());
    return failure(dimension, "quantity.clock", clock.fault, std::move(meant));
  }
  return clock.us;
}

Parsed<std::int64_t> parse_whole(Dimension dimension, Text text) {
  const auto whole = text.grouped_whole();
  if (!whole.fault.empty()) return failure(dimension, whole.fault_id, whole.fault, whole.meant);
  if (!(whole.value < kMostSi)) return too_large(dimension);
  return static_cast<std::int64_t>(whole.value);
}

Parsed<double> parse_decimal(Dimension dimension, Text text) {
  const double sign = text.sign();
  const Number number = text.number();
  if (!number.fault.empty()) return number_failure(dimension, text, number);
  if (!text.at_end())
    return failure(dimension, "quantity.malformed",
                   phrase("'{}' stands after the number", text.rest()),
                   quantity_text::meant_decimal(number.text, text.rest()));
  if (!(number.value < kMostSi)) return too_large(dimension);
  return sign * number.value;
}

/// Calls the parser of the dimension; gives the value as a number, for the tests that all values
/// share.
Parsed<double> parse_any(Dimension dimension, std::string_view written) {
  const auto number = [](const auto& parsed) -> Parsed<double> {
    if (!parsed) return Failure(parsed.error());
    if constexpr (requires { parsed->us; })
      return static_cast<double>(parsed->us);
    else
      return static_cast<double>(*parsed);
  };
  const Text text(written);
  switch (dimension) {
    case Dimension::length:
    case Dimension::speed:
    case Dimension::frequency:
    case Dimension::acceleration:
    case Dimension::share:
    case Dimension::angle: return parse_amount(dimension, text);
    case Dimension::coordinate: return parse_signed_amount(dimension, text);
    case Dimension::duration: return number(parse_pieces(dimension, text));
    case Dimension::offset: return number(parse_signed_pieces(dimension, text));
    case Dimension::turn: return parse_side_and_angle(dimension, text);
    case Dimension::clock: return number(parse_clock_text(dimension, text));
    case Dimension::window: {
      const auto bounds = parse_window_text(dimension, text);
      if (!bounds) return Failure(bounds.error());
      return 1;
    }
    case Dimension::count: return number(parse_whole(dimension, text));
    case Dimension::plain_number: return parse_decimal(dimension, text);
  }
  return 0;
}

Phrase sentence(const QuantityFault& fault) {
  const Phrase text = phrase("{}; expected {}", fault.message, fault.expected);
  return fault.suggestion.empty() ? text : phrase("{}; did you mean '{}'?", text, fault.suggestion);
}

template <typename Parse>
auto checked(Dimension dimension, std::string_view text, Parse parse)
    -> Result<typename decltype(parse(dimension, Text(text)))::value_type> {
  if (const auto fault = text_fault(dimension, text))
    return fail(Errc::bad_input, sentence(*fault));
  const auto value = parse(dimension, Text(text));
  if (!value) return fail(Errc::bad_input, sentence(value.error()));
  return *value;
}

}  // namespace

std::optional<QuantityFault> quantity_fault(Dimension dimension, std::string_view text,
                                            bool positive) {
  if (auto fault = text_fault(dimension, text)) return fault;
  const auto value = parse_any(dimension, text);
  if (!value) return value.error();
  if (positive && *value == 0)
    return failure(dimension, "quantity.zero",
                   phrase("{} must be above zero", quantity_text::name_of(dimension)))
        .value();
  return std::nullopt;
}

Result<double> parse_length_m(std::string_view text) {
  return checked(Dimension::length, text, parse_amount);
}
Result<double> parse_coordinate_m(std::string_view text) {
  return checked(Dimension::coordinate, text, parse_signed_amount);
}
Result<double> parse_speed_mps(std::string_view text) {
  return checked(Dimension::speed, text, parse_amount);
}
Result<Duration> parse_duration(std::string_view text) {
  return checked(Dimension::duration, text, parse_pieces);
}
Result<Duration> parse_offset(std::string_view text) {
  return checked(Dimension::offset, text, parse_signed_pieces);
}
Result<double> parse_frequency_hz(std::string_view text) {
  return checked(Dimension::frequency, text, parse_amount);
}
Result<double> parse_acceleration_mps2(std::string_view text) {
  return checked(Dimension::acceleration, text, parse_amount);
}
Result<double> parse_share(std::string_view text) {
  return checked(Dimension::share, text, parse_amount);
}
Result<double> parse_angle_rad(std::string_view text) {
  return checked(Dimension::angle, text, parse_amount);
}
Result<double> parse_turn_rad(std::string_view text) {
  return checked(Dimension::turn, text, parse_side_and_angle);
}
Result<std::int64_t> parse_clock_us(std::string_view text) {
  return checked(Dimension::clock, text, parse_clock_text);
}
Result<std::int64_t> parse_count(std::string_view text) {
  return checked(Dimension::count, text, parse_whole);
}
Result<double> parse_plain_number(std::string_view text) {
  return checked(Dimension::plain_number, text, parse_decimal);
}
Result<WindowText> parse_window(std::string_view text) {
  return checked(Dimension::window, text, parse_window_text);
}

std::string print_duration(Duration duration) {
  // Unsigned: the least value has no opposite in 64 bits.
  const auto bits = static_cast<std::uint64_t>(duration.us);
  const std::uint64_t total_us = duration.us < 0 ? 0 - bits : bits;
  const std::uint64_t hours = total_us / 3'600'000'000;
  const std::uint64_t minutes = total_us / 60'000'000 % 60;
  const std::uint64_t us = total_us % 60'000'000;
  std::string text;
  if (hours > 0) text += fmt::format("{} h", hours);
  if (minutes > 0) text += fmt::format("{}{} min", text.empty() ? "" : " ", minutes);
  if (us > 0 || text.empty()) {
    std::string seconds = fmt::format("{}.{:06}", us / 1'000'000, us % 1'000'000);
    seconds.erase(seconds.find_last_not_of('0') + 1);
    if (seconds.back() == '.') seconds.pop_back();
    text += fmt::format("{}{} s", text.empty() ? "" : " ", seconds);
  }
  return duration.us < 0 ? "-" + text : text;
}

}  // namespace defilada::show
