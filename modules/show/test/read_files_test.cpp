// SPDX-License-Identifier: MIT
// Reading from disk: where catalogues and GeoJSON are found, and that nothing outside is read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "defilada/core/file.hpp"
#include "defilada/show/names.hpp"
#include "show_reading.hpp"

namespace defilada::show {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kHead =
    "defilada: 1\ntitle: A\ndate: 2026-05-03\nzone: Europe/Warsaw\n"
    "site:\n  origin: {lat: 52.25, lon: 21.01}\n";
constexpr std::string_view kCatalogue =
    "defilada catalogue: 1\ngaits:\n  step: {pace: 0.7 m, cadence: 100 /min}\n";
constexpr std::string_view kLine =
    R"({"type": "Feature", "properties": {"name": "ring"},
        "geometry": {"type": "LineString", "coordinates": [[21.01, 52.25], [21.02, 52.25]]}})";

/// A folder for a test, with a show's folder in it; removed afterwards.
class Folder : public testing::Test {
 protected:
  void SetUp() override {
    root_ =
        fs::temp_directory_path() / ("defilada-read-" + std::to_string(::getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(root_);
    fs::create_directories(root_ / "parade");
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const fs::path& path, std::string_view text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }

  bool read(const fs::path& show, std::vector<fs::path> catalogues = {}) {
    Sources sources;
    Diagnostics diagnostics;
    inputs_.clear();
    ReadOptions options;
    for (const fs::path& each : catalogues) options.catalogues.push_back(root_ / each);
    auto found = read_show(root_ / show, options, sources, diagnostics, &inputs_);
    told_.clear();
    for (const Diagnostic& each : diagnostics.all()) told_ += render(each, sources, false);
    if (found) name_ = found->name;
    if (found && !found->site.routes.empty()) length_m_ = found->site.routes[0].geometry.length();
    return found.has_value();
  }

  fs::path root_;
  std::string told_;
  std::string name_;
  double length_m_ = 0;
  std::vector<InputFile> inputs_;
};

TEST_F(Folder, HoldsAShow) {
  write("parade/show.yaml", kHead);
  EXPECT_TRUE(read("parade")) << told_;
  EXPECT_EQ(name_, "parade");
  EXPECT_TRUE(read("parade/show.yaml")) << told_;
  EXPECT_EQ(name_, "parade");
  ASSERT_EQ(inputs_.size(), 1U);
  EXPECT_EQ(inputs_[0].name, "show.yaml");
  EXPECT_EQ(inputs_[0].hash, content_hash(kHead));
}

TEST_F(Folder, GivesWayToATextAtHand) {
  write("parade/show.yaml", kHead);
  const std::string shown = (root_ / "parade/show.yaml").string();
  Sources sources;
  Diagnostics diagnostics;
  ReadOptions options;
  options.instead[shown] = std::string(kHead) + "  roads: {}\n";
  EXPECT_FALSE(read_show(root_ / "parade", options, sources, diagnostics));
  options.instead[shown] = std::string(kHead) + "# tried before it is written\n";
  Diagnostics none;
  std::vector<InputFile> inputs;
  EXPECT_TRUE(read_show(root_ / "parade", options, sources, none, &inputs));
  EXPECT_EQ(inputs.at(0).hash, content_hash(options.instead[shown]));
}

TEST_F(Folder, NamesAShowByItsFile) {
  write("Grand Parade.yaml", kHead);
  EXPECT_TRUE(read("Grand Parade.yaml")) << told_;
  EXPECT_EQ(name_, "grand-parade");
}

TEST_F(Folder, MayBeMissing) {
  EXPECT_FALSE(read("nothing"));
  EXPECT_THAT(told_, HasSubstr("[show.unreadable]"));
  EXPECT_FALSE(read("parade")) << "no show.yaml in it";
  EXPECT_THAT(told_, HasSubstr("[show.unreadable]"));
}

TEST_F(Folder, FindsCataloguesBesideTheShowFirst) {
  write("parade/show.yaml", std::string(kHead) + "use: [foot]\n");
  EXPECT_FALSE(read("parade"));
  EXPECT_THAT(told_, HasSubstr("there is no catalogue 'foot'"));
  write("second/foot.yaml", "defilada catalogue: 2\n");
  EXPECT_FALSE(read("parade", {"first", "second"})) << "the second folder's is broken";
  write("first/foot.yaml", kCatalogue);
  EXPECT_TRUE(read("parade", {"first", "second"})) << told_;
  write("parade/foot.yaml", "defilada catalogue: 1\n");
  EXPECT_TRUE(read("parade", {"second"})) << told_;
  EXPECT_EQ(inputs_[1].hash, content_hash("defilada catalogue: 1\n"));
}

TEST_F(Folder, TellsOfMissingCataloguesOnceAndWhereTheyAreLookedFor) {
  fs::create_directories(root_ / "first");
  write("parade/show.yaml",
        std::string(kHead) +
            "use: [foot, vehicles]\n"
            "in place:\n"
            "  - band: {kind: foot/uk, block: {files: 2, ranks: 2, interval: 1 m, distance: 1 m}, "
            "place: [0 m, 0 m], facing: north}\n");
  EXPECT_FALSE(read("parade", {"first", "nowhere"}));
  EXPECT_THAT(told_, HasSubstr("there are no catalogues 'foot', 'vehicles' [show.catalogue]"));
  EXPECT_THAT(told_, HasSubstr("foot.yaml, vehicles.yaml in "));
  EXPECT_THAT(told_, HasSubstr("first'"));
  EXPECT_THAT(told_, HasSubstr("nowhere', which is not there"));
  EXPECT_THAT(told_, HasSubstr("--catalogue"));
  EXPECT_THAT(told_, Not(HasSubstr("foot/uk' ["))) << "its kinds are not there either";
  EXPECT_EQ(std::count(told_.begin(), told_.end(), '['), 2) << told_;
}

TEST(Names, AreSaidInTheLanguageOfAPageAndNothingElseChanges) {
  const std::string text =
      std::string(kHead) +
      "  routes:\n    street: {points: [[0 m, 0 m], [100 m, 0 m]], width: 9 m}\n"
      "  stations:\n    gate: {route: street, along: 50 m}\n    end: {route: street, along: 90 m}\n"
      "names:\n  pl: {street: ulica, gate: brama}\n";
  Sources sources;
  Diagnostics diagnostics;
  const auto show = read_show_text(text, "a", {}, sources, diagnostics);
  ASSERT_TRUE(show) << render(diagnostics.all().front(), sources, false);
  const Show polish = in_language(*show, "pl_PL.UTF-8");
  EXPECT_EQ(polish.site.routes[0].name, "ulica");
  EXPECT_EQ(polish.site.stations[0].name, "brama");
  EXPECT_EQ(polish.site.stations[1].name, "end") << "what has no name there keeps its own";
  EXPECT_EQ(polish.site.stations[0].s_m, show->site.stations[0].s_m);
  for (const char* other : {"en", "de", ""}) {
    EXPECT_EQ(in_language(*show, other).site.routes[0].name, "street") << other;
  }
  std::vector<std::string> all;
  for_each_name(*show, [&](const std::string& name) { all.push_back(name); });
  EXPECT_THAT(all, testing::UnorderedElementsAre("street", "gate", "end"));
}

TEST_F(Folder, ReadsGeoJsonBelowIt) {
  write("parade/show.yaml",
        std::string(kHead) + "  routes:\n    ring: {geojson: maps/city.geojson, feature: ring}\n");
  write("parade/maps/city.geojson", kLine);
  ASSERT_TRUE(read("parade")) << told_;
  EXPECT_NEAR(length_m_, 682.8, 0.5) << "a hundredth of a degree of longitude";
  ASSERT_EQ(inputs_.size(), 2U);
  EXPECT_EQ(inputs_[1].name, "maps/city.geojson");
}

TEST_F(Folder, ReadsAGeoJsonFileOnce) {
  write("parade/show.yaml", std::string(kHead) +
                                "  routes:\n    a: {geojson: city.geojson, feature: ring}\n"
                                "    b: {geojson: city.geojson, feature: ring}\n");
  write("parade/city.geojson", kLine);
  EXPECT_TRUE(read("parade")) << told_;
  EXPECT_EQ(inputs_.size(), 2U);
}

class Confinement : public Folder {
 protected:
  void SetUp() override {
    Folder::SetUp();
    write("secret.yaml", std::string("defilada catalogue: 1\n# the secret\nwhat: the secret\n"));
    write("secret.geojson", R"({"secret": 1})");
  }

  void refuses(const std::string& show) {
    write("parade/show.yaml", std::string(kHead) + show);
    EXPECT_FALSE(read("parade")) << show;
    EXPECT_THAT(told_, Not(HasSubstr("the secret")));
    EXPECT_THAT(told_, Not(HasSubstr("not-geojson"))) << "it has been opened";
    ASSERT_EQ(inputs_.size(), 1U) << show;
  }
};

TEST_F(Confinement, RefusesNamesWithAPath) {
  for (const std::string name : {"../secret", "./secret", "a/../../secret", "..", ".",
                                 "/etc/passwd", "sub/foot", "..\\\\secret", ".hidden"}) {
    write("parade/.hidden.yaml", kCatalogue);
    refuses("use: [\"" + name + "\"]\n");
    EXPECT_THAT(told_, HasSubstr("[show.catalogue]")) << name;
  }
}

TEST_F(Confinement, RefusesPathsThatLeadOut) {
  for (const std::string path :
       {"../secret.geojson", "maps/../../secret.geojson", "/etc/passwd", "..", "\\0secret"}) {
    refuses("  routes:\n    a: {geojson: \"" + path + "\", feature: ring}\n");
  }
}

TEST_F(Confinement, RefusesLinksThatLeadOut) {
  fs::create_symlink(root_ / "secret.yaml", root_ / "parade" / "foot.yaml");
  refuses("use: [foot]\n");
  EXPECT_THAT(told_, HasSubstr("is a link"));
  fs::create_symlink(root_ / "secret.geojson", root_ / "parade" / "city.geojson");
  refuses("  routes:\n    a: {geojson: city.geojson, feature: ring}\n");
  EXPECT_THAT(told_, HasSubstr("is a link"));
  fs::create_directory_symlink(root_, root_ / "parade" / "maps");
  refuses("  routes:\n    a: {geojson: maps/secret.geojson, feature: ring}\n");
  EXPECT_THAT(told_, HasSubstr("is a link"));
}

TEST_F(Confinement, RefusesAFolderWhoseShowIsALinkOutOfIt) {
  write("elsewhere.yaml", kHead);
  fs::create_symlink(root_ / "elsewhere.yaml", root_ / "parade" / "show.yaml");
  EXPECT_FALSE(read("parade"));
  EXPECT_THAT(told_, HasSubstr("is a link"));
  EXPECT_TRUE(read("parade/show.yaml")) << "named by a person, it is meant: " << told_;
}

TEST_F(Confinement, FollowsLinksThatStayInside) {
  write("parade/shared/foot.yaml", kCatalogue);
  fs::create_symlink(root_ / "parade/shared/foot.yaml", root_ / "parade/foot.yaml");
  write("parade/show.yaml", std::string(kHead) + "use: [foot]\n");
  EXPECT_TRUE(read("parade")) << told_;
  fs::create_directory_symlink(root_ / "parade", root_ / "today");
  EXPECT_TRUE(read("today")) << "a folder that is a link itself: " << told_;
}

TEST_F(Confinement, DoesNotTakeAFolderNextDoorForItsOwn) {
  write("parade-old/city.geojson", kLine);
  fs::create_symlink(root_ / "parade-old/city.geojson", root_ / "parade/city.geojson");
  refuses("  routes:\n    a: {geojson: city.geojson, feature: ring}\n");
}

TEST_F(Confinement, ReadsOnlyFiles) {
  fs::create_directories(root_ / "parade/foot.yaml");
  refuses("use: [foot]\n");
}

// ---- catalogues at hand

std::vector<NamedText> chain(int n) {
  std::vector<NamedText> all;
  for (int i = 0; i < n; ++i) {
    all.push_back({"c" + std::to_string(i),
                   "defilada catalogue: 1\nuse: [c" + std::to_string(i + 1) + "]\n"});
  }
  all.push_back({"c" + std::to_string(n), std::string(kCatalogue)});
  return all;
}

TEST(Catalogues, MayUseEachOther) {
  const std::string show = std::string(kHead) +
                           "use: [c0, c3, c0]\nkinds:\n  a: {category: foot, body: {length: 1 m, "
                           "width: 1 m, height: 2 m}, gaits: [step]}\n";
  const testing_support::ShowReading reading(show, chain(5));
  ASSERT_TRUE(reading.show) << reading.told;
  EXPECT_EQ(reading.show->kinds.at(0).gaits.at(0).name, "step");
}

TEST(Catalogues, MayNotUseEachOtherInACircle) {
  auto catalogues = chain(3);
  catalogues.back().text = "defilada catalogue: 1\nuse: [c1]\n";
  const testing_support::ShowReading reading(std::string(kHead) + "use: [c0]\n", catalogues);
  EXPECT_FALSE(reading.show);
  EXPECT_THAT(reading.codes(), ElementsAre("show.use-cycle"));
  EXPECT_THAT(reading.told, HasSubstr("'c1' uses 'c2' uses 'c3' uses 'c1'"));
}

TEST(Catalogues, AreNotTooMany) {
  const testing_support::ShowReading reading(std::string(kHead) + "use: [c0]\n", chain(150));
  EXPECT_FALSE(reading.show);
  EXPECT_THAT(reading.codes(), ElementsAre("show.too-large"));
}

}  // namespace
}  // namespace defilada::show
