import { keySetting } from '../core/keys.ts'

/**
 * What can be done with a key, and the key it has as long as the reader gives it no other. A new one is a line here, a text
 * of the same name in the section `keyboard` of the locales, and an aid that offers it (see commands.ts).
 */
export const keyBindings = {
  nextPost: keySetting('j'),
  previousPost: keySetting('k'),
  nextNew: keySetting('n'),
  previousNew: keySetting('p'),
  fold: keySetting('o'),
  quote: keySetting('q'),
  save: keySetting('s'),
  search: keySetting('/'),
  list: keySetting('?'),
}

export type CommandName = keyof typeof keyBindings

export const commandNames = Object.keys(keyBindings) as CommandName[]
