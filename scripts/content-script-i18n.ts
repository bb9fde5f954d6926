import { writePageText } from '../locales/page-texts.ts'

/**
 * Stands in for `@wxt-dev/i18n` in content scripts, under its name (see content-script-aliases.ts): what is used of it, a
 * text by its key with places filled and one of two forms chosen by a count, is a few lines. What was not provided (see
 * locales/page-texts.ts) the browser is asked for.
 */
export function createI18n(): { t: (key: string, ...values: readonly (number | readonly string[])[]) => string } {
  return {
    t(key, ...values) {
      const count = values.find((value) => typeof value === 'number')
      const filled = values.find((value) => typeof value === 'object') ?? (count === undefined ? [] : [String(count)])
      const name = key.replaceAll('.', '_')
      const text = writePageText(name, filled) ?? chrome.i18n.getMessage(name, [...filled])
      const forms = count === undefined ? [] : text.split(' | ')
      return forms[count === 1 ? 0 : forms.length - 1] ?? text
    },
  }
}

declare const chrome: { i18n: { getMessage(key: string, values: string[]): string } }
