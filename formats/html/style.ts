/**
 * The look of the one file: the reader page's paper, ink and typography, both themes, and print. Each text colour has at
 * least 4.5:1 on its paper.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbf8f3, #1b1917);
  --sunken: light-dark(#f3ede3, #141211);
  --line: light-dark(#e4dacb, #3b3631);
  --ink: light-dark(#2a2521, #e8e1d8);
  --muted: light-dark(#675d53, #aca195);
  --accent: light-dark(#8b1a1a, #eea59e);
  --sans: system-ui, -apple-system, 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif;
  --serif: 'Songti SC', 'Noto Serif CJK SC', 'Source Han Serif SC', 'SimSun', serif;
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 400 1.0625rem/1.55 var(--sans); text-spacing-trim: trim-start; }
body { max-width: calc(38em + 3rem); margin: 0 auto; padding: 1.5rem 1.5rem 4rem; overflow-wrap: anywhere; }
h1, h2, p, ul, ol, blockquote { margin: 0; padding: 0; }
h1 { font: 700 1.75rem/1.4 var(--serif); text-wrap: pretty; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
summary { width: fit-content; padding-block: 0.25rem; color: var(--accent); font: 400 0.875rem/1.6 var(--sans); cursor: pointer; }
.facts, .replies, .attachments { color: var(--muted); font-size: 0.8125rem; line-height: 1.7; font-variant-numeric: tabular-nums; }
.outline { margin: 1rem 0 1.5rem; font-size: 0.875rem; }
.outline ol { padding-inline-start: 1.25em; list-style: none; }
.outline li { margin-block: 0.35em; }
.outline > details > ol { padding: 0; }
.post { padding: 1.5rem 0; border-top: 1px solid var(--line); }
.post:target { box-shadow: -0.75rem 0 var(--paper), calc(-0.75rem - 3px) 0 var(--accent); }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.5rem; font-size: 0.9375rem; }
.floor { color: var(--muted); font-size: 0.8125rem; font-weight: 400; text-decoration: none; font-variant-numeric: tabular-nums; }
.floor:hover { text-decoration: underline; }
.starter { padding: 0 0.4em; border: 1px solid color-mix(in srgb, var(--accent) 45%, transparent); border-radius: 5px; color: var(--accent); font-size: 0.75rem; font-weight: 400; }
.body { margin-top: 0.75rem; font-family: var(--serif); line-height: 1.85; hanging-punctuation: allow-end; line-break: strict; }
.body > * + *, .body details > * + *, li > * + *, blockquote > * + * { margin-top: 0.6em; }
.body :is(ul, ol) { padding-inline-start: 1.6em; }
.attachments { padding-inline-start: 1.6em; }
.post > * + .facts, .replies { margin-top: 0.75rem; }
.head + .facts { margin-top: 0; }
blockquote { padding-inline-start: 0.75rem; border-inline-start: 3px solid var(--line); color: var(--muted); }
.quoted { margin-top: 0.75rem; font-size: 0.9em; line-height: 1.7; }
.quoted > * + * { margin-top: 0; }
pre, table { max-width: 100%; overflow-x: auto; }
pre { margin: 0; padding: 0.75rem; border-radius: 5px; background: var(--sunken); line-height: 1.5; white-space: pre-wrap; }
pre, code { font-family: ui-monospace, 'Noto Sans Mono CJK SC', monospace; font-size: 0.92em; }
pre code { font-size: 1em; }
table { display: block; border-collapse: collapse; }
th, td { padding: 0.2em 0.6em; border: 1px solid var(--line); text-align: start; vertical-align: top; }
img { max-width: 100%; height: auto; border-radius: 5px; }
hr { width: 100%; border: 0; border-top: 1px solid var(--line); }
mark { background: light-dark(#fdf1d8, #33270f); color: inherit; }
small { font-size: 0.86em; }
.ink { color: light-dark(oklch(from var(--ink-of-post) min(l, 0.5) c h), oklch(from var(--ink-of-post) max(l, 0.78) min(c, 0.14) h)); }
.paper { background: color-mix(in oklab, var(--paper-of-post) 14%, var(--paper)); }
.spoiler:not(:hover, :focus) { filter: blur(0.3em); }
@media (width < 30rem) { body { padding-inline: 1rem; } h1 { font-size: 1.375rem; } }
@media print {
  :root { color-scheme: light; --paper: #fff; }
  html { font-size: 11pt; }
  body { max-width: none; padding: 0; }
  .outline, .rest > summary { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .spoiler:not(:hover, :focus) { filter: none; }
  .post { break-inside: auto; }
  .head, .head + .facts { break-after: avoid; }
  .body { orphans: 3; widows: 3; }
  a { color: inherit; text-decoration: none; }
}
`
