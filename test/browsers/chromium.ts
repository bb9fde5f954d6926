import { chromium, type BrowserContext, type Page, type Worker } from 'playwright-core'
import { getChromium } from './find-browser.ts'
import { makeProfile, removeProfile } from './profile.ts'

export interface ChromiumOptions {
  /** Folder of the unpacked extension; without one the browser starts bare. */
  extensionDir?: string
  /** Port of the local forum, which plays every host of the web. */
  forumPort: number
  /** Default true. */
  headless?: boolean
  /** The browser's language. Default `zh-CN`. */
  lang?: string
  colorScheme?: 'light' | 'dark'
  /** A profile to keep between starts, the caller's to remove. Default: a fresh one, removed at the end. */
  userDataDir?: string
  /** Default 1280 × 900. */
  viewport?: { width: number; height: number }
}

export interface Chromium {
  context: BrowserContext
  /** Empty without an extension. */
  extensionId: string
  /** Address of a file of the extension. */
  extensionUrl: (path: string) => string
  /** The running service worker; waits for one to start. */
  serviceWorker: () => Promise<Worker>
  /** Ends the service worker as the browser may at any moment; the next message starts a new one. */
  stopServiceWorker: () => Promise<void>
  /** Clicks the extension's button over a page, as a reader does: its popup opens, and the page may be looked at. */
  clickButton: (page: Page) => Promise<void>
  close: () => Promise<void>
}

/**
 * Starts Chromium with the extension loaded and every host of the web mapped to the local forum. Throws where no browser is
 * found or the extension's service worker does not start; nothing is left running then.
 */
export async function launchChromium(options: ChromiumOptions): Promise<Chromium> {
  const executablePath = getChromium()
  const { extensionDir, lang = 'zh-CN', userDataDir } = options
  const profile = userDataDir ?? makeProfile('chromium')
  let context: BrowserContext | undefined
  const close = async () => {
    await context?.close()
    removeProfile(profile)
  }
  try {
    context = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: options.headless ?? true,
      args: switches(options),
      // On Linux the browser takes its own language from here, not from `--lang`; without Debian's chromium-l10n it is English.
      env: { ...process.env, LANGUAGE: lang.replace('-', '_'), LANG: `${lang.replace('-', '_')}.UTF-8` },
      locale: lang,
      ignoreHTTPSErrors: true,
      colorScheme: options.colorScheme ?? 'light',
      viewport: options.headless === false ? null : (options.viewport ?? { width: 1280, height: 900 }),
    })
    const extensionId = extensionDir ? new URL((await findWorker(context)).url()).host : ''
    return makeHandle(context, extensionId, close)
  } catch (error) {
    await close()
    throw error
  }
}

/** Whom the browser itself asks for updates, models and accounts, whatever it is told: not the forum's to answer. */
const OWN_HOSTS = ['*.googleapis.com', 'clients2.google.com', 'accounts.google.com']

function switches({ extensionDir, forumPort, lang = 'zh-CN' }: ChromiumOptions): string[] {
  return [
    `--lang=${lang}`,
    `--host-resolver-rules=${OWN_HOSTS.map((host) => `MAP ${host} ~NOTFOUND, `).join('')}MAP * 127.0.0.1:${forumPort}, EXCLUDE 127.0.0.1`,
    '--ignore-certificate-errors',
    '--no-sandbox',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--disable-features=DisableLoadExtensionCommandLineSwitch',
    ...(extensionDir ? [`--disable-extensions-except=${extensionDir}`, `--load-extension=${extensionDir}`] : []),
  ]
}

function makeHandle(context: BrowserContext, extensionId: string, close: () => Promise<void>): Chromium {
  const extensionUrl = (path: string) => `chrome-extension://${extensionId}/${path.replace(/^\//, '')}`
  return {
    context,
    extensionId,
    extensionUrl,
    serviceWorker: () => findWorker(context),
    close,
    clickButton: (page) => clickButton(context, page, extensionId),
    async stopServiceWorker() {
      // A page of the extension's origin that runs no script of its own, so that nothing wakes the worker.
      const page = await context.newPage()
      try {
        await page.goto(extensionUrl('manifest.json'))
        const session = await context.newCDPSession(page)
        await session.send('ServiceWorker.enable')
        await session.send('ServiceWorker.stopAllWorkers')
      } finally {
        await page.close()
      }
    },
  }
}

/** The parts of the browser's protocol that Playwright has no types for. */
interface TabProtocol {
  send(
    name: 'Target.getTargets',
    options: { filter: { type: string }[] },
  ): Promise<{ targetInfos: { url: string; targetId: string }[] }>
  send(name: 'Extensions.triggerAction', options: { id: string; targetId: string }): Promise<void>
}

async function clickButton(context: BrowserContext, page: Page, id: string): Promise<void> {
  await page.bringToFront()
  const session = (await context.browser()!.newBrowserCDPSession()) as unknown as TabProtocol
  const { targetInfos } = await session.send('Target.getTargets', { filter: [{ type: 'tab' }] })
  const tab = targetInfos.find(({ url }) => url === page.url())
  if (!tab) throw new Error(`no tab shows ${page.url()}`)
  await session.send('Extensions.triggerAction', { id, targetId: tab.targetId })
}

async function findWorker(context: BrowserContext): Promise<Worker> {
  const isOurs = (worker: Worker) => worker.url().startsWith('chrome-extension://')
  return (
    context.serviceWorkers().find(isOurs) ??
    context.waitForEvent('serviceworker', { predicate: isOurs, timeout: 15_000 })
  )
}
