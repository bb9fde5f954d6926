/** A run of page numbers, 1-based, both ends included; `to` may be `Infinity`. */
export interface PageRange {
  from: number
  to: number
}

/** The pages of a set, as ranges in rising order that neither touch nor overlap. A thread may have 10,000 pages. */
export type PageSet = readonly PageRange[]

export const ALL_PAGES: PageSet = [{ from: 1, to: Infinity }]

/** Both sets' pages. */
export function unitePages(first: PageSet, second: PageSet): PageSet {
  const united: PageRange[] = []
  for (const { from, to } of [...first, ...second].sort((a, b) => a.from - b.from)) {
    const last = united.at(-1)
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to)
    else if (from <= to) united.push({ from, to })
  }
  return united
}

/** The pages of `first` that are not in `second`. */
export function subtractPages(first: PageSet, second: PageSet): PageSet {
  let left: PageRange[] = [...first]
  for (const cut of second) {
    left = left.flatMap(({ from, to }) =>
      [
        { from, to: Math.min(to, cut.from - 1) },
        { from: Math.max(from, cut.to + 1), to },
      ].filter((range) => range.from <= range.to && range.from < Infinity),
    )
  }
  return unitePages(left, [])
}

/** The pages of a set from 1 up to `last`. */
export function pagesUpTo(pages: PageSet, last: number): PageSet {
  return subtractPages(pages, [{ from: last + 1, to: Infinity }])
}

/** How many pages there are; `Infinity` for a set without end. */
export function countPages(pages: PageSet): number {
  return pages.reduce((sum, { from, to }) => sum + to - from + 1, 0)
}

export function onePage(page: number): PageSet {
  return [{ from: page, to: page }]
}
