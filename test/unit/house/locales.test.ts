import { parseYAML } from 'confbox'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { aids } from '../../../aids/registry.ts'
import { PAGE_SECTIONS } from '../../../locales/page-texts.ts'
import { rooms } from '../../../scripts/rooms.ts'

const root = resolve(import.meta.dirname, '../../..')
const LANGUAGES = ['zh_CN', 'en']

/** A text by its key: one form, or one for each number. */
type Texts = Map<string, string[]>

function readTexts(language: string): Texts {
  const texts: Texts = new Map()
  const collect = (node: unknown, path: string) => {
    if (typeof node === 'string') return void texts.set(path, [node])
    if (typeof node !== 'object' || node === null) throw new Error(`${language}: ${path} is no text`)
    const entries = Object.entries(node)
    if (entries.every(([key]) => /^(?:\d+|n)$/.test(key)))
      texts.set(
        path,
        entries.map(([, text]) => text as string),
      )
    else for (const [key, child] of entries) collect(child, path ? `${path}.${key}` : key)
  }
  collect(parseYAML(readFileSync(join(root, `locales/${language}.yml`), 'utf8')), '')
  return texts
}

const all = new Map(LANGUAGES.map((language) => [language, readTexts(language)]))
const keys = [...all.get('zh_CN')!.keys()]
const sections = new Set(keys.map((key) => key.split('.')[0]!))

/** All of our code, comments taken out, as one text. */
const code = readCode([...Object.keys(rooms), 'entrypoints', 'wxt.config.ts'])

/** Of folders and files. */
function readCode(paths: readonly string[]): string {
  return paths
    .flatMap((path) =>
      /\.ts$/.test(path)
        ? [join(root, path)]
        : readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
            .filter((name) => /\.(?:ts|vue)$/.test(name))
            .map((name) => join(root, path, name)),
    )
    .map((file) => readFileSync(file, 'utf8').replace(/^\s*(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm, ''))
    .join('\n')
}

/** Keys that code names whole: as an argument, in a table, in a choice; and in the manifest with underscores. */
function findNamedKeys(source: string): string[] {
  const quoted = [...source.matchAll(/'([a-z][A-Za-z]*(?:\.[A-Za-z0-9]+)+|[a-z][A-Za-z]+)'/g)].map(([, key]) => key!)
  const inSection = quoted.filter((key) => sections.has(key.split('.')[0]!) && key.includes('.'))
  const inManifest = [...source.matchAll(/__MSG_(\w+?)__/g)].map(([, name]) => name!.replaceAll('_', '.'))
  return [...inSection.filter((key) => !/\.(?:html|ts|vue|css|js|json|yml|txt|md|epub|com)$/.test(key)), ...inManifest]
}

/** Keys whose last part code puts together, such as `export.${name}About`; those of aids are put together from the aid. */
function findMadeKeys(source: string): RegExp[] {
  return [...source.matchAll(/`([a-z][A-Za-z]*(?:\.[A-Za-z]+)*\.)\$\{[^`]*?\}([A-Za-z]*)`/g)]
    .filter(([, start]) => sections.has(start!.split('.')[0]!))
    .map(([, start, end]) => new RegExp(`^${start!.replaceAll('.', '\\.')}[A-Za-z0-9]+${end}$`))
}

function aidKeys(): string[] {
  return aids.flatMap(({ id, options }) => {
    const section = id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
    const choices = Object.values(options).flatMap((option) =>
      'choices' in option ? (option.choices as string[]) : [],
    )
    return ['name', 'description', ...Object.keys(options), ...choices].map((name) => `${section}.${name}`)
  })
}

test('both languages have the same texts, in the same forms’ places', () => {
  for (const language of LANGUAGES) expect([...all.get(language)!.keys()].sort(), language).toEqual([...keys].sort())
})

test('a text takes the same values in both languages, counted from $1', () => {
  const valuesOf = (forms: string[]) => [...new Set(forms.flatMap((form) => form.match(/\$\d/g) ?? []))].sort()
  for (const key of keys) {
    const values = LANGUAGES.map((language) => valuesOf(all.get(language)!.get(key) ?? []))
    expect(values[0], key).toEqual(values[1])
    expect(values[0], key).toEqual(values[0]!.map((_, index) => `$${index + 1}`))
  }
})

test('no text is empty', () => {
  for (const [language, texts] of all)
    for (const [key, forms] of texts)
      expect(
        forms.every((form) => form.trim() !== ''),
        `${language} ${key}`,
      ).toBe(true)
})

test('every text that code asks for exists', () => {
  const named = findNamedKeys(code)
  expect(named.length).toBeGreaterThan(100)
  expect([...named, ...aidKeys()].filter((key) => !keys.includes(key))).toEqual([])
  for (const pattern of findMadeKeys(code))
    expect(keys.filter((key) => pattern.test(key)).length, String(pattern)).toBeGreaterThan(0)
})

test('no text lies about that nothing asks for', () => {
  const named = new Set([...findNamedKeys(code), ...aidKeys()])
  const made = findMadeKeys(code)
  expect(keys.filter((key) => !named.has(key) && !made.some((pattern) => pattern.test(key)))).toEqual([])
})

test('what is written on forums’ pages is provided there', () => {
  const written = readCode(['aids', 'visit', 'locales/format-length.ts'])
  const sectionsWritten = [...findNamedKeys(written), ...aidKeys()].map((key) => key.split('.')[0]!)
  expect([...PAGE_SECTIONS].sort()).toEqual([...new Set(sectionsWritten)].sort())
})

test('a planted use is found', () => {
  expect(findNamedKeys("i18n.t('popup.noSuchText')")).toEqual(['popup.noSuchText'])
  expect(findNamedKeys("browser.runtime.getURL('popup.html')")).toEqual([])
  expect(findMadeKeys('i18n.t(`export.${each}About`)').map(String)).toEqual(['/^export\\.[A-Za-z0-9]+About$/'])
})
