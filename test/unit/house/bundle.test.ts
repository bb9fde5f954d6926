import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { dirname, join, relative, resolve } from 'node:path'
import { build } from 'vite'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { aidPartNames } from '../../../core/aid-parts.ts'
import { contentScriptAliases } from '../../../scripts/content-script-aliases.ts'

const root = resolve(import.meta.dirname, '../../..')
const CONTENT_SCRIPTS = [
  'thread.content',
  'forum.content',
  'forum-sentinel',
  'late-aids.content',
  'dump.content',
  'pjax.content',
]
const PARTS = aidPartNames.map((name) => `part-${name}`)

/**
 * What a script may weigh after gzip, in bytes. The second holds every light half of every site; the third comes when the page
 * stands and the browser is idle, and keeps only those waiting who mute; its parts come when they are needed.
 */
const BUDGETS: Readonly<Record<string, number>> = {
  'thread.content': 20 * 1024,
  'forum.content': 34 * 1024,
  'forum-sentinel': 1200,
  'late-aids.content': 21.5 * 1024,
  'part-key-list': 1024,
  'part-page-joiner': 4 * 1024,
  'part-post-outlines': 4 * 1024,
  'part-search-panel': 3 * 1024,
}

/** What is too heavy for a page, or would open a database in the forum's own name there. */
const HEAVY_ROOMS = ['archive', 'background', 'formats', 'stores']
const HEAVY_FILES = [
  'dom/attributes.ts',
  'dom/fast-tokenizer.ts',
  'dom/hast-adapter.ts',
  'dom/parse-html.ts',
  'dom/query.ts',
  'dom/sanitize-html.ts',
  'dom/text-of.ts',
  'dom/write-html.ts',
  'sites/registry.ts',
]
const HEAVY_PACKAGES =
  /^(?:dexie|vue|pinia|parse5|fflate|property-information|webextension-polyfill|hast.*|mdast.*|unist.*)(?:\/|$)/

/** What a file imports at run time: sources of imports and exports, dynamic ones too, those of types alone left out. */
function runtimeImports(file: string, code: string): string[] {
  const sources: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && !isTypeOnly(node.importClause)) sources.push(textOf(node.moduleSpecifier))
    if (ts.isExportDeclaration(node) && !node.isTypeOnly && node.moduleSpecifier)
      sources.push(textOf(node.moduleSpecifier))
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0])
      sources.push(textOf(node.arguments[0]))
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true))
  return sources
}

function textOf(node: ts.Expression): string {
  return ts.isStringLiteral(node) ? node.text : node.getText()
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const { namedBindings } = clause
  if (clause.name || !namedBindings || !ts.isNamedImports(namedBindings)) return false
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly)
}

/** Every file of ours and every package that an entry point reaches at run time, each with the file that asks for it. */
function reach(entry: string): Map<string, string> {
  const reached = new Map<string, string>([[entry, '']])
  for (const file of reached.keys()) {
    const path = join(root, file)
    if (!/\.ts$/.test(file) || !existsSync(path)) continue
    for (const source of runtimeImports(file, readFileSync(path, 'utf8'))) {
      const target = source.startsWith('.')
        ? relative(root, resolve(root, dirname(file), source)).replaceAll('\\', '/')
        : source
      if (!reached.has(target)) reached.set(target, file)
    }
  }
  return reached
}

function findHeavy(reached: ReadonlyMap<string, string>): string[] {
  return [...reached]
    .filter(
      ([target]) =>
        HEAVY_ROOMS.some((room) => target.startsWith(`${room}/`)) ||
        HEAVY_FILES.includes(target) ||
        HEAVY_PACKAGES.test(target) ||
        target.endsWith('.vue'),
    )
    .map(([target, from]) => `${from} → ${target}`)
}

test.each(['dump.content', 'pjax.content', 'forum-sentinel'])('%s reaches nothing heavy', (entry) => {
  const reached = reach(`entrypoints/${entry}/index.ts`)
  expect(reached.size).toBeGreaterThan(1)
  expect(findHeavy(reached)).toEqual([])
})

