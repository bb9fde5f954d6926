import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { looksParts } from '../../../../core/reader-looks.ts'

const root = resolve(import.meta.dirname, '../../../..')
const base = readFileSync(resolve(root, 'components/base.css'), 'utf8')
const themes = readFileSync(resolve(root, 'entrypoints/reader/themes.css'), 'utf8')

type Tokens = Record<string, string>

/** The custom properties of a block of declarations that are colours. */
function coloursIn(css: string): Tokens {
  const found = css.matchAll(/--([a-z-]+):\s*(#[\da-f]{3,6}|light-dark\(#[\da-f]+, #[\da-f]+\))/g)
  return Object.fromEntries([...found].map(([, name, value]) => [name!, value!]))
}

function tokensOf(theme: string, scheme: 'light' | 'dark'): Tokens {
  const rest = themes.split(`[data-theme='${theme}'] {`)[1]
  const own = rest === undefined ? {} : coloursIn(rest.slice(0, rest.indexOf('}')))
  const chosen = ([name, value]: [string, string]) => {
    const pair = /light-dark\((#[\da-f]+), (#[\da-f]+)\)/.exec(value)
    return [name, pair ? pair[scheme === 'light' ? 1 : 2]! : value]
  }
  return Object.fromEntries(Object.entries({ ...coloursIn(base), ...own }).map(chosen)) as Tokens
}

/** Relative luminance by WCAG 2. */
function luminance(hex: string): number {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join('') : hex.slice(1)
  const [r, g, b] = [0, 2, 4].map((at) => {
    const value = Number.parseInt(digits.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const cases: [theme: string, scheme: 'light' | 'dark'][] = [
  ['system', 'light'],
  ['system', 'dark'],
  ['paper', 'light'],
  ['white', 'light'],
  ['grey', 'dark'],
  ['black', 'dark'],
]

test('every theme that can be chosen is looked at, and has tokens of its own', () => {
  expect([...new Set(cases.map(([theme]) => theme))].toSorted()).toEqual([...looksParts.theme.choices].toSorted())
  const papers = cases.map(([theme, scheme]) => tokensOf(theme, scheme).paper)
  expect(new Set(papers).size).toBe(cases.length)
  for (const [theme, scheme] of cases.slice(2)) {
    expect(themes.split(`[data-theme='${theme}'] {`)[1]).toContain(`color-scheme: ${scheme};`)
  }
})

test('contrast is computed as it is elsewhere', () => {
  expect(contrast('#000', '#fff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

describe.each(cases)('%s, %s', (theme, scheme) => {
  const tokens = tokensOf(theme, scheme)
  const surfaces = ['paper', 'surface', 'sunken']

  test.each(['ink', 'muted', 'accent', 'warning'])('%s can be read on every surface', (text) => {
    for (const surface of surfaces) {
      expect(contrast(tokens[text]!, tokens[surface]!), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('words on filled buttons and notes can be read', () => {
    for (const [text, fill] of [
      ['on-accent', 'accent-fill'],
      ['on-accent', 'accent-fill-hover'],
      ['ink', 'warning-fill'],
      ['warning', 'warning-fill'],
    ]) {
      expect(contrast(tokens[text!]!, tokens[fill!]!), `${text} on ${fill}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('focus and the frames of controls can be seen', () => {
    for (const line of ['accent', 'line-strong']) {
      for (const surface of surfaces) {
        expect(contrast(tokens[line]!, tokens[surface]!), `${line} on ${surface}`).toBeGreaterThanOrEqual(3)
      }
    }
  })
})
