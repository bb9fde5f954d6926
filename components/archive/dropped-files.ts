/** Endings of files that can hold threads; of a folder only these are read. */
const READABLE = /\.(?:txt|text|json|html?|xhtml|shtml|zip)$/i

/** Folders in folders beyond this are not looked into. */
const DEEPEST = 20

/** Files of a folder at most: more are none that anyone means to import. */
const MOST_FILES = 100_000

/** Files that were given, and how many were passed over because of what they are called. */
export interface GivenFiles {
  files: File[]
  passedOver: number
}

/** The files of a folder that was picked: those that can hold threads, each named with its path. */
export function filesOfFolder(files: readonly File[]): GivenFiles {
  const readable = files.filter(({ name }) => READABLE.test(name))
  return {
    files: readable.map((file) => withPath(file, file.webkitRelativePath)),
    passedOver: files.length - readable.length,
  }
}

/**
 * The files of a drop: files themselves whatever they are called, of folders those that can hold threads. Has to be called
 * while the event is handled, for what was dropped is gone afterwards. Files that cannot be read are passed over.
 */
export function droppedFiles(transfer: DataTransfer | null): Promise<GivenFiles> {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === 'file')
  const entries = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  return collect(entries)
}

async function collect(dropped: { entry: FileSystemEntry | null; file: File | null }[]): Promise<GivenFiles> {
  const given: GivenFiles = { files: [], passedOver: 0 }
  const folders: { folder: FileSystemDirectoryEntry; depth: number }[] = []
  for (const { entry, file } of dropped) {
    if (entry?.isDirectory) folders.push({ folder: entry as FileSystemDirectoryEntry, depth: 1 })
    else if (file) given.files.push(file)
  }
  for (let next = folders.shift(); next && given.files.length < MOST_FILES; next = folders.shift()) {
    for (const entry of await entriesOf(next.folder)) {
      if (entry.isDirectory) {
        if (next.depth < DEEPEST) folders.push({ folder: entry as FileSystemDirectoryEntry, depth: next.depth + 1 })
        continue
      }
      const file = READABLE.test(entry.name) ? await fileOf(entry as FileSystemFileEntry) : undefined
      if (file && given.files.length < MOST_FILES) given.files.push(withPath(file, entry.fullPath.replace(/^\//, '')))
      else given.passedOver++
    }
  }
  return given
}

/** A folder tells its entries a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const entries: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])))
    if (some.length === 0) return entries
    for (const entry of some) entries.push(entry)
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File | undefined> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(undefined)))
}

/** The same file under its path; nothing of it is read. */
function withPath(file: File, path: string): File {
  return path ? new File([file], path, { type: file.type, lastModified: file.lastModified }) : file
}
