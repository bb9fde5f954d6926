import { isProtectedHost, isProtectedPath } from './protected-addresses.ts'
import type { UserRule } from './user-rules.ts'

/** Why a rule is refused; the page that shows it has a sentence for each. */
export type RuleProblem =
  /** The whole text is not JSON (index -1). */
  | 'not-json'
  /** The whole is not a list (index -1). */
  | 'not-a-list'
  /** More than {@link MAX_RULES} rules (index -1). */
  | 'too-many'
  /** Not an object, or neither of kind `redirector` nor `parameter`. */
  | 'unknown-kind'
  /** A field that rules do not have. */
  | 'unknown-field'
  | 'bad-host'
  | 'bad-path'
  | 'bad-parameter'
  | 'bad-encoding'
  /** A sign-in or payment address: those are never taken for redirectors. */
  | 'protected-address'
  /** A name that carries meaning on many sites: it needs a host. */
  | 'too-generic'
  /** The same as an earlier rule. */
  | 'duplicate'

export type ParsedLinkRules = { rules: UserRule[] } | { problems: { index: number; reason: RuleProblem }[] }

/** More would slow every link down for no reader's good. */
const MAX_RULES = 1000

const FIELDS = {
  redirector: ['kind', 'host', 'path', 'parameter', 'encoding'],
  parameter: ['kind', 'name', 'host'],
}

const HOST = /^\.?(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z\d]$/
const PATH = /^\/[^\s?#*\\]{0,500}$/
const PARAMETER = /^[^\s&=#?/%*+]{1,100}$/
const PARAMETER_WITH_STAR = /^[^\s&=#?/%*+]{1,100}\*?$/
const GENERIC =
  /^(?:a|aid|author|authorid|bid|board|cid|code|f|fid|floor|forum|from|id|key|keyword|lang|m|mid|mod|mode|name|no|num|o|order|p|page|pid|pn|post|postid|q|query|ref|s|sn|search|sort|source|start|t|target|tag|thread|threadid|tid|title|token|topic|type|u|uid|url|user|v|view|w|word)$/i

type Fields = Record<string, unknown>

const isText = (value: unknown, form: RegExp): value is string => typeof value === 'string' && form.test(value)

function isHost(value: unknown): value is string {
  return isText(value, HOST) && value.length <= 253 && value.replace(/^\./, '').includes('.')
}

function redirectorProblem(rule: Fields): RuleProblem | undefined {
  if (!isHost(rule.host)) return 'bad-host'
  if (!isText(rule.path, PATH)) return 'bad-path'
  if (!isText(rule.parameter, PARAMETER)) return 'bad-parameter'
  if (rule.encoding !== undefined && rule.encoding !== 'twice' && rule.encoding !== 'base64') return 'bad-encoding'
  const isProtected = isProtectedHost(rule.host.replace(/^\./, '')) || isProtectedPath(rule.path)
  return isProtected ? 'protected-address' : undefined
}

function parameterProblem(rule: Fields): RuleProblem | undefined {
  if (!isText(rule.name, PARAMETER_WITH_STAR)) return 'bad-parameter'
  if (rule.host !== undefined) return isHost(rule.host) ? undefined : 'bad-host'
  const stem = rule.name.replace(/\*$/, '')
  const isShortPrefix = stem !== rule.name && stem.length < 3
  return isShortPrefix || GENERIC.test(stem) ? 'too-generic' : undefined
}

function problemOf(rule: unknown, seen: Set<string>): RuleProblem | undefined {
  if (typeof rule !== 'object' || rule === null) return 'unknown-kind'
  const fields = rule as Fields
  const { kind } = fields
  if (kind !== 'redirector' && kind !== 'parameter') return 'unknown-kind'
  if (Object.keys(fields).some((field) => !FIELDS[kind].includes(field))) return 'unknown-field'
  const problem = kind === 'redirector' ? redirectorProblem(fields) : parameterProblem(fields)
  if (problem) return problem
  const identity = JSON.stringify(FIELDS[kind].map((field) => fields[field]))
  if (seen.has(identity)) return 'duplicate'
  seen.add(identity)
  return undefined
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const refuse = (reason: RuleProblem): ParsedLinkRules => ({ problems: [{ index: -1, reason }] })

/**
 * Reads the reader's own rules from an import, a form or the settings. All or nothing: one bad rule refuses the list,
 * so that nobody believes in a rule that is not there.
 *
 * @param input a list of rules, or its JSON text
 */
export function parseLinkRules(input: unknown): ParsedLinkRules {
  const list = typeof input === 'string' ? readJson(input) : input
  if (list === undefined && typeof input === 'string') return refuse('not-json')
  if (!Array.isArray(list)) return refuse('not-a-list')
  if (list.length > MAX_RULES) return refuse('too-many')
  const seen = new Set<string>()
  const problems: { index: number; reason: RuleProblem }[] = []
  for (const [index, rule] of list.entries()) {
    const reason = problemOf(rule, seen)
    if (reason) problems.push({ index, reason })
  }
  return problems.length > 0 ? { problems } : { rules: list.map((rule: UserRule) => ({ ...rule })) }
}

/** Writes rules as the text that {@link parseLinkRules} reads: one rule a line, to be looked at and compared. */
export function formatLinkRules(rules: readonly UserRule[]): string {
  return rules.length === 0 ? '[]\n' : `[\n${rules.map((rule) => `  ${JSON.stringify(rule)}`).join(',\n')}\n]\n`
}
