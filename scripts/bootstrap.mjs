/**
 * Makes a bare clone ready: runs before `npm start` and `npm test`, when `node_modules` may not exist yet. Plain
 * JavaScript without packages, for every Node from 20 on; an older one is told so in one sentence.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = 20
const root = fileURLToPath(new URL('..', import.meta.url))

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(`Loulan needs Node ${OLDEST_NODE} or later; this is ${process.versions.node}.`)
  process.exit(1)
}
if (!isInstalled()) {
  console.log('Installing packages (once, a minute or two) …')
  // Not `npm ci`: it refuses the lock where a registry lacks an optional part for some other platform.
  const { status } = runNpm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'])
  if (status !== 0 || !isInstalled()) {
    console.error('The packages could not be installed: see npm’s message above, then try `npm install`.')
    process.exit(1)
  }
}

/**
 * True when `node_modules` holds what the lock asks for. npm writes its own record of what it installed as its last step,
 * so an installation that was cut short has none. Parts that are optional depend on the platform and are not asked for.
 */
function isInstalled() {
  const record = readPackages('node_modules/.package-lock.json')
  if (!record || !existsSync(`${root}node_modules/.bin/node`)) return false
  const wanted = readPackages('package-lock.json') ?? {}
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional || devOptional || record[path]?.version === version,
  )
}

/** @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }> | undefined} */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(root + path, 'utf8')).packages
  } catch {
    return undefined
  }
}

function runNpm(args) {
  const options = { cwd: root, stdio: 'inherit' }
  const npm = process.env.npm_execpath
  if (npm?.endsWith('.js')) return spawnSync(process.execPath, [npm, ...args], options)
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}
