// SPDX-License-Identifier: MIT
#include "cue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "cue_words.hpp"
#include "defilada/core/suggest.hpp"

namespace defilada::show {
namespace {

using What = CueRef::What;
using Passes = CueRef::Passes;

Phrase grammar() {
  return phrase(
      "'head of CONTINGENT crosses STATION' (or tail, rank N; clears, over), 'CONTINGENT passes "
      "CONTINGENT', 'CONTINGENT opens order starts' (or another evolution; ends), 'ITEM starts' or "
      "'ITEM ends'");
}
Phrase verbs() {
  return phrase("crosses, clears or over");
}

class Parser {
 public:
  Parser(std::string_view text, What bare, const KnownNames& known)
      : text_(text), words_(split_words(text)), bare_(bare), known_(known) {}

  CueParse parse() {
    read_passage();
    read_meeting();
    read_evolution();
    read_item();
    if (parse_.readings.size() > 1) {
      ambiguous();
    } else if (parse_.readings.empty()) {
      explain();
    }
    return std::move(parse_);
  }

 private:
  // The words [begin, end) as a text, and their place.
  [[nodiscard]] std::string_view part(std::size_t begin, std::size_t end) const {
    if (begin >= end) return {};
    const TextRange range = place(begin, end);
    return text_.substr(range.begin, range.end - range.begin);
  }
  [[nodiscard]] TextRange place(std::size_t begin, std::size_t end) const {
    if (begin >= end) return {0, text_.size()};
    return {words_[begin].begin, words_[end - 1].begin + words_[end - 1].text.size()};
  }

  CueFault& fault(TextRange where, std::string code, Phrase message, Phrase expected = {},
                  std::string suggestion = {}) {
    parse_.faults.push_back({where,
                             std::move(code),
                             std::move(message),
                             std::move(expected),
                             std::move(suggestion),
                             {}});
    return parse_.faults.back();
  }

  // ---- readings

  [[nodiscard]] const Name* find(std::size_t begin, std::size_t end, Named what) const {
    if (begin >= end) return nullptr;
    const Name* name = known_.names.find(part(begin, end));
    return name != nullptr && name->what == what ? name : nullptr;
  }

  struct Opening {
    What what;
    int rank;
    std::size_t after;  ///< index of the first word behind `of`
  };

  [[nodiscard]] std::optional<Opening> opening() const {
    if (words_.size() >= 2 && words_[1].text == "of") {
      if (words_[0].text == "head") return Opening{What::head, 0, 2};
      if (words_[0].text == "tail") return Opening{What::tail, 0, 2};
    }
    if (words_.size() >= 3 && words_[0].text == "rank" && words_[2].text == "of") {
      if (const auto rank = rank_number(words_[1].text)) return Opening{What::rank, *rank, 3};
    }
    return std::nullopt;
  }

  /// All contingents that the words name: one at most by name, one at most by its place.
  [[nodiscard]] std::vector<ContingentId> contingents(std::size_t begin, std::size_t end) const {
    std::vector<ContingentId> found;
    if (const Name* name = find(begin, end, Named::contingent)) found.push_back({name->index});
    if (const Name* procession = placed(begin, end)) {
      const auto& order = known_.show.processions[procession->index].order;
      const bool first = words_[begin].text == "first";
      found.push_back(order.empty() ? ContingentId{} : first ? order.front() : order.back());
    }
    return found;
  }

  /// "first of PROCESSION", "last of PROCESSION".
  [[nodiscard]] const Name* placed(std::size_t begin, std::size_t end) const {
    if (!is_place(begin, end)) return nullptr;
    return find(begin + 2, end, Named::procession);
  }
  [[nodiscard]] bool is_place(std::size_t begin, std::size_t end) const {
    return begin + 2 < end && words_[begin + 1].text == "of" &&
           (words_[begin].text == "first" || words_[begin].text == "last");
  }

  void read_passage() {
    const auto start = opening();
    if (!start) return;
    for (std::size_t v = start->after + 1; v + 1 < words_.size(); ++v) {
      const auto passes = passes_of(words_[v].text);
      const Name* station = passes ? find(v + 1, words_.size(), Named::station) : nullptr;
      if (station == nullptr) continue;
      for (const ContingentId contingent : contingents(start->after, v)) {
        CueReading reading;
        reading.ref.what = start->what;
        reading.ref.rank = start->rank;
        reading.ref.contingent = contingent;
        reading.ref.passes = *passes;
        reading.ref.station = {station->index};
        reading.subject = place(start->after, v);
        reading.verb = place(v, v + 1);
        reading.station = place(v + 1, words_.size());
        if (start->what == What::rank) reading.rank = place(1, 2);
        parse_.readings.push_back(std::move(reading));
      }
    }
  }

