/** What the library can be sorted by. */
export const SORTS = ['recent', 'saved', 'title', 'author', 'board', 'length', 'posts', 'size', 'reply'] as const
export type LibrarySort = (typeof SORTS)[number]

/** Sorts in which the first rows are wanted to be the small ones. */
const RISING: readonly LibrarySort[] = ['title', 'author', 'board']

/** Which threads the library shows, and in which order. */
export interface LibraryView {
  sort: LibrarySort
  isDescending: boolean
  keep: 'all' | 'saved' | 'cached'
  /** A board by its `boardKey`. */
  board?: string
  /** A forum by its host. */
  site?: string
  /** By username. */
  author?: string
  tag?: string
  unread: boolean
  incomplete: boolean
  gone: boolean
  /** Words of the title, in any order. */
  title: string
}

export type LibraryFilters = Omit<LibraryView, 'sort' | 'isDescending'>

const MARKS = ['unread', 'incomplete', 'gone'] as const
const NAMES = ['board', 'site', 'author', 'tag'] as const

/** Characters of one value that are read from an address. */
const LONGEST_VALUE = 300

/** What the library shows when nothing else is asked for: all threads, those read last first. */
export function defaultView(): LibraryView {
  return { sort: 'recent', isDescending: true, ...noFilters() }
}

/** Filters that let every thread through. */
export function noFilters(): LibraryFilters {
  return { keep: 'all', unread: false, incomplete: false, gone: false, title: '' }
}

/** The direction in which a sort is wanted first. */
export function isDescendingFirst(sort: LibrarySort): boolean {
  return !RISING.includes(sort)
}

/** True when some threads may be left out. */
export function hasFilters({
  keep,
  board,
  site,
  author,
  tag,
  unread,
  incomplete,
  gone,
  title,
}: LibraryFilters): boolean {
  return (
    keep !== 'all' || unread || incomplete || gone || title.trim() !== '' || [board, site, author, tag].some(Boolean)
  )
}

/** Reads a view from an address's hash, such as `#sort=-length&tag=好`; what it does not tell is as by default. */
export function parseLibraryHash(hash: string): LibraryView {
  const view = defaultView()
  const parameters = new URLSearchParams(hash.replace(/^#/, ''))
  const read = (name: string) => parameters.get(name)?.slice(0, LONGEST_VALUE) ?? ''
  const sort = SORTS.find((each) => each === read('sort').replace(/^-/, ''))
  if (sort) Object.assign(view, { sort, isDescending: read('sort').startsWith('-') })
  const keep = read('keep')
  if (keep === 'saved' || keep === 'cached') view.keep = keep
  for (const mark of MARKS) view[mark] = read(mark) === '1'
  for (const name of NAMES) if (read(name)) view[name] = read(name)
  view.title = read('title')
  return view
}

/** Writes a view for an address's hash, empty for the default one; what else the former hash held stays in it. */
export function libraryHash(view: LibraryView, formerHash = ''): string {
  const former = formerHash.includes('=') ? new URLSearchParams(formerHash.replace(/^#/, '')) : []
  const parameters = new URLSearchParams([...former].filter(([name]) => !isOwn(name)))
  const { sort, isDescending, keep, title } = view
  if (sort !== 'recent' || !isDescending) parameters.set('sort', (isDescending ? '-' : '') + sort)
  if (keep !== 'all') parameters.set('keep', keep)
  for (const mark of MARKS) if (view[mark]) parameters.set(mark, '1')
  for (const name of NAMES) if (view[name]) parameters.set(name, view[name])
  if (title.trim()) parameters.set('title', title)
  const written = parameters.toString()
  return written && `#${written}`
}

function isOwn(name: string): boolean {
  return ['sort', 'keep', 'title', ...MARKS, ...NAMES].includes(name)
}
