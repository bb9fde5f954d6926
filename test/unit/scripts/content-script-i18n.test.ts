import { createI18n as createOriginal } from '@wxt-dev/i18n'
import { afterEach, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { providePageTexts } from '../../../locales/page-texts.ts'
import { createI18n } from '../../../scripts/content-script-i18n.ts'

const { t } = createI18n()
const original = createOriginal() as unknown as typeof createI18n extends () => infer I ? I : never

const SAMPLES = [
  ['readingBar.label', []],
  ['collapseLongPosts.close', []],
  ['minutes.range', [['3', '5']]],
  ['minutes.range', [['$2', '$&']]],
  ['length.posts', [1, ['1']]],
  ['length.posts', [2000, ['2,000']]],
  ['mute.count', [1, ['1']]],
  ['onlyAuthor.hidden', [7]],
] as const

afterEach(() => providePageTexts({}))

test.each(SAMPLES)('%s with %j says what the original says', (key, values) => {
  expect(t(key, ...values)).toBe(original.t(key, ...values))
})

test.each(SAMPLES)('%s with %j says the same where the texts were provided, and asks nobody', (key, values) => {
  const said = original.t(key, ...values)
  const name = key.replace('.', '_')
  providePageTexts({ [name]: browser.i18n.getMessage(name as '@@ui_locale', ['$1', '$2', '$3']) })
  const asked = vi.mocked(browser.i18n.getMessage)
  asked.mockClear()
  expect(t(key, ...values)).toBe(said)
  expect(asked).not.toHaveBeenCalled()
})

test('names that every object has are no texts', () => {
  providePageTexts({})
  expect(t('constructor')).toBe(original.t('constructor'))
})