  /// "review party passes navy", "review party passes navy again".
  void read_meeting() {
    for (std::size_t v = 1; v + 1 < words_.size(); ++v) {
      if (words_[v].text != "passes") continue;
      for (const bool again : {false, true}) {
        const std::size_t end = words_.size() - (again ? 1 : 0);
        if (again && words_.back().text != "again") continue;
        for (const ContingentId contingent : contingents(0, v)) {
          for (const ContingentId passed : contingents(v + 1, end)) {
            CueReading reading;
            reading.ref.what = What::abeam;
            reading.ref.contingent = contingent;
            reading.ref.passed = passed;
            reading.ref.again = again;
            reading.subject = place(0, v);
            reading.verb = place(v, v + 1);
            reading.station = place(v + 1, end);
            parse_.readings.push_back(std::move(reading));
          }
        }
      }
    }
  }

  /// "navy opens order starts", "navy wheels again ends", "navy forms line".
  void read_evolution() {
    std::size_t end = words_.size();
    What what = bare_ == What::item_ends ? What::evolution_ends : What::evolution_starts;
    if (end < 2) return;
    const std::string_view last = words_.back().text;
    if (last == "starts" || last == "ends") {
      what = last == "starts" ? What::evolution_starts : What::evolution_ends;
      --end;
    }
    for (const bool again : {false, true}) {
      if (again && (end < 2 || words_[end - 1].text != "again")) continue;
      const std::size_t verb_end = again ? end - 1 : end;
      for (const Evolution::What each : kEvolutions) {
        const std::size_t length = split_words(verb_of(each)).size();
        if (verb_end < length + 1) continue;
        const std::size_t begin = verb_end - length;
        if (collapsed(part(begin, verb_end)) != verb_of(each)) continue;
        for (const ContingentId contingent : contingents(0, begin)) {
          CueReading reading;
          reading.ref.what = what;
          reading.ref.contingent = contingent;
          reading.ref.again = again;
          reading.evolution = each;
          reading.subject = place(0, begin);
          reading.verb = place(begin, verb_end);
          parse_.readings.push_back(std::move(reading));
        }
      }
    }
  }

  [[nodiscard]] const std::vector<ItemId>& items_of(ProcessionId procession) const {
    return known_.items_of_procession[procession.value];
  }

  [[nodiscard]] std::optional<ItemId> item(std::size_t end) const {
    if (const Name* name = find(0, end, Named::item)) return ItemId{name->index};
    const Name* procession = find(0, end, Named::procession);
    if (procession == nullptr) return std::nullopt;
    const auto& items = items_of({procession->index});
    return items.size() == 1 ? std::optional(items.front()) : std::nullopt;
  }

  void read_item() {
    const std::size_t n = words_.size();
    if (n == 0) return;
    if (const auto whole = item(n)) add_item(*whole, bare_, n);
    const std::string_view last = words_.back().text;
    if (n < 2 || (last != "starts" && last != "ends")) return;
    const What what = last == "starts" ? What::item_starts : What::item_ends;
    if (const auto named = item(n - 1)) add_item(*named, what, n - 1);
  }

  void add_item(ItemId id, What what, std::size_t end) {
    CueReading reading;
    reading.ref.what = what;
    reading.ref.item = id;
    reading.subject = place(0, end);
    parse_.readings.push_back(std::move(reading));
  }

  // ---- faults

  [[nodiscard]] Phrase told(const CueReading& reading) const {
    const auto words = [&](TextRange r) {
      return in_quotes(text_.substr(r.begin, r.end - r.begin));
    };
    switch (reading.ref.what) {
      case What::item_starts: return phrase("the start of item {}", words(reading.subject));
      case What::item_ends: return phrase("the end of item {}", words(reading.subject));
      case What::abeam:
        return phrase("contingent {} as it passes {}", words(reading.subject),
                      words(reading.station));
      case What::evolution_starts:
      case What::evolution_ends:
        return phrase("contingent {} that {}", words(reading.subject), verb_of(reading.evolution));
      default:
        return phrase("contingent {} at station {}", words(reading.subject),
                      words(reading.station));
    }
  }

