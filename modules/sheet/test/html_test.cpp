// SPDX-License-Identifier: MIT
#include "../src/html.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <regex>
#include <set>
#include <sstream>

#include "defilada/core/file.hpp"
#include "defilada/sheet/run_sheet.hpp"
#include "inspect.hpp"
#include "source_dir.hpp"

namespace defilada::sheet {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string html_of(const fixture::Event& event) {
  return run_sheet_html(event.show, event.plan, event.sources);
}

/// All matches of the first group.
std::vector<std::string> matches(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it) {
    found.push_back((*it)[1]);
  }
  return found;
}

/// The page cut into its tags and what stands between them, in turns.
struct Cut {
  std::vector<std::string> tags;
  std::string text;  ///< with spaces for the tags
};

Cut cut(const std::string& html) {
  Cut cut;
  for (std::size_t at = html.find("</head>"); at < html.size();) {
    const std::size_t open = std::min(html.find('<', at), html.size());
    cut.text += html.substr(at, open - at) + " ";
    const std::size_t close = std::min(html.find('>', open), html.size());
    if (open < html.size()) cut.tags.push_back(html.substr(open, close - open + 1));
    at = close + 1;
  }
  return cut;
}

/// What stands between the tags, with the characters that were escaped.
std::string visible_text(const std::string& html) {
  std::string text = cut(html).text;
  for (const auto& [code, character] : std::vector<std::pair<std::string, std::string>>{
           {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}) {
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t found = std::min(text.find(code, at), text.size());
      plain += text.substr(at, found - at);
      if (found < text.size()) plain += character;
      at = found + code.size();
    }
    text = plain;
  }
  return text;
}

/// The names of a tag's attributes, each with a space before and an equals sign behind.
std::string attribute_names(const std::string& tag) {
  std::string names;
  bool quoted = false;
  for (const char c : tag) {
    if (c == '"') quoted = !quoted;
    if (!quoted && c != '"') names += c;
  }
  return names;
}

void expect_golden(const std::string& name, const std::string& html) {
  const auto path = std::filesystem::path(test::source_dir()) / "tests/golden" / name;
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    ASSERT_TRUE(write_file_atomically(path, html).has_value());
    return;
  }
  const auto actual = inspect::scratch(name);
  inspect::write(actual, html);
  const inspect::Ran diff =
      inspect::run("diff -u '" + path.string() + "' '" + actual.string() + "' | head -60");
  EXPECT_EQ(diff.output, "") << "UPDATE_GOLDEN=1 accepts it";
}

TEST(Html, is_as_it_was) {
  expect_golden("sheet-parade.html", html_of(fixture::parade()));
  expect_golden("sheet-impossible.html", html_of(fixture::impossible()));
}

TEST(Html, says_no_total_of_contingents_under_who_are_none) {
  fixture::Event event = fixture::parade();
  EXPECT_THAT(html_of(event), Not(HasSubstr("0 contingents")));
  for (show::Procession& each : event.show.processions) each.counted = false;
  const std::string html = html_of(event);
  EXPECT_THAT(html.substr(html.find("id=\"order\"")), Not(HasSubstr("0 contingents")));
  EXPECT_THAT(visible_text(html), HasSubstr("Total"));
}

TEST(Html, is_well_formed_whatever_the_show_holds) {
  for (const fixture::Event& event :
       {fixture::parade(), fixture::impossible(), fixture::hostile(), fixture::large(20)}) {
    const auto path = inspect::scratch("page.html");
    inspect::write(path, html_of(event));
    const inspect::Ran xmllint = inspect::run("xmllint --noout '" + path.string() + "'");
    EXPECT_EQ(xmllint.status, 0) << xmllint.output;
  }
}

TEST(Html, each_drawing_is_a_well_formed_svg_with_real_text) {
  const std::string html = html_of(fixture::parade());
  std::size_t drawings = 0;
  for (std::size_t begin = html.find("<figure><svg"); begin != std::string::npos;
       begin = html.find("<figure><svg", begin + 1)) {
    const std::string svg = html.substr(begin + 8, html.find("</figure>", begin) - begin - 8);
    const auto path = inspect::scratch("drawing.svg");
    inspect::write(path, svg.substr(0, svg.rfind("</svg>") + 6));
    EXPECT_EQ(inspect::run("xmllint --noout '" + path.string() + "'").status, 0);
    EXPECT_THAT(svg, HasSubstr("viewBox=\"0 0 "));
    EXPECT_THAT(svg, HasSubstr("role=\"img\""));
    EXPECT_THAT(svg, HasSubstr("<title id="));
    EXPECT_THAT(svg, HasSubstr("</text>"));
    ++drawings;
  }
  EXPECT_EQ(drawings, 14U) << "three maps, a formation a card, one flypast, two diagrams";
}

