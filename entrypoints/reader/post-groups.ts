/**
 * Posts in a group. The browser lays out the group on the screen and its neighbours whole, and none of the others: many
 * more would cost when scrolling, many fewer when ten thousand posts make thousands of groups.
 */
const GROUP_SIZE = 40

/**
 * Puts posts into groups that the browser need not lay out while they are far away (`content-visibility` in the style
 * sheet). They are in the document all the same: find-in-page and anchors reach them.
 */
export class PostGroups {
  #list: HTMLElement
  #group: HTMLElement | undefined
  #height = 0
  /** Posts in the last group; its elements may have been put together since. */
  #count = 0

  constructor(list: HTMLElement) {
    this.#list = list
  }

  /** Appends posts; `height` is what one is guessed to take, in CSS pixels, until the browser has laid it out. */
  append(posts: readonly { element: HTMLElement; height: number }[]): void {
    for (const { element, height } of posts) {
      if (!this.#group || this.#count >= GROUP_SIZE) this.#startGroup()
      this.#group!.append(element)
      this.#count++
      this.#height += height
      this.#group!.style.setProperty('contain-intrinsic-block-size', `auto ${this.#height}px`)
    }
  }

  #startGroup(): void {
    this.#group = this.#list.ownerDocument.createElement('div')
    this.#group.className = 'post-group'
    this.#height = this.#count = 0
    this.#list.append(this.#group)
  }
}
