import { i18n } from '#i18n'
import type { RuleProblem } from '../../core/links/parse-link-rules.ts'
import type { UserRule } from '../../core/links/user-rules.ts'

const PROBLEMS = {
  'not-json': 'linkRules.problems.notJson',
  'not-a-list': 'linkRules.problems.notAList',
  'too-many': 'linkRules.problems.tooMany',
  'unknown-kind': 'linkRules.problems.unknownKind',
  'unknown-field': 'linkRules.problems.unknownField',
  'bad-host': 'linkRules.problems.badHost',
  'bad-path': 'linkRules.problems.badPath',
  'bad-parameter': 'linkRules.problems.badParameter',
  'bad-encoding': 'linkRules.problems.badEncoding',
  'protected-address': 'linkRules.problems.protectedAddress',
  'too-generic': 'linkRules.problems.tooGeneric',
  duplicate: 'linkRules.problems.duplicate',
} as const satisfies Record<RuleProblem, string>

/** Why a rule, or a list of them, was refused, in a sentence. */
export function problemText(reason: RuleProblem): string {
  return i18n.t(PROBLEMS[reason])
}

/** One rule in a line. */
export function ruleText(rule: UserRule): string {
  if (rule.kind === 'redirector') {
    return i18n.t('linkRules.redirectorLine', [rule.host + rule.path, rule.parameter])
  }
  const host = rule.host === undefined ? '' : i18n.t('linkRules.onHost', [rule.host])
  return i18n.t('linkRules.parameterLine', [rule.name]) + host
}
