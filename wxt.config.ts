import { defineConfig } from 'wxt'
import { HOME_PAGES } from './core/site-access.ts'
import { compileAtOnce } from './scripts/compile-at-once.ts'
import { contentScriptAliases } from './scripts/content-script-aliases.ts'

/** Scripts that every page of a thread runs nearly whole. */
const AT_ONCE: ReadonlySet<string> = new Set(['thread', 'late-aids'])

export default defineConfig({
  modules: ['@wxt-dev/module-vue', '@wxt-dev/webextension-polyfill', '@wxt-dev/i18n/module'],
  imports: false,
  manifestVersion: 3,
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'zh_CN',
    // Firefox asks for a right of its own to write to the clipboard where a menu or a key, not a click in the page, asks.
    permissions: [
      ...['activeTab', 'alarms', 'contextMenus', 'scripting', 'storage'],
      ...(browser === 'firefox' ? ['clipboardWrite'] : []),
    ],
    optional_permissions: ['clipboardRead'],
    // Readers change the keys in the browser. It takes four suggestions at most, and none that it uses itself (C and P).
    commands: {
      'copy-page': { suggested_key: { default: 'Alt+Shift+U' }, description: '__MSG_commands_copyPage__' },
      'copy-post': { suggested_key: { default: 'Alt+Shift+F' }, description: '__MSG_commands_copyPost__' },
      'save-thread': { suggested_key: { default: 'Alt+Shift+K' }, description: '__MSG_commands_saveThread__' },
      'copy-link': { description: '__MSG_commands_copyLink__' },
      'copy-selection': { suggested_key: { default: 'Alt+Shift+S' }, description: '__MSG_commands_copySelection__' },
      'copy-page-markdown': { description: '__MSG_commands_copyPageMarkdown__' },
      'copy-link-markdown': { description: '__MSG_commands_copyLinkMarkdown__' },
      // Firefox describes its own command by itself.
      ...(browser === 'firefox'
        ? { _execute_sidebar_action: { suggested_key: { default: 'Alt+Shift+L' } } }
        : { 'open-side-panel': { description: '__MSG_commands_openSidePanel__' } }),
    },
    host_permissions: [...HOME_PAGES],
    optional_host_permissions: ['*://*/*'],
    content_security_policy: {
      // Styles stand in posts as attributes (colours, checked); pictures are the web's, and so are the pages that a save
      // asks for (the background's fetches follow this policy too); all else is ours.
      extension_pages:
        "default-src 'self'; connect-src 'self' http: https:; img-src 'self' data: blob: http: https:; style-src 'self' 'unsafe-inline'; form-action 'none'; frame-src 'none'; object-src 'none'",
    },
    // Folded text that find-in-page finds (hidden="until-found"), light-dark() in styles, and the Navigation API.
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'loulan@loulan.example',
              strict_min_version: '147.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { minimum_chrome_version: '123' }),
  }),
  hooks: {
    'vite:build:extendConfig': (entrypoints, config) => {
      if (!entrypoints.every(({ type }) => type === 'content-script' || type === 'unlisted-script')) return
      config.resolve = {
        ...config.resolve,
        alias: { ...config.resolve?.alias, ...contentScriptAliases },
      }
      if (entrypoints.every(({ name }) => AT_ONCE.has(name)))
        config.plugins = [...(config.plugins ?? []), compileAtOnce()]
    },
  },
  // A service worker has no DOM: with the default conditions some packages bring a build that uses `document`, and the
  // worker dies at start-up without a word.
  vite: () => ({ resolve: { conditions: ['worker', 'import', 'module', 'default'] } }),
})