TEST(Html, asks_nobody_and_runs_nothing) {
  for (const fixture::Event& event :
       {fixture::parade(), fixture::impossible(), fixture::hostile()}) {
    const std::string html = html_of(event);
    for (const char* part :
         {"<script", "<link", "<iframe", "<img", "<object", "<embed", "@import", "url("}) {
      EXPECT_THAT(html, Not(HasSubstr(part)));
    }
    for (const std::string& tag : cut(html).tags) {
      for (const char* name : {" on", " src=", " srcset=", " data=", " action="}) {
        EXPECT_THAT(attribute_names(tag), Not(HasSubstr(name)));
      }
    }
    for (const std::string& target : matches(html, "href=\"([^\"]*)\"")) {
      EXPECT_TRUE(target.front() == '#' || target.rfind("https://example.org/", 0) == 0) << target;
    }
    EXPECT_EQ(inspect::count(html, "<style"), 1U);
    EXPECT_THAT(html, HasSubstr("default-src 'none'"));
  }
}

TEST(Html, links_lead_somewhere_and_ids_are_unique) {
  for (const fixture::Event& event :
       {fixture::parade(), fixture::impossible(), fixture::hostile()}) {
    const std::string html = html_of(event);
    std::set<std::string> ids;
    for (const std::string& id : matches(html, " id=\"([^\"]*)\"")) {
      EXPECT_TRUE(ids.insert(id).second) << id;
    }
    for (const std::string& target : matches(html, "href=\"#([^\"]*)\"")) {
      EXPECT_TRUE(ids.contains(target)) << target;
    }
    for (const std::string& names : matches(html, "aria-labelledby=\"([^\"]*)\"")) {
      EXPECT_TRUE(ids.contains(names.substr(0, names.find(' '))));
    }
  }
}

TEST(Html, tells_every_contingent_and_every_time) {
  const fixture::Event event = fixture::parade();
  const std::string text = visible_text(html_of(event));
  const auto clock = [&](Time time) { return event.show.clock.wall_clock(time); };
  for (std::uint32_t i = 0; i < event.show.contingents.size(); ++i) {
    const plan::ContingentPlan& timed = event.plan.contingents[i];
    EXPECT_THAT(text, HasSubstr(event.show.contingents[i].label.en()));
    for (const plan::Crossing& crossing : timed.crossings) {
      EXPECT_THAT(text, HasSubstr(clock(crossing.head)));
      EXPECT_THAT(text, HasSubstr(clock(crossing.tail)));
    }
    for (const auto& time : {timed.forms_up, timed.steps_off, timed.disperses, timed.over_target}) {
      if (time) {
        EXPECT_THAT(text, HasSubstr(clock(*time)));
      }
    }
  }
  for (const plan::ItemPlan& item : event.plan.items) {
    EXPECT_THAT(text, HasSubstr(clock(item.start)));
    EXPECT_THAT(text, HasSubstr(clock(item.end)));
    EXPECT_THAT(text, HasSubstr(event.show[item.item].label.en()));
  }
}

TEST(Html, tells_findings_figures_sources_and_what_is_said) {
  const std::string text = visible_text(html_of(fixture::parade()));
  for (const char* part : {"The gap between army and information support shrinks to 11.2 m",
                           "step off 8 s later",
                           "shows/small/show.yaml:14:1",
                           "movement.outer-file-pace",
                           "Errors (1)",
                           "Warnings (1)",
                           "Notes (1)",
                           "headway of foot blocks",
                           "Calibrated",
                           "Identity",
                           "Predicted",
                           "\u221228 min",
                           "live blog, two stamps",
                           "7 m × 3.4 m",
                           "Assumed",
                           "“Welcome, all who came.”",
                           "host to guests:",
                           "80 shots, one each 3.78\u00A0s",
                           "first\u00A0time\u00A02025",
                           "1 × DF-61",
                           "14 × 25 + 2",
                           "9 + 12 × 17",
                           "vic of 3",
                           "80\u202F000 doves",
                           "doves start when the tail of strategic has cleared the end line",
                           "The programme holds."}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, Not(HasSubstr("told once is enough")));
}

TEST(Html, marks_what_is_critical_by_more_than_colour) {
  const fixture::Event event = fixture::parade();
  std::size_t critical = 0;
  for (const plan::ItemPlan& item : event.plan.items) critical += item.critical ? 1 : 0;
  const std::string html = html_of(event);
  const std::string programme =
      html.substr(html.find("<section id=\"programme\""),
                  html.find("<section id=\"order\"") - html.find("<section id=\"programme\""));
  EXPECT_EQ(inspect::count(programme, "<tr class=\"mark\">"), critical);
  EXPECT_EQ(inspect::count(programme, "<span class=\"tag\">critical</span>"), critical);
}

