import { TidyCleaner } from 'tidy-url'
import { cleanLink, createLinkCleaner } from '../../core/links.ts'
import { REDIRECTOR_EXAMPLES } from '../unit/core/links/redirector-examples.ts'
import { medianMilliseconds } from './bench.ts'
import type { Bench } from './bench.ts'

/** What the links of a long thread look like: mostly plain, some with trackers, some wrapped. */
const PLAIN = [
  'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528&page=2#22222309',
  'https://bbs.pku.edu.cn/v2/user.php?uid=12345',
  'https://www.xinhuanet.com/politics/zywj/2020-04/14/c_1125855165.htm',
  'https://zh.wikipedia.org/wiki/%E6%A5%BC%E5%85%B0',
  'https://github.com/example/project/issues/12?sort=updated&page=3',
  'https://example.org/',
]
const TRACKED = [
  'https://www.bilibili.com/video/BV1xx411c7mD?p=2&spm_id_from=333.999&vd_source=0f&share_source=copy_web',
  'https://example.org/a?id=7&utm_source=weibo&utm_medium=social&gclid=abc#part',
  'https://mp.weixin.qq.com/s?__biz=MzA&mid=265&idx=1&sn=f00&chksm=8&scene=21#wechat_redirect',
]
/** Long enough that a run is not all warming up; the peer is slower by an order of magnitude. */
const PASSES = { ours: 60, peer: 4 }
const RUNS = 9
const BUDGET = 200_000

const wrapped = REDIRECTOR_EXAMPLES.filter((example) => example.in !== example.out)
const LINKS = [...PLAIN, ...PLAIN, ...TRACKED].flatMap((link) => Array<string>(16).fill(link))
LINKS.push(...REDIRECTOR_EXAMPLES.map((example) => example.in))

/** The peer prints a line for each redirector it meets, whatever its options; printing is not what is measured. */
async function withoutConsole<T>(work: () => T | Promise<T>): Promise<T> {
  const { log } = console
  console.log = () => {}
  try {
    return await work()
  } finally {
    console.log = log
  }
}

function linksPerSecond(passes: number, clean: (href: string) => unknown): Promise<number> {
  return medianMilliseconds(RUNS, () => {
    for (let pass = 0; pass < passes; pass++) for (const link of LINKS) clean(link)
  }).then((milliseconds) => (LINKS.length * passes * 1000) / milliseconds)
}

/** Hosts and schemes are compared without case, a slash at the very end without weight: it is the target that counts. */
const sameAddress = (a: string, b: string) => a.replace(/\/$/, '').toLowerCase() === b.replace(/\/$/, '').toLowerCase()

function countUnwrapped(clean: (href: string) => string): number {
  return wrapped.filter((example) => sameAddress(clean(example.in), example.out)).length
}

const bench: Bench = async () => {
  const tidy = new TidyCleaner()
  tidy.config.setMany({ silent: true, allowAMP: false, allowCustomHandlers: true, allowRedirects: true })
  const cleanAll = createLinkCleaner({ affiliate: true, forumHosts: () => true })
  const ours = await linksPerSecond(PASSES.ours, cleanLink)
  const theirs = await withoutConsole(() => linksPerSecond(PASSES.peer, (href) => tidy.clean(href)))
  const found = countUnwrapped((href) => cleanAll(href).url)
  const theyFound = await withoutConsole(() => countUnwrapped((href) => tidy.clean(href).url))
  const of = `of ${wrapped.length} wrapped links`
  return [
    {
      what: `clean a mixed list of ${LINKS.length} links`,
      ours: `${Math.round(ours).toLocaleString('en')} links/s`,
      baseline: `tidy-url ${Math.round(theirs).toLocaleString('en')} links/s`,
      ratio: ours / theirs,
      budget: `≥ ${BUDGET.toLocaleString('en')} links/s`,
      held: ours >= BUDGET,
    },
    {
      what: 'find the target of the catalogue’s redirectors',
      ours: `${found} ${of}`,
      baseline: `tidy-url ${theyFound} ${of}`,
      budget: 'all',
      held: found === wrapped.length,
    },
  ]
}

export default bench
