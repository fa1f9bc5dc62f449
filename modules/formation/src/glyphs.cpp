// SPDX-License-Identifier: MIT
#include "glyphs.hpp"

#include <array>
#include <cstddef>

namespace defilada::formation {
namespace {

// Our own stroke font. Digits are 0.6 wide and open, so that a dozen slots read as the number.
// Where two lines meet they meet steeply (the waist of 8 is a crossing, not two circles touching):
// slots on both sides of a narrow angle would be near each other and cost scale.
// "1" is a bare stem, as in the published "100" of 5 + 12 + 12; "I" has serifs to differ from it.
constexpr std::array<std::string_view, 10> kDigits = {
    /* 0 */ "A .3 .7 .3 .3 90 180 A .3 .3 .3 .3 180 360 A .3 .7 .3 .3 0 90 Z",
    /* 1 */ "M 0 1 L 0 0",
    /* 2 */ "A .3 .7 .3 .3 180 -46.4 L 0 0 L .6 0",
    /* 3 */ "A .29 .76 .27 .24 160 -75 A .3 .2667 .3 .2667 78.5 -160",
    /* 4 */ "M .42 1 L 0 .3 L .42 .3 L .62 .3 M .42 1 L .42 .3 L .42 0",
    /* 5 */ "M .55 1 L .1 1 L .0702 .5093 A .3 .31 .3 .31 140 -150",
    /* 6 */ "A .62 .3 .62 .7246 105 180 A .3 .3 .3 .3 180 540",
    /* 7 */ "M 0 1 L .6 1 L .2 0",
    /* 8 */ "M .3 .528 A .3 .7855 .26 .2145 -56.4 236.4 L .3 .528 A .3 .24 .3 .24 56.4 -236.4 Z",
    /* 9 */ "A -.02 .7 .62 .7246 -75 0 A .3 .7 .3 .3 0 360",
};

constexpr std::array<std::string_view, 26> kLetters = {
    /* A */ "M 0 0 L .126 .35 L .36 1 L .594 .35 L .72 0 M .126 .35 L .594 .35",
    /* B */
    "M 0 1 L .33 1 A .33 .765 .25 .235 90 -90 L 0 .53 "
    "M 0 1 L 0 .53 L 0 0 L .33 0 A .33 .265 .28 .265 -90 90",
    /* C */ "A .4 .5 .4 .5 48 312",
    /* D */ "M 0 0 L 0 1 L .25 1 A .25 .5 .42 .5 90 -90 Z",
    /* E */ "M .55 1 L 0 1 L 0 .5 L 0 0 L .55 0 M 0 .5 L .48 .5",
    /* F */ "M .55 1 L 0 1 L 0 .5 L 0 0 M 0 .5 L .46 .5",
    /* G */ "A .4 .5 .4 .5 48 352 L .42 .43",
    /* H */ "M 0 0 L 0 .5 L 0 1 M .6 0 L .6 .5 L .6 1 M 0 .5 L .6 .5",
    /* I */ "M 0 1 L .22 1 L .44 1 M .22 1 L .22 0 M 0 0 L .22 0 L .44 0",
    /* J */ "M .5 1 L .5 .27 A .23 .27 .27 .27 0 -170",
    /* K */ "M 0 0 L 0 .5 L 0 1 M .6 1 L 0 .5 L .6 0",
    /* L */ "M 0 1 L 0 0 L .55 0",
    /* M */ "M 0 0 L 0 1 L .4 .3 L .8 1 L .8 0",
    /* N */ "M 0 0 L 0 1 L .65 0 L .65 1",
    /* O */ "A .42 .5 .42 .5 90 450 Z",
    /* P */ "M 0 0 L 0 .47 L 0 1 L .32 1 A .32 .735 .28 .265 90 -90 L 0 .47",
    /* Q */ "A .42 .5 .42 .5 -40 320 Z M .604 .387 L .7417 .1786 L .86 0",
    /* R */ "M 0 0 L 0 .47 L 0 1 L .32 1 A .32 .735 .28 .265 90 -90 L 0 .47 M .32 .47 L .62 0",
    /* S */ "A .31 .755 .28 .245 30 270 A .31 .255 .31 .255 90 -150",
    /* T */ "M 0 1 L .33 1 L .66 1 M .33 1 L .33 0",
    /* U */ "M 0 1 L 0 .3 A .3 .3 .3 .3 180 360 L .6 1",
    /* V */ "M 0 1 L .35 0 L .7 1",
    /* W */ "M 0 1 L .25 0 L .5 .75 L .75 0 L 1 1",
    /* X */ "M 0 1 L .32 .5 L .64 0 M .64 1 L .32 .5 L 0 0",
    /* Y */ "M 0 1 L .33 .45 L .66 1 M .33 .45 L .33 0",
    /* Z */ "M 0 1 L .6 1 L 0 0 L .6 0",
};

}  // namespace

std::optional<std::string_view> glyph_path(char character) noexcept {
  if (character >= '0' && character <= '9') {
    return kDigits[static_cast<std::size_t>(character - '0')];
  }
  if (character >= 'A' && character <= 'Z') {
    return kLetters[static_cast<std::size_t>(character - 'A')];
  }
  if (character == ' ') return "";
  return std::nullopt;
}

}  // namespace defilada::formation
