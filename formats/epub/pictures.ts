import { pictureEnding } from '../../core/picture-types.ts'
import type { Picture } from '../body/blocks.ts'
import type { ExportOptions } from '../export-options.ts'
import { escapeAddress, escapeMarkup } from '../html/escape.ts'
import { dataBytes, sniffPicture } from '../picture-type.ts'
import { labelsOf } from '../post-line.ts'
import type { StoredFile } from '../stored-files.ts'

/** Kinds of pictures that a book may hold without another in their place, whatever its reader knows. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif'])

export interface BookPicture {
  /** Path in the book. */
  name: string
  type: string
  bytes: Blob
}

/** Collects the pictures that posts show as files of the book, each address once. */
export class BookPictures {
  readonly files: BookPicture[] = []
  #options: ExportOptions
  #byUrl = new Map<string, BookPicture | undefined>()

  constructor(options: ExportOptions) {
    this.#options = options
  }

  /** Markup of a picture: itself when its bytes are at hand, else a link to it, for books must not load anything. */
  markup = ({ url, alt }: Picture, isInLink: boolean): string => {
    if (this.#options.pictures === 'omit') return ''
    const label = labelsOf(this.#options).picture
    const file = this.#fileOf(url)
    if (file) return `<img src="${file.name}" alt="${escapeMarkup(alt || label)}"/>`
    const words = escapeMarkup(`[${[label, alt].filter(Boolean).join(' ')}]`)
    return isInLink || url.startsWith('data:') ? words : `<a href="${escapeAddress(url)}">${words}</a>`
  }

  /** True where the picture of an address is at hand. */
  has(url: string): boolean {
    return this.#fileOf(url) !== undefined
  }

  #fileOf(url: string): BookPicture | undefined {
    if (this.#byUrl.has(url)) return this.#byUrl.get(url)
    const { pictures } = this.#options
    const found = url.startsWith('data:') ? readData(url) : typeof pictures === 'object' ? pictures.get(url) : undefined
    let file: BookPicture | undefined
    if (found && SHOWN.has(found.type)) {
      const number = String(this.files.length + 1).padStart(4, '0')
      file = { name: `images/${number}.${pictureEnding(found.type)}`, type: found.type, bytes: found.bytes }
      this.files.push(file)
    }
    this.#byUrl.set(url, file)
    return file
  }
}

/** A picture that its address holds; undefined for what is none. */
function readData(url: string): StoredFile | undefined {
  const bytes = dataBytes(url)
  const type = bytes && sniffPicture(bytes)
  return type && { type, bytes: new Blob([bytes]) }
}