test.each(['thread.content', 'forum.content'])(
  '%s reaches nothing heavy but the heavy halves of sites, which the build leaves out',
  (entry) => {
    const reached = reach(`entrypoints/${entry}/index.ts`)
    expect(reached.size).toBeGreaterThan(20)
    const heavy = findHeavy(reached).filter((line) => !/^sites\/.* → (?:dom\/|sites\/)/.test(line))
    const heavyHalf = HEAVY_FILES.filter((file) => file.startsWith('dom/'))
    const isHeavyItself = (line: string) => heavyHalf.some((file) => line.startsWith(`${file} → `))
    expect(heavy.filter((line) => !isHeavyItself(line))).toEqual([])
  },
)

test.each([...CONTENT_SCRIPTS, ...PARTS])(
  '%s, bundled, holds no parser, no database and no other code of the background',
  async (entry) => {
    const file = PARTS.includes(entry) ? `entrypoints/${entry}.ts` : `entrypoints/${entry}/index.ts`
    const { modules, size, weight } = await bundle(file)
    expect(modules).toContain(file)
    const heavy = modules.filter(
      (id) =>
        HEAVY_FILES.includes(id) ||
        HEAVY_ROOMS.some((room) => id.startsWith(`${room}/`)) ||
        HEAVY_PACKAGES.test(id.replace(/^.*node_modules\//, '')) ||
        /^sites\/[^/]+\/(?:body|post|read|page|thread)\.ts$/.test(id),
    )
    expect(heavy).toEqual([])
    expect(size).toBeGreaterThan(500)

    expect(weight).toBeLessThan(BUDGETS[entry] ?? 3000)
  },
  60_000,
)

/**
 * Builds an entry as the extension's build does; gives the modules of which code is left, the size of that in characters,
 * and the bytes of script and style after gzip.
 */
async function bundle(entry: string): Promise<{ modules: string[]; size: number; weight: number }> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { ...contentScriptAliases, '#i18n': join(root, '.wxt/i18n/index.ts') } },
    build: {
      write: false,
      minify: true,
      lib: { entry: join(root, entry), formats: ['iife'], name: 'entry', fileName: 'entry', cssFileName: 'entry' },
    },
  })
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []))
  const chunks = outputs.filter((output) => output.type === 'chunk')
  const modules = chunks.flatMap((chunk) =>
    Object.entries(chunk.modules)
      .filter(([, { renderedLength }]) => renderedLength > 0)
      .map(([id]) => (id.startsWith(root) ? relative(root, id).replaceAll('\\', '/') : id)),
  )
  const texts = outputs.map((output) => (output.type === 'chunk' ? output.code : String(output.source)))
  const weight = texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0)
  return { modules, size: chunks.reduce((sum, { code }) => sum + code.length, 0), weight }
}

test.each([
  ["import { a } from '../archive/database.ts'", ['../archive/database.ts']],
  ["import type { A } from '../archive/database.ts'", []],
  ["import { type A, type B } from '../archive/database.ts'", []],
  ["import { type A, b } from '../archive/database.ts'", ['../archive/database.ts']],
  ["export { a } from './b.ts'\nexport type { C } from './c.ts'", ['./b.ts']],
  ["const late = await import('dexie')", ['dexie']],
  ["import './style.css'", ['./style.css']],
])('what an import brings at run time: %s', (code, expected) => {
  expect(runtimeImports('planted.ts', code)).toEqual(expected)
})

test('a planted heavy import is found', () => {
  expect(findHeavy(new Map([['archive/database.ts', 'aids/planted.ts']]))).toEqual([
    'aids/planted.ts → archive/database.ts',
  ])
  expect(
    findHeavy(
      new Map([
        ['parse5', 'dom/planted.ts'],
        ['core/links.ts', ''],
      ]),
    ),
  ).toEqual(['dom/planted.ts → parse5'])
})
