/** Which of a page's own names may stand in a selector: those that the next page of the forum will have as well. */

const NAME = /^-?[a-zA-Z_][a-zA-Z_-]{0,39}$/

/** Words for what an element is just now, or for its place among its like. */
const PASSING =
  /^(?:odd|even|first|last|alt|alternate|active|current|selected|hover|online|offline|read|unread|new|hidden|visible|open|closed|expanded|collapsed|clearfix|cf|row|col|even-row|odd-row|notranslate)$/i

/** Names that build tools make anew for each release: `sc-bdVaJa`, `jsx-…`, `_aXyZb`. */
const MADE = /^(?:sc|css|jss|jsx|svelte|emotion)-|^_?(?=.{5,}$)(?:[a-z]*[A-Z]){3,}[a-z]*$|__[a-zA-Z]*[A-Z][a-z]*[A-Z]/

/** True for a class name to go by: plain, without numbers, not of the moment, not made by a build tool. */
export function isStableName(name: string): boolean {
  return NAME.test(name) && !PASSING.test(name) && !/(?:odd|even)$/i.test(name) && !MADE.test(name)
}

/** True where a text may stand between the quotes of an attribute's selector. */
export function isPlainValue(value: string): boolean {
  return /^[\w:./-]{1,60}$/.test(value)
}

/** True for the name of an element's kind that a selector may begin with. */
export function isTagName(name: string): boolean {
  return /^[a-z][a-z\d-]{0,29}$/.test(name)
}
