import type { TreePlace } from '../../core/thread-tree.ts'
import { postElementId } from './build-post.ts'
import { setBranchButton } from './build-branch.ts'

/** What holds the posts of a branch that lie in one group; it stays when the branch is unfolded. */
const REST = 'branch-rest'
/** A group of which nothing is to be seen; the browser's guess of its height would leave a gap. */
const AWAY = 'away'

const NONE = -1

/**
 * Folding the branches of a tree. What is folded stays in the document, hidden until found: find-in-page, a link to a post
 * and the aids unfold the way to it. The posts themselves are left as they are: aids hide posts for reasons of their own.
 */
export class BranchFolds {
  readonly #list: HTMLElement
  readonly #onChange: (folded: readonly string[]) => void
  /** Ids of the posts in tree order, as far as they are known, and what stands at each. */
  #ids: readonly string[] = []
  readonly #positions = new Map<string, number>()
  #parents: readonly number[] = []
  #replies: readonly number[] = []
  /** Whether no more posts are to come. */
  #isWhole = false
  readonly #rests = new Map<string, HTMLElement[]>()
  readonly #folded: Set<string>

  /**
   * @param folded posts whose branches are folded from the start, when they come
   * @param onChange gets the posts whose branches are folded, after the reader folded or unfolded any
   */
  constructor(
    list: HTMLElement,
    folded: readonly string[],
    onChange: (folded: readonly string[]) => void,
    signal: AbortSignal,
  ) {
    this.#list = list
    this.#folded = new Set(folded)
    this.#onChange = onChange
    list.addEventListener('beforematch', ({ target }) => this.reveal(target as Element), { signal })
  }

