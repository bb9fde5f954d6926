// @vitest-environment happy-dom
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { PostRecord } from '../../../../archive/records.ts'
import { BranchFolds } from '../../../../entrypoints/reader/branch-folds.ts'
import { markBranch } from '../../../../entrypoints/reader/build-branch.ts'
import { buildPost } from '../../../../entrypoints/reader/build-post.ts'
import { TreeOrder, type PlacedPost } from '../../../../entrypoints/reader/tree-order.ts'

/** Posts of a tree on a page in groups of three; `a>b`: b hangs under a. */
function build(...lines: string[]) {
  return buildFolded([], ...lines)
}

/** The same, with branches that are folded from the start. */
function buildFolded(folded: readonly string[], ...lines: string[]) {
  const records = lines.map((line): PostRecord => {
    const [above, id] = line.includes('>') ? line.split('>') : [undefined, line]
    const own = { id: id!, author: { username: id! }, html: id!, text: id!, quotes: [], attachments: [] }
    const post = { ...own, ...(above === undefined ? {} : { parentId: above }) }
    const rest = { threadKey: 'k', position: 1, readAt: '', source: 'page' as const }
    return { ...rest, id: id!, post, measure: { characters: 1, words: 0 } }
  })
  const order = new TreeOrder()
  order.take(records, records.length, true)
  const list = document.createElement('div')
  document.body.append(list)
  const told: string[] = []
  const folds = new BranchFolds(list, folded, (ids) => told.push(ids.join('')), new AbortController().signal)
  const ids = order.posts.map(({ record }) => record.id)
  const learn = (count: number) => folds.learn(ids.slice(0, count), order.places!.slice(0, count), count === ids.length)
  learn(ids.length)
  const append = (posts: readonly PlacedPost[]) => {
    const elements = posts.map((placed) => {
      const element = buildPost(placed.record, document)
      markBranch(element, placed)
      if (list.querySelectorAll('.post').length % 3 === 0) {
        list.append(document.createElement('div'))
        list.lastElementChild!.className = 'post-group'
      }
      list.lastElementChild!.append(element)
      return element
    })
    folds.add(elements)
  }
  const shown = () =>
    [...list.querySelectorAll<HTMLElement>('.post')]
      .filter((post) => !post.closest('[hidden]'))
      .map(({ dataset }) => dataset.postId)
      .join('')
  const button = (id: string) => document.querySelector<HTMLElement>(`#post-${id} > .branch-button`)!
  return { list, folds, order, learn, told, append, shown, button }
}

beforeEach(() => document.body.replaceChildren())

const TREE = ['a', 'a>b', 'b>c', 'c>d', 'b>e', 'a>f', 'g', 'g>h'] as const

describe('folding a branch', () => {
  test('hides what hangs under a post, over groups, and says how many', () => {
    const { folds, append, order, shown, button } = build(...TREE)
    append(order.posts)
    expect(button('a').textContent).toBe('收起 5 条回复')
    expect(button('d')).toBeNull()
    folds.toggle(button('b'))
    expect(shown()).toBe('abfgh')
    expect(button('b').textContent).toBe('展开 3 条回复')
    expect(button('b').getAttribute('aria-expanded')).toBe('false')
    folds.toggle(button('b'))
    expect(shown()).toBe('abcdefgh')
    expect(button('b').textContent).toBe('收起 3 条回复')
  })

  test('a branch in a folded branch stays as it was', () => {
    const { folds, append, order, shown, button } = build(...TREE)
    append(order.posts)
    folds.toggle(button('c'))
    folds.toggle(button('a'))
    expect(shown()).toBe('agh')
    folds.toggle(button('a'))
    expect(shown()).toBe('abcefgh')
    folds.toggle(button('b'))
    folds.toggle(button('c'))
    expect(shown()).toBe('abfgh')
  })

  test('posts that come later are folded with the others', () => {
    const { folds, append, order, shown, button } = build(...TREE)
    append(order.posts.slice(0, 3))
    folds.toggle(button('b'))
    folds.toggle(button('a'))
    append(order.posts.slice(3, 5))
    append(order.posts.slice(5))
    expect(shown()).toBe('agh')
    folds.toggle(button('a'))
    expect(shown()).toBe('abfgh')
  })

  test('what is found, or linked to, unfolds the way to itself', () => {
    const { list, folds, append, order, shown, button } = build(...TREE)
    append(order.posts)
    folds.toggle(button('c'))
    folds.toggle(button('a'))
    list.querySelector('#post-d .post-body')!.dispatchEvent(new Event('beforematch', { bubbles: true }))
    expect(shown()).toBe('abcdefgh')
    expect(button('c').getAttribute('aria-expanded')).toBe('true')
  })

  test('a group of which nothing is to be seen takes no room', () => {
    const { list, folds, append, order, button } = build(...TREE)
    append(order.posts)
    const away = () => [...list.children].map((group) => group.classList.contains('away'))
    folds.toggle(button('a'))
    expect(away()).toEqual([false, true, false])
    folds.toggle(button('a'))
    expect(away()).toEqual([false, false, false])
  })

  test('all at once, and back', () => {
    const { folds, append, order, shown } = build(...TREE)
    append(order.posts)
    folds.foldAll(true)
    expect(shown()).toBe('ag')
    folds.foldAll(false)
    expect(shown()).toBe('abcdefgh')
  })

  test('what an aid hides stays hidden, and is not shown by unfolding', () => {
    const { list, folds, append, order, shown, button } = build(...TREE)
    append(order.posts)
    list.querySelector('#post-c')!.setAttribute('hidden', 'until-found')
    folds.toggle(button('a'))
    folds.toggle(button('a'))
    expect(shown()).toBe('abdefgh')
  })
})

