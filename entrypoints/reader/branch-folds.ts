import type { TreePlace } from '../../core/thread-tree.ts'
import { postElementId } from './build-post.ts'
import { setBranchButton } from './build-branch.ts'

/** What holds the posts of a branch that lie in one group; it stays when the branch is unfolded. */
const REST = 'branch-rest'
/** A group of which nothing is to be seen; the browser's guess of its height would leave a gap. */
const AWAY = 'away'

/**
 * Folding the branches of a tree. What is folded stays in the document, hidden until found: find-in-page, a link to a post
 * and the aids unfold the way to it. The posts themselves are left as they are: aids hide posts for reasons of their own.
 */
export class BranchFolds {
  readonly #list: HTMLElement
  /** Ids of all posts in tree order, and what stands at each. */
  #ids: readonly string[] = []
  readonly #positions = new Map<string, number>()
  #replies: readonly number[] = []
  readonly #rests = new Map<string, HTMLElement[]>()
  readonly #folded = new Set<string>()

  constructor(list: HTMLElement, signal: AbortSignal) {
    this.#list = list
    list.addEventListener('beforematch', ({ target }) => this.reveal(target as Element), { signal })
  }

  /** Takes the whole tree, with the posts' ids in its order; until then nothing folds. */
  learn(ids: readonly string[], places: readonly TreePlace[]): void {
    this.#ids = ids
    this.#replies = places.map(({ replies = 0 }) => replies)
    for (const [position, id] of ids.entries()) this.#positions.set(id, position)
    for (const button of this.#list.querySelectorAll<HTMLElement>('.branch-button')) {
      setBranchButton(button, true, this.#repliesTo(branchOf(button)))
    }
  }

  /** Takes posts that have come onto the page: those of a folded branch are folded too. */
  add(elements: readonly HTMLElement[]): void {
    // The deepest first, so that each lies in the one above it.
    const folded = [...this.#folded].sort((a, b) => this.#positions.get(b)! - this.#positions.get(a)!)
    for (const root of folded)
      this.#hide(
        root,
        elements.filter((element) => this.#isBelow(idOf(element), root)),
      )
  }

  /** Folds or unfolds the branch of a button. */
  toggle(button: HTMLElement): void {
    const root = branchOf(button)
    if (this.#folded.has(root)) this.#unfold(root)
    else this.#fold(root)
  }

  /** Folds every branch that begins at the top, or unfolds all. */
  foldAll(isFolded: boolean): void {
    if (!isFolded) return [...this.#folded].forEach((root) => this.#unfold(root))
    for (let position = 0; position < this.#ids.length; position += this.#replies[position]! + 1) {
      if (this.#replies[position]! > 0) this.#fold(this.#ids[position]!)
    }
  }

  /** Unfolds the way to an element. */
  reveal(element: Element): void {
    for (let rest = element.closest(`.${REST}`); rest; rest = rest.parentElement!.closest(`.${REST}`)) {
      this.#unfold((rest as HTMLElement).dataset.branch!)
    }
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
    this.#say(root, false)
  }

  #unfold(root: string): void {
    if (!this.#folded.delete(root)) return
    const rests = this.#rests.get(root) ?? []
    for (const rest of rests) rest.removeAttribute('hidden')
    lookAtGroups(rests)
    this.#say(root, true)
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

  #say(root: string, isOpen: boolean): void {
    const button = document.getElementById(postElementId(root))?.querySelector<HTMLElement>(':scope > .branch-button')
    if (button) setBranchButton(button, isOpen, this.#repliesTo(root))
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
