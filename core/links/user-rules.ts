import type { Redirector } from './redirectors.ts'
import type { HostTracking } from './tracking-parameters.ts'

/** A redirector that the reader knows. */
export interface UserRedirector {
  kind: 'redirector'
  /** Exact (`go.example.org`), or with a leading dot for a domain and all below it (`.example.org`). */
  host: string
  /** Begins with a slash; exact, but for a slash at the end. */
  path: string
  /** The parameter that holds the target. */
  parameter: string
  /** Default: percent-encoded once. */
  encoding?: 'twice' | 'base64'
}

/** A parameter that the reader wants gone. */
export interface UserParameter {
  kind: 'parameter'
  /** A trailing `*` stands for any ending. */
  name: string
  /** As in {@link UserRedirector}; absent: on every host. */
  host?: string
}

export type UserRule = UserRedirector | UserParameter

/** Whether a stored value has the shape of a rule; whether it is a good one, parse-link-rules.ts judges. */
export function isUserRule(value: unknown): value is UserRule {
  const rule = Object(value) as Record<string, unknown>
  const isText = (field: unknown) => typeof field === 'string' && field !== ''
  const fields = rule.kind === 'redirector' ? [rule.host, rule.path, rule.parameter] : [rule.name, rule.host ?? '.']
  const encodings: unknown[] = [undefined, 'twice', 'base64']
  return (
    (rule.kind === 'redirector' || rule.kind === 'parameter') &&
    fields.every(isText) &&
    encodings.includes(rule.encoding)
  )
}

/** The reader's redirectors as rows of the table. */
export function toRedirectorRows(rules: readonly UserRule[]): Redirector[] {
  return rules
    .filter((rule) => rule.kind === 'redirector')
    .map(({ host, path, parameter, encoding }) => ({
      hosts: host,
      paths: path,
      at: parameter,
      ...(encoding && { as: encoding }),
    }))
}

/** The reader's parameters as rows of the table. */
export function toParameterRows(rules: readonly UserRule[]): Partial<HostTracking>[] {
  return rules
    .filter((rule) => rule.kind === 'parameter')
    .map(({ name, host }) => ({ names: name, ...(host !== undefined && { hosts: host }) }))
}
