import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { onlyIn, rooms } from '../../../scripts/rooms.ts'

const root = resolve(import.meta.dirname, '../../..')

/** Static and dynamic imports, exports from, and a Vue file's script; type-only imports count too. */
const IMPORT = /\b(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g

interface Import {
  file: string
  source: string
}

function readImports(file: string, code: string): Import[] {
  return [...code.matchAll(IMPORT)].map((match) => ({ file, source: match[1] ?? match[2]! }))
}

function isAllowed({ file, source }: Import): boolean {
  const room = file.split('/')[0]!
  const only = onlyIn[source]
  if (only && room !== only) return false
  const mayImport = rooms[room]
  if (!mayImport || !source.startsWith('.')) return true
  const target = relative(root, resolve(root, dirname(file), source)).replaceAll('\\', '/')
  return [room, ...mayImport].some((allowed) => target === allowed || target.startsWith(`${allowed}/`))
}

function listFiles(): string[] {
  return [...Object.keys(rooms), 'entrypoints'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|vue|js|mjs)$/.test(name))
      .map((name) => `${room}/${name.replaceAll('\\', '/')}`),
  )
}

describe('import directions', () => {
  test('every room imports only what the house allows', () => {
    const imports = listFiles().flatMap((file) => readImports(file, readFileSync(join(root, file), 'utf8')))
    expect(imports.length).toBeGreaterThan(50)
    expect(imports.filter((each) => !isAllowed(each))).toEqual([])
  })

  test('nobody imports an entry point', () => {
    const imports = listFiles()
      .filter((file) => !file.startsWith('entrypoints/'))
      .flatMap((file) => readImports(file, readFileSync(join(root, file), 'utf8')))
    expect(imports.filter(({ source }) => source.includes('entrypoints/'))).toEqual([])
  })

  test.each([
    ['core/planted.ts', "import { parseHtml } from '../dom/parse-html.ts'"],
    ['core/planted.ts', "export * from '../archive/database.ts'"],
    ['aids/planted.ts', "import { openArchive } from '../archive/database.ts'"],
    ['aids/planted.ts', "const late = await import('../archive/database.ts')"],
    ['aids/planted.ts', "import { read } from '../sites/pku-bbs.ts'"],
    ['components/thread/Planted.vue', "import { useThread } from '../../stores/thread.ts'"],
    ['stores/planted.ts', "import Dexie from 'dexie'"],
  ])('a planted violation in %s is found: %s', (file, code) => {
    const imports = readImports(file, code)
    expect(imports).toHaveLength(1)
    expect(imports.filter((each) => !isAllowed(each))).toHaveLength(1)
  })
})