  void ambiguous() {
    CueFault& two = fault({0, text_.size()}, "show.cue-ambiguous",
                          phrase("this cue can be read as {}, or as {}", told(parse_.readings[0]),
                                 told(parse_.readings[1])),
                          phrase("names that cannot be taken for one another"));
    for (const CueReading& reading : parse_.readings) {
      const Name* name = known_.names.find(
          text_.substr(reading.subject.begin, reading.subject.end - reading.subject.begin));
      if (name != nullptr) two.notes.push_back({phrase("one is defined here"), name->span});
    }
  }

  void explain() {
    if (words_.empty()) {
      fault({0, text_.size()}, "show.cue", phrase("an empty cue"), grammar());
    } else if (const auto start = opening()) {
      explain_passage(start->after);
    } else if (!explain_opening()) {
      explain_item();
    }
  }

  /// The split at a verb in which most is right; nothing if there is no verb.
  [[nodiscard]] std::optional<std::size_t> best_verb(std::size_t begin) const {
    std::optional<std::size_t> best;
    int most = -1;
    for (std::size_t v = begin; v < words_.size(); ++v) {
      if (!passes_of(words_[v].text)) continue;
      const int right = (contingents(begin, v).empty() ? 0 : 1) +
                        (find(v + 1, words_.size(), Named::station) == nullptr ? 0 : 1);
      if (right > most) best = v;
      most = std::max(most, right);
    }
    return best;
  }

  void explain_passage(std::size_t begin) {
    const std::size_t n = words_.size();
    if (begin == n) {
      fault({0, text_.size()}, "show.cue", phrase("the cue ends before its contingent"), grammar());
      return;
    }
    const auto at = best_verb(begin);
    if (!at) {
      no_verb(begin);
      return;
    }
    if (*at == begin) {
      fault(place(begin, begin + 1), "show.cue",
            phrase("a contingent's name is missing before this word"), grammar());
    } else if (contingents(begin, *at).empty()) {
      unknown_contingent(begin, *at);
    }
    if (*at + 1 == n) {
      fault(place(*at, n), "show.cue", phrase("{} needs a station", in_quotes(words_[*at].text)),
            grammar());
    } else if (find(*at + 1, n, Named::station) == nullptr) {
      unknown(*at + 1, n, Named::station, {Named::station});
    }
  }

  void no_verb(std::size_t begin) {
    for (std::size_t v = begin + 1; v + 1 < words_.size(); ++v) {
      if (const std::string meant = meant_verb(words_[v].text); !meant.empty()) {
        fault(place(v, v + 1), "show.cue-verb",
              phrase("{} is no verb of a cue", in_quotes(words_[v].text)), verbs(), meant);
        return;
      }
    }
    const std::string_view rest = part(begin, words_.size());
    fault(place(begin, words_.size()), "show.cue-verb",
          phrase("nothing says what {} does, and where", in_quotes(rest)),
          phrase("{}, and a station", verbs()));
  }

  void unknown_contingent(std::size_t begin, std::size_t end) {
    if (is_place(begin, end)) {
      unknown(begin + 2, end, Named::procession, {Named::procession});
    } else {
      unknown(begin, end, Named::contingent, {Named::contingent});
    }
  }

  /// A name that is not declared, or stands for something else.
  void unknown(std::size_t begin, std::size_t end, Named wanted,
               std::initializer_list<Named> candidates) {
    const std::string_view written = part(begin, end);
    const Name* other = known_.names.find(written);
    if (other != nullptr) {
      CueFault& wrong = fault(place(begin, end), "show.cue-name-is",
                              phrase("{} is {}, not {}", in_quotes(written),
                                     with_article(other->what), with_article(wanted)),
                              instead(wanted, *other));
      wrong.notes.push_back({phrase("defined here"), other->span});
      return;
    }
    fault(place(begin, end), "show.unknown-name",
          phrase("there is no {} {}", noun(wanted), in_quotes(written)), {},
          known_.names.nearest(written, candidates));
  }

  [[nodiscard]] static Phrase instead(Named wanted, const Name& other) {
    if (wanted == Named::contingent && other.what == Named::procession) {
      return phrase("a contingent: 'first of {0}' or 'last of {0}'", other.text);
    }
    return {};
  }

