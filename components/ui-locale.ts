import { i18n } from '#i18n'

/** The language that the texts are in, as a language tag: `zh-CN`. Empty where the browser does not tell. */
export function uiLocale(): string {
  return i18n.t('@@ui_locale').replaceAll('_', '-')
}
