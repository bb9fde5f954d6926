import type { Thread } from '../../core/thread.ts'
import type { DecodedBlock } from './decode.ts'
import { ByteDecoder } from './decode.ts'
import type { Diagnostic } from './diagnostic.ts'
import { DumpReader } from './reader.ts'

/** Posts of one thread that are given together unless the caller says otherwise. */
const POSTS_PER_PIECE = 200
/** Characters of text after which a piece is given even with fewer posts, unless whole threads are asked for. */
const CHARACTERS_PER_PIECE = 64 << 10

export interface ReadDumpOptions {
  /** Called as bytes (or, of a stream of strings, characters) arrive; the total is known for a Blob. */
  onProgress?(bytesRead: number, totalBytes?: number): void
  /** Stops the reading: the iteration then throws the signal's reason, and the source is cancelled. */
  signal?: AbortSignal
  /** A label of the Encoding standard, instead of finding out. One that is not is a RangeError. */
  encoding?: string
  /**
   * A thread with more posts is given in pieces: several threads with the same key and header, whose posts follow each
   * other. Default 200 (or some 65,000 characters of text, if that comes first); `Infinity` for whole threads.
   */
  postsPerPiece?: number
}

/**
 * Reads a dump of any size in bounded memory: threads as they are complete, diagnostics in their place among them. An
 * error of the source itself ends the reading with a `source-failed` diagnostic after all that had come.
 */
export async function* readDump(
  source: Blob | ReadableStream,
  options: ReadDumpOptions = {},
): AsyncGenerator<Thread | Diagnostic, void, undefined> {
  const posts = options.postsPerPiece ?? POSTS_PER_PIECE
  const characters = Number.isFinite(posts) ? CHARACTERS_PER_PIECE : Number.POSITIVE_INFINITY
  const reader = new DumpReader({ posts, characters, isBounded: true })
  const decoder = new ByteDecoder(options.encoding)
  let failure: Diagnostic | undefined
  const fail = (error: unknown) => {
    const message = `The source broke off: ${error instanceof Error ? error.message : String(error)}.`
    failure = { line: reader.line, code: 'source-failed', message }
  }
  for await (const chunk of chunksOf(source, options, fail)) {
    const blocks = typeof chunk === 'string' ? [decoder.end(), { text: chunk, notes: [] }] : decoder.push(chunk)
    for (const block of blocks) {
      pushBlock(reader, block)
      yield* reader.take()
    }
  }
  pushBlock(reader, decoder.end())
  if (failure) reader.add({ ...failure, line: reader.line })
  reader.end()
  yield* reader.take()
}

function pushBlock(reader: DumpReader, { text, notes }: DecodedBlock): void {
  for (const note of notes) {
    const line = reader.line + text.slice(0, note.at).split(/\r\n?|\n/).length - 1
    reader.add({ line, code: note.code, message: note.message })
  }
  reader.push(text)
}

/** The source's chunks. Aborting throws the signal's reason; an error of the source goes to `fail` and ends them. */
async function* chunksOf(
  source: Blob | ReadableStream,
  { signal, onProgress }: ReadDumpOptions,
  fail: (error: unknown) => void,
): AsyncGenerator<Uint8Array | string, void, undefined> {
  signal?.throwIfAborted()
  const total = 'size' in source ? source.size : undefined
  const input: ReadableStream = 'size' in source ? source.stream() : source
  const reader: ReadableStreamDefaultReader<unknown> = input.getReader()
  const cancel = () => void reader.cancel(signal?.reason).catch(() => undefined)
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    let done = 0
    for (;;) {
      const next = await reader.read().catch((error: unknown) => void (signal?.aborted || fail(error)))
      signal?.throwIfAborted()
      if (!next || next.done) return
      const chunk = chunkOf(next.value)
      if (chunk === undefined) return fail(new Error('it gives neither bytes nor text'))
      done += chunk.length
      onProgress?.(done, total)
      yield chunk
      signal?.throwIfAborted()
    }
  } finally {
    signal?.removeEventListener('abort', cancel)
    cancel()
    reader.releaseLock()
  }
}

function chunkOf(value: unknown): Uint8Array | string | undefined {
  if (typeof value === 'string') return value
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined
}
