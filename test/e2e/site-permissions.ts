import type { Page } from '@playwright/test'
import type { Chromium } from '../browsers/chromium.ts'
import { HOME_PAGES } from '../../core/site-access.ts'
import { tabIdOf } from './extension-pages.ts'

/**
 * The browser's question about a site cannot be answered by a test. What its answer does can be done on the browser's own
 * page of extensions: of the sites in a variant's manifest, only those that were allowed there are granted.
 */

/** Takes every site back but PKU BBS; `allowSite` gives one. */
export async function withholdSites(extension: Chromium): Promise<void> {
  await onExtensionsPage(extension, 'updateExtensionConfiguration', {
    extensionId: extension.extensionId,
    hostAccess: 'ON_SPECIFIC_SITES',
  })
  for (const pattern of HOME_PAGES) await allowSite(extension, pattern)
}

/** Grants a site that the manifest names. */
export async function allowSite(extension: Chromium, pattern: string): Promise<void> {
  await onExtensionsPage(extension, 'addHostPermission', extension.extensionId, pattern)
}

/** Takes a granted site back, as the reader can in the browser's settings. */
export async function withdrawSite(extension: Chromium, pattern: string): Promise<void> {
  await onExtensionsPage(extension, 'removeHostPermission', extension.extensionId, pattern)
}

/** Loads the extension's folder anew. What was granted stays so, also where the manifest only offers it by now. */
export async function reloadExtension(extension: Chromium): Promise<void> {
  await onExtensionsPage(extension, 'updateProfileConfiguration', { inDeveloperMode: true })
  await onExtensionsPage(extension, 'reload', extension.extensionId, { failQuietly: true })
}

/**
 * The ids and match patterns of the scripts that the browser puts into granted sites' pages. A page that is opened before
 * they are there, in the moment after the extension was loaded, has none of them.
 */
export async function registeredScripts(extension: Chromium): Promise<string[]> {
  const worker = await extension.serviceWorker()
  const scripts = await worker.evaluate(() => chrome.scripting.getRegisteredContentScripts())
  return (scripts as unknown as { id: string; matches?: string[] }[]).flatMap(({ id, matches = [] }) => [
    id,
    ...matches,
  ])
}

async function onExtensionsPage(extension: Chromium, name: string, ...options: unknown[]): Promise<void> {
  const page = await extension.context.newPage()
  try {
    await page.goto('chrome://extensions')
    await page.evaluate(
      async ([method, values]) => {
        const { developerPrivate } = chrome as unknown as {
          developerPrivate: Record<string, (...values: unknown[]) => Promise<unknown>>
        }
        await developerPrivate[method]!(...values)
      },
      [name, options] as const,
    )
  } finally {
    await page.close()
  }
}

/** Opens a page of the extension in which the reader says yes, or no, to each question for a site. */
export async function openAnswering(
  extension: Chromium,
  path: string,
  answer: 'yes' | 'no',
): Promise<{ page: Page; asked: string[] }> {
  const asked: string[] = []
  const page = await extension.context.newPage()
  await page.exposeFunction('answerQuestion', async (pattern: string) => {
    asked.push(pattern)
    if (answer === 'yes') await allowSite(extension, pattern)
    return answer === 'yes'
  })
  await page.addInitScript(() => {
    const { answerQuestion } = globalThis as unknown as { answerQuestion: (pattern: string) => Promise<boolean> }
    const request = async (question: { origins?: string[] }, callback?: (isGranted: boolean) => void) => {
      // The browser asks only in answer to a click.
      const isGranted = navigator.userActivation.isActive && (await answerQuestion(question.origins![0]!))
      callback?.(isGranted)
      return isGranted
    }
    Object.defineProperty(chrome.permissions, 'request', { value: request, configurable: true })
  })
  await page.goto(extension.extensionUrl(path))
  return { page, asked }
}

/** Opens the popup over a page, as a click on the button does, in a tab of its own. */
export async function openPopupOver(
  extension: Chromium,
  over: Page,
  answer: 'yes' | 'no' = 'yes',
): Promise<{ page: Page; asked: string[] }> {
  const tab = await tabIdOf(extension, over)
  await extension.clickButton(over)
  return openAnswering(extension, `popup.html?tab=${tab}`, answer)
}
