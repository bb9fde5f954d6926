/**
 * A post's body as every export sees it: a small set of blocks, each of which every format can say. Lists hold blocks,
 * table cells and paragraphs hold a line's worth of words and pictures; nothing nests deeper than `read-body.ts` lets it.
 */
export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'quote'; children: Block[] }
  | { type: 'list'; isOrdered: boolean; start: number; items: Block[][] }
  | { type: 'code'; text: string; language?: string }
  | { type: 'table'; rows: TableRow[] }
  | { type: 'rule' }

export interface TableRow {
  isHead: boolean
  cells: Inline[][]
}

export type Inline =
  { type: 'text'; value: string } | { type: 'break' } | Picture | { type: 'marked'; mark: Mark; children: Inline[] }

export interface Picture {
  type: 'picture'
  /** An address of the web, or a bitmap in the address itself (`data:`). */
  url: string
  alt: string
  width?: number
  height?: number
}

/** What words are, or look like. Each kind surrounds words at most once. */
export type Mark =
  | { kind: 'bold' | 'italic' | 'underline' | 'strike' | 'code' | 'small' | 'sub' | 'sup' | 'spoiler' | 'highlight' }
  /** A colour as the allow-list writes it: `#rrggbb`, `#rgb` or a name. */
  | { kind: 'ink' | 'paper'; color: string }
  /** `original` is the address as the post had it, where it was cleaned. */
  | { kind: 'link'; url: string; original?: string }
