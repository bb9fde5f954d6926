import { ESLint } from 'eslint'
import { join, resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
let eslint: ESLint

beforeAll(() => {
  eslint = new ESLint({ cwd: root })
})

/** The rules that fire on a piece of code as if it stood in that file. */
async function lint(file: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: join(root, file) })
  return result!.messages.map((message) => message.ruleId)
}

test.each([
  ['core/planted.ts', "import { sanitizeHtml } from '../dom/sanitize-html.ts'\nsanitizeHtml('')\n"],
  ['aids/planted.ts', "import { readThreadPage } from '../sites/registry.ts'\nreadThreadPage('', '')\n"],
  ['components/planted.ts', "import { readSettings } from '../settings/settings.ts'\nvoid readSettings()\n"],
])('lint refuses a wrong direction in %s', async (file, code) => {
  expect(await lint(file, code)).toContain('import-x/no-restricted-paths')
})

test('lint refuses dexie outside the archive', async () => {
  expect(await lint('stores/planted.ts', "import Dexie from 'dexie'\nnew Dexie('x')\n")).toContain(
    'no-restricted-imports',
  )
})

test.each([["document.body.innerHTML = '<b>'\n"], ["document.body.insertAdjacentHTML('beforeend', '<b>')\n"]])(
  'lint refuses raw HTML: %s',
  async (code) => {
    expect(await lint('aids/planted.ts', code)).toContain('no-restricted-syntax')
  },
)

test('lint is silent on an allowed import', async () => {
  expect(
    await lint(
      'dom/planted.ts',
      "import { threadKey } from '../core/thread.ts'\nthreadKey({ site: 'a', host: 'b', id: 'c' })\n",
    ),
  ).toEqual([])
})
