import type { Firefox } from './firefox.ts'

/** What only the browser's own code can tell or do. */

/** As in the manifest. */
const EXTENSION = 'loulan@loulan.example'

/** The extension's number for the tab in front. */
export function tabIdOf(firefox: Firefox): Promise<number> {
  return inside(
    firefox,
    `const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs')
     return ExtensionParent.apiManager.global.tabTracker.getId(window.gBrowser.selectedTab)`,
  )
}

/** Does what the reader's answer to the browser's question does, or a click in the browser's list of extensions. */
export async function setSite(firefox: Firefox, change: 'add' | 'remove', origin: string): Promise<void> {
  await inside(
    firefox,
    `const [id, change, origin] = arguments
     const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs')
     const { extension } = WebExtensionPolicy.getByID(id)
     return ExtensionPermissions[change](id, { permissions: [], origins: [origin] }, extension)`,
    [EXTENSION, change, origin],
  )
}

/** Ends the background page as the browser may at any moment; the next message or alarm starts it again. */
export async function stopBackground(firefox: Firefox): Promise<void> {
  const script = `const { extension } = WebExtensionPolicy.getByID(arguments[0])
    return extension.terminateBackground().then(() => extension.backgroundState)`
  const state = await inside<string>(firefox, script, [EXTENSION])
  if (state !== 'stopped') throw new Error(`the background page is ${state}`)
}

/** Lays the tab in front out as on paper, or on the screen again. */
export async function showOnPaper(firefox: Firefox, isPaper: boolean): Promise<void> {
  await inside(
    firefox,
    `window.gBrowser.selectedBrowser.browsingContext.mediumOverride = arguments[0] ? 'print' : ''; return true`,
    [isPaper],
  )
}

/** Runs the body of a function in the browser itself; gives what it returns or promises. */
async function inside<T>({ client, execute }: Firefox, script: string, args: readonly unknown[] = []): Promise<T> {
  await client.send('Marionette:SetContext', { value: 'chrome' })
  try {
    return await execute<T>(script, args)
  } finally {
    await client.send('Marionette:SetContext', { value: 'content' })
  }
}
