// SPDX-License-Identifier: MIT
#include "defilada/core/clock.hpp"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <vector>

#include "defilada/core/check.hpp"
#include "defilada/core/suggest.hpp"

namespace defilada {
namespace {

using std::chrono::microseconds;
using LocalTime = date::local_time<microseconds>;
using SystemTime = date::sys_time<microseconds>;

constexpr std::int64_t kSecond_us = 1'000'000;
constexpr std::int64_t kDay_us = 86'400 * kSecond_us;

/// Where people look in vain: great cities that gave no name to their zone.
struct City {
  std::string_view name;
  std::string_view zone;
};
constexpr std::array<City, 14> kCities{{{"Beijing", "Asia/Shanghai"},
                                        {"Peking", "Asia/Shanghai"},
                                        {"Delhi", "Asia/Kolkata"},
                                        {"New Delhi", "Asia/Kolkata"},
                                        {"Mumbai", "Asia/Kolkata"},
                                        {"Brasilia", "America/Sao_Paulo"},
                                        {"Rio de Janeiro", "America/Sao_Paulo"},
                                        {"Washington", "America/New_York"},
                                        {"Ottawa", "America/Toronto"},
                                        {"Canberra", "Australia/Sydney"},
                                        {"Ankara", "Europe/Istanbul"},
                                        {"Krakow", "Europe/Warsaw"},
                                        {"Saint Petersburg", "Europe/Moscow"},
                                        {"Abu Dhabi", "Asia/Dubai"}}};

std::string_view last_part(std::string_view zone) noexcept {
  const std::size_t slash = zone.rfind('/');
  return slash == std::string_view::npos ? zone : zone.substr(slash + 1);
}

/// The zone that was probably meant by `wrong`: by its whole name, else by its city.
std::string nearest_zone(std::string_view wrong) {
  std::vector<std::string> names;
  std::vector<std::string> cities;
  for (const date::time_zone& zone : date::get_tzdb().zones) names.push_back(zone.name());
  const std::string_view wanted_city = last_part(wrong);
  for (const City& city : kCities) {
    if (edit_distance(wanted_city, city.name) <= 1) return std::string(city.zone);
  }
  if (std::string whole = nearest(wrong, names); !whole.empty()) return whole;
  for (const std::string& name : names) cities.emplace_back(last_part(name));
  const std::string city = nearest(wanted_city, cities);
  const auto found = std::find(cities.begin(), cities.end(), city);
  return found == cities.end() ? std::string{}
                               : names[static_cast<std::size_t>(found - cities.begin())];
}

Result<const date::time_zone*> find_zone(std::string_view name) {
  try {
    return date::locate_zone(name);
  } catch (const std::exception&) {
    // Below: was the name wrong, or is there no time zone database?
  }
  try {
    const std::string meant = nearest_zone(name);
    return fail(Errc::bad_input,
                meant.empty()
                    ? phrase("'{}' is not a time zone; zones are named like Europe/Warsaw", name)
                    : phrase("'{}' is not a time zone; did you mean '{}'?", name, meant));
  } catch (const std::exception& error) {
    return fail(Errc::environment,
                phrase("the time zone database cannot be read: {}", error.what()));
  }
}

std::string date_text(date::local_days day) {
  const date::year_month_day ymd(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

struct Fields {
  std::int64_t hours, minutes, seconds, us;
};
Fields fields_of(std::int64_t us) noexcept {
  return {us / (3600 * kSecond_us), us / (60 * kSecond_us) % 60, us / kSecond_us % 60,
          us % kSecond_us};
}

std::string clock_text(std::int64_t us_of_day) {
  const Fields f = fields_of(us_of_day);
  std::string text = fmt::format("{:02}:{:02}:{:02}", f.hours, f.minutes, f.seconds);
  if (f.us != 0) text += fmt::format(".{:06}", f.us);
  return text;
}

std::string offset_text(std::chrono::seconds offset) {
  const std::int64_t size = std::abs(static_cast<std::int64_t>(offset.count()));
  std::string text =
      fmt::format("{}{:02}:{:02}", offset.count() < 0 ? '-' : '+', size / 3600, size / 60 % 60);
  if (size % 60 != 0) text += fmt::format(":{:02}", size % 60);
  return text;
}

/// To the nearest multiple of `unit`, halves upwards.
SystemTime rounded(SystemTime instant, microseconds unit) {
  const auto count = (instant + unit / 2).time_since_epoch();
  const auto floored = count / unit - (count % unit < microseconds(0) ? 1 : 0);
  return SystemTime(floored * unit);
}

/// The change of the clock, for a sentence: "the clock goes from 02:00:00 to 03:00:00 then".
Phrase change_text(const date::local_info& info) {
  const SystemTime change(info.first.end);
  const auto of_day = [&](std::chrono::seconds offset) {
    const LocalTime wall(change.time_since_epoch() + offset);
    return clock_text((wall - date::floor<date::days>(wall)).count());
  };
  return phrase("the clock goes from {} to {} then", of_day(info.first.offset),
                of_day(info.second.offset));
}

Result<SystemTime> resolve(const date::time_zone& zone, LocalTime wall) {
  const date::local_info info = zone.get_info(wall);
  const auto day = date::floor<date::days>(wall);
  const std::string text = clock_text((wall - day).count());
  if (info.result == date::local_info::nonexistent) {
    return fail(Errc::bad_input, phrase("{} does not exist on {} in {}: {}", text, date_text(day),
                                        zone.name(), change_text(info)));
  }
  if (info.result == date::local_info::ambiguous) {
    return fail(Errc::bad_input, phrase("{} exists twice on {} in {}: {}", text, date_text(day),
                                        zone.name(), change_text(info)));
  }
  return SystemTime(wall.time_since_epoch() - info.first.offset);
}

}  // namespace

struct Clock::Impl {
  Date date;
  const date::time_zone* zone;  // owned by the date library for the program's life
  LocalTime midnight;
  SystemTime zero;
};

Result<Clock> Clock::make(Date day, std::string_view zone_name) {
  const date::year_month_day ymd{date::year(day.year),
                                 date::month(static_cast<unsigned>(day.month)),
                                 date::day(static_cast<unsigned>(day.day))};
  const bool in_range = day.year >= 1 && day.year <= 9999 && day.month >= 1 && day.month <= 12 &&
                        day.day >= 1 && day.day <= 31;
  if (!in_range || !ymd.ok()) {
    return fail(Errc::bad_input, phrase("{:04}-{:02}-{:02} is not a date of the calendar", day.year,
                                        day.month, day.day));
  }
  const Result<const date::time_zone*> zone = find_zone(zone_name);
  if (!zone) return tl::unexpected<Error>(zone.error());
  const LocalTime midnight{date::local_days(ymd)};
  const Result<SystemTime> zero = resolve(**zone, midnight);
  if (!zero) return tl::unexpected<Error>(zero.error());
  return Clock(std::make_shared<const Impl>(Impl{day, *zone, midnight, *zero}));
}

Result<Time> Clock::at_wall_clock(std::int64_t us_of_day) const {
  if (us_of_day < 0 || us_of_day >= 2 * kDay_us) {
    return fail(Errc::bad_input, phrase("a clock time lies between 00:00:00 and 47:59:59"));
  }
  const Result<SystemTime> instant =
      resolve(*impl_->zone, impl_->midnight + microseconds(us_of_day));
  if (!instant) return tl::unexpected<Error>(instant.error());
  return Time{(*instant - impl_->zero).count()};
}

std::string Clock::wall_clock(Time time, int decimals) const {
  DEFILADA_CHECK(decimals >= 0 && decimals <= 6);
  std::int64_t unit_us = kSecond_us;
  for (int i = 0; i < decimals; ++i) unit_us /= 10;
  const SystemTime instant = rounded(impl_->zero + microseconds(time.us), microseconds(unit_us));
  const LocalTime wall = impl_->zone->to_local(instant);
  const std::int64_t us = (wall - impl_->midnight).count();
  const Fields f = fields_of(std::abs(us));
  std::string text =
      fmt::format("{}{:02}:{:02}:{:02}", us < 0 ? "-" : "", f.hours, f.minutes, f.seconds);
  if (decimals > 0) text += fmt::format(".{:0{}}", f.us / unit_us, decimals);
  return text;
}

std::string Clock::iso8601(Time time) const {
  const SystemTime instant =
      rounded(impl_->zero + microseconds(time.us), microseconds(kSecond_us / 1000));
  const date::sys_info info = impl_->zone->get_info(instant);
  const LocalTime wall(instant.time_since_epoch() + info.offset);
  const auto day = date::floor<date::days>(wall);
  const Fields f = fields_of((wall - day).count());
  std::string text =
      fmt::format("{}T{:02}:{:02}:{:02}", date_text(day), f.hours, f.minutes, f.seconds);
  if (f.us != 0) text += fmt::format(".{:03}", f.us / 1000);
  return text + offset_text(info.offset);
}

Date Clock::date() const noexcept {
  return impl_->date;
}
std::string_view Clock::zone() const noexcept {
  return impl_->zone->name();
}

}  // namespace defilada
