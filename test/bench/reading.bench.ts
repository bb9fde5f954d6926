import { readFileSync } from 'node:fs'
import { measureText } from '../../core/reading.ts'
import { medianMilliseconds } from './bench.ts'
import type { Bench } from './bench.ts'

const MEGABYTE = 1_000_000
const BUDGET = 20

/** What a reader of the code would write first: correct for letters, blind to links and addresses. */
function countByRegExp(text: string): number {
  const characters = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)
  const words = text.match(/[\p{Script=Latin}\p{Script=Cyrillic}\p{N}]+/gu)
  return (characters?.length ?? 0) + (words?.length ?? 0)
}

const bench: Bench = async () => {
  const seed = readFileSync(new URL('../../seeds/000_01465295b16f78d9.txt', import.meta.url), 'utf8')
  const texts = {
    'measure Chinese text': seed.repeat(200),
    'measure English text': 'The quick brown fox jumps over 13 lazy dogs; it’s well-known. '.repeat(70_000),
  }
  const rows = []
  for (const [what, text] of Object.entries(texts)) {
    const megabytes = Buffer.byteLength(text) / MEGABYTE
    const ours = (megabytes * 1000) / (await medianMilliseconds(5, () => measureText(text)))
    const theirs = (megabytes * 1000) / (await medianMilliseconds(5, () => countByRegExp(text)))
    rows.push({
      what,
      ours: `${ours.toFixed(0)} MB/s`,
      baseline: `two regular expressions ${theirs.toFixed(0)} MB/s`,
      ratio: ours / theirs,
      budget: `≥ ${BUDGET} MB/s`,
      held: ours >= BUDGET,
    })
  }
  return rows
}

export default bench