  /** Whether there are branches, and all that begin at the top are folded. */
  get isAllFolded(): boolean {
    const roots = [...this.#topBranches()]
    return roots.length > 0 && roots.every((root) => this.#folded.has(root))
  }

  /** Takes the tree as far as it is known: the posts' ids in its order, and their places. */
  learn(ids: readonly string[], places: readonly Pick<TreePlace, 'depth'>[], isWhole: boolean): void {
    const parents: number[] = []
    const replies = new Array<number>(ids.length).fill(0)
    const way: number[] = []
    for (const [position, { depth }] of places.entries()) {
      parents.push(way[depth - 1] ?? NONE)
      way[depth] = position
    }
    for (let position = ids.length - 1; position >= 0; position--) {
      const parent = parents[position]!
      if (parent !== NONE) replies[parent]! += replies[position]! + 1
    }
    for (let position = this.#ids.length; position < ids.length; position++)
      this.#positions.set(ids[position]!, position)
    this.#ids = ids
    this.#parents = parents
    this.#replies = replies
    this.#isWhole = isWhole
    if (!isWhole) return
    // What is remembered may be of posts that are gone, or that nobody answers any longer.
    for (const root of this.#folded) if (this.#repliesTo(root) === 0) this.#folded.delete(root)
    for (const button of this.#list.querySelectorAll<HTMLElement>('.branch-button')) {
      const root = branchOf(button)
      setBranchButton(button, !this.#folded.has(root), this.#repliesTo(root))
    }
  }

  /** Takes posts that have come onto the page: those of a folded branch are folded too. */
  add(elements: readonly HTMLElement[]): void {
    if (this.#folded.size === 0) return
    const below = new Map<string, HTMLElement[]>()
    for (const element of elements) {
      const id = idOf(element)
      if (this.#folded.has(id)) this.#say(id)
      for (let at = this.#parentOf(id); at !== NONE; at = this.#parents[at]!) {
        const root = this.#ids[at]!
        if (!this.#folded.has(root)) continue
        const others = below.get(root)
        if (others) others.push(element)
        else below.set(root, [element])
      }
    }
    // The deepest first, so that each lies in the one above it.
    const roots = [...below.keys()].sort((a, b) => this.#positions.get(b)! - this.#positions.get(a)!)
    for (const root of roots) this.#hide(root, below.get(root)!)
  }

  /** Folds or unfolds the branch of a button. */
  toggle(button: HTMLElement): void {
    const root = branchOf(button)
    if (this.#folded.has(root)) this.#unfold(root)
    else this.#fold(root)
    this.#tell()
  }

  /** Folds every branch that begins at the top, or unfolds all. */
  foldAll(isFolded: boolean): void {
    if (isFolded) for (const root of [...this.#topBranches()]) this.#fold(root)
    else for (const root of [...this.#folded]) this.#unfold(root)
    this.#tell()
  }

  /** Unfolds the way to an element. */
  reveal(element: Element): void {
    const before = this.#folded.size
    for (let rest = element.closest(`.${REST}`); rest; rest = rest.parentElement!.closest(`.${REST}`)) {
      this.#unfold((rest as HTMLElement).dataset.branch!)
    }
    if (this.#folded.size < before) this.#tell()
  }

  #tell(): void {
    this.#onChange([...this.#folded])
  }

  *#topBranches(): Generator<string> {
    for (let position = 0; position < this.#ids.length; position += this.#replies[position]! + 1) {
      if (this.#replies[position]! > 0) yield this.#ids[position]!
    }
  }

  #parentOf(id: string): number {
    return this.#parents[this.#positions.get(id) ?? NONE] ?? NONE
  }

  #fold(root: string): void {
    const position = this.#positions.get(root)
    if (position === undefined || this.#folded.has(root)) return
    this.#folded.add(root)
    const below = this.#ids.slice(position + 1, position + 1 + this.#replies[position]!)
    const elements = below.map((id) => document.getElementById(postElementId(id)))
    this.#hide(
      root,
      elements.filter((element) => element !== null),
    )
    this.#say(root)
  }

  #unfold(root: string): void {
    if (!this.#folded.delete(root)) return
    const rests = this.#rests.get(root) ?? []
    for (const rest of rests) rest.removeAttribute('hidden')
    lookAtGroups(rests)
    this.#say(root)
  }

  #hide(root: string, elements: readonly HTMLElement[]): void {
    const rests = this.#rests.get(root) ?? []
    this.#rests.set(root, rests)
    let run: Element[] = []
    for (const element of elements) {
      const outermost = this.#outermostBelow(element, root)
      if (isRestOf(outermost.parentElement!, root) || run.at(-1) === outermost) continue
      if (run.length > 0 && run[0]!.parentNode !== outermost.parentNode) {
        rests.push(wrap(run, root))
        run = []
      }
      run.push(outermost)
    }
    if (run.length > 0) rests.push(wrap(run, root))
    for (const rest of rests) rest.setAttribute('hidden', 'until-found')
    lookAtGroups(rests)
  }

  /** The element, or what holds it of a branch that is itself a part of `root`'s. */
  #outermostBelow(element: Element, root: string): Element {
    let node = element
    for (let rest = node.parentElement; rest?.classList.contains(REST); rest = node.parentElement) {
      if (!this.#isBelow(rest.dataset.branch!, root)) break
      node = rest
    }
    return node
  }

  #isBelow(id: string, root: string): boolean {
    const distance = (this.#positions.get(id) ?? -1) - this.#positions.get(root)!
    return distance > 0 && distance <= this.#repliesTo(root)
  }

  #repliesTo(root: string): number {
    return this.#replies[this.#positions.get(root) ?? -1] ?? 0
  }

  #say(root: string): void {
    const button = document.getElementById(postElementId(root))?.querySelector<HTMLElement>(':scope > .branch-button')
    if (button) setBranchButton(button, !this.#folded.has(root), this.#isWhole ? this.#repliesTo(root) : undefined)
  }
}

function idOf(post: HTMLElement): string {
  return post.dataset.postId!
}

function branchOf(button: HTMLElement): string {
  return idOf(button.parentElement!)
}

function isRestOf(element: Element, root: string): boolean {
  return element.classList.contains(REST) && (element as HTMLElement).dataset.branch === root
}

/** Puts an element around neighbours and all between them. */
function wrap(neighbours: readonly Element[], root: string): HTMLElement {
  const [first, last] = [neighbours[0]!, neighbours.at(-1)!]
  const rest = first.ownerDocument.createElement('div')
  rest.className = REST
  rest.dataset.branch = root
  first.before(rest)
  while (rest.lastChild !== last) rest.append(rest.nextSibling!)
  return rest
}

function lookAtGroups(rests: readonly Element[]): void {
  for (const group of new Set(rests.map((rest) => rest.closest('.post-group')))) {
    group?.classList.toggle(
      AWAY,
      [...group.children].every((child) => (child as HTMLElement).hidden),
    )
  }
}
