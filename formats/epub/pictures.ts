import type { Picture } from '../body/blocks.ts'
import type { ExportOptions } from '../export-options.ts'
import { escapeAddress, escapeMarkup } from '../html/escape.ts'
import { dataBytes, sniffPicture } from '../picture-type.ts'
import { labelsOf } from '../post-line.ts'

/** Kinds of pictures that every e-reader shows, with their file endings. */
const ENDINGS: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/gif': 'gif' }

export interface BookPicture {
  /** Path in the book. */
  name: string
  type: string
  bytes: Uint8Array
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

  #fileOf(url: string): BookPicture | undefined {
    if (this.#byUrl.has(url)) return this.#byUrl.get(url)
    const { pictures } = this.#options
    const stored = typeof pictures === 'object' ? pictures.get(url)?.bytes : undefined
    const bytes = url.startsWith('data:') ? dataBytes(url) : stored
    const type = bytes && sniffPicture(bytes)
    const ending = type && ENDINGS[type]
    let file: BookPicture | undefined
    if (bytes && type && ending) {
      file = { name: `images/${String(this.files.length + 1).padStart(4, '0')}.${ending}`, type, bytes }
      this.files.push(file)
    }
    this.#byUrl.set(url, file)
    return file
  }
}
