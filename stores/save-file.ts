/** Where the bytes of a file go, and what makes it the reader's at the end. */
export interface FileSink {
  write(piece: Uint8Array): Promise<void>
  /** Saves the file. */
  finish(): Promise<void>
  /** Leaves nothing behind. */
  discard(): Promise<void>
}

/** What of the File System Access API is used; not every browser has the picker. */
interface PickerWindow {
  showSaveFilePicker?: (options: {
    suggestedName: string
    types: { accept: Record<string, string[]> }[]
  }) => Promise<FileSystemFileHandle>
}

/** Files of exports that wait to be downloaded begin with this. */
const WAITING = 'export-'

/** What is held in memory of a file, in bytes. */
const MOST_HELD = 30_000_000

/** After so long a download has ended. In milliseconds. */
const DOWNLOAD_ENDS = 15 * 60 * 1000

/** How long a download may take to begin. In milliseconds. */
const DOWNLOAD_BEGINS = 60_000

/**
 * A place for a file of unknown size, which never holds the whole in memory where the browser can help it: a file that
 * the reader picks, else one in the extension's own storage that is then downloaded, else memory. To be called right
 * after a click, for a picker opens only then. Undefined when the reader picks none.
 */
export async function openLargeFile(name: string, type: string): Promise<FileSink | undefined> {
  const { showSaveFilePicker } = window as unknown as PickerWindow
  if (showSaveFilePicker) {
    const ending = name.slice(name.lastIndexOf('.'))
    try {
      const handle = await showSaveFilePicker({ suggestedName: name, types: [{ accept: { [type]: [ending] } }] })
      return await fileSink(handle)
    } catch (error) {
      if ((error as { name?: unknown }).name === 'AbortError') return undefined
      throw error
    }
  }
  return openDownload(name, type)
}

/**
 * A place for a file that is downloaded when it is finished. What is small needs no room on the disk beside it, which may
 * be full; what grows is moved to a file in the extension's own storage.
 */
export function openDownload(name: string, type: string): FileSink {
  let pieces: Blob[] = []
  let held = 0
  let waiting: FileSink | undefined
  // Each export takes out what earlier ones left, whether it needs the room itself or not.
  const tidied = removeOldExports()
  async function moveOut(): Promise<void> {
    waiting = await openWaitingFile(name, type)
    if (!waiting) return
    for (const piece of pieces) await waiting.write(new Uint8Array(await piece.arrayBuffer()))
    pieces = []
  }
  return {
    async write(piece) {
      if (waiting) return waiting.write(piece)
      // A blob for each piece, so that the browser may keep them elsewhere.
      pieces.push(new Blob([piece as Uint8Array<ArrayBuffer>]))
      const before = held
      held += piece.length
      if (before <= MOST_HELD && held > MOST_HELD) await moveOut()
    },
    async finish() {
      await tidied
      if (waiting) return waiting.finish()
      downloadFile(new Blob(pieces, { type }), name)
    },
    async discard() {
      pieces = []
      await waiting?.discard()
    },
  }
}

/** Does work that writes a file. When it fails, nothing of the file is left, and what went wrong first is thrown. */
export async function orDiscard<Result>(sink: FileSink, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    await sink.discard().catch(() => undefined)
    throw error
  }
}

async function fileSink(handle: FileSystemFileHandle): Promise<FileSink> {
  const file = await handle.createWritable()
  return {
    write: (piece) => file.write(piece as Uint8Array<ArrayBuffer>),
    finish: () => file.close(),
    discard: () => file.abort(),
  }
}

/** A file in the extension's own storage; undefined where there is none, as in private windows of some browsers. */
async function openWaitingFile(name: string, type: string): Promise<FileSink | undefined> {
  let folder: FileSystemDirectoryHandle
  let handle: FileSystemFileHandle
  let sink: FileSink
  try {
    folder = await navigator.storage.getDirectory()
    handle = await folder.getFileHandle(`${WAITING}${Date.now()}-${crypto.randomUUID()}`, { create: true })
    sink = await fileSink(handle)
  } catch {
    return undefined
  }
  return {
    write: sink.write,
    async finish() {
      await sink.finish()
      // The file stays for a while: the download reads from it, and nothing tells when it has ended.
      downloadFile((await handle.getFile()).slice(0, undefined, type), name)
    },
    async discard() {
      await sink.discard()
      await folder.removeEntry(handle.name)
    },
  }
}

/**
 * Removes files of exports that were downloaded long ago. Those of the last minutes stay: another page may be writing
 * one, or the browser still be copying it. Never throws.
 */
export async function removeOldExports(): Promise<void> {
  try {
    const folder = await navigator.storage.getDirectory()
    for await (const name of folder.keys()) {
      const [, madeAt] = /^export-(\d+)-/.exec(name) ?? []
      if (madeAt === undefined || Date.now() - Number(madeAt) < DOWNLOAD_ENDS) continue
      await folder.removeEntry(name).catch(() => undefined)
    }
  } catch {
    // No storage of its own, as in private windows of some browsers: there is nothing to remove.
  }
}

/** Has the browser download bytes under a name that is safe. */
export function downloadFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), DOWNLOAD_BEGINS)
}
