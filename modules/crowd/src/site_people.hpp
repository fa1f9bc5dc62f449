// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "defilada/crowd/read_site.hpp"

namespace defilada::crowd {

/// A feature where people go or that they look at.
struct SitePlace {
  const geo::Feature* feature;
  LevelId level = 0;
  Shape shape;
};

/// Reads who the people of a site are and what they do: the collection's `populations` and
/// `journeys`, flat lists whose entries of one name belong together, and what starts and waiting
/// areas take from them. To be called in this order, when the site has all its features.
class SitePeople {
 public:
  SitePeople(Site& site, Diagnostics& diagnostics) : site_(site), diagnostics_(diagnostics) {}

  void take_populations(const std::vector<geo::Feature>& kinds);
  void take_journeys(const std::vector<geo::Feature>& stages, const std::vector<SitePlace>& places);
  void give_to_starts(const std::vector<const geo::Feature*>& starts);
  void give_views(const std::vector<const geo::Feature*>& waits,
                  const std::vector<SitePlace>& places);

 private:
  using Names = std::vector<std::string>;
  void refuse_unknown_keys(const geo::Feature& it, const Names& keys);
  /// Told with the names there are.
  void no_such(const geo::Feature& it, Phrase message, const std::string& name, const Names& all);
  void add_kind(const geo::Feature& it, Population& to);
  void add_stage(const geo::Feature& it, SiteJourney& to, const std::vector<SitePlace>& places);
  /// The options that `to` names, of targets, waiting areas or exits.
  bool add_options(const geo::Feature& it, SiteJourney::Stage& to,
                   const std::vector<SitePlace>& places);
  void add_choice(const geo::Feature& it, SiteJourney::Stage& to);
  void end_journeys();

  Site& site_;
  Diagnostics& diagnostics_;
  std::vector<std::pair<std::string, Population>> populations_;
};

}  // namespace defilada::crowd