  /// A text that seems to be meant as a passage, but does not begin as one.
  bool explain_opening() {
    const std::string_view first = words_[0].text;
    const bool of = words_.size() > 1 && words_[1].text == "of";
    static const std::array<std::string, 3> kKeywords{"head", "tail", "rank"};
    if (first == "rank" && words_.size() > 1) {
      return explain_rank();
    }
    if (of) {
      fault(place(0, 1), "show.cue", phrase("{} is no part of a contingent", in_quotes(first)),
            phrase("head, tail or rank N"), nearest(first, kKeywords));
      return true;
    }
    if ((first == "head" || first == "tail") && words_.size() > 1) {
      fault(place(0, 1), "show.cue", phrase("'{}' without 'of'", first), grammar());
      return true;
    }
    return explain_bare_contingent();
  }

  bool explain_rank() {
    if (words_.size() > 2 && words_[2].text == "of") {
      fault(place(1, 2), "show.cue-rank",
            phrase("{} is no number of a rank", in_quotes(words_[1].text)),
            phrase("a whole number from 1, the front rank"));
    } else {
      fault(place(0, 1), "show.cue", phrase("'rank' without its number and 'of'"), grammar());
    }
    return true;
  }

  /// "navy crosses salute line".
  bool explain_bare_contingent() {
    for (std::size_t v = 1; v < words_.size(); ++v) {
      if (!passes_of(words_[v].text) || contingents(0, v).empty()) continue;
      fault(place(0, v), "show.cue",
            phrase("nothing says which part of {} is meant", in_quotes(part(0, v))),
            phrase("head of, tail of or rank N of"), fmt::format("head of {}", collapsed(text_)));
      return true;
    }
    return false;
  }

  void explain_item() {
    const std::size_t n = words_.size();
    const std::string_view last = words_.back().text;
    static const std::array<std::string, 2> kEnds{"starts", "ends"};
    const std::string meant = n < 2 || last.size() < 3 ? std::string{} : nearest(last, kEnds);
    if (n > 1 && last != "starts" && last != "ends" && item(n - 1)) {
      fault(place(n - 1, n), "show.cue-verb",
            phrase("{} is no instant of an item", in_quotes(last)), phrase("starts or ends"),
            meant);
      return;
    }
    const std::size_t end = meant.empty() ? n : n - 1;
    const Name* other = known_.names.find(part(0, end));
    if (other == nullptr) {
      unknown_item(end);
    } else if (other->what == Named::procession) {
      idle_or_shared(*other, end);
    } else {
      fault(place(0, end), "show.cue-name-is",
            phrase("{} is {}, not an item", in_quotes(other->text), with_article(other->what)),
            other->what == Named::contingent
                ? phrase("an instant of it, as 'head of {} crosses STATION'", other->text)
                : grammar())
          .notes.push_back({phrase("defined here"), other->span});
    }
  }

  void unknown_item(std::size_t end) {
    const std::string_view written = part(0, end);
    const std::string suggestion = known_.names.nearest(written, {Named::item, Named::procession});
    fault(place(0, end), "show.unknown-name",
          phrase("there is no item {} in the programme", in_quotes(written)),
          suggestion.empty() ? grammar() : Phrase(), suggestion);
  }

  void idle_or_shared(const Name& procession, std::size_t end) {
    const auto& items = items_of({procession.index});
    CueFault& wrong = fault(
        place(0, end), "show.cue-procession",
        items.empty() ? phrase("no item of the programme runs {}", in_quotes(procession.text))
                      : phrase("{} is run by {} items", in_quotes(procession.text), items.size()),
        items.empty() ? phrase("an item with it as its march or flypast")
                      : phrase("one of them by name"));
    for (const ItemId id : items) {
      const Item& one = known_.show.items[id.value];
      wrong.notes.push_back({phrase("item {}", in_quotes(one.name)), one.span});
    }
  }

  std::string_view text_;
  std::vector<Word> words_;
  What bare_;
  const KnownNames& known_;
  CueParse parse_;
};

}  // namespace

CueParse parse_cue(std::string_view text, CueRef::What bare, const KnownNames& known) {
  if (text.size() > kCueLimit) {
    CueParse parse;
    parse.faults.push_back({{0, kCueLimit},
                            "show.cue",
                            phrase("a cue of more than {} bytes", kCueLimit),
                            grammar(),
                            {},
                            {}});
    return parse;
  }
  return Parser(text, bare, known).parse();
}

}  // namespace defilada::show
