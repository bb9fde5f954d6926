import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { formatDump, parseDump, readDump } from '../../formats/dump.ts'
import type { Bench, BenchRow } from './bench.ts'
import { medianMilliseconds } from './bench.ts'
import type { MemoryReport } from './dump-memory.ts'
import { sampleDump } from './dump-sample.ts'

const DUMP_BYTES = 50e6
const RUNS = 3

/** Dumps: parsing against `JSON.parse` of the same threads, writing, and memory over a stream of 200 MB. */
const bench: Bench = async () => {
  const dump = sampleDump(DUMP_BYTES)
  const bytes = Buffer.byteLength(dump)
  const { threads } = parseDump(dump)
  const json = JSON.stringify(threads)
  const speed = (milliseconds: number) => bytes / 1000 / milliseconds
  const parse = await medianMilliseconds(RUNS, () => parseDump(dump))
  const parseJson = await medianMilliseconds(RUNS, () => JSON.parse(json) as unknown)
  const write = await medianMilliseconds(RUNS, () => formatDump(threads))
  const writeJson = await medianMilliseconds(RUNS, () => JSON.stringify(threads))
  const blob = new Blob([dump])
  const read = await medianMilliseconds(RUNS, () => readAll(blob))
  const readJson = await medianMilliseconds(RUNS, async () => JSON.parse(await new Blob([json]).text()) as unknown)
  const row = (what: string, ours: number, baseline: number, peer: string): BenchRow => ({
    what,
    ours: `${Math.round(speed(ours))} MB/s`,
    baseline: `${peer}: ${Math.round(speed(baseline))} MB/s`,
    ratio: baseline / ours,
    budget: '≥ 50 MB/s',
    held: speed(ours) >= 50,
  })
  return [
    row('dump: parse 50 MB', parse, parseJson, 'JSON.parse'),
    row('dump: read a 50 MB Blob', read, readJson, 'Blob.text, JSON.parse'),
    row('dump: write 50 MB', write, writeJson, 'JSON.stringify'),
    await memoryRow(),
  ]
}

async function readAll(blob: Blob): Promise<number> {
  let items = 0
  for await (const item of readDump(blob)) if ('key' in item) items++
  return items
}

async function memoryRow(): Promise<BenchRow> {
  const script = fileURLToPath(new URL('./dump-memory.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script, '200'])
  const { grown, bytes, milliseconds } = JSON.parse(stdout) as MemoryReport
  return {
    what: 'dump: memory over a 200 MB stream of one thread',
    ours: `${Math.round(grown / 1e6)} MB (${Math.round(bytes / 1000 / milliseconds)} MB/s with generating it)`,
    baseline: '',
    budget: '< 100 MB',
    held: grown < 100e6,
  }
}

export default bench
