import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { formatLinkRules, type RuleProblem } from '../core/links/parse-link-rules.ts'
import type { UserRule } from '../core/links/user-rules.ts'
import { LinkRulesError, readLinkRules, watchLinkRules, writeLinkRules } from '../settings/link-rules.ts'

/** Why rules were refused; `index` is the bad rule's place in the list, -1 for the list as a whole. */
export interface RuleRefusal {
  index: number
  reason: RuleProblem
}

/** The reader's own link rules, as stored and as changed on other pages meanwhile. */
export const useLinkRulesStore = defineStore('link-rules', () => {
  const rules = shallowRef<readonly UserRule[]>([])

  /** Reads the rules and follows them until `signal` aborts. */
  async function load(signal: AbortSignal): Promise<void> {
    const read = async () => {
      rules.value = await readLinkRules()
    }
    watchLinkRules(() => void read(), signal)
    await read()
  }

  /** Adds a rule as a form has it. Returns why it was refused; nothing is changed then. */
  function add(rule: unknown): Promise<RuleRefusal | undefined> {
    return write([...rules.value, rule])
  }

  /** Takes a rule away. */
  async function remove(rule: UserRule): Promise<void> {
    await write(rules.value.filter((each) => each !== rule))
  }

  /** Puts an imported list, as its JSON text, in the place of the rules. Returns why it was refused. */
  function importText(text: string): Promise<RuleRefusal | undefined> {
    return write(text)
  }

  /** The rules as a file holds them. */
  function exportText(): string {
    return formatLinkRules(rules.value)
  }

  async function write(input: unknown): Promise<RuleRefusal | undefined> {
    try {
      rules.value = await writeLinkRules(input)
      return undefined
    } catch (error) {
      if (error instanceof LinkRulesError) return { index: error.index, reason: error.reason }
      throw error
    }
  }

  return { rules, load, add, remove, importText, exportText }
})
