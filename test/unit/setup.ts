import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseYAML } from 'confbox'
import { vi } from 'vitest'
import { browser } from 'wxt/browser'
import { HOME_PAGES } from '../../core/site-access.ts'

/** The browser of unit tests speaks the extension's own Chinese texts, as a browser would after the build. */
const messages = flatten(parseYAML(readFileSync(join(import.meta.dirname, '../../locales/zh_CN.yml'), 'utf8')))
messages.set('@@ui_locale', 'zh_CN')

vi.spyOn(browser.i18n, 'getMessage').mockImplementation((key: string, values?: string | string[]) => {
  const substitutions = values === undefined ? [] : [values].flat()
  return (messages.get(key) ?? '').replace(/\$(\d)/g, (_whole, digit: string) => substitutions[Number(digit) - 1] ?? '')
})

// As installed: PKU BBS and nothing else is granted. A test that grants more says so.
vi.spyOn(browser.permissions, 'contains').mockImplementation(((asked: { origins?: string[] }) =>
  Promise.resolve((asked.origins ?? []).every((pattern) => HOME_PAGES.includes(pattern)))) as never)

/** `{ length: { mark } }` to `length_mark`; plural forms (`1`, `n`) are joined as the build joins them. */
function flatten(node: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (typeof node === 'string') into.set(path, node)
  if (typeof node !== 'object' || node === null) return into
  const entries = Object.entries(node)
  if (entries.every(([key]) => /^[0-9n]$/.test(key)))
    into.set(path, entries.map(([, text]) => text as string).join(' | '))
  else for (const [key, child] of entries) flatten(child, path ? `${path}_${key}` : key, into)
  return into
}