TEST(Html, says_first_that_a_programme_cannot_hold) {
  const fixture::Event event = fixture::impossible();
  const std::string html = html_of(event);
  const std::string text = visible_text(html);
  EXPECT_LT(html.find("This programme cannot hold."), html.find("<dl class=\"key\">"));
  EXPECT_LT(html.find("id=\"conflicts\""), html.find("id=\"order\""));
  for (const plan::Conflict& conflict : event.plan.conflicts) {
    for (const plan::ConflictLine& line : conflict.statements)
      EXPECT_THAT(text, HasSubstr(line.text));
    for (const Fix& fix : conflict.fixes) EXPECT_THAT(text, HasSubstr(fix.text));
  }
  for (const char* part :
       {"Short by 1\u00A0min\u00A015\u00A0s", "22\u00A0min\u00A015\u00A0s",
        "\u22121\u00A0min\u00A015\u00A0s", "shows/small/show.yaml:20:1", "movement"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(html, Not(HasSubstr("id=\"programme\"")));
  EXPECT_THAT(html, Not(HasSubstr("class=\"time\""))) << "no time that would not hold";
}

TEST(Html, shows_hostile_texts_as_texts) {
  const fixture::Event event = fixture::hostile();
  const std::string text = visible_text(html_of(event));
  EXPECT_THAT(text, HasSubstr("<script>alert('x')</script>\" onload=\"y & Święto \uFFFDevil"));
  for (const char* name :
       {"Żołnierze Wojska Polskiego ąęśćłóżźń", "徒步方队 国旗护卫队", "قوات الدفاع الجوي",
        "bytes \uFFFD\uFFFD\uFFFD not text", "]]> --> salute & <line>"}) {
    EXPECT_THAT(text, HasSubstr(name));
  }
  EXPECT_THAT(text, HasSubstr(std::string(400, 'W'))) << "nothing is cut in a table";
}

TEST(Html, is_the_same_for_the_same_plan) {
  EXPECT_EQ(html_of(fixture::parade()), html_of(fixture::parade()));
  EXPECT_EQ(html_of(fixture::hostile()), html_of(fixture::hostile()));
}

TEST(Html, counts_add_up) {
  // By hand: 213 + 352 + 352 marchers, 201 band, 4 x 3 crews, 5 x 2 pilots.
  const std::string html = html_of(fixture::parade());
  const std::string counts = html.substr(html.find("<h3 id=\"counts\""));
  EXPECT_THAT(counts,
              HasSubstr("<td>joint</td><td class=\"e n\">1</td><td class=\"e n\">414</td>"));
  EXPECT_THAT(counts, HasSubstr("<td>army</td><td class=\"e n\">4</td><td class=\"e n\">368</td>"
                                "<td class=\"e n\">2</td><td class=\"e n\">5</td>"));
  EXPECT_THAT(
      counts,
      HasSubstr("<tr class=\"total\"><td>Total</td><td class=\"e n\">7</td>"
                "<td class=\"e n\">1140</td><td class=\"e n\">4</td><td class=\"e n\">5</td>"));
}

TEST(Html, has_a_style_with_balanced_braces_and_an_ink_for_each_class) {
  const std::string style = html_style();
  EXPECT_EQ(inspect::count(style, "{"), inspect::count(style, "}"));
  const std::string html = html_of(fixture::parade());
  std::set<std::string> used;
  for (const std::string& tag : cut(html).tags) {
    const bool drawn = tag.rfind("<path", 0) == 0 || tag.rfind("<text", 0) == 0;
    const std::size_t at = tag.find(" class=\"");
    if (!drawn || at == std::string::npos) continue;
    std::istringstream classes(tag.substr(at + 8, tag.find('"', at + 8) - at - 8));
    for (std::string one; classes >> one;) used.insert(one);
  }
  for (const std::string& name : used) EXPECT_THAT(style, HasSubstr("." + name + "{")) << name;
  EXPECT_GE(used.size(), 8U);
}

TEST(Html, ShowsWhoComesNearWhomWhereItIsTold) {
  const fixture::Event event = fixture::parade();
  EXPECT_THAT(html_of(event), Not(HasSubstr("id=\"nearness\"")));
  plan::Nearness pair;
  pair.a = {0};
  pair.b = {1};
  pair.wanted_m = 0.5;
  pair.lower_m = pair.upper_m = 0.62;
  pair.t_s = event.plan.start.seconds() + 60;
  pair.curve = {{pair.t_s - 30, 4}, {pair.t_s, 0.62}, {pair.t_s + 30, 5}};
  SheetOptions options;
  options.nearness = {pair};
  const std::string html = run_sheet_html(event.show, event.plan, event.sources, options);
  EXPECT_THAT(html, HasSubstr("id=\"nearness\""));
  EXPECT_THAT(html, HasSubstr("nearness-drawing"));
  EXPECT_THAT(visible_text(html), HasSubstr("0.62\u00A0m"));
  options.language = "pl";
  EXPECT_THAT(visible_text(run_sheet_html(event.show, event.plan, event.sources, options)),
              HasSubstr("Kto zbliża się do kogo"));
}

}  // namespace
}  // namespace defilada::sheet
