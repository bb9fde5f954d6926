import { createI18n as createOriginal } from '@wxt-dev/i18n'
import { expect, test } from 'vitest'
import { createI18n } from '../../../scripts/content-script-i18n.ts'

const { t } = createI18n()
const original = createOriginal() as unknown as typeof createI18n extends () => infer I ? I : never

test.each([
  ['readingBar.label', []],
  ['collapseLongPosts.close', []],
  ['minutes.range', [['3', '5']]],
  ['length.posts', [1, ['1']]],
  ['length.posts', [2000, ['2,000']]],
  ['mute.count', [1, ['1']]],
  ['onlyAuthor.hidden', [7]],
] as const)('%s with %j says what the original says', (key, values) => {
  expect(t(key, ...values)).toBe(original.t(key, ...values))
})
