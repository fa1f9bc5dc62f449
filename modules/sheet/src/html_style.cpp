// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "defilada/drawing/palette.hpp"
#include "html.hpp"

namespace defilada::sheet {
namespace {

constexpr std::string_view kRules = R"css(
*{box-sizing:border-box}
html{font:15px/1.45 "Noto Sans","Source Sans 3","Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
  color:var(--text);background:var(--paper);-webkit-text-size-adjust:100%}
body{max-width:66rem;margin:0 auto;padding:2.5rem 1.5rem 4rem;font-variant-numeric:tabular-nums lining-nums}
h1,h2,.number,.key dd{font-family:"Noto Serif","Source Serif 4",Charter,Cambria,Georgia,serif;font-weight:600}
h1{font-size:2.5rem;line-height:1.12;margin:.15em 0 .3em;letter-spacing:-.01em;text-wrap:balance}
h2{font-size:1.6rem;line-height:1.2;margin:3.2rem 0 .9rem;padding-top:.55rem;border-top:2px solid var(--text)}
h3{font-size:1.06rem;margin:2rem 0 .55rem}
h4{font-size:1rem;margin:0}
h1,h2,h3,h4,p,td,dd,li,figcaption{overflow-wrap:anywhere}
td,th,dd,strong,small,a,h1,h4{unicode-bidi:isolate}
p{margin:.5em 0;max-width:46rem}
a{color:inherit;text-decoration-color:var(--rule);text-underline-offset:.15em}
a:hover,a:focus-visible{text-decoration-color:currentColor}
.cover{border-top:.4rem solid var(--accent);padding-top:.9rem}
.kind{margin:0;font-size:.82rem;font-weight:600;letter-spacing:.14em;text-transform:uppercase;color:var(--accent)}
.sub{font-size:1.02rem;max-width:none}
.faint,small,figcaption,.note,footer{color:var(--faint)}
small,figcaption,.note,code{font-size:.85em}
code{font-family:"DejaVu Sans Mono",ui-monospace,Menlo,Consolas,monospace;font-size:.78em;color:var(--faint)}
.time{font-size:1.2em;font-weight:700;white-space:nowrap}
.tag{font-size:.72em;font-weight:700;letter-spacing:.06em;text-transform:uppercase;color:var(--accent);white-space:nowrap}
.alarm{color:var(--accent)}
.alarm-box{border-left:.35rem solid var(--accent);background:var(--tint);padding:.7rem 1rem;max-width:none}
.said{border-left:2px solid var(--rule);padding-left:.9rem}
.quote{font-style:italic}
.key{display:flex;flex-wrap:wrap;gap:1rem 2.4rem;margin:1.4rem 0}
.key div{display:flex;flex-direction:column-reverse}
.key dt{font-size:.85rem;color:var(--faint)}
.key dd{margin:0;font-size:1.9rem;line-height:1.15}
nav ol{columns:2;column-gap:3rem;list-style:none;margin:1.4rem 0;padding:.8rem 0;border-block:1px solid var(--rule)}
nav a{text-decoration:none;line-height:1.9}
.scroll{overflow-x:auto;margin:.6rem 0 1.2rem}
table{border-collapse:collapse;width:100%;font-size:.93rem}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{text-align:left;vertical-align:baseline;padding:.42rem .9rem .42rem 0}
th:last-child,td:last-child{padding-right:.3rem}
thead th{font-size:.8rem;font-weight:600;color:var(--faint);border-bottom:1px solid var(--text);vertical-align:bottom}
tbody td{border-bottom:1px solid var(--rule)}
.e{text-align:right}.m{text-align:center}
.n{white-space:nowrap}
tr.group th{padding-top:1.1rem;font-weight:700;border-bottom:1px solid var(--text)}
tr.total td{font-weight:700;border-bottom:0;border-top:1px solid var(--text)}
.marks td:first-child,.marks th:first-child{border-left:.25rem solid transparent;padding-left:.55rem}
.marks tr.mark td:first-child{border-left-color:var(--accent)}
.card,.edge,.sw,tr.mark td,.alarm-box{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.compact{font-size:.86rem}
.compact th,.compact td{padding-block:.24rem}
.sw{display:inline-block;width:.62em;height:.62em;margin-right:.5em}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(27rem,100%),1fr));gap:1.1rem}
.cards.single{grid-template-columns:minmax(0,1fr)}
.card{position:relative;background:var(--tint);padding:.9rem 1rem .7rem 1.25rem;min-width:0;scroll-margin-top:1rem}
.card:target{outline:2px solid var(--accent)}
.edge{position:absolute;inset:0 auto 0 0;width:.35rem}
.card .top{display:flex;gap:1rem;align-items:flex-start}
.about{flex:1;min-width:0}
.card header{display:flex;gap:.7rem;align-items:baseline}
.card header p{margin:0;font-size:.85rem}
.card h3{margin:0;font-size:1.15rem}
.number{font-size:1.7rem;line-height:1}
.card dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.6rem 0;font-size:.87rem}
.card dt{color:var(--faint)}
.card dd{margin:0}
.card figure{margin:0}
.card .note{margin:.2rem 0}
.card .scroll{margin:.3rem 0}
figure{margin:1.2rem 0}
.cutouts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(30rem,100%),1fr));gap:1rem;margin:1.6rem 0}
.cutouts figure{margin:0;padding:5%;border:1px dashed var(--rule);scroll-margin-top:1rem}
.cutouts svg{width:100%}
svg{display:block;max-width:100%;height:auto;font-family:inherit}
svg svg{overflow:hidden}
.b{font-weight:700}
.halo{stroke:var(--paper);stroke-width:.75px;stroke-linejoin:round;paint-order:stroke}
.fn{fill:none}
footer{margin-top:3rem;font-size:.85rem}
@media screen{section>figure>svg,.single figure>svg{width:100%}}
@page{margin:15mm 16mm 16mm}
@page wide{size:landscape}
@page cutouts{size:landscape;margin:5mm 8mm}
@media print{
  html{font-size:8.8pt;line-height:1.38}
  body{max-width:none;padding:0}
  h2{margin-top:7mm}
  .new-page{break-before:page}
  .new-page>h2{margin-top:0}
  .wide{page:wide}
  .wide svg{max-height:150mm}
  h2,h3,h4{break-after:avoid}
  thead{display:table-header-group}
  tr,.card,figure,.alarm-box,.said{break-inside:avoid}
  tr.group{break-after:avoid}
  .cards{grid-template-columns:1fr 1fr;gap:3mm}
  .card{font-size:.95em}
  .cutouts{page:cutouts;display:block;margin:0}
  .cutouts figure{display:inline-block;box-sizing:border-box;width:50%;padding:2mm 4mm;border:0}
  .cutouts svg{width:128mm;margin:auto}
  .scroll{overflow:visible}
  a{text-decoration:none}
  footer,nav{display:none}
}
)css";

void append_palette(bool dark, std::string& css) {
  css += "{";
  for (const drawing::InkColour& ink : drawing::kPalette) {
    if (ink.name == "none") continue;
    fmt::format_to(std::back_inserter(css), "--{}:#{:06x};", ink.name, dark ? ink.dark : ink.light);
  }
  css += "}";
}

}  // namespace

std::string html_style() {
  std::string css = ":root";
  append_palette(false, css);
  css += "\n@media screen and (prefers-color-scheme:dark){:root";
  append_palette(true, css);
  css += "}";
  css += kRules;
  for (const drawing::InkColour& ink : drawing::kPalette) {
    if (ink.name == "none") continue;
    fmt::format_to(
        std::back_inserter(css),
        ".f{0}{{fill:var(--{0})}}.k{0}{{stroke:var(--{0})}}.b{0}{{background:var(--{0})}}\n",
        ink.name);
  }
  return css;
}

}  // namespace defilada::sheet