describe('what was folded before', () => {
  test('is folded when it comes, with its number, and unfolds', () => {
    const { append, order, shown, button, folds } = buildFolded(['b'], ...TREE)
    append(order.posts.slice(0, 2))
    expect(button('b').textContent).toBe('展开 3 条回复')
    append(order.posts.slice(2))
    expect(shown()).toBe('abfgh')
    folds.toggle(button('b'))
    expect(shown()).toBe('abcdefgh')
  })

  test('is folded also while more posts are to come, without a number', () => {
    const { append, learn, order, shown, button } = buildFolded(['b', 'g'], ...TREE)
    learn(3)
    append(order.posts.slice(0, 3))
    expect(shown()).toBe('ab')
    expect(button('b').textContent).toBe('展开回复')
    learn(5)
    append(order.posts.slice(3, 5))
    expect(shown()).toBe('ab')
    learn(8)
    expect(button('b').textContent).toBe('展开 3 条回复')
    append(order.posts.slice(5))
    expect(shown()).toBe('abfg')
  })

  test('of posts that are gone, or that nobody answers now, is no more', () => {
    const { append, order, shown, folds, told, button } = buildFolded(['gone', 'd', 'c'], ...TREE)
    append(order.posts)
    expect(shown()).toBe('abcefgh')
    expect(button('d')).toBeNull()
    folds.toggle(button('g'))
    expect(told).toEqual(['cg'])
  })

  test('a branch in a folded branch is folded in its turn', () => {
    const { append, order, shown, button, folds } = buildFolded(['a', 'c'], ...TREE)
    append(order.posts)
    expect(shown()).toBe('agh')
    folds.toggle(button('a'))
    expect(shown()).toBe('abcefgh')
  })
})

test('each change is told, with what is folded then', () => {
  const { append, order, folds, told, list, button } = build(...TREE)
  append(order.posts)
  folds.toggle(button('b'))
  folds.foldAll(true)
  expect(folds.isAllFolded).toBe(true)
  folds.reveal(list.querySelector('#post-d')!)
  expect(folds.isAllFolded).toBe(false)
  folds.reveal(list.querySelector('#post-d')!)
  folds.foldAll(false)
  expect(told).toEqual(['b', 'bag', 'g', ''])
})

test('after whatever is folded and unfolded, exactly what hangs under a folded post is hidden, in order', () => {
  const ids = 'abcdefghijkl'
  const tree = fc
    .array(fc.integer({ min: -1, max: 30 }), { minLength: 12, maxLength: 12 })
    .map((parents) =>
      parents.map((parent, index) =>
        parent >= 0 && parent % (index + 1) < index ? `${ids[parent % (index + 1)]}>${ids[index]}` : ids[index]!,
      ),
    )
  fc.assert(
    fc.property(tree, fc.array(fc.nat(11), { maxLength: 12 }), fc.nat(12), (lines, presses, ready) => {
      document.body.replaceChildren()
      const { folds, append, order, shown, button } = build(...lines)
      append(order.posts.slice(0, ready))
      const folded = new Set<string>()
      const press = (number: number) => {
        const id = ids[number]!
        if (!document.getElementById(`post-${id}`) || !button(id)) return
        folds.toggle(button(id))
        if (!folded.delete(id)) folded.add(id)
      }
      const half = Math.floor(presses.length / 2)
      presses.slice(0, half).forEach(press)
      append(order.posts.slice(ready))
      presses.slice(half).forEach(press)
      const isFoldedAway = ({ parent }: PlacedPost): boolean =>
        parent !== undefined &&
        (folded.has(parent.id) || isFoldedAway(order.posts.find(({ record }) => record === parent)!))
      const expected = order.posts.filter((post) => !isFoldedAway(post)).map(({ record }) => record.id)
      expect(shown()).toBe(expected.join(''))
      expect([...document.querySelectorAll<HTMLElement>('.post')].map(({ dataset }) => dataset.postId)).toEqual(
        order.posts.map(({ record }) => record.id),
      )
    }),
    { numRuns: 60 },
  )
})
