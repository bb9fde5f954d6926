/** Little enough for e-readers, which set the type themselves. */
export const BOOK_STYLE = `body { line-height: 1.7; }
h1 { font-size: 1.5em; line-height: 1.4; }
h2.head { margin: 1.5em 0 0; padding-top: 0.8em; border-top: 1px solid #999; font-size: 1em; page-break-after: avoid; }
h2.head a { color: inherit; text-decoration: none; font-weight: normal; }
p { margin: 0.5em 0; }
p.facts, p.replies { margin: 0.2em 0; font-size: 0.8em; }
.starter { border: 1px solid; padding: 0 0.3em; font-size: 0.75em; font-weight: normal; }
blockquote { margin: 0.5em 0; padding-left: 0.8em; border-left: 2px solid #999; }
blockquote.quoted { font-size: 0.9em; }
img { max-width: 100%; }
pre { white-space: pre-wrap; font-size: 0.9em; }
table { border-collapse: collapse; }
th, td { border: 1px solid #999; padding: 0.2em 0.5em; text-align: left; vertical-align: top; }
nav ol { list-style: none; }
`
