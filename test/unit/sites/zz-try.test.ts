import { it } from 'vitest'
import { findCapturedPages } from './captured-pages.ts'
import { parseHtml } from '../../../dom/parse-html.ts'
import { readThreadPage } from '../../../sites/registry.ts'
import { findPosts } from '../../../sites/generic/find-posts.ts'
const readAt = new Date('2023-01-05T07:46:00Z')
it('x', { timeout: 90000 }, () => {
  for (const p of findCapturedPages().filter((p) => !process.env.F || process.env.F.split(",").includes(p.file))) {
    const tree = parseHtml(p.html)
    const t0 = process.cpuUsage()
    const f = findPosts(tree, new URL(p.url), readAt)
    const ms = process.cpuUsage(t0).user / 1000
    const real = readThreadPage(p.html, p.url, { readAt })!
    const rp = real.thread.posts
    const gp = f?.page.thread.posts ?? []
    const norm = (s?: string) => (s ?? '').replace(/\s+/g, ' ').trim()
    // align by index offset: match by text
    const has = (fn: (a: any, b: any) => boolean) => gp.filter((g) => rp.some((r) => fn(g, r))).length
    console.log(p.file.padEnd(22), 'real', rp.length, 'found', gp.length, f?.certainty ?? '-', ms.toFixed(0) + 'ms',
      'auth', has((g, r) => norm(g.author.username) === norm(r.author.username)),
      'time', gp.filter((g) => g.postedAt && rp.some((r) => r.postedAt && Math.abs(Date.parse(r.postedAt) - Date.parse(g.postedAt)) < 60000 || r.postedAt?.slice(0, 16) === g.postedAt?.slice(0, 16))).length,
      'body', has((g, r) => norm(g.text).replace(/\s/g,'').includes(norm(r.text).replace(/\s/g,'').slice(0, 60))),
      process.env.A ? gp.slice(0,4).map((g)=>[g.id,g.author.username,g.postedAt]).join(' ; ') + ' REAL ' + rp.slice(0,4).map((g)=>[g.id,g.author.username,g.postedAt]).join(' ; ') : '', process.env.S ? '' : f ? JSON.stringify({ p: f.description.post, a: f.description.author, t: f.description.time, b: f.description.body, id: [f.description.postIdIn, f.description.postIdAttribute, f.description.postIdPrefix], ad: f.description.addresses, pg: f.description.pages, ti: f.description.title, s: f.evidence.authorScore, tx: f.evidence.text, pc: f.page.pageCount + '/' + real.pageCount }) : '')
  }
})
