import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

interface Browser {
  name: string
  /** Environment variables that may hold its path, the first that is set wins. */
  variables: readonly string[]
  commands: readonly string[]
  /** Whole paths outside the PATH, by platform. */
  paths: Partial<Record<NodeJS.Platform, readonly string[]>>
  debianPackage: string
}

const programFiles = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? [])
const onWindows = (path: string) => programFiles.map((folder) => join(folder, path))

const CHROMIUM: Browser = {
  name: 'Chromium',
  variables: ['LOULAN_CHROMIUM', 'CHROMIUM_PATH', 'CHROME_PATH'],
  // Chromium first: Google's own build may refuse extensions given on the command line.
  commands: ['chromium', 'chromium-browser', 'ungoogled-chromium', 'google-chrome', 'google-chrome-stable'],
  paths: {
    darwin: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    win32: [...onWindows('Chromium\\Application\\chrome.exe'), ...onWindows('Google\\Chrome\\Application\\chrome.exe')],
  },
  debianPackage: 'chromium',
}

const FIREFOX: Browser = {
  name: 'Firefox',
  variables: ['LOULAN_FIREFOX', 'FIREFOX_PATH'],
  commands: ['firefox-esr', 'firefox'],
  paths: {
    darwin: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      '/Applications/Firefox Developer Edition.app/Contents/MacOS/firefox',
    ],
    win32: onWindows('Mozilla Firefox\\firefox.exe'),
  },
  debianPackage: 'firefox-esr',
}

/** Path of a Chromium, installed first where that is possible; else throws one sentence on what to install. */
export function getChromium(): string {
  return getBrowser(CHROMIUM)
}

/** Path of a Firefox, installed first where that is possible; else throws one sentence on what to install. */
export function getFirefox(): string {
  return getBrowser(FIREFOX)
}

function findBrowser({ variables, commands, paths }: Browser): string | undefined {
  for (const variable of variables) {
    const path = process.env[variable]
    if (path) return path
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const named = commands.flatMap((command) => folders.map((folder) => join(folder, command)))
  return [...named, ...(paths[process.platform] ?? [])].find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function getBrowser(browser: Browser): string {
  const found = findBrowser(browser)
  if (found) return found
  const failure = canInstall() ? installPackages() : ''
  const installed = findBrowser(browser)
  if (installed) return installed
  const hint = process.platform === 'linux' ? ` (on Debian or Ubuntu: apt-get install ${browser.debianPackage})` : ''
  throw new Error(
    `${browser.name} was not found: install it${hint}, or put its path into ${browser.variables[0]}.${failure && `\n${failure}`}`,
  )
}

/** True where `apt-get` may be used: Debian-like, and root. */
function canInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/** Installs both browsers and a Chinese font; returns apt's own words where it failed, else nothing. */
function installPackages(): string {
  const packages = [CHROMIUM.debianPackage, 'chromium-l10n', FIREFOX.debianPackage, 'fonts-noto-cjk']
  console.log(`Installing ${packages.join(', ')} …`)
  return aptGet(['update']) || aptGet(['install', '-y', '--no-install-recommends', ...packages])
}

function aptGet(args: readonly string[]): string {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stdout, stderr } = spawnSync('apt-get', ['-q', ...args], { encoding: 'utf8', env })
  return status === 0 ? '' : `apt-get ${args.join(' ')} failed:\n${stdout}${stderr}`
}

/** Sees to a Chinese font (without one pictures show boxes) and to Chromium's own Chinese, where they can be installed. Never throws. */
export function ensureChinese(): void {
  const fonts = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  const locales = '/usr/lib/chromium/locales'
  const missing = [
    ...(fonts.status === 0 && fonts.stdout.trim() === '' ? ['fonts-noto-cjk'] : []),
    ...(existsSync(locales) && !existsSync(`${locales}/zh-CN.pak`) ? ['chromium-l10n'] : []),
  ]
  if (missing.length > 0 && canInstall() && aptGet(['update']) === '') {
    aptGet(['install', '-y', '--no-install-recommends', ...missing])
  }
}
