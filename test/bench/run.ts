import { readdirSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Bench, BenchRow } from './bench.ts'

/**
 * Runs every `*.bench.ts` of this folder (or those named on the command line), one after another, and prints one
 * table in Markdown. Exits 1 when a budget is broken.
 */
const wanted = process.argv.slice(2)
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))

const rows: BenchRow[] = []
for (const file of files) {
  const { default: bench } = (await import(join(import.meta.dirname, file))) as { default: Bench }
  console.error(`${file} …`)
  rows.push(...(await bench()))
}

const gigabytes = Math.round(totalmem() / 2 ** 30)
console.log(
  `${new Date().toISOString().slice(0, 10)} · ${cpus().length} cores (${cpus()[0]?.model.trim()}) · ${gigabytes} GB · Node ${process.versions.node}\n`,
)
console.log('| what | ours | baseline in the same run | times as fast | budget | held |')
console.log('| --- | --- | --- | --- | --- | --- |')
for (const { what, ours, baseline, ratio, budget, held } of rows) {
  console.log(
    `| ${what} | ${ours} | ${baseline} | ${ratio?.toFixed(2) ?? ''} | ${budget} | ${held ? 'yes' : '**no**'} |`,
  )
}
process.exitCode = rows.every(({ held }) => held) ? 0 : 1
