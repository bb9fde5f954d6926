import { hasWords, tidyInlines } from './inlines.ts'
import type { Block, Inline, Mark, Picture, TableRow } from './blocks.ts'

/** Quotes and lists in each other that are kept; what nests deeper stands in the innermost. */
const DEEPEST = 8

type Container =
  | { kind: 'blocks'; blocks: Block[] }
  | { kind: 'list'; items: Block[][]; item: Block[] | undefined }
  | { kind: 'table'; rows: TableRow[]; cell: Inline[] | undefined }

/**
 * Builds blocks from what a walk through markup meets, in whatever order hostile markup has it: words straight in a
 * list become an item, a block inside bold words ends the line and goes on in bold, a table in a table is a part of the
 * cell. Every `open…` returns the function that ends what it opened; they are called innermost first.
 */
export class BlockBuilder {
  #open: Container[] = [{ kind: 'blocks', blocks: [] }]
  #marks: Mark[] = []
  #line: Inline[] = []
  /** Collapsible white space at the end of the line, or nothing at all. */
  #endsWithSpace = true
  #endsWithBreak = true
  /** Tables in a cell that are open: their rows are lines of the cell. */
  #flatTables = 0

  addText(text: string): void {
    let value = text.replace(/[ \t\n\f\r]+/g, ' ').replace(/(?<=\S)\u00a0(?=\S)/g, ' ')
    if (this.#endsWithSpace && value.startsWith(' ')) value = value.slice(1)
    if (value === '') return
    this.#add({ type: 'text', value })
    this.#endsWithSpace = value.endsWith(' ')
    this.#endsWithBreak = false
  }

  addPicture(picture: Picture): void {
    this.#add(picture)
    this.#endsWithSpace = false
    this.#endsWithBreak = false
  }

  /** One break ends a line; a second one ends the paragraph, which is what writers of forums mean by it. */
  addBreak(): undefined {
    if (this.#endsWithBreak) return this.#cell ? undefined : this.endBlock()
    this.#add({ type: 'break' })
    this.#endsWithSpace = true
    this.#endsWithBreak = true
  }

  addRule(): undefined {
    this.endBlock()
    if (!this.#cell) this.#blocks().push({ type: 'rule' })
  }

  addCode(text: string, language?: string): void {
    if (this.#cell) return this.addText(text)
    this.endBlock()
    if (text) this.#blocks().push({ type: 'code', text, ...(language === undefined ? {} : { language }) })
  }

  /** Marks the words to come; a kind that is open already is not opened twice. */
  openMarks(marks: readonly Mark[]): () => void {
    const before = this.#marks
    const added = marks.filter(({ kind }, index) => marks.findIndex((other) => other.kind === kind) === index)
    this.#marks = [...before, ...added.filter(({ kind }) => !before.some((open) => open.kind === kind))]
    return () => (this.#marks = before)
  }

  openQuote(): () => void {
    this.endBlock()
    if (this.#cannotNest()) return () => this.endBlock()
    const children: Block[] = []
    this.#open.push({ kind: 'blocks', blocks: children })
    return () => this.#close(() => children.length > 0 && this.#blocks().push({ type: 'quote', children }))
  }

  openList(isOrdered: boolean, start: number): () => void {
    this.endBlock()
    if (this.#cannotNest()) return () => this.endBlock()
    const items: Block[][] = []
    this.#open.push({ kind: 'list', items, item: undefined })
    return () =>
      this.#close(() => {
        const kept = items.filter((item) => item.length > 0)
        if (kept.length > 0) this.#blocks().push({ type: 'list', isOrdered, start: Math.max(0, start), items: kept })
      })
  }

  openItem(): () => void {
    this.endBlock()
    const list = this.#open.at(-1)!
    if (list.kind === 'list') itemOf(list, true)
    return () => {
      this.endBlock()
      // Words between two items are an item of their own.
      if (list.kind === 'list') list.item = undefined
    }
  }

  openTable(): () => void {
    this.endBlock()
    if (this.#cannotNest()) {
      this.#flatTables++
      return () => {
        this.#flatTables--
        this.endBlock()
      }
    }
    const rows: TableRow[] = []
    this.#open.push({ kind: 'table', rows, cell: undefined })
    return () =>
      this.#close(() => {
        for (const row of rows) for (const cell of row.cells) tidyInlines(cell)
        const kept = rows.filter(({ cells }) => cells.some(hasWords))
        if (kept.length > 0) this.#blocks().push({ type: 'table', rows: kept })
      })
  }

  openRow(): undefined {
    this.endBlock()
    const table = this.#open.at(-1)!
    if (table.kind !== 'table' || this.#flatTables > 0) return
    table.rows.push({ isHead: true, cells: [] })
  }

  openCell(isHead: boolean): () => void {
    const table = this.#open.at(-1)!
    if (table.kind !== 'table' || this.#flatTables > 0) return () => this.addText(' ')
    this.endBlock()
    this.#openCell(table, isHead)
    return () => {
      table.cell = undefined
      this.#startLine()
    }
  }

  /** Ends the paragraph; in a table's cell, the line. */
  endBlock(): undefined {
    if (this.#cell) {
      if (!this.#endsWithBreak) this.addBreak()
      return
    }
    const line = this.#line
    this.#startLine()
    if (line.length === 0) return
    tidyInlines(line)
    if (hasWords(line)) this.#blocks().push({ type: 'paragraph', children: line })
  }

  finish(): Block[] {
    this.endBlock()
    const [root] = this.#open
    return root?.kind === 'blocks' ? root.blocks : []
  }

  get #cell(): Inline[] | undefined {
    const top = this.#open.at(-1)!
    return top.kind === 'table' ? top.cell : undefined
  }

  /** In a cell there is only one line; and a table whose cell is not open has no place for a block either. */
  #cannotNest(): boolean {
    return this.#open.length > DEEPEST || this.#open.at(-1)!.kind === 'table'
  }

  #close(add: () => void): void {
    this.endBlock()
    this.#open.pop()
    this.#startLine()
    add()
  }

  #startLine(): void {
    this.#line = []
    this.#endsWithSpace = true
    this.#endsWithBreak = true
  }

  /** Where a block goes now. A table takes none: what comes between its cells stands before it. */
  #blocks(): Block[] {
    const container = this.#open.findLast(({ kind }) => kind !== 'table')!
    if (container.kind === 'blocks') return container.blocks
    return container.kind === 'list' ? itemOf(container, false) : []
  }

  #openCell(table: Extract<Container, { kind: 'table' }>, isHead: boolean): void {
    if (table.rows.length === 0) table.rows.push({ isHead: true, cells: [] })
    const row = table.rows.at(-1)!
    row.isHead &&= isHead
    table.cell = []
    row.cells.push(table.cell)
    this.#startLine()
  }

  /** Adds words under the open marks, in the wrappers that stand at the end of the line where they are the same. */
  #add(leaf: Inline): void {
    let list = this.#cell ?? this.#line
    for (const mark of this.#marks) {
      const last = list.at(-1)
      if (last?.type === 'marked' && last.mark === mark) list = last.children
      else {
        const wrapper: Inline = { type: 'marked', mark, children: [] }
        list.push(wrapper)
        list = wrapper.children
      }
    }
    const last = list.at(-1)
    if (leaf.type === 'text' && last?.type === 'text') last.value += leaf.value
    else list.push(leaf)
  }
}

/** The list's open item; a new one where there is none, or where one is asked for. */
function itemOf(list: Extract<Container, { kind: 'list' }>, isNew: boolean): Block[] {
  if (list.item && !isNew) return list.item
  list.item = []
  list.items.push(list.item)
  return list.item
}
