import { i18n } from '#i18n'
import { linkHost } from './link-host.ts'

/** A few words on why a link is to be looked at twice, from the warning that the cleaner gave it. */
export function warningText(warning: string, url: string): string {
  switch (warning) {
    case 'host-mismatch':
    case 'credentials':
      return i18n.t('unwrapLinks.hostMismatch', [linkHost(url)])
    case 'mixed-scripts':
      return i18n.t('unwrapLinks.mixedScripts')
    case 'punycode':
      return i18n.t('unwrapLinks.punycode')
    case 'too-many-wrappers':
      return i18n.t('unwrapLinks.tooManyWrappers')
    case 'affiliate':
      return i18n.t('unwrapLinks.affiliate')
    default:
      return i18n.t('links.uncertain')
  }
}
