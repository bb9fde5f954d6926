import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Where Debian's package puts the program itself; its command is a jar that not every kernel runs. */
const DEBIAN_JAR = '/usr/share/java/epubcheck.jar'

type Command = readonly [program: string, ...args: string[]]

function findCommand(): Command | undefined {
  const jar = process.env.EPUBCHECK_JAR ?? DEBIAN_JAR
  const commands: Command[] = [['epubcheck'], ...(existsSync(jar) ? [['java', '-jar', jar] as const] : [])]
  return commands.find(([program, ...args]) => {
    const { stdout, stderr } = spawnSync(program, [...args, '--version'], { encoding: 'utf8' })
    return /EPUBCheck v/i.test(`${stdout}${stderr}`)
  })
}

/** The command of epubcheck, installed first where that is possible; else throws one sentence on what to install. */
function getCommand(): Command {
  const found = findCommand()
  if (found) return found
  const canInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (canInstall) {
    console.log('Installing epubcheck …')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['-q', 'update'], { env })
    spawnSync('apt-get', ['-q', 'install', '-y', '--no-install-recommends', 'epubcheck'], { env })
  }
  const installed = findCommand()
  if (installed) return installed
  throw new Error(
    'epubcheck was not found: install it (on Debian or Ubuntu: apt-get install epubcheck), or put the path of its jar into EPUBCHECK_JAR.',
  )
}

/** What epubcheck says against a book: errors and warnings, none for a valid one. */
export function checkEpub(path: string): string[] {
  const [program, ...args] = getCommand()
  const { stdout, stderr, status } = spawnSync(program, [...args, path], { encoding: 'utf8' })
  const said = `${stdout}${stderr}`.split('\n').filter((line) => /^(?:FATAL|ERROR|WARNING)\b/.test(line))
  if (status !== 0 && said.length === 0) throw new Error(`epubcheck broke off: ${stdout}${stderr}`)
  return said
}
