import type { AidPartName } from '../core/aid-parts.ts'
import type { AidParts, LoadPart } from './aid-parts.ts'

const imports: { readonly [Name in AidPartName]: () => Promise<AidParts[Name]> } = {
  'key-list': () => import('./key-list.ts'),
  'page-joiner': () => import('./page-joiner.ts'),
  'post-outlines': () => import('./post-outlines.ts'),
  'search-panel': () => import('./search-panel.ts'),
}

/** Brings parts of aids in pages of the extension's own, which may import them. */
export const importPart: LoadPart = (name) => imports[name]()
