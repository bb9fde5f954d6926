import { fileURLToPath } from 'node:url'

/**
 * What scripts that run in pages get in the place of packages, for their size. Both browsers' own APIs return promises
 * under Manifest V3: a page need not load 10 KB to have them wrapped.
 */
export const contentScriptAliases: Readonly<Record<string, string>> = {
  'wxt/browser': '@wxt-dev/browser',
  'wxt/utils/content-script-context': standIn('content-script-context.ts'),
  '@webext-core/messaging': standIn('content-script-messaging.ts'),
  '@wxt-dev/i18n': standIn('content-script-i18n.ts'),
}

function standIn(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
