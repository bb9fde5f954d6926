import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { getFirefox } from './find-browser.ts'
import { Marionette } from './marionette.ts'
import { makeProfile, ownProfile, removeProfile } from './profile.ts'

const START_MILLISECONDS = 60_000

export interface FirefoxOptions {
  /** Folder of the unpacked extension; without one the browser starts bare. */
  extensionDir?: string
  /** Port of the local forum, which plays every host of the web. */
  forumPort: number
  /** Default true. */
  headless?: boolean
  colorScheme?: 'light' | 'dark'
}

export interface Firefox {
  client: Marionette
  /** Address of a file of the extension. */
  extensionUrl: (path: string) => string
  /** Opens an address in the current tab and waits for it to load; `moz-extension:` addresses too. */
  navigate: (url: string) => Promise<void>
  currentUrl: () => Promise<string>
  /** Runs the body of a function in the page, with `arguments`; gives what it returns (JSON), a promise's value too. */
  execute: <T>(script: string, args?: readonly unknown[]) => Promise<T>
  /** Repeats a script until it returns something truthy; throws after `milliseconds` (default 10,000), naming the script. */
  waitFor: <T>(script: string, args?: readonly unknown[], milliseconds?: number) => Promise<T>
  /** Folder that downloads go to without a question; it goes with the profile. */
  downloads: string
  /** Handles of the open tabs. */
  tabs: () => Promise<string[]>
  newTab: () => Promise<string>
  switchTo: (tab: string) => Promise<void>
  /** PNG bytes of the visible part of the page. */
  screenshot: () => Promise<Buffer>
  close: () => Promise<void>
}

/**
 * Starts Firefox with the extension as a temporary add-on and every host of the web sent to the local forum (as a proxy).
 * Throws where no browser is found, it does not come up within a minute, or it refuses the extension; nothing is left running then.
 */
export async function launchFirefox(options: FirefoxOptions): Promise<Firefox> {
  const executable = getFirefox()
  const profile = makeProfile('firefox')
  const downloads = join(profile, 'downloads')
  mkdirSync(downloads)
  writeFileSync(join(profile, 'user.js'), userPreferences(options, downloads))
  const args = ['--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile]
  const child = spawn(executable, options.headless === false ? args : ['--headless', ...args], { stdio: 'ignore' })
  ownProfile(profile, child)
  // A spawn that fails says so by this event; without a listener it would end the whole run.
  child.once('error', () => child.kill())
  let client: Marionette | undefined
  const close = async () => {
    await client?.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined)
    client?.close()
    await endProcess(child)
    removeProfile(profile)
  }
  try {
    client = await connectTo(child, profile)
    await client.send('WebDriver:NewSession', { acceptInsecureCerts: true })
    const base = options.extensionDir ? await installExtension(client, options.extensionDir) : ''
    return { ...makeHandle(client, base, close), downloads }
  } catch (error) {
    await close()
    throw error
  }
}

/** Port 0 lets Firefox choose; it writes its choice into the profile. */
async function connectTo(child: ChildProcess, profile: string): Promise<Marionette> {
  const deadline = Date.now() + START_MILLISECONDS
  for (;;) {
    if (child.pid === undefined || child.exitCode !== null) throw new Error('Firefox ended before it was ready')
    try {
      const port = Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8'))
      if (port > 0) return await Marionette.connect(port, deadline)
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(`Firefox was not ready after ${START_MILLISECONDS / 1000} s`, { cause: error })
    }
    await sleep(100)
  }
}

/** Installs the folder as a temporary add-on; gives the origin of its pages. */
async function installExtension(client: Marionette, extensionDir: string): Promise<string> {
  const id = valueOf(await client.send('Addon:Install', { path: extensionDir, temporary: true }))
  await client.send('Marionette:SetContext', { value: 'chrome' })
  const script = 'return WebExtensionPolicy.getByID(arguments[0]).mozExtensionHostname'
  const host = valueOf(await client.send('WebDriver:ExecuteScript', { script, args: [id] }))
  await client.send('Marionette:SetContext', { value: 'content' })
  return `moz-extension://${String(host)}/`
}

function makeHandle(client: Marionette, base: string, close: () => Promise<void>): Omit<Firefox, 'downloads'> {
  const execute = async <T>(script: string, args: readonly unknown[] = []) =>
    valueOf(await client.send('WebDriver:ExecuteScript', { script, args })) as T
  return {
    client,
    close,
    execute,
    extensionUrl: (path) => base + path.replace(/^\//, ''),
    navigate: async (url) => void (await client.send('WebDriver:Navigate', { url })),
    currentUrl: async () => valueOf(await client.send('WebDriver:GetCurrentURL')) as string,
    async waitFor<T>(script: string, args: readonly unknown[] = [], milliseconds = 10_000) {
      const deadline = Date.now() + milliseconds
      for (;;) {
        const value = await execute<T>(script, args)
        if (value) return value
        if (Date.now() > deadline) throw new Error(`after ${milliseconds} ms still not: ${script}`)
        await sleep(50)
      }
    },
    tabs: async () => (await client.send('WebDriver:GetWindowHandles')) as string[],
    newTab: async () => ((await client.send('WebDriver:NewWindow', { type: 'tab' })) as { handle: string }).handle,
    switchTo: async (tab) => void (await client.send('WebDriver:SwitchToWindow', { handle: tab, focus: true })),
    screenshot: async () =>
      Buffer.from(valueOf(await client.send('WebDriver:TakeScreenshot', { full: false })) as string, 'base64'),
  }
}

/** Most results come as `{ value }`. */
function valueOf(result: unknown): unknown {
  return typeof result === 'object' && result !== null && 'value' in result ? result.value : result
}

function userPreferences({ forumPort, colorScheme = 'light' }: FirefoxOptions, downloads: string): string {
  const preferences: Record<string, string | number | boolean> = {
    'marionette.port': 0,
    // The forum answers CONNECT, so that addresses stay the real ones, without a port.
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': forumPort,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': forumPort,
    'network.proxy.failover_direct': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'layout.css.prefers-color-scheme.content-override': colorScheme === 'dark' ? 0 : 1,
    'intl.accept_languages': 'zh-CN, zh, en',
    'app.update.enabled': false,
    'app.normandy.enabled': false,
    'browser.aboutwelcome.enabled': false,
    'browser.download.alwaysOpenPanel': false,
    'browser.download.dir': downloads,
    'browser.download.folderList': 2,
    'browser.safebrowsing.malware.enabled': false,
    'browser.safebrowsing.phishing.enabled': false,
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.homepage_override.mstone': 'ignore',
    'browser.startup.page': 0,
    'datareporting.policy.dataSubmissionEnabled': false,
    'extensions.getAddons.cache.enabled': false,
    'extensions.update.enabled': false,
    'services.settings.server': 'data:,',
    'toolkit.telemetry.enabled': false,
  }
  return Object.entries(preferences)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('')
}

/** Waits for the process to end by itself for some seconds, then ends it. */
async function endProcess(child: ChildProcess): Promise<void> {
  const hasEnded = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null
  if (hasEnded()) return
  const ended = once(child, 'exit')
  await Promise.race([ended, sleep(5000, undefined, { ref: false })])
  if (hasEnded()) return
  child.kill('SIGKILL')
  await ended
}
