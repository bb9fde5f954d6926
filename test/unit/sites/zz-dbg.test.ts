import { it } from 'vitest'
import { findCapturedPages } from './captured-pages.ts'
import { parseHtml } from '../../../dom/parse-html.ts'
import { outlineOf, wordsOf } from '../../../sites/generic/outline.ts'
import { findTimes } from '../../../sites/generic/times.ts'
import { findGroups } from '../../../sites/generic/groups.ts'
import { tableOf } from '../../../sites/generic/columns.ts'
import { findAuthors } from '../../../sites/generic/author-column.ts'
import { findBodies } from '../../../sites/generic/body-column.ts'
import { findTimeColumn } from '../../../sites/generic/time-column.ts'
import { findRefusal } from '../../../sites/generic/evidence.ts'
const readAt = new Date('2023-01-05T07:46:00Z')
it('x', () => {
  for (const p of findCapturedPages().filter((p) => process.env.F!.split(',').includes(p.file))) {
    const o = outlineOf(parseHtml(p.html))
    const { marks } = findTimes(o, readAt)
    const m = new Map(marks.map((x) => [x.at, x]))
    console.log(p.file, 'elements', o.elements.length, 'marks', marks.length, marks.slice(0, 6).map((x) => o.selectors[o.keys[x.at]![0]!] + ' ' + x.time + ' ' + (x.attribute ?? '') + ' ' + wordsOf(o.elements[x.at]!, 60)).join('\n   '))
    for (const g of findGroups(o, marks).slice(0, 30)) {
      const t = tableOf(o, g)
      const times = findTimeColumn(o, t, m)
      const as = times && findAuthors(o, t, times, (at) => m.has(at)); const a = as?.[0]
      const b = times && a && findBodies(o, t, [times, a.column])
      const r = b && findRefusal(o, t, { author: a.column, body: b.column, times }, new URL(p.url))
      const s = (c?: any) => (c ? o.selectors[c.key] + ':' + c.share.toFixed(2) : '-')
      console.log('  ', o.selectors[g.key], g.members.length, 'T', s(times), 'A', s(a?.column), a?.score.toFixed(1), 'B', s(b?.column), b?.isMixed, r)
    }
  }
})
