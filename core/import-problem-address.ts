/** Why a text could not be opened as a thread, for the page that says so. */
export interface ImportProblem {
  /** A diagnostic's code, or an archive error's. */
  code: string
  /** 1-based line of the text. */
  line: number
}

/** Address of the library page that says why a text was not opened, as a path of the extension. */
export function importProblemAddress({ code, line }: ImportProblem): string {
  return `/library.html#import-problem/${encodeURIComponent(code)}/${line}`
}

/** Reads the hash of such an address; undefined for any other. */
export function parseImportProblemHash(hash: string): ImportProblem | undefined {
  const match = /^#import-problem\/([a-z-]+)\/(\d{1,9})$/.exec(hash)
  return match ? { code: match[1]!, line: Number(match[2]) } : undefined
}
